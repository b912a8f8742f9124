"""Activities, phases, directives, people and agreements."""

from datetime import date

from enamnd.organisation.models import Municipality
from projects.models import (
    Activity,
    Agreement,
    Assignment,
    CallOff,
    Commission,
    Deliverable,
    Directive,
    DirectiveHeading,
    Phase,
    PhaseStep,
    ResourceRequest,
)

from .organisation import municipality
from .serial import numbers


def phase(name: str | None = None, order: int | None = None, **fields) -> Phase:
    number = next(numbers)
    return Phase.objects.create(name=name or f"Fas {number}", order=order if order is not None else number, **fields)


def activity(name: str | None = None, in_phase: Phase | None = None, **fields) -> Activity:
    """A project; with `in_phase`, in that phase since the beginning of 2022, with its deliverables unapproved."""
    made = Activity.objects.create(**{"name": name or f"Gemensamt system {next(numbers)}", "kind": "project"} | fields)
    if in_phase:
        step = PhaseStep.objects.create(activity=made, phase=in_phase, started_on=date(2022, 1, 10))
        for text in in_phase.deliverable_lines:
            Deliverable.objects.create(step=step, text=text)
    return made


def heading(name: str | None = None, **fields) -> DirectiveHeading:
    """A heading of the board's directives, for text."""
    number = next(numbers)
    return DirectiveHeading.objects.create(
        **{"name": name or f"Rubrik {number}", "kind": "directive", "order": number} | fields
    )


def directive(of: Activity | None = None, **fields) -> Directive:
    """A draft of a directive, without text; `content` is by the keys of headings."""
    return Directive.objects.create(**{"activity": of or activity(), "kind": "directive"} | fields)


def assignment(of: Activity, **fields) -> Assignment:
    """A project leader from a municipality, since the beginning of 2022."""
    defaults = {"name": "Beda Wennström", "role": "leader", "source": "municipality", "valid_from": date(2022, 1, 10)}
    place = {} if "company" in fields else {"municipality": fields.pop("municipality", None) or municipality()}
    return Assignment.objects.create(activity=of, **defaults | place | fields)


def call_off(of: Agreement, **fields) -> CallOff:
    """Help that a municipality called off in the spring of 2022."""
    place = fields.pop("municipality", None) or municipality()
    defaults = {"called_on": date(2022, 4, 1), "what": "Utredning"}
    return CallOff.objects.create(agreement=of, municipality=place, **defaults | fields)


def resource_request(of: Activity, **fields) -> ResourceRequest:
    defaults = {"what": "En granskare av kravspecifikationen", "asked_on": date(2022, 3, 1)}
    return ResourceRequest.objects.create(activity=of, **defaults | fields)


def commission(*given_by: Municipality, **fields) -> Commission:
    """A task from two municipalities, that the board has not answered."""
    defaults = {"title": f"Gemensam växel {next(numbers)}", "received_on": date(2022, 2, 1)}
    made = Commission.objects.create(**defaults | fields)
    made.given_by.set(given_by or [municipality(), municipality()])
    return made
