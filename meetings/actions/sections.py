"""The sections of a paragraph: written, added, ordered, named, removed."""

import re
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Problem, Refused
from meetings.text import markup, sections
from meetings.text.item_links import linked_items
from meetings.text.markup_tree import escaped
from meetings.text.sections import Section, Sections

from ..models import Paragraph
from .paragraphs import board_words
from .versions import keep, make_side_version, open_for_writing, write

# The editor leaves empty paragraphs after a table. The rest is what it should be, or would have been refused.
_EMPTY_END = re.compile(r"(?:<p>\s*</p>)+\Z")
NOT_CHOSEN = "Texten som valdes bort när två skrev samtidigt"


def save_section(
    paragraph: Paragraph, key: str, base_revision: int, *, by: User, html: str = "", items: list[str] | None = None
) -> Section:
    """Save what somebody writes (spara): `html`, or texts of `items`, that began from `base_revision`.

    The autosave: short, no history, no journal; the version kept later and the history tell who wrote. Returns the
    section as saved. Markup that protocol text cannot hold is refused with sentences; a Conflict carries the newer
    section when somebody else has written in between. Text of somebody else that is in no version yet is kept as one
    before it is written over.
    """
    html = _checked(html) if items is None else ""
    with transaction.atomic():
        row = open_for_writing(paragraph, by=by)
        before = sections.from_json(row.sections)
        after = _replaced(row, before, key, base_revision, by=by, html=html, items=items)
        saved = sections.find(after, key)
        if after == before:
            return saved
        if sections.find(before, key).edited_by not in {None, by.pk}:
            keep(row)
        write(row, by=by, sections=sections.to_json(after))
        return saved


def _checked(html: str) -> str:
    if problems := markup.problems_in(html):
        raise Refused(problems=tuple(Problem("", _sentence(each)) for each in problems))
    return _EMPTY_END.sub("", html)


def _sentence(problem: str) -> str:
    return f"{problem[0].upper()}{problem[1:]}."


def _replaced(row, before: Sections, key: str, base_revision: int, *, by, html, items) -> Sections:
    if items is not None:
        items = linked_items(row, sections.find(before, key), items)
    return sections.replace_content(
        before, key, base_revision, html=html, items=items, by=by.pk, at=timezone.now().isoformat()
    )


@transaction.atomic
def settle_conflict(
    paragraph: Paragraph,
    key: str,
    choice: str,
    *,
    by: User,
    base_revision: int,
    html: str = "",
    items: list[str] | None = None,
) -> Section:
    """Choose between one's own text (`html` or `items`) and the newer one of revision `base_revision`.

    `choice` is "mine", "theirs" or "both" (one's own after the other's). The text that is not chosen stays in the
    history. Another Conflict when the newer text has been changed again.
    """
    html = _checked(html) if items is None else ""
    row = open_for_writing(paragraph, by=by)
    before = sections.from_json(row.sections)
    theirs = sections.find(before, key)
    if theirs.revision != base_revision:
        raise sections.Conflict(theirs)
    keep(row)
    mine = _replaced(row, before, key, base_revision, by=by, html=html, items=items)
    if choice == "theirs":
        row.sections = sections.to_json(mine)
        make_side_version(row, by=by, reason=NOT_CHOSEN)
        return theirs
    if choice == "both":
        mine = _replaced(row, before, key, base_revision, by=by, **_joined(theirs, sections.find(mine, key)))
    write(row, by=by, sections=sections.to_json(mine))
    return sections.find(mine, key)


def _joined(first: Section, second: Section) -> dict:
    if first.is_list and second.is_list:
        texts = [item.text for item in (*first.items, *second.items)]
        return {"html": "", "items": list(dict.fromkeys(texts))}
    return {"html": as_html(first) + as_html(second), "items": None}


