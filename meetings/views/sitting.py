"""The page of the meeting as it is held, and what concerns the whole of it: moments, roll call, who comes and goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, tell_refusal
from enamnd.formats import count
from enamnd.refusal import Refused
from meetings.actions import arrivals
from meetings.actions import attendance as attendance_actions
from meetings.actions import sitting as actions
from meetings.forms.sitting import MomentForm
from meetings.models import Attendance, Meeting, Moment, Paragraph
from meetings.models.attendance import PresenceKind
from meetings.sitting.page import SittingPage, address_of, full_paragraphs
from meetings.sitting.table import SUBSTITUTE


@require_GET
@requires(Permission.READ_MEETINGS)
def sitting(request, meeting_id):
    """The page: the paragraph that the address asks for (?par=), else the first that is not closed."""
    return show(request, meeting_of(meeting_id), asked_for(request, meeting_id))


def show(request: HttpRequest, meeting: Meeting, paragraph: Paragraph | None, **bound) -> HttpResponse:
    """The page; with forms that were refused, what was written in them and status 422."""
    page = SittingPage(meeting, paragraph, request.user, bound)
    context = {"meeting": meeting, "page": page, "paragraph": page.paragraph}
    return render(request, "meetings/sitting.html", context, status=422 if bound else 200)


def meeting_of(meeting_id) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)


def asked_for(request, meeting_id) -> Paragraph | None:
    pk = request.GET.get("par") or request.POST.get("par") or ""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return get_object_or_404(Paragraph.objects.select_related("meeting__body", "case"), pk=pk, meeting=meeting_id)


def paragraph_of(meeting_id, paragraph_id) -> Paragraph:
    return get_object_or_404(full_paragraphs(meeting_of(meeting_id)), pk=paragraph_id)


def back_to(request, meeting_id, part: str = "") -> HttpResponse:
    """The page again, with the paragraph that the form was sent from."""
    paragraph = asked_for(request, meeting_id)
    return redirect(address_of(paragraph, part)) if paragraph else redirect("meetings:sitting", meeting_id)


def tell_warnings(request, warnings):
    for sentence in warnings:
        messages.warning(request, sentence)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def moments(request, meeting_id):
    """Say when the meeting was opened, adjourned, resumed or closed."""
    meeting = meeting_of(meeting_id)
    form = MomentForm(request.POST, auto_id="id_moment_%s")
    if form.is_valid():
        try:
            data = form.cleaned_data
            actions.tell_moment(meeting, data["kind"], data["at"], on=data["on"], until=data["until"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return back_to(request, meeting_id)
    return show(request, meeting, asked_for(request, meeting_id), moment=form)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def moment_removal(request, meeting_id, moment_id):
    """Take back the latest moment."""
    moment = get_object_or_404(Moment, pk=moment_id, meeting=meeting_id)
    try:
        actions.take_back_moment(moment, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return back_to(request, meeting_id)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def roll_call(request, meeting_id):
    """Let everybody unmarked be there: members serve; and, asked for, substitutes who are not marked are away."""
    meeting = meeting_of(meeting_id)
    try:
        if request.POST.get("who") == "substitutes":
            kind, presence = SUBSTITUTE, PresenceKind.ABSENT
        else:
            kind, presence = attendance_actions.MEMBER, PresenceKind.SERVING
        marked = attendance_actions.mark_everybody(meeting, kind, presence, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        word = "är frånvarande" if presence == PresenceKind.ABSENT else "tjänstgör"
        messages.success(request, f"{count(marked, 'person', 'personer')} markerades: {word}.")
    return back_to(request, meeting_id, "upprop")


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def presence(request, meeting_id, paragraph_id, row_id):
    """Say what somebody is from this paragraph on: serving (for whom), present, or away."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    row = get_object_or_404(paragraph.meeting.attendance.all(), pk=row_id)
    value, _, member = request.POST.get("presence", "").partition(":")
    try:
        replaces = _member(paragraph.meeting, member)
        tell_warnings(request, arrivals.change_from(row, paragraph, value, replaces=replaces, by=request.user))
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(address_of(paragraph, f"row-{row.pk}"))


def _member(meeting: Meeting, pk: str) -> Attendance | None:
    return get_object_or_404(meeting.attendance.all(), pk=pk) if pk.isdecimal() and len(pk) < 18 else None


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def remote(request, meeting_id, paragraph_id, row_id):
    """Turn taking part at a distance on or off (KL 6 kap. 24 §)."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    row = get_object_or_404(paragraph.meeting.attendance.all(), pk=row_id)
    try:
        attendance_actions.set_remote(row, not row.is_remote, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(address_of(paragraph, f"row-{row.pk}"))
