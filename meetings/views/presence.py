"""What an open drafting page asks now and then, and says when it is left."""

from contextlib import suppress

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.refusal import Refused
from meetings.text import sections
from meetings.text.desk import others_in, paragraph_for_page

from ..actions.presence import be_here, go_away
from ..actions.versions import keep_version
from ..models import Paragraph


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def paragraph_open(request, meeting_id: int, paragraph_id: int) -> JsonResponse:
    """I am here. Who else is, and what is the newest text?"""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    be_here(paragraph, by=request.user)
    text = sections.from_json(paragraph.sections)
    at = timezone.localtime(paragraph.edited_at) if paragraph.edited_at else None
    return JsonResponse(
        {
            "others": others_in(paragraph, request.user),
            "title": paragraph.title,
            "revisions": {each.key: each.revision for each in text},
            "headings": {each.key: each.heading for each in text},
            "order": [each.key for each in text],
            "by": str(paragraph.edited_by or ""),
            "at": f"{at:%H.%M}" if at else "",
        }
    )


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def paragraph_leave(request, meeting_id: int, paragraph_id: int) -> HttpResponse:
    """I leave: what I wrote becomes a version. A paragraph that has been removed has its text in the history."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    go_away(paragraph, by=request.user)
    with suppress(Refused):
        keep_version(paragraph, by=request.user)
    return HttpResponse(status=204)
