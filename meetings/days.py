"""Which paragraphs were handled on which day, of a meeting that went on for more than one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from enamnd.formats import paragraph_range
from meetings.models import Meeting, Moment, Paragraph


@dataclass(frozen=True)
class Begun:
    """A day, and the position in the meeting of the first paragraph that was handled on it."""

    day: date
    position: int


def later_days(meeting: Meeting) -> tuple[date, ...]:
    """The days after the first on which the meeting was held: those it was resumed on, and its last."""
    resumed = meeting.moments.filter(kind=Moment.Kind.RESUMED).values_list("at", flat=True)
    days = {timezone.localdate(at) for at in resumed} | ({meeting.ends_on} if meeting.ends_on else set())
    return tuple(sorted(day for day in days if day > meeting.held_on))


def beginnings(meeting: Meeting) -> tuple[Begun, ...]:
    """Where the days begin as far as is known, the first day with the first paragraph; nothing of a single day."""
    if meeting.ends_on is None:
        return ()
    rows = meeting.later_days.select_related("first").order_by("held_on")
    return (Begun(meeting.held_on, 0), *(Begun(each.held_on, each.first.position) for each in rows))


def day_of(begun: Iterable[Begun], position: int) -> date | None:
    """The day that a paragraph was handled on; None where no day is known."""
    return max((each.day for each in begun if each.position <= position), default=None)


def days_line(meeting: Meeting, paragraphs: Sequence[Paragraph]) -> str:
    """§ 1-7 2022-06-22, § 8-14 2022-06-23: as the cover says it; nothing of a single day, or while there are no §."""
    begun = beginnings(meeting)
    if len(begun) < 2:
        return ""
    by_day: dict[date, list[int]] = {}
    for each in paragraphs:
        if each.number:
            by_day.setdefault(day_of(begun, each.position), []).append(each.number)
    return ", ".join(f"{paragraph_range(numbers[0], numbers[-1])} {day}" for day, numbers in by_day.items())
