"""The goals of a year: begun, written, linked, and what is done so that they are reached."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from meetings.decisions import councils
from riskcontrol.actions import goals as actions
from riskcontrol.actions.goal_import import load_goals
from riskcontrol.forms.goals import (
    BeginGoalsForm,
    DirectionForm,
    EffectForm,
    GoalFileForm,
    GoalForm,
    GoalMeasureForm,
    effects_of,
)
from riskcontrol.goals import money, outlooks, rules
from riskcontrol.goals.measuring import Gauge, for_gauge, readings_of
from riskcontrol.models import EffectGoal, Goal, GoalMeasure, GoalPlan

from .kit import shown_page

FORM, GROUPED = "riskcontrol/goals/form.html", "riskcontrol/goals/grouped_form.html"


@requires(Permission.READ_CONTROL)
def goal_home(request):
    """The goals of this year, else of the latest."""
    today = timezone.localdate()
    plans = GoalPlan.objects.order_by("-year")
    found = plans.filter(year__lte=today.year).first() or plans.last()
    if found is None:
        may_keep = is_allowed(rules.check_can_keep, request.user)
        return render(request, "riskcontrol/goals/none.html", {"may_keep": may_keep})
    return goal_year(request, found.year)


@requires(Permission.READ_CONTROL)
def goal_year(request, goal_year):
    """A year: direction, effects, goals with their forecast, indicators with what they read."""
    plan = get_object_or_404(GoalPlan.objects.select_related("previous"), year=goal_year)
    period = outlooks.latest_period(plan, timezone.localdate())
    goals, indicators = outlooks.latest_lines(plan)
    readings = readings_of(plan, timezone.localdate())
    budget = money.budget_of(plan.year)
    of_goals = money.money_of_goals([each.subject.pk for each in goals], budget)
    moneys = [each for found in of_goals.values() for each in found]
    context = of_year(request, plan) | {
        "period": period,
        "goals": [(each, of_goals.get(each.subject.pk, ())) for each in goals],
        "indicators": [(each, readings[each.subject.pk]) for each in indicators],
        "effects": effects_of(plan.year),
        "without_risks": outlooks.without_risks(plan),
        "budget": budget,
        "money_total": money.total(moneys),
        "money_too_much": money.too_much(moneys),
        "periods": plan.periods.select_related("paragraph__meeting", "paragraph__body").order_by("first_on"),
        "steps": trail_of(plan, limit=10),
    }
    return render(request, "riskcontrol/goals/year.html", context)


def of_year(request, plan: GoalPlan) -> dict:
    """The context of a page about a year's goals."""
    return {
        "goal_plan": plan,
        "years": list(GoalPlan.objects.values_list("year", flat=True)),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }


@requires(Permission.KEEP_CONTROL)
def goals_new(request):
    """Begin a year's goals."""
    latest = GoalPlan.objects.first()

    def act(data):
        made = actions.begin_goals(**data, by=request.user)
        messages.success(request, f"Mål för {made.year} är påbörjade.")
        return made.get_absolute_url()

    initial = {"year": latest.year + 1 if latest else timezone.localdate().year, "previous": latest}
    lead = "Mål och indikatorer följer med från året du börjar från. Risker kopplas på nytt, till det nya årets."
    more = {"title": "Nya mål", "button": "Börja", "back": reverse("riskcontrol:goal_home")}
    form = BeginGoalsForm(request.POST or None, initial=initial)
    return form_page(request, form, act, template=FORM, lead=lead if latest else "", **more)


@requires(Permission.KEEP_CONTROL)
def goals_import(request):
    """Goals from a file."""
    form = GoalFileForm(request.POST or None, request.FILES or None)
    problems = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = load_goals(form.cleaned_data["file"].read(), by=request.user)
            messages.success(request, f"Mål för {made.year} är inlästa.")
            return redirect(made)
        except Refused as refusal:
            problems = refusal.lines if len(refusal.lines) > 1 else ()
            add_refusal(form, refusal)
    context = {"form": form, "problems": problems}
    return render(request, "riskcontrol/goals/import.html", context, status=422 if form.errors else 200)


def _plan(year: int) -> GoalPlan:
    return get_object_or_404(GoalPlan, year=year)


@requires(Permission.KEEP_CONTROL)
def goals_direction(request, goal_year):
    """Strategic direction and introductions."""
    plan = _plan(goal_year)

    def act(facts, shown):
        return actions.change_goals(plan, **facts, shown=shown, by=request.user).get_absolute_url()

    more = {"title": "Riktning och inledning", "button": "Spara", "goal_plan": plan, "back": plan.get_absolute_url()}
    return shown_page(request, DirectionForm(request.POST or None, instance=plan), act, template=FORM, **more)


@requires(Permission.KEEP_CONTROL)
def effect_new(request, goal_year):
    """A new effect goal, from this year on."""
    plan = _plan(goal_year)
    back = plan.get_absolute_url()

    def act(data):
        actions.add_effect(**data, by=request.user)
        return back

    initial = {"first_year": plan.year, "position": effects_of(plan.year).count() + 1}
    form = EffectForm(request.POST or None, initial=initial)
    more = {"title": "Nytt effektmål", "button": "Lägg till", "goal_plan": plan, "back": back}
    return form_page(request, form, act, template=FORM, **more)


