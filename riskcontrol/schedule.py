"""When the checks of a control activity are due in a year, and which is next."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = {"monthly": range(1, 13), "quarterly": (3, 6, 9, 12), "tertial": (4, 8, 12), "half": (6, 12), "yearly": (12,)}
MEETINGS, DAYS = "meetings", "days"


@dataclass(frozen=True)
class Due:
    """How an activity stands on a day: its due days, those that no check covers yet, and the next."""

    days: tuple[date, ...]
    open: tuple[date, ...]
    next: date | None

    def late_on(self, today: date) -> tuple[date, ...]:
        """The days that have passed without a check."""
        return tuple(day for day in self.open if day < today)


def due_days(schedule: str, year: int, *, days: Iterable[date] = (), meetings: Iterable[date] = ()) -> tuple[date, ...]:
    """The days of `year` by which a check is due: ends of months, the board's meetings, or days of its own."""
    if schedule in MONTHS:
        return tuple(date(year, month, monthrange(year, month)[1]) for month in MONTHS[schedule])
    chosen = meetings if schedule == MEETINGS else days if schedule == DAYS else ()
    return tuple(sorted({day for day in chosen if day.year == year}))


def standing(days: Iterable[date], covered: Iterable[date]) -> Due:
    """How it stands when checks cover these days. A check covers its own day and everything before it."""
    days = tuple(days)
    last = max(covered, default=None)
    left = tuple(day for day in days if last is None or day > last)
    return Due(days, left, left[0] if left else None)
