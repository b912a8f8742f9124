"""The verbs of commissions: handed over, changed, answered, closed."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.formats import listed
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality

from .. import commission_rules, rules
from ..models import Commission

FACTS = ("title", "given_by", "received_on", "description", "case")


@transaction.atomic
def receive_commission(given_by: Collection[Municipality], received_on: date, *, by: User, **facts) -> Commission:
    """Keep that municipalities have handed a task over to the board (uppdrag)."""
    rules.check_can_keep(by)
    commission_rules.check_commission(given_by, received_on)
    made = Commission.objects.create(received_on=received_on, **facts)
    made.given_by.set(given_by)
    record("commission.received", made, by=by, given_by=_names(given_by))
    return made


@transaction.atomic
def change_commission(
    commission: Commission, given_by: Collection[Municipality], received_on: date, *, by: User, **facts
) -> Commission:
    """Change what is known of it. Who had handed it over before stays in the journal."""
    rules.check_can_keep(by)
    commission_rules.check_commission(given_by, received_on)
    row = _locked(commission)
    for name, value in {"received_on": received_on, **facts}.items():
        setattr(row, name, value)
    row.save()
    row.given_by.set(given_by)
    record("commission.changed", row, by=by, given_by=_names(given_by))
    return row


@transaction.atomic
def answer_commission(
    commission: Commission, is_accepted: bool, paragraph=None, decision: str = "", *, by: User
) -> Commission:
    """Keep that the board has accepted the commission, or not, and by which decision (§)."""
    rules.check_can_keep(by)
    row = _locked(commission)
    commission_rules.check_can_be_answered(row, paragraph, decision)
    row.is_accepted, row.paragraph, row.decision = is_accepted, paragraph, decision.strip()
    row.save()
    record("commission.accepted" if is_accepted else "commission.declined", row, by=by)
    return row


@transaction.atomic
def close_commission(commission: Commission, outcome: str, closed_on: date, *, by: User) -> Commission:
    """Say what came of it, and close it (avsluta uppdraget)."""
    rules.check_can_keep(by)
    row = _locked(commission)
    commission_rules.check_can_be_closed(row, outcome, closed_on)
    row.outcome, row.closed_on = outcome.strip(), closed_on
    row.save()
    record("commission.closed", row, by=by)
    return row


@transaction.atomic
def reopen_commission(commission: Commission, *, by: User) -> Commission:
    """Take up again what was closed too soon. What was written about it stays."""
    rules.check_can_keep(by)
    row = _locked(commission)
    row.closed_on = None
    row.save()
    record("commission.reopened", row, by=by)
    return row


def _names(municipalities: Collection[Municipality]) -> str:
    return listed(sorted(each.name for each in municipalities))


def _locked(commission: Commission) -> Commission:
    return Commission.objects.select_for_update(of=("self",)).get(pk=commission.pk)
