"""The municipality's own audits of the board, on its page."""

from datetime import date

from enamnd.accounts.roles import Permission
from enamnd.organisation.models import Municipality
from riskcontrol.audits import lists

from .parts import Part

YEARS = 5


def audits(user, municipality: Municipality, today: date) -> Part | None:
    """How the municipality's latest audits stand, and what the board has answered."""
    if not user.may(Permission.READ_CONTROL):
        return None
    latest = lists.audits_for_page(municipality=municipality).order_by("-year")[:YEARS]
    lines = [lists.line_of(each, today) for each in latest]
    return Part("granskningar", "Granskningar", "home/municipality/audits.html", {"lines": lines})
