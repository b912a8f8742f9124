"""The secretary's page of the adjustment: the check, the freeze, who has signed, and the way back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, tell_refusal
from enamnd.formats import count
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.actions import adjusting as actions
from meetings.adjusting import rules
from meetings.adjusting.freezing import paragraphs_to_freeze, signers_of
from meetings.adjusting.overview import adjustments_of, by_place
from meetings.checks import check_protocol, errors_in, warnings_in
from meetings.forms.adjusting import FreezeForm, UnlockForm
from meetings.models import Adjustment, Meeting, Paragraph, Signatory


@require_GET
@requires(Permission.READ_MEETINGS)
def adjusting(request, meeting_id):
    """What is to be mended before the protocol is frozen, or how far the signing has come."""
    return overview(request, _meeting(meeting_id))


def overview(request, meeting: Meeting, *, status: int = 200, form: FreezeForm | None = None, **bound):
    adjustments = adjustments_of(meeting)
    left = paragraphs_to_freeze(meeting)
    is_open = bool(left) and not any(each.is_standing and not each.is_immediate for each in adjustments)
    may_write = is_allowed(rules.check_can_adjust, request.user)
    context = {
        "meeting": meeting,
        "adjustments": [each for each in adjustments if each.is_standing],
        "unlocked": [each for each in adjustments if not each.is_standing],
        "is_open": is_open,
        "may_write": may_write,
        "form": form,
        "confirmed": form.data.getlist("confirm") if form else (),
        "unlock_form": bound.get("unlock_form") or UnlockForm(),
        "unlocking": bound.get("unlocking"),
    }
    if is_open and may_write:
        context |= _check(meeting, left)
    return render(request, "meetings/adjusting.html", context, status=status)


def _check(meeting: Meeting, left: list[Paragraph]) -> dict:
    remarks = check_protocol(meeting, left)
    return {
        "places": by_place(remarks, left),
        "errors": errors_in(remarks),
        "warnings": warnings_in(remarks),
        "left": left,
        "signers": signers_of(meeting, left),
        "allows_immediate": current_board().rule("allows_immediate_adjustment") and len(left) > 0,
    }


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def freezing(request, meeting_id):
    """Freeze the protocol, or some of its paragraphs at once."""
    meeting = _meeting(meeting_id)
    is_immediate = "is_immediate" in request.POST
    chosen = meeting.paragraphs.filter(pk__in=[pk for pk in request.POST.getlist("paragraphs") if pk.isdigit()])
    remarks = check_protocol(meeting, chosen if is_immediate else None, is_immediate=is_immediate)
    form = FreezeForm(request.POST, paragraphs=meeting.paragraphs.all(), warnings=warnings_in(remarks))
    if form.is_valid():
        try:
            made = _freeze(meeting, form, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _frozen(made))
            return redirect("meetings:adjusting", meeting.pk)
    return overview(request, meeting, form=form, status=422)


def _freeze(meeting: Meeting, form: FreezeForm, *, by) -> Adjustment:
    if not form.cleaned_data["is_immediate"]:
        return actions.freeze(meeting, confirmed=form.confirmed, by=by)
    chosen = list(form.cleaned_data["paragraphs"])
    return actions.freeze(meeting, chosen, is_immediate=True, confirmed=form.confirmed, by=by)


def _frozen(adjustment: Adjustment) -> str:
    signers = adjustment.signatories.all()
    return (
        f"Protokollet är låst. {count(len(signers), 'person skriver', 'personer skriver')} under i tur och ordning; "
        f"{signers[0].name} har fått ett brev."
    )


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def unlocking(request, adjustment_id):
    """Withdraw the freeze."""
    adjustment = get_object_or_404(Adjustment.objects.select_related("meeting__body"), pk=adjustment_id)
    form = UnlockForm(request.POST)
    if form.is_valid():
        try:
            actions.unlock(adjustment, form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Protokollet är upplåst. Rätta det som ska rättas och lås det igen.")
            return redirect("meetings:adjusting", adjustment.meeting_id)
    return overview(request, adjustment.meeting, unlock_form=form, unlocking=adjustment.pk, status=422)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def asking(request, signatory_id):
    """Remind whoever is next, or ask again somebody who has declined."""
    signatory = get_object_or_404(Signatory.objects.select_related("adjustment"), pk=signatory_id)
    try:
        actions.ask_again(signatory, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, f"{signatory.name} har fått ett brev till.")
    return redirect("meetings:adjusting", signatory.adjustment.meeting_id)


def _meeting(meeting_id: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body", "secretary"), pk=meeting_id)
