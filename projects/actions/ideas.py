"""The verbs of ideas: noted, put in order, and turned into activities that are linked to where they came from."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import commission_rules, rules
from ..ideas import open_ideas
from ..models import Activity, ActivityLink, Commission, Phase
from .activities import add_activity
from .phases import enter_phase


@transaction.atomic
def note_idea(name: str, purpose: str = "", benefit: str = "", responsible: str = "", *, by: User) -> Activity:
    """Put an idea last in the backlog (ny idé)."""
    rules.check_can_keep(by)
    if Activity.objects.filter(kind=Activity.Kind.IDEA, name=name).exists():
        raise Refused("Det finns redan en idé med den benämningen.", field="name")
    last = open_ideas().aggregate(last=Max("priority"))["last"] or open_ideas().count()
    facts = {"name": name, "purpose": purpose, "benefit": benefit, "responsible": responsible}
    return add_activity(kind=Activity.Kind.IDEA, priority=last + 1, is_reported=False, **facts, by=by)


@transaction.atomic
def move_idea(idea: Activity, index: int, *, by: User) -> int:
    """Give an idea another place in the backlog (0 = first): all get their numbers anew. The place it got."""
    rules.check_can_keep(by)
    Activity.objects.select_for_update().filter(kind=Activity.Kind.IDEA, closed_on=None).order_by("pk").first()
    rows = list(open_ideas().select_for_update(of=("self",)))
    moved = next((each for each in rows if each.pk == idea.pk), None)
    if moved is None:
        raise Refused("Idén har just blivit en aktivitet eller avslutats. Läs in sidan på nytt.")
    rows.remove(moved)
    index = max(0, min(index, len(rows)))
    rows.insert(index, moved)
    for number, each in enumerate(rows, 1):
        if each.priority != number:
            each.priority = number
            each.revision += 1
            each.save()
    record("idea.moved", moved, by=by, number=index + 1)
    return index


@transaction.atomic
def turn_idea(idea: Activity, into: Activity | None, day: date, *, by: User, **facts) -> Activity:
    """Let an idea become an activity (gå vidare med idén): one that is there, or a new one in its first phase.

    The idea stays as it was written, closed on `day` and linked to what it became. `facts` are those of `_begin`.
    """
    rules.check_can_keep(by)
    idea = Activity.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    if idea.kind != Activity.Kind.IDEA or idea.closed_on:
        raise Refused("Idén har redan blivit en aktivitet eller avslutats.")
    step = idea.steps.filter(ended_on=None).select_related("phase").first()
    if step and day < step.started_on:
        raise Refused(
            f"Idén kom till {step.phase.name.lower()} {long_date(step.started_on)}. Välj den dagen eller en senare.",
            field="day",
        )
    made = into or _begin(day, case=idea.case, purpose="", by=by, **facts)
    ActivityLink.objects.get_or_create(activity=idea, other=made, kind=ActivityLink.Kind.BECAME)
    if step:
        step.ended_on = day
        step.save()
    idea.closed_on, idea.priority = day, None
    idea.revision += 1
    idea.save()
    record("idea.became", idea, by=by, other=made.name)
    return made


@transaction.atomic
def turn_commission(commission: Commission, into: Activity | None, day: date, *, by: User, **facts) -> Activity:
    """Let an accepted commission become an activity: one that is there, or a new one by the board's own decision."""
    rules.check_can_keep(by)
    commission = Commission.objects.select_for_update(of=("self",)).select_related("activity").get(pk=commission.pk)
    commission_rules.check_may_become(commission)
    decided = {"paragraph": commission.paragraph, "decision": commission.decision, "case": commission.case}
    made = into or _begin(day, **decided, by=by, **facts)
    commission.activity = made
    commission.save()
    record("commission.became", commission, by=by, other=made.name)
    return made


def _begin(day: date, *, name: str, kind: str, phase: Phase | None, by: User, **facts) -> Activity:
    """A new activity, in `phase` from `day`; without a phase it has not begun."""
    rules.check_has_been(day, "day")
    if Activity.objects.filter(kind=kind, name=name).exists():
        raise Refused(
            f"Det finns redan en aktivitet av samma slag som heter {name}. Välj den i listan, eller skriv ett annat "
            "namn.",
            field="name",
        )
    made = add_activity(name=name, kind=kind, **facts, by=by)
    if phase:
        decided = {"paragraph": facts.get("paragraph"), "decision": facts.get("decision", "")}
        enter_phase(made, phase, day, **decided, by=by)
    return made
