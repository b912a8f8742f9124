"""The sample board's goals: a year that is over, and one that goes on, with what has been said of it."""

import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from enamnd.accounts.models import RoleGrant, User
from enamnd.money import KRONA
from enamnd.organisation.models import Body, Municipality
from finance.models import CostItem
from meetings.actions.planning import plan_day
from meetings.models import CouncilMatter
from projects.models import Activity
from riskcontrol.actions import goal_periods as keeping
from riskcontrol.actions.goal_import import load_goals
from riskcontrol.actions.goal_money import link_money
from riskcontrol.actions.goals import add_goal_measure, change_goal, change_indicator
from riskcontrol.forms.goals import GoalForm, IndicatorForm
from riskcontrol.models import Goal, GoalPeriod, GoalPlan, Indicator, Risk

SAMPLE = Path(__file__).parents[1] / "samples" / "goals.json"


@transaction.atomic
def load_sample_goals():
    """Register the sample goals. The sample board, its accounts, matters, activities and risks must be there."""
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = User.objects.get(pk=RoleGrant.objects.filter(role="coordinator").values("user")[:1])
    for year in told["years"]:
        load_goals(json.dumps(year).encode(), by=by)
    plan = GoalPlan.objects.first()
    for text, links in told["links"].items():
        _link(plan.goals.get(text=text), links, by)
    _link_matter(plan, told, by)
    for row in told["calendar"]:
        _plan_days(*row)
    for text, day, name in told["occasions"]:
        keeping.add_occasion(plan.indicators.get(text=text), held_on=date.fromisoformat(day), name=name, by=by)
    visits = plan.indicators.filter(kind=Indicator.Kind.PARTIES, matter=None).first()
    for name, day in told["visits"].items():
        party = Municipality.objects.get(name=name)
        keeping.mark_party(visits, party, done_on=date.fromisoformat(day), by=by)
    for text, day, value, note in told["values"]:
        facts = {"measured_on": date.fromisoformat(day), "value": Decimal(value), "note": note}
        keeping.keep_value(plan.indicators.get(text=text), **facts, by=by)
    for text, what, owner, due_on in told["measures"]:
        facts = {"text": what, "owner": owner, "due_on": date.fromisoformat(due_on)}
        add_goal_measure(plan.goals.get(text=text), **facts, by=by)
    name, day, decision = told["approved"]
    period = GoalPeriod.objects.get(plan=plan, name=name)
    keeping.approve_period(period, date.fromisoformat(day), decision=decision, by=by)


def _plan_days(body: str, days: list[str], hours: list[int], place: str):
    """Days of those who keep no protocol, in the calendar."""
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    starts_at, ends_at = map(time, hours)
    for day in days:
        plan_day(Body.objects.get(name=body), date.fromisoformat(day), starts_at, ends_at, place, by=by)


def _facts_of(row: Goal | Indicator, form) -> dict:
    """All that the row has, as its form would give it."""
    many = {field.name for field in row._meta.many_to_many}
    names = form.Meta.fields
    return {name: list(getattr(row, name).all()) if name in many else getattr(row, name) for name in names}


def _link(goal: Goal, links: dict, by: User):
    facts = {"risks": list(Risk.objects.filter(plan__year=goal.plan.year, text__in=links.get("risks", ())))}
    facts["activities"] = list(Activity.objects.filter(name__in=links.get("activities", ())))
    change_goal(goal, **_facts_of(goal, GoalForm) | facts, by=by)
    for name, kronor, note in links.get("budget", ()):
        link_money(goal, CostItem.objects.get(name=name), kronor and kronor * KRONA, note=note, by=by)


def _link_matter(plan: GoalPlan, told: dict, by: User):
    """The goal that councils decide on, and the indicator that counts them."""
    matter = CouncilMatter.objects.filter(title=told["matter"]).first()
    goal = plan.goals.get(text=told["of_matter"]["goal"])
    change_goal(goal, **_facts_of(goal, GoalForm) | {"matter": matter}, by=by)
    indicator = plan.indicators.get(text=told["of_matter"]["indicator"])
    change_indicator(indicator, **_facts_of(indicator, IndicatorForm) | {"matter": matter}, by=by)
