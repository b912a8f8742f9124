"""Pages of the register of delegated decisions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, query_without_page, tell_refusal
from enamnd.documents.forms import ReasonForm
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from meetings import rules
from meetings.actions import delegated as actions
from meetings.actions import telling
from meetings.decisions import delegation, delegation_rules
from meetings.forms.delegation import DecisionForm, FindDecisions
from meetings.forms.paragraphs import case_suggestions
from meetings.models import DelegatedDecision, Meeting

from .form_page import form_page


@requires(Permission.READ_MEETINGS)
def delegated_list(request):
    """The register, the latest first."""
    form = FindDecisions(request.GET, years=delegation.years())
    asked = form.cleaned_data if form.is_valid() else {}
    found = delegation.register_of(asked.get("ar"), asked.get("q", ""), asked.get("lage", ""))
    unreported = DelegatedDecision.objects.filter(delegation.UNREPORTED)
    context = {
        "form": form,
        "page": page_of(request, found),
        "query": query_without_page(request),
        "is_narrowed": any(asked.values()),
        "unreported": unreported.count(),
        "urgent": unreported.filter(is_urgent=True).count(),
        "may_register": is_allowed(delegation_rules.check_can_register, request.user),
    }
    return render(request, "meetings/delegated_list.html", context)


@requires(Permission.READ_MEETINGS)
def delegated_new(request):
    """Register a decision."""
    _check_may_register(request.user)

    def act(data):
        made = actions.register_decision(**data, by=request.user)
        messages.success(request, f"Beslutet har fått numret {made.number}. Det anmäls vid nästa sammanträde.")
        return reverse("meetings:delegated", args=[made.pk])

    form = DecisionForm(request.POST or None, initial={"decided_by": request.user.person_id})
    return form_page(
        request,
        form,
        act,
        template="meetings/delegated_form.html",
        title="Registrera delegationsbeslut",
        button="Registrera",
        back=reverse("meetings:delegated_list"),
        cases=case_suggestions(),
    )


@requires(Permission.READ_MEETINGS)
def delegated(request, decision_id):
    """One decision: what, by whom, on which point, and what is worth a warning."""
    decision = _find(decision_id)
    context = {
        "decision": decision,
        "warnings": delegation.warnings_of(decision),
        "may_change": _may_change(decision, request.user),
        "may_void": _may_change(decision, request.user) and is_allowed(rules.check_can_write, request.user),
        "may_take_out": decision.reported_in_id and is_allowed(rules.check_can_write, request.user),
        "steps": trail_of(decision),
    }
    return render(request, "meetings/delegated.html", context)


@requires(Permission.READ_MEETINGS)
def delegated_change(request, decision_id):
    """Correct a decision until it has been reported."""
    decision = _find(decision_id)
    _check_may_register(request.user, decision.decided_by)
    address = reverse("meetings:delegated", args=[decision.pk])

    def act(data):
        actions.change_decision(decision, **data, by=request.user)
        return address

    form = DecisionForm.for_change(decision, request.POST or None)
    return form_page(
        request,
        form,
        act,
        template="meetings/delegated_form.html",
        title=f"Ändra {decision.number}",
        button="Spara",
        back=address,
        cases=case_suggestions(),
    )


@requires(Permission.WRITE_PROTOCOL)
def delegated_voiding(request, decision_id):
    """Void a decision that was registered by mistake."""
    decision = _find(decision_id)
    address = reverse("meetings:delegated", args=[decision.pk])

    def act(data):
        actions.void_decision(decision, **data, by=request.user)
        return address

    return form_page(
        request,
        ReasonForm(request.POST or None),
        act,
        title=f"Makulera {decision.number}",
        lead=f"{decision.subject}. Numret står kvar i registret med skälet och används inte igen.",
        button="Makulera",
        back=address,
        here="delegation",
    )


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def delegated_taking_out(request, decision_id):
    """Take the decision out of the paragraph where it was reported."""
    decision = _find(decision_id)
    try:
        actions_done = telling.take_out_decision(decision, by=request.user)
        messages.success(request, f"{actions_done.number} är inte längre anmält. Det väntar på nästa sammanträde.")
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:delegated", decision.pk)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def delegated_reporting(request, meeting_id):
    """Put what has not been reported in the meeting's standing paragraph."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    try:
        paragraph = telling.report_decisions(meeting, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("meetings:meeting", meeting.pk)
    messages.success(request, "Delegationsbesluten står nu i paragrafen, med ett förslag till beslut.")
    return redirect(paragraph)


def _find(decision_id: int) -> DelegatedDecision:
    found = DelegatedDecision.objects.select_related(
        "body", "decided_by", "point__order", "case", "document", "reported_in__meeting", "registered_by"
    )
    return get_object_or_404(found, pk=decision_id)


def _may_change(decision: DelegatedDecision, user) -> bool:
    checks = (
        is_allowed(delegation_rules.check_can_register, user, decision.decided_by),
        is_allowed(delegation_rules.check_unreported, decision),
        is_allowed(delegation_rules.check_not_voided, decision),
    )
    return all(checks)


def _check_may_register(user, person=None):
    """Whoever is a delegate may open the page: which decisions he or she may write is asked by the verb."""
    try:
        delegation_rules.check_can_register(user, person)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
