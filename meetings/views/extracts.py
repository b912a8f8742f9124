"""Pages of extracts: what one will say, and issuing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.documents.models import Paper
from meetings.actions import extracts as actions
from meetings.decisions import dispatch
from meetings.decisions.extract_paper import source_of
from meetings.forms.dispatching import ExtractForm
from meetings.models import Extract, Paragraph
from meetings.paper import printing

from .form_page import form_page


@requires(Permission.WRITE_PROTOCOL)
def extract_new(request, meeting_id, paragraph_id):
    """What an extract of the paragraph says, those that have been issued, and the form that issues one more."""
    found = Paragraph.objects.select_related("meeting__body", "case", "body")
    paragraph = get_object_or_404(found, pk=paragraph_id, meeting=meeting_id)
    address = reverse("meetings:extract_new", args=[meeting_id, paragraph_id])
    source = source_of(paragraph)

    def act(data):
        made = actions.issue_extract(paragraph, **data, by=request.user)
        messages.success(request, f"Utdraget av {paragraph.label} är utfärdat. Det ändras inte mer.")
        return f"{address}#utdrag-{made.pk}"

    form = ExtractForm(
        request.POST or None, is_adjusted=source.is_adjusted, initial={"certified_by": request.user.name}
    )
    return form_page(
        request,
        form,
        act,
        template="meetings/extract.html",
        paragraph=paragraph,
        meeting=paragraph.meeting,
        source=source,
        text=printing.paragraph_part(source.paper, source.paragraph),
        has_secrets=dispatch.holds_secrets([paragraph]),
        extracts=paragraph.extracts.select_related("paper", "issued_by").order_by("-issued_at", "-id"),
    )


@require_safe
@requires(Permission.READ_MEETINGS)
def extract_pdf(request, extract_id):
    """The issued paper, as it went out."""
    extract = get_object_or_404(Extract.objects.select_related("paper__file", "paragraph__meeting"), pk=extract_id)
    return paper_response(extract.paper, extract_name(extract))


def extract_name(extract: Extract) -> str:
    paragraph = extract.paragraph
    return f"utdrag-{paragraph.meeting.held_on}-p{paragraph.number or paragraph.pk}"


def paper_response(paper: Paper, name: str) -> HttpResponse:
    """An issued paper, for this reader alone."""
    response = HttpResponse(bytes(paper.file.content), content_type=paper.file.media_type)
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
