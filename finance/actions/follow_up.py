"""The verbs of follow-up: outcomes and forecasts are entered, the ledger's accounts are mapped. Amounts in öre."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..ledger import LedgerRow, Placed, Span, place
from ..models import Budget, CostItem, Forecast, ForecastRow, LedgerMapping, Outcome, OutcomeRow


@transaction.atomic
def enter_outcome(
    budget: Budget,
    through_on: date,
    amounts: Mapping[tuple[int, str], int],
    *,
    by: User | None,
    notes="",
    deviation_notes="",
) -> Outcome:
    """Enter an outcome by hand (utfall): an amount for each item and side. Takes the place of the day's earlier one.

    Refused without any amount.
    """
    _check_has_amounts(amounts)
    rows = [Placed(LedgerRow("", "", amount), item, side, amount) for (item, side), amount in amounts.items() if amount]
    outcome = _keep(budget, through_on, rows, Outcome.Origin.HAND, by)
    outcome.notes, outcome.deviation_notes = notes.strip(), deviation_notes.strip()
    outcome.save()
    return outcome


@transaction.atomic
def load_outcome(
    budget: Budget,
    through_on: date,
    rows: Sequence[LedgerRow],
    origin: str,
    *,
    by: User | None,
    file_name="",
    sha256="",
) -> Outcome:
    """Take in the ledger's rows (läs in utfall), placed by the mappings. Rows that none holds are kept without item."""
    if not rows:
        raise Refused("Filen har inga rader för perioden.", field="file")
    outcome = _keep(budget, through_on, place(rows, spans()), origin, by)
    outcome.file_name, outcome.sha256 = file_name[:200], sha256
    earlier = getattr(outcome, "replaces", None)
    if earlier:
        outcome.notes, outcome.deviation_notes = earlier.notes, earlier.deviation_notes
    outcome.save()
    return outcome


def _keep(budget: Budget, through_on: date, rows: Sequence[Placed], origin: str, by: User | None) -> Outcome:
    if by is not None:
        rules.check_can_keep(by)
    budget = Budget.objects.select_for_update().get(pk=budget.pk)
    check_period(budget, through_on)
    earlier = budget.outcomes.filter(through_on=through_on, replaced_by=None).first()
    if earlier:  # points at itself while both are there: one holds for a day
        Outcome.objects.filter(pk=earlier.pk).update(replaced_by=earlier.pk)
    made = Outcome.objects.create(budget=budget, through_on=through_on, origin=origin, by=by)
    if earlier:
        Outcome.objects.filter(pk=earlier.pk).update(replaced_by=made.pk)
    OutcomeRow.objects.bulk_create(
        OutcomeRow(
            outcome=made, item_id=each.item, side=each.side, amount=each.amount, account=each.row.account,
            project=each.row.project, text=each.row.text,
        )
        for each in rows
    )  # fmt: skip
    record("outcome.entered", budget, by=by, day=str(through_on), rows=len(rows))
    return Outcome.objects.get(pk=made.pk)


def check_period(budget: Budget, through_on: date):
    """Refused for a day outside the budget's period, one to come, and a year that is closed."""
    rules.check_year_is_open(budget)
    if not budget.starts_on <= through_on <= budget.ends_on:
        raise Refused(
            f"Dagen ligger utanför perioden {long_date(budget.starts_on)} – {long_date(budget.ends_on)}.",
            field="through_on",
        )
    rules.check_has_been(through_on, timezone.localdate(), "through_on")


@transaction.atomic
def write_notes(outcome: Outcome, notes: str, deviation_notes: str, *, by: User) -> Outcome:
    """Write the points under an outcome's table, one a line (kommentarer)."""
    rules.check_can_keep(by)
    outcome = Outcome.objects.select_for_update(of=("self",)).select_related("budget").get(pk=outcome.pk)
    rules.check_year_is_open(outcome.budget)
    outcome.notes, outcome.deviation_notes = notes.strip(), deviation_notes.strip()
    outcome.save()
    record("outcome.noted", outcome.budget, by=by, day=str(outcome.through_on))
    return outcome


@transaction.atomic
def make_forecast(
    budget: Budget, made_on: date, author: str, amounts: Mapping[tuple[int, str], int], *, by: User | None, notes=""
) -> Forecast:
    """Enter what the whole year is expected to become (prognos), by whom and as of when. Refused without any amount."""
    if by is not None:
        rules.check_can_keep(by)
    budget = Budget.objects.select_for_update().get(pk=budget.pk)
    rules.check_year_is_open(budget)
    rules.check_has_been(made_on, timezone.localdate(), "made_on")
    _check_has_amounts(amounts)
    forecast = Forecast.objects.create(
        budget=budget, made_on=made_on, author=author.strip(), notes=notes.strip(), by=by
    )
    ForecastRow.objects.bulk_create(
        ForecastRow(forecast=forecast, item_id=item, side=side, amount=amount)
        for (item, side), amount in amounts.items()
    )
    record("forecast.made", budget, by=by, day=str(made_on), author=author.strip())
    return forecast


def _check_has_amounts(amounts: Mapping[tuple[int, str], int]):
    if not amounts:
        raise Refused("Inget belopp är skrivet. Skriv minst ett; 0 om det är så.")


@transaction.atomic
def add_mapping(
    item: CostItem, side: str, first_account: int, last_account: int, project: str = "", *, by: User | None
) -> LedgerMapping:
    """Say which item a span of accounts belongs to (kontering); unmapped rows of open years find their place."""
    if by is not None:
        rules.check_can_keep(by)
    if last_account < first_account:
        raise Refused("Det sista kontot kommer före det första.", field="last_account")
    same = {"first_account": first_account, "last_account": last_account, "project": project.strip()}
    if LedgerMapping.objects.filter(**same).exists():
        raise Refused("De kontona med den projektkoden hör redan till en post.", field="first_account")
    mapping = LedgerMapping.objects.create(item=item, side=side, **same)
    found = _place_unmapped()
    record("ledger_mapping.added", item, by=by, accounts=str(mapping), rows=found)
    return mapping


def _place_unmapped() -> int:
    rows = list(OutcomeRow.objects.filter(item=None, outcome__budget__year_end=None).exclude(account=""))
    found = 0
    for row in rows:
        back = -row.amount if row.side == "income" else row.amount
        (placed,) = place([LedgerRow(row.account, row.project, back, row.text)], spans())
        if placed.item:
            row.item_id, row.side, row.amount = placed.item, placed.side, placed.amount
            row.save()
            found += 1
    return found


@transaction.atomic
def remove_mapping(mapping: LedgerMapping, *, by: User):
    """Take a mapping away. Rows that have found their place by it stay there."""
    rules.check_can_keep(by)
    record("ledger_mapping.removed", mapping.item, by=by, accounts=str(mapping))
    mapping.delete()


def spans() -> list[Span]:
    return [
        Span(each.first_account, each.last_account, each.project, each.item_id, each.side)
        for each in LedgerMapping.objects.all()
    ]
