"""The verbs of taking part: a municipality joins, changes, leaves, and tells how far it has come."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .. import participation_rules, rules
from ..models import Activity, Adoption, Participation

FACTS = ("joined_on", "left_on", "contact", "decision", "decided_on", "financing_accepted_on")


@transaction.atomic
def add_participant(activity: Activity, municipality: Municipality, *, by: User, **facts) -> Participation:
    """Let a municipality join an activity (ny deltagare). Who joins after the start is marked as late."""
    rules.check_can_keep(by)
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    participation_rules.check_days(facts["joined_on"], facts.get("left_on"), facts.get("decided_on"))
    if activity.participations.filter(municipality=municipality).exists():
        raise Refused(f"{municipality} deltar redan.", field="municipalities")
    is_late = began_before(activity, facts["joined_on"])
    made = Participation.objects.create(activity=activity, municipality=municipality, is_late=is_late, **facts)
    record("participation.added", activity, by=by, municipality=municipality.name)
    return made


@transaction.atomic
def add_participants(
    activity: Activity, municipalities: Iterable[Municipality], *, by: User, **facts
) -> list[Participation]:
    """Let several municipalities join at once, with the same facts: all or none."""
    return [add_participant(activity, each, by=by, **facts) for each in municipalities]


@transaction.atomic
def change_participant(participation: Participation, *, by: User, **facts) -> Participation:
    """Change what is known of a participation."""
    rules.check_can_keep(by)
    rows = Participation.objects.select_for_update(of=("self",)).select_related("activity", "municipality")
    row = rows.get(pk=participation.pk)
    participation_rules.check_days(facts["joined_on"], facts.get("left_on"), facts.get("decided_on"))
    for name, value in facts.items():
        setattr(row, name, value)
    row.is_late = began_before(row.activity, row.joined_on)
    row.save()
    record("participation.changed", row.activity, by=by, municipality=row.municipality.name)
    return row


def began_before(activity: Activity, day: date) -> bool:
    """Whether the project had started by then: in a phase where projects start, or any after it."""
    start = activity.steps.filter(phase__starts_project=True).order_by("started_on").first()
    return bool(start and day > start.started_on)


@transaction.atomic
def tell_adoption(
    activity: Activity,
    municipality: Municipality,
    state: str,
    since_on: date,
    note: str = "",
    planned_on: date | None = None,
    *,
    by: User,
) -> Adoption:
    """Say how far a municipality has come with an activity (anslutningsläge), and since when.

    `planned_on` is when it plans to have it in use: each municipality plans the introduction for itself.
    """
    participation_rules.check_can_tell(by, municipality)
    if state != Adoption.State.INTRODUCING:
        rules.check_has_been(since_on, "since_on")
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    facts = {"state": state, "since_on": since_on, "note": note.strip(), "planned_on": planned_on, "told_by": by}
    adoption, _ = Adoption.objects.update_or_create(activity=activity, municipality=municipality, defaults=facts)
    name = adoption.get_state_display().lower()
    record("adoption.told", activity, by=by, municipality=municipality.name, state=name)
    return adoption
