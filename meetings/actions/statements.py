"""Verbs of reservations and of notes in the protocol (protokollsanteckningar)."""

from django.db import transaction
from django.utils import timezone

from enamnd.journal.record import record
from meetings.models import Attendance, Paragraph, Statement
from meetings.sitting.course import course_of
from meetings.sitting.reading import table_at
from meetings.sitting.records import records_of
from meetings.sitting.rules import check_statement

from .sitting import at_the_table

LATE = (
    "Reservationen är anmäld efter att sammanträdet avslutades. En reservation ska anmälas innan sammanträdet avslutas "
    "(kommunallagen 4 kap. 27 §)."
)


@transaction.atomic
def add_statement(
    paragraph: Paragraph, kind: str, attendance: Attendance, text: str = "", *, by
) -> tuple[Statement, str]:
    """Keep a reservation against the decision (KL 4 kap. 27 §), or a note; gives it, and a warning or nothing.

    Refused for those who did not take part. A reservation after the end of the meeting is taken, and warned of.
    """
    row = at_the_table(paragraph, by=by)
    check_statement(records_of(table_at(row)), kind, attendance, text)
    statement = Statement(paragraph=row, kind=kind, attendance=attendance, text=text.strip())
    statement.announced_at = timezone.now()
    statement._history_user = by
    statement.save()
    is_late = kind == Statement.Kind.RESERVATION and course_of(row.meeting).closed is not None
    told = {"who": attendance.name_with_party} | ({"warning": LATE} if is_late else {})
    record(f"statement.{kind}_added", row, by=by, within=row.meeting, **told)
    return statement, LATE if is_late else ""


@transaction.atomic
def remove_statement(statement: Statement, *, by):
    """Take away a reservation or a note. What it said stays in the history."""
    row = at_the_table(statement.paragraph, by=by)
    kind, who = statement.kind, statement.attendance.name_with_party
    statement._history_user = by
    statement.delete()
    record(f"statement.{kind}_removed", row, by=by, within=row.meeting, who=who)
