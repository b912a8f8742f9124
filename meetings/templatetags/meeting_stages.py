"""The row of a meeting's pages."""

from django import template
from django.urls import reverse

from enamnd.answers import is_allowed
from meetings.stages import STAGES

register = template.Library()


@register.inclusion_tag("meetings/parts/stages.html", takes_context=True)
def stages(context, meeting) -> dict:
    """The stages of `meeting` that the reader may open, and which of them this page is."""
    request = context["request"]
    open_to = [stage for stage in STAGES if is_allowed(stage.check, request.user)]
    places = [(stage.name, reverse(stage.url_name, args=[meeting.pk])) for stage in open_to]
    return {
        "stages": [{"name": name, "href": href, "is_current": request.path == href} for name, href in places],
    }
