"""Months of the annual wheel (årshjul): spans of months that may run over the turn of the year. Plain Python."""

import calendar
from dataclasses import dataclass
from datetime import date

from enamnd.dates import MONTHS


@dataclass(frozen=True)
class Span:
    """From one month to another (1-12), both included; 11 to 1 runs over the turn of the year."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many months."""
        return (self.last - self.first) % 12 + 1

    @property
    def is_whole_year(self) -> bool:
        return self.length == 12

    @property
    def months(self) -> tuple[int, ...]:
        """The months in order: (11, 12, 1)."""
        return tuple((self.first - 1 + step) % 12 + 1 for step in range(self.length))

    @property
    def name(self) -> str:
        """september–oktober, juni, hela året."""
        if self.is_whole_year:
            return "hela året"
        first, last = MONTHS[self.first - 1], MONTHS[self.last - 1]
        return first if self.first == self.last else f"{first}–{last}"

    def around(self, day: date) -> tuple[date, date] | None:
        """First and last day of the span that `day` falls in; None when its month is outside."""
        if day.month not in self.months:
            return None
        first_year = day.year if day.month >= self.first else day.year - 1
        last_year = first_year + (self.first + self.length - 2) // 12
        return date(first_year, self.first, 1), date(last_year, self.last, days_in(last_year, self.last))


def days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
