"""The people of one activity, as its page shows them: who works in it, which bodies lead it, whom it concerns."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from . import commissions, resources
from .models import Activity, ActivityBody, ActivityLink, Assignment


@dataclass(frozen=True)
class People:
    """All that the section about people of an activity's page needs, in seven queries, however many they are."""

    now: list[Assignment]
    before: list[Assignment]
    bodies: list[ActivityBody]
    stakeholders: list
    requests: list[resources.Tally]

    @property
    def has_consultants(self) -> bool:
        return any(each.source == Assignment.Source.CONSULTANT for each in self.now)

    @property
    def is_empty(self) -> bool:
        return not (self.now or self.before or self.bodies or self.stakeholders)


def people_of(activity: Activity, today: date) -> People:
    """Who works in the activity now or later, who did, and the rest."""
    work = list(activity.assignments.select_related("person", "municipality"))
    over = [each for each in work if each.valid_until and each.valid_until < today]
    return People(
        now=[each for each in work if each not in over],
        before=over,
        bodies=list(activity.bodies.select_related("body")),
        stakeholders=list(activity.stakeholders.all()),
        requests=resources.tallies_of(resources.rows().filter(activity=activity), today),
    )


@dataclass(frozen=True)
class Origin:
    """Where an activity comes from: ideas that became it, and commissions that it answers."""

    ideas: list[Activity]
    commissions: list[commissions.CommissionLine]


def origin_of(activity: Activity) -> Origin:
    """Two queries, three with commissions."""
    links = ActivityLink.objects.filter(other=activity, kind=ActivityLink.Kind.BECAME).select_related("activity")
    ideas = [link.activity for link in links if link.activity.kind == Activity.Kind.IDEA]
    return Origin(ideas, commissions.lines(commissions.for_lists().filter(activity=activity)))


def working(today: date) -> QuerySet[Assignment]:
    """All who work in activities that go on, now or later: by activity and role."""
    rows = Assignment.objects.filter(activity__closed_on=None).exclude(valid_until__lt=today)
    return rows.select_related("activity", "person", "municipality").order_by("activity__name", "role", "name")
