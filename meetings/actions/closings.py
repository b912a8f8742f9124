"""Verbs of closed matters: decided, put off, dropped; and the sections that the portal writes of what was recorded."""

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from enamnd.formats import listed
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.models import Closing, Paragraph
from meetings.sitting.course import course_of, sitting_day
from meetings.sitting.reading import table_at
from meetings.sitting.records import records_of
from meetings.sitting.rules import check_closing, check_is_not_closed
from meetings.sitting.texts import WrittenText, texts_of
from meetings.text import sections

from .days import note_day
from .sitting import at_the_table
from .versions import keep, open_for_writing, write


@transaction.atomic
def close_paragraph(paragraph: Paragraph, outcome: str, *, by) -> tuple[str, ...]:
    """Close the matter (avsluta ärendet) with its outcome, and write what was recorded into the protocol.

    While the meeting is held, a decision without quorum is refused (KL 6 kap. 27 §); what is told afterwards is taken
    and warned of. Gives the warnings. Nobody's own words are written over.
    """
    row = at_the_table(paragraph, by=by)
    check_is_not_closed(row)
    if outcome not in Closing.Outcome.values:
        raise Refused("Välj hur ärendet slutade.", field="outcome")
    records, course, today = records_of(table_at(row)), course_of(row.meeting), sitting_day()
    warnings = check_closing(records, course, outcome, today)
    closing = Closing(paragraph=row, outcome=outcome, at=timezone.now(), closed_by=by)
    closing.present, closing.seats = records.table.quorum.serving, records.table.seats
    closing.is_live = course.is_live(today)
    closing._history_user = by
    closing.save()
    note_day(closing, by=by)
    _write(row, None, by=by)
    told = {"outcome": closing.get_outcome_display().lower()} | ({"warning": " ".join(warnings)} if warnings else {})
    record("closing.made", row, by=by, within=row.meeting, **told)
    return warnings


@transaction.atomic
def reopen_paragraph(paragraph: Paragraph, *, by):
    """Open a closed matter again (öppna igen)."""
    row = at_the_table(paragraph, by=by)
    closing = Closing.objects.filter(paragraph=row).first()
    if closing is None:
        raise Refused("Ärendet är inte avslutat.")
    closing._history_user = by
    closing.delete()
    record("closing.undone", row, by=by, within=row.meeting)


@transaction.atomic
def write_texts(paragraph: Paragraph, names: Collection[str] | None = None, *, overwriting: bool = False, by) -> int:
    """Write sections of the protocol from the records: those of `names`, or all. Gives how many were written.

    A section that somebody has written in is left alone unless `overwriting`, and then kept as a version first.
    """
    row = at_the_table(paragraph, by=by)
    written = _write(row, names, overwriting=overwriting, by=by)
    if written:
        record("section.written", row, by=by, within=row.meeting, headings=listed(each.heading for each in written))
    return len(written)


def _write(row: Paragraph, names: Collection[str] | None, *, overwriting: bool = False, by) -> list[WrittenText]:
    board = current_board()
    found = texts_of(records_of(table_at(row)), board)
    wanted = [
        each
        for each in found
        if (names is None or each.name in names)
        and (each.may_be_written or (overwriting and (each.would_overwrite or each.is_stale)))
    ]
    if wanted:
        fresh = open_for_writing(row, by=by)
        if any(each.would_overwrite for each in wanted):
            keep(fresh)
        text = sections.from_json(fresh.sections)
        for each in wanted:
            text = _with(text, each, {one.name: board.word(one.name) for one in sections.STANDARDS}, by)
        write(fresh, by=by, sections=sections.to_json(text))
    return wanted


def _with(text: sections.Sections, written: WrittenText, words: dict[str, str], by) -> sections.Sections:
    """The sections with this one written: in its place, or where it usually stands."""
    content = (
        {"html": "", "items": tuple(map(sections.Item, written.lines))}
        if written.is_list
        else {
            "html": written.html,
            "items": None,
        }
    )
    content |= {"made_from": written.made_from, "edited_by": by.pk, "edited_at": timezone.now().isoformat()}
    if written.section is not None:
        new = replace(written.section, revision=written.section.revision + 1, **content)
        return tuple(new if each.key == new.key else each for each in text)
    standard = next(each for each in sections.standards(words) if each.name == written.name)
    new = replace(sections.from_standard(standard), **content)
    return sections.add(text, new, sections.default_index(text, standard, words))
