"""From what the portal knows of a meeting to the protocol as a paper (protocol.py): texts settled, nothing drawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, time

from django.db.models import prefetch_related_objects
from django.utils import timezone

from enamnd.formats import listed, paragraph_range
from enamnd.organisation.models import Board
from meetings.attending.listed_roll import roll_of
from meetings.days import days_line
from meetings.models import Adjuster, ChairPeriod, Meeting, Moment, Paragraph, Recusal
from meetings.paper.protocol import (
    CoverRow,
    PaperGroup,
    PaperParagraph,
    PaperPerson,
    PaperSection,
    ProtocolPaper,
    Signature,
)
from meetings.text.markup import link_references
from meetings.text.references import Reference
from meetings.text.secret_items import secret_numbers, with_secrets, without_secrets
from meetings.text.sections import Section, from_json


def compose_protocol(meeting: Meeting, board: Board) -> ProtocolPaper:
    """The meeting's protocol, with the words and fixed fields of the board (R098–R110, R234–R246)."""
    ends = ("chairs__first", "chairs__last", "adjusters__first", "adjusters__last")
    prefetch_related_objects([meeting], *ends, "external_signatures", "moments")
    paragraphs = list(with_secrets(meeting.paragraphs.select_related("case")))
    secret = secret_numbers(paragraphs)
    field = board.paper_field
    return ProtocolPaper(
        board_name=board.name,
        body_name=meeting.body.name,
        title=f"{field('protocol_title')} {meeting.held_on}",
        date=str(meeting.held_on),
        cover=_cover(meeting, paragraphs, board),
        proof_heading=field("proof"),
        proof_text=field("proof_text"),
        proof=_proof(meeting, board),
        contents_heading=field("contents"),
        contents_columns=tuple(field("contents_columns")),
        attendance_heading=field("attendance"),
        attendance=_attendance(meeting, board),
        paragraphs=tuple(_paragraph(each, meeting, paragraphs, board, secret) for each in paragraphs),
        signatures_heading=field("signatures"),
        signatures_text=field("signatures_text"),
        signed_digitally=field("signed_digitally"),
        copy_text=field("copy_text"),
        signatures=tuple(
            Signature(each.name, each.at, each.digest, each.algorithm) for each in meeting.external_signatures.all()
        ),
        footer_fields=tuple(field("footer")),
        cover_footer_fields=tuple(field("cover_footer")),
        is_draft=is_draft(meeting),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        author=meeting.secretary_name or board.name,
    )


def is_draft(meeting: Meeting) -> bool:
    """A protocol is a draft until there is evidence that it has been adjusted: signatures, or a notice put up."""
    proof = getattr(meeting, "proof", None)
    is_adjusted = any(each.adjusted_on and not each.is_immediate for each in meeting.adjustments.all())
    return not is_adjusted and not meeting.external_signatures.all() and not (proof and proof.posted_on)


# The cover


def _cover(meeting: Meeting, paragraphs: list[Paragraph], board: Board) -> tuple[CoverRow, ...]:
    field = board.paper_field
    adjusters = tuple(_lines_with_range(meeting.adjusters.all(), paragraphs))
    return (
        CoverRow(field("place_and_time"), (*_lines(place_and_time(meeting)), *_lines(days_line(meeting, paragraphs)))),
        CoverRow(field("deciding"), (*_lines(field("deciding_text")), *_recused(meeting, paragraphs))),
        CoverRow(field("adjusters"), adjusters),
        CoverRow(field("adjustment_place"), _lines(meeting.adjustment_text)),
        CoverRow(field("adjusted_paragraphs"), _lines(_adjusted(meeting, paragraphs))),
        CoverRow(field("secretary"), _lines(meeting.secretary_name), signature=True),
        CoverRow(field("chair"), tuple(_lines_with_range(meeting.chairs.all(), paragraphs)), signature=True),
        CoverRow(field("adjusters"), adjusters, signature=True),
    )


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def place_and_time(meeting: Meeting) -> str:
    """Teams, kl. 13:00 - 14:40 (ajournerat kl. 13:50 - 14:05); with the days where they are more than one."""
    if meeting.ends_on:
        first, last = _on(meeting.held_on, meeting.starts_at), _on(meeting.ends_on, meeting.ends_at)
        times = f"{first} - {last}"
    else:
        hours = " - ".join(f"{at:%H:%M}" for at in (meeting.starts_at, meeting.ends_at) if at)
        times = f"kl. {hours}" if hours else ""
    told = " ".join((times, *_adjournments(meeting))).strip()
    return ", ".join(filter(None, (meeting.place, told)))


def _on(day: date, at: time | None) -> str:
    """2022-06-22 kl. 13:00."""
    return f"{day} kl. {at:%H:%M}" if at else str(day)


