"""The budget behind an allocated amount: what it says that the item costs, and how each row was counted."""

from dataclasses import dataclass

from .budgets import holding_of
from .models import Allocation, BudgetRow, BudgetVersion, Side
from .origins import costs_of, origin_of


@dataclass(frozen=True)
class Budgeted:
    """What a year's budget says that an item costs: its rows with how each was counted, and their sum in öre."""

    version: BudgetVersion
    rows: tuple[tuple[BudgetRow, str], ...]
    total: int


def budgeted_for(allocation: Allocation) -> Budgeted | None:
    """The budget behind an allocated amount: the item's costs, or its income where the budget has no cost of it."""
    version = holding_of(allocation.year) if allocation.item_id else None
    if version is None:
        return None
    rows = list(version.rows.all())
    own = [each for each in rows if each.item_id == allocation.item_id and each.amount is not None]
    own = [each for each in own if each.side == Side.COST] or own
    costs = costs_of(rows)
    told = tuple((each, origin_of(each, costs)) for each in own)
    return Budgeted(version, told, sum(each.amount for each in own)) if own else None
