"""Pages of notices for those who are logged in: the secretary enters for all, a registrar for the own municipality."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, tell_refusal
from enamnd.formats import listed
from enamnd.journal.trail import trail_of
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.actions import notices as actions
from meetings.forms.notices import PostingForm, TakingDownForm
from meetings.models import Adjustment, Notice
from meetings.noticing import rules as notice_rules
from meetings.noticing.board_list import notices_for, row_of
from meetings.noticing.text import notice_text


def for_those_who_answer(view):
    """403 with the reason for those who neither write protocols nor answer for a municipality."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            notice_rules.check_can_answer(request.user)
        except Refused as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        return view(request, *args, **kwargs)

    return guarded


@for_those_who_answer
def registrar(request):
    """”Anslag för din kommun”: what is to go up, what is up, what has come down."""
    municipalities = notice_rules.municipalities_of(request.user)
    today = timezone.localdate()
    page = page_of(request, notices_for(municipalities), 25)
    rows = [row_of(each, today) for each in page]
    context = {"municipalities": municipalities, "page": page, "rows": rows}
    return render(request, "meetings/notice_registrar.html", context)


@for_those_who_answer
def notice(request, notice_id):
    """One board's notice: its text, and the forms where it is told that it is up or down."""
    return _page(request, _notice(notice_id))


@require_POST
@for_those_who_answer
def notice_posting(request, notice_id):
    """Tell that a notice is up."""
    found, form = _notice(notice_id), PostingForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_posted(found, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
    return _answer(request, found, f"Antecknat: anslaget sitter uppe i {found.municipality}.", posting=form)


@require_POST
@for_those_who_answer
def notice_taking_down(request, notice_id):
    """Tell that a notice has come down."""
    found, form = _notice(notice_id), TakingDownForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_taken_down(found, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
    return _answer(request, found, f"Antecknat: anslaget är nedtaget i {found.municipality}.", taking_down=form)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def notice_requests(request, adjusted_id):
    """Ask all parties for the notice, where it has not been done."""
    adjustment = get_object_or_404(Adjustment.objects.defer("content"), pk=adjusted_id)
    try:
        notices = actions.open_notices(adjustment, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, f"Anslaget är begärt hos {len(notices)} parter och sitter på nämndens egen tavla.")
    return redirect("meetings:clocks", adjustment.meeting_id)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def notice_reminders(request, adjusted_id):
    """Write again to those who have not told."""
    adjustment = get_object_or_404(Adjustment.objects.defer("content"), pk=adjusted_id)
    try:
        reached, unreached = actions.remind_of_notices(adjustment, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        _tell_reminded(request, reached, unreached)
    return redirect("meetings:clocks", adjustment.meeting_id)


def _tell_reminded(request, reached: list[str], unreached: list[str]):
    if reached:
        messages.success(request, f"Påminnelse skickad till {listed(reached)}.")
    if unreached:
        messages.warning(request, f"{listed(unreached)} saknar e-postadress i registret. Hör av dig på annat sätt.")


def _notice(notice_id) -> Notice:
    rows = Notice.objects.select_related("municipality", "adjustment__meeting__body").defer("adjustment__content")
    return get_object_or_404(rows, pk=notice_id)


def _answer(request, found: Notice, saved: str, **bound):
    (form,) = bound.values()
    if form.errors:
        return _page(request, found, status=400, **bound)
    messages.success(request, saved)
    if request.user.may(Permission.WRITE_PROTOCOL):
        return redirect("meetings:clocks", found.adjustment.meeting_id)
    return redirect("meetings:registrar")


def _page(request, found: Notice, status: int = 200, **bound):
    row = row_of(found, timezone.localdate())
    who = "" if request.user.may(Permission.WRITE_PROTOCOL) else str(request.user)
    context = {
        "notice": found,
        "meeting": found.adjustment.meeting,
        "row": row,
        "text": notice_text(
            found.adjustment,
            current_board(),
            posted_on=found.posted_on or timezone.localdate(),
            down_from=row.down_from,
        ),
        "posting": bound.get("posting") or PostingForm.of(found, who),
        "taking_down": bound.get("taking_down") or TakingDownForm.of(found, who),
        "may_confirm": is_allowed(notice_rules.check_can_confirm, found, request.user),
        "steps": trail_of(found),
    }
    return render(request, "meetings/notice.html", context, status=status)
