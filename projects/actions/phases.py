"""The verbs of the board's phases, and of an activity's way through them."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..default_phases import USUAL
from ..models import Activity, Deliverable, Phase, PhaseStep
from ..process import phases_in_use
from .participation import began_before

FACTS = (
    *("name", "order", "owner", "gate", "deliverables", "approver"),
    *("is_boards", "ends_boards_role", "starts_project", "is_end"),
)


@transaction.atomic
def begin_with_usual_phases(*, by: User) -> list[Phase]:
    """Take the usual phases as the board's own, to change from there. Refused when the board has phases."""
    rules.check_can_keep(by)
    if Phase.objects.exists():
        raise Refused("Nämnden har redan faser. Ändra dem i stället.")
    made = [Phase.objects.create(order=number * 10, **facts) for number, facts in enumerate(USUAL, 1)]
    record("phase.usual_begun", made[0], by=by, number=len(made))
    return made


@transaction.atomic
def add_phase(*, by: User, **facts) -> Phase:
    """Put a phase in the process (ny fas)."""
    rules.check_can_keep(by)
    phase = Phase.objects.create(**facts)
    record("phase.added", phase, by=by)
    return phase


@transaction.atomic
def change_phase(phase: Phase, *, by: User, **facts) -> Phase:
    """Change a phase. Steps that activities have taken keep the deliverables that they were given."""
    rules.check_can_keep(by)
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    for name, value in facts.items():
        setattr(phase, name, value)
    phase.save()
    record("phase.changed", phase, by=by)
    return phase


@transaction.atomic
def set_phase_retired(phase: Phase, is_retired: bool, *, by: User) -> Phase:
    """Stop using a phase from today, or use it again. Refused while an activity is in it."""
    rules.check_can_keep(by)
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    if is_retired and (step := phase.steps.filter(ended_on=None).select_related("activity").first()):
        raise Refused(f"{step.activity} är i fasen {phase}. Flytta den först.")
    phase.retired_on = timezone.localdate() if is_retired else None
    phase.save()
    record("phase.retired" if is_retired else "phase.brought_back", phase, by=by)
    return phase


@transaction.atomic
def enter_phase(
    activity: Activity,
    phase: Phase,
    started_on: date,
    *,
    by: User,
    paragraph=None,
    decision: str = "",
    reason: str = "",
    after: int | None = None,
) -> PhaseStep:
    """Let an activity through the gate into a phase (ny fas), by a decision, or for a reason that is then shown.

    `after` is the key of the step that the page showed: refused when somebody else has moved the activity meanwhile.
    """
    rules.check_can_keep(by)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    step = activity.steps.filter(ended_on=None).select_related("phase").first()
    if after is not None and after != (step.pk if step else 0):
        raise Refused(f"Någon har just flyttat aktiviteten till {step.phase if step else 'ingen fas'}. Se efter igen.")
    is_decided = bool(paragraph or decision.strip())
    rules.check_can_enter(
        activity, phase, step, phases_in_use(), started_on=started_on, is_decided=is_decided, reason=reason
    )
    made = _step(activity, phase, step, started_on, by, paragraph=paragraph, decision=decision, reason=reason)
    record("activity.phase_entered", activity, by=by, phase=phase.name, reason=reason.strip())
    return made


def _step(activity, phase, before: PhaseStep | None, started_on, by, *, paragraph, decision, reason) -> PhaseStep:
    """The new step, with the deliverables that its phase asks for; the step before ends."""
    if before:
        before.ended_on = started_on
        before.save()
    activity.closed_on, activity.put_aside_because = started_on if phase.is_end else None, ""
    activity.save()
    facts = {"paragraph": paragraph, "decision": decision.strip(), "reason": reason.strip(), "by": by}
    made = PhaseStep.objects.create(activity=activity, phase=phase, started_on=started_on, **facts)
    for text in dict.fromkeys(phase.deliverable_lines):
        Deliverable.objects.create(step=made, text=text[:200])
    return made


@transaction.atomic
def correct_step(step: PhaseStep, started_on: date, reason: str, *, by: User) -> PhaseStep:
    """Correct the day that a phase began (rätta dagen), for a reason that is then shown. The history keeps the old day.

    The phase before, when it lasted until then, ends on the new day; so does an activity that the phase closed.
    """
    rules.check_can_keep(by)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=step.activity_id)
    steps = list(activity.steps.select_related("phase").select_for_update(of=("self",)).order_by("started_on", "pk"))
    at = next(number for number, each in enumerate(steps) if each.pk == step.pk)
    step, before = steps[at], steps[at - 1] if at else None
    rules.check_can_correct(step, before, started_on, reason)
    was = step.started_on
    if before and before.ended_on and (before.ended_on == was or before.ended_on > started_on):
        before.ended_on = started_on
        before.save()
    if step.phase.is_end and activity.closed_on == was:
        activity.closed_on = started_on
        activity.save()
    step.started_on, step.corrected_because = started_on, reason.strip()
    step.save()
    if step.phase.starts_project:
        _mark_late(activity)
    days = {"was": long_date(was), "now": long_date(started_on)}
    record("activity.phase_corrected", activity, by=by, phase=step.phase.name, reason=step.corrected_because, **days)
    return step


def _mark_late(activity: Activity):
    """Who joined after the start is marked anew when the day of the start has been corrected."""
    for each in activity.participations.select_for_update():
        is_late = began_before(activity, each.joined_on)
        if is_late != each.is_late:
            each.is_late = is_late
            each.save()