def meeting_days(meeting: Meeting) -> str:
    """2022-06-22, or 2022-06-22 - 2022-06-23."""
    return f"{meeting.held_on} - {meeting.ends_on}" if meeting.ends_on else str(meeting.held_on)


def _adjournments(meeting: Meeting):
    pauses = [each for each in meeting.moments.all() if each.kind in (Moment.Kind.ADJOURNED, Moment.Kind.RESUMED)]
    for adjourned, resumed in zip(pauses[::2], pauses[1::2], strict=False):
        first, last = (timezone.localtime(each.at) for each in (adjourned, resumed))
        if meeting.ends_on:
            yield f"(ajournerat {_on(first.date(), first.time())} - {_on(last.date(), last.time())})"
        else:
            yield f"(ajournerat kl. {first:%H:%M} - {last:%H:%M})"


def _recused(meeting: Meeting, paragraphs: list[Paragraph]):
    """Jäv: Isak Utsi (S) § 5 och 7: who took no part in what (KL 6 kap. 30 §)."""
    numbers = {each.pk: each.number or place for place, each in enumerate(paragraphs, 1)}
    found = Recusal.objects.filter(paragraph__meeting=meeting).select_related("attendance")
    by_person = defaultdict(list)
    for each in found.order_by("attendance__name", "paragraph__position"):
        by_person[each.attendance.name_with_party].append(str(numbers[each.paragraph_id]))
    return [f"Jäv: {name} § {listed(where)}" for name, where in by_person.items()]


def _adjusted(meeting: Meeting, paragraphs: list[Paragraph]) -> str:
    numbers = [each.number for each in paragraphs if each.number]
    first = meeting.adjusted_from or min(numbers, default=None)
    last = meeting.adjusted_to or max(numbers, default=None)
    return paragraph_range(first, last).removeprefix("§ ")


def _lines_with_range(rows: Iterable[ChairPeriod | Adjuster], paragraphs: list[Paragraph]):
    """Isak Utsi (S) § 8-14: with the range where somebody chaired or adjusted a part, open ends filled in."""
    numbers = [each.number for each in paragraphs if each.number]
    for row in rows:
        if not numbers or not (row.first or row.last):
            yield str(row)
            continue
        first = row.first.number if row.first else numbers[0]
        last = row.last.number if row.last else numbers[-1]
        yield f"{row} {paragraph_range(first, last)}"


def _proof(meeting: Meeting, board: Board) -> tuple[CoverRow, ...]:
    field, proof = board.paper_field, getattr(meeting, "proof", None)
    storage = proof.storage if proof else field("default_storage")
    return (
        CoverRow(field("meeting_date"), (meeting_days(meeting),)),
        CoverRow(field("posted_on"), _lines(str(proof.posted_on) if proof and proof.posted_on else "")),
        CoverRow(field("removed_on"), _lines(str(proof.removed_on) if proof and proof.removed_on else "")),
        CoverRow(field("storage"), _lines(storage)),
        CoverRow(field("signed_by"), _lines(proof.signed_by if proof else ""), signature=True),
    )


# The attendance list


def _attendance(meeting: Meeting, board: Board) -> tuple[PaperGroup, ...]:
    return tuple(
        PaperGroup(group.heading, tuple(PaperPerson(each.name, each.place, each.note) for each in group.entries))
        for group in roll_of(meeting).groups(board)
    )


# The paragraphs


def _paragraph(
    paragraph: Paragraph, meeting: Meeting, all_of_them: list[Paragraph], board: Board, secret: Mapping[int, str]
) -> PaperParagraph:
    keys = {each.number: f"p{each.pk}" for each in all_of_them if each.number and each.pk != paragraph.pk}
    return PaperParagraph(
        key=f"p{paragraph.pk}",
        label=paragraph.label,
        title=paragraph.title,
        case_label=f"{board.word('case_number')} {paragraph.case.number}" if paragraph.case else "",
        sections=tuple(_sections(without_secrets(from_json(paragraph.sections), secret), meeting, keys)),
    )


def _sections(sections: Iterable[Section], meeting: Meeting, keys: dict[int, str]):
    """What is printed: a section without content is left out, unless the paper that was taken in had it."""
    for section in sections:
        items = tuple(item.text for item in section.items or () if item.text.strip())
        html = link_references(section.html, lambda found: _address(found, meeting, keys)) if section.html else ""
        if items or html or section.stands_empty:
            yield PaperSection(section.heading, section.kind, items, html)


def _address(reference: Reference, meeting: Meeting, keys: dict[int, str]) -> str:
    """Where in this paper the reference leads; nothing when it leads out of it."""
    if reference.date not in (None, meeting.held_on):
        return ""
    key = keys.get(reference.first)
    return f"#{key}" if key else ""
