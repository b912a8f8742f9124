"""Gates and the days of agreements as calendar entries (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from icalendar import Event

from enamnd.organisation.models import Board
from meetings.planning.calendar_feed import calendar

from . import agreements
from .models import Activity, Agreement, Deliverable, PhaseStep


def project_calendar(portal: str) -> bytes:
    """Gates that activities have passed, days when something is to be delivered, said or followed up, or ends."""
    return calendar(
        [*_gates(portal), *_deliverables(portal), *_agreements(portal)],
        name=f"{Board.objects.first() or 'Nämnden'}: projekt och avtal",
    )


def _gates(portal: str) -> Iterator[Event]:
    passed = PhaseStep.objects.exclude(phase__gate="").select_related("activity", "phase")
    for each in passed.order_by("started_on", "pk"):
        yield _entry(
            f"gate-{each.pk}",
            each.started_on,
            f"{each.phase.gate} {each.phase}: {each.activity}",
            portal,
            each.activity,
        )


def _deliverables(portal: str) -> Iterator[Event]:
    rows = Deliverable.objects.filter(due_on__isnull=False, approved_on=None, step__ended_on=None)
    for each in rows.select_related("step__activity").order_by("due_on", "pk"):
        yield _entry(
            f"deliverable-{each.pk}", each.due_on, f"{each.text}: {each.step.activity}", portal, each.step.activity
        )


def _agreements(portal: str) -> Iterator[Event]:
    for line in agreements.lines(timezone.localdate()):
        name, about = line.agreement.name, (portal, line.agreement)
        if line.option and not line.has_ended:
            yield _entry(f"option-{line.option.pk}", line.option.say_by, f"Sista dag att förlänga: {name}", *about)
        if line.agreement.follow_up_on and not line.has_ended:
            day = line.agreement.follow_up_on
            yield _entry(f"follow-up-{line.agreement.pk}", day, f"Följ upp avtalet: {name}", *about)
        if line.last_day:
            yield _entry(f"agreement-{line.agreement.pk}", line.last_day, f"Avtalet går ut: {name}", *about)


def _entry(key: str, day: date, summary: str, portal: str, about: Activity | Agreement) -> Event:
    entry = Event()
    entry.add("uid", f"{key}@{urlsplit(portal).hostname or 'localhost'}")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", day)
    entry.add("summary", summary)
    entry.add("url", urljoin(portal, about.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    return entry
