"""The verbs of people in activities: they begin and end, bodies get tasks, and those concerned are named."""

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.organisation.models import Body
from enamnd.refusal import Refused

from .. import people_rules, rules
from ..models import Activity, ActivityBody, Assignment, Stakeholder

FACTS = ("role", "person", "name", "source", "municipality", "company", "valid_from", "valid_until")


@transaction.atomic
def add_assignment(activity: Activity, *, by: User, **facts) -> Assignment:
    """Let somebody work in an activity (bemanning). `facts` are those of FACTS."""
    rules.check_can_keep(by)
    made = Assignment.objects.create(activity=_locked(activity), **_checked(facts))
    record("assignment.added", made, by=by, within=activity)
    return made


@transaction.atomic
def change_assignment(assignment: Assignment, *, by: User, **facts) -> Assignment:
    """Change what is known of somebody's work, or write its last day."""
    rules.check_can_keep(by)
    row = Assignment.objects.select_for_update(of=("self",)).select_related("activity").get(pk=assignment.pk)
    for name, value in _checked(facts).items():
        setattr(row, name, value)
    row.save()
    record("assignment.changed", row, by=by, within=row.activity)
    return row


def _checked(facts: dict) -> dict:
    """The facts as they are kept: the register's name where none is written, and one place that they come from."""
    person = facts["person"]
    facts = facts | {"name": facts["name"].strip() or (person.name if person else "")}
    people_rules.check_assignment(facts)
    if facts["source"] == Assignment.Source.MUNICIPALITY:
        return facts | {"company": ""}
    return facts | {"municipality": None, "company": facts["company"].strip()}


@transaction.atomic
def give_task(activity: Activity, body: Body, role: str, *, by: User) -> ActivityBody:
    """Let a body lead or help an activity (styrgrupp, referensgrupp, arbetsgrupp)."""
    rules.check_can_keep(by)
    activity = _locked(activity)
    people_rules.check_body_may_help(body, activity, role, timezone.localdate())
    made = ActivityBody.objects.create(activity=activity, body=body, role=role)
    record("activity.body_added", activity, by=by, body=body.name, role=made.get_role_display().lower())
    return made


@transaction.atomic
def take_task(task: ActivityBody, *, by: User):
    """Relieve a body of its task. The history keeps it."""
    rules.check_can_keep(by)
    role = task.get_role_display().lower()
    record("activity.body_removed", task.activity, by=by, body=task.body.name, role=role)
    task.delete()


@transaction.atomic
def name_stakeholder(activity: Activity, name: str, interest: str = "", *, by: User) -> Stakeholder:
    """Name somebody whom an activity concerns (intressent)."""
    rules.check_can_keep(by)
    activity = _locked(activity)
    _check_named_once(activity, name)
    made = Stakeholder.objects.create(activity=activity, name=name.strip(), interest=interest.strip())
    record("activity.stakeholder_added", activity, by=by, who=made.name)
    return made


@transaction.atomic
def change_stakeholder(stakeholder: Stakeholder, name: str, interest: str = "", *, by: User) -> Stakeholder:
    """Change who it is, or how the activity concerns them."""
    rules.check_can_keep(by)
    row = Stakeholder.objects.select_for_update(of=("self",)).select_related("activity").get(pk=stakeholder.pk)
    _check_named_once(row.activity, name, but=row.pk)
    row.name, row.interest = name.strip(), interest.strip()
    row.save()
    record("activity.stakeholder_changed", row.activity, by=by, who=row.name)
    return row


@transaction.atomic
def remove_stakeholder(stakeholder: Stakeholder, *, by: User):
    """Take somebody off the list. The history keeps them."""
    rules.check_can_keep(by)
    record("activity.stakeholder_removed", stakeholder.activity, by=by, who=stakeholder.name)
    stakeholder.delete()


def _check_named_once(activity: Activity, name: str, but: int | None = None):
    if activity.stakeholders.filter(name=name.strip()).exclude(pk=but).exists():
        raise Refused(f"{name.strip()} finns redan bland intressenterna.", field="name")


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
