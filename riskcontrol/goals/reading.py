"""The meetings of a time as turnout.py and happenings.py take them, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from enamnd.organisation.models import Body, Seat
from meetings.models import Attendance, AttendancePeriod, Meeting, PlannedDay
from meetings.models.attendance import PresenceKind

from .happenings import GATHERINGS, Happening
from .turnout import MEMBER, Row, Sitting

CAME = (PresenceKind.SERVING, PresenceKind.PRESENT)


def sittings_of(
    bodies: Iterable[int], first: date, last: date, municipality: int | None = None
) -> dict[int, list[Sitting]]:
    """The meetings of each body (by its key) between two days, the earliest first: four queries.

    `municipality` loads the rows of that one alone. A party has the seats that the attendance list tells of, else those
    of the register on the day.
    """
    keys = list(bodies)
    meetings = list(_meetings(keys, first, last).order_by("held_on", "starts_at", "pk"))
    rows = _rows_of(meetings, municipality)
    seats = _seats_of(keys, municipality)
    told = _told([each.pk for each in meetings]) if municipality else {key for key, found in rows.items() if found[1]}
    answer: dict[int, list[Sitting]] = {key: [] for key in keys}
    for each in meetings:
        counted = rows[each.pk][0] if each.pk in rows else {}
        register = seats.get(each.body_id, {})
        places = {party: number for party, found in register.items() if (number := _in_force(found, each.held_on))}
        marked = tuple(rows[each.pk][1]) if each.pk in rows else ()
        answer[each.body_id].append(Sitting(each.pk, each.held_on, places | counted, marked, each.pk in told))
    return answer


def _meetings(bodies: list[int], first: date, last: date) -> QuerySet[Meeting]:
    """Those that have not been cancelled."""
    rows = Meeting.objects.filter(body__in=bodies, held_on__range=(first, last))
    return rows.exclude(planned_day__cancelled_because__gt="")


def _rows_of(meetings: list[Meeting], municipality: int | None) -> dict[int, tuple[dict[int, int], list[Row]]]:
    """For each meeting the members' seats that its list has, by party, and the rows that are marked."""
    found = Attendance.objects.filter(meeting__in=[each.pk for each in meetings], municipality__isnull=False)
    found = found.exclude(seat_kind="")
    if municipality:
        found = found.filter(municipality=municipality)
    changed = _periods([each.pk for each in meetings])
    told = Q(seat_kind=MEMBER) | Q(presence__in=CAME) | Q(pk__in=changed)
    found = found.filter(told)  # a substitute who did not come changes nothing
    answer: dict[int, tuple[dict[int, int], list[Row]]] = {}
    columns = ("pk", "meeting_id", "municipality_id", "seat_kind", "presence")
    for key, meeting, party, seat, presence in found.order_by().values_list(*columns):
        places, rows = answer.setdefault(meeting, ({}, []))
        if seat == MEMBER:
            places[party] = places.get(party, 0) + 1
        marks = changed.get(key) or {presence}
        if marks != {PresenceKind.UNMARKED.value}:
            rows.append(Row(party, seat, bool(marks & set(CAME)), PresenceKind.SERVING.value in marks))
    return answer


def _periods(meetings: list[int]) -> dict[int, set[str]]:
    changed: dict[int, set[str]] = {}
    rows = AttendancePeriod.objects.filter(attendance__meeting__in=meetings).order_by()
    for key, presence in rows.values_list("attendance_id", "presence"):
        changed.setdefault(key, set()).add(presence)
    return changed


def _seats_of(bodies: list[int], municipality: int | None) -> dict[int, dict[int, list[Seat]]]:
    """The members' seats of the register, by body and party."""
    seats = Seat.objects.filter(body__in=bodies, kind=Seat.Kind.MEMBER, municipality__is_party=True)
    if municipality:
        seats = seats.filter(municipality=municipality)
    found: dict[int, dict[int, list[Seat]]] = {}
    for each in seats.order_by():
        found.setdefault(each.body_id, {}).setdefault(each.municipality_id, []).append(each)
    return found


def _in_force(seats: list[Seat], day: date) -> int:
    return sum(
        (each.valid_from is None or each.valid_from <= day) and (each.valid_until is None or each.valid_until >= day)
        for each in seats
    )


def _told(meetings: list[int]) -> set[int]:
    """Meetings where anybody on a seat is marked."""
    marked = Q(periods__isnull=False) | ~Q(presence=PresenceKind.UNMARKED)
    rows = Attendance.objects.filter(marked, meeting__in=meetings).exclude(seat_kind="")
    return set(rows.order_by().values_list("meeting_id", flat=True).distinct())


def happenings_of(bodies: Iterable[int], first: date, last: date, today: date) -> dict[int, list[Happening]]:
    """Meetings and planned days of each body between two days, in three queries.

    A meeting whose day has been is held. So is a planned strategy day, training, or day of those who keep no protocol:
    nothing but the calendar tells of it. A planned day of others has been held when a meeting was made of it. A
    cancelled day is none.
    """
    found = Body.objects.in_bulk(list(bodies))
    answer: dict[int, list[Happening]] = {key: [] for key in found}
    for each in _meetings(list(found), first, last):
        answer[each.body_id].append(_happening(each, found[each.body_id], today, each.pk))
    planned = PlannedDay.objects.filter(
        plan__body__in=found, held_on__range=(first, last), meeting=None, cancelled_because=""
    )
    for each in planned.select_related("plan"):
        answer[each.plan.body_id].append(_happening(each, found[each.plan.body_id], today, None))
    return answer


def _happening(row: Meeting | PlannedDay, body: Body, today: date, meeting: int | None) -> Happening:
    gathering = body.kind if body.kind in GATHERINGS else ""
    last = row.last_day if gathering and meeting else row.held_on
    is_held = last <= today and bool(meeting or gathering or not body.numbers_paragraphs)
    return Happening(row.held_on, last, is_held, "", row.starts_at, row.ends_at, meeting, str(body.pk), gathering)
