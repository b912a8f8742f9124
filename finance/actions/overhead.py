"""The verbs of overhead on salaries: decided for a year, counted in a budget. Amounts in öre."""

from fractions import Fraction

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..models import BudgetRow, BudgetVersion, CostItem, Overhead, Side
from ..origins import costs_of, overhead_in_force
from ..overhead import overhead, salaries_of
from .budgets import open_version


@transaction.atomic
def decide_overhead(*, by: User, paragraph=None, decision: str = "", **facts) -> Overhead:
    """Enter what is put on top of salaries from a year on (påslag för overhead), and where that was decided.

    What was entered before for the same year stays to be read, and is no longer used.
    """
    rules.check_can_keep(by)
    rules.check_decision(paragraph, decision)
    made = Overhead.objects.create(paragraph=paragraph, decision=decision.strip(), by=by, **facts)
    record("overhead.decided", made, by=by, percent=f"{made.percent:f}")
    return made


def worked_out(version: BudgetVersion, item: CostItem, group: str) -> tuple[Overhead, int, int]:
    """What holds for the version's year, the salaries that it is counted on, and what it makes of them, in öre.

    Refused when nothing has been decided for the year, and when there are no salaries.
    """
    found = overhead_in_force(version.budget.year)
    if found is None:
        raise Refused(f"Inget påslag är beslutat för {version.budget.year}. För in det under Poster, Index och påslag.")
    salaries = salaries_of(costs_of(version.rows.all()), item.pk, group)
    if not salaries:
        raise Refused(f"Delsumman {group} har inga belopp att räkna på.", field="group")
    return found, salaries, overhead(salaries, Fraction(found.percent))


@transaction.atomic
def count_overhead(
    version: BudgetVersion, item: CostItem, group: str, label: str, *, by: User, under: str = ""
) -> BudgetRow:
    """Write an item's overhead on the salaries under a subtotal as a cost row, or count it anew (räkna påslag).

    `under` is the subtotal that the row itself stands under.

    Refused as `worked_out`, and when a row that is no overhead has that label.
    """
    version = open_version(version, by)
    found, _, amount = worked_out(version, item, group)
    row = version.rows.filter(item=item, side=Side.COST, overhead__isnull=False, overhead_on=group).first()
    others = version.rows.filter(item=item, side=Side.COST, label=label.strip())
    if others.exclude(pk=row.pk if row else None).exists():
        raise Refused(f"Posten har redan en rad som heter {label.strip()}. Kalla påslaget något annat.", field="label")
    row = row or BudgetRow(version=version, side=Side.COST, item=item, overhead_on=group, position=_next(version))
    row.label, row.group, row.amount, row.overhead = label.strip(), under.strip(), amount, found
    row.save()
    record("budget_version.overhead_counted", version, by=by, within=version.budget, item=item.name)
    return row


def _next(version: BudgetVersion) -> int:
    last = version.rows.filter(side=Side.COST).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1
