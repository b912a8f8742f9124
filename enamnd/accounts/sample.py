"""Sample accounts, one for each role: for trying the portal, never for a board's own data."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from enamnd.organisation.boardfile.reading import read_object
from enamnd.organisation.models import Municipality, Person

from .models import RoleGrant, User
from .roles import ROLES


@transaction.atomic
def load_accounts(path: Path) -> list[User]:
    """Open the accounts of the board file at `path`, all with the sample password (one slow hash for all)."""
    password = make_password(settings.SAMPLE_PASSWORD)
    return [_load_account(row, password) for row in read_object(path)["accounts"]]


def _load_account(row: dict, password: str) -> User:
    person = Person.objects.filter(name=row["name"], account__isnull=True).first()
    user = User.objects.create_user(row["email"], None, name=row["name"], person=person)
    user.password = password
    user.save(update_fields=["password"])
    place = Municipality.objects.get(name=row["municipality"]) if row.get("municipality") else None
    RoleGrant.objects.create(user=user, role=row["role"], municipality=place, valid_from="2023-01-01")
    return user


def sample_logins(path: Path) -> list[tuple[str, str, str]]:
    """Name, role and e-mail of the sample accounts that are still there and still have the sample password."""
    rows = read_object(path)["accounts"]
    kept = dict(User.objects.filter(email__in=[row["email"] for row in rows]).values_list("email", "password"))
    unchanged = {password for password in set(kept.values()) if check_password(settings.SAMPLE_PASSWORD, password)}
    return [(row["name"], _described(row), row["email"]) for row in rows if kept.get(row["email"]) in unchanged]


def _described(row: dict) -> str:
    name = ROLES[row["role"]].name
    return f"{name}, {row['municipality']}" if row.get("municipality") else name
