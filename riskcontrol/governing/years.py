"""What a block shows in a year's document when nothing was chosen for it: that year's plan, budget, period, outcome."""

from collections.abc import Callable

from django.utils import timezone

from enamnd.organisation.models import Body
from finance.models import BudgetVersion, Forecast, Outcome

from ..models import GoalPeriod


def options_of(block: str, year: int, chosen: dict) -> dict:
    """The options of a block: what was chosen, else what the year has. `year` itself is always among them."""
    found = _YEARS[block](year) if block in _YEARS else {}
    return {"year": year} | found | chosen


def _latest(rows, name: str) -> dict:
    key = rows.values_list("pk", flat=True).first()
    return {name: key} if key else {}


def _budget(year: int) -> dict:
    key = BudgetVersion.objects.filter(budget__year=year).order_by("-number").values_list("pk", flat=True).first()
    return {"versions": [key], "comments": True} if key else {}


def _outcome(year: int) -> dict:
    return _latest(Outcome.objects.filter(budget__year=year).order_by("-through_on", "-pk"), "outcome")


def _forecast(year: int) -> dict:
    return _latest(Forecast.objects.filter(budget__year=year).order_by("-made_on", "-pk"), "forecast")


def _period(year: int) -> dict:
    """The latest that is over, else the first: one that lies ahead has nothing to report.

    No period of the year: a key that none has, so that another year's is not shown in its place.
    """
    rows = GoalPeriod.objects.filter(plan__year=year).order_by("last_on")
    over = rows.filter(last_on__lte=timezone.localdate()).reverse()
    return {"period": -1} | (_latest(over, "period") or _latest(rows, "period"))


def _attendance(year: int) -> dict:
    return _latest(Body.objects.filter(kind=Body.Kind.BOARD).order_by("-valid_from", "pk"), "body")


_YEARS: dict[str, Callable[[int], dict]] = {
    "budget": _budget,
    "outcome": _outcome,
    "forecast": _forecast,
    "goals_follow_up": _period,
    "indicators_follow_up": _period,
    "attendance": _attendance,
}
