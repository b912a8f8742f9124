"""Who comes and goes while the meeting is held: from this paragraph on, somebody is here, serves, or is away."""

from dataclasses import dataclass

from django.db import transaction

from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings import rules
from meetings.attending.adjusted import kept_as_adjusted
from meetings.models import Attendance, AttendancePeriod, Meeting, Paragraph
from meetings.models.attendance import PresenceKind

from .attendance import SUBSTITUTE, check_serving

SERVING, PRESENT, ABSENT = PresenceKind.SERVING, PresenceKind.PRESENT, PresenceKind.ABSENT


@dataclass(frozen=True)
class Span:
    """From one place in the order of paragraphs to another, both included; the whole meeting is 0 to the last."""

    presence: str
    first: int
    last: int
    replaces: Attendance | None = None


@transaction.atomic
def change_from(
    attendance: Attendance, paragraph: Paragraph, presence: str, *, replaces: Attendance | None = None, by
) -> tuple[str, ...]:
    """Say what somebody is from `paragraph` on (kommer, går, träder in): serving, present or absent.

    What was said of the paragraphs before stands; what was said of later ones gives way. At the first paragraph it
    holds for the whole meeting. A member who comes to serve takes the place back from the substitute, who stays
    present. Gives sentences to show: that a substitute stepped back, and that leaving and coming back is allowed only
    after recusal (växeltjänstgöring, KL 5 kap. 18-20 §§), which is taken and warned of.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=attendance.meeting_id)
    rules.check_is_open(meeting)
    order = list(meeting.paragraphs.order_by("position"))
    if paragraph not in order:
        raise Refused("Paragrafen hör till ett annat sammanträde. Läs in sidan på nytt.")
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    check_serving(row, presence, replaces)
    place = order.index(paragraph)
    with kept_as_adjusted(meeting):
        told = [*_steps_back(row, presence, order, place, by), *_change(row, presence, replaces, order, place, by)]
    warnings = {"warning": " ".join(told)} if told else {}
    when = f"från § {paragraph.number or place + 1}" if place else ""
    names = {"replaces": replaces.name_with_party} if replaces else {}
    record(
        "attendance.changed_from", row, by=by, within=meeting, presence=str(presence), when=when, **names, **warnings
    )
    return tuple(told)


def _steps_back(member: Attendance, presence: str, order: list[Paragraph], place: int, by) -> list[str]:
    """Substitutes who served for a member that now serves."""
    if presence != SERVING or member.seat_kind == SUBSTITUTE:
        return []
    told = []
    for each in member.meeting.attendance.filter(seat_kind=SUBSTITUTE).exclude(pk=member.pk):
        if any(span.replaces == member and span.last >= place for span in _spans(each, order)):
            _change(each, PRESENT, None, order, place, by)
            told.append(f"{each.name_with_party} tjänstgör inte längre för {member.name_with_party}.")
    return told


def _change(
    row: Attendance, presence: str, replaces: Attendance | None, order: list[Paragraph], place: int, by
) -> list[str]:
    before = [_until(span, place) for span in _spans(row, order) if span.first < place]
    after = [] if presence == ABSENT else [Span(presence, place, len(order) - 1, replaces)]
    _put(row, _joined([*before, *after]), order, by)
    served = [span for span in before if span.presence == SERVING]
    if presence == SERVING and served and served[-1].last < place - 1:
        return [
            f"{row.name_with_party} har slutat tjänstgöra och börjar igen. Det är tillåtet bara efter jäv "
            "(jämför kommunallagen 5 kap. 18–20 §§)."
        ]
    return []


def _spans(row: Attendance, order: list[Paragraph]) -> list[Span]:
    """What is said of the row, by places in the order; nothing where the person is away or not marked."""
    places = {each.pk: at for at, each in enumerate(order)}
    last = len(order) - 1
    spans = [
        Span(each.presence, places.get(each.first_id, 0), places.get(each.last_id, last), each.replaces)
        for each in row.periods.select_related("replaces")
    ]
    if not spans and row.presence in (SERVING, PRESENT):
        spans = [Span(row.presence, 0, last, row.replaces)]
    return sorted((span for span in spans if span.presence != ABSENT), key=lambda span: span.first)


def _until(span: Span, place: int) -> Span:
    return Span(span.presence, span.first, min(span.last, place - 1), span.replaces)


def _joined(spans: list[Span]) -> list[Span]:
    """Spans that follow each other and say the same become one."""
    joined: list[Span] = []
    for span in spans:
        previous = joined[-1] if joined else None
        same = previous and (previous.presence, previous.replaces) == (span.presence, span.replaces)
        if same and previous.last + 1 == span.first:
            joined[-1] = Span(span.presence, previous.first, span.last, span.replaces)
        else:
            joined.append(span)
    return joined


def _put(row: Attendance, spans: list[Span], order: list[Paragraph], by):
    """Let the row and its periods say `spans`; one over the whole meeting needs no period."""
    for period in row.periods.all():
        period._history_user = by
        period.delete()
    whole = len(spans) == 1 and (spans[0].first, spans[0].last) == (0, len(order) - 1)
    row.presence = spans[-1].presence if spans else ABSENT
    row.replaces = spans[0].replaces if whole else None
    row._history_user = by
    row.save()
    for span in () if whole else spans:
        first, last = (
            order[span.first] if span.first else None,
            order[span.last] if span.last + 1 < len(order) else None,
        )
        period = AttendancePeriod(
            attendance=row, presence=span.presence, first=first, last=last, replaces=span.replaces
        )
        period._history_user = by
        period.save()
