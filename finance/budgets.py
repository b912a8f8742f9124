"""Budgets read: which version holds, its table, several years side by side, and what is wrong in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from enamnd.money import with_unit

from .budget_checks import Comment, Item, findings
from .budget_table import Column, Entry, Line, table
from .models import Budget, BudgetComment, BudgetDecision, BudgetRow, BudgetVersion, CostItem, Side
from .origins import faults_of_overhead

ROWS = Prefetch(
    "rows", BudgetRow.objects.select_related("item", "overhead__paragraph__meeting").prefetch_related("indexes")
)
YEARS_SHOWN = 5


def versions():
    """Versions with what their state follows from."""
    return BudgetVersion.objects.select_related("budget__year_end", "decided__paragraph__meeting", "document__case")


def state_of(version: BudgetVersion, earlier: Iterable[BudgetVersion] = ()) -> tuple[str, str]:
    """What a version is, in a word, and how that looks: fastställd, reviderad, samråd, hos nämnden, förslag."""
    if hasattr(version, "decided"):
        is_later = any(hasattr(each, "decided") and each.number < version.number for each in earlier)
        return ("reviderad" if is_later else "fastställd"), "ok"
    if version.document_id:
        return "lagd till nämnden", "soon"
    return ("på samråd", "soon") if version.consulted_on else ("förslag", "soon")


def holding(of: Sequence[BudgetVersion]) -> BudgetVersion | None:
    """The version that holds among a year's, given latest first: the latest decided, else the latest."""
    return next((each for each in of if hasattr(each, "decided")), of[0] if of else None)


def holding_versions(years: int = YEARS_SHOWN) -> list[BudgetVersion]:
    """The version that holds for each of the latest years, the newest year first, with rows."""
    budgets = Budget.objects.order_by("-year")[:years]
    found = versions().filter(budget__in=list(budgets)).order_by("-number").prefetch_related(ROWS)
    by_year: dict[int, list[BudgetVersion]] = {}
    for each in found:
        by_year.setdefault(each.budget.year, []).append(each)
    return [holding(by_year[year]) for year in sorted(by_year, reverse=True)]


def holding_of(year: int) -> BudgetVersion | None:
    """The version that holds for a year, with rows."""
    return holding(list(versions().filter(budget__year=year).order_by("-number").prefetch_related(ROWS)))


def entries_of(rows: Iterable[BudgetRow]) -> tuple[Entry, ...]:
    return tuple(Entry(each.side, each.item_id, each.label, each.amount, each.group) for each in rows)


def column_of(version: BudgetVersion, name: str = "") -> Column:
    return Column(name or f"Budget {version.budget.year}", entries_of(version.rows.all()))


def side_by_side(of: Sequence[BudgetVersion]) -> list[Line]:
    """The table of several versions, a column each, in the order given."""
    return table([column_of(each) for each in of])


def findings_of(version: BudgetVersion) -> list[str]:
    """What is wrong in a version, in words. Its rows must be prefetched with their items."""
    rows = list(version.rows.all())
    comments = list(version.comments.select_related("item"))
    return [*found_in(version, rows, comments), *outside_frame(version)]


def outside_frame(version: BudgetVersion) -> list[str]:
    """A redistribution on delegation that costs more than what the board had decided, in words (R205); else nothing."""
    decided = getattr(version, "decided", None)
    if decided is None or decided.decided_by != BudgetDecision.DecidedBy.DELEGATED:
        return []
    earlier = versions().filter(budget=version.budget_id, decided__isnull=False, number__lt=version.number)
    frame = earlier.order_by("-number").prefetch_related(ROWS).first()
    if frame is None:
        return ["Versionen är beslutad på delegation, men det finns ingen fastställd budget att fördela om inom."]
    before, after = totals_of(frame).cost, totals_of(version).cost
    if after <= before:
        return []
    return [f"Omfördelningen kostar {with_unit(after)}, mer än totalramen {with_unit(before)} i {frame}."]


def found_in(version: BudgetVersion, rows: Sequence[BudgetRow], comments: Sequence[BudgetComment]) -> list[str]:
    of = {each.item_id: each.item for each in rows} | {each.item_id: each.item for each in comments if each.item}
    items = {key: Item(key, _called(item, rows), item.is_balanced) for key, item in of.items()}
    stated = {Side.INCOME: version.stated_income, Side.COST: version.stated_cost}
    told = [Comment(each.text, each.item_id) for each in comments]
    return [*findings(entries_of(rows), items, stated=stated, comments=told), *faults_of_overhead(rows)]


def _called(item: CostItem, rows: Sequence[BudgetRow]) -> str:
    return next((each.label for each in rows if each.item_id == item.pk), item.name)


@dataclass(frozen=True)
class Totals:
    """A year's sums: income, costs and what is left, in öre."""

    income: int
    cost: int

    @property
    def result(self) -> int:
        return self.income - self.cost


def totals_of(version: BudgetVersion) -> Totals:
    """The sums of a version. Its rows must be prefetched."""
    rows = version.rows.all()
    sums = {side: sum(each.amount or 0 for each in rows if each.side == side) for side in Side.values}
    return Totals(sums[Side.INCOME], sums[Side.COST])


def known_labels() -> dict[tuple[str, str], CostItem]:
    """Which item a label has stood for, by side and label in small letters; the newest use wins, names come last."""
    known = {}
    for row in BudgetRow.objects.select_related("item").order_by("-pk"):
        known.setdefault((row.side, row.label.casefold()), row.item)
    for item in CostItem.objects.all():
        for side in Side.values:
            known.setdefault((side, item.name.casefold()), item)
    return known
