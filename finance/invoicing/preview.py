"""A run before it is issued: municipality by item, held against the decided budget, and what would stop it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from enamnd.organisation.models import Municipality
from enamnd.refusal import Problem
from finance.models import BudgetRow, BudgetVersion, InvoiceRun, Side

from .composing import in_öre, planned, problems_of
from .document import CREDIT


@dataclass(frozen=True)
class Column:
    """An item, or a name of its own: what is invoiced, what the year's budget says, what a part of it is."""

    name: str
    amount: int
    budget: int | None
    expected: int | None

    @property
    def difference(self) -> int | None:
        return None if self.expected is None else self.amount - self.expected


@dataclass(frozen=True)
class Row:
    """What one municipality gets: an amount for each column, the sum without tax and with it, how many invoices."""

    municipality: Municipality
    amounts: tuple[int, ...]
    net: int
    total: int
    documents: int


@dataclass(frozen=True)
class Preview:
    """Everything that is to be seen before attest. `version` is the budget it is held against."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    net: int
    total: int
    documents: int
    version: BudgetVersion | None
    problems: tuple[Problem, ...]


def preview_of(run: InvoiceRun, today: date) -> Preview:
    """Counted anew from the run's rows, and from the municipalities' facts as they are today."""
    plan = planned(run, today)
    version = decided_version(run.year)
    names: dict[object, str] = {}
    cells: dict[Municipality, dict[object, int]] = {}
    totals: dict[Municipality, list[int]] = {}
    for each in plan:
        own = cells.setdefault(each.municipality, {})
        for row in each.rows:
            key = row.item_id or row.name
            names.setdefault(key, row.item.name if row.item_id else row.name)
            own[key] = own.get(key, 0) + row.amount
        sign = -1 if each.document.kind == CREDIT else 1
        totals.setdefault(each.municipality, []).append(sign * in_öre(each.document.total))
    rows = tuple(
        Row(
            municipality,
            tuple(own.get(key, 0) for key in names),
            sum(own.values()),
            sum(totals[municipality]),
            len(totals[municipality]),
        )
        for municipality, own in cells.items()
    )
    return Preview(
        columns=_columns(names, rows, run, version),
        rows=rows,
        net=sum(each.net for each in rows),
        total=sum(each.total for each in rows),
        documents=len(plan),
        version=version,
        problems=problems_of(plan),
    )


def _columns(names: dict, rows: tuple[Row, ...], run: InvoiceRun, version: BudgetVersion | None) -> tuple[Column, ...]:
    budgets = _budgets(version)
    compares = run.kind in (InvoiceRun.Kind.ADVANCE, InvoiceRun.Kind.MANAGEMENT, InvoiceRun.Kind.PROJECT)
    columns = []
    for place, (key, name) in enumerate(names.items()):
        budget = budgets.get(key)
        expected = None
        if budget is not None and compares:
            expected = budget * run.part // run.parts - budget * (run.part - 1) // run.parts
        columns.append(Column(name, sum(row.amounts[place] for row in rows), budget, expected))
    return tuple(columns)


def _budgets(version: BudgetVersion | None) -> dict[int, int]:
    """What the decided budget says that each item brings in, in öre."""
    if version is None:
        return {}
    rows = BudgetRow.objects.filter(version=version, side=Side.INCOME, amount__isnull=False)
    return dict(rows.order_by().values("item").annotate(sum=Sum("amount")).values_list("item", "sum"))


def decided_version(year: int) -> BudgetVersion | None:
    """The latest version of a year's budget that has been decided."""
    found = BudgetVersion.objects.filter(budget__year=year, decided__isnull=False).select_related("budget", "decided")
    return found.order_by("-decided__decided_on", "-number").first()
