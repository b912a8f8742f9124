"""The sample board's risks and internal control: two years that are adopted, and one that is being worked on."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Body
from projects.models import Activity

from .actions.follow_ups import begin_follow_up, tell_item
from .actions.importing import load_plan
from .actions.items import add_measure, keep_check
from .actions.plans import add_step, begin_plan
from .actions.risks import add_risk, merge_risk, open_new_workshop, set_value
from .models import ControlActivity, ControlItem, ControlPlan, Risk, RiskCategory, Score

SAMPLE = Path(__file__).parent / "samples" / "norrbotten.json"


@transaction.atomic
def load_riskcontrol():
    """Register the sample plans. The sample board, its accounts and its activities must be there."""
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = _user("coordinator")
    for plan in told["plans"]:
        load_plan(json.dumps(plan).encode(), by=by)
    plan = ControlPlan.objects.first()
    for text, names in told["activities"].items():
        for risk in Risk.objects.filter(text=text):
            risk.activities.set(Activity.objects.filter(name__in=names))
    for day, what, body in told["steps"]:
        add_step(plan, done_on=date.fromisoformat(day), what=what, body=Body.objects.get(name=body), by=by)
    _load_checks(plan, told, by)
    _load_follow_up(plan, told["follow_up"], by)
    _load_next(plan, told["next"], by)


def _user(role: str) -> User:
    return User.objects.get(pk=RoleGrant.objects.filter(role=role).values("user")[:1])


def _load_checks(plan: ControlPlan, told: dict, by: User):
    activities = {each.method: each for each in ControlActivity.objects.filter(item__risk__plan=plan)}
    for method, done_on, covers_on, result, note, evidence in told["checks"]:
        days = {"done_on": date.fromisoformat(done_on), "covers_on": date.fromisoformat(covers_on)}
        keep_check(activities[method], **days, result=result, note=note, evidence=evidence, by=by)
    for method, text, owner, due_on in told["measures"]:
        activity = activities[method]
        after = activity.checks.filter(result="deviation").first()
        facts = {"text": text, "owner": owner, "owner_person": by.person, "due_on": date.fromisoformat(due_on)}
        add_measure(activity.item, check_made=after, **facts, by=by)


def _load_follow_up(plan: ControlPlan, told: dict, by: User):
    made = begin_follow_up(plan, told["name"], date.fromisoformat(told["on"]), by=by)
    for text, decision, analysis in told["rows"]:
        item = ControlItem.objects.get(risk__plan=plan, risk__text=text)
        tell_item(made, item, decision=decision, analysis=analysis, next_responsible="", by=by)


def _load_next(before: ControlPlan, told: dict, by: User):
    """The coming year: begun from this one, with a workshop that is open."""
    plan = begin_plan(told["year"], told["title"], previous=before, by=by)
    name, held_on, body = told["workshop"]
    open_new_workshop(plan, name=name, held_on=date.fromisoformat(held_on), body=Body.objects.get(name=body), by=by)
    for text, category in told["risks"]:
        add_risk(plan, text=text, category=RiskCategory.objects.get(name=category), by=by)
    risks = {each.text: each for each in plan.risks.all()}
    people = [_user(role) for role in ("member", "preparatory", "coordinator")]
    for text, pairs in told["scores"].items():
        for who, (likelihood, consequence) in zip(people, pairs, strict=False):
            Score.objects.create(risk=risks[text], by=who, likelihood=likelihood, consequence=consequence)
    for text, into in told["merged"]:
        merge_risk(risks[text], risks[into], by=by)
    for text, pair in told["valued"].items():
        set_value(risks[text], *pair, by=by)
