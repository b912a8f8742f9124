"""Telling the decisions at home (återrapportering): a row for every party after each meeting, told or not."""

from dataclasses import dataclass

from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.organisation.models import Mandate, Municipality
from enamnd.refusal import Refused
from meetings.decisions.councils import parties
from meetings.models import HomeReport, Meeting
from meetings.rules import check_can_write


@dataclass(frozen=True)
class Row:
    """One party, what has been told there, and whether the reader may say so."""

    municipality: Municipality
    report: HomeReport | None
    may_tell: bool


def rows_of(meeting: Meeting, user) -> list[Row]:
    reports = {each.municipality_id: each for each in meeting.home_reports.select_related("told_by")}
    own = own_municipalities(user)
    may_all = user.may(Permission.WRITE_PROTOCOL)
    return [Row(each, reports.get(each.pk), may_all or each.pk in own) for each in parties()]


def own_municipalities(user) -> set[int]:
    """Those that `user` has a seat for today, in the board or in another of its bodies."""
    if user.person_id is None:
        return set()
    held = Mandate.objects.valid_on(timezone.localdate()).filter(person=user.person_id)
    return set(held.values_list("seat__municipality", flat=True))


def check_can_tell(by, municipality: Municipality):
    """A member, a substitute or a representative tells of the own municipality; who writes the protocol of all."""
    if by.is_active and by.may(Permission.READ_MEETINGS) and municipality.pk in own_municipalities(by):
        return
    check_can_write(by)


def check_is_party(municipality: Municipality):
    if not municipality.is_party:
        raise Refused(f"{municipality.full_name} är ingen av nämndens parter.")
