"""Pages of what is to be done because of the decisions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, query_without_page, tell_refusal
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from meetings.actions import follow_ups as actions
from meetings.actions import telling
from meetings.decisions import follow_up_rules, follow_ups
from meetings.forms.follow_ups import DoneForm, FindFollowUps, FollowUpForm
from meetings.models import FollowUp, Meeting, Paragraph

from .form_page import form_page


@requires(Permission.READ_MEETINGS)
def follow_up_list(request):
    """What is open, those due first; what is done on request."""
    form = FindFollowUps(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    state = {"": "open", "done": "done", "all": ""}[asked.get("lage", "")]
    page = page_of(request, follow_ups.find(state, asked.get("q", "")))
    today = timezone.localdate()
    context = {
        "form": form,
        "page": page,
        "lines": [follow_ups.line_of(each, today) for each in page],
        "query": query_without_page(request),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "meetings/follow_up_list.html", context)


@requires(Permission.READ_MEETINGS)
def follow_up(request, follow_up_id):
    """One follow-up, and the form where whoever is responsible says that it is done."""
    found = _find(follow_up_id)

    def act(data):
        actions.finish_follow_up(found, **data, by=request.user)
        messages.success(request, "Uppdraget är klart. Nämnden får veta det vid nästa sammanträde.")
        return _of(found)

    may_finish = is_allowed(follow_up_rules.check_can_finish, found, request.user)
    if request.method == "POST" and not may_finish:
        raise PermissionDenied("Uppdraget avslutas av den som är ansvarig, eller av nämndsekreteraren.")
    return form_page(
        request,
        DoneForm(request.POST or None),
        act,
        template="meetings/follow_up.html",
        line=follow_ups.line_of(found, timezone.localdate()),
        follow_up=found,
        may_finish=may_finish,
        may_change=is_allowed(follow_up_rules.check_can_give, request.user),
        steps=trail_of(found),
    )


@requires(Permission.WRITE_PROTOCOL)
def follow_up_new(request, meeting_id, paragraph_id):
    """A follow-up of the decision in one paragraph."""
    paragraph = get_object_or_404(Paragraph.objects.select_related("meeting"), pk=paragraph_id, meeting=meeting_id)

    def act(data):
        made = actions.add_follow_up(paragraph, **data, by=request.user)
        messages.success(request, f"Uppdraget följs upp. Ansvarig: {made.responsible}.")
        return reverse("meetings:follow_up_list")

    return form_page(
        request,
        FollowUpForm(request.POST or None),
        act,
        title="Nytt uppdrag",
        lead=f"Följer av {paragraph}, {paragraph.meeting.held_on}.",
        button="Lägg till",
        back=paragraph.get_absolute_url(),
        here="follow_up",
    )


@requires(Permission.WRITE_PROTOCOL)
def follow_up_change(request, follow_up_id):
    found = _find(follow_up_id)

    def act(data):
        return _of(actions.change_follow_up(found, **data, by=request.user))

    form = FollowUpForm.of(found, request.POST or None)
    return form_page(request, form, act, title="Ändra uppdrag", button="Spara", back=_of(found), here="follow_up")


@require_POST
@requires(Permission.READ_MEETINGS)
def follow_up_reopening(request, follow_up_id):
    """Say that it is not done after all."""
    found = _find(follow_up_id)
    try:
        actions.reopen_follow_up(found, by=request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return redirect(_of(found))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def follow_up_telling(request, meeting_id):
    """Put what is open in the meeting's standing paragraph."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    try:
        paragraph = telling.tell_follow_ups(meeting, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("meetings:meeting", meeting.pk)
    messages.success(request, "Uppdragen står nu i paragrafen, med ett förslag till beslut.")
    return redirect(paragraph)


def _of(follow_up: FollowUp) -> str:
    return reverse("meetings:follow_up", args=[follow_up.pk])


def _find(follow_up_id: int) -> FollowUp:
    found = FollowUp.objects.select_related("paragraph__meeting__body", "person", "told_in__meeting")
    return get_object_or_404(found, pk=follow_up_id)
