"""Closing a year (bokslut): it is frozen, and what is left of each item goes on to the next."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.formats import count
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .. import rules
from ..follow_up import left_over
from ..models import Budget, CarriedItem, CarriedShare, Outcome, YearEnd


@transaction.atomic
def close_year(budget: Budget, *, by: User, decided_on: date, paragraph=None, decision: str = "") -> YearEnd:
    """Close a year: surplus and deficit per item are carried over, with each municipality's part (R077).

    Refused without a decision, before the period has ended, without an outcome for all of it, and while rows of the
    ledger belong to no item.
    """
    rules.check_can_keep(by)
    budget = Budget.objects.select_for_update().get(pk=budget.pk)
    rules.check_year_is_open(budget)
    rules.check_has_been(decided_on, timezone.localdate(), "decided_on")
    rules.check_decision(paragraph, decision)
    outcome = outcome_of_year(budget)
    made = YearEnd.objects.create(
        budget=budget, outcome=outcome, decided_on=decided_on, paragraph=paragraph, decision=decision.strip(), by=by
    )
    places = {each.name: each for each in Municipality.objects.all()}
    for left in left_over(outcome):
        carried = CarriedItem.objects.create(year_end=made, item=left.item, amount=left.amount, how=left.how[:200])
        CarriedShare.objects.bulk_create(
            CarriedShare(carried=carried, municipality=places[who], amount=amount) for who, amount in left.parts.items()
        )
    record("year.closed", budget, by=by)
    return made


def outcome_of_year(budget: Budget) -> Outcome:
    """The outcome of the whole period. Refused where there is none, or where rows of it have no item."""
    outcome = budget.outcomes.filter(through_on=budget.ends_on, replaced_by=None).select_related("budget").first()
    if outcome is None:
        raise Refused(f"Utfallet till och med {long_date(budget.ends_on)} saknas. För in det först.")
    unmapped = outcome.rows.filter(item=None).count()
    if unmapped:
        rows = count(unmapped, "rad", "rader")
        raise Refused(f"{rows} i utfallet hör inte till någon post. Ange konteringen för dem först.")
    return outcome
