"""Key figures read: as a table over the days, what an allocation takes, and what is odd about them, in words."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from enamnd.dates import long_date
from enamnd.formats import decimal, listed, swedish_key
from enamnd.organisation.models import Board, Municipality

from .models import KeyFigure, KeyFigureKind, PrintedTotal

DAYS_SHOWN = 8


@dataclass(frozen=True)
class Row:
    """A municipality's figures, one for each day of the table (None where there is none)."""

    municipality: Municipality
    figures: tuple[KeyFigure | None, ...]


@dataclass(frozen=True)
class Table:
    """Figures of a kind: days (latest first), a row a municipality, sums, printed sums, and what is odd."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    sums: tuple[Decimal, ...]
    printed: tuple[Decimal | None, ...]
    oddities: tuple[str, ...]


def parties() -> list[Municipality]:
    """The municipalities and regions of the board, in Swedish order."""
    return sorted(Municipality.objects.filter(is_party=True), key=lambda each: swedish_key(each.name))


def consulted_parties() -> list[Municipality]:
    """The parties that the host asks about the budget: all but itself (KL 9 kap. 26 §)."""
    board = Board.objects.first()
    return [each for each in parties() if board is None or each.pk != board.host_id]


def as_of_for(kind: KeyFigureKind, year: int) -> date:
    """The day whose figures an allocation for `year` takes."""
    of = year - kind.years_back
    return date(of, kind.month, min(kind.day, calendar.monthrange(of, kind.month)[1]))


def figures_on(kind: KeyFigureKind, day: date) -> dict[int, KeyFigure]:
    """The figures that hold on a day, by the municipality's key."""
    found = KeyFigure.objects.current().filter(kind=kind, as_of=day).select_related("kind", "municipality")
    return {each.municipality_id: each for each in found}


def table_of(kind: KeyFigureKind, days_shown: int = DAYS_SHOWN) -> Table:
    """The latest days of a kind, side by side."""
    days = list(
        KeyFigure.objects.current().filter(kind=kind).values_list("as_of", flat=True).distinct().order_by("-as_of")
    )[:days_shown]
    found = KeyFigure.objects.current().filter(kind=kind, as_of__in=days).select_related("municipality")
    by_place = {(each.municipality_id, each.as_of): each for each in found}
    places = {each.pk: each for each in parties()} | {each.municipality_id: each.municipality for each in found}
    rows = tuple(
        Row(place, tuple(by_place.get((place.pk, day)) for day in days))
        for place in sorted(places.values(), key=lambda each: swedish_key(each.name))
    )
    sums = tuple(
        sum((f.value for f in column if f), Decimal(0)) for column in zip(*(r.figures for r in rows), strict=True)
    )
    totals = {each.as_of: each.value for each in PrintedTotal.objects.filter(kind=kind, as_of__in=days).order_by("pk")}
    printed = tuple(totals.get(day) for day in days)
    return Table(tuple(days), rows, sums, printed, tuple(_oddities(kind, days, rows, sums, printed)))


def _oddities(kind: KeyFigureKind, days: Sequence[date], rows: Sequence[Row], sums, printed) -> Iterable[str]:
    for at, day in enumerate(days):
        yield from _missing(day, at, rows)
        if printed[at] is not None and printed[at] != sums[at]:
            yield (
                f"{long_date(day)}: raderna blir {figure(sums[at])}, men källan har summan {figure(printed[at])}. "
                f"Skillnaden är {figure(abs(printed[at] - sums[at]))}."
            )
        if at + 1 < len(days):
            yield from _jumps(kind, days[at + 1], day, at, rows)


def _missing(day: date, at: int, rows: Sequence[Row]) -> Iterable[str]:
    without = [row.municipality.name for row in rows if row.figures[at] is None and row.municipality.is_party]
    if without:
        yield f"{long_date(day)}: {listed(without)} saknar tal."


def _jumps(kind: KeyFigureKind, before: date, day: date, at: int, rows: Sequence[Row]) -> Iterable[str]:
    for row in rows:
        now, then = row.figures[at], row.figures[at + 1]
        if now is None or then is None or now.value == then.value:
            continue
        change = abs(now.value - then.value) * 100
        if then.value == 0 or change > kind.jump_percent * then.value:
            how = "från noll" if then.value == 0 else f"{decimal(change / then.value, 0)} %"
            yield (
                f"{row.municipality.name}: {figure(then.value)} {long_date(before)} och {figure(now.value)} "
                f"{long_date(day)}, en ändring på {how}. Stämmer det?"
            )


def figure(value: Decimal) -> str:
    """76 739, and 12 345,5 where there are decimals."""
    return decimal(value.normalize() if value % 1 else value.to_integral_value())


def number(value: Decimal) -> int | str:
    """For a spreadsheet: a whole number as one, else as text."""
    return int(value) if value == value.to_integral_value() else figure(value)
