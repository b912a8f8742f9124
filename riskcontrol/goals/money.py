"""What of a year's budget pays for its goals: read where the budget stands, never kept twice. Amounts in öre."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from enamnd.money import with_unit
from finance import budgets
from finance.models import BudgetRow, BudgetVersion, CostItem, Side
from riskcontrol.models import GoalMoney


@dataclass(frozen=True)
class YearBudget:
    """What each item costs in the version of a year's budget that holds (None: the year has no budget)."""

    year: int
    version: BudgetVersion | None
    state: str
    costs: dict[int, int]

    @property
    def words(self) -> str:
        """budget 2026 (fastställd)."""
        return f"budget {self.year} ({self.state})" if self.version else f"budget {self.year}"

    def name_of(self, item: CostItem) -> str:
        """E-arkiv, 640 000 kr; the name alone of an item that the budget does not have."""
        return f"{item}, {with_unit(self.costs[item.pk])}" if item.pk in self.costs else str(item)


@dataclass(frozen=True)
class Money:
    """What a goal has of an item; `budgeted` is what the whole item has, None where the budget does not have it."""

    link: GoalMoney
    budgeted: int | None

    @property
    def amount(self) -> int | None:
        return self.budgeted if self.link.amount is None else self.link.amount

    @property
    def words(self) -> str:
        """E-arkiv, 640 000 kr; 180 000 kr av E-arkiv; E-arkiv, som budgeten inte har."""
        item, part = self.link.item, self.link.amount
        what = f"{item}, {with_unit(self.budgeted)}" if self.budgeted is not None else f"{item}, som budgeten inte har"
        if part is None:
            return what
        return f"{with_unit(part)} av {item}" if self.budgeted is not None else f"{with_unit(part)} av {what}"


def budget_of(year: int) -> YearBudget:
    """The budget that holds for a year: two queries."""
    found = list(budgets.versions().filter(budget__year=year).order_by("-number"))
    version = budgets.holding(found)
    if version is None:
        return YearBudget(year, None, "", {})
    rows = BudgetRow.objects.filter(version=version, side=Side.COST, amount__isnull=False).order_by()
    costs = dict(rows.values_list("item").annotate(Sum("amount")))
    return YearBudget(year, version, budgets.state_of(version, found)[0], costs)


def money_of_goals(goals: Iterable[int], budget: YearBudget) -> dict[int, list[Money]]:
    """What each goal (by its key) has of the budget: one query. Goals that have nothing are left out."""
    found: dict[int, list[Money]] = {}
    rows = GoalMoney.objects.filter(goal__in=goals).select_related("item")
    for link in rows.order_by("item__position", "item__name"):
        found.setdefault(link.goal_id, []).append(Money(link, budget.costs.get(link.item_id)))
    return found


def total(moneys: Iterable[Money]) -> int:
    """What the goals have together. An item that several have the whole of counts once."""
    return sum(_by_item(moneys).values())


def _by_item(moneys: Iterable[Money]) -> dict[int, int]:
    whole: dict[int, int] = {}
    parts: dict[int, int] = {}
    for each in moneys:
        key, amount = each.link.item_id, each.amount or 0
        if each.link.amount is None:
            whole[key] = amount
        else:
            parts[key] = parts.get(key, 0) + amount
    return {key: max(whole.get(key, 0), parts.get(key, 0)) for key in whole | parts}


def too_much(moneys: Iterable[Money]) -> list[str]:
    """Items that the goals take more of than the budget has, in words."""
    moneys = list(moneys)
    taken, said = _by_item(moneys), {}
    for each in moneys:
        has, takes = each.budgeted, taken[each.link.item_id]
        if has is None:
            said[each.link.item_id] = f"{each.link.item}: budgeten har inte posten."
        elif takes > has:
            said[each.link.item_id] = f"{each.link.item}: målen tar {with_unit(takes)}, budgeten har {with_unit(has)}."
    return list(said.values())


def sentence(moneys: Iterable[Money]) -> str:
    """Avsatta medel: 180 000 kr av E-arkiv; Kansli, 1 130 000 kr. Nothing of nothing."""
    said = "; ".join(each.words for each in moneys)
    return f"Avsatta medel: {said}." if said else ""
