"""Meetings, planned days and clocks as calendar entries (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from enamnd.dates import short_date
from enamnd.organisation.models import Board, Body
from meetings.models import Meeting, PlannedDay
from meetings.noticing.clock_rules import Clock
from meetings.noticing.clocks import clock_sets, with_clocks
from meetings.planning.calling import is_cancelled

BACK, AHEAD = timedelta(days=400), timedelta(days=800)
USUAL_LENGTH = timedelta(hours=2)
WATCHED = timedelta(days=120)
REFRESH = timedelta(hours=4)


def feed(portal: str, body: Body | None = None) -> bytes:
    """The calendar of a body, or of all: about a year back and two ahead. `portal` as in "https://portalen.example/"."""
    today = timezone.localdate()
    near = {"held_on__range": (today - BACK, today + AHEAD)}
    if body:
        near["body"] = body
    meetings = list(Meeting.objects.filter(**near).select_related("body", "planned_day").order_by("held_on"))
    planned = PlannedDay.objects.filter(meeting=None, cancelled_because="", held_on__range=near["held_on__range"])
    if body:
        planned = planned.filter(plan__body=body)
    entries = [entry_of_meeting(each, portal) for each in meetings]
    entries += [entry_of_planned(each, portal) for each in planned.select_related("plan__body")]
    entries += deadlines([each.pk for each in meetings if abs(each.held_on - today) < WATCHED], portal)
    return calendar(entries, name=str(body or Board.objects.first() or "Sammanträden"))


def deadlines(keys: list[int], portal: str) -> list[Event]:
    """The clocks that run: what has not been done, and must be by a day."""
    board = Board.objects.first()
    watched = with_clocks(Meeting.objects.filter(pk__in=keys, body__kind=Body.Kind.BOARD))
    return [
        entry_of_deadline(f"clock-{meeting.pk}-{place}-{clock.key}", clock, meeting, portal)
        for meeting in watched
        for place, each in enumerate(clock_sets(meeting, board=board))
        for clock in each.clocks
        if clock.due_on and not clock.done_on and not is_cancelled(meeting)
    ]


def meeting_file(meeting: Meeting, portal: str) -> bytes:
    """One meeting, to attach to a letter: the mail program offers to put it in the calendar."""
    return calendar([entry_of_meeting(meeting, portal)], name=str(meeting.body))


def calendar(entries: Iterable[Event], *, name: str) -> bytes:
    made = Calendar()
    made.add("prodid", "-//enamnd//sammantraden//SV")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    made.add("x-published-ttl", REFRESH)
    for entry in entries:
        made.add_component(entry)
    made.add_missing_timezones()
    return made.to_ical()


def entry_of_meeting(meeting: Meeting, portal: str) -> Event:
    address = portal.rstrip("/") + reverse("meetings:meeting", args=[meeting.pk])
    entry = entry_of_occasion(f"meeting-{meeting.pk}", meeting, str(meeting.body), portal)
    entry.add("url", address)
    entry.add("description", f"Dagordning och handlingar: {address}")
    entry.add("status", "CANCELLED" if is_cancelled(meeting) else "CONFIRMED")
    return entry


def entry_of_planned(day: PlannedDay, portal: str) -> Event:
    entry = entry_of_occasion(f"planned-{day.pk}", day, f"{day.plan.body} (planerat)", portal)
    entry.add("status", "TENTATIVE")
    return entry


def entry_of_deadline(key: str, clock: Clock, meeting: Meeting, portal: str) -> Event:
    """A clock, on its day: takes no time in the calendar."""
    entry = Event()
    entry.add("uid", _uid(key, portal))
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", clock.due_on)
    entry.add("summary", f"{clock.label}: {meeting.body} {short_date(meeting.held_on)}")
    entry.add("description", f"{clock.reason} ({clock.law})")
    entry.add("transp", "TRANSPARENT")
    return entry


def entry_of_occasion(key: str, held: Meeting | PlannedDay, summary: str, portal: str) -> Event:
    entry = Event()
    entry.add("uid", _uid(key, portal))
    entry.add("dtstamp", timezone.now())
    entry.add("summary", summary)
    if held.place or held.is_remote:
        entry.add("location", held.place or "På distans")
    for name, value in _times(held).items():
        entry.add(name, value)
    return entry


def _times(held: Meeting | PlannedDay) -> dict[str, date | datetime]:
    """A whole day until the hour is known; two hours until the end is."""
    if held.starts_at is None:
        return {"dtstart": held.held_on}
    zone = ZoneInfo(settings.TIME_ZONE)
    starts = datetime.combine(held.held_on, held.starts_at, zone)
    last_day = getattr(held, "last_day", held.held_on)
    ends = datetime.combine(last_day, held.ends_at, zone) if held.ends_at else starts + USUAL_LENGTH
    return {"dtstart": starts, "dtend": ends}


def _uid(key: str, portal: str) -> str:
    return f"{key}@{urlsplit(portal).hostname or 'localhost'}"
