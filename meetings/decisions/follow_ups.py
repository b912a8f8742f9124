"""Follow-ups of decisions (uppdrag): what is open, what is late, what the next meeting should be told."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from enamnd.search import matching
from meetings.models import FollowUp, Meeting

OPEN = Q(done_on__isnull=True)


@dataclass(frozen=True)
class Line:
    """A follow-up as a line of the list: how it stands, in a word and a tone."""

    follow_up: FollowUp
    state: str
    tone: str


def find(state: str = "", words: str = "") -> QuerySet[FollowUp]:
    """Follow-ups, those due first. `state` is "open", "done" or nothing (both)."""
    found = FollowUp.objects.select_related("paragraph__meeting__body", "person", "told_in__meeting")
    if state == "open":
        found = found.filter(OPEN)
    if state == "done":
        found = found.exclude(OPEN)
    if words:
        found = found.filter(matching(words, "task", "responsible", "paragraph__title"))
    return found.order_by(F("done_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "id")


def line_of(follow_up: FollowUp, today: date) -> Line:
    if follow_up.done_on:
        return Line(follow_up, "klart", "ok")
    if follow_up.due_on and follow_up.due_on < today:
        return Line(follow_up, "försenat", "late")
    return Line(follow_up, "öppet", "soon" if follow_up.due_on and (follow_up.due_on - today).days <= 14 else "")


def to_tell(meeting: Meeting) -> QuerySet[FollowUp]:
    """What the meeting should be told: what is open, and what was done since it was last told."""
    earlier = Q(paragraph__meeting__body=meeting.body_id, paragraph__meeting__held_on__lt=meeting.held_on)
    told_late = Q(told_in__isnull=True) | Q(told_in__meeting__held_on__lt=F("done_on")) | Q(told_in__meeting=meeting.pk)
    found = FollowUp.objects.filter(earlier).filter(OPEN | told_late)
    return found.select_related("paragraph__meeting").order_by(F("due_on").asc(nulls_last=True), "id")


def told(follow_ups: QuerySet[FollowUp], meeting: Meeting) -> QuerySet[FollowUp]:
    """Those of them that this very meeting has not been told."""
    return follow_ups.exclude(told_in__meeting=meeting.pk)
