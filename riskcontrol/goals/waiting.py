"""What waits because of the goals: periods without comments, and measures of the action plan."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.formats import count, listed
from enamnd.waiting import Waiting
from riskcontrol.models import GoalMeasure, GoalPeriod

from .outlooks import lacking_in

BEFORE, AFTER = timedelta(days=14), timedelta(days=365)
MEASURES_BEFORE = timedelta(days=14)
MOST = 20


def waiting_goals(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    if not user.may(Permission.READ_CONTROL):
        return []
    return [*_to_comment(user, today), *_to_do(user, today)]


def _to_comment(user, today: date) -> Iterator[Waiting]:
    """Periods that end soon, or have ended, and where a comment or a forecast is lacking."""
    if not user.may(Permission.KEEP_CONTROL):
        return
    near = GoalPeriod.objects.filter(
        approved_on=None, last_on__lte=today + BEFORE, last_on__gte=today - AFTER
    ).select_related("plan")
    for period in near.order_by("last_on")[:MOST]:
        goals, indicators = lacking_in(period)
        parts = [count(goals, "mål", "mål")] if goals else []
        parts += [count(indicators, "indikator", "indikatorer")] if indicators else []
        if parts:
            why = f"{period} slutar {long_date(period.last_on)}. Kommentar eller prognos saknas."
            href = period.get_absolute_url()
            yield Waiting(period.last_on, f"Skriv om {listed(parts)}", why, href, "Skriv")


def _to_do(user, today: date) -> Iterator[Waiting]:
    """Measures of the action plan that are not done: near their day, all of them or one's own."""
    rows = GoalMeasure.objects.filter(done_on=None, due_on__lte=today + MEASURES_BEFORE)
    may_keep = user.may(Permission.KEEP_CONTROL)
    if not may_keep:
        if user.person_id is None:
            return
        rows = rows.filter(owner_person=user.person_id)
    for each in rows.select_related("goal")[:MOST]:
        href = reverse("riskcontrol:goal_measure", args=[each.pk]) if may_keep else each.goal.get_absolute_url()
        text = each.text if len(each.text) <= 80 else each.text[:79].rstrip() + "…"
        yield Waiting(each.due_on, f"Åtgärd: {text}", f"Mål {each.goal.number}. {each.owner} ansvarar.", href, "Öppna")
