"""Headings in order, each with all that stands under it: found, moved and taken out together. Plain Python.

`rows` are things with a `level` (1-3), in their order; a row holds those right after it that are of a deeper level.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from enamnd.refusal import Refused


class Levelled(Protocol):
    level: int


Row = TypeVar("Row", bound=Levelled)


def reach(rows: Sequence[Row], start: int) -> int:
    """The place after the last one that stands under the row at `start`."""
    end = start + 1
    while end < len(rows) and rows[end].level > rows[start].level:
        end += 1
    return end


def place_after(rows: Sequence[Row], start: int, level: int) -> int:
    """Where a new row of a level goes to stand after the one at `start` and all under it."""
    at = start + 1
    while at < len(rows) and rows[at].level > max(rows[start].level, level - 1):
        at += 1
    return at


def moved(rows: Sequence[Row], start: int, step: int) -> list[Row] | None:
    """The rows when that at `start` has changed places with the one before (-1) or after (1) on its level.

    None when there is nothing on its level to change places with.
    """
    end = reach(rows, start)
    others = [*rows[:start], *rows[end:]]
    to = _before(rows, start) if step < 0 else _after(rows, start, end)
    if to is None:
        return None
    others[to:to] = rows[start:end]
    return others


def _before(rows: Sequence[Row], start: int) -> int | None:
    for at in range(start - 1, -1, -1):
        if rows[at].level < rows[start].level:
            return None
        if rows[at].level == rows[start].level:
            return at
    return None


def _after(rows: Sequence[Row], start: int, end: int) -> int | None:
    if end >= len(rows) or rows[end].level != rows[start].level:
        return None
    return reach(rows, end) - (end - start)


def without(rows: Sequence[Row], start: int) -> list[Row]:
    """The rows without the one at `start`. Refused while others stand under it."""
    if reach(rows, start) > start + 1:
        raise Refused("Avsnittet har andra under sig. Ta bort eller flytta dem först.")
    return [*rows[:start], *rows[start + 1 :]]
