"""Activities as lists show them: with the phase they are in and what was last told, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Max, Prefetch, Q, QuerySet, Value, When

from .models import Activity, ActivityLink, Phase, PhaseStep, StatusReport

OUTLINED = ("name", "kind", "time_plan", "status_line", "is_reported", "closed_on")
STANDING = (Activity.Kind.RUNNING,)
KINDS_IN_ORDER = Case(*(When(kind=kind, then=Value(at)) for at, kind in enumerate(Activity.Kind.values)))


@dataclass(frozen=True)
class Line:
    """An activity, its step (None before the first phase), its latest report and its day (None when nothing is told).

    Where many are shown at once the report is left out and its day alone is there.
    """

    activity: Activity
    step: PhaseStep | None
    report: StatusReport | None
    reported_on: date | None = None

    @property
    def phase(self) -> Phase | None:
        return self.step.phase if self.step else None

    @property
    def status(self) -> str:
        """What the plan says: the words of the activity, else its phase."""
        return self.activity.status_line or (self.phase.name if self.phase else "")

    @property
    def says_more(self) -> bool:
        """Whether the words of the activity say anything beside its phase and its time plan."""
        said = {self.activity.time_plan.casefold(), self.phase.name.casefold() if self.phase else ""}
        return bool(self.activity.status_line) and self.activity.status_line.casefold() not in said


def lines_of(activities: QuerySet[Activity] | Iterable[Activity]) -> list[Line]:
    """The lines of some activities, in their order: five queries, however many they are."""
    activities = list(activities)
    keys = [each.pk for each in activities]
    step_of, report_of = current_steps(keys), latest_reports(keys)
    return [
        Line(each, step_of.get(each.pk), found := report_of.get(each.pk), found and found.reported_on)
        for each in activities
    ]


def needed_by(activity: Activity) -> list[Line]:
    """What the activity is dependent on, and where that stands."""
    links = activity.links.filter(kind=ActivityLink.Kind.NEEDS).values("other")
    return outlines_of(Activity.objects.filter(pk__in=links).order_by("name", "pk"))


def outlines_of(activities: QuerySet[Activity]) -> list[Line]:
    """The lines of many activities, with the days of the latest reports but not what they say."""
    activities = list(activities.only(*OUTLINED))
    keys = [each.pk for each in activities]
    step_of, day_of = current_steps(keys), latest_days(keys)
    return [Line(each, step_of.get(each.pk), None, day_of.get(each.pk)) for each in activities]


def current_steps(keys: Iterable[int]) -> dict[int, PhaseStep]:
    """The step that each activity is in, by activity. A phase is read once, however many are in it."""
    phases = Phase.objects.in_bulk()
    steps = PhaseStep.objects.filter(activity__in=list(keys), ended_on=None).order_by()
    found = {each.activity_id: each for each in steps.only("activity_id", "phase_id", "reason", "ended_on")}
    for each in found.values():
        each.phase = phases[each.phase_id]
    return found


def latest_days(keys: Iterable[int]) -> dict[int, date]:
    """The day of the latest report of each activity."""
    reports = StatusReport.objects.filter(activity__in=list(keys)).order_by()
    return dict(reports.values_list("activity").annotate(Max("reported_on")))


def latest_reports(keys: Iterable[int]) -> dict[int, StatusReport]:
    """The latest report of each activity, two queries."""
    reports = StatusReport.objects.filter(activity__in=list(keys)).order_by()
    days = reports.values("activity").annotate(day=Max("reported_on"))
    latest = reports.filter(reported_on__in={each["day"] for each in days}).select_related("separate_matter__meeting")
    found: dict[int, StatusReport] = {}
    for each in latest.order_by("reported_on", "pk"):
        found[each.activity_id] = each
    return found


def find(words: str = "", kind: str = "", phase: str = "", state: str = "open") -> QuerySet[Activity]:
    """Activities that a list is narrowed to. `phase` is a key, `state` open, closed or empty for all."""
    rows = Activity.objects.all()
    if state:
        rows = rows.filter(closed_on__isnull=state == "open")
    if kind:
        rows = rows.filter(kind=kind)
    if phase:
        rows = rows.filter(steps__ended_on=None, steps__phase=phase)
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(comment__icontains=word) | Q(responsible__icontains=word))
    return rows.order_by(KINDS_IN_ORDER, "position", "name", "pk")


def is_overdue(line: Line, today: date, days: int) -> bool:
    """Whether a report is older than the board's limit. What runs all the time reports when there is something."""
    if not line.activity.is_reported or line.activity.closed_on or line.activity.kind == Activity.Kind.IDEA:
        return False
    if line.reported_on is None:
        return line.activity.kind not in STANDING
    return line.reported_on < today - timedelta(days=days)


def activity_for_page():
    """The query of one activity with all that its page names."""
    return Activity.objects.select_related("responsible_person", "paragraph__meeting", "case").prefetch_related(
        Prefetch(
            "steps", PhaseStep.objects.select_related("phase", "paragraph__meeting").prefetch_related("deliverables")
        ),
        "links__other",
        "links_here__activity",
    )
