"""Why a page of a meeting shows no buttons: the protocol is frozen, or adjusted."""

from django import template

from enamnd.formats import listed
from meetings import rules
from meetings.attending.adjusted import adjusted_at_once
from meetings.models import Adjustment, Meeting

register = template.Library()


@register.inclusion_tag("meetings/parts/locked.html")
def locked(thing, meeting) -> dict:
    """The sentence for a meeting or a paragraph that is frozen, or partly; nothing for one that is open."""
    adjustment = Adjustment.objects.locking(thing).first()
    sentence = rules.locked_sentence(adjustment) if adjustment else _partly(thing)
    return {"sentence": sentence, "meeting": meeting}


def _partly(thing) -> str:
    """What is locked of a meeting that goes on after paragraphs of it have been adjusted at once."""
    locked = adjusted_at_once(thing) if isinstance(thing, Meeting) else []
    if not locked:
        return ""
    what = listed([each.label if each.number else f"”{each.title}”" for each in locked])
    return (
        f"{what} är {'låst' if len(locked) == 1 else 'låsta'} för omedelbar justering. Text, närvaro, ordförande, jäv "
        "och röster där ändras inte, eftersom papperet redan säger dem. Resten av sammanträdet är öppet."
    )
