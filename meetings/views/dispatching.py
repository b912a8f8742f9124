"""Pages of sending decisions out: all of a meeting, one receiver, all that has not been sent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, tell_refusal
from enamnd.formats import count
from enamnd.journal.trail import trail_of
from enamnd.letters.sending import letters_about
from enamnd.refusal import Refused
from meetings import rules
from meetings.actions import dispatching as actions
from meetings.decisions import dispatch as reading
from meetings.forms.dispatching import ConfirmedForm, DispatchForm, RecipientForm, RevokedForm, SentForm
from meetings.models import Dispatch, Meeting
from meetings.paper.compose import is_draft

from .form_page import form_page


@requires(Permission.READ_MEETINGS)
def dispatches(request, meeting_id):
    """What is to go out after a meeting, and what has become of it."""
    meeting = get_object_or_404(Meeting.objects.select_related("body", "proof"), pk=meeting_id)
    groups = reading.of_meeting(meeting)
    context = {
        "meeting": meeting,
        "groups": groups,
        "unsent": sum(group.unsent for group in groups),
        "may_write": is_allowed(rules.check_can_write, request.user),
        "may_write_newsletters": request.user.may(Permission.WRITE_NEWSLETTERS),
        "is_adjusted": (is_adjusted := actions.meeting_adjustment(meeting) is not None),
        "is_adjusted_elsewhere": not is_adjusted and not is_draft(meeting),
    }
    return render(request, "meetings/dispatch_list.html", context)


@requires(Permission.READ_MEETINGS)
def dispatch_unsent(request):
    """What has not been sent, from all meetings, the latest first."""
    rows = reading.unsent().select_related("meeting__body", "paragraph").defer("paragraph__sections")
    page = page_of(request, rows.order_by("-meeting__held_on", "meeting_id", "id"))
    return render(request, "meetings/dispatch_unsent.html", {"page": page})


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def dispatch_opening(request, meeting_id):
    """Write down the receivers that stand in the paragraphs."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    try:
        made = actions.open_for_meeting(meeting, by=request.user)
        messages.success(request, f"{count(len(made), 'mottagare', 'mottagare')} upplagda.")
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:dispatches", meeting.pk)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def dispatch_sending(request, meeting_id):
    """Send to those that are ticked."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    keys = [int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < 18]
    try:
        sent = actions.send_by_letter(meeting.dispatches.filter(pk__in=keys), by=request.user)
        messages.success(
            request, f"{count(len(sent), 'brev', 'brev')} på väg. Breven och deras läge finns under Utskick."
        )
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:dispatches", meeting.pk)


@requires(Permission.WRITE_PROTOCOL)
def dispatch_new(request, meeting_id):
    """One more receiver."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    address = reverse("meetings:dispatches", args=[meeting.pk])

    def act(data):
        actions.add_dispatch(meeting, **data, by=request.user)
        return address

    return form_page(
        request,
        RecipientForm(request.POST or None, meeting=meeting),
        act,
        title="Ny mottagare",
        lead=str(meeting),
        button="Lägg till",
        back=address,
        here="dispatch",
        meeting=meeting,
    )


@requires(Permission.WRITE_PROTOCOL)
def dispatch(request, dispatch_id):
    """One receiver: the address, how it was sent, who confirmed, when it was carried out."""
    row = _find(dispatch_id)

    def act(data):
        actions.change_dispatch(row, **data, by=request.user)
        return _of(row)

    return form_page(
        request,
        DispatchForm.of(row, request.POST or None),
        act,
        template="meetings/dispatch.html",
        row=row,
        meeting=row.meeting,
        sent_form=SentForm(),
        confirmed_form=ConfirmedForm(),
        has_link=row.sent_on is not None and row.manner == actions.BY_LETTER,
        letters=letters_about(row),
        steps=trail_of(row),
    )


@requires(Permission.WRITE_PROTOCOL)
def dispatch_sent(request, dispatch_id):
    """Write down another way."""
    row = _find(dispatch_id)

    def act(data):
        actions.record_sent(row, **data, by=request.user)
        return _of(row)

    form = SentForm(request.POST or None)
    return form_page(
        request, form, act, title="Skickat på annat sätt", lead=str(row), button="Anteckna", back=_of(row),
        here="dispatch", meeting=row.meeting,
    )  # fmt: skip


@requires(Permission.WRITE_PROTOCOL)
def dispatch_confirmed(request, dispatch_id):
    """Write down that the receiver has it."""
    row = _find(dispatch_id)

    def act(data):
        actions.confirm(row, **data, by=request.user)
        return _of(row)

    form = ConfirmedForm(request.POST or None)
    return form_page(
        request, form, act, title="Bekräftat av mottagaren", lead=str(row), button="Anteckna", back=_of(row),
        here="dispatch", meeting=row.meeting,
    )  # fmt: skip


@requires(Permission.WRITE_PROTOCOL)
def dispatch_revocation(request, dispatch_id):
    """Let the letter's link lead to nothing more."""
    row = _find(dispatch_id)

    def act(data):
        actions.revoke_link(row, data["because"], by=request.user)
        messages.success(request, f"Länken till {row.recipient} är återkallad.")
        return _of(row)

    form = RevokedForm(request.POST or None)
    return form_page(
        request, form, act, title="Återkalla länken", button="Återkalla länken", back=_of(row), here="dispatch",
        lead=f"{row}. Länken i brevet slutar visa handlingen och säger att den är återkallad. Det går inte att ångra; "
        "den som ändå ska ha handlingen läggs till som ny mottagare.",
        meeting=row.meeting,
    )  # fmt: skip


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def dispatch_removal(request, dispatch_id):
    """Take away somebody who is not to have it."""
    row = _find(dispatch_id)
    try:
        actions.remove_dispatch(row, by=request.user)
        messages.success(request, f"{row.recipient} är borttagen.")
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:dispatches", row.meeting_id)


def _of(row: Dispatch) -> str:
    return reverse("meetings:dispatch", args=[row.pk])


def _find(dispatch_id: int) -> Dispatch:
    found = Dispatch.objects.select_related(
        "meeting__body", "paragraph", "municipality", "extract__paper", "adjustment", "sent_by", "link_revoked_by"
    )
    return get_object_or_404(found, pk=dispatch_id)
