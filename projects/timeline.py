"""The timeline as a picture: where plans, phases, gates and agreements' ends stand over the years. Plain Python.

The picture is WIDTH units wide. Each activity has a line of words and under it a bar: an outline for its time plan and
filled pieces for the phases that it has been in. What each piece says is also written in the table beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from enamnd.dates import long_date

WIDTH, TOP, ROW, BAR = 1120, 34, 58, 20
MOST_YEARS = 16
LETTER = 7.4  # about as wide as a letter of the picture's text


@dataclass(frozen=True)
class Span:
    """A phase that an activity has been in; `ended_on` is None while it lasts."""

    name: str
    started_on: date
    ended_on: date | None
    gate: str = ""


@dataclass(frozen=True)
class Drawn:
    """An activity to draw: its plan's days (an open end is None), its phases in order, and days that agreements end."""

    title: str
    href: str
    starts_on: date | None = None
    ends_on: date | None = None
    spans: tuple[Span, ...] = ()
    ends: tuple[tuple[date, str], ...] = ()

    @property
    def days(self) -> list[date]:
        found = [self.starts_on, self.ends_on, *(day for day, _ in self.ends)]
        found += [day for span in self.spans for day in (span.started_on, span.ended_on)]
        return [day for day in found if day]


@dataclass(frozen=True)
class Piece:
    x: str
    y: str
    width: str
    text: str
    title: str
    is_odd: bool = False
    is_open: bool = False
    text_x: str = ""
    text_y: str = ""

    @property
    def open_points(self) -> str:
        """The outline of a plan without an end: it goes on at the right edge."""
        x, y, right = float(self.x), float(self.y), float(self.x) + float(self.width)
        corners = ((right, y), (x, y), (x, y + BAR), (right, y + BAR))
        return " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)


@dataclass(frozen=True)
class Mark:
    """A gate (a diamond) or the end of an agreement (a triangle)."""

    points: str
    title: str
    kind: str


@dataclass(frozen=True)
class Row:
    title: str
    href: str
    y: str
    line_y: str
    plan: Piece | None
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Picture:
    height: int
    years: tuple[tuple[str, str, str], ...]
    today: str
    rows: tuple[Row, ...]


def years_shown(drawn: Sequence[Drawn], today: date) -> tuple[int, int]:
    """The first and the last year: all that is drawn, at most sixteen years, today always within."""
    days = [day.year for each in drawn for day in each.days] + [today.year]
    first, last = max(min(days), today.year - MOST_YEARS // 2), max(*days, today.year + 1)
    return first, min(last, first + MOST_YEARS - 1)


def picture(drawn: Sequence[Drawn], today: date) -> Picture:
    """The picture of these activities, in their order."""
    scale = _Scale(*years_shown(drawn, today))
    rows = tuple(_row(each, number, scale, today) for number, each in enumerate(drawn))
    years = tuple(
        (str(year), f"{scale.x(date(year, 1, 1)):.1f}", f"{scale.x(date(year, 1, 1)) + 6:.1f}")
        for year in range(scale.first.year, scale.last.year)
    )
    return Picture(TOP + ROW * len(drawn) + 8, years, f"{scale.x(today):.1f}", rows)


class _Scale:
    def __init__(self, first: int, last: int):
        self.first, self.last = date(first, 1, 1), date(last + 1, 1, 1)

    def x(self, day: date) -> float:
        day = min(max(day, self.first), self.last)
        return WIDTH * (day - self.first).days / (self.last - self.first).days


def _row(each: Drawn, number: int, scale: _Scale, today: date) -> Row:
    y = TOP + number * ROW
    bar = y + 26
    pieces = tuple(_phase(span, at, bar, scale, today) for at, span in enumerate(each.spans))
    gates = [
        _mark(span.started_on, bar, scale, f"{span.gate} {long_date(span.started_on)}", "gate")
        for span in each.spans
        if span.gate
    ]
    ends = [_mark(day, bar, scale, f"{name} går ut {long_date(day)}", "end") for day, name in each.ends]
    return Row(each.title, each.href, f"{y + 17}", f"{y}", _plan(each, bar, scale), pieces, (*gates, *ends))


def _plan(each: Drawn, y: int, scale: _Scale) -> Piece | None:
    if each.starts_on is None:
        return None
    until = each.ends_on + timedelta(days=1) if each.ends_on else scale.last
    title = f"Tidplan: {each.starts_on.year}–{each.ends_on.year if each.ends_on else ''}"
    return _piece(each.starts_on, until, y, scale, title, "", is_open=each.ends_on is None)


def _phase(span: Span, at: int, y: int, scale: _Scale, today: date) -> Piece:
    until = span.ended_on or max(today, span.started_on)
    lasted = f"till {long_date(span.ended_on)}" if span.ended_on else "pågår"
    title = f"{span.name}, från {long_date(span.started_on)}, {lasted}"
    return _piece(span.started_on, until, y, scale, title, span.name, is_odd=bool(at % 2))


def _piece(start: date, end: date, y: int, scale: _Scale, title: str, text: str, **more) -> Piece:
    x = scale.x(start)
    width = max(scale.x(end) - x, 2)
    shown = text if len(text) * LETTER + 16 < width else ""
    return Piece(
        f"{x:.1f}", f"{y}", f"{width:.1f}", shown, title, text_x=f"{x + 9:.1f}", text_y=f"{y + 14.5:.1f}", **more
    )


def _mark(day: date, y: int, scale: _Scale, title: str, kind: str) -> Mark:
    x, middle = scale.x(day), y + BAR / 2
    if kind == "gate":
        points = ((x, middle - 7), (x + 7, middle), (x, middle + 7), (x - 7, middle))
    else:
        points = ((x - 7, y + BAR + 4), (x + 7, y + BAR + 4), (x, y + BAR - 8))
    return Mark(" ".join(f"{a:.1f},{b:.1f}" for a, b in points), title, kind)
