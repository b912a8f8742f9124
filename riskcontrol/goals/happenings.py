"""What an indicator counts over a year: meetings and other occasions, held or ahead. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from enamnd.dates import MONTHS, short_date

STRATEGY_DAY, TRAINING = "strategy_day", "training"
# What is gathered for besides meetings: one day of it, and several on end.
GATHERINGS = {STRATEGY_DAY: ("strategidag", "strategidagar"), TRAINING: ("utbildning", "utbildning")}


@dataclass(frozen=True)
class Happening:
    """One occasion: its days, whether it has been held, what it was (empty for a common meeting), and its meeting.

    `body` is who met, `gathering` a key of GATHERINGS when it was no meeting.
    """

    first: date
    last: date
    is_held: bool
    name: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    meeting: int | None = None
    body: str = ""
    gathering: str = ""

    @property
    def words(self) -> str:
        """26 januari kl. 14.00–16.00; 21–22 september, strategidagar; 7 oktober kl. 13.00–15.00, utbildning."""
        one, several = GATHERINGS.get(self.gathering, (self.name, self.name))
        name = one if self.first == self.last else several
        return days_in_words(self.first, self.last) + self._hours() + (f", {name}" if name else "")

    def _hours(self) -> str:
        if not self.starts_at or self.first != self.last or self.gathering == STRATEGY_DAY:
            return ""
        return f" kl. {self.starts_at:%H.%M}" + (f"–{self.ends_at:%H.%M}" if self.ends_at else "")


def days_in_words(first: date, last: date) -> str:
    """25 maj; 21–22 september; 31 augusti–1 september."""
    if first == last:
        return short_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {MONTHS[first.month - 1]}"
    return f"{short_date(first)}–{short_date(last)}"


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """The occasions by day. Days of a gathering that follow upon each other are one occasion, held when all are."""
    found: list[Happening] = []
    for each in sorted(happenings, key=lambda one: (one.first, one.starts_at or time.min, one.body)):
        before = found[-1] if found else None
        if before and _continues(before, each):
            found[-1] = replace(before, last=each.last, is_held=before.is_held and each.is_held)
        else:
            found.append(each)
    return found


def _continues(before: Happening, each: Happening) -> bool:
    together = bool(each.gathering) and before.gathering == each.gathering and before.body == each.body
    return together and each.first <= before.last + timedelta(days=1)


def number_held(happenings: Iterable[Happening]) -> int:
    return sum(each.is_held for each in happenings)
