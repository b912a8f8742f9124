"""The year's plan of meetings: days are added, moved and cancelled, decided in a paragraph, and become meetings."""

from datetime import date, time

from django.db import transaction

from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Body
from enamnd.refusal import Refused
from meetings import rules
from meetings.planning import year_plan
from meetings.text import sections

from ..models import Meeting, Paragraph, PlannedDay, YearPlan
from .meetings import change_meeting, create_meeting
from .paragraphs import add_paragraph, board_words


@transaction.atomic
def plan_day(
    body: Body,
    held_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    is_remote: bool = False,
    *,
    year: int | None = None,
    by,
) -> PlannedDay:
    """Put a day in the plan of its year (planera en dag), which begins with its first day. Times are local.

    Refused for a day of another year than `year`, and for an end before the beginning.
    """
    rules.check_can_write(by)
    plan, _ = YearPlan.objects.get_or_create(body=body, year=year or held_on.year)
    year_plan.check_in_year(plan, held_on)
    year_plan.check_times(starts_at, ends_at)
    day = PlannedDay.objects.create(
        plan=plan, held_on=held_on, starts_at=starts_at, ends_at=ends_at, place=place.strip(), is_remote=is_remote
    )
    record("planned_day.added", day, by=by, within=plan, day=long_date(held_on))
    return day


@transaction.atomic
def move_day(day: PlannedDay, *, by, **facts) -> PlannedDay:
    """Give a day another date, time or place (flytta en dag); its meeting, when there is one, goes along."""
    rules.check_can_write(by)
    day = locked(day)
    year_plan.check_can_change(day)
    before, old = year_plan.when(day), shared(day)
    for name, value in facts.items():
        setattr(day, name, value)
    year_plan.check_in_year(day.plan, day.held_on)
    year_plan.check_times(day.starts_at, day.ends_at)
    if shared(day) == old:
        return day
    day.save()
    if day.meeting:
        change_meeting(day.meeting, by=by, **shared(day))
    record("planned_day.moved", day, by=by, within=day.plan, before=before, after=year_plan.when(day))
    return day


@transaction.atomic
def cancel_day(day: PlannedDay, reason: str, *, by) -> PlannedDay:
    """Cancel a day (ställa in): it stays in the plan with its reason, and its meeting is shown as cancelled."""
    rules.check_can_write(by)
    day = locked(day)
    year_plan.check_can_change(day)
    if not reason.strip():
        raise Refused("Skriv varför dagen ställs in. Det syns i planen.", field="reason")
    day.cancelled_because = reason.strip()[:300]
    day.save()
    record("planned_day.cancelled", day, by=by, within=day.plan, day=long_date(day.held_on), reason=reason.strip())
    return day


@transaction.atomic
def remove_day(day: PlannedDay, *, by):
    """Take away a day that was a slip, while the plan is only a proposal."""
    rules.check_can_write(by)
    day = locked(day)
    year_plan.check_can_remove(day)
    record("planned_day.removed", day, by=by, within=day.plan, day=long_date(day.held_on))
    day.delete()


@transaction.atomic
def create_meetings(plan: YearPlan, *, by) -> list[Meeting]:
    """Make a meeting of each day that has none (lägga upp sammanträden), with the people of the register."""
    rules.check_can_write(by)
    plan = YearPlan.objects.select_for_update(of=("self",)).select_related("body").get(pk=plan.pk)
    year_plan.check_has_days(plan)
    days = list(year_plan.standing_days(plan).filter(meeting=None))
    if not days:
        raise Refused("Alla dagar i planen har redan sammanträden.")
    for day in days:
        day.meeting = create_meeting(plan.body, by=by, **shared(day))
        day.save()
    record("year_plan.meetings_created", plan, by=by, number=len(days))
    return [day.meeting for day in days]


@transaction.atomic
def propose_plan(plan: YearPlan, meeting: Meeting, *, by) -> Paragraph:
    """Write the paragraph that decides the plan (föreslå sammanträdesplanen) on the agenda of a meeting."""
    rules.check_can_write(by)
    plan = YearPlan.objects.select_for_update(of=("self",)).select_related("body").get(pk=plan.pk)
    year_plan.check_has_days(plan)
    if plan.decided_in_id:
        raise Refused(f"Planen står redan i {plan.decided_in.label} ”{plan.decided_in.title}”.")
    text = year_plan.sections_of(plan, current_board(), board_words())
    paragraph = add_paragraph(meeting, title=year_plan.title_of(plan), sections=sections.to_json(text), by=by)
    plan.decided_in = paragraph
    plan.save()
    record("year_plan.proposed", plan, by=by, within=meeting)
    return paragraph


@transaction.atomic
def link_decision(plan: YearPlan, paragraph: Paragraph | None, *, by) -> YearPlan:
    """Say in which paragraph the plan was decided (beslutad i), or that it stands in none."""
    rules.check_can_write(by)
    plan = YearPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    plan.decided_in = paragraph
    plan.save()
    record("year_plan.decision_linked", plan, by=by, paragraph=str(paragraph or "ingen paragraf"))
    return plan


def shared(day: PlannedDay) -> dict:
    """What a day and its meeting both say."""
    return {name: getattr(day, name) for name in ("held_on", "starts_at", "ends_at", "place", "is_remote")}


def locked(day: PlannedDay) -> PlannedDay:
    found = PlannedDay.objects.select_for_update(of=("self",)).select_related("plan__body", "meeting")
    row = found.filter(pk=day.pk).first()
    if row is None:
        raise Refused("Dagen finns inte längre i planen. Någon har tagit bort den.")
    return row
