"""Verbs of a meeting's later days: with which paragraph each began."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings import rules
from meetings.days import beginnings, later_days
from meetings.models import Closing, Meeting, MeetingDay, Paragraph


@transaction.atomic
def begin_day(meeting: Meeting, day: date, first: Paragraph | None, *, by) -> MeetingDay | None:
    """Say with which paragraph a later day of the meeting began (dagens första paragraf); None takes it back.

    Refused for a day that the meeting was not held on, and when a later day would begin before an earlier one.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    if day not in later_days(meeting):
        raise Refused(f"Sammanträdet hölls inte {long_date(day)}. Ändra först vilken dag det slutade.")
    row = meeting.later_days.filter(held_on=day).first()
    if first is None:
        return _forget(row, by)
    _check_order(meeting, day, first)
    if row and row.first_id == first.pk:
        return row
    return _keep(row or MeetingDay(meeting=meeting, held_on=day), first, by)


def _check_order(meeting: Meeting, day: date, first: Paragraph):
    if first.meeting_id != meeting.pk:
        raise Refused("Paragrafen hör till ett annat sammanträde. Läs in sidan på nytt.")
    for other in beginnings(meeting)[1:]:
        if (other.day < day and other.position >= first.position) or (
            other.day > day and other.position <= first.position
        ):
            raise Refused(f"{long_date(day).capitalize()} och {long_date(other.day)} kommer i fel ordning.")


def _keep(row: MeetingDay, first: Paragraph, by) -> MeetingDay:
    row.first = first
    row._history_user = by
    row.save()
    record("meeting.day_begun", row.meeting, by=by, day=str(row.held_on), paragraph=str(first))
    return row


def _forget(row: MeetingDay | None, by) -> None:
    if row:
        record("meeting.day_begun", row.meeting, by=by, day=str(row.held_on), paragraph="–")
        row._history_user = by
        row.delete()


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
