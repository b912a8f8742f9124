"""Taking in a year's goals from a file."""

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.organisation.models import Body
from enamnd.refusal import Problem, Refused

from ..goals import rules
from ..goals.goalfile import GoalReader, read_goals
from ..models import EffectGoal, Goal, GoalPlan, Indicator, Outlook

OUTLOOK = ("comment", "forecast", "councils")


@transaction.atomic
def load_goals(content: bytes, *, by: User | None) -> GoalPlan:
    """Take in a year's goals whole (läs in), or not at all. `by` is None when the command does it.

    Refused with every problem and its place, and when the year has goals.
    """
    if by is not None:
        rules.check_can_keep(by)
    bodies = {each.name: each for each in Body.objects.all()}
    values = GoalReader(read_goals(content), set(bodies)).values()
    if GoalPlan.objects.filter(year=values["year"]).exists():
        raise Refused(f"Det finns redan mål för {values['year']}. Inget har sparats.", field="file")
    before = GoalPlan.objects.filter(year__lt=values["year"], next=None).order_by("-year").first()
    texts = {key: values[key] for key in ("direction", "effect_intro", "intro")}
    plan = GoalPlan.objects.create(year=values["year"], previous=before, **texts)
    effects = [_effect(plan, number, row) for number, row in enumerate(values["effects"], 1)]
    goals = [_goal(plan, number, row, effects) for number, row in enumerate(values["goals"], 1)]
    indicators = [_indicator(plan, number, row, goals, bodies) for number, row in enumerate(values["indicators"], 1)]
    for number, row in enumerate(values["periods"], 1):
        _period(plan, number, row, goals, indicators, by)
    record("goal_plan.loaded", plan, by=by, number=len(goals))
    return plan


def _at(place: str, check, *args):
    """Let a rule's refusal say where in the file it is."""
    try:
        check(*args)
    except Refused as refusal:
        raise Refused(problems=(Problem(place, str(refusal)),)) from refusal


def _effect(plan: GoalPlan, number: int, row: dict) -> EffectGoal:
    """The board's own effect goal of that text, or a new one."""
    found = EffectGoal.objects.filter(text=row["text"]).first()
    if found:
        return found
    first = row["first_year"] or plan.year
    _at(f"effects, rad {number}", rules.check_effect, first, row["last_year"])
    return EffectGoal.objects.create(text=row["text"], position=number, first_year=first, last_year=row["last_year"])


def _goal(plan: GoalPlan, number: int, row: dict, effects: list[EffectGoal]) -> Goal:
    before = plan.previous.goals.filter(text=row["text"]).first() if plan.previous else None
    facts = {name: row[name] for name in ("text", "responsible", "depends_on_councils")}
    goal = Goal.objects.create(plan=plan, number=number, follows=before, **facts)
    goal.effects.set([effects[each - 1] for each in row["effects"]])
    return goal


def _indicator(plan: GoalPlan, number: int, row: dict, goals: list[Goal], bodies: dict[str, Body]) -> Indicator:
    facts = row | {"bodies": [bodies[name] for name in row["bodies"]]}
    _at(f"indicators, rad {number}", rules.check_indicator, facts)
    before = plan.previous.indicators.filter(text=row["text"]).first() if plan.previous else None
    plain = {name: value for name, value in facts.items() if name not in ("bodies", "goals")}
    indicator = Indicator.objects.create(plan=plan, number=number, follows=before, **plain)
    indicator.bodies.set(facts["bodies"])
    indicator.goals.set([goals[each - 1] for each in row["goals"]])
    return indicator


def _period(plan: GoalPlan, number: int, row: dict, goals: list, indicators: list, by: User | None):
    place = f"periods, rad {number}"
    _at(place, rules.check_period, plan, row["first_on"], row["last_on"])
    period = plan.periods.create(name=row["name"], first_on=row["first_on"], last_on=row["last_on"])
    for key, kept in (("goal", goals), ("indicator", indicators)):
        for told in row[f"{key}s"]:
            subject = kept[told["number"] - 1]
            _at(f"{place}, {key}s {told['number']}", rules.check_outlook, subject, told["forecast"], told["councils"])
            if period.outlooks.filter(**{key: subject}).exists():
                raise Refused(problems=(Problem(place, f"{key}s {told['number']} står två gånger."),))
            Outlook.objects.create(period=period, by=by, **{key: subject}, **{name: told[name] for name in OUTLOOK})
