"""The verbs of a plan's items: chosen, checked, and put right."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.refusal import Refused

from .. import rules
from ..models import Check, ControlActivity, ControlItem, Measure, Risk
from .risks import locked_risk

ACTIVITY_FACTS = ("method", "frequency", "schedule", "days", "responsible", "responsible_person")


@transaction.atomic
def choose_risk(
    risk: Risk, *, by: User, is_mandatory: bool = False, needs_reports: bool = False, text: str = ""
) -> ControlItem:
    """Take a risk into the year's plan (välj), last in it."""
    rules.check_can_keep(by)
    risk = locked_risk(risk)
    rules.check_can_choose(risk)
    last = ControlItem.objects.filter(risk__plan=risk.plan).aggregate(last=Max("position"))["last"] or 0
    flags = {"is_mandatory": is_mandatory, "needs_reports": needs_reports}
    item = ControlItem.objects.create(risk=risk, position=last + 1, text=text.strip(), **flags)
    record("control_item.chosen", item, by=by, within=risk.plan)
    return item


@transaction.atomic
def change_item(item: ControlItem, *, by: User, shown: Mapping | None = None, **facts) -> ControlItem:
    """Change how the plan puts an item, and whether it is mandatory. `shown` is what the page showed of the facts."""
    rules.check_can_keep(by)
    item = _locked(item)
    rules.check_is_proposal(item.risk.plan)
    check_facts(item, facts, shown or {})
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    record("control_item.changed", item, by=by, within=item.risk.plan)
    return item


@transaction.atomic
def move_item(item: ControlItem, *, up: bool, by: User) -> ControlItem:
    """Let an item change places with the one before or after it."""
    rules.check_can_keep(by)
    item = _locked(item)
    rules.check_is_proposal(item.risk.plan)
    items = list(ControlItem.objects.select_for_update().filter(risk__plan=item.risk.plan).order_by("position", "pk"))
    at = next(place for place, each in enumerate(items) if each.pk == item.pk)
    to = max(0, min(len(items) - 1, at + (-1 if up else 1)))
    items.insert(to, items.pop(at))
    for position, each in enumerate(items, 1):
        if each.position != position:
            each.position = position
            each.save()
    record("control_item.moved", item, by=by, within=item.risk.plan)
    return item


@transaction.atomic
def leave_out(item: ControlItem, *, by: User):
    """Take an item out of a proposal. The risk stays on the gross list."""
    rules.check_can_keep(by)
    item = _locked(item)
    rules.check_can_leave(item)
    record("control_item.left_out", item.risk, by=by, within=item.risk.plan)
    for activity in item.activities.all():
        activity.delete()
    item.delete()


@transaction.atomic
def add_activity(item: ControlItem, *, by: User, **facts) -> ControlActivity:
    """Say how an item is checked, how often, and by whom (kontrollaktivitet)."""
    rules.check_can_keep(by)
    item = _locked(item)
    rules.check_is_proposal(item.risk.plan)
    _check_days(item, facts)
    made = ControlActivity.objects.create(item=item, **facts)
    record("control_activity.added", made, by=by, within=item.risk.plan)
    return made


@transaction.atomic
def change_activity(activity: ControlActivity, *, by: User, shown: Mapping | None = None, **facts) -> ControlActivity:
    """Change how an item is checked. `shown` is what the page showed of the facts."""
    rules.check_can_keep(by)
    activity = _locked_activity(activity)
    rules.check_is_proposal(activity.item.risk.plan)
    check_facts(activity, facts, shown or {})
    facts = {name: getattr(activity, name) for name in ACTIVITY_FACTS} | facts
    _check_days(activity.item, facts)
    for name, value in facts.items():
        setattr(activity, name, value)
    activity.save()
    record("control_activity.changed", activity, by=by, within=activity.item.risk.plan)
    return activity


