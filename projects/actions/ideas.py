"""The verbs of ideas: noted, put in order, put aside, and turned into activities that are linked to them."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import commission_rules, idea_rules, rules
from ..ideas import open_ideas
from ..models import Activity, ActivityLink, Commission, Deliverable, Phase, PhaseStep
from .activities import add_activity
from .phases import enter_phase


@transaction.atomic
def note_idea(name: str, purpose: str = "", benefit: str = "", responsible: str = "", *, by: User) -> Activity:
    """Put an idea last in the backlog (ny idé)."""
    rules.check_can_keep(by)
    if Activity.objects.filter(kind=Activity.Kind.IDEA, name=name).exists():
        raise Refused("Det finns redan en idé med den benämningen.", field="name")
    facts = {"name": name, "purpose": purpose, "benefit": benefit, "responsible": responsible}
    return add_activity(kind=Activity.Kind.IDEA, priority=_last() + 1, is_reported=False, **facts, by=by)


def _last() -> int:
    return open_ideas().aggregate(last=Max("priority"))["last"] or open_ideas().count()


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
    idea = _locked(idea)
    idea_rules.check_is_open(idea)
    rules.check_has_been(day, "day")
    step = _step_until(idea, day)
    made = into or _begin(day, case=idea.case, purpose="", by=by, **facts)
    ActivityLink.objects.get_or_create(activity=idea, other=made, kind=ActivityLink.Kind.BECAME)
    _close(idea, step, day)
    record("idea.became", idea, by=by, other=made.name)
    return made


@transaction.atomic
def put_idea_aside(idea: Activity, reason: str, day: date, *, by: User) -> Activity:
    """Let an idea rest (lägg åt sidan), for a reason that is shown beside it among the ideas of before."""
    rules.check_can_keep(by)
    idea = _locked(idea)
    idea_rules.check_is_open(idea)
    idea_rules.check_reason(reason)
    rules.check_has_been(day, "day")
    step = _step_until(idea, day)
    idea.put_aside_because = reason.strip()
    _close(idea, step, day)
    record("idea.put_aside", idea, by=by, reason=idea.put_aside_because)
    return idea


@transaction.atomic
def take_idea_up(idea: Activity, *, by: User) -> Activity:
    """Put an idea that was put aside last in the backlog again (ta upp igen), in the phase that it was in."""
    rules.check_can_keep(by)
    idea = _locked(idea)
    idea_rules.check_is_put_aside(idea)
    before = idea.steps.filter(ended_on=idea.closed_on).select_related("phase").last()
    idea.priority, idea.closed_on, idea.put_aside_because = _last() + 1, None, ""
    idea.revision += 1
    idea.save()
    if before and not before.phase.retired_on:
        _go_on(before, by)
    record("idea.taken_up", idea, by=by)
    return idea


def _locked(idea: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).get(pk=idea.pk)


def _step_until(idea: Activity, day: date) -> PhaseStep | None:
    """The step that the idea is in; refused when the day is before it."""
    step = idea.steps.filter(ended_on=None).select_related("phase").first()
    if step and day < step.started_on:
        raise Refused(
            f"Idén kom till {step.phase.name.lower()} {long_date(step.started_on)}. Välj den dagen eller en senare.",
            field="day",
        )
    return step


def _close(idea: Activity, step: PhaseStep | None, day: date):
    if step:
        step.ended_on = day
        step.save()
    idea.closed_on, idea.priority = day, None
    idea.revision += 1
    idea.save()


def _go_on(before: PhaseStep, by: User):
    """A new step in the same phase from today, with what was asked for and approved in the one before."""
    made = PhaseStep.objects.create(
        activity=before.activity, phase=before.phase, started_on=timezone.localdate(), by=by
    )
    for each in before.deliverables.all():
        facts = {name: getattr(each, name) for name in ("text", "due_on", "approved_on", "approved_by")}
        Deliverable.objects.create(step=made, **facts)


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
