"""What differs between two drawings of a living block, row by row. Plain Python.

A block is often a long table where a row or two are others than last year: those are shown, and how many are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from meetings.text.comparison import ADDED, REMOVED, Change, compare_words

CELLS = " · "  # between the cells of a row


@dataclass(frozen=True)
class RowChanges:
    """`rows` are those that differ, in the newer order, each with its words marked; `same` how many do not."""

    rows: tuple[tuple[Change, ...], ...]
    same: int


def compare_rows(old: str, new: str) -> RowChanges:
    """Two plain texts with a line for each row or paragraph, and tabs between the cells of a row."""
    before, after = _rows(old), _rows(new)
    rows: list[tuple[Change, ...]] = []
    same = 0
    for op, start, end, at, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            same += end - start
        else:
            rows += _changed(before[start:end], after[at:to])
    return RowChanges(tuple(rows), same)


def _rows(text: str) -> list[str]:
    """The rows that say something, without numbers that only count them: one row more changes no other row."""
    rows = [line.split("\t") for line in text.split("\n") if line.strip()]
    counted = [row for row in rows if len(row) > 1 and row[0].strip().isdigit()]
    if [row[0].strip() for row in counted] == [str(number) for number in range(1, len(counted) + 1)]:
        rows = [row[1:] if row in counted else row for row in rows]
    return [CELLS.join(row) for row in rows]


def _changed(before: list[str], after: list[str]) -> Iterator[tuple[Change, ...]]:
    """Rows that begin alike are one row that has changed; where none do, those on the same place are."""
    pairs = _pairs(before, after)
    if len(before) == len(after) and set(pairs) == {None}:
        pairs = list(range(len(after)))
    yield from ((Change(REMOVED, line),) for at, line in enumerate(before) if at not in pairs)
    for at, line in zip(pairs, after, strict=True):
        yield (Change(ADDED, line),) if at is None else compare_words(before[at], line)


def _pairs(before: list[str], after: list[str]) -> list[int | None]:
    """For each newer row the place of the older one that begins with the same cell, each taken once."""
    free = list(enumerate(before))
    made = []
    for line in after:
        found = next((each for each in free if _first(each[1]) == _first(line)), None)
        if found:
            free.remove(found)
        made.append(found[0] if found else None)
    return made


def _first(line: str) -> str:
    return line.split(CELLS)[0]
