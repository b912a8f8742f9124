"""A meeting as an interchange file."""

from collections.abc import Mapping

from meetings.exchange import format as interchange
from meetings.models import Attendance, Meeting, Paragraph
from meetings.text.secret_items import secret_numbers, with_secrets, without_secrets
from meetings.text.sections import from_json


def export_meeting(meeting: Meeting, *, with_secret_titles: bool = True) -> str:
    """The meeting as JSON in the interchange format, version 1; of an imported meeting, the same object again.

    Without secret titles, a document that bears a secrecy mark stands there by its number.
    """
    return interchange.write(meeting_file(meeting, with_secret_titles=with_secret_titles))


def meeting_file(meeting: Meeting, *, with_secret_titles: bool = True) -> interchange.MeetingFile:
    """All of the meeting that the format has room for."""
    paragraphs = list(with_secrets(meeting.paragraphs.select_related("case")))
    secret = {} if with_secret_titles else secret_numbers(paragraphs)
    return interchange.MeetingFile(
        body=meeting.body.name,
        date=meeting.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        ends_on=meeting.ends_on,
        place=meeting.place or None,
        remote=meeting.is_remote,
        secretary=meeting.secretary_name or None,
        chairs=tuple(
            interchange.Chair(each.name, _number(each.first), _number(each.last))
            for each in meeting.chairs.select_related("first", "last")
        ),
        adjusters=tuple(each.name for each in meeting.adjusters.all()),
        adjustment=interchange.Adjustment(meeting.adjustment_text or None, meeting.adjusted_from, meeting.adjusted_to),
        notice=_notice(meeting),
        attendance=tuple(row for entry in _entries(meeting) for row in _rows(entry)),
        paragraphs=tuple(_paragraph(each, secret) for each in paragraphs),
        signatures=tuple(
            interchange.Signature(each.name, each.at or None, each.digest or None, each.algorithm or None)
            for each in meeting.external_signatures.all()
        ),
        unusual=tuple(meeting.imported_shape),
    )


def _number(paragraph: Paragraph | None) -> int | None:
    return paragraph.number if paragraph else None


def _notice(meeting: Meeting) -> interchange.Notice:
    proof = getattr(meeting, "proof", None)
    if proof is None:
        return interchange.Notice()
    return interchange.Notice(proof.posted_on, proof.removed_on, proof.storage or None, proof.signed_by or None)


def _entries(meeting: Meeting) -> list[Attendance]:
    """Everybody whose attendance is marked, in the order of the list."""
    entries = meeting.attendance.select_related("replaces").prefetch_related(
        "periods__first", "periods__last", "periods__replaces"
    )
    return [entry for entry in entries if entry.presence or entry.periods.all()]


def _rows(entry: Attendance):
    """One row for the whole meeting, or one a period."""
    periods = entry.periods.all()
    if not periods:
        yield _row(entry, entry.presence, None, None, entry.replaces, entry.role)
    for each in periods:
        role = each.role or entry.role
        yield _row(entry, each.presence, _number(each.first), _number(each.last), each.replaces, role)


def _row(
    entry: Attendance, presence: str, first: int | None, last: int | None, replaces: Attendance | None, role: str
) -> interchange.AttendanceRow:
    return interchange.AttendanceRow(
        name=entry.name,
        presence=presence,
        seat=entry.seat_kind or None,
        political_party=entry.political_party or None,
        municipality=entry.municipality_name or None,
        organisation=entry.organisation or None,
        role=role or None,
        from_paragraph=first,
        to_paragraph=last,
        replaces=replaces.name if replaces else None,
    )


def _paragraph(paragraph: Paragraph, secret: Mapping[int, str]) -> interchange.ParagraphFile:
    return interchange.ParagraphFile(
        number=paragraph.number,
        title=paragraph.title,
        case_number=paragraph.case.number if paragraph.case else None,
        sections=tuple(map(_section, without_secrets(from_json(paragraph.sections), secret))),
    )


def _section(section) -> interchange.SectionFile:
    if section.is_list:
        return interchange.SectionFile(section.kind, section.heading, tuple(item.text for item in section.items))
    return interchange.SectionFile(section.kind, section.heading, html=section.html)
