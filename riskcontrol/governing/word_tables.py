"""Tables of a Word file: where each cell stands, how wide each column is, and which tables want a sheet that lies down.

Plain arithmetic over the tree of protocol text.
"""

from collections.abc import Sequence
from typing import NamedTuple

from meetings.text.markup_tree import Node, text_of, tree

WIDE = 7  # columns that do not fit on a sheet that stands
LEAST = 4  # characters that any column has room for
LONG = 0.8  # a text twice as long wants less than twice the width: it may take more lines


class Place(NamedTuple):
    """Where a cell of a table stands: its first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int
    cell: Node


def rows_of(table: Node) -> list[list[Node]]:
    """The cells of each row, as they are written."""
    groups = [each for each in table.children if isinstance(each, Node)]
    rows = [each for group in groups for each in ([group] if group.name == "tr" else group.children)]
    return [[cell for cell in row.children if isinstance(cell, Node)] for row in rows if isinstance(row, Node)]


def places_of(rows: Sequence[Sequence[Node]]) -> list[Place]:
    """The place of each cell, when those that reach over several rows or columns have taken theirs."""
    taken: set[tuple[int, int]] = set()
    made = []
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            bottom = min(len(rows), top + _span(cell, "rowspan")) - 1
            right = left
            while right + 1 < left + _span(cell, "colspan") and (top, right + 1) not in taken:
                right += 1
            taken |= {(down, across) for down in range(top, bottom + 1) for across in range(left, right + 1)}
            made.append(Place(top, left, bottom, right, cell))
            left = right + 1
    return made


def _span(cell: Node, name: str) -> int:
    value = cell.attributes.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1


def columns_of(places: Sequence[Place]) -> int:
    return max((each.right for each in places), default=-1) + 1


def shares_of(places: Sequence[Place]) -> list[float]:
    """How much of the width each column gets, together 1: room for its longest word, and more for long texts."""
    wanted = [float(LEAST)] * columns_of(places)
    for each in places:
        if each.left == each.right:
            text = text_of(each.cell)
            longest = max(map(len, text.split()), default=0)
            wanted[each.left] = max(wanted[each.left], longest, len(text) ** LONG / 2)
    whole = sum(wanted)
    return [each / whole for each in wanted]


def is_wide(markup: str) -> bool:
    """Whether a table of the markup has more columns than a sheet that stands has room for."""
    tables = [each for each in tree(markup).children if isinstance(each, Node) and each.name == "table"]
    return any(columns_of(places_of(rows_of(each))) >= WIDE for each in tables)
