"""Taking in a meeting from an interchange file: all of it, or nothing and every reason why."""

from collections.abc import Mapping, Sequence
from textwrap import shorten

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from enamnd.accounts.models import User
from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.documents.actions import case_from_number
from enamnd.documents.models import Case
from enamnd.documents.series import advance_to
from enamnd.journal.record import record
from enamnd.organisation.models import Body, Municipality, Person
from enamnd.refusal import Problem, Refused
from meetings import rules
from meetings.exchange.exporting import meeting_file
from meetings.exchange.format import (
    AttendanceRow,
    MeetingFile,
    ParagraphFile,
    SectionFile,
    as_object,
    squeezed,
    unusual,
)
from meetings.models import (
    Adjuster,
    Attendance,
    AttendancePeriod,
    ChairPeriod,
    ExternalSignature,
    Meeting,
    Paragraph,
    Proof,
)
from meetings.text import sections

from .numbering import series_key


@transaction.atomic
def import_meeting(file: MeetingFile, *, by: User | None, create: bool = False) -> Meeting:
    """Make a meeting of what an interchange file says (see interchange.py).

    `by` is the user, or None when the operator does it from the command line. With `create`, a body that is not in
    the register is made; otherwise it is refused. Refused too: a meeting that is here already, § numbers that are
    taken. Case numbers become cases, and numbers given elsewhere are never given again here. What comes out again is
    compared with what came in before anything is kept.
    """
    if by is not None:
        rules.check_can_write(by)
    _check_lengths(file)
    body = _body(file, create, by)
    _check_is_new(file, Body.objects.select_for_update().get(pk=body.pk))
    meeting = _meeting(file, body)
    by_number = _paragraphs(file, meeting, by)
    _attendance(file, meeting, by_number, by)
    _cover(file, meeting, by_number)
    _keep_shape(file, meeting)
    record("meeting.imported", meeting, by=by, paragraphs=len(file.paragraphs))
    return meeting


def _check_lengths(file: MeetingFile):
    """Refuse what is longer than the portal has room for, with its place."""
    problems = [
        Problem(place, f"”{text[:40]}…” är {len(text)} tecken, högst {longest} tas emot")
        for place, model, field, text in _texts(file)
        if text and len(text) > (longest := model._meta.get_field(field).max_length)
    ]
    if problems:
        raise Refused(problems=tuple(problems))


def _texts(file: MeetingFile):
    """Every short text of the file with its place and the column that it will stand in."""
    yield "organ", Body, "name", file.body
    yield "plats", Meeting, "place", file.place
    yield "sekreterare", Meeting, "secretary_name", file.secretary
    yield "justering", Meeting, "adjustment_text", file.adjustment.text
    yield "anslag", Proof, "storage", file.notice.storage
    yield "anslag", Proof, "signed_by", file.notice.signed_by
    for name in (*(chair.name for chair in file.chairs), *file.adjusters):
        yield "framsidan", ChairPeriod, "name", name
    for at, row in enumerate(file.attendance, 1):
        place = f"närvaro, rad {at}"
        yield place, Attendance, "name", row.name
        yield place, Attendance, "political_party", row.political_party
        yield place, Attendance, "municipality_name", row.municipality
        yield place, Attendance, "organisation", row.organisation
        yield place, Attendance, "role", row.role
    for paragraph in file.paragraphs:
        place = f"§ {paragraph.number or '–'}"
        yield place, Paragraph, "title", paragraph.title
        yield place, Case, "number", paragraph.case_number
    for at, signature in enumerate(file.signatures, 1):
        for field in ("name", "at", "digest", "algorithm"):
            yield f"signering, rad {at}", ExternalSignature, field, getattr(signature, field)


def _body(file: MeetingFile, create: bool, by: User | None) -> Body:
    body = next((each for each in Body.objects.all() if squeezed(each.name) == squeezed(file.body)), None)
    if body:
        return body
    if not create:
        known = ", ".join(Body.objects.values_list("name", flat=True)) or "inga organ"
        reason = (
            f"”{file.body}” finns inte i registret (där finns: {known}). "
            "Lägg upp det, eller läs in igen med valet att lägga upp organet (--create)"
        )
        raise Refused(problems=(Problem("organ", reason),))
    if by is not None:
        check_may(by, Permission.KEEP_ORGANISATION)
    body = Body.objects.create(name=file.body.strip(), kind=Body.Kind.BOARD)
    record("body.added", body, by=by)
    return body


