"""Reading a meeting file: every record is looked at, and everything that is wrong is told with its place."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from meetings.exchange.parsing import LARGEST, LAST_PARAGRAPH, Reading, Record, is_instant, paragraph_number, shown
from meetings.exchange.records import (
    Adjustment,
    AttendanceRow,
    Chair,
    MeetingFile,
    Notice,
    ParagraphFile,
    SectionFile,
    Signature,
)
from meetings.text.markup import problems_in
from meetings.text.sections import KINDS

PRESENCES = ("serving", "present", "absent")
SEATS = ("member", "substitute")
DIGEST_LENGTHS = {"SHA-1": 40, "SHA1": 40, "SHA-256": 64, "SHA256": 64, "SHA-384": 96, "SHA-512": 128}

MEETING_KEYS = (
    "format version body date starts_at ends_at ends_on place remote secretary chairs adjusters adjustment notice"
    " attendance paragraphs signatures"
)
ROW_KEYS = "name political_party municipality seat presence organisation role from_paragraph to_paragraph replaces"


def meeting_of(kept: dict[str, Any], reading: Reading) -> MeetingFile:
    """The meeting of a JSON object; what is wrong is told to `reading`, and the meeting is then not to be used."""
    record = Record(kept, "sammanträdet", MEETING_KEYS, reading)
    meeting = MeetingFile(
        body=record.text("body", is_required=True) or "",
        date=record.day("date", is_required=True),
        starts_at=record.clock("starts_at"),
        ends_at=record.clock("ends_at"),
        ends_on=record.day("ends_on"),
        place=record.text("place"),
        remote=record.flag("remote"),
        secretary=record.text("secretary"),
        chairs=_each(record, "chairs", "ordförande", _chair),
        adjusters=record.texts("adjusters") or (),
        adjustment=_adjustment(kept.get("adjustment"), reading),
        notice=_notice(kept.get("notice"), reading),
        attendance=_each(record, "attendance", "närvaro", _attendance_row, is_required=True),
        paragraphs=_paragraphs(record),
        signatures=_each(record, "signatures", "signering", _signature),
    )
    _check_times(meeting, reading)
    if _has_readable_numbers(kept.get("paragraphs")):
        _check_ranges(meeting, reading)
    _check_attendance(meeting.attendance, reading)
    return meeting


def _each(record: Record, key: str, word: str, make: Callable, *, is_required: bool = False) -> tuple:
    rows = record.list(key, is_required=is_required) or []
    return tuple(make(kept, _row_place(word, number, kept), record.reading) for number, kept in enumerate(rows, 1))


def _row_place(word: str, number: int, kept: Any) -> str:
    name = kept.get("name") if isinstance(kept, dict) else None
    return f"{word}, rad {number} ({shown(name)[1:-1]})" if isinstance(name, str) else f"{word}, rad {number}"


def _chair(kept: Any, place: str, reading: Reading) -> Chair:
    record = Record(kept, place, "name from_paragraph to_paragraph", reading)
    return Chair(record.text("name", is_required=True) or "", *record.paragraphs())


def _adjustment(kept: Any, reading: Reading) -> Adjustment:
    record = Record({} if kept is None else kept, "justering", "text from_paragraph to_paragraph", reading)
    return Adjustment(record.text("text"), *record.paragraphs())


def _notice(kept: Any, reading: Reading) -> Notice:
    record = Record({} if kept is None else kept, "anslag", "posted_on removed_on storage signed_by", reading)
    return Notice(record.day("posted_on"), record.day("removed_on"), record.text("storage"), record.text("signed_by"))


def _signature(kept: Any, place: str, reading: Reading) -> Signature:
    record = Record(kept, place, "name at digest algorithm", reading)
    name = record.text("name", is_required=True) or ""
    signature = Signature(name, record.text("at"), record.text("digest"), record.text("algorithm"))
    if signature.at is not None and not is_instant(signature.at):
        record.refuse(f"at är {shown(signature.at)}, ska vara en tid som 2022-06-28 14:34")
    length = DIGEST_LENGTHS.get((signature.algorithm or "").upper())
    if signature.digest is not None and not re.fullmatch(f"[0-9a-fA-F]{{{length or '8,256'}}}", signature.digest):
        record.refuse(f"digest ska vara {length or '8 till 256'} hexadecimala siffror")
    return signature


def _attendance_row(kept: Any, place: str, reading: Reading) -> AttendanceRow:
    record = Record(kept, place, ROW_KEYS, reading)
    first, last = record.paragraphs()
    row = AttendanceRow(
        name=record.text("name", is_required=True) or "",
        political_party=record.text("political_party"),
        municipality=record.text("municipality"),
        seat=record.choice("seat", SEATS),
        presence=record.choice("presence", PRESENCES, is_required=True) or "",
        organisation=record.text("organisation"),
        role=record.text("role"),
        from_paragraph=first,
        to_paragraph=last,
        replaces=record.text("replaces"),
    )
    if row.seat or not record.has("seat"):
        for reason in _row_problems(row):
            record.refuse(reason)
    return row


def _row_problems(row: AttendanceRow) -> Iterator[str]:
    if row.seat is None and (row.municipality is not None or row.political_party is not None):
        yield (
            "övriga (seat null) har organisation i stället för municipality och political_party;"
            " för en ledamot är seat member, för en ersättare substitute"
        )
        return
    if row.seat is None and row.presence == "serving":
        yield "övriga (seat null) kan inte tjänstgöra, presence ska vara present eller absent"
    if row.seat and not row.municipality:
        yield "municipality saknas"
    if row.seat and row.organisation is not None:
        yield "organisation hör till övriga (seat null), inte till en ledamot eller ersättare"
    if row.replaces is not None and (row.seat != "substitute" or row.presence != "serving"):
        yield "replaces hör till en ersättare som tjänstgör"


def _paragraphs(record: Record) -> tuple[ParagraphFile, ...]:
    rows = record.list("paragraphs", is_required=True) or []
    paragraphs = tuple(_paragraph(kept, position, record.reading) for position, kept in enumerate(rows, 1))
    _check_numbers(paragraphs, record.reading)
    return paragraphs


def _paragraph(kept: Any, position: int, reading: Reading) -> ParagraphFile:
    number = paragraph_number(kept.get("number")) if isinstance(kept, dict) else None
    place = f"§ {number}" if number else f"paragraf {position}"
    record = Record(kept, place, "number title case_number sections", reading)
    sections = record.list("sections") or []
    return ParagraphFile(
        number=record.number("number"),
        title=record.text("title", is_required=True) or "",
        case_number=record.text("case_number"),
        sections=tuple(_section(each, f"{place}, avsnitt {at}", reading) for at, each in enumerate(sections, 1)),
    )


def _section(kept: Any, place: str, reading: Reading) -> SectionFile:
    record = Record(kept, place, "kind heading items html", reading)
    section = SectionFile(
        kind=record.choice("kind", tuple(KINDS), is_required=True) or "",
        heading=record.text("heading") or "",
        items=record.texts("items"),
        html=record.text("html", longest=LARGEST) or ("" if record.has("html") else None),
    )
    if record.has("items") and record.has("html"):
        record.refuse("har både items och html, ska ha det ena")
    elif record.is_object and not record.has("items") and not record.has("html"):
        record.refuse("saknar items eller html")
    for problem in problems_in(section.html or ""):
        record.refuse(problem)
    return section


# What must agree


def _check_numbers(paragraphs: tuple[ParagraphFile, ...], reading: Reading) -> None:
    """Each number once, in order, and those without number last."""
    highest, seen = 0, set()
    for position, number in enumerate([paragraph.number for paragraph in paragraphs], 1):
        if number is None:
            continue
        if number in seen:
            reading.refuse(f"§ {number}", "numret finns två gånger")
        elif number < highest:
            reading.refuse(f"§ {number}", f"står efter § {highest}, paragraferna ska stå i nummerordning")
        elif len(seen) < position - 1 and paragraphs[position - 2].number is None:
            reading.refuse(f"§ {number}", f"står efter paragraf {position - 1}, som saknar nummer")
        seen.add(number)
        highest = max(highest, number)


def _check_times(meeting: MeetingFile, reading: Reading) -> None:
    """Nothing ends before it begins."""
    if meeting.ends_on and meeting.date and meeting.ends_on <= meeting.date:
        reading.refuse("sammanträdet", f"slutar {meeting.ends_on}, som inte är en senare dag än {meeting.date}")
    ends_the_same_day = meeting.ends_on is None and meeting.starts_at and meeting.ends_at
    if ends_the_same_day and meeting.ends_at < meeting.starts_at:
        reading.refuse("sammanträdet", f"slutar {meeting.ends_at:%H:%M}, innan det börjar {meeting.starts_at:%H:%M}")
    posted_on, removed_on = meeting.notice.posted_on, meeting.notice.removed_on
    if posted_on and removed_on and removed_on < posted_on:
        reading.refuse("anslag", f"tas ned {removed_on}, innan det sätts upp {posted_on}")


def _has_readable_numbers(paragraphs: Any) -> bool:
    """Whether ranges can be held against the numbers: else one wrong number would be told many times over."""
    return isinstance(paragraphs, list) and all(
        isinstance(each, dict) and (each.get("number") is None or paragraph_number(each["number"]))
        for each in paragraphs
    )


def _check_ranges(meeting: MeetingFile, reading: Reading) -> None:
    """A range begins and ends at paragraphs of the meeting: at one that is not there it would be open."""
    numbers = {paragraph.number for paragraph in meeting.paragraphs if paragraph.number}
    places = [
        ("justering", meeting.adjustment),
        *((f"ordförande, rad {at} ({chair.name})", chair) for at, chair in enumerate(meeting.chairs, 1)),
        *((f"närvaro, rad {at} ({row.name})", row) for at, row in enumerate(meeting.attendance, 1)),
    ]
    for place, record in places:
        for key in ("from_paragraph", "to_paragraph"):
            number = getattr(record, key)
            if number and number not in numbers:
                reading.refuse(place, f"{key} är {number}, men § {number} finns inte i sammanträdet")


def _check_attendance(rows: tuple[AttendanceRow, ...], reading: Reading) -> None:
    """Nobody may be in two ways at once, and whoever is replaced must be one of the members, where they are told.

    A list that leaves the absent out tells of no member of the substitute's municipality who was away.
    """
    members = {row.name for row in rows if row.seat == "member"}
    places = {row.municipality for row in rows if row.seat == "member" and _was_away(row)}
    by_person: dict[tuple, list[tuple[int, AttendanceRow]]] = {}
    for number, row in enumerate(rows, 1):
        by_person.setdefault(row.person, []).append((number, row))
        if row.replaces is not None and row.replaces not in members and row.municipality in places:
            reason = f"replaces är {shown(row.replaces)}, men ingen ledamot i närvaron heter så"
            reading.refuse(f"närvaro, rad {number} ({row.name})", reason)
    for periods in by_person.values():
        for (one, row), (other, later) in combinations(periods, 2):
            if _overlap(row, later):
                reading.refuse(f"närvaro, rad {other} ({row.name})", f"gäller delvis samma paragrafer som rad {one}")


def _was_away(row: AttendanceRow) -> bool:
    return row.presence == "absent" or row.from_paragraph is not None or row.to_paragraph is not None


def _overlap(one: AttendanceRow, other: AttendanceRow) -> bool:
    starts_in_time = (one.from_paragraph or 0) <= (other.to_paragraph or LAST_PARAGRAPH)
    return starts_in_time and (other.from_paragraph or 0) <= (one.to_paragraph or LAST_PARAGRAPH)
