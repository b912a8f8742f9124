"""Tables of budgets as papers print them: income, costs, their sums, and the result. Plain Python; amounts in öre.

Rows are put together by the identity of their item, whatever they are called in each column; the newest label shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from enamnd.money import thousands

INCOME, COST = "income", "cost"
SECTIONS = ((INCOME, "INTÄKTER", "SUMMA INTÄKTER"), (COST, "KOSTNADER", "SUMMA KOSTNADER"))
RESULT = "RÖRELSERESULTAT"
SURPLUS, DEFICIT = "Överskott", "Underskott"


@dataclass(frozen=True)
class Entry:
    """What a budget says of an item on one side; `amount` is None where the place is left empty."""

    side: str
    item: int
    label: str
    amount: int | None
    group: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the table: its heading and what it says, in the order of its rows."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Line:
    """A line of the table. `kind`: section, row, subtotal, total or result; `values` one for each column."""

    kind: str
    side: str
    label: str
    values: tuple[int | None, ...]
    item: int | None = None


def table(columns: Sequence[Column]) -> list[Line]:
    """The whole table, its totals computed from its rows."""
    lines: list[Line] = []
    totals = {}
    for side, heading, sum_name in SECTIONS:
        lines.append(Line("section", side, heading, ()))
        rows = _rows(columns, side)
        lines.extend(_with_subtotals(rows, side, columns))
        totals[side] = tuple(_sum(row.values[at] for row, _ in rows) for at in range(len(columns)))
        lines.append(Line("total", side, sum_name, totals[side]))
    result = tuple(income - cost for income, cost in zip(totals[INCOME], totals[COST], strict=True))
    return [*lines, Line("result", COST, RESULT, result)]


def _sum(values) -> int:
    return sum(value or 0 for value in values)


def _rows(columns: Sequence[Column], side: str) -> list[tuple[Line, str]]:
    """The rows of a side with their group, in the order of the last column, then of those before."""
    keys: dict[tuple[int, int], Entry] = {}
    values: dict[tuple[int, int], list[int | None]] = {}
    for at in reversed(range(len(columns))):
        seen: dict[int, int] = {}
        for entry in columns[at].entries:
            if entry.side != side:
                continue
            key = (entry.item, seen.setdefault(entry.item, 0))
            seen[entry.item] += 1
            keys.setdefault(key, entry)
            values.setdefault(key, [None] * len(columns))[at] = entry.amount
    return [
        (Line("row", side, entry.label, tuple(values[key]), entry.item), entry.group) for key, entry in keys.items()
    ]


def _with_subtotals(rows: Sequence[tuple[Line, str]], side: str, columns: Sequence[Column]) -> list[Line]:
    """The rows, those of a group together with the group's sum after them."""
    groups = list(dict.fromkeys(group for _, group in rows))
    lines = []
    for group in groups:
        lines.extend(line for line, its in rows if its == group)
        if group:
            sums = tuple(_subtotal(column, side, group) for column in columns)
            lines.append(Line("subtotal", side, f"SUMMA {group.upper()}", sums))
    return lines


def _subtotal(column: Column, side: str, group: str) -> int | None:
    """What a column itself counts to a group; None where it has no such group."""
    within = [each for each in column.entries if each.side == side and each.group.casefold() == group.casefold()]
    return _sum(each.amount for each in within) if within else None


def with_deviation(lines: Sequence[Line], first: int = 0, second: int = 1) -> list[tuple[Line, int | None]]:
    """Each line with what its second value is above its first; None for sections, and where there is none to tell."""
    return [(line, _deviation(line, first, second)) for line in lines]


def _deviation(line: Line, first: int, second: int) -> int | None:
    if line.kind == "section" or all(value is None for value in line.values):
        return None
    return (line.values[second] or 0) - (line.values[first] or 0) or None


def result_word(amount: int) -> str:
    """Överskott, Underskott, or nothing for a result of nought."""
    if not amount:
        return ""
    return SURPLUS if amount > 0 else DEFICIT


def to_date(year_amount: int, months: int, *, of: int = 12) -> int:
    """A year's budget so far, n/12, in whole kronor (R142), half away from zero. Öre in and out."""
    size = (2 * abs(year_amount) * months + 100 * of) // (2 * 100 * of) * 100
    return -size if year_amount < 0 else size


def rounding_note(parts: Sequence[int], total: int) -> str:
    """A note where amounts rounded to thousands do not add up to their rounded sum (R287); empty where they do.

    `parts` and `total` are in öre; a part that is taken away is negative.
    """
    if sum(parts) == total and sum(map(thousands, parts)) != thousands(total):
        return "Beloppen är avrundade var för sig till tusental kronor. Därför kan summan skilja sig från raderna."
    return ""
