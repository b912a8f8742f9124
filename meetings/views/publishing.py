"""The page where the secretary looks through a protocol before everybody may read it, and takes it away again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, tell_refusal
from enamnd.refusal import Refused
from meetings.actions import publishing as actions
from meetings.adjusting.frozen import frozen_paper
from meetings.forms.publishing import WithdrawalForm, mask_formset
from meetings.models import Adjustment, Publication
from meetings.noticing import rules as notice_rules
from meetings.paper import printing
from meetings.publishing import masking
from meetings.publishing import reading as public_reading
from meetings.publishing.paper import from_rows, proposed_masks


@requires(Permission.WRITE_PROTOCOL)
def publication(request, adjusted_id):
    """What looks like it should be masked, with reason and rule; a look at the result; publishing."""
    adjustment = _adjustment(adjusted_id)
    try:
        notice_rules.check_is_adjusted(adjustment)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("meetings:clocks", adjustment.meeting_id)
    frozen, current = frozen_paper(adjustment), _current(adjustment)
    proposed = proposed_masks(adjustment, frozen)
    published = from_rows(current.masks) if current else None
    formset = mask_formset(frozen, proposed, published, request.POST or None)
    sheets = None
    if request.method == "POST" and formset.is_valid():
        masks = [form.mask for form in formset if form.mask]
        try:
            if "preview" not in request.POST:
                return _published(request, adjustment, masks)
            sheets = printing.protocol_sheets(actions.checked_rendition(frozen, masks))
        except Refused as refusal:
            formset.non_form_errors().append(str(refusal))
    context = {
        "meeting": adjustment.meeting,
        "adjustment": adjustment,
        "formset": formset,
        "rows": _rows(frozen, formset),
        "proposed": len(proposed),
        "current": current,
        "is_held_back": bool(current and current.pk in public_reading.held_back()),
        "earlier": adjustment.publications.exclude(withdrawn_at=None).defer("content", "search_text"),
        "withdrawal": WithdrawalForm(),
        "sheets": sheets,
    }
    return render(request, "meetings/publication.html", context, status=400 if _is_wrong(formset) else 200)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def publication_withdrawal(request, adjusted_id):
    """Take the public version away."""
    adjustment = _adjustment(adjusted_id)
    current = get_object_or_404(adjustment.publications.filter(withdrawn_at=None))
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw_publication(current, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
    if form.errors:
        messages.error(request, "Skriv varför protokollet avpubliceras.")
        return redirect("meetings:publication", adjustment.pk)
    messages.success(request, "Protokollet är avpublicerat. Bara den som är inloggad kan läsa det nu.")
    return redirect("meetings:clocks", adjustment.meeting_id)


def _adjustment(adjusted_id) -> Adjustment:
    return get_object_or_404(Adjustment.objects.select_related("meeting__body"), pk=adjusted_id)


def _current(adjustment: Adjustment) -> Publication | None:
    return adjustment.publications.filter(withdrawn_at=None).defer("content", "search_text").first()


def _published(request, adjustment: Adjustment, masks):
    actions.publish(adjustment, masks, by=request.user)
    messages.success(request, "Protokollet är publicerat. Alla kan läsa den offentliga versionen.")
    return redirect("meetings:clocks", adjustment.meeting_id)


def _rows(frozen, formset) -> list[dict]:
    """Each form with the words around what it masks."""
    return [
        {
            "form": form,
            "context": masking.context_of(frozen, _as_mask(form.initial)) if form.initial.get("text") else None,
        }
        for form in formset
    ]


def _as_mask(initial: dict) -> masking.Mask:
    place = initial["paragraph"]
    return masking.Mask("" if place == "front" else place, initial["text"], "", "")


def _is_wrong(formset) -> bool:
    return formset.is_bound and (not formset.is_valid() or bool(formset.non_form_errors()))
