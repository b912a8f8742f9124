"""Who may write what the councils of the parties have decided."""

from datetime import date

from django.utils import timezone

from enamnd.accounts.roles import ROLES, Permission
from enamnd.dates import long_date
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.models import CouncilMatter
from meetings.rules import check_can_write


def check_can_ask(by):
    """The matter itself is kept by those who write the protocol."""
    check_can_write(by)


def check_can_answer(by, municipality: Municipality):
    """Those who write the protocol may answer for all, a registrar for the municipality of the role."""
    if by.is_authenticated and by.is_active and municipality.pk in answers_for(by):
        return
    check_can_write(by)


def may_answer_for(by) -> set[int]:
    """The municipalities that `by` may answer for; asked once for a page of fourteen rows."""
    if by.may(Permission.WRITE_PROTOCOL):
        return set(Municipality.objects.values_list("pk", flat=True))
    return answers_for(by)


def answers_for(by) -> set[int]:
    """The municipalities whose registrar `by` is."""
    grants = by.grants_in_force
    answering = [each for each in grants if Permission.ANSWER_FOR_MUNICIPALITY in ROLES[each.role].permissions]
    return {each.municipality_id for each in answering}


def check_is_open(matter: CouncilMatter):
    if matter.closed_on:
        raise Refused(f"Frågan avslutades {long_date(matter.closed_on)}. Öppna den igen för att ändra i den.")


def check_has_been(day: date, field: str = "decided_on"):
    if day > timezone.localdate():
        raise Refused(f"{long_date(day)} har inte varit än. Skriv dagen då fullmäktige beslutade.", field=field)
