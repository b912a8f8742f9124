"""Finding meetings: coming and past, by body and year, and by words in the titles of their paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet

from enamnd.formats import count, paragraph_range
from enamnd.organisation.models import Body
from enamnd.search import matching
from meetings.planning.calling import is_cancelled

from .models import Meeting, Paragraph

CANCELLED, COMING, DRAFT, NUMBERED, POSTED = (
    ("Inställt", "late"),
    ("Kommande", ""),
    ("Utkast", "soon"),
    ("Numrerat", "ok"),
    ("Anslaget", "ok"),
)


@dataclass(frozen=True)
class Listed:
    """A meeting as a line of the list: its paragraphs ("§ 8-16"), its state, and the titles that were looked for."""

    meeting: Meeting
    span: str
    state: str
    tone: str
    matches: tuple[Paragraph, ...] = ()


def find(body: Body | None = None, year: int | None = None, words: str = "") -> QuerySet[Meeting]:
    """Meetings of a body, of a year, with these words in a title or in the place; all where nothing is said."""
    found = Meeting.objects.select_related("body", "proof", "planned_day")
    if body:
        found = found.filter(body=body)
    if year:
        found = found.filter(held_on__year=year)
    if words:
        found = found.filter(Q(pk__in=_titled(words)) | matching(words, "place"))
    return found


def listed(meetings: Iterable[Meeting], today: date, words: str = "") -> list[Listed]:
    """Lines of the list, in one query more (two when words were looked for), however many they are."""
    meetings = list(meetings)
    counted = Paragraph.objects.filter(meeting__in=meetings).order_by().values("meeting")
    numbers = {
        row["meeting"]: row for row in counted.annotate(many=Count("pk"), first=Min("number"), last=Max("number"))
    }
    matches = _matches(meetings, words)
    return [
        Listed(
            meeting,
            span_in_words(numbers.get(meeting.pk)),
            *state_of(meeting, today),
            matches=tuple(matches.get(meeting.pk, ())),
        )
        for meeting in meetings
    ]


def years() -> list[int]:
    """Years with meetings, the latest first."""
    return [day.year for day in Meeting.objects.dates("held_on", "year", order="DESC")]


def state_of(meeting: Meeting, today: date) -> tuple[str, str]:
    """How far the meeting's protocol has come, with the tone of its mark."""
    if is_cancelled(meeting):
        return CANCELLED
    proof = getattr(meeting, "proof", None)
    if proof and proof.posted_on and proof.posted_on <= today:
        return POSTED
    if meeting.numbered_at:
        return NUMBERED
    return COMING if meeting.held_on > today else DRAFT


def span_in_words(numbers: dict | None) -> str:
    """§ 8-16; 9 paragrafer while they have no numbers; nothing without paragraphs."""
    if not numbers:
        return ""
    if numbers["first"]:
        return paragraph_range(numbers["first"], numbers["last"])
    return count(numbers["many"], "paragraf", "paragrafer")


def _titled(words: str) -> list[int]:
    """Meetings with these words in a title, read at once: the list counts, pages and splits what it has found."""
    titled = Paragraph.objects.filter(matching(words, "title")).order_by()
    return list(titled.values_list("meeting", flat=True).distinct())


def _matches(meetings: list[Meeting], words: str) -> dict[int, list[Paragraph]]:
    found: dict[int, list[Paragraph]] = {}
    if words:
        fields = ("id", "meeting_id", "number", "title", "position")
        titled = Paragraph.objects.filter(matching(words, "title"), meeting__in=meetings).only(*fields)
        for paragraph in titled.order_by("position"):
            found.setdefault(paragraph.meeting_id, []).append(paragraph)
    return found
