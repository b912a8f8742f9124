"""The annual wheel as a picture: where each month, item and meeting stands in an SVG of 640 × 640. Plain Python.

January begins at twelve o'clock and the year runs clockwise. Each item is a bow over its months, in the outermost
ring where it hides no other; it carries a number that the table beside explains, so that nothing rests on colour.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enamnd.dates import MONTHS, long_date
from meetings.planning.wheel_months import Span, days_in

CENTRE = 320
RIM, MONTHS_INSIDE = 300, 258  # radii of the ring of months
THICKNESS, GAP, INNERMOST = 26, 4, 70
DEGREES = 30  # a month
MARGIN = 1.2  # degrees left free at each end of a bow


@dataclass(frozen=True)
class MonthMark:
    """A month of the rim: its path, and where its name stands."""

    name: str
    short: str
    path: str
    x: str
    y: str


@dataclass(frozen=True)
class Bow:
    """An item: its path, its number and where that stands, what it is called, and whether it asks for a decision."""

    path: str
    number: int
    x: str
    y: str
    title: str
    is_decision: bool


@dataclass(frozen=True)
class Dot:
    """A meeting on the rim."""

    x: str
    y: str
    title: str


@dataclass(frozen=True)
class Picture:
    """All that the template draws."""

    months: tuple[MonthMark, ...]
    bows: tuple[Bow, ...]
    dots: tuple[Dot, ...]


def picture(items: Sequence[tuple[str, Span, bool]], days: Sequence[date] = ()) -> Picture:
    """The wheel of (title, span, is_decision) in the order of their numbers, with the meetings of a year on its rim."""
    rings = rings_of([span for _, span, _ in items])
    thickness = min(THICKNESS, (MONTHS_INSIDE - GAP - INNERMOST) / max(1, max(rings, default=0) + 1) - GAP)
    bows = tuple(
        _bow(number, title, span, is_decision, ring, thickness)
        for number, ((title, span, is_decision), ring) in enumerate(zip(items, rings, strict=True), 1)
    )
    dots = tuple(Dot(*_place(RIM + 9, _angle(day)), long_date(day)) for day in days)
    return Picture(tuple(map(_month, range(1, 13))), bows, dots)


def rings_of(spans: Sequence[Span]) -> list[int]:
    """For each span the outermost ring (0 and inwards) where none of its months is taken."""
    taken: list[set[int]] = []
    found = []
    for span in spans:
        months = set(span.months)
        ring = next((at for at, held in enumerate(taken) if not held & months), len(taken))
        if ring == len(taken):
            taken.append(set())
        taken[ring] |= months
        found.append(ring)
    return found


def _bow(number: int, title: str, span: Span, is_decision: bool, ring: int, thickness: float) -> Bow:
    outer = MONTHS_INSIDE - GAP - ring * (thickness + GAP)
    start = (span.first - 1) * DEGREES + MARGIN
    end = (span.first - 1 + span.length) * DEGREES - MARGIN
    # Where a bow is long its number stands by its beginning, where the eye looks for it.
    x, y = _place(outer - thickness / 2, min((start + end) / 2, start + DEGREES / 2))
    return Bow(_sector(outer, outer - thickness, start, end), number, x, y, title, is_decision)


def _month(month: int) -> MonthMark:
    start = (month - 1) * DEGREES
    x, y = _place((RIM + MONTHS_INSIDE) / 2, start + DEGREES / 2)
    name = MONTHS[month - 1]
    return MonthMark(name, name[:3], _sector(RIM, MONTHS_INSIDE, start + 0.3, start + DEGREES - 0.3), x, y)


def _sector(outer: float, inner: float, start: float, end: float) -> str:
    """The outline of a part of a ring, in degrees clockwise from twelve o'clock."""
    large = int(end - start > 180)
    (a, b), (c, d) = _point(outer, start), _point(outer, end)
    (e, f), (g, h) = _point(inner, end), _point(inner, start)
    return f"M{a} {b}A{outer:g} {outer:g} 0 {large} 1 {c} {d}L{e} {f}A{inner:g} {inner:g} 0 {large} 0 {g} {h}Z"


def _point(radius: float, degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees - 90)
    return round(CENTRE + radius * math.cos(angle), 2), round(CENTRE + radius * math.sin(angle), 2)


def _place(radius: float, degrees: float) -> tuple[str, str]:
    """A point as it is written in SVG: with a decimal point, whatever the language of the page."""
    x, y = _point(radius, degrees)
    return f"{x:g}", f"{y:g}"


def _angle(day: date) -> float:
    return (day.month - 1 + (day.day - 0.5) / days_in(day.year, day.month)) * DEGREES
