"""The annual wheel (årshjul): which items the agenda of a meeting must have by its month, and which it lacks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from enamnd.dates import long_date
from meetings.models import Meeting, Paragraph, StandingItem
from meetings.planning.wheel_months import Span

A_YEAR = timedelta(days=366)
_YEAR = re.compile(r"( för)?( år)? (19|20)[0-9]{2}$")


@dataclass(frozen=True)
class Asked:
    """An item that the wheel asks for and no meeting of its months has taken up.

    `later` is the next meeting of the same months, which may take it up instead; without one, it is now or not.
    """

    item: StandingItem
    later: Meeting | None

    @property
    def is_last_chance(self) -> bool:
        return self.later is None

    @property
    def why(self) -> str:
        months = span_of(self.item).name
        if span_of(self.item).is_whole_year:
            return "Hör till varje sammanträde."
        if self.later:
            return f"Hör till {months}. Kan också tas upp {long_date(self.later.held_on)}."
        return f"Hör till {months}, och inget senare sammanträde ryms i tiden."


def span_of(item: StandingItem) -> Span:
    return Span(item.first_month, item.last_month)


class Wheel:
    """What the wheels of some meetings' bodies ask for: three queries, however many meetings are asked about."""

    def __init__(self, meetings: Iterable[Meeting]):
        meetings = list(meetings)
        bodies = {meeting.body_id for meeting in meetings}
        days = [meeting.held_on for meeting in meetings] or [date.max - A_YEAR]
        self.items: dict[int, list[StandingItem]] = {}
        for item in StandingItem.objects.filter(body__in=bodies):
            self.items.setdefault(item.body_id, []).append(item)
        near = {"held_on__gte": min(days) - A_YEAR, "held_on__lte": max(days) + A_YEAR}
        self.meetings = self._standing(bodies, near) if self.items else []
        self.taken = self._taken() if self.items else set()

    def missing(self, meeting: Meeting) -> list[Asked]:
        """What the meeting's month asks for and its months have not had, in the order of the wheel."""
        asked = (self._asked(item, meeting) for item in self.items.get(meeting.body_id, ()))
        return [each for each in asked if each]

    def _asked(self, item: StandingItem, meeting: Meeting) -> Asked | None:
        span = span_of(item)
        days = span.around(meeting.held_on)
        if days is None or (item.retired_on and item.retired_on <= meeting.held_on):
            return None
        if span.is_whole_year:  # belongs to every meeting
            days = (meeting.held_on, meeting.held_on)
        same_months = [each for each in self.meetings if each.body_id == item.body_id and _within(each, days)]
        if any(self._has(each, item) for each in same_months):
            return None
        later = (each for each in same_months if each.held_on > meeting.held_on)
        return Asked(item, next(later, None))

    def _has(self, meeting: Meeting, item: StandingItem) -> bool:
        return (meeting.pk, item.pk) in self.taken or (meeting.pk, folded(item.title)) in self.taken

    def _standing(self, bodies, near) -> list[Meeting]:
        """Meetings that have not been cancelled, the earliest first."""
        cancelled = ~Q(planned_day__cancelled_because="") & Q(planned_day__isnull=False)
        found = Meeting.objects.filter(body__in=bodies, **near).exclude(cancelled)
        return list(found.order_by("held_on", "starts_at"))

    def _taken(self) -> set[tuple[int, int | str]]:
        """Which meetings have which items, by the item itself or, when somebody wrote the title by hand, by that."""
        rows = Paragraph.objects.filter(meeting__in=self.meetings).order_by()
        rows = rows.values_list("meeting_id", "standing_item_id", "title")
        return {(meeting, known) for meeting, item, title in rows for known in (item, folded(title)) if known}


def folded(title: str) -> str:
    """A title as it is compared: ”Delårsrapport 1 2026” is the item ”Delårsrapport 1”."""
    return _YEAR.sub("", " ".join(title.split())).casefold()


def _within(meeting: Meeting, days: tuple[date, date]) -> bool:
    return days[0] <= meeting.held_on <= days[1]