@transaction.atomic
def remove_activity(activity: ControlActivity, *, by: User):
    """Take a control activity out of a proposal."""
    rules.check_can_keep(by)
    activity = _locked_activity(activity)
    rules.check_is_proposal(activity.item.risk.plan)
    if activity.checks.exists():
        raise Refused("Kontroller är redan utförda, så aktiviteten kan inte tas bort.")
    record("control_activity.removed", activity, by=by, within=activity.item.risk.plan)
    activity.delete()


def _check_days(item: ControlItem, facts: dict):
    """Days of one's own must be there when they are asked for, and lie within the year of the plan."""
    year = item.risk.plan.year
    if facts.get("schedule") != ControlActivity.Schedule.DAYS:
        facts["days"] = []
    elif not facts.get("days"):
        raise Refused("Skriv dagarna då kontrollen ska göras, en på varje rad.", field="days")
    elif outside := [day for day in facts["days"] if not day.startswith(str(year))]:
        raise Refused(f"{outside[0]} ligger inte i {year}, som planen gäller.", field="days")


@transaction.atomic
def keep_check(activity: ControlActivity, *, by: User, **facts) -> Check:
    """Keep that a check was made, and what was found (utförd kontroll). Never stopped by the state of the plan."""
    rules.check_can_keep(by)
    activity = _locked_activity(activity)
    rules.check_has_been(facts["done_on"], "done_on")
    if facts["result"] == Check.Result.DEVIATION and not facts.get("note", "").strip():
        raise Refused("Skriv vad avvikelsen är.", field="note")
    made = Check.objects.create(activity=activity, by=by, **{"covers_on": facts["done_on"]} | facts)
    record("check.kept", activity, by=by, within=activity.item.risk.plan, result=made.get_result_display().lower())
    return made


@transaction.atomic
def correct_check(check: Check, *, by: User, **facts) -> Check:
    """Correct what was written about a check. The history keeps what it said."""
    rules.check_can_keep(by)
    check = Check.objects.select_for_update(of=("self",)).select_related("activity__item__risk__plan").get(pk=check.pk)
    rules.check_has_been(facts["done_on"], "done_on")
    if facts["result"] == Check.Result.DEVIATION and not facts.get("note", "").strip():
        raise Refused("Skriv vad avvikelsen är.", field="note")
    for name, value in facts.items():
        setattr(check, name, value)
    check.save()
    record("check.corrected", check.activity, by=by, within=check.activity.item.risk.plan)
    return check


@transaction.atomic
def add_measure(item: ControlItem, *, by: User, **facts) -> Measure:
    """Say what is to be done, by whom and by when (åtgärd)."""
    rules.check_can_keep(by)
    item = _locked(item)
    made = Measure.objects.create(item=item, **facts)
    record("measure.added", made, by=by, within=item.risk.plan, due_on=long_date(made.due_on))
    return made


@transaction.atomic
def change_measure(measure: Measure, *, by: User, shown: Mapping | None = None, **facts) -> Measure:
    """Change a measure, or keep that it is done and what became of it. `shown` is what the page showed."""
    rules.check_can_keep(by)
    rows = Measure.objects.select_for_update(of=("self",)).select_related("item__risk__plan")
    measure = rows.get(pk=measure.pk)
    check_facts(measure, facts, shown or {})
    was_done = measure.done_on
    for name, value in facts.items():
        setattr(measure, name, value)
    if measure.done_on:
        rules.check_has_been(measure.done_on, "done_on")
    measure.save()
    verb = "measure.done" if measure.done_on and not was_done else "measure.changed"
    record(verb, measure, by=by, within=measure.item.risk.plan)
    return measure


def _locked(item: ControlItem) -> ControlItem:
    return ControlItem.objects.select_for_update(of=("self",)).select_related("risk__plan").get(pk=item.pk)


def _locked_activity(activity: ControlActivity) -> ControlActivity:
    rows = ControlActivity.objects.select_for_update(of=("self",)).select_related("item__risk__plan")
    return rows.get(pk=activity.pk)
