"""Opening and closing accounts, giving and ending roles."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from enamnd import dates
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality, Person
from enamnd.refusal import Refused

from . import rules
from .models import RoleGrant, User
from .roles import ROLES, Permission


@transaction.atomic
def open_account(*, email: str, name: str, person: Person | None = None, by) -> User:
    """Open an account (lägga upp ett konto) that has no password yet: the invitation lets its owner choose one."""
    rules.check_may(by, Permission.KEEP_ACCOUNTS)
    email = email.strip().lower()
    rules.check_address_is_free(email)
    rules.check_person_is_free(person)
    try:
        user = User.objects.create_user(email, None, name=name.strip(), person=person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    record("account.opened", user, by=by)
    return user


@transaction.atomic
def open_account_with_role(*, email: str, name: str, person: Person | None, role: str, municipality, by) -> User:
    """Open an account and give it its first role, or do neither."""
    user = open_account(email=email, name=name, person=person, by=by)
    grant_role(user, role, municipality=municipality, by=by)
    return user


@transaction.atomic
def change_account(user: User, *, email: str, name: str, person: Person | None, by) -> User:
    """Change whom an account belongs to (ändra ett konto): name, e-mail address, person in the register."""
    rules.check_may(by, Permission.KEEP_ACCOUNTS)
    user = User.objects.select_for_update().get(pk=user.pk)
    email = email.strip().lower()
    rules.check_address_is_free(email, besides=user)
    rules.check_person_is_free(person, besides=user)
    user.email, user.name, user.person = email, name.strip(), person
    user.save()
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    record("account.changed", user, by=by)
    return user


@transaction.atomic
def grant_role(
    user: User,
    role: str,
    *,
    municipality: Municipality | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    by,
) -> RoleGrant:
    """Give a role (tilldela en roll) from a day, today if none is said, for a municipality where the role needs one."""
    rules.check_may(by, Permission.KEEP_ACCOUNTS)
    rules.check_role_place(role, municipality)
    valid_from = valid_from or timezone.localdate()
    _check_term(valid_from, valid_until)
    rules.check_not_granted_already(user, role, municipality, valid_from)
    grant = RoleGrant.objects.create(
        user=user, role=role, municipality=municipality, valid_from=valid_from, valid_until=valid_until
    )
    place = str(municipality or "")
    record("role.granted", user, by=by, role=ROLES[role].name, municipality=place, valid_from=str(valid_from))
    return grant


def _check_term(valid_from: date, valid_until: date | None):
    if valid_until is not None and valid_until < valid_from:
        raise Refused(f"Rollen kan inte sluta före {dates.long_date(valid_from)}, då den börjar.", field="valid_until")


@transaction.atomic
def end_role(grant: RoleGrant, *, on: date | None = None, by) -> RoleGrant:
    """Let a role end (avsluta en roll): `on` is its last day; without it the role ceases at once."""
    rules.check_may(by, Permission.KEEP_ACCOUNTS)
    _lock_grants()
    grant = RoleGrant.objects.select_related("user").get(pk=grant.pk)
    last_day = on or timezone.localdate() - timedelta(days=1)
    if on:
        _check_term(grant.valid_from, on)
    rules.check_somebody_keeps_accounts(last_day + timedelta(days=1), without_grant=grant)
    user, role = grant.user, ROLES[grant.role].name
    if last_day < grant.valid_from:
        grant.delete()
    else:
        grant.valid_until = last_day
        grant.save()
    record("role.ended", user, by=by, role=role, valid_until=str(last_day))
    return grant


@transaction.atomic
def close_account(user: User, *, by) -> User:
    """Close an account (stänga ett konto): nobody can log in with it; what its owner did stays with their name."""
    rules.check_may(by, Permission.KEEP_ACCOUNTS)
    _lock_grants()
    rules.check_somebody_keeps_accounts(timezone.localdate(), without_user=user)
    return _set_active(user, False, verb="account.closed", by=by)


@transaction.atomic
def reopen_account(user: User, *, by) -> User:
    """Open a closed account again (öppna ett stängt konto)."""
    rules.check_may(by, Permission.KEEP_ACCOUNTS)
    return _set_active(user, True, verb="account.reopened", by=by)


def _set_active(user: User, is_active: bool, *, verb: str, by) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active != is_active:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        record(verb, user, by=by)
    return user


def _lock_grants():
    """Two administrators who end each other's roles at the same moment must not both succeed."""
    list(RoleGrant.objects.select_for_update().order_by("pk").values_list("pk"))