def _check_is_new(file: MeetingFile, body: Body):
    if Meeting.objects.filter(body=body, held_on=file.date, starts_at=file.starts_at).exists():
        raise Refused(f"{body} har redan ett sammanträde {long_date(file.date)} med samma tid.")
    numbers = [each.number for each in file.paragraphs if each.number]
    taken = Paragraph.objects.numbered(body, file.date.year).filter(number__in=numbers).select_related("meeting")
    problems = [
        Problem(each.label, f"finns redan i protokollet från {long_date(each.meeting.held_on)}") for each in taken
    ]
    if problems:
        raise Refused(problems=tuple(problems))


def _meeting(file: MeetingFile, body: Body) -> Meeting:
    is_numbered = any(each.number for each in file.paragraphs)
    return Meeting.objects.create(
        body=body,
        held_on=file.date,
        starts_at=file.starts_at,
        ends_at=file.ends_at,
        ends_on=file.ends_on,
        place=file.place or "",
        is_remote=file.remote,
        secretary=_person(file.secretary),
        secretary_name=file.secretary or "",
        adjustment_text=file.adjustment.text or "",
        adjusted_from=file.adjustment.from_paragraph,
        adjusted_to=file.adjustment.to_paragraph,
        numbered_at=timezone.now() if is_numbered else None,
    )


def _person(name: str | None, party: str | None = None) -> Person | None:
    """The register's person of that name, when there is exactly one."""
    if not name:
        return None
    found = [each for each in Person.objects.filter(name=name) if not party or each.political_party in ("", party)]
    return found[0] if len(found) == 1 else None


# Paragraphs


def _paragraphs(file: MeetingFile, meeting: Meeting, by: User | None) -> dict[int, Paragraph]:
    """The paragraphs, by number. The number series never gives these numbers again."""
    recipients = _recipients()
    paragraphs = [
        Paragraph(
            meeting=meeting,
            body=meeting.body,
            year=meeting.year,
            position=position,
            number=each.number,
            title=each.title,
            case=_case(each, meeting, by),
            sections=sections.to_json(tuple(_section(section, recipients) for section in each.sections)),
        )
        for position, each in enumerate(file.paragraphs, 1)
    ]
    by_number = {
        each.number: each for each in bulk_create_with_history(paragraphs, Paragraph, default_user=by) if each.number
    }
    if by_number:
        advance_to(series_key(meeting), max(by_number))
    return by_number


def _case(file: ParagraphFile, meeting: Meeting, by: User | None) -> Case | None:
    if not (file.case_number or "").strip():
        return None
    title = shorten(file.title, Case._meta.get_field("title").max_length, placeholder=" …")
    return case_from_number(file.case_number, title, opened_on=meeting.held_on, by=by)


def _recipients() -> dict[str, dict[str, int]]:
    """What a recipient's name stands for: `{"Luleå kommun": {"municipality": 3}}`."""
    bodies = {body.name: {"body": body.pk} for body in Body.objects.all()}
    return bodies | {each.full_name: {"municipality": each.pk} for each in Municipality.objects.all()}


def _section(file: SectionFile, recipients: Mapping[str, dict[str, int]]) -> sections.Section:
    links = recipients if file.kind == sections.RECIPIENTS else {}
    items = None
    if file.items is not None:
        items = [sections.Item(text, **links.get(text, {})) for text in file.items]
    is_empty = not file.items and not file.html
    return sections.new_section(file.kind, file.heading, html=file.html or "", items=items, stands_empty=is_empty)


# Attendance


def _attendance(file: MeetingFile, meeting: Meeting, by_number: Mapping[int, Paragraph], by: User | None):
    people: dict[tuple, list[AttendanceRow]] = {}
    for row in file.attendance:
        people.setdefault(row.person, []).append(row)
    municipalities = {each.name: each for each in Municipality.objects.all()}
    entries = [_entry(meeting, rows[0], place, municipalities) for place, rows in enumerate(people.values(), 1)]
    for entry, rows in zip(entries, people.values(), strict=True):
        entry.role = _common_role(rows)
    entries += _unlisted(file, meeting, len(entries), municipalities)
    entries = bulk_create_with_history(entries, Attendance, default_user=by)
    for entry, rows in zip(entries, people.values(), strict=False):
        _take_part(entry, rows, entries, by_number)


