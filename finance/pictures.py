"""Pictures of money: bars side by side, and lines over years. Plain Python; the same figures stand in a table.

A picture is WIDTH units wide. Colours come from the style sheet by the number of a series; a pattern tells them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT, TOP = 960, 210, 130, 14
BAR, GAP = 18, 14
LINE_HEIGHT, BOTTOM = 300, 34


@dataclass(frozen=True)
class Bar:
    """A bar of a series: where it stands, what is written after it, and what it says when pointed at."""

    series: int
    x: str
    y: str
    width: str
    text: str
    text_x: str
    text_y: str
    title: str


@dataclass(frozen=True)
class Group:
    """Bars that belong together, under one name."""

    name: str
    y: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bars:
    width: int
    height: int
    zero: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]


def bars(series: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], written) -> Bars:
    """Bars lying down: a group a row, a bar a series. `written` makes words of a value."""
    values = [value for _, row in rows for value in row] or [0]
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    room = WIDTH - LEFT - RIGHT
    zero = LEFT + room * -low / span
    step = len(series) * BAR + GAP
    groups = tuple(
        Group(
            name,
            f"{TOP + at * step + BAR * len(series) / 2 + 5:.1f}",
            tuple(
                _bar(number, value, TOP + at * step + number * BAR, zero, room / span, written, f"{name}, {what}")
                for number, (value, what) in enumerate(zip(row, series, strict=True))
            ),
        )
        for at, (name, row) in enumerate(rows)
    )
    return Bars(WIDTH, TOP + step * len(rows), f"{zero:.1f}", tuple(series), groups)


def _bar(series: int, value: int, y: float, zero: float, scale: float, written, title: str) -> Bar:
    width = abs(value) * scale
    x = zero if value >= 0 else zero - width
    words = written(value)
    return Bar(
        series, f"{x:.1f}", f"{y:.1f}", f"{max(width, 1):.1f}", words, f"{max(x + width, zero) + 8:.1f}",
        f"{y + BAR - 5:.1f}", f"{title}: {words}",
    )  # fmt: skip


@dataclass(frozen=True)
class Point:
    x: str
    y: str
    text_y: str
    text: str
    title: str


@dataclass(frozen=True)
class Curve:
    series: int
    name: str
    points: str
    marks: tuple[Point, ...]


@dataclass(frozen=True)
class Curves:
    width: int
    height: int
    floor: str
    years: tuple[tuple[str, str], ...]
    curves: tuple[Curve, ...]


def curves(years: Sequence[int], series: Sequence[tuple[str, Sequence[int | None]]], written) -> Curves:
    """Lines over years, from zero up; a year without a value is left out of its line."""
    values = [value for _, row in series for value in row if value is not None] or [0]
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    room = WIDTH - 2 * 70

    def x(at: int) -> float:
        return 70 + (room * at / (len(years) - 1) if len(years) > 1 else room / 2)

    def y(value: int) -> float:
        return 40 + (LINE_HEIGHT - 40) * (high - value) / span

    made = []
    for number, (name, row) in enumerate(series):
        known = [(x(at), y(value), value, years[at]) for at, value in enumerate(row) if value is not None]
        marks = tuple(
            Point(f"{a:.1f}", f"{b:.1f}", f"{b - 12:.1f}", written(value), f"{name} {year}: {written(value)}")
            for a, b, value, year in known
        )
        made.append(Curve(number, name, " ".join(f"{a:.1f},{b:.1f}" for a, b, *_ in known), marks))
    named = tuple((str(year), f"{x(at):.1f}") for at, year in enumerate(years))
    return Curves(WIDTH, LINE_HEIGHT + BOTTOM, f"{y(0):.1f}", named, tuple(made))
