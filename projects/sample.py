"""The sample board's activities: what it has followed for some years, as if it had always been kept here."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Body, Municipality, Person
from meetings.models import Paragraph

from .actions.phases import begin_with_usual_phases
from .directive_sample import load_directives
from .models import (
    Activity,
    ActivityBody,
    ActivityLink,
    Adoption,
    Agreement,
    Assignment,
    CallOff,
    Deliverable,
    Participation,
    Phase,
    PhaseStep,
    ProcurementStep,
    ProlongOption,
    StatusReport,
)
from .people_sample import load_people
from .time_plans import read_time_plan

SAMPLE = Path(__file__).parent / "samples" / "norrbotten.json"
PLAIN = (
    *("name", "kind", "purpose", "comment", "time_plan", "status_line", "status_name", "responsible", "financing"),
    *("area", "benefit", "potential", "financed_on", "role_continues", "answer_by", "priority", "in_plan"),
)
HEALTH = ("time", "result", "cost", "next_step", "risks")


@transaction.atomic
def load_projects():
    """Register the sample activities. The sample board, its accounts and its meetings must be there."""
    by = User.objects.get(pk=RoleGrant.objects.filter(role="coordinator").values("user")[:1])
    begin_with_usual_phases(by=by)
    for position, row in enumerate(json.loads(SAMPLE.read_text(encoding="utf-8"))["activities"], 1):
        _load(row, position, by)
    load_directives()
    load_people(by)


def _load(row: dict, position: int, by: User):
    plan = read_time_plan(row.get("time_plan", ""))
    activity = Activity.objects.create(
        **{name: row[name] for name in PLAIN if name in row},
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        position=position,
        is_reported=row["kind"] != "idea",
        responsible_person=Person.objects.filter(name=row.get("responsible")).first(),
        paragraph=Paragraph.objects.filter(title=row.get("decided"), number__isnull=False).first(),
    )
    _load_steps(activity, row.get("steps", []), by)
    _load_participants(activity, row.get("participants", {}))
    for state, places in row.get("adoption", {}).items():
        for name, day in places.items():
            Adoption.objects.create(activity=activity, municipality=_place(name), state=state, since_on=day)
    for day, text, *health in row.get("reports", []):
        told = dict(zip(HEALTH, health, strict=False))
        StatusReport.objects.create(activity=activity, reported_on=day, text=text, by=by, **told)
    _load_people(activity, row)
    for text, day in row.get("due", {}).items():
        Deliverable.objects.filter(step__activity=activity, step__ended_on=None, text=text).update(due_on=day)
    _load_agreement(activity, row.get("agreement"))
    if row.get("same_as"):
        other = Activity.objects.exclude(pk=activity.pk).get(name=row["same_as"])
        ActivityLink.objects.create(activity=other, other=activity, kind=ActivityLink.Kind.SAME)


def _place(name: str) -> Municipality:
    return Municipality.objects.get(name=name)


def _load_steps(activity: Activity, steps: list, by: User):
    """Phases one after the other; what the earlier ones asked for is approved, of the last one the first thing."""
    ends = [*(day for _, day in steps[1:]), None][: len(steps)]
    for (name, started_on), ended_on in zip(steps, ends, strict=True):
        phase = Phase.objects.get(name=name)
        step = PhaseStep.objects.create(
            activity=activity, phase=phase, started_on=started_on, ended_on=ended_on, decision="Styrgruppen", by=by
        )
        for at, text in enumerate(phase.deliverable_lines):
            done = {"approved_on": ended_on or started_on, "approved_by": phase.get_approver_display()}
            Deliverable.objects.create(
                step=step, text=text, **(done if ended_on or (at == 0 and name != "Avtal") else {})
            )


def _load_participants(activity: Activity, told: dict):
    if not told:
        return
    places = Municipality.objects.filter(is_party=True)
    places = (
        places.filter(name__in=told["only"]) if "only" in told else places.exclude(name__in=told.get("without", []))
    )
    for place in places:
        late = told.get("late", {}).get(place.name)
        joined_on = late or told.get("all") or told["from"]
        Participation.objects.create(
            activity=activity,
            municipality=place,
            joined_on=joined_on,
            is_late=bool(late),
            decision="KS",
            decided_on=date.fromisoformat(joined_on),
        )


def _load_people(activity: Activity, row: dict):
    for name, role, company, valid_from in row.get("team", []):
        Assignment.objects.create(
            activity=activity,
            name=name,
            person=Person.objects.filter(name=name).first(),
            role=role,
            source=Assignment.Source.CONSULTANT,
            company=company,
            valid_from=valid_from,
        )
    for name, role in row.get("bodies", []):
        ActivityBody.objects.create(activity=activity, body=Body.objects.get(name=name), role=role)


def _load_agreement(activity: Activity, row: dict | None):
    if not row:
        return
    facts = {name: row[name] for name in ("name", "kind", "supplier", "value")}
    agreement = Agreement.objects.create(
        activity=activity, valid_from=row["from"], valid_until=row["until"], followed_up_by="Samordnaren", **facts
    )
    for until, say_by in row["options"]:
        ProlongOption.objects.create(agreement=agreement, until=until, say_by=say_by)
    for kind, on, note in row.get("procurement", ()):
        ProcurementStep.objects.create(agreement=agreement, kind=kind, on=on, note=note)
    for place, on, what, value, company in row.get("call_offs", ()):
        caller = CallOff.Caller.COMPANY if company else CallOff.Caller.MUNICIPALITY
        facts = {"called_on": on, "what": what, "value": value, "caller": caller, "company": company}
        CallOff.objects.create(agreement=agreement, municipality=_place(place), **facts)