def _entry(meeting: Meeting, row: AttendanceRow, place: int, municipalities: Mapping[str, Municipality]) -> Attendance:
    return Attendance(
        meeting=meeting,
        person=_person(row.name, row.political_party),
        municipality=municipalities.get(row.municipality),
        municipality_name=row.municipality or "",
        seat_kind=row.seat or "",
        position=place,
        name=row.name,
        political_party=row.political_party or "",
        organisation=row.organisation or "",
        role=row.role or "",
        presence=row.presence,
    )


def _common_role(rows: Sequence[AttendanceRow]) -> str:
    """The role of somebody who has the same all the time."""
    return (rows[0].role or "") if len({row.role for row in rows}) == 1 else ""


def _unlisted(
    file: MeetingFile, meeting: Meeting, already: int, municipalities: Mapping[str, Municipality]
) -> list[Attendance]:
    """Members who are only named as replaced: unmarked rows, which no list and no export shows."""
    known = {row.name for row in file.attendance if row.seat == "member"}
    missing = {row.replaces: row.municipality for row in file.attendance if row.replaces and row.replaces not in known}
    return [
        Attendance(
            meeting=meeting,
            municipality=municipalities.get(place),
            municipality_name=place,
            seat_kind=Attendance.SeatKind.MEMBER,
            position=position,
            name=name,
        )
        for position, (name, place) in enumerate(missing.items(), already + 1)
    ]


def _take_part(
    entry: Attendance,
    rows: Sequence[AttendanceRow],
    entries: Sequence[Attendance],
    by_number: Mapping[int, Paragraph],
):
    """Who replaced whom, and from which § to which: known only when everybody has a row."""
    if len(rows) == 1 and rows[0].from_paragraph is None and rows[0].to_paragraph is None:
        if rows[0].replaces:
            entry.replaces = _replaced(rows[0].replaces, entry, entries)
            entry.save()
        return
    for row in rows:
        AttendancePeriod.objects.create(
            attendance=entry,
            presence=row.presence,
            first=by_number.get(row.from_paragraph),
            last=by_number.get(row.to_paragraph),
            replaces=_replaced(row.replaces, entry, entries) if row.replaces else None,
            role="" if entry.role else row.role or "",
        )


def _replaced(name: str, substitute: Attendance, entries: Sequence[Attendance]) -> Attendance | None:
    """The member of that name, of the same municipality when several have it."""
    named = [each for each in entries if each.name == name and each is not substitute]
    named.sort(key=lambda each: (each.seat_kind != "member", each.municipality_name != substitute.municipality_name))
    return named[0] if named else None


# What the cover says


def _cover(file: MeetingFile, meeting: Meeting, by_number: Mapping[int, Paragraph]):
    parties = {row.name: row.political_party or "" for row in file.attendance}
    for order, chair in enumerate(file.chairs, 1):
        ChairPeriod.objects.create(
            meeting=meeting,
            first=by_number.get(chair.from_paragraph),
            last=by_number.get(chair.to_paragraph),
            order=order,
            **_named(chair.name, parties),
        )
    for order, name in enumerate(file.adjusters, 1):
        Adjuster.objects.create(meeting=meeting, order=order, **_named(name, parties))
    for order, signature in enumerate(file.signatures, 1):
        ExternalSignature.objects.create(
            meeting=meeting,
            order=order,
            name=signature.name,
            at=signature.at or "",
            digest=signature.digest or "",
            algorithm=signature.algorithm or "",
        )
    Proof.objects.create(
        meeting=meeting,
        posted_on=file.notice.posted_on,
        removed_on=file.notice.removed_on,
        storage=file.notice.storage or "",
        signed_by=file.notice.signed_by or "",
    )


def _named(name: str, parties: Mapping[str, str]) -> dict:
    """Columns of somebody whom the cover names; the party is known from the attendance list."""
    party = parties.get(name, "")
    return {"name": name, "political_party": party, "person": _person(name, party)}


# What comes out again


def _keep_shape(file: MeetingFile, meeting: Meeting):
    """Note where the file said the same in other words, and refuse it if an export would still not be equal."""
    meeting.refresh_from_db()
    kept = as_object(file)
    meeting.imported_shape = list(unusual(as_object(meeting_file(meeting)), kept))
    meeting.save_without_historical_record()
    written = as_object(meeting_file(meeting))
    wrong = tuple(name for name, value in kept.items() if written.get(name) != value)
    if wrong:
        raise Refused(problems=tuple(Problem(name, "går inte att återge som det står i filen") for name in wrong))
