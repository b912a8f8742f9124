"""What must hold of ideas that are gone on with, put aside and taken up again."""

from enamnd.dates import long_date
from enamnd.refusal import Refused

from .models import Activity


def check_is_open(idea: Activity):
    """Refused for what is no idea, and for one that has become something, has ended or rests."""
    if idea.kind != Activity.Kind.IDEA:
        raise Refused(f"{idea} är inte en idé.")
    if idea.put_aside_because:
        raise Refused(f"Idén lades åt sidan {long_date(idea.closed_on)}. Ta upp den igen först.")
    if idea.closed_on:
        raise Refused("Idén har redan blivit en aktivitet eller avslutats.")


def check_reason(reason: str):
    if not reason.strip():
        raise Refused("Skriv varför idén läggs åt sidan.", field="reason")


def check_is_put_aside(idea: Activity):
    """Refused for an idea that does not rest."""
    if not idea.put_aside_because:
        raise Refused("Idén är inte lagd åt sidan.")
