"""Verbs of a meeting's later days: with which paragraph each began."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings import rules
from meetings.days import later_days
from meetings.models import Closing, Meeting, MeetingDay, Paragraph


@transaction.atomic
def begin_days(meeting: Meeting, firsts: Mapping[date, Paragraph | None], *, by) -> None:
    """Say with which paragraph later days of the meeting began (dagens första paragraf); None takes a day back.

    Refused for a day that the meeting was not held on, and when a later day would begin before an earlier one.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    for day in set(firsts).difference(later_days(meeting)):
        raise Refused(f"Sammanträdet hölls inte {long_date(day)}. Ändra först vilken dag det slutade.")
    rows = {each.held_on: each for each in meeting.later_days.select_related("first")}
    _check_order(meeting, {day: row.first for day, row in rows.items()} | dict(firsts))
    for day, first in firsts.items():
        row = rows.get(day)
        if first is None:
            _forget(row, by)
        elif row is None or row.first_id != first.pk:
            _keep(row or MeetingDay(meeting=meeting, held_on=day), first, by)


def _check_order(meeting: Meeting, firsts: Mapping[date, Paragraph | None]):
    told = [(day, firsts[day]) for day in sorted(firsts) if firsts[day]]
    if any(first.meeting_id != meeting.pk for _, first in told):
        raise Refused("Paragrafen hör till ett annat sammanträde. Läs in sidan på nytt.")
    for (day, first), (next_day, next_first) in pairwise(told):
        if next_first.position <= first.position:
            raise Refused(f"{long_date(day).capitalize()} och {long_date(next_day)} kommer i fel ordning.")


def _keep(row: MeetingDay, first: Paragraph, by):
    row.first = first
    row._history_user = by
    row.save()
    record("meeting.day_begun", row.meeting, by=by, day=long_date(row.held_on), paragraph=str(first))


def _forget(row: MeetingDay | None, by):
    if row:
        record("meeting.day_forgotten", row.meeting, by=by, day=long_date(row.held_on))
        row._history_user = by
        row.delete()


def forget_other_days(meeting: Meeting, *, by):
    """Take back the days that the meeting was not held on after all, once its own days have been changed."""
    for row in meeting.later_days.all():
        if meeting.ends_on is None or not meeting.held_on < row.held_on <= meeting.ends_on:
            _forget(row, by)


def note_day(closing: Closing, *, by):
    """A matter that is closed as it happens, the first on a later day, began that day: no need to be told.

    Not when a matter after it was closed on an earlier day: then it was taken up again, and the day began elsewhere.
    """
    row, day = closing.paragraph, timezone.localdate(closing.at)
    if not closing.is_live or day <= row.meeting.held_on or row.meeting.later_days.filter(held_on__gte=day).exists():
        return
    later = Closing.objects.filter(paragraph__meeting=row.meeting, paragraph__position__gt=row.position)
    if any(timezone.localdate(each.at) < day for each in later):
        return
    if all(each.first.position < row.position for each in row.meeting.later_days.select_related("first")):
        _keep(MeetingDay(meeting=row.meeting, held_on=day), row, by)
