"""What must hold of commissions from municipalities."""

from collections.abc import Collection
from datetime import date

from enamnd.dates import long_date
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.models import Paragraph

from .models import Commission
from .rules import FEWEST_PARTIES, check_has_been


def check_commission(given_by: Collection[Municipality], received_on: date):
    """Refused for fewer than two municipalities: what a joint board takes on is common to some of its parties."""
    if len(given_by) < FEWEST_PARTIES:
        raise Refused("Ett uppdrag överlämnas av minst två kommuner. Välj dem som gör det.", field="given_by")
    check_has_been(received_on, "received_on")


def check_can_be_answered(commission: Commission, paragraph: Paragraph | None, decision: str):
    """Refused without the board's decision, for one of a day before the commission came, and for what is ended."""
    check_is_open(commission)
    if paragraph is None and not decision.strip():
        raise Refused("Välj paragrafen, eller skriv nämndens beslut.", field="paragraph")
    if paragraph and paragraph.meeting.held_on < commission.received_on:
        raise Refused(
            f"Sammanträdet {long_date(paragraph.meeting.held_on)} hölls innan uppdraget kom, "
            f"{long_date(commission.received_on)}. Välj en annan paragraf.",
            field="paragraph",
        )


def check_can_be_closed(commission: Commission, outcome: str, closed_on: date):
    check_is_open(commission)
    if not outcome.strip():
        raise Refused("Skriv vad det blev av uppdraget.", field="outcome")
    check_has_been(closed_on, "closed_on")
    if closed_on < commission.received_on:
        raise Refused(
            f"Uppdraget överlämnades {long_date(commission.received_on)}. Det kan inte ha avslutats före den dagen.",
            field="closed_on",
        )


def check_is_open(commission: Commission):
    if commission.closed_on:
        raise Refused(f"Uppdraget avslutades {long_date(commission.closed_on)}.")


def check_may_become(commission: Commission):
    """Refused until the board has accepted it, and when it has become something already."""
    check_is_open(commission)
    if commission.activity_id:
        raise Refused(f"Uppdraget har redan blivit {commission.activity}.")
    if not commission.is_accepted:
        raise Refused("Nämnden har inte accepterat uppdraget. För in beslutet först.")
