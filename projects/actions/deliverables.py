"""The verbs of what must be ready before a phase is left: asked for, dated, approved."""

from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..models import Activity, Deliverable


@transaction.atomic
def add_deliverable(activity: Activity, text: str, due_on: date | None = None, *, by: User) -> Deliverable:
    """Ask for something more in the phase that the activity is in (ny leverans), beside what the process asks for."""
    rules.check_can_keep(by)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    step = activity.steps.filter(ended_on=None).select_related("phase").first()
    rules.check_can_ask(step, text)
    made = Deliverable.objects.create(step=step, text=text.strip(), due_on=due_on)
    record("deliverable.added", made, by=by, within=activity)
    return made


@transaction.atomic
def date_deliverable(deliverable: Deliverable, due_on: date | None, *, by: User) -> Deliverable:
    """Say when a deliverable is to be ready (None: no day)."""
    rules.check_can_keep(by)
    deliverable = _locked(deliverable)
    deliverable.due_on = due_on
    deliverable.save()
    record("deliverable.dated", deliverable, by=by, within=deliverable.step.activity)
    return deliverable


@transaction.atomic
def remove_deliverable(deliverable: Deliverable, *, by: User):
    """Take away a deliverable that somebody has asked for. The history keeps it."""
    rules.check_can_keep(by)
    deliverable = _locked(deliverable)
    rules.check_can_remove(deliverable)
    record("deliverable.removed", deliverable, by=by, within=deliverable.step.activity)
    deliverable.delete()


@transaction.atomic
def approve_deliverable(deliverable: Deliverable, approved_on: date, approved_by: str, *, by: User) -> Deliverable:
    """Keep that a deliverable is approved (godkänd leverans): by whom, and when."""
    deliverable = _locked(deliverable)
    rules.check_can_approve(deliverable, by)
    rules.check_approval(deliverable, approved_on, approved_by)
    deliverable.approved_on, deliverable.approved_by = approved_on, approved_by.strip()
    deliverable.save()
    activity = deliverable.step.activity
    record("deliverable.approved", deliverable, by=by, within=activity, approved_by=deliverable.approved_by)
    return deliverable


@transaction.atomic
def withdraw_approval(deliverable: Deliverable, *, by: User) -> Deliverable:
    """Take an approval back. The history keeps it."""
    rules.check_can_keep(by)
    deliverable = _locked(deliverable)
    deliverable.approved_on, deliverable.approved_by = None, ""
    deliverable.save()
    record("deliverable.withdrawn", deliverable, by=by, within=deliverable.step.activity)
    return deliverable


def _locked(deliverable: Deliverable) -> Deliverable:
    rows = Deliverable.objects.select_for_update(of=("self",)).select_related("step__activity", "step__phase")
    found = rows.filter(pk=deliverable.pk).first()
    if found is None:
        raise Refused("Någon har just tagit bort leveransen.")
    return found
