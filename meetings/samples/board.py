"""The sample board's meetings, written with the same verbs that the secretary uses."""

import json
from datetime import date, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.documents.actions import open_case, register_document
from enamnd.documents.models import Case, Document
from enamnd.organisation.models import Body
from meetings.actions import attendance, cover, versions
from meetings.actions.meetings import create_meeting
from meetings.actions.numbering import number_paragraphs
from meetings.actions.paragraphs import add_paragraph, board_words
from meetings.attending.listed_roll import roll_of
from meetings.models import Attendance, Meeting, Paragraph
from meetings.models.attendance import PresenceKind
from meetings.text import sections

SAMPLE = Path(__file__).parent / "norrbotten.json"
MEMBER, SUBSTITUTE = Attendance.SeatKind.MEMBER, Attendance.SeatKind.SUBSTITUTE


@transaction.atomic
def load_meetings():
    """Hold the sample meetings of a year. The sample board and its secretary's account must be there."""
    content = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    body = Body.objects.get(name=content["body"])
    for each in content["meetings"]:
        _hold(each, body, by)


def _hold(content: dict, body: Body, by: User):
    meeting = create_meeting(
        body,
        date.fromisoformat(content["date"]),
        time.fromisoformat(content["starts_at"]),
        time.fromisoformat(content["ends_at"]) if content["ends_at"] else None,
        content["place"],
        content["remote"],
        by=by,
    )
    paragraphs = [_write(each, meeting, by) for each in content["paragraphs"]]
    if content["numbered"]:
        paragraphs = number_paragraphs(meeting, by=by)
        _call_the_roll(content, meeting, {each.number: each for each in paragraphs}, by)
        _fill_the_cover(content, meeting, {each.number: each for each in paragraphs}, by)


def _write(content: dict, meeting: Meeting, by: User) -> Paragraph:
    case = _case(*content["case"], meeting, by) if "case" in content else None
    paragraph = add_paragraph(meeting, title=content["title"], case=case, by=by)
    words = board_words()
    text = tuple(_section(each, words, meeting, case, by) for each in content["sections"])
    row = versions.write(versions.locked(paragraph), by=by, sections=sections.to_json(text))
    versions.keep(row)
    return row


def _case(title: str, classification: str, meeting: Meeting, by: User) -> Case:
    known = Case.objects.filter(title=title, year=meeting.year).first()
    return known or open_case(title, classification, opened_on=_before(meeting), by=by)


def _section(content: dict, words: dict[str, str], meeting: Meeting, case: Case | None, by: User) -> sections.Section:
    """A section whose heading is the board's own word for it, or as written where the board has none."""
    name = content.get("heading", content["kind"])
    items = [sections.Item(text) for text in content["items"]] if "items" in content else None
    if content["kind"] == sections.DOCUMENTS and case:
        items = [sections.Item(text, document=_register(text, meeting, case, by)) for text in content["items"]]
    heading = words.get(name, name)
    return sections.new_section(content["kind"], heading, html=content.get("html", ""), items=items)


def _register(title: str, meeting: Meeting, case: Case, by: User) -> int:
    """Register a paper that was drawn up for the meeting. Gives its key."""
    drawn_up = Document.Direction.DRAWN_UP
    return register_document(case, direction=drawn_up, title=title, dated=_before(meeting), by=by).pk


def _before(meeting: Meeting) -> date:
    """Two weeks before the meeting, but never a day that has not been."""
    return min(meeting.held_on - timedelta(days=14), timezone.localdate())


def _call_the_roll(content: dict, meeting: Meeting, paragraphs: dict[int, Paragraph], by: User):
    rows = list(meeting.attendance.exclude(seat_kind=""))
    members = {row.municipality_name: row for row in rows if row.seat_kind == MEMBER}
    substitutes = {row.municipality_name: row for row in rows if row.seat_kind == SUBSTITUTE}
    for place in content["absent"]:
        attendance.mark(members[place], PresenceKind.ABSENT, by=by)
    for place in content["substitutes_serving"]:
        attendance.mark(substitutes[place], PresenceKind.SERVING, replaces=members[place], by=by)
    for place, number in content.get("late", {}).items():
        attendance.add_period(members[place], PresenceKind.SERVING, first=paragraphs[number], by=by)
    for place, number in content.get("leaves", {}).items():
        attendance.add_period(members[place], PresenceKind.SERVING, last=paragraphs[number - 1], by=by)
    for place in content.get("remote_people", ()):
        attendance.set_remote(members[place], True, by=by)
    attendance.mark_everybody(meeting, MEMBER, PresenceKind.SERVING, by=by)
    attendance.mark_everybody(meeting, SUBSTITUTE, PresenceKind.ABSENT, by=by)
    for name in (meeting.secretary_name, *content.get("others", ())):
        attendance.add_other(meeting, name, meeting.body.name, by=by)


def _fill_the_cover(content: dict, meeting: Meeting, paragraphs: dict[int, Paragraph], by: User):
    entries = roll_of(meeting).entries
    adjuster = next(
        each for each in entries if each.seat_kind == MEMBER and each.municipality_name == content["adjuster"]
    )
    cover.set_adjusters(meeting, [cover.Named(adjuster.name, adjuster.political_party, adjuster.person)], by=by)
    if "vice_from" in content.get("chair_change", {}):
        _change_chair(content["chair_change"]["vice_from"], meeting, entries, paragraphs, by)
    if content["proof"]:
        days = {name: date.fromisoformat(day) for name, day in content["proof"].items()}
        cover.set_proof(meeting, storage=meeting.proof.storage, signed_by=meeting.secretary_name, by=by, **days)


def _change_chair(number: int, meeting: Meeting, entries, paragraphs: dict[int, Paragraph], by: User):
    """The vice chair takes the chair from that paragraph on."""
    chair, vice = (
        next(cover.Named(each.name, each.political_party, each.person) for each in entries if each.role == role)
        for role in ("ordförande", "vice ordförande")
    )
    chairings = [
        cover.Chairing(chair, last=paragraphs[number - 1]),
        cover.Chairing(vice, first=paragraphs[number]),
    ]
    cover.set_chairs(meeting, chairings, by=by)
