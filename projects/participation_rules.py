"""For which municipalities somebody may say how far they have come."""

from datetime import date

from enamnd.accounts.roles import ROLES, Permission
from enamnd.dates import long_date
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .rules import check_can_keep, check_has_been


def own_municipalities(by) -> set[int]:
    """The municipalities that a role of `by` is held for."""
    return {each.municipality_id for each in by.grants_in_force if each.municipality_id}


def may_tell_for(by) -> set[int]:
    """The municipalities that `by` keeps participation of by a role of theirs."""
    telling = [each for each in by.grants_in_force if Permission.KEEP_PARTICIPATION in ROLES[each.role].permissions]
    return {each.municipality_id for each in telling if each.municipality_id}


def check_can_tell(by, municipality: Municipality):
    """Each municipality tells of itself; those who lead projects may tell for all, from papers they have."""
    if by.is_active and municipality.pk in may_tell_for(by):
        return
    if own := may_tell_for(by):
        names = ", ".join(Municipality.objects.filter(pk__in=own).values_list("name", flat=True))
        raise Refused(f"Du svarar för {names} och kan inte ändra uppgifterna för {municipality}.")
    check_can_keep(by)


def check_days(joined_on: date, left_on: date | None, decided_on: date | None):
    """Refused for an end before its beginning, and for decisions of days to come."""
    if left_on and left_on < joined_on:
        raise Refused(
            f"Kommunen kan inte lämna {long_date(left_on)}, före den dag då den gick med, {long_date(joined_on)}.",
            field="left_on",
        )
    if decided_on:
        check_has_been(decided_on, "decided_on")
