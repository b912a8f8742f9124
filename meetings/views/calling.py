"""The page before a meeting: what is to be on the agenda, the call, and who has got it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, tell_refusal
from enamnd.documents.models import Case, Paper
from enamnd.formats import count
from enamnd.letters.about import delivery_of
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings import rules
from meetings.actions import wheel as agenda
from meetings.actions.calling import issue_call
from meetings.attending import register
from meetings.forms.planning import CallForm, RaisedForm
from meetings.models import Call, Meeting, StandingItem
from meetings.planning import call_printing, calling
from meetings.planning.wheel import Wheel

MOST_CASES = 25


@requires(Permission.READ_MEETINGS)
def call(request, meeting_id):
    """The call of a meeting: for readers what was issued, for the secretary all that leads to it."""
    meeting = found_meeting(meeting_id)
    return call_page(request, meeting)


def found_meeting(meeting_id: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body", "planned_day"), pk=meeting_id)


def call_page(request, meeting: Meeting, *, form: CallForm | None = None, raised: RaisedForm | None = None):
    board = current_board()
    calls = list(meeting.calls.select_related("paper", "archive", "issued_by"))
    context = {
        "meeting": meeting,
        "calls": calls[::-1],
        "items": calling.items_of(meeting),
        "due_on": calling.due_on(meeting, board),
        "rule": calling.rule_in_words(board),
        "today": timezone.localdate(),
        "is_cancelled": calling.is_cancelled(meeting),
        "may_read_papers": request.user.may(Permission.READ_CASES),
        "may_write": is_allowed(rules.check_can_write, request.user),
    }
    if context["may_write"]:
        context |= for_secretary(meeting, board, calls, form, raised, request.user)
    failed = any(each is not None and each.errors for each in (form, raised))
    return render(request, "meetings/call.html", context, status=400 if failed else 200)


def for_secretary(meeting, board, calls, form, raised, by) -> dict:
    """What only the one who calls needs: what is missing, what waits, who gets it, what came back."""
    recipients = calling.recipients_of(meeting, board)
    latest = calls[-1] if calls else None
    return {
        "missing": Wheel([meeting]).missing(meeting),
        "waiting_cases": waiting_cases(),
        "raised": raised or RaisedForm(people=seated(meeting)),
        "form": form or CallForm(),
        "recipients": recipients,
        "without_address": [each for each in recipients if not each.email],
        "changes": calling.changes_since(meeting, board, latest),
        "delivery": delivery_of(latest.recipients.all()) if latest else [],
        "obstacles": obstacles(meeting, by),
    }


def waiting_cases():
    """Open cases that no meeting has taken up (ärenden som väntar)."""
    return Case.objects.filter(closed_on=None, voided_because="", paragraphs=None)[:MOST_CASES]


def seated(meeting: Meeting) -> list[int]:
    return [each.mandate.person_id for each in register.sittings(meeting.body, meeting.held_on, meeting.last_day)]


def obstacles(meeting: Meeting, by) -> str:
    """Why the call cannot be issued now; nothing when it can."""
    try:
        calling.check_can_call(meeting, by)
    except Refused as refusal:
        return str(refusal)
    return ""


@require_GET
@requires(Permission.WRITE_PROTOCOL)
def call_preview(request, meeting_id):
    """The call as it would be issued now, with its papers."""
    meeting = found_meeting(meeting_id)
    paper = calling.compose_call(meeting, current_board(), request.GET.get("message", "")[:4000], is_draft=True)
    content = call_printing.print_call(paper).whole
    return file_answer(content, "application/pdf", f"kallelse-utkast-{meeting.held_on}.pdf", inline=True)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def call_issue(request, meeting_id):
    """Issue the call and send it."""
    meeting = found_meeting(meeting_id)
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            issued = issue_call(meeting, **form.cleaned_data, portal=portal_of(request), by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, sent_sentence(issued))
            return redirect("meetings:call", meeting.pk)
    return call_page(request, meeting, form=form)


def portal_of(request) -> str:
    return request.build_absolute_uri(reverse("home"))


def sent_sentence(issued: Call) -> str:
    addresses = list(issued.recipients.values_list("email", flat=True))
    missing = addresses.count("")
    sentence = f"Kallelsen är utfärdad och skickas nu till {count(len(addresses) - missing, 'mottagare', 'mottagare')}."
    if missing:
        sentence += f" {count(missing, 'person', 'personer')} saknar e-postadress och måste få den på annat sätt."
    return sentence


@require_GET
@requires(Permission.READ_CASES)
def call_pdf(request, meeting_id, call_id):
    """An issued call with its papers."""
    found = readable_call(request, meeting_id, call_id)
    return paper_answer(found.paper, f"kallelse-{found.meeting.held_on}.pdf", inline=True)


@require_GET
@requires(Permission.READ_CASES)
def call_archive(request, meeting_id, call_id):
    """The same as a ZIP, with each paper as it came."""
    found = readable_call(request, meeting_id, call_id)
    if found.archive is None:
        raise Http404("Kallelsen har ingen ZIP-fil.")
    return paper_answer(found.archive, f"kallelse-{found.meeting.held_on}.zip", inline=False)


def readable_call(request, meeting_id: int, call_id: int) -> Call:
    """The call; 403 when one of its papers has been marked as secret since, for those who may not read that."""
    found = get_object_or_404(Call.objects.select_related("meeting"), pk=call_id, meeting=meeting_id)
    try:
        calling.check_can_read_call(found, request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return found


def paper_answer(paper: Paper, name: str, *, inline: bool) -> HttpResponse:
    return file_answer(bytes(paper.file.content), paper.file.media_type, name, inline=inline)


def file_answer(content: bytes, media_type: str, name: str, *, inline: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# The agenda ----------------------------------------------------------------------------------------------------------


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def agenda_fill(request, meeting_id):
    """Put on the agenda what the wheel asks for: `item`, or all of it."""
    meeting = found_meeting(meeting_id)
    try:
        if key := request.POST.get("item"):
            agenda.take_up_item(meeting, get_object_or_404(StandingItem, pk=_whole(key)), by=request.user)
        else:
            agenda.fill_agenda(meeting, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:call", meeting.pk)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def agenda_case(request, meeting_id):
    """Put a case on the agenda."""
    meeting = found_meeting(meeting_id)
    case = get_object_or_404(Case, pk=_whole(request.POST.get("case", "")))
    try:
        agenda.take_up_case(meeting, case, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:call", meeting.pk)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def agenda_raised(request, meeting_id):
    """Put on the agenda what a member has raised."""
    meeting = found_meeting(meeting_id)
    form = RaisedForm(request.POST, people=seated(meeting))
    if form.is_valid():
        try:
            agenda.raise_item(meeting, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("meetings:call", meeting.pk)
    return call_page(request, meeting, raised=form)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
