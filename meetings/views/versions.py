"""Pages of a paragraph's versions: the list, what changed, bringing one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.dates import long_instant
from enamnd.refusal import Refused
from meetings.text.desk import paragraph_for_page
from meetings.text.secret_items import holds_secrets
from meetings.text.version_list import compare_rows, row_before, version_lines

from .. import rules
from ..actions import versions as actions
from ..forms.versions import CompareForm
from .replies import refused


@require_GET
@requires(Permission.READ_MEETINGS)
def version_list(request, meeting_id: int, paragraph_id: int):
    """Who wrote what and when, newest first."""
    paragraph = _readable(request, meeting_id, paragraph_id)
    form = CompareForm(request.GET)
    page = form.cleaned_data["sida"] if form.is_valid() else 1
    lines, has_more = version_lines(paragraph, page or 1)
    context = {
        "paragraph": paragraph,
        "meeting": paragraph.meeting,
        "lines": lines,
        "older": (page or 1) + 1 if has_more else None,
        "newer": (page or 1) - 1,
        "is_unkept": actions.is_unkept(paragraph),
    }
    return render(request, "meetings/version_list.html", context)


@require_GET
@requires(Permission.READ_MEETINGS)
def version(request, meeting_id: int, paragraph_id: int, history_id: int):
    """What a version changed: against the one before it, another (`mot`) or the text of now (`mot=0`)."""
    paragraph = _readable(request, meeting_id, paragraph_id)
    row = _row(paragraph, history_id)
    form = CompareForm(request.GET)
    against = form.cleaned_data["mot"] if form.is_valid() else None
    other = _other(paragraph, row, against)
    old, new = (row, paragraph) if against == 0 else (other, row)
    lines, _ = version_lines(paragraph)
    context = {
        "paragraph": paragraph,
        "meeting": paragraph.meeting,
        "row": row,
        "other": other,
        "against": against,
        "lines": lines,
        "comparison": compare_rows(old or row, new),
        "is_first": other is None,
        "can_restore": is_allowed(rules.check_can_change, paragraph, request.user),
    }
    return render(request, "meetings/version.html", context)


def _readable(request, meeting_id: int, paragraph_id: int):
    """The paragraph; 403 where its older texts may name what has been marked as secret since."""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    if not request.user.may(Permission.REGISTER_CASES) and holds_secrets(paragraph):
        raise PermissionDenied(
            "Ärendet har en handling med sekretess, och äldre versioner kan nämna den. De visas för dem som för "
            "diariet."
        )
    return paragraph


def _row(paragraph, history_id: int):
    try:
        return actions.version_of(paragraph, history_id)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal


def _other(paragraph, row, against: int | None):
    if against == 0:
        return paragraph
    return _row(paragraph, against) if against else row_before(paragraph, row)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def version_restore(request, meeting_id: int, paragraph_id: int, history_id: int):
    """Let the text be as in that version; what stood is kept."""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    row = _row(paragraph, history_id)
    try:
        actions.restore_version(paragraph, history_id, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, request.path)
    when = long_instant(timezone.localtime(row.history_date))
    messages.success(request, f"Texten är nu som den var {when}. Det som stod innan finns kvar som en version.")
    return redirect("meetings:paragraph", meeting_id, paragraph_id)
