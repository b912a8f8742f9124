"""The protocol as a paper: preview in the page, PDF to look at while writing, PDF to keep."""

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.organisation.current import current_board
from meetings.adjusting.frozen import frozen_paper, standing_adjustment
from meetings.models import Meeting
from meetings.paper import printing
from meetings.paper.compose import compose_protocol
from meetings.paper.protocol import ProtocolPaper


@require_GET
@requires(Permission.READ_MEETINGS)
def preview(request, meeting_id: int):
    """The sheets of the protocol as a page."""
    meeting, paper, _ = _paper(meeting_id)
    context = {"meeting": meeting, "paper": paper, "sheets": printing.protocol_sheets(paper)}
    return render(request, "meetings/preview.html", context)


@require_GET
@requires(Permission.READ_MEETINGS)
@xframe_options_sameorigin
def preview_pdf(request, meeting_id: int):
    """The same as PDF, quickly: only what has changed is laid out again."""
    meeting, paper, issued = _paper(meeting_id)
    content = issued or printing.preview_pdf(paper, cache)
    return _pdf(content, meeting, "forhandsgranskning", inline=True)


@require_GET
@requires(Permission.READ_MEETINGS)
def protocol_pdf(request, meeting_id: int):
    """The protocol as PDF/A-2a and PDF/UA-1, to keep."""
    meeting, paper, issued = _paper(meeting_id)
    content = issued or printing.protocol_pdf(paper)
    return _pdf(content, meeting, "utkast" if paper.is_draft else "protokoll", inline=False)


def _paper(meeting_id: int) -> tuple[Meeting, ProtocolPaper, bytes | None]:
    """The meeting and its protocol. What has been frozen is never composed or printed again: it is what it was."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    adjustment = standing_adjustment(meeting)
    if adjustment is None:
        return meeting, compose_protocol(meeting, current_board()), None
    return meeting, frozen_paper(adjustment), bytes(adjustment.paper.file.content)


def _pdf(content: bytes, meeting: Meeting, kind: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    how = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{kind}-{meeting.held_on}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
