"""Follow-up read: outcome and forecast against the budget, as papers print them, and what is left at a year's end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from enamnd.dates import MONTHS, long_date
from enamnd.money import KRONA

from . import budgets
from .allocation import Part, allocate
from .budget_checks import told_amounts
from .budget_table import COST, INCOME, Column, Entry, Line, result_word, rounding_note, table, to_date
from .figures import parties
from .models import Allocation, Budget, BudgetVersion, CostItem, Forecast, Outcome

UNMAPPED, UNMAPPED_NAME = 0, "Inte hänfört till någon post"


@dataclass(frozen=True)
class Compared:
    """A table of two columns and their difference. `lines` with the deviation (None: not shown) and a word for it."""

    title: str
    columns: tuple[str, str, str]
    lines: tuple[tuple[Line, int | None, str], ...]
    rounding: str = ""

    @property
    def result(self) -> int:
        """What is left in the second column, in öre."""
        return self.lines[-1][0].values[1] or 0

    def deviations(self) -> dict[str, int]:
        """The deviations of rows by what they are called, and the result: what notes may speak of."""
        told = {
            f"avvikelsen för {line.label}": amount for line, amount, _ in self.lines if line.kind == "row" and amount
        }
        return told | ({"resultatet": self.result} if self.result else {})


def months_through(budget: Budget, day: date) -> tuple[int, int]:
    """How many months of the budget's period have passed by the end of a day's month, and how many it has."""
    first = budget.starts_on.year * 12 + budget.starts_on.month
    passed = day.year * 12 + day.month - first + 1
    return passed, budget.ends_on.year * 12 + budget.ends_on.month - first + 1


def outcome_table(outcome: Outcome) -> Compared:
    """Budget to date against outcome (Utfall per sista oktober): n/12 of each row in whole kronor (R138, R142)."""
    budget, day = outcome.budget, outcome.through_on
    version = budgets.holding_of(budget.year)
    planned = _planned(version)
    passed, of = months_through(budget, day)
    so_far = tuple(
        Entry(
            each.side,
            each.item,
            each.label,
            None if each.amount is None else to_date(each.amount, passed, of=of),
            each.group,
        )
        for each in planned
    )
    name = f"tom {MONTHS[day.month - 1][:3]} {day.year}"
    rows = list(outcome.rows.select_related("item"))
    found = _entries([(each.item, each.side, each.amount) for each in rows], planned)
    return _compared(title_of(day), (f"Budget {name}", f"Utfall {name}"), so_far, found)


def title_of(day: date) -> str:
    """Utfall per sista oktober 2026, or the day itself where it is within a month."""
    is_last = (day + timedelta(days=1)).day == 1
    return f"Utfall per sista {MONTHS[day.month - 1]} {day.year}" if is_last else f"Utfall per den {long_date(day)}"


def _planned(version: BudgetVersion | None) -> list[Entry]:
    """What was budgeted by item and side: outcome and forecast say nothing of the rows that an item may consist of."""
    merged: dict[tuple[str, int], Entry] = {}
    for each in budgets.entries_of(version.rows.all()) if version else ():
        before = merged.get((each.side, each.item))
        if before:
            amounts = [amount for amount in (before.amount, each.amount) if amount is not None]
            each = replace(before, amount=sum(amounts) if amounts else None)
        merged[each.side, each.item] = each
    return list(merged.values())


def forecast_table(forecast: Forecast) -> Compared:
    """The year's budget against a forecast (Budget och prognos helår)."""
    year = forecast.budget.year
    version = budgets.holding_of(year)
    planned = _planned(version)
    found = forecast_column(forecast, version)
    return _compared(f"Budget och prognos helår {year}", (f"Budget {year}", found.name), planned, found.entries)


def forecast_column(forecast: Forecast, version: BudgetVersion | None = None) -> Column:
    """What a forecast says by item, as a column beside budgets (Budget 2020 | Prognos 2020 | Budget 2021, R220).

    `version` is the year's budget where it is at hand, with rows.
    """
    year = forecast.budget.year
    planned = _planned(version or budgets.holding_of(year))
    found = _entries([(each.item, each.side, each.amount) for each in forecast.rows.select_related("item")], planned)
    return Column(f"Prognos {year}", found)


