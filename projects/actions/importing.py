"""Taking activities in from the tables of an operational plan."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.refusal import Problem, Refused

from .. import rules
from ..models import Activity, ActivityLink, Deliverable, PhaseStep
from ..plan_rows import PlanRow, Understood, understand
from ..process import phases_in_use

ADDED, CHANGED, SAME = "ny", "ändrad", "oförändrad"


@dataclass(frozen=True)
class Taken:
    """What became of a row, in words: new, changed or unchanged, and how it was understood."""

    number: int
    name: str
    what: str
    told: str


@transaction.atomic
def load_activities(rows: list[dict], *, by: User | None) -> list[Taken]:
    """Take in the rows, all or none: new activities are registered, those of the same kind and name are changed.

    `by` is None when the command does it. Refused with every row that is wrong, and where.
    """
    if by is not None:
        rules.check_can_keep(by)
    understood = understand(rows, phases_in_use())
    problems = tuple(
        Problem(f"rad {each.number} ({each.name or 'utan namn'})", each.problem) for each in understood if each.problem
    )
    if problems:
        raise Refused(problems=problems)
    return [_take(each, place, by) for place, each in enumerate(understood, 1)]


def _take(each: Understood, place: int, by: User | None) -> Taken:
    row = each.row
    facts = {
        "status_line": row.status_line,
        "time_plan": row.plan.words,
        "starts_on": row.plan.starts_on,
        "ends_on": row.plan.ends_on,
        "comment": row.comment,
        "position": place,
        "in_plan": True,
    }
    activity = Activity.objects.select_for_update(of=("self",)).filter(kind=row.kind, name__iexact=row.name).first()
    what = _apply(activity, facts) if activity else ADDED
    if activity is None:
        activity = Activity.objects.create(kind=row.kind, name=row.name, **facts)
        _link_namesakes(activity)
    if row.phase and not activity.steps.exists():
        _begin(activity, row, by)
    if what != SAME:
        record("activity.loaded", activity, by=by, what=what)
    return Taken(row.number, row.name, what, told(row))


def _apply(activity: Activity, facts: dict) -> str:
    if all(getattr(activity, name) == value for name, value in facts.items()):
        return SAME
    for name, value in facts.items():
        setattr(activity, name, value)
    activity.revision += 1
    activity.save()
    return CHANGED


def _begin(activity: Activity, row: PlanRow, by: User | None):
    """The phase that the plan says, from the plan's first day when that has been, else from today."""
    today = timezone.localdate()
    started_on = min(row.plan.starts_on or today, today)
    step = PhaseStep.objects.create(
        activity=activity, phase=row.phase, started_on=started_on, decision="Enligt verksamhetsplanen", by=by
    )
    for text in dict.fromkeys(row.phase.deliverable_lines):
        Deliverable.objects.create(step=step, text=text[:200])


def _link_namesakes(activity: Activity):
    """The same thing may be a project and be managed at once: linked, not copied."""
    for other in Activity.objects.filter(name__iexact=activity.name).exclude(pk=activity.pk):
        ActivityLink.objects.create(activity=other, other=activity, kind=ActivityLink.Kind.SAME)


def told(row: PlanRow) -> str:
    """How a row was understood: "Projekt, fasen Förstudie, 1 januari 2019 – 31 december 2022"."""
    parts = [Activity.Kind(row.kind).label]
    parts.append(f"fasen {row.phase}" if row.phase else "ingen fas")
    if row.status_line:
        parts.append(f"status i ord ”{row.status_line}”")
    if row.plan.starts_on:
        first, last = long_date(row.plan.starts_on), row.plan.ends_on
        parts.append(f"{first} – {long_date(last)}" if last else f"från {first}, tills vidare")
    elif row.plan.words:
        parts.append(f"tidplan i ord ”{row.plan.words}”")
    else:
        parts.append("ingen tidplan")
    return ", ".join(parts)
