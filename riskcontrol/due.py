"""Which checks are due: control activities with the days that they ask for, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from enamnd.organisation.models import Body
from meetings.models import Meeting, PlannedDay

from .models import Check, ControlActivity, ControlPlan, FollowUp, PlanAdoption
from .schedule import MEETINGS, Due, due_days, standing


@dataclass(frozen=True)
class Standing:
    """A control activity, how it stands, and its checks with the latest first."""

    activity: ControlActivity
    due: Due
    checks: tuple[Check, ...]


def standing_of(activities: Iterable[ControlActivity]) -> list[Standing]:
    """How some activities of one plan or several stand. They must bring their item, risk and plan."""
    activities = list(activities)
    years = {each.item.risk.plan.year for each in activities if each.schedule == MEETINGS}
    meetings = board_days(years) if years else ()
    checks: dict[int, list[Check]] = {}
    for check in Check.objects.filter(activity__in=activities).select_related("document__case"):
        checks.setdefault(check.activity_id, []).append(check)
    return [_standing(each, checks.get(each.pk, []), meetings) for each in activities]


def _standing(activity: ControlActivity, checks: list[Check], meetings: Iterable[date]) -> Standing:
    own = tuple(date.fromisoformat(day) for day in activity.days)
    days = due_days(activity.schedule, activity.item.risk.plan.year, days=own, meetings=meetings)
    return Standing(activity, standing(days, [check.covers_on for check in checks]), tuple(checks))


def board_days(years: Iterable[int]) -> tuple[date, ...]:
    """The days of the board's own meetings, and of those that are planned."""
    years = list(years)
    wanted = Q(held_on__year__in=years)
    held = Meeting.objects.filter(wanted, body__kind=Body.Kind.BOARD).values_list("held_on", flat=True)
    planned = PlannedDay.objects.filter(
        wanted, plan__body__kind=Body.Kind.BOARD, meeting=None, cancelled_because=""
    ).values_list("held_on", flat=True)
    return tuple({*held, *planned})


def activities_of(plan: ControlPlan):
    """The control activities of a plan, in its order."""
    rows = ControlActivity.objects.filter(item__risk__plan=plan)
    return rows.select_related("item__risk__plan", "item__risk__responsible_body").order_by("item__position", "pk")


def activities_in_force(today: date):
    """The control activities of this year's plan and last year's, when adopted and not followed up to their end."""
    adopted = PlanAdoption.objects.filter(withdrawn_at=None).values("plan")
    followed = FollowUp.objects.exclude(approved_on=None).values("plan")
    plans = ControlPlan.objects.filter(pk__in=adopted, year__gte=today.year - 1)
    plans = plans.exclude(year__lt=today.year, pk__in=followed)
    rows = ControlActivity.objects.filter(item__risk__plan__in=plans).exclude(schedule="")
    return rows.select_related("item__risk__plan").order_by("item__risk__plan", "item__position", "pk")
