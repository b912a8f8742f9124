"""May this person do this? And what must hold of accounts and roles."""

from datetime import date

from enamnd.organisation.models import Municipality, Person
from enamnd.refusal import Refused

from .models import RoleGrant, User
from .roles import ROLES, Permission


def check_may(user, permission: Permission):
    """Refused, naming the roles that may, unless a role of `user` gives `permission`."""
    if user is not None and user.is_authenticated and user.may(permission):
        return
    names = [role.name.lower() for role in ROLES.values() if permission in role.permissions]
    raise Refused(f"Du saknar behörigheten ”{Permission(permission).label.lower()}”. Den har: {', '.join(names)}.")


def check_role_place(role: str, municipality: Municipality | None):
    """Refused when a role that is held for a municipality lacks it, or one for the whole board has one."""
    name = ROLES[role].name
    if ROLES[role].of_municipality and municipality is None:
        raise Refused(f"Rollen {name} hålls för en kommun. Välj vilken.", field="municipality")
    if not ROLES[role].of_municipality and municipality is not None:
        raise Refused(f"Rollen {name} gäller hela nämnden. Lämna kommunen tom.", field="municipality")


def check_not_granted_already(user: User, role: str, municipality: Municipality | None, day: date):
    """Refused when the account has the very role, for the same municipality, on `day` already."""
    if user.grants.valid_on(day).filter(role=role, municipality=municipality).exists():
        raise Refused(f"{user} har redan rollen {ROLES[role].name} den dagen.", field="role")


def check_somebody_keeps_accounts(day: date, *, without_grant: RoleGrant | None = None, without_user=None):
    """Refused when nobody could give roles on `day`, were the grant ended or the account closed."""
    keepers = [key for key, role in ROLES.items() if Permission.KEEP_ACCOUNTS in role.permissions]
    left = RoleGrant.objects.valid_on(day).filter(role__in=keepers, user__is_active=True)
    if without_grant is not None:
        left = left.exclude(pk=without_grant.pk)
    if without_user is not None:
        left = left.exclude(user=without_user)
    if not left.exists():
        raise Refused("Då finns ingen administratör kvar. Ge någon annan rollen först.")


def check_open(user: User):
    """Refused for a closed account."""
    if not user.is_active:
        raise Refused(f"Kontot för {user} är stängt. Öppna det först.")


def check_address_is_free(email: str, *, besides: User | None = None):
    """Refused when another account has the e-mail address: it is what an account is known by."""
    if User.objects.filter(email__iexact=email).exclude(pk=besides.pk if besides else None).exists():
        raise Refused(f"Det finns redan ett konto för {email}.", field="email")


def check_person_is_free(person: Person | None, *, besides: User | None = None):
    """Refused when the person of the register has another account."""
    if person is not None and User.objects.filter(person=person).exclude(pk=besides.pk if besides else None).exists():
        raise Refused(f"{person} har redan ett konto.", field="person")
