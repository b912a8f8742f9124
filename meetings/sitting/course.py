"""How far a meeting has come (sammanträdets gång): opened, adjourned, closed; and whether it is held right now."""

from dataclasses import dataclass
from datetime import date

from meetings.models import Meeting, Moment

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

    def is_live(self, today: date) -> bool:
        """Whether the portal takes part as it happens. After the meeting, or its day, it is told afterwards."""
        return self.closed is None and self.meeting.held_on >= today


def course_of(meeting: Meeting) -> Course:
    return Course(meeting, tuple(meeting.moments.all()))
