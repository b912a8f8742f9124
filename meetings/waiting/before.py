"""What waits before a meeting: an agenda, what its month asks for, the call, and what has changed since."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from enamnd.dates import long_date, short_date
from enamnd.formats import listed
from enamnd.organisation.models import Board
from enamnd.waiting import Waiting
from meetings.models import Call, Meeting
from meetings.planning import calling
from meetings.planning.wheel import Wheel


def with_calls(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with what the steps before them ask for."""
    calls = Call.objects.only("meeting_id", "agenda").order_by("pk")
    return meetings.select_related("planned_day").prefetch_related(Prefetch("calls", calls))


class Before:
    """The next step before each of some meetings, in so many queries whatever their number."""

    def __init__(self, meetings: Iterable[Meeting]):
        meetings = list(meetings)
        self.board = Board.objects.first() if meetings else None
        self.wheel = Wheel(meetings) if meetings else None

    def next_step(self, meeting: Meeting) -> Waiting | None:
        """The first step that is not taken. Nothing for a meeting that has been cancelled."""
        return None if calling.is_cancelled(meeting) else next(self._steps(meeting), None)

    def _steps(self, meeting: Meeting) -> Iterator[Waiting]:
        day, page = short_date(meeting.held_on), reverse("meetings:call", args=[meeting.pk])
        due = calling.due_on(meeting, self.board) if self.board else meeting.held_on
        latest = next(reversed(meeting.calls.all()), None)
        if not meeting.paragraphs.all():
            why = f"{meeting.body} sammanträder {long_date(meeting.held_on)} och har inga ärenden ännu."
            yield Waiting(meeting.held_on, f"Lägg upp dagordningen till {day}", why, page, "Lägg till")
        missing = [each.item.title for each in self.wheel.missing(meeting) if each.is_last_chance]
        if missing:
            by = meeting.held_on if latest else due
            why = f"Årshjulet säger {listed(f'”{title}”' for title in missing)}."
            yield Waiting(by, f"Komplettera dagordningen till {day}", why, page, "Ta upp")
        if latest is None:
            why = f"Kallelsen ska gå ut {calling.rule_in_words(self.board)}." if self.board else ""
            yield Waiting(due, f"Kalla till sammanträdet {day}", why, page, "Kalla")
        elif is_changed(meeting, latest):
            why = "Dagordningen har ändrats sedan kallelsen skickades."
            yield Waiting(meeting.held_on, f"Skicka en tilläggskallelse till {day}", why, page, "Öppna")


def is_changed(meeting: Meeting, latest: Call) -> bool:
    """Whether items have come or gone since the call."""
    called = {item["paragraph"] for item in latest.agenda["items"]}
    return called != {paragraph.pk for paragraph in meeting.paragraphs.all()}
