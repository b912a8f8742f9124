"""Why a page of a meeting shows no buttons: the protocol is frozen, or adjusted."""

from django import template

from meetings import rules
from meetings.models import Adjustment

register = template.Library()


@register.inclusion_tag("meetings/parts/locked.html")
def locked(thing, meeting) -> dict:
    """The sentence for a meeting or a paragraph that is frozen; nothing for one that is open."""
    adjustment = Adjustment.objects.locking(thing).first()
    return {"sentence": rules.locked_sentence(adjustment) if adjustment else "", "meeting": meeting}
