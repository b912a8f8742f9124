"""Periods: what is said of goals and indicators in them, and that the board approved it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from riskcontrol.actions import goal_periods as actions
from riskcontrol.actions.goals import add_thirds
from riskcontrol.forms.goals import ApprovePeriodForm, OutlookForm, PeriodForm
from riskcontrol.forms.plans import ReasonForm
from riskcontrol.goals import outlooks, rules
from riskcontrol.goals.blocks import told_in_words, turnout_lines
from riskcontrol.goals.measuring import Gauge, for_gauge
from riskcontrol.models import Goal, GoalMeasure, GoalPeriod, GoalPlan, Indicator

from .goals import FORM, of_year
from .kit import shown_page


def _period(period_id: int) -> GoalPeriod:
    rows = GoalPeriod.objects.select_related("plan", "paragraph__meeting", "paragraph__body")
    return get_object_or_404(rows, pk=period_id)


@requires(Permission.READ_CONTROL)
def goal_period(request, goal_period_id):
    """All goals and indicators with comment and forecast, as the interim report has them, and the action plan."""
    period = _period(goal_period_id)
    goals, indicators = outlooks.lines_of(period)
    subjects = [each.subject for each in indicators]
    readings = Gauge(subjects, period.plan.year, outlooks.day_of(period)).readings()
    lacking = [each for each in (*goals, *indicators) if each.is_lacking]
    context = of_year(request, period.plan) | {
        "period": period,
        "when": outlooks.period_in_words(period),
        "goals": [(each, _sentences(each)) for each in goals],
        "indicators": [_shown(each, readings[each.subject.pk]) for each in indicators],
        "lacking": lacking,
        "measures": GoalMeasure.objects.filter(goal__plan=period.plan).select_related("goal"),
        "periods": period.plan.periods.order_by("first_on"),
        "may_write": not period.approved_on and is_allowed(rules.check_can_keep, request.user),
        "steps": trail_of(period),
    }
    return render(request, "riskcontrol/goals/period.html", context)


def _shown(line: outlooks.Line, reading) -> dict:
    return {
        "line": line,
        "reading": reading,
        "turnout": turnout_lines(line.subject, reading),
        "told": told_in_words(line.subject, reading),
        "sentences": _sentences(line),
    }


def _sentences(line: outlooks.Line) -> list[str]:
    """The forecast in words: one sentence, or one for each of its two parts."""
    if line.outlook is None:
        return []
    own = outlooks.sentence(line.outlook.forecast, is_goal=line.is_goal)
    if not outlooks.needs_councils(line.subject):
        return [own] if own else []
    parts = (("Nämndens del", own), ("Fullmäktiges beslut", outlooks.sentence(line.outlook.councils, is_goal=True)))
    return [f"{name}: {said}" for name, said in parts if said]


@requires(Permission.KEEP_CONTROL)
def period_new(request, goal_year):
    """A new time to follow up."""
    plan = get_object_or_404(GoalPlan, year=goal_year)

    def act(data):
        return actions.add_period(plan, **data, by=request.user).get_absolute_url()

    more = {"title": "Ny period", "button": "Lägg till", "goal_plan": plan, "back": plan.get_absolute_url()}
    return form_page(request, PeriodForm(request.POST or None), act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def period_thirds(request, goal_year):
    """The three usual periods."""
    plan = get_object_or_404(GoalPlan, year=goal_year)
    try:
        add_thirds(plan, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(plan)


@requires(Permission.KEEP_CONTROL)
def period_change(request, goal_period_id):
    """Change name or days."""
    found = _period(goal_period_id)
    back = found.get_absolute_url()

    def act(facts, shown):
        actions.change_period(found, **facts, shown=shown, by=request.user)
        return back

    form = PeriodForm(request.POST or None, instance=found)
    more = {"title": f"Ändra {found.name}", "button": "Spara", "goal_plan": found.plan, "period": found, "back": back}
    return shown_page(request, form, act, template=FORM, **more)


@requires(Permission.KEEP_CONTROL)
def outlook_goal(request, goal_period_id, goal_id):
    """Comment and forecast of a goal."""
    return _outlook(request, _period(goal_period_id), Goal.objects.select_related("matter"), goal_id, "goal")


@requires(Permission.KEEP_CONTROL)
def outlook_indicator(request, goal_period_id, indicator_id):
    """Comment and forecast of an indicator, with what it reads beside."""
    return _outlook(request, _period(goal_period_id), for_gauge(Indicator.objects), indicator_id, "indicator")


def _outlook(request, period: GoalPeriod, rows, key: int, kind: str):
    subject = get_object_or_404(rows, pk=key, plan=period.plan)
    now = period.outlooks.filter(**{kind: subject}).first()
    before = _before(period, subject, kind)
    back = period.get_absolute_url()

    def act(facts, shown):
        actions.tell_outlook(period, subject, **facts, shown=shown, by=request.user)
        messages.success(request, "Sparat.")
        return f"{back}#{kind}-{subject.number}"

    reading = None
    if kind == "indicator":
        reading = Gauge([subject], period.plan.year, outlooks.day_of(period)).read(subject)
    form = OutlookForm(request.POST or None, subject=subject, outlook=now)
    more = {"subject": subject, "kind": kind, "period": period, "goal_plan": period.plan, "back": back}
    more |= {"reading": reading, "before": before}
    more["told"] = told_in_words(subject, reading) if reading else ""
    more["turnout"] = turnout_lines(subject, reading) if reading else []
    return shown_page(request, form, act, template="riskcontrol/goals/outlook.html", **more)


def _before(period: GoalPeriod, subject, kind: str):
    """What the period before said of the same."""
    told = subject.outlooks.filter(period__last_on__lt=period.first_on).select_related("period__plan")
    found = told.order_by("-period__last_on").first()
    if found is None and subject.follows_id:
        found = subject.follows.outlooks.select_related("period__plan").order_by("-period__last_on").first()
    return found


@requires(Permission.KEEP_CONTROL)
def period_approval(request, goal_period_id):
    """Where the board approved the follow-up and adopted the action plan."""
    period = _period(goal_period_id)
    back = period.get_absolute_url()

    def act(data):
        where = {"paragraph": data["paragraph"], "decision": data["decision"]}
        actions.approve_period(period, data["day"], **where, by=request.user)
        messages.success(request, f"{period.name} är godkänd.")
        return back

    lead = "Därefter ändras inte kommentarer och prognoser. Handlingsplanens åtgärder följs som förut."
    more = {"title": "För in godkännandet", "button": "För in", "lead": lead, "period": period}
    form = ApprovePeriodForm(request.POST or None)
    return form_page(request, form, act, template=FORM, goal_plan=period.plan, back=back, **more)


@requires(Permission.KEEP_CONTROL)
def period_withdrawal(request, goal_period_id):
    """Take back an approval that was wrong."""
    period = _period(goal_period_id)
    back = period.get_absolute_url()

    def act(data):
        actions.withdraw_approval(period, data["reason"], by=request.user)
        return back

    more = {"title": "Ta tillbaka godkännandet", "button": "Ta tillbaka", "period": period, "lead": str(period)}
    return form_page(
        request, ReasonForm(request.POST or None), act, template=FORM, goal_plan=period.plan, back=back, **more
    )
