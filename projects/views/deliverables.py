"""What must be ready before a phase is left: asked for, dated, approved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import refusal_of, tell_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from projects import rules
from projects.actions import deliverables as actions
from projects.forms.activities import ApprovalForm, DeliverableForm, DueForm
from projects.models import Activity, Deliverable

FORM = "projects/form.html"


@requires(Permission.KEEP_PROJECTS)
def deliverable_new(request, activity_id):
    """Ask for something more in the phase of now."""
    found = get_object_or_404(Activity, pk=activity_id)

    def act(data):
        actions.add_deliverable(found, **data, by=request.user)
        return _place(found)

    more = {"title": "Ny leverans", "button": "Lägg till", "activity": found, "back": _place(found)}
    lead = "Utöver det som fasen kräver av alla. Den ska vara godkänd innan aktiviteten går vidare."
    return form_page(request, DeliverableForm(request.POST or None), act, template=FORM, lead=lead, **more)


@requires(Permission.KEEP_PROJECTS)
def deliverable(request, activity_id, deliverable_id):
    """Say when it is to be ready, or take it away."""
    found = _find(activity_id, deliverable_id)
    activity = found.step.activity

    def act(data):
        actions.date_deliverable(found, **data, by=request.user)
        return _place(activity)

    more = {"title": found.text, "button": "Spara", "activity": activity, "back": _place(activity)}
    if refusal_of(rules.check_can_remove, found) is None:
        more["removal"] = reverse("projects:deliverable_removal", args=[activity_id, deliverable_id])
    form = DueForm(request.POST or None, initial={"due_on": found.due_on})
    lead = f"Leverans i fasen {found.step.phase.name.lower()}."
    return form_page(request, form, act, template=FORM, lead=lead, **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def deliverable_removal(request, activity_id, deliverable_id):
    found = _find(activity_id, deliverable_id)
    try:
        actions.remove_deliverable(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, "Leveransen är borttagen.")
    return redirect(_place(found.step.activity))


@requires(Permission.READ_PROJECTS)
def approval(request, activity_id, deliverable_id):
    """Keep that a deliverable is approved. For those who keep the projects, and the steering group."""
    found = _find(activity_id, deliverable_id)
    back = found.step.activity.get_absolute_url()
    try:
        rules.check_can_approve(found, request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal

    def act(data):
        actions.approve_deliverable(found, **data, by=request.user)
        return back

    more = {"title": found.text, "button": "Godkänn", "activity": found.step.activity, "back": back}
    lead = f"Godkänns av {found.step.phase.get_approver_display().lower()}, i fasen {found.step.phase.name.lower()}."
    return form_page(request, ApprovalForm(request.POST or None), act, template=FORM, lead=lead, **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def approval_withdrawal(request, activity_id, deliverable_id):
    found = get_object_or_404(Deliverable, pk=deliverable_id, step__activity=activity_id)
    actions.withdraw_approval(found, by=request.user)
    return redirect("projects:activity", activity_id)


def _find(activity_id: int, deliverable_id: int) -> Deliverable:
    rows = Deliverable.objects.select_related("step__activity", "step__phase")
    return get_object_or_404(rows, pk=deliverable_id, step__activity=activity_id)


def _place(activity: Activity) -> str:
    return f"{activity.get_absolute_url()}#deliverables-title"
