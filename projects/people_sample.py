"""The sample board's people, resource requests, commissions, ideas and outside organisations."""

import json
from datetime import date
from pathlib import Path

from enamnd.accounts.models import User
from enamnd.organisation.models import Body, Municipality, Person

from .models import (
    Activity,
    ActivityBody,
    ActivityLink,
    Assignment,
    Commission,
    OutsideOrganisation,
    ResourceAnswer,
    ResourceRequest,
    Stakeholder,
)

SAMPLE = Path(__file__).parent / "samples" / "norrbotten_people.json"


def load_people(by: User):
    """Put people and the rest beside the sample activities, which must be there."""
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for name, row in told["people"].items():
        _load_about(Activity.objects.filter(name=name).first(), row, by)
    for row in told["commissions"]:
        _load_commission(row)
    for row in told["ideas"]:
        Activity.objects.create(kind=Activity.Kind.IDEA, is_reported=False, **row)
    for row in told["became"]:
        _load_former_idea(row)
    for row in told["put_aside"]:
        _load_idea_put_aside(row)
    for row in told["organisations"]:
        OutsideOrganisation.objects.create(ended_on=row.pop("ended", None), **row)


def _load_about(activity: Activity, row: dict, by: User):
    for each in row.get("team", []):
        _load_assignment(activity, each)
    for name, role in row.get("bodies", []):
        ActivityBody.objects.create(activity=activity, body=Body.objects.get(name=name), role=role)
    for name, interest in row.get("stakeholders", []):
        Stakeholder.objects.create(activity=activity, name=name, interest=interest)
    for each in row.get("requests", []):
        _load_request(activity, each, by)


def _load_assignment(activity: Activity, row: dict):
    company = row.get("company", "")
    Assignment.objects.create(
        activity=activity,
        name=row["name"],
        person=Person.objects.filter(name=row["name"]).first(),
        role=row["role"],
        source=Assignment.Source.CONSULTANT if company else Assignment.Source.MUNICIPALITY,
        municipality=None if company else Municipality.objects.get(name=row["municipality"]),
        company=company,
        valid_from=row["from"],
        valid_until=row.get("until"),
    )


def _load_request(activity: Activity, row: dict, by: User):
    closed_on, because = row.get("closed", (None, ""))
    made = ResourceRequest.objects.create(
        activity=activity,
        what=row["what"],
        extent=row["extent"],
        asked_on=row["asked"],
        answer_by=row["by"],
        closed_on=closed_on,
        closed_because=because,
    )
    for name, (outcome, readiness) in row["answers"].items():
        place = Municipality.objects.get(name=name)
        ResourceAnswer.objects.create(
            request=made, municipality=place, outcome=outcome, readiness=readiness, answered_by=by
        )


def _load_commission(row: dict):
    made = Commission.objects.create(
        title=row["title"],
        description=row.get("description", ""),
        received_on=row["received"],
        decision=row.get("decision", ""),
        is_accepted=row.get("accepted"),
        activity=Activity.objects.filter(name=row.get("activity")).first(),
        outcome=row.get("outcome", ""),
        closed_on=row.get("closed"),
    )
    made.given_by.set(Municipality.objects.filter(name__in=row["from"]))


def _load_former_idea(row: dict):
    idea = Activity.objects.create(
        name=row["name"],
        kind=Activity.Kind.IDEA,
        purpose=row["purpose"],
        is_reported=False,
        closed_on=date.fromisoformat(row["on"]),
    )
    activity = Activity.objects.get(name=row["activity"])
    ActivityLink.objects.create(activity=idea, other=activity, kind=ActivityLink.Kind.BECAME)


def _load_idea_put_aside(row: dict):
    day, because = row.pop("on"), row.pop("because")
    Activity.objects.create(kind=Activity.Kind.IDEA, closed_on=day, put_aside_because=because, is_reported=False, **row)
