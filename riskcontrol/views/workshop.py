"""The workshop: many people add risks and score them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, page_of, tell_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from riskcontrol import gross_list
from riskcontrol.actions import risks as actions
from riskcontrol.forms.risks import NewRiskForm, ScoreForm, WorkshopForm
from riskcontrol.models import ControlPlan

from .kit import FORM, of_plan, plan_of

A_PAGE = 40


@requires(Permission.READ_CONTROL)
def workshop(request, plan_year):
    """Add a risk, score all of them. Who may only read sees how it goes.

    A page that asks what is new since its mark (?sedan=) is answered with nothing when nothing is: workshop.js.
    """
    plan = plan_of(plan_year)
    if request.GET.get("sedan") == gross_list.mark_of(plan):
        return HttpResponse(status=204)
    return _page(request, plan, NewRiskForm(), None)


@require_POST
@requires(Permission.ASSESS_RISKS)
def workshop_risk(request, plan_year):
    """A risk that somebody says."""
    plan = plan_of(plan_year)
    form = NewRiskForm(request.POST)
    if form.is_valid():
        try:
            made = actions.add_risk(plan, **form.cleaned_data, by=request.user)
            messages.success(request, f"Risk {made.number} är tillagd. Bedöm den i listan.")
            return redirect(f"{reverse('riskcontrol:workshop', args=[plan.year])}#risk-{made.number}")
        except Refused as refusal:
            add_refusal(form, refusal)
    return _page(request, plan, form, None, status=422)


@require_POST
@requires(Permission.ASSESS_RISKS)
def workshop_scores(request, plan_year):
    """What one person scores the risks of a page."""
    plan = plan_of(plan_year)
    form = _score_form(request, plan, request.POST)
    if form.is_valid():
        try:
            changed = actions.score_risks(plan, form.scores(), by=request.user)
            messages.success(request, "Dina bedömningar är sparade." if changed else "Inget hade ändrats.")
            return redirect(f"{reverse('riskcontrol:workshop', args=[plan.year])}?sida={form.page.number}")
        except Refused as refusal:
            for line in refusal.lines:
                form.add_error(None, line)
    return _page(request, plan, NewRiskForm(), form, status=422)


def _score_form(request, plan: ControlPlan, data) -> ScoreForm:
    rows = gross_list.risks_of(plan).filter(merged_into=None).order_by("number")
    page = page_of(request, rows, A_PAGE)
    form = ScoreForm(data, gross_list.lines_of(page, request.user), plan.scale.scale if plan.scale_id else None)
    form.page = page
    return form


def _page(request, plan: ControlPlan, new: NewRiskForm, scores: ScoreForm | None, status: int = 200):
    mark = gross_list.mark_of(plan)  # before the rows are read: what comes between is told of once more, never missed
    scores = scores or _score_form(request, plan, None)
    open_now = actions.open_workshop(plan)
    may_take_part = request.user.may(Permission.ASSESS_RISKS) and open_now is not None
    context = of_plan(request, plan) | {
        "mark": mark,
        "workshop": open_now,
        "earlier": plan.workshops.exclude(closed_at=None).select_related("body"),
        "new": new,
        "scores": scores,
        "page": scores.page,
        "may_take_part": may_take_part,
        "left": sum(line.own is None for line in scores.lines),
    }
    return render(request, "riskcontrol/workshop.html", context, status=status)


@requires(Permission.KEEP_CONTROL)
def workshop_new(request, plan_year):
    """Open a workshop."""
    plan = plan_of(plan_year)
    back = reverse("riskcontrol:workshop", args=[plan.year])

    def act(data):
        actions.open_new_workshop(plan, **data, by=request.user)
        messages.success(request, "Verkstaden är öppen. De som ska vara med ser den under Att göra.")
        return back

    lead = "Ledamöter, ersättare och beredningsgrupp kan lägga till och bedöma risker tills du stänger den."
    more = {"title": "Öppna verkstad", "button": "Öppna", "lead": lead, "plan": plan, "back": back}
    return form_page(request, WorkshopForm(request.POST or None), act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def workshop_closing(request, plan_year):
    """Close the open workshop."""
    plan = plan_of(plan_year)
    try:
        actions.close_workshop(plan, by=request.user)
        messages.success(request, "Verkstaden är stängd. Sätt nu nämndens värden.")
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("riskcontrol:workshop", plan.year)