def as_html(section: Section) -> str:
    """The section's content as running text: one item as a paragraph, several as a numbered list."""
    if not section.is_list:
        return section.html
    texts = [f"<p>{escaped(item.text)}</p>" for item in section.items]
    return "".join(texts) if len(texts) < 2 else "<ol>" + "".join(f"<li>{text}</li>" for text in texts) + "</ol>"


@transaction.atomic
def add_section(paragraph: Paragraph, name: str, *, heading: str = "", by: User) -> Section:
    """Add an empty section: a standard one by `name` where it usually stands, or a free one under `heading`, last."""
    row = open_for_writing(paragraph, by=by)
    before, words = sections.from_json(row.sections), board_words()
    standard = next((each for each in sections.standards(words) if each.name == name), sections.FREE)
    if standard is sections.FREE:
        heading = sections.one_line(heading)
        if not heading:
            raise Refused("Skriv en rubrik för avsnittet.", field="heading")
        standard = replace(standard, heading=heading)
    added = sections.from_standard(standard)
    after = sections.add(before, added, sections.default_index(before, standard, words))
    write(row, by=by, sections=sections.to_json(after))
    record("section.added", row, by=by, within=row.meeting, heading=added.heading)
    return added


@transaction.atomic
def move_section(paragraph: Paragraph, key: str, to_index: int, *, by: User) -> Section:
    """Let the section stand at place `to_index` (0 = first)."""
    row = open_for_writing(paragraph, by=by)
    after = sections.move(sections.from_json(row.sections), key, to_index)
    moved = sections.find(after, key)
    write(row, by=by, sections=sections.to_json(after))
    record("section.moved", row, by=by, within=row.meeting, heading=moved.heading, position=after.index(moved) + 1)
    return moved


@transaction.atomic
def rename_heading(paragraph: Paragraph, key: str, heading: str, shown: str | None = None, *, by: User) -> Section:
    """Give the section another heading. Refused when it has got another than the one that was `shown` to the writer."""
    row = open_for_writing(paragraph, by=by)
    before = sections.from_json(row.sections)
    after = sections.rename(before, key, heading)
    renamed, old = sections.find(after, key), sections.find(before, key).heading
    if after != before:
        if shown not in (None, old):
            raise Refused(
                f"Någon annan har bytt rubriken till ”{old}” medan du skrev ”{renamed.heading}”. "
                "Läs in sidan på nytt och byt igen om din ska gälla."
            )
        write(row, by=by, sections=sections.to_json(after))
        record("section.renamed", row, by=by, within=row.meeting, old=old, heading=renamed.heading)
    return renamed


@transaction.atomic
def remove_section(paragraph: Paragraph, key: str, *, by: User) -> int:
    """Take a section away. Returns the history id of the version that still has it, to undo with."""
    row = open_for_writing(paragraph, by=by)
    before = sections.from_json(row.sections)
    gone = sections.find(before, key)
    keep(row)
    write(row, by=by, sections=sections.to_json(sections.remove(before, key)))
    record("section.removed", row, by=by, within=row.meeting, heading=gone.heading)
    versions = Paragraph.history.filter(id=row.pk).exclude(history_change_reason=NOT_CHOSEN)
    return versions.latest("history_date", "history_id").pk


@transaction.atomic
def change_form(paragraph: Paragraph, key: str, *, by: User) -> Section:
    """Turn items into running text, or running text into items (one a paragraph or list point)."""
    row = open_for_writing(paragraph, by=by)
    before = sections.from_json(row.sections)
    section = sections.find(before, key)
    content = {"html": as_html(section), "items": None} if section.is_list else {"html": "", "items": _points(section)}
    after = _replaced(row, before, key, section.revision, by=by, **content)
    write(row, by=by, sections=sections.to_json(after))
    record("section.form_changed", row, by=by, within=row.meeting, heading=section.heading)
    return sections.find(after, key)


def _points(section: Section) -> list[str]:
    if "<table" in section.html:
        raise Refused("Avsnittet har en tabell och kan inte bli punkter. Flytta tabellen till ett annat avsnitt först.")
    return [block.text for block in markup.blocks_of(section.html)]
