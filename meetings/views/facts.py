"""The page of a meeting's facts and cover: a form for each part, each saved by itself."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed
from enamnd.newer import Newer
from enamnd.organisation.models import Office
from enamnd.refusal import Refused
from meetings import rules
from meetings.actions import cover
from meetings.actions import days as day_actions
from meetings.actions import meetings as actions
from meetings.actions.newer import mark_of
from meetings.attending.listed_roll import light_paragraphs, printed_order
from meetings.forms.meetings import AdjusterFormSet, ChairFormSet, DaysForm, FactsForm, ProofForm, people_of
from meetings.models import Meeting


@requires(Permission.WRITE_PROTOCOL)
def meeting_facts(request, meeting_id):
    """Show the page; save when and where the meeting is held, and what the cover says of the adjustment."""
    meeting = _meeting(meeting_id)
    if request.method != "POST":
        return _page(request, meeting)
    form = FactsForm(request.POST)
    if form.is_valid():
        try:
            actions.change_meeting(meeting, by=request.user, shown=form.shown, **form.changed_facts)
        except Newer as newer:
            form.tell_newer(newer)
        except Refused as refusal:
            add_refusal(form, refusal)
    return _answer(request, meeting, "Uppgifterna är sparade.", facts=form)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def chairs(request, meeting_id):
    """Save who chaired which paragraphs."""
    meeting = _meeting(meeting_id)
    formset = _chairs(meeting, request.POST)
    if formset.is_valid():
        chairings = [form.chairing for form in formset if form.named]
        try:
            cover.set_chairs(meeting, chairings, shown=request.POST.get("shown"), by=request.user)
        except Newer as newer:
            return _newer(request, meeting, newer, chairs=formset)
        except Refused as refusal:
            formset.non_form_errors().append(str(refusal))
    return _answer(request, meeting, "Ordförandena är sparade.", chairs=formset)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def adjusters(request, meeting_id):
    """Save who adjusts the protocol."""
    meeting = _meeting(meeting_id)
    formset = _adjusters(meeting, request.POST)
    if formset.is_valid():
        chosen = [form.chairing for form in formset if form.named]
        try:
            cover.set_adjusters(meeting, chosen, shown=request.POST.get("shown"), by=request.user)
        except Newer as newer:
            return _newer(request, meeting, newer, adjusters=formset)
        except Refused as refusal:
            formset.non_form_errors().append(str(refusal))
    return _answer(request, meeting, "Justerarna är sparade.", adjusters=formset)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def proof(request, meeting_id):
    """Save the proof of the notice."""
    meeting = _meeting(meeting_id)
    form = ProofForm(request.POST)
    if form.is_valid():
        try:
            cover.change_proof(meeting, form.changed_facts, shown=form.shown, by=request.user)
        except Newer as newer:
            form.tell_newer(newer)
        except Refused as refusal:
            add_refusal(form, refusal)
    return _answer(request, meeting, "Beviset om anslag är sparat.", proof=form)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def days(request, meeting_id):
    """Save with which paragraph each later day began."""
    meeting = _meeting(meeting_id)
    form = DaysForm(request.POST, meeting=meeting)
    if form.is_valid():
        try:
            day_actions.begin_days(meeting, form.beginnings, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
    return _answer(request, meeting, "Dagarna är sparade.", days=form)


def _meeting(meeting_id) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body", "proof"), pk=meeting_id)


def _answer(request, meeting: Meeting, saved: str, **bound):
    form = next(iter(bound.values()))
    errors = form.non_form_errors() or not form.is_valid() if hasattr(form, "forms") else form.errors
    if errors:
        return _page(request, meeting, status=400, **bound)
    messages.success(request, saved)
    return redirect("meetings:meeting_facts", meeting.pk)


def _newer(request, meeting: Meeting, newer: Newer, **bound):
    """Both lists: that which somebody else has saved, and the person's own in the fields, which may now be saved."""
    ((name, formset),) = bound.items()
    now = list(getattr(meeting, name).select_related("first", "last"))
    formset.newer = {"opening": newer.opening, "rows": now}
    formset.shown = mark_of(now)
    return _page(request, meeting, status=409, **bound)


def _page(request, meeting: Meeting, status: int = 200, **bound):
    context = {
        "meeting": meeting,
        "is_open": is_allowed(rules.check_can_change, meeting, request.user),
        "facts": bound.get("facts") or FactsForm.of(meeting),
        "chairs": bound.get("chairs") or _chairs(meeting),
        "adjusters": bound.get("adjusters") or _adjusters(meeting),
        "days": bound.get("days") or DaysForm(meeting=meeting),
        "proof": bound.get("proof") or ProofForm.of(meeting),
        "secretaries": _secretaries(meeting),
        "has_people": meeting.attendance.exclude(seat_kind="").exists(),
    }
    return render(request, "meetings/meeting_facts.html", context, status=status)


def _chairs(meeting: Meeting, data=None):
    rows = list(meeting.chairs.select_related("person"))
    shown = [{"who": row.name_with_party, "first": row.first_id, "last": row.last_id} for row in rows]
    initial = None if data else shown
    formset = ChairFormSet(data, initial=initial, prefix="chairs", form_kwargs=_choices(meeting, rows))
    formset.shown = data.get("shown", "") if data else mark_of(rows)
    return formset


def _adjusters(meeting: Meeting, data=None):
    rows = list(meeting.adjusters.select_related("person"))
    shown = [{"who": str(row), "first": row.first_id, "last": row.last_id} for row in rows]
    initial = None if data else shown
    formset = AdjusterFormSet(data, initial=initial, prefix="adjusters", form_kwargs=_choices(meeting, rows))
    formset.shown = data.get("shown", "") if data else mark_of(rows)
    return formset


def _choices(meeting: Meeting, rows) -> dict:
    entries = sorted(meeting.attendance.exclude(seat_kind="").select_related("person"), key=printed_order)
    return {"people": people_of(entries, rows), "paragraphs": light_paragraphs(meeting)}


def _secretaries(meeting: Meeting) -> list[str]:
    held = Office.objects.filter(body=meeting.body, role__in=(Office.Role.SECRETARY, Office.Role.COORDINATOR))
    return sorted(set(held.values_list("person__name", flat=True)))
