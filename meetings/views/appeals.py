"""Pages of appeals: register one, handle it, end it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.journal.trail import trail_of
from meetings.actions import appeals as actions
from meetings.forms.appeals import AppealForm, EndForm, HandlingForm, MistakeForm
from meetings.models import Appeal, Meeting
from meetings.noticing import appeals as reading

from .form_page import form_page


@requires(Permission.WRITE_PROTOCOL)
def appeal_new(request, meeting_id):
    """Register that a decision of the meeting has been appealed."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)

    def act(data):
        made = actions.register_appeal(**data, by=request.user)
        messages.success(request, f"Överklagandet av {made.paragraph.label} är registrerat.")
        return _address(made)

    return form_page(
        request,
        AppealForm(request.POST or None, meeting=meeting),
        act,
        title="Registrera överklagande",
        lead=str(meeting),
        button="Registrera",
        back=reverse("meetings:clocks", args=[meeting.pk]),
        here="clocks",
        meeting=meeting,
    )


@requires(Permission.WRITE_PROTOCOL)
def appeal(request, appeal_id):
    """One appeal: what the host holds of it, when the court got it."""
    row = _find(appeal_id)

    def act(data):
        actions.handle_appeal(row, **data, by=request.user)
        return _address(row)

    return _page(request, row, HandlingForm.of(row, request.POST or None), act, "form")


@requires(Permission.WRITE_PROTOCOL)
def appeal_end(request, appeal_id):
    """How the court decided."""
    row = _find(appeal_id)

    def act(data):
        actions.end_appeal(row, **data, by=request.user)
        return _address(row)

    return _page(request, row, EndForm.of(row, request.POST or None), act, "end_form")


@requires(Permission.WRITE_PROTOCOL)
def appeal_removal(request, appeal_id):
    """Take away what was registered by mistake."""
    row = _find(appeal_id)
    address = reverse("meetings:clocks", args=[row.paragraph.meeting_id])

    def act(data):
        actions.remove_appeal(row, data["reason"], by=request.user)
        messages.success(request, "Registreringen är borttagen. Den finns kvar i historiken.")
        return address

    return form_page(
        request, MistakeForm(request.POST or None), act, title="Ta bort registreringen", lead=str(row),
        button="Ta bort registreringen", back=_address(row), here="clocks", meeting=row.paragraph.meeting,
    )  # fmt: skip


def _page(request, row: Appeal, form, act, name: str):
    """Both forms on one page: the one that was sent, and the other as the row stands."""
    is_in_time, counted = reading.timeliness(row)
    step, _ = reading.next_step(row)
    return form_page(
        request,
        form,
        act,
        template="meetings/appeal.html",
        appeal=row,
        meeting=row.paragraph.meeting,
        handling_form=form if name == "form" else HandlingForm.of(row),
        end_form=form if name == "end_form" else EndForm.of(row),
        is_in_time=is_in_time,
        counted=counted,
        step=step,
        steps=trail_of(row),
        here="clocks",
    )


def _address(row: Appeal) -> str:
    return reverse("meetings:appeal", args=[row.pk])


def _find(appeal_id: int) -> Appeal:
    rows = Appeal.objects.select_related("paragraph__meeting__body", "received_by", "registered_by", "assessed_by")
    return get_object_or_404(rows, pk=appeal_id)
