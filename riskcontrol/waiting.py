"""What waits for people in the internal control: checks, measures, scores to give, follow-ups."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.formats import count
from enamnd.waiting import Waiting

from .due import activities_in_force, standing_of
from .governing.waiting import waiting_governing
from .models import ControlPlan, FollowUp, Measure, PlanAdoption, Risk, Workshop

MOST = 20
BEFORE = timedelta(days=21)  # how long before its day a check is on the list
MEASURES_BEFORE = timedelta(days=30)


def waiting_control(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    papers = waiting_governing(user, today)
    if not user.may(Permission.READ_CONTROL):
        return papers
    return [*papers, *_to_check(user, today), *_to_do(user, today), *_to_score(user), *_to_follow_up(user, today)]


def _to_check(user, today: date) -> Iterator[Waiting]:
    """Checks whose day is near or has passed: all of them for those who keep the control, else one's own."""
    rows = activities_in_force(today)
    if not user.may(Permission.KEEP_CONTROL):
        if user.person_id is None:
            return
        rows = rows.filter(responsible_person=user.person_id)
    near = [each for each in standing_of(rows) if each.due.next and each.due.next <= today + BEFORE]
    for each in sorted(near, key=lambda one: one.due.next)[:MOST]:
        missed = len(each.due.late_on(today))
        why = f"{each.activity.item}." + (f" {missed} kontroller är försenade." if missed > 1 else "")
        href, verb = _where_checks_are_kept(user, each.activity)
        yield Waiting(each.due.next, f"Kontrollera: {_short(each.activity.method)}", why, href, verb)


def _where_checks_are_kept(user, activity) -> tuple[str, str]:
    if user.may(Permission.KEEP_CONTROL):
        return reverse("riskcontrol:check_new", args=[activity.pk]), "För in"
    return activity.item.get_absolute_url(), "Öppna"


def _to_do(user, today: date) -> Iterator[Waiting]:
    """Measures that are not done: those near their day, all of them or one's own."""
    rows = Measure.objects.filter(done_on=None, due_on__lte=today + MEASURES_BEFORE)
    if not user.may(Permission.KEEP_CONTROL):
        if user.person_id is None:
            return
        rows = rows.filter(owner_person=user.person_id)
    for each in rows.select_related("item__risk")[:MOST]:
        href = each.item.get_absolute_url()
        if user.may(Permission.KEEP_CONTROL):
            href = reverse("riskcontrol:measure", args=[each.pk])
        yield Waiting(each.due_on, f"Åtgärd: {_short(each.text)}", f"{each.owner} ansvarar.", href, "Öppna")


def _to_score(user) -> Iterator[Waiting]:
    """Risks of an open workshop that one has not scored, or that it has no risks yet."""
    if not user.may(Permission.ASSESS_RISKS):
        return
    for workshop in Workshop.objects.filter(closed_at=None).select_related("plan"):
        risks = Risk.objects.filter(plan=workshop.plan, merged_into=None)
        left = risks.exclude(scores__by=user).count()
        if not left and risks.exists():
            continue
        href = reverse("riskcontrol:workshop", args=[workshop.plan.year])
        what = f"Bedöm {count(left, 'risk', 'risker')}" if left else "Säg vad som kan gå fel"
        verb = "Bedöm" if left else "Öppna"
        why = f"{workshop.name}, {long_date(workshop.held_on)}."
        yield Waiting(workshop.held_on, f"{what} inför {workshop.plan.year}", why, href, verb)


def _to_follow_up(user, today: date) -> Iterator[Waiting]:
    """Adopted plans whose year is over without an approved follow-up."""
    if not user.may(Permission.KEEP_CONTROL):
        return
    adopted = PlanAdoption.objects.filter(withdrawn_at=None).values("plan")
    followed = FollowUp.objects.exclude(approved_on=None).values("plan")
    over = ControlPlan.objects.filter(year__lt=today.year, year__gte=today.year - 2, pk__in=adopted)
    for plan in over.exclude(pk__in=followed):
        begun = plan.follow_ups.first()
        href = begun.get_absolute_url() if begun else reverse("riskcontrol:follow_up_new", args=[plan.year])
        why = "Året är slut och ingen uppföljning är godkänd."
        yield Waiting(None, f"Följ upp {plan.title}", why, href, "Följ upp")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
