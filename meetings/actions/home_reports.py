"""The verb of telling decisions at home (återrapportering)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.decisions import home_reports as rules
from meetings.models import HomeReport, Meeting


@transaction.atomic
def tell_home_report(
    meeting: Meeting, municipality: Municipality, *, reported_on: date, reported_by: str, where: str = "", by
) -> HomeReport:
    """Say that the meeting's decisions have been told at home: when, by whom, and where. A second time corrects it.

    Refused for somebody else's municipality, without a name, for a day to come and for one before the meeting.
    """
    rules.check_can_tell(by, municipality)
    rules.check_is_party(municipality)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not (name := " ".join(reported_by.split())):
        raise Refused("Skriv vem som har återrapporterat.", field="reported_by")
    if reported_on > timezone.localdate():
        raise Refused(f"{long_date(reported_on)} har inte varit än. Skriv dagen då det hände.", field="reported_on")
    if reported_on < meeting.held_on:
        raise Refused(
            f"{long_date(reported_on)} är före sammanträdet {long_date(meeting.held_on)}.", field="reported_on"
        )
    row = HomeReport.objects.filter(meeting=meeting, municipality=municipality).first()
    row = row or HomeReport(meeting=meeting, municipality=municipality)
    row.reported_on, row.reported_by, row.where = reported_on, name[:150], " ".join(where.split())[:200]
    row.told_by = row._history_user = by
    row.save()
    record("home_report.told", row, by=by, within=meeting, place=municipality.name, day=long_date(reported_on))
    return row
