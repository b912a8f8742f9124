"""Paragraphs of a meeting: added, named, ordered, removed."""

from django.db import models, transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.documents.models import Case
from enamnd.formats import listed
from enamnd.journal.record import record
from enamnd.newer import Newer
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings import rules
from meetings.decisions.telling import take_back
from meetings.text import sections

from ..models import AttendancePeriod, ChairPeriod, Meeting, MeetingDay, Paragraph, YearPlan
from .numbering import number_for_addition
from .versions import keep, locked, open_for_writing, write

LONGEST_TITLE = 300


@transaction.atomic
def add_paragraph(meeting: Meeting, *, title: str, case: Case | None = None, by: User, **facts) -> Paragraph:
    """Put a new paragraph last in the meeting (ny paragraf), with the standard sections in the board's own words.

    `facts` are what else is known of it: any of kind, origin, standing_item, raised_by, sections. What comes when the
    meeting has been called to, and has not been held, is marked as late (extra ärende) unless its origin is said.

    When the meeting already has its § numbers the paragraph gets the next one, or is refused when a later meeting
    has gone on from there.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    rules.check_is_open(meeting)
    paragraph = Paragraph(
        meeting=meeting,
        body=meeting.body,
        year=meeting.year,
        position=_next_position(meeting),
        number=number_for_addition(meeting),
        title=_title(title),
        case=case,
        edited_at=timezone.now(),
        edited_by=by,
        **{"origin": _origin(meeting), "sections": sections.to_json(sections.starting_sections(board_words()))} | facts,
    )
    paragraph._history_user = by
    paragraph.save()
    record("paragraph.added", paragraph, by=by, within=meeting)
    return paragraph


def _origin(meeting: Meeting) -> str:
    is_late = meeting.held_on >= timezone.localdate() and meeting.calls.exists()
    return Paragraph.Origin.LATE if is_late else Paragraph.Origin.CASE


def board_words() -> dict[str, str]:
    """The board's own words for the headings, by the names of the standard sections."""
    board = current_board()
    return {each.name: board.word(each.name) for each in sections.STANDARDS}


def _next_position(meeting: Meeting) -> int:
    return (meeting.paragraphs.aggregate(last=models.Max("position"))["last"] or 0) + 1


def _title(written: str) -> str:
    title = sections.one_line(written)
    if not title:
        raise Refused("Paragrafen behöver en rubrik.", field="title")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"Rubriken är {len(title)} tecken, den får vara högst {LONGEST_TITLE}.", field="title")
    return title


@transaction.atomic
def rename(paragraph: Paragraph, title: str, *, expected: str | None = None, by: User) -> Paragraph:
    """Give the paragraph another title.

    `expected` is the title that the writer started from; a Conflict carries the newer one when somebody else has
    changed it since. None overwrites.
    """
    row = open_for_writing(paragraph, by=by)
    title = _title(title)
    if title == row.title:
        return row
    if expected is not None and expected != row.title:
        raise sections.Conflict(as_section(row))
    if row.edited_by_id != by.pk:
        keep(row)
    old = row.title
    write(row, by=by, title=title)
    record("paragraph.renamed", row, by=by, within=row.meeting, old=old)
    return row


def as_section(row: Paragraph) -> sections.Section:
    """The title as if it were a section, so that two titles can be compared and chosen between like two texts."""
    return sections.Section(
        key="title",
        kind=sections.TEXT,
        heading="Rubrik",
        items=(sections.Item(row.title),),
        revision=row.revision,
        edited_by=row.edited_by_id,
        edited_at=row.edited_at.isoformat() if row.edited_at else None,
    )


@transaction.atomic
def set_case(paragraph: Paragraph, case: Case | None, *, shown: str | None = None, by: User) -> Paragraph:
    """Say which case the paragraph decides in, or none.

    `shown` is the number that the writer's page had ("" for none); refused as Newer when another stands there now.
    """
    row = open_for_writing(paragraph, by=by)
    if case == row.case:
        return row
    now = row.case.number if row.case else ""
    if shown not in (None, now):
        raise Newer(row.edited_by, row.edited_at, {"case": now})
    write(row, by=by, case=case)
    record("paragraph.case_set", row, by=by, within=row.meeting, case=case.number if case else None)
    return row


@transaction.atomic
def move_paragraph(paragraph: Paragraph, to_index: int, *, by: User) -> Paragraph:
    """Let the paragraph stand at place `to_index` (0 = first) in its meeting. Refused once numbers are given."""
    row, others = _with_others(paragraph)
    rules.check_can_move(row, by)
    others.insert(min(max(0, to_index), len(others)), row)
    _set_positions(others)
    record("paragraph.moved", row, by=by, within=row.meeting, position=row.position)
    return row


@transaction.atomic
def remove_paragraph(paragraph: Paragraph, *, by: User):
    """Take a paragraph without a number out of its meeting. Its text stays in the history."""
    row, others = _with_others(paragraph)
    rules.check_can_remove(row, by)
    keep(row)
    row._history_user = by
    _release_plan(row)
    untold = take_back(row, by=by)
    record("paragraph.removed", row, by=by, within=row.meeting, **({"untold": untold} if untold else {}))
    try:
        row.delete()
    except models.ProtectedError as error:
        raise Refused(_what_holds(row, error)) from error
    _set_positions(others)


def _what_holds(row: Paragraph, error: models.ProtectedError) -> str:
    """Why the paragraph cannot go, and what to do."""
    holding = {type(each) for each in error.protected_objects}
    if holding <= {AttendancePeriod, ChairPeriod}:
        return (
            f"”{row.title}” kan inte tas bort: en ändring i närvaron eller ordförandeskapet börjar eller slutar där. "
            "Ändra den på närvarosidan först."
        )
    if holding == {MeetingDay}:
        return (
            f"”{row.title}” kan inte tas bort: en dag av sammanträdet började med den. "
            "Välj en annan på sidan Uppgifter och framsida först."
        )
    names = listed(sorted(each._meta.verbose_name_plural for each in holding))
    return f"”{row.title}” kan inte tas bort: till den hör {names}."


def _release_plan(row: Paragraph):
    """A plan of meetings that was proposed in the paragraph is proposed nowhere once it has gone."""
    for plan in YearPlan.objects.filter(decided_in=row):
        plan.decided_in = None
        plan.save()


def _with_others(paragraph: Paragraph) -> tuple[Paragraph, list[Paragraph]]:
    """The paragraph and the others of its meeting in order. The meeting is locked: one new order at a time."""
    rules.check_is_open(Meeting.objects.select_for_update().get(pk=paragraph.meeting_id))
    row = locked(paragraph)
    rules.check_is_open(row)
    others = row.meeting.paragraphs.exclude(pk=row.pk).order_by("position").only("pk", "position", "meeting_id")
    return row, list(others)


def _set_positions(ordered: list[Paragraph]):
    """Positions say where a paragraph stands, not what it says: they change without a version of the text."""
    for position, each in enumerate(ordered, 1):
        if each.position != position:
            Paragraph.objects.filter(pk=each.pk).update(position=position)
            each.position = position
