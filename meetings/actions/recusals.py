"""Verbs of conflicts of interest (jäv): out of the paragraph, out of the count and out of the vote."""

from django.db import transaction

from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings.attending.adjusted import adjusted_at_once
from meetings.models import Attendance, Paragraph, Recusal, Statement, Vote
from meetings.models.attendance import PresenceKind
from meetings.sitting.reading import table_at
from meetings.sitting.rules import check_is_not_closed
from meetings.sitting.table import RECUSED, Table

from .arrivals import change_from
from .attendance import mark
from .sitting import at_the_table


@transaction.atomic
def add_recusal(
    paragraph: Paragraph, attendance: Attendance, *, reason: str = "", substitute: Attendance | None = None, by
) -> Recusal:
    """Say that somebody has a conflict of interest in the matter (jäv, KL 6 kap. 28-30 §§).

    `substitute` serves in their place in this paragraph only. Refused for who has already moved, voted or reserved
    themselves there, and when the matter is closed.
    """
    row = at_the_table(paragraph, by=by)
    check_is_not_closed(row)
    table = table_at(row)
    _check_recusal(table, attendance)
    if substitute is not None:
        _check_substitute(table, attendance, substitute)
        _be_there(substitute, row, by)
    recusal = Recusal(
        paragraph=row, attendance=attendance, reason=" ".join(reason.split())[:300], substitute=substitute
    )
    recusal._history_user = by
    recusal.save()
    told = {"who": attendance.name_with_party, "instead": substitute.name_with_party if substitute else ""}
    record("recusal.added", row, by=by, within=row.meeting, **told)
    return recusal


@transaction.atomic
def set_stand_in(recusal: Recusal, substitute: Attendance | None, *, by) -> Recusal:
    """Say who serves in the place of the recused, or that nobody does."""
    row = at_the_table(recusal.paragraph, by=by)
    check_is_not_closed(row)
    recusal = Recusal.objects.select_related("attendance", "substitute").get(pk=recusal.pk)
    if recusal.substitute == substitute:
        return recusal
    if recusal.substitute:
        _check_has_not_acted(row, recusal.substitute)
    if substitute is not None:
        _check_substitute(table_at(row), recusal.attendance, substitute)
        _be_there(substitute, row, by)
    recusal.substitute = substitute
    recusal._history_user = by
    recusal.save()
    told = {"who": recusal.attendance.name_with_party, "instead": substitute.name_with_party if substitute else ""}
    record("recusal.stand_in_set", row, by=by, within=row.meeting, **told)
    return recusal


@transaction.atomic
def remove_recusal(recusal: Recusal, *, by):
    """Take the recusal away: it was told wrongly. Refused while the substitute has moved or voted."""
    row = at_the_table(recusal.paragraph, by=by)
    check_is_not_closed(row)
    if recusal.substitute:
        _check_has_not_acted(row, recusal.substitute)
    recusal._history_user = by
    who = recusal.attendance.name_with_party
    recusal.delete()
    record("recusal.removed", row, by=by, within=row.meeting, who=who)


def _check_recusal(table: Table, attendance: Attendance):
    place = table.place_of(attendance)
    if place is None:
        raise Refused("Personen står inte i sammanträdets närvarolista.", field="attendance")
    if place.state == RECUSED:
        raise Refused(f"{attendance.name_with_party} är redan jävig här.", field="attendance")
    _check_has_not_acted(table.paragraph, attendance)


def _check_has_not_acted(paragraph: Paragraph, attendance: Attendance):
    who = attendance.name_with_party
    if paragraph.motions.filter(mover=attendance).exists():
        raise Refused(f"{who} har ett yrkande här. Ta bort det först.", field="attendance")
    if any(attendance.pk in each.supporters for each in paragraph.motions.all()):
        raise Refused(f"{who} instämmer i ett yrkande här. Ändra det först.", field="attendance")
    if Vote.objects.filter(ballot__paragraph=paragraph, attendance=attendance).exists():
        raise Refused(f"{who} har röstat här. Ta bort omröstningen först.", field="attendance")
    if Statement.objects.filter(paragraph=paragraph, attendance=attendance).exists():
        raise Refused(f"{who} har en reservation eller anteckning här. Ta bort den först.", field="attendance")


def _check_substitute(table: Table, attendance: Attendance, substitute: Attendance):
    if substitute not in table.substitutes_for(attendance):
        raise Refused(
            f"{substitute.name_with_party} kan inte tjänstgöra för {attendance.name_with_party} här. "
            "Välj någon av dem som föreslås.",
            field="substitute",
        )


def _be_there(substitute: Attendance, paragraph: Paragraph, by):
    """Who steps in is there, though nobody has said so yet: throughout, or from here on when § before are adjusted."""
    if substitute.presence != PresenceKind.UNMARKED or substitute.periods.exists():
        return
    if adjusted_at_once(paragraph.meeting):
        change_from(substitute, paragraph, PresenceKind.PRESENT, by=by)
    else:
        mark(substitute, PresenceKind.PRESENT, by=by)
