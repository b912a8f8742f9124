"""Indicators: what they count, what they read, and what people keep for them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from riskcontrol.actions import goal_periods as keeping
from riskcontrol.actions import goals as actions
from riskcontrol.forms.goals import IndicatorForm, OccasionForm, PartyMarkForm, ValueForm
from riskcontrol.goals import outlooks, rules
from riskcontrol.goals.measuring import Gauge, for_gauge
from riskcontrol.models import GoalPlan, Indicator, Occasion

from .goals import FORM, GROUPED, of_year
from .kit import shown_page


def _indicator(indicator_id: int) -> Indicator:
    rows = for_gauge(Indicator.objects.select_related("plan", "matter", "follows__plan"))
    return get_object_or_404(rows, pk=indicator_id)


@requires(Permission.READ_CONTROL)
def indicator(request, indicator_id):
    """An indicator: what it reads, what that is counted from, and what was said of it."""
    found, today = _indicator(indicator_id), timezone.localdate()
    reading = Gauge([found], found.plan.year, today).read(found)
    told = found.outlooks.select_related("period__plan", "by").order_by("-period__last_on")
    period = outlooks.latest_period(found.plan, today)
    context = of_year(request, found.plan) | {
        "indicator": found,
        "reading": reading,
        "bodies": found.bodies.all(),
        "goals": found.goals.order_by("number"),
        "occasions": found.occasions.all(),
        "values": found.values.all(),
        "told": [(each, outlooks.Line(found, each).tone) for each in told],
        "period": period if period and not period.approved_on else None,
        "may_remove": is_allowed(rules.check_can_remove_indicator, found),
        "steps": trail_of(found),
    }
    return render(request, "riskcontrol/goals/indicator.html", context)


@requires(Permission.KEEP_CONTROL)
def indicator_new(request, goal_year):
    """A new indicator of the year."""
    plan = get_object_or_404(GoalPlan, year=goal_year)

    def act(data):
        return actions.add_indicator(plan, **data, by=request.user).get_absolute_url()

    more = {"title": "Ny indikator", "button": "Lägg till", "goal_plan": plan, "back": plan.get_absolute_url()}
    return form_page(request, IndicatorForm(request.POST or None, plan=plan), act, template=GROUPED, **more)


@requires(Permission.KEEP_CONTROL)
def indicator_change(request, indicator_id):
    """Change what is counted, and how much is enough."""
    found = _indicator(indicator_id)
    back = found.get_absolute_url()

    def act(facts, shown):
        actions.change_indicator(Indicator(pk=indicator_id), **facts, shown=shown, by=request.user)
        return back

    form = IndicatorForm(request.POST or None, instance=found, plan=found.plan)
    more = {"title": f"Indikator {found.number}", "button": "Spara", "goal_plan": found.plan, "back": back}
    return shown_page(request, form, act, template=GROUPED, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def indicator_removal(request, indicator_id):
    found = _indicator(indicator_id)
    try:
        actions.remove_indicator(found, by=request.user)
        messages.success(request, "Indikatorn är borttagen.")
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("riskcontrol:indicator", indicator_id)
    return redirect(found.plan)


def _keeping_page(request, found: Indicator, form, keep, title: str):
    """A form that keeps something for an indicator."""
    back = found.get_absolute_url()

    def act(data):
        keep(found, **data, by=request.user)
        return back

    more = {"title": title, "button": "För in", "lead": found.text, "goal_plan": found.plan, "back": back}
    return form_page(request, form, act, template=FORM, **more)


@requires(Permission.KEEP_CONTROL)
def occasion_new(request, indicator_id):
    """An occasion that no calendar has."""
    form = OccasionForm(request.POST or None)
    return _keeping_page(request, _indicator(indicator_id), form, keeping.add_occasion, "Nytt tillfälle")


@require_POST
@requires(Permission.KEEP_CONTROL)
def occasion_removal(request, occasion_id):
    found = get_object_or_404(Occasion.objects.select_related("indicator__plan"), pk=occasion_id)
    keeping.remove_occasion(found, by=request.user)
    messages.success(request, f"{found.name} är borttaget.")
    return redirect(found.indicator)


@requires(Permission.KEEP_CONTROL)
def value_new(request, indicator_id):
    """What the indicator stands at."""
    form = ValueForm(request.POST or None)
    return _keeping_page(request, _indicator(indicator_id), form, keeping.keep_value, "Nytt värde")


@requires(Permission.KEEP_CONTROL)
def party_mark(request, indicator_id):
    """Since when a municipality has what is asked for."""
    found = _indicator(indicator_id)
    chosen = request.GET.get("kommun", "")
    mark = found.marks.filter(municipality=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 10 else None
    initial = {"municipality": chosen, "done_on": timezone.localdate()}
    if mark:
        initial |= {"done_on": mark.done_on, "note": mark.note}
    form = PartyMarkForm(request.POST or None, initial=initial)
    return _keeping_page(request, found, form, keeping.mark_party, "Kommun för kommun")
