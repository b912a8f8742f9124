"""The verbs of the register of outside organisations."""

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record

from .. import rules
from ..models import OutsideOrganisation

FACTS = ("name", "role", "contact", "email", "phone", "website", "note", "ended_on")


@transaction.atomic
def add_organisation(*, by: User, **facts) -> OutsideOrganisation:
    """Register an organisation that the board works with (extern organisation)."""
    rules.check_can_keep(by)
    made = OutsideOrganisation.objects.create(**facts)
    record("outside.added", made, by=by)
    return made


@transaction.atomic
def change_organisation(organisation: OutsideOrganisation, *, by: User, **facts) -> OutsideOrganisation:
    """Change what is known of it, or write the day when the work together ended."""
    rules.check_can_keep(by)
    row = OutsideOrganisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    record("outside.changed", row, by=by)
    return row
