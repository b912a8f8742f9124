"""Tables that others have printed, read as they stand and counted again. Plain Python; amounts in öre.

A table has a row of headings and a label in each row. Sections (INTÄKTER, KOSTNADER) are rows without amounts. Summa
intäkter and Summa kostnader are the sums of their sections, Summa with another word that of the rows since the sum
before it; Rörelseresultat and Total are income less costs, or with them where costs are written below zero. A column
called Avvikelse is the difference of the two columns before it, and one called Kommentar has words about its rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enamnd.money import kronor, parse_kronor, thousands, with_unit
from enamnd.refusal import Problem, Refused

SECTION_NAMES = {"intäkter": "income", "kostnader": "cost"}
RESULT_NAMES = ("rörelseresultat", "rörelsereslutat", "resultat", "total", "totalt")
TOTAL_NAMES = ("summa", "summa intäkter", "summa kostnader")
DEVIATION = "avvikelse"
COMMENT_NAMES = ("kommentar", "kommentarer", "anmärkning", "anmärkningar")


@dataclass(frozen=True)
class PrintedRow:
    """A row as printed. `kind`: section, row, subtotal, total, result; `values` in öre, None where empty.

    `note` is what a column of comments says of it.
    """

    number: int
    kind: str
    side: str
    label: str
    values: tuple[int | None, ...]
    words: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class PrintedTable:
    """A whole table: the names of its columns (without the first, of labels), and its rows."""

    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]

    def of(self, kind: str, side: str = "") -> list[PrintedRow]:
        return [each for each in self.rows if each.kind == kind and side in ("", each.side)]


def read_printed(cells: Sequence[Sequence[str]]) -> PrintedTable:
    """The table that the cells make; the first row has the headings. Refused with every cell that is no amount."""
    if len(cells) < 2:
        raise Refused("Klistra in en tabell med rubrikrad och rader.", field="text")
    headings = tuple(each.strip() for each in cells[0][1:]) or ("Belopp",)
    amounts = [at for at, name in enumerate(headings) if name.casefold() not in COMMENT_NAMES]
    rows, problems, side = [], [], ""
    for number, row in enumerate(cells[1:], 2):
        label = row[0].strip()
        written = (list(map(str.strip, row[1:])) + [""] * len(headings))[: len(headings)]
        words = tuple(written[at] for at in amounts)
        note = " ".join(each for at, each in enumerate(written) if at not in amounts and each)
        side = SECTION_NAMES.get(label.casefold(), side) if not any(words) else side
        try:
            rows.append(replace(_row(number, label, words, side), note=note))
        except Refused as refusal:
            problems.append(Problem(f"rad {number} ({label})", str(refusal)))
    if problems:
        raise Refused(problems=tuple(problems))
    return PrintedTable(tuple(headings[at] for at in amounts), tuple(rows))


def as_budget(table: PrintedTable, unit: int) -> PrintedTable:
    """The table in whole kronor, with its costs above zero however they are printed (-46,4 tkr is a cost of 46 400 kr).

    `unit` is 1000 for a table in tkr.
    """
    signs = [-1 if _counted(table, at, "cost") < 0 else 1 for at in range(len(table.columns))]

    def turned(row: PrintedRow) -> PrintedRow:
        is_cost = row.side == "cost" and row.kind != "result"
        values = zip(row.values, signs, strict=False)
        return replace(row, values=tuple(_times(each, unit * (sign if is_cost else 1)) for each, sign in values))

    return PrintedTable(table.columns, tuple(map(turned, table.rows)))


def _times(value: int | None, factor: int) -> int | None:
    return None if value is None else value * factor


def _row(number: int, label: str, words: tuple[str, ...], side: str) -> PrintedRow:
    plain = label.rstrip(":").casefold()
    if plain in SECTION_NAMES and not any(words):
        return PrintedRow(number, "section", side, label, (), words)
    kind = "row"
    if plain.startswith("summa"):
        kind = "total" if plain in TOTAL_NAMES else "subtotal"
    elif plain in RESULT_NAMES:
        kind = "result"
    values = tuple(_value(each, kind) for each in words)
    return PrintedRow(number, kind, side, label, values, words)


def _value(words: str, kind: str) -> int | None:
    """An amount; a word in a result ("Överskott") is no amount and no fault."""
    if kind == "result" and words and not any(sign.isdigit() for sign in words):
        return None
    return parse_kronor(words)


def faults(table: PrintedTable, *, unit: int = 1) -> list[str]:
    """Every figure that is another when it is counted again, in a sentence each.

    `unit` is 1000 for a table in tkr: what differs by rounding alone is then said to be that.
    """
    told = []
    for at, column in enumerate(table.columns):
        if column.casefold().startswith(DEVIATION) and at >= 2:
            told += _deviations(table, at)
        else:
            told += _subtotals(table, at, column)
            told += _totals(table, at, column)
            told += _results(table, at, column)
    return [f"{each} {_by_rounding(unit)}".strip() for each in told]


def _by_rounding(unit: int) -> str:
    return "" if unit == 1 else "Beloppen är i tkr; är de avrundade var för sig behöver tabellen en not om det."


def _counted(table: PrintedTable, at: int, side: str) -> int:
    return sum(each.values[at] or 0 for each in table.of("row", side))


def _totals(table: PrintedTable, at: int, column: str) -> list[str]:
    told = []
    for row in table.of("total"):
        counted, printed = _counted(table, at, row.side), row.values[at]
        if printed is not None and printed != counted:
            told.append(
                f"{column}: {row.label} står som {kronor(printed)}, men raderna blir {kronor(counted)}. "
                f"Skillnaden är {kronor(abs(printed - counted))}."
            )
    return told


def grouped_rows(table: PrintedTable) -> list[tuple[PrintedRow, list[PrintedRow]]]:
    """Each subtotal with the rows that it is the sum of: those since the sum or the section before it."""
    found, within = [], []
    for row in table.rows:
        if row.kind == "row":
            within.append(row)
        else:
            found += [(row, within)] if row.kind == "subtotal" else []
            within = []
    return found


def _subtotals(table: PrintedTable, at: int, column: str) -> list[str]:
    told = []
    for row, within in grouped_rows(table):
        counted, printed = sum(each.values[at] or 0 for each in within), row.values[at]
        if printed is not None and printed != counted:
            told.append(
                f"{column}: {row.label} står som {kronor(printed)}, men raderna blir {kronor(counted)}. "
                f"Skillnaden är {kronor(abs(printed - counted))}."
            )
    return told


def missing_totals(table: PrintedTable) -> list[str]:
    """Sums that the table leaves empty, with what they are."""
    return [
        f"{column}: {row.label} saknas. Raderna blir {with_unit(_counted(table, at, row.side))}."
        for at, column in enumerate(table.columns)
        for row in table.of("total")
        if row.values[at] is None and not column.casefold().startswith(DEVIATION)
    ]


def _results(table: PrintedTable, at: int, column: str) -> list[str]:
    told = []
    for row in table.of("result"):
        income, cost = _counted(table, at, "income"), _counted(table, at, "cost")
        counted, printed = income - cost if cost >= 0 else income + cost, row.values[at]
        if printed is not None and printed != counted:
            told.append(f"{column}: {row.label} står som {kronor(printed)}, men raderna ger {kronor(counted)}.")
    return told


def _deviations(table: PrintedTable, at: int) -> list[str]:
    told = []
    for row in (*table.of("row"), *table.of("total"), *table.of("result")):
        before, after, printed = row.values[at - 2], row.values[at - 1], row.values[at]
        counted = (after or 0) - (before or 0)
        if printed is not None and printed != counted:
            told.append(
                f"{table.columns[at]}: {row.label} ({'intäkter' if row.side == 'income' else 'kostnader'}) står som "
                f"{kronor(printed)}, men skillnaden mellan {table.columns[at - 2]} och {table.columns[at - 1]} är "
                f"{kronor(counted)}."
            )
    return told


def net_faults(label: str, income: int, cost: int, deviation: int, column: str = "Avvikelse") -> list[str]:
    """A row of income, costs and their difference in tkr, counted again (R287). Öre that are whole thousands."""
    counted = income - cost
    if deviation == counted:
        return []
    shown = [str(thousands(each)) for each in (income, cost, deviation, counted)]
    return [
        f"{label}: {shown[0]} − {shown[1]} = {shown[3]} tkr, men {column.lower()} står som {shown[2]} tkr. Är beloppen "
        "avrundade var för sig behöver tabellen en not om det."
    ]
