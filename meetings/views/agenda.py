"""The order of a meeting's paragraphs, and their numbers."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import tell_refusal
from enamnd.formats import paragraph_range
from enamnd.refusal import Refused
from meetings.actions.numbering import number_paragraphs, withdraw_numbers
from meetings.actions.paragraphs import move_paragraph
from meetings.models import Meeting


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def order(request, meeting_id):
    """Move one paragraph: `item` and `index` (from reorder.js), or `item` and `move` up or down (plain buttons)."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    keys = list(meeting.paragraphs.order_by("position").values_list("pk", flat=True))
    paragraph = get_object_or_404(meeting.paragraphs.select_related("meeting"), pk=_whole(request.POST.get("item")))
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        move_paragraph(paragraph, _index(request.POST, keys.index(paragraph.pk)), by=request.user)
    except Refused as refusal:
        if wants_json:
            return JsonResponse({"reason": str(refusal)}, status=409)
        tell_refusal(request, refusal)
    return HttpResponse(status=204) if wants_json else redirect("meetings:meeting", meeting.pk)


def _index(data, now: int) -> int:
    steps = {"up": -1, "down": 1}
    return now + steps[data["move"]] if data.get("move") in steps else max(0, _whole(data.get("index")))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def numbers(request, meeting_id):
    """Give the paragraphs their numbers (ge paragrafnummer)."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    try:
        given = number_paragraphs(meeting, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        span = paragraph_range(given[0].number, given[-1].number)
        messages.success(request, f"Paragraferna har fått nummer: {span}. Ordningen ligger nu fast.")
    return redirect("meetings:meeting", meeting.pk)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def numbers_withdrawal(request, meeting_id):
    """Take the numbers back (ta tillbaka paragrafnummer)."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    try:
        withdraw_numbers(meeting, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, "Numren är tillbakatagna. Du kan ändra ordningen och ge nummer på nytt.")
    return redirect("meetings:meeting", meeting.pk)
