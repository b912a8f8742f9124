"""What must hold of who works in an activity, and of what it asks the municipalities for."""

from datetime import date, timedelta

from enamnd.dates import long_date
from enamnd.organisation.models import Body
from enamnd.refusal import Refused

from .models import Activity, Assignment, ResourceRequest
from .rules import check_has_been
from .time_plans import check_order

LONGEST_WAIT = timedelta(days=3 * 366)


def check_assignment(facts: dict):
    """Refused without a name, without a municipality or company that they come from, and for an end before the start.

    A municipality and a company are not both kept: `source` says which of them counts.
    """
    if not facts["name"].strip():
        raise Refused("Skriv namnet, eller välj personen i registret.", field="name")
    if facts["source"] == Assignment.Source.MUNICIPALITY and facts["municipality"] is None:
        raise Refused("Välj den kommun som personen kommer från.", field="municipality")
    if facts["source"] == Assignment.Source.CONSULTANT and not facts["company"].strip():
        raise Refused("Skriv vilket företag konsulten kommer från.", field="company")
    check_order(facts["valid_from"], facts["valid_until"], field="valid_until")


def check_body_may_help(body: Body, activity: Activity, role: str, today: date):
    """Refused for a body that has ended, and for a task that it has already."""
    if body.valid_until and body.valid_until < today:
        raise Refused(f"{body} upphörde {long_date(body.valid_until)}. Välj ett organ som finns.", field="body")
    if activity.bodies.filter(body=body, role=role).exists():
        raise Refused(f"{body} har redan den uppgiften.", field="body")


def check_request(asked_on: date, answer_by: date | None):
    """Refused for a request of a day to come, and for an answer wanted before the question or years after it."""
    check_has_been(asked_on, "asked_on")
    if answer_by and answer_by < asked_on:
        raise Refused("Svaret kan inte behövas innan frågan ställdes. Ändra en av dagarna.", field="answer_by")
    if answer_by and answer_by - asked_on > LONGEST_WAIT:
        raise Refused(f"{long_date(answer_by)} är mer än tre år bort. Rätta dagen.", field="answer_by")


def check_somebody_is_asked(activity: Activity):
    if not activity.participations.filter(left_on=None).exists():
        raise Refused("Ingen kommun deltar, så ingen får frågan. Lägg till deltagarna först.")


def check_is_open(request: ResourceRequest):
    if request.closed_on:
        raise Refused(f"Begäran avslutades {long_date(request.closed_on)}.")


def check_is_asked(request: ResourceRequest, municipality):
    """A request is put to those who take part. Who has left may change what they once answered."""
    part = request.activity.participations.filter(municipality=municipality)
    if not (part.filter(left_on=None).exists() or request.answers.filter(municipality=municipality).exists()):
        raise Refused(f"{municipality} deltar inte i {request.activity}, så frågan gäller inte kommunen.")