@requires(Permission.KEEP_CONTROL)
def effect(request, goal_year, effect_goal_id):
    """Change an effect goal, or let it end."""
    plan, found = _plan(goal_year), get_object_or_404(EffectGoal, pk=effect_goal_id)
    back = plan.get_absolute_url()

    def act(facts, shown):
        actions.change_effect(EffectGoal(pk=effect_goal_id), **facts, shown=shown, by=request.user)
        return back

    more = {"title": "Effektmål", "button": "Spara", "goal_plan": plan, "back": back}
    return shown_page(request, EffectForm(request.POST or None, instance=found), act, template=FORM, **more)


def _goal(goal_id: int) -> Goal:
    return get_object_or_404(Goal.objects.select_related("plan", "matter", "follows__plan"), pk=goal_id)


@requires(Permission.READ_CONTROL)
def goal(request, goal_id):
    """A goal: what it is linked to, what it reads, what was said of it, what is done."""
    found = _goal(goal_id)
    indicators = list(for_gauge(found.indicators.order_by("number")))
    readings = Gauge(indicators, found.plan.year, timezone.localdate()).readings()
    told = found.outlooks.select_related("period__plan", "by").order_by("-period__last_on")
    period = outlooks.latest_period(found.plan, timezone.localdate())
    budget = money.budget_of(found.plan.year)
    moneys = money.money_of_goals([found.pk], budget).get(found.pk, [])
    context = of_year(request, found.plan) | {
        "goal": found,
        "effects": found.effects.all(),
        "activities": found.activities.all(),
        "risks": found.risks.select_related("plan"),
        "budget": budget,
        "moneys": moneys,
        "money_too_much": money.too_much(moneys),
        "indicators": [(each, readings[each.pk]) for each in indicators],
        "told": [(each, outlooks.Line(found, each).tone) for each in told],
        "period": period if period and not period.approved_on else None,
        "measures": found.measures.all(),
        "tally": _tally(found) if found.matter else None,
        "may_remove": is_allowed(rules.check_can_remove_goal, found),
        "today": timezone.localdate(),
        "steps": trail_of(found),
    }
    return render(request, "riskcontrol/goals/goal.html", context)


def _tally(found: Goal) -> councils.Tally:
    return councils.tally(councils.rows_of(found.matter, timezone.localdate()))


@requires(Permission.KEEP_CONTROL)
def goal_new(request, goal_year):
    """A new goal of the year."""
    plan = _plan(goal_year)

    def act(data):
        return actions.add_goal(plan, **data, by=request.user).get_absolute_url()

    more = {"title": "Nytt mål", "button": "Lägg till", "goal_plan": plan, "back": plan.get_absolute_url()}
    return form_page(request, GoalForm(request.POST or None, plan=plan), act, template=GROUPED, **more)


@requires(Permission.KEEP_CONTROL)
def goal_change(request, goal_id):
    """Change a goal and its links."""
    found = _goal(goal_id)
    back = found.get_absolute_url()

    def act(facts, shown):
        actions.change_goal(Goal(pk=goal_id), **facts, shown=shown, by=request.user)
        return back

    form = GoalForm(request.POST or None, instance=found, plan=found.plan)
    more = {"title": f"Mål {found.number}", "button": "Spara", "goal_plan": found.plan, "back": back}
    return shown_page(request, form, act, template=GROUPED, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def goal_removal(request, goal_id):
    found = _goal(goal_id)
    try:
        actions.remove_goal(found, by=request.user)
        messages.success(request, "Målet är borttaget.")
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("riskcontrol:goal", goal_id)
    return redirect(found.plan)


@requires(Permission.KEEP_CONTROL)
def goal_measure_new(request, goal_id):
    """Say what is to be done, by whom and by when."""
    found = _goal(goal_id)
    back = found.get_absolute_url()

    def act(data):
        actions.add_goal_measure(found, **data, by=request.user)
        return back

    more = {"title": "Ny åtgärd", "button": "Lägg till", "lead": found.text, "goal_plan": found.plan, "back": back}
    return form_page(request, GoalMeasureForm(request.POST or None), act, template=FORM, **more)


@requires(Permission.KEEP_CONTROL)
def goal_measure(request, goal_measure_id):
    """Change a measure, or keep that it is done."""
    found = get_object_or_404(GoalMeasure.objects.select_related("goal__plan"), pk=goal_measure_id)
    back = found.goal.get_absolute_url()

    def act(facts, shown):
        actions.change_goal_measure(GoalMeasure(pk=goal_measure_id), **facts, shown=shown, by=request.user)
        return back

    form = GoalMeasureForm(request.POST or None, instance=found)
    more = {"title": "Åtgärd", "button": "Spara", "lead": found.goal.text, "goal_plan": found.goal.plan, "back": back}
    return shown_page(request, form, act, template=FORM, **more)
