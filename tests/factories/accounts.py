"""Accounts and roles."""

import time
from datetime import date

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES
from enamnd.organisation.models import Municipality

from .organisation import municipality
from .serial import numbers

PASSWORD = "ett långt lösenord för prov"


def user(*roles: str, municipality: Municipality | None = None, **fields) -> User:
    """An account with these roles (keys of ROLES), in force since long; `municipality` for those bound to one."""
    number = next(numbers)
    fields = {"email": f"konto{number}@example.org", "name": f"Kontot {number}", "password": PASSWORD} | fields
    made = User.objects.create_user(**fields)
    for role in roles:
        grant(made, role, municipality)
    return made


def grant(to: User, role: str, of: Municipality | None = None, **fields) -> RoleGrant:
    if ROLES[role].of_municipality and of is None:
        of = municipality()
    defaults = {"municipality": of, "valid_from": date(2019, 1, 1)}
    return RoleGrant.objects.create(user=to, role=role, **defaults | fields)


def app_code(secret: str, steps_ago: int = 0) -> str:
    """What an authenticator app shows: six digits, new each half minute; `steps_ago` for earlier ones."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - steps_ago))
