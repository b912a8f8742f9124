"""The attendance of a year as a picture: a column for each meeting, and the target as a line. Plain Python.

An SVG of 960 × 300. Nothing rests on colour: each column bears its share, and those below the target are hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enamnd.dates import MONTHS

from .turnout import Share

WIDTH, HEIGHT = 960, 300
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 24, 44
ROOM = HEIGHT - TOP - BOTTOM
THICK = 44
MARKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Column:
    """A meeting: where its column stands, what is written over and under it, and whether it reaches the target."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    over: str
    over_y: str
    day: str
    title: str
    key: int
    is_below: bool
    is_told: bool


@dataclass(frozen=True)
class Line:
    """A level across the picture, with its per cent."""

    y: str
    text_y: str
    percent: int


@dataclass(frozen=True)
class Picture:
    """All that the template draws. `target` is None where there is none."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    target: Line | None
    width: int = WIDTH
    height: int = HEIGHT


def picture(meetings: Sequence[tuple[int, date, Share]], target: int | None) -> Picture:
    """Draw meetings (key, day, share) in the order they are given. A share of nothing is a meeting without a list."""
    step = (WIDTH - LEFT - RIGHT) / max(len(meetings), 4)
    width = min(THICK, step * 0.6)
    columns = tuple(_column(LEFT + step * (place + 0.5), width, *each, target) for place, each in enumerate(meetings))
    return Picture(columns, tuple(map(_line, MARKS)), _line(target) if target is not None else None)


def _column(middle: float, width: float, key: int, day: date, share: Share, target: int | None) -> Column:
    exact = share.part / share.of if share.of else 0
    top = TOP + ROOM * (1 - exact)
    words = share.words if share.of else "närvaron är inte förd"
    return Column(
        _at(middle - width / 2),
        _at(top),
        _at(width),
        _at(ROOM * exact),
        _at(middle),
        f"{share.percent} %" if share.of else "–",
        _at(top - 6),
        f"{day.day} {MONTHS[day.month - 1][:3]}",
        f"{day.isoformat()}: {words}",
        key,
        bool(share.of) and target is not None and not share.reaches(target),
        bool(share.of),
    )


def _line(level: int) -> Line:
    y = TOP + ROOM * (1 - level / 100)
    return Line(_at(y), _at(y + 4), level)


def _at(value: float) -> str:
    return f"{value:.1f}"