def _entries(rows: Sequence[tuple[CostItem | None, str, int]], planned: Sequence[Entry]) -> tuple[Entry, ...]:
    """What rows make by item and side, called as the budget calls them; those without item have a name of their own."""
    sums: dict[tuple[int, str], int] = {}
    names: dict[int, str] = {UNMAPPED: UNMAPPED_NAME}
    for item, side, amount in rows:
        key = (item.pk if item else UNMAPPED, side)
        sums[key] = sums.get(key, 0) + amount
        if item:
            names[item.pk] = item.name
    made, taken = [], set()
    for each in planned:
        key = (each.item, each.side)
        if key in sums and key not in taken:
            made.append(Entry(each.side, each.item, each.label, sums[key], each.group))
        else:
            made.append(Entry(each.side, each.item, each.label, None, each.group))
        taken.add(key)
    more = [
        Entry(side, item, names[item], amount) for (item, side), amount in sums.items() if (item, side) not in taken
    ]
    return (*made, *more)


def _compared(title: str, names: tuple[str, str], planned: Sequence[Entry], found: Sequence[Entry]) -> Compared:
    lines = table([Column(names[0], tuple(planned)), Column(names[1], tuple(found))])
    shown = tuple(
        (line, _difference(line), result_word(line.values[1]) if line.kind == "result" else "") for line in lines
    )
    return Compared(title, (*names, "Avvikelse"), shown, _note(lines))


def _note(lines: Sequence[Line]) -> str:
    """The note that the table needs in tkr: where its rows, or its two sides, do not add up when rounded (R287)."""
    sums = {line.side: line.values for line in lines if line.kind == "total"}
    for column in (0, 1):
        income, cost = sums[INCOME][column], sums[COST][column]
        rows = {
            side: [line.values[column] or 0 for line in lines if line.kind == "row" and line.side == side]
            for side in (INCOME, COST)
        }
        notes = (
            rounding_note(rows[INCOME], income),
            rounding_note(rows[COST], cost),
            rounding_note([income, -cost], income - cost),
        )
        if any(notes):
            return next(filter(None, notes))
    return ""


def _difference(line: Line) -> int | None:
    """Of a row, where it is not zero (R141). Sums have none: their rows tell."""
    if line.kind != "row" or all(value is None for value in line.values):
        return None
    return (line.values[1] or 0) - (line.values[0] or 0) or None


def note_lines(text: str) -> list[str]:
    return [each.strip() for each in text.splitlines() if each.strip()]


def notes_against(table: Compared, *texts: str) -> list[str]:
    """Amounts in notes that are near a figure of the table and not it, in words."""
    return told_amounts([line for text in texts for line in note_lines(text)], table.deviations())


@dataclass(frozen=True)
class Left:
    """What an item has left at a year's end, in öre (a deficit below zero), and each municipality's part by name."""

    item: CostItem
    amount: int
    how: str
    parts: dict[str, int]


def left_over(outcome: Outcome) -> list[Left]:
    """Surplus and deficit per item by the outcome of a year, each divided as the item was paid that year."""
    sums: dict[CostItem, int] = {}
    for row in outcome.rows.select_related("item").exclude(item=None):
        sums[row.item] = sums.get(row.item, 0) + (row.amount if row.side == INCOME else -row.amount)
    found = [(item, amount) for item, amount in sums.items() if amount]
    return [_left(item, amount, outcome.budget.year) for item, amount in found]


def _left(item: CostItem, amount: int, year: int) -> Left:
    allocations = Allocation.objects.current().filter(item=item, year=year).prefetch_related("shares__municipality")
    paid: dict[str, int] = {}
    for allocation in allocations:
        for share in allocation.shares.all():
            paid[share.municipality.name] = paid.get(share.municipality.name, 0) + share.amount
    paying = {who: öre for who, öre in paid.items() if öre > 0}
    if paying:
        how, part = f"som {item.name.lower()} betalades {year}", Part("det som betalades", paying)
    else:
        how, part = "i lika delar: posten är inte fördelad det året", Part("lika delar")
        paying = {each.name: 1 for each in parties()}
    shares = allocate(amount, [part], list(paying), unit=KRONA).shares
    return Left(item, amount, how, {each.who: each.amount for each in shares if each.amount})
