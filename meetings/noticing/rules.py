"""When a notice may be said to be up or down, and by whom."""

from datetime import date

from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.accounts.roles import ROLES, Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.models import Adjustment, Notice


def check_is_adjusted(adjustment: Adjustment):
    """Only what has been adjusted is announced (KL 8 kap. 12 §)."""
    if adjustment.withdrawn_at or adjustment.adjusted_on is None:
        raise Refused("Protokollet är inte justerat än. Anslaget görs när den sista har skrivit under.")


def municipalities_of(user: User) -> list[Municipality]:
    """Those that the user answers for."""
    granted = (each for each in user.grants_in_force if each.municipality)
    return [each.municipality for each in granted if Permission.ANSWER_FOR_MUNICIPALITY in ROLES[each.role].permissions]


def check_can_answer(by: User):
    """The secretary, and those who answer for a party."""
    if not by.may(Permission.WRITE_PROTOCOL):
        check_may(by, Permission.ANSWER_FOR_MUNICIPALITY)


def check_can_confirm(notice: Notice, by: User | None):
    """Whoever has the secret address (`by` is None), the registrar of the municipality, or the secretary."""
    if by is None or by.may(Permission.WRITE_PROTOCOL):
        return
    check_can_answer(by)
    if notice.municipality not in municipalities_of(by):
        raise Refused(f"Du svarar inte för {notice.municipality.full_name}. Anslaget hör dit.")


def check_posting(adjustment: Adjustment, posted_on: date):
    """A notice is neither up before there is something to announce, nor tomorrow."""
    if posted_on > timezone.localdate():
        raise Refused(
            f"{long_date(posted_on)} har inte varit än. Ange dagen då anslaget sattes upp.", field="posted_on"
        )
    if posted_on < adjustment.adjusted_on:
        raise Refused(
            f"Protokollet justerades {long_date(adjustment.adjusted_on)}. Anslaget kan inte ha suttit uppe före det.",
            field="posted_on",
        )


def check_taking_down(posted_on: date | None, taken_down_on: date):
    """What is taken down was up. Too early is written down all the same: it has happened, and must be mended."""
    if posted_on is None:
        raise Refused("Anslaget är inte uppsatt än. Ange först när det sattes upp.", field="taken_down_on")
    if taken_down_on > timezone.localdate():
        raise Refused(
            f"{long_date(taken_down_on)} har inte varit än. Ange dagen då det togs ned.", field="taken_down_on"
        )
    if taken_down_on < posted_on:
        raise Refused(
            f"Anslaget sattes upp {long_date(posted_on)} och kan inte ha tagits ned före det.", field="taken_down_on"
        )


def check_can_remind(missing: list[Notice]):
    if not missing:
        raise Refused("Alla har meddelat att anslaget sitter uppe. Det finns ingen att påminna.")
