"""Dates and times as Swedish papers write them, and reading them as people type them."""

import calendar
import re
from datetime import date, datetime, time

from enamnd.refusal import Refused

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

FIRST_YEAR, LAST_YEAR = 1980, 2099  # a day of other years is a slip of the finger: 1922 and 2122 for 2022
HOW_TO_WRITE = "Skriv till exempel 2022-06-22 eller 22 juni 2022."


def long_date(day: date) -> str:
    """22 juni 2022."""
    return f"{short_date(day)} {day.year}"


def short_date(day: date) -> str:
    """22 juni, where the year is plain from the place."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def weekday_date(day: date) -> str:
    """onsdag 22 juni 2022."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def clock(at: time | datetime) -> str:
    """kl. 13.00. An instant must already be in local time."""
    return f"kl. {at.hour:02}.{at.minute:02}"


def long_instant(at: datetime) -> str:
    """28 juni 2022 kl. 14.34. The instant must already be in local time."""
    return f"{long_date(at)} {clock(at)}"


def check_year(year: int, written: str = "", *, field: str | None = None) -> int:
    """The year, refused outside those that a joint board can have to do with. `written` is what it stands in."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    where = f" i ”{written}”" if written else ""
    raise Refused(f"Året {year}{where} kan inte stämma. Skriv ett år från {FIRST_YEAR} till {LAST_YEAR}.", field=field)


def parse_date(text: str, *, year: int | None = None, field: str | None = None) -> date:
    """The day that a person or a paper means.

    Takes 2022-06-22, 20220622, 220622, 13-02-25 (years 70-99 belong to the 1900s), 22 juni 2022, 22 jun 2022,
    16/3 2022 and 16/3-22; and 16/3 and 22 juni when `year` is given. Refuses everything else, and days that do not
    exist, with a Swedish sentence.
    """
    written = " ".join(text.split())
    for pattern in PATTERNS:
        if found := pattern.fullmatch(written):
            return _day(written, found.groupdict(), year, field)
    raise Refused(_not_a_date(written), field=field)


def _not_a_date(written: str) -> str:
    return f"”{written}” är inget datum. {HOW_TO_WRITE}" if written else f"Datum saknas. {HOW_TO_WRITE}"


def _day(written: str, parts: dict, default_year: int | None, field: str | None) -> date:
    year = _year(parts.get("year"), default_year)
    if year is None:
        raise Refused(f"”{written}” saknar år. {HOW_TO_WRITE}", field=field)
    month = _month(parts["month"])
    if month is None or year == 0:
        raise Refused(_not_a_date(written), field=field)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= int(parts["day"]) <= days:
        reason = f"{MONTHS[month - 1]} {year} har {days} dagar."
        raise Refused(f"”{written}” är inget datum: {reason} {HOW_TO_WRITE}", field=field)
    return date(year, month, int(parts["day"]))


def _year(written: str | None, default: int | None) -> int | None:
    if written is None:
        return default
    if len(written) == 4:
        return int(written)
    return int(written) + (1900 if int(written) >= 70 else 2000)


def _month(written: str) -> int | None:
    """1-12 of a number, a month name or its first letters ("jun", "sept.")."""
    if written.isdigit():
        return int(written) if 1 <= int(written) <= 12 else None
    name = written.rstrip(".").lower()
    return next((at for at, month in enumerate(MONTHS, 1) if len(name) >= 3 and month.startswith(name)), None)


PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>[0-9]{4}|[0-9]{2})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4}|[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?:den )?(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?:(?: |-|/)(?P<year>[0-9]{4}|[0-9]{2}))?",
        r"(?:den )?(?P<day>[0-9]{1,2})(?::e)? ?(?P<month>[a-z]{3,9}\.?)(?: (?P<year>[0-9]{4}))?",
    )
)
