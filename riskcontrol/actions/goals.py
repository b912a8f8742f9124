"""The verbs of a year's goals: begun, written, measured, followed up."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.newer import check_facts, standing
from enamnd.refusal import Refused

from ..goals import rules
from ..goals.outlooks import thirds
from ..models import EffectGoal, Goal, GoalMeasure, GoalMoney, GoalPlan, Indicator

MANY_OF_GOAL = ("effects", "activities", "risks")
MANY_OF_INDICATOR = ("goals", "bodies")


@transaction.atomic
def begin_goals(year: int, *, by: User, previous: GoalPlan | None = None) -> GoalPlan:
    """Begin the goals of a year (nytt år), from those of an earlier one when there is one.

    From `previous` come direction and introductions, the goals with their effects and activities, and the indicators
    with their targets and bodies, and the whole items of the budget that pay for a goal. Risks, amounts and matters
    that councils answer are of their year and are linked anew.
    """
    rules.check_can_keep(by)
    rules.check_can_begin(year, previous)
    kept = {name: getattr(previous, name) for name in ("direction", "effect_intro", "intro")} if previous else {}
    plan = GoalPlan.objects.create(year=year, previous=previous, **kept)
    if previous:
        _carry_over(previous, plan)
    record("goal_plan.begun", plan, by=by, previous=previous.year if previous else 0)
    return plan


def _carry_over(previous: GoalPlan, plan: GoalPlan):
    made: dict[int, Goal] = {}
    for old in previous.goals.prefetch_related("effects", "activities"):
        new = Goal.objects.create(
            plan=plan,
            number=old.number,
            text=old.text,
            responsible=old.responsible,
            depends_on_councils=old.depends_on_councils,
            follows=old,
        )
        new.effects.set([each for each in old.effects.all() if each.last_year is None or each.last_year >= plan.year])
        new.activities.set([each for each in old.activities.all() if each.closed_on is None])
        for link in old.budget_money.filter(amount=None).exclude(item__ends_on__lt=date(plan.year, 1, 1)):
            GoalMoney.objects.create(goal=new, item=link.item, note=link.note)
        made[old.pk] = new
    names = ("number", "text", "kind", "target", "aim", "all_parties", "unit", "counting")
    for old in previous.indicators.prefetch_related("goals", "bodies"):
        new = Indicator.objects.create(plan=plan, follows=old, **{name: getattr(old, name) for name in names})
        new.goals.set([made[each.pk] for each in old.goals.all()])
        new.bodies.set(old.bodies.all())


@transaction.atomic
def change_goals(plan: GoalPlan, *, by: User, shown: Mapping | None = None, **facts) -> GoalPlan:
    """Change the strategic direction and the introductions of a year.

    `shown`, here and in the verbs below, is what a page showed: a fact that somebody else has changed since is refused,
    as Newer.
    """
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    check_facts(plan, facts, shown or {})
    _write(plan, facts)
    record("goal_plan.changed", plan, by=by)
    return plan


@transaction.atomic
def add_effect(*, by: User, **facts) -> EffectGoal:
    """Add an effect that the board is to have over several years (nytt effektmål)."""
    rules.check_can_keep(by)
    rules.check_effect(facts["first_year"], facts.get("last_year"))
    effect = EffectGoal.objects.create(**facts)
    record("effect_goal.added", effect, by=by)
    return effect


@transaction.atomic
def change_effect(effect: EffectGoal, *, by: User, shown: Mapping | None = None, **facts) -> EffectGoal:
    """Change an effect goal, or say which year is its last."""
    rules.check_can_keep(by)
    effect = EffectGoal.objects.select_for_update().get(pk=effect.pk)
    check_facts(effect, facts, shown or {})
    rules.check_effect(facts.get("first_year", effect.first_year), facts.get("last_year", effect.last_year))
    _write(effect, facts)
    record("effect_goal.changed", effect, by=by)
    return effect


@transaction.atomic
def add_goal(plan: GoalPlan, *, by: User, **facts) -> Goal:
    """Add a result goal to a year (nytt mål), last in it."""
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    rules.check_goal(facts)
    many = _taken(facts, MANY_OF_GOAL)
    goal = Goal.objects.create(plan=plan, number=_next(plan.goals), **facts)
    _set_many(goal, many)
    record("goal.added", goal, by=by, within=plan)
    return goal


@transaction.atomic
def change_goal(goal: Goal, *, by: User, shown: Mapping | None = None, **facts) -> Goal:
    """Change a goal and what it is linked to."""
    rules.check_can_keep(by)
    goal = locked_goal(goal)
    check_facts(goal, facts, shown or {})
    rules.check_goal({name: getattr(goal, name) for name in ("matter", "depends_on_councils")} | facts)
    many = _taken(facts, MANY_OF_GOAL)
    _write(goal, facts)
    _set_many(goal, many)
    record("goal.changed", goal, by=by, within=goal.plan)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, by: User):
    """Take away a goal that nothing is said of yet."""
    rules.check_can_keep(by)
    goal = locked_goal(goal)
    rules.check_can_remove_goal(goal)
    record("goal.removed", goal.plan, by=by, text=goal.text[:100])
    goal.budget_money.all().delete()
    goal.delete()


@transaction.atomic
def add_indicator(plan: GoalPlan, *, by: User, **facts) -> Indicator:
    """Add an indicator to a year (ny indikator). Refused without a target."""
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    rules.check_indicator(facts)
    many = _taken(facts, MANY_OF_INDICATOR)
    indicator = Indicator.objects.create(plan=plan, number=_next(plan.indicators), **facts)
    _set_many(indicator, many)
    record("indicator.added", indicator, by=by, within=plan)
    return indicator


@transaction.atomic
def change_indicator(indicator: Indicator, *, by: User, shown: Mapping | None = None, **facts) -> Indicator:
    """Change an indicator: what it counts, and its target."""
    rules.check_can_keep(by)
    indicator = locked_indicator(indicator)
    check_facts(indicator, facts, shown or {})
    told = ("kind", "target", "aim", "all_parties", "counting", "bodies")
    rules.check_indicator({name: standing(indicator, name) for name in told} | facts)
    if facts.get("kind", indicator.kind) != indicator.kind:
        rules.check_has_no_data(indicator)
    many = _taken(facts, MANY_OF_INDICATOR)
    _write(indicator, facts)
    _set_many(indicator, many)
    record("indicator.changed", indicator, by=by, within=indicator.plan)
    return indicator


@transaction.atomic
def remove_indicator(indicator: Indicator, *, by: User):
    """Take away an indicator that nothing is kept of yet."""
    rules.check_can_keep(by)
    indicator = locked_indicator(indicator)
    rules.check_can_remove_indicator(indicator)
    record("indicator.removed", indicator.plan, by=by, text=indicator.text[:100])
    indicator.delete()


@transaction.atomic
def add_goal_measure(goal: Goal, *, by: User, **facts) -> GoalMeasure:
    """Say what is to be done so that the goal is reached (åtgärd i handlingsplanen)."""
    rules.check_can_keep(by)
    goal = locked_goal(goal)
    made = GoalMeasure.objects.create(goal=goal, **facts)
    record("goal_measure.added", goal, by=by, within=goal.plan, due_on=long_date(made.due_on))
    return made


@transaction.atomic
def change_goal_measure(measure: GoalMeasure, *, by: User, shown: Mapping | None = None, **facts) -> GoalMeasure:
    """Change a measure, or keep that it is done and what became of it."""
    rules.check_can_keep(by)
    rows = GoalMeasure.objects.select_for_update(of=("self",)).select_related("goal__plan")
    measure = rows.get(pk=measure.pk)
    check_facts(measure, facts, shown or {})
    was_done = measure.done_on
    if facts.get("done_on"):
        rules.check_has_been(facts["done_on"], "done_on")
    _write(measure, facts)
    verb = "goal_measure.done" if measure.done_on and not was_done else "goal_measure.changed"
    record(verb, measure.goal, by=by, within=measure.goal.plan)
    return measure


@transaction.atomic
def add_thirds(plan: GoalPlan, *, by: User):
    """Lay out the three usual periods of a year (tertial). Refused when it has periods."""
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    if plan.periods.exists():
        raise Refused("Året har redan perioder. Lägg till en i taget.")
    for name, first_on, last_on in thirds(plan.year):
        plan.periods.create(name=name, first_on=first_on, last_on=last_on)
    record("goal_plan.thirds_added", plan, by=by)


def locked_plan(plan: GoalPlan) -> GoalPlan:
    return GoalPlan.objects.select_for_update().get(pk=plan.pk)


def locked_goal(goal: Goal) -> Goal:
    return Goal.objects.select_for_update(of=("self",)).select_related("plan").get(pk=goal.pk)


def locked_indicator(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_for_update(of=("self",)).select_related("plan").get(pk=indicator.pk)


def _write(row, facts: dict):
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()


def _next(rows) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _taken(facts: dict, names) -> dict:
    return {name: facts.pop(name) for name in names if name in facts}


def _set_many(row, many: dict):
    for name, rows in many.items():
        getattr(row, name).set(rows)
