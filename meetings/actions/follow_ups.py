"""Follow-ups of decisions: written when the board gives somebody a task, done when it has been carried out."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.organisation.models import Person
from enamnd.refusal import Refused
from meetings.decisions import follow_up_rules as rules

from ..models import FollowUp, Paragraph


@transaction.atomic
def add_follow_up(
    paragraph: Paragraph,
    *,
    task: str,
    responsible: str = "",
    person: Person | None = None,
    due_on: date | None = None,
    by: User,
) -> FollowUp:
    """Write down what is to be done because of a decision (uppdrag). Refused when nobody is responsible."""
    rules.check_can_give(by)
    follow_up = FollowUp(paragraph=paragraph, person=person, due_on=due_on)
    follow_up.task, follow_up.responsible = task.strip(), _responsible(responsible, person)
    _keep(follow_up, by)
    record("follow_up.added", follow_up, by=by, within=paragraph.meeting)
    return follow_up


@transaction.atomic
def change_follow_up(
    follow_up: FollowUp, *, task: str, responsible: str, person: Person | None, due_on: date | None, by: User
) -> FollowUp:
    """Write it anew: another task, another person, another day."""
    rules.check_can_give(by)
    row = _locked(follow_up)
    before = row.due_on
    row.task, row.responsible = task.strip(), _responsible(responsible, person)
    row.person, row.due_on = person, due_on
    _keep(row, by)
    moved = {"before": before.isoformat()} if before and before != due_on else {}
    record("follow_up.changed", row, by=by, within=row.paragraph.meeting, **moved)
    return row


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, done_on: date, outcome: str = "", by: User) -> FollowUp:
    """Say that it has been done (klart), when and how. Refused for a day to come, and before the decision."""
    row = _locked(follow_up)
    rules.check_can_finish(row, by)
    if done_on > timezone.localdate():
        raise Refused(f"{long_date(done_on)} har inte varit än. Skriv dagen då uppdraget blev klart.", field="done_on")
    if done_on < row.paragraph.meeting.held_on:
        decided = long_date(row.paragraph.meeting.held_on)
        raise Refused(f"Uppdraget gavs {decided} och kan inte ha blivit klart före det.", field="done_on")
    row.done_on, row.outcome = done_on, outcome.strip()
    _keep(row, by)
    record("follow_up.done", row, by=by, within=row.paragraph.meeting)
    return row


@transaction.atomic
def reopen_follow_up(follow_up: FollowUp, *, by: User) -> FollowUp:
    """Say that it is not done after all (öppna igen)."""
    row = _locked(follow_up)
    rules.check_can_finish(row, by)
    row.done_on, row.outcome = None, ""
    _keep(row, by)
    record("follow_up.reopened", row, by=by, within=row.paragraph.meeting)
    return row


def _responsible(written: str, person: Person | None) -> str:
    responsible = " ".join(written.split()) or (person.name if person else "")
    if not responsible:
        raise Refused("Skriv vem som är ansvarig, eller välj en person.", field="responsible")
    return responsible


def _locked(follow_up: FollowUp) -> FollowUp:
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("paragraph__meeting")
    return found.get(pk=follow_up.pk)


def _keep(follow_up: FollowUp, by: User):
    follow_up._history_user = by
    follow_up.save()
