"""What the parties have told at home of a year's decisions: cooperation under the agreement rests on it."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from enamnd.dates import short_date
from enamnd.organisation.models import Body, Municipality
from meetings.decisions.councils import parties
from meetings.models import Adjustment, HomeReport, Meeting
from projects.blocks import table

HEAD = ("Part", "Återrapporterat", "Saknas")


def to_tell() -> QuerySet[Meeting]:
    """The board's meetings whose whole protocol has been adjusted, the earliest first: what can be told at home."""
    adjusted = Adjustment.objects.filter(meeting=OuterRef("pk"), is_immediate=False, adjusted_on__isnull=False)
    return Meeting.objects.filter(Exists(adjusted), body__kind=Body.Kind.BOARD).order_by("held_on", "pk")


def days_of_meetings() -> QuerySet:
    """The days of all the board's meetings, the earliest first."""
    return Meeting.objects.filter(body__kind=Body.Kind.BOARD).order_by("held_on").values_list("held_on", flat=True)


def untold(municipality: Municipality, since: date) -> QuerySet[Meeting]:
    """Those since a day that nobody has told of in the municipality."""
    told = HomeReport.objects.filter(meeting=OuterRef("pk"), municipality=municipality)
    return to_tell().filter(~Exists(told), held_on__gte=since).select_related("body")


def party_reports(options: dict) -> str:
    """Each party of the year `year`: of how many meetings it has been told, and of which it has not."""
    meetings = list(to_tell().filter(held_on__year=options["year"]))
    if not meetings:
        return ""
    told = set(HomeReport.objects.filter(meeting__in=meetings).values_list("municipality", "meeting"))
    rows = []
    for party in parties():
        left = [short_date(each.held_on) for each in meetings if (party.pk, each.pk) not in told]
        rows.append((party.name, f"{len(meetings) - len(left)} av {len(meetings)}", ", ".join(left) or "–"))
    return table(HEAD, rows)
