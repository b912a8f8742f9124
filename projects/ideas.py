"""The backlog of ideas, in the order that they are wanted."""

from django.db.models import F, QuerySet

from enamnd.formats import listed

from .models import Activity, ActivityLink, Phase
from .process import next_phase, phases_in_use


def open_ideas() -> QuerySet[Activity]:
    """What nobody has gone on with yet: by priority, those without one last."""
    rows = Activity.objects.filter(kind=Activity.Kind.IDEA, closed_on=None)
    return rows.order_by(F("priority").asc(nulls_last=True), "name", "pk")


def ended_ideas() -> QuerySet[Activity]:
    """What became something, or was put aside: the latest first."""
    rows = Activity.objects.filter(kind=Activity.Kind.IDEA, closed_on__isnull=False)
    return rows.order_by("-closed_on", "name", "pk")


def became(ideas) -> dict[int, list[Activity]]:
    """What each of some ideas has become, by its key. One query."""
    rows = ActivityLink.objects.filter(activity__in=[each.pk for each in ideas], kind=ActivityLink.Kind.BECAME)
    found: dict[int, list[Activity]] = {}
    for link in rows.select_related("other"):
        found.setdefault(link.activity_id, []).append(link.other)
    return found


def end_of(idea: Activity, what: dict[int, list[Activity]]) -> str:
    """What an idea of before came to, in words: what it became (`what` is of `became`), put aside, ended."""
    if found := what.get(idea.pk):
        return f"blev {listed(each.name for each in found)}"
    return "lagd åt sidan" if idea.put_aside_because else "avslutad"


def first_phase(idea: Activity | None = None) -> Phase | None:
    """Where what becomes of an idea begins: after the phase that the idea itself is in, else at the beginning."""
    step = idea.steps.filter(ended_on=None).select_related("phase").first() if idea else None
    return next_phase(phases_in_use(), step.phase if step else None)
