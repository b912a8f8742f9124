"""What of a paragraph was inserted from the registers, and whether they have changed since."""

from datetime import datetime

from django import template

from meetings.blocks import inserted_in
from meetings.text import sections

register = template.Library()


@register.inclusion_tag("meetings/parts/inserted.html")
def inserted_blocks(paragraph):
    """A quiet list, empty when nothing was inserted."""
    found = inserted_in(sections.from_json(paragraph.sections))
    return {"inserted": [(each, datetime.fromisoformat(each.at)) for each in found]}
