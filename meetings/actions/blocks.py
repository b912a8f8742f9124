"""Putting a block of text from another part of the portal into a paragraph."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings import blocks
from meetings.text import sections
from meetings.text.markup import is_empty

from ..models import Paragraph
from .versions import keep, open_for_writing, write


@transaction.atomic
def insert_block(paragraph: Paragraph, key: str, options: dict, *, section: str = "", by: User) -> sections.Section:
    """Copy a block's text to the end of a section (infoga), or into a new last section named after the block.

    `section` is the section's key. Refused when there is nothing to insert, and for a section that holds points.
    """
    row = open_for_writing(paragraph, by=by)
    block = blocks.find_block(key)
    html = blocks.text_of(block, options)
    if is_empty(html):
        raise Refused(f"{block.name} är tom med de valen. Välj något som finns i registret.")
    before = sections.from_json(row.sections)
    if not section:
        added = sections.new_section(sections.TEXT, block.name)
        before, section = sections.add(before, added), added.key
    now = timezone.now().isoformat(timespec="seconds")
    made = _with_block(sections.find(before, section), blocks.made_now(block, options, html, now), html, by)
    keep(row)
    after = tuple(made if each.key == made.key else each for each in before)
    sections.check(after)
    write(row, by=by, sections=sections.to_json(after))
    record("section.block_inserted", row, by=by, within=row.meeting, block=block.name, heading=made.heading)
    return made


def _with_block(section: sections.Section, made: blocks.Made, html: str, by: User) -> sections.Section:
    if section.is_list:
        raise Refused(f"Avsnittet {section.heading} är punkter. Välj ett med löpande text.", field="section")
    return replace(
        section,
        html=section.html + html,
        revision=section.revision + 1,
        edited_by=by.pk,
        edited_at=timezone.now().isoformat(),
        made_from=blocks.remembering(section, made),
    )
