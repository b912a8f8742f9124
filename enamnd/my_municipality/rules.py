"""Whose page somebody may open: the municipalities of one's roles, or any for those who work for all of them."""

from enamnd.accounts.roles import ROLES, Permission
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused


def own_municipalities(by) -> set[int]:
    """The municipalities that a role of `by` is held for."""
    return {each.municipality_id for each in by.grants_in_force if each.municipality_id}


def sees_all(by) -> bool:
    """Whether `by` reads the meetings by a role that is for the whole board, and not for one municipality."""
    roles = [ROLES[each.role] for each in by.grants_in_force if each.municipality_id is None]
    return by.is_active and any(
        not each.of_municipality and Permission.READ_MEETINGS in each.permissions for each in roles
    )


def check_can_see(by, municipality: Municipality):
    """Refused for another municipality's page, with whose one may see."""
    if sees_all(by) or (by.is_active and municipality.pk in own_municipalities(by)):
        return
    names = ", ".join(Municipality.objects.filter(pk__in=own_municipalities(by)).values_list("name", flat=True))
    which = f"Du ser sidan för {names}." if names else "Ditt konto hör inte till någon kommun."
    raise Refused(f"Sidan för {municipality} är inte din. {which}")


def may_see(by) -> list[Municipality]:
    """Those whose page `by` may open, by name."""
    parties = Municipality.objects.order_by("name")
    if sees_all(by):
        return list(parties.filter(is_party=True))
    return list(parties.filter(pk__in=own_municipalities(by)))
