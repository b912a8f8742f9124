"""Time plans as people write them: what stands in the plan, and the days that can be read out of it. Plain Python."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from enamnd.dates import check_year, long_date
from enamnd.refusal import Refused

_YEAR = r"[0-9]{4}"
_POINT = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|Q[1-4] {_YEAR}|(?:våren|hösten) {_YEAR}|{_YEAR}"
_DASH = r" ?[-–—−] ?"
_ONE = re.compile(rf"({_POINT})(?:({_DASH})({_POINT})?)?", re.IGNORECASE)
_QUARTERS = re.compile(rf"Q([1-4]){_DASH}Q([1-4]) ({_YEAR})", re.IGNORECASE)

_SLIP = re.compile(r"[0-9][0-9 –—−-]*")


@dataclass(frozen=True)
class TimePlan:
    """A time plan: the words, and its first and last day where there are days (`is_open`: it goes on)."""

    words: str
    starts_on: date | None = None
    ends_on: date | None = None
    is_open: bool = False


def read_time_plan(written: str, *, field: str | None = None) -> TimePlan:
    """Read 2017–2024, 2017 - 2021, 2022-, 2024, Q1 2025, Q1–Q3 2025, hösten 2024, 2024-02-01 – 2024-05-31.

    Words that name no days (”Löpande”, ”Respektive avtalslängd”, ”Q1”, nothing at all) are kept as they stand. Refused:
    numbers that are no years (20224-), years outside 1980–2099, days that do not exist, an end before its start.
    """
    words = " ".join(written.split())
    if found := _QUARTERS.fullmatch(words):
        words_of = (f"Q{found[1]} {found[3]}", f"Q{found[2]} {found[3]}")
        return _between(words, *(_days(each, field) for each in words_of), field=field)
    found = _ONE.fullmatch(words)
    if not found and _SLIP.fullmatch(words):
        raise Refused(f"Tidplanen ”{words}” går inte att läsa. Skriv 2022–2024, 2022- eller Q1 2025.", field=field)
    if not found:
        return TimePlan(words)
    first = _days(found[1], field)
    if found[2] and not found[3]:
        return TimePlan(words, first[0], None, is_open=True)
    return _between(words, first, _days(found[3], field) if found[3] else first, field=field)


def check_order(starts_on: date | None, ends_on: date | None, *, field: str | None = None):
    """Refuse an end before its start, with both days."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(
            f"Slutet, {long_date(ends_on)}, ligger före början, {long_date(starts_on)}. Rätta den av dem som är fel.",
            field=field,
        )


def _between(words: str, first: tuple[date, date], last: tuple[date, date], *, field: str | None) -> TimePlan:
    check_order(first[0], last[1], field=field)
    return TimePlan(words, first[0], last[1])


def _days(point: str, field: str | None) -> tuple[date, date]:
    """The first and the last day of a year, a quarter, a half-year or a day."""
    point = point.lower()
    if point[0].isdigit() and len(point) > 4:
        return _day(point, field)
    year = check_year(int(point[-4:]), point, field=field)
    first, last = 1, 12
    if point.startswith("q"):
        last = int(point[1]) * 3
        first = last - 2
    elif point.startswith(("våren", "hösten")):
        first, last = (1, 6) if point.startswith("våren") else (7, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _day(point: str, field: str | None) -> tuple[date, date]:
    year, month, day = map(int, point.split("-"))
    check_year(year, point, field=field)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise Refused(f"Dagen {point} finns inte. Rätta tidplanen.", field=field) from error
    return found, found
