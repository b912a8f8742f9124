"""Activities as lists show them: with the phase they are in and what was last told, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Max, Prefetch, Q, QuerySet, Value, When

from .models import Activity, Phase, PhaseStep, StatusReport

STANDING = (Activity.Kind.RUNNING,)
KINDS_IN_ORDER = Case(*(When(kind=kind, then=Value(at)) for at, kind in enumerate(Activity.Kind.values)))


@dataclass(frozen=True)
class Line:
    """An activity, its step (None before the first phase) and its latest report (None when nothing is told)."""

    activity: Activity
    step: PhaseStep | None
    report: StatusReport | None

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
    """The lines of some activities, in their order: three queries, however many they are."""
    activities = list(activities)
    keys = [each.pk for each in activities]
    steps = PhaseStep.objects.filter(activity__in=keys, ended_on=None).select_related("phase")
    step_of = {each.activity_id: each for each in steps}
    report_of = latest_reports(keys)
    return [Line(each, step_of.get(each.pk), report_of.get(each.pk)) for each in activities]


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
    if line.report is None:
        return line.activity.kind not in STANDING
    return line.report.reported_on < today - timedelta(days=days)


def activity_for_page():
    """The query of one activity with all that its page names."""
    return Activity.objects.select_related("responsible_person", "paragraph__meeting", "case").prefetch_related(
        Prefetch(
            "steps", PhaseStep.objects.select_related("phase", "paragraph__meeting").prefetch_related("deliverables")
        ),
        "links__other",
        "links_here__activity",
    )
