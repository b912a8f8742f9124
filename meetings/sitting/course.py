"""How far a meeting has come (sammanträdets gång): opened, adjourned, closed; and whether it is held right now."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from meetings.models import Meeting, Moment

SMALL_HOURS = timedelta(hours=6)
OPENED, ADJOURNED = Moment.Kind.OPENED, Moment.Kind.ADJOURNED
RESUMED, CLOSED = Moment.Kind.RESUMED, Moment.Kind.CLOSED
FOLLOWING = {None: (OPENED,), OPENED: (ADJOURNED, CLOSED), ADJOURNED: (RESUMED, CLOSED), RESUMED: (ADJOURNED, CLOSED)}
NOT_NOW = {
    OPENED: "Sammanträdet är redan öppnat.",
    ADJOURNED: "Sammanträdet pågår inte och kan inte ajourneras.",
    RESUMED: "Sammanträdet är inte ajournerat.",
    CLOSED: "Sammanträdet är inte öppnat. Öppna det först.",
}


@dataclass(frozen=True)
class Course:
    """The moments of `meeting`, in order."""

    meeting: Meeting
    moments: tuple[Moment, ...]

    @property
    def last(self) -> Moment | None:
        return self.moments[-1] if self.moments else None

    @property
    def opened(self) -> Moment | None:
        return next((each for each in self.moments if each.kind == OPENED), None)

    @property
    def closed(self) -> Moment | None:
        return next((each for each in self.moments if each.kind == CLOSED), None)

    @property
    def is_going_on(self) -> bool:
        return self.last is not None and self.last.kind in (OPENED, RESUMED)

    @property
    def is_adjourned(self) -> bool:
        return self.last is not None and self.last.kind == ADJOURNED

    @property
    def next_kinds(self) -> tuple[str, ...]:
        """What can be told next; nothing once it is closed."""
        return FOLLOWING.get(self.last.kind if self.last else None, ())

    @property
    def day(self) -> date:
        """The day that the meeting has come to: its first, that of the latest moment, or the one it is adjourned to."""
        days = [self.meeting.held_on]
        if self.last and self.last.kind != OPENED:
            days.append(timezone.localdate(self.last.at))
            days += [timezone.localdate(self.last.until)] if self.is_adjourned and self.last.until else []
        return max(days)

    def is_live(self, today: date) -> bool:
        """Whether the portal takes part as it happens. After the meeting, or its day, it is told afterwards.

        `today` is the day of `sitting_day`: a meeting that goes on past midnight is still that of the evening before.
        """
        return self.closed is None and self.day >= today


def sitting_day() -> date:
    """The day that somebody who sits in a meeting calls today: until six in the morning it is still the day before."""
    return timezone.localdate(timezone.now() - SMALL_HOURS)


def course_of(meeting: Meeting) -> Course:
    return Course(meeting, tuple(meeting.moments.all()))
