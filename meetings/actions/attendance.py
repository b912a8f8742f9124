"""Verbs of the attendance list: who was there, in which capacity, from which paragraph to which."""

from dataclasses import dataclass

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from enamnd.formats import paragraph_range
from enamnd.journal.record import record
from enamnd.organisation.models import Person
from enamnd.refusal import Refused
from meetings import rules
from meetings.attending.adjusted import adjusted_at_once, kept_as_adjusted
from meetings.models import Attendance, AttendancePeriod, Meeting, Paragraph
from meetings.models.attendance import PresenceKind

MEMBER = Attendance.SeatKind.MEMBER
SUBSTITUTE = Attendance.SeatKind.SUBSTITUTE


@dataclass(frozen=True)
class Marking:
    """Everything that one row of the page says of the whole meeting."""

    presence: str
    replaces: Attendance | None = None
    is_remote: bool = False


@transaction.atomic
def apply(attendance: Attendance, marking: Marking, *, by):
    """Let a row say `marking`: whatever differs is marked, taken back, or set, each with its own event."""
    if marking.presence:
        replaces = marking.replaces if marking.presence == PresenceKind.SERVING else None
        mark(attendance, marking.presence, replaces=replaces, by=by)
    elif attendance.presence:
        clear(attendance, by=by)
    set_remote(attendance, marking.is_remote, by=by)


@transaction.atomic
def mark(attendance: Attendance, presence: str, *, by, replaces: Attendance | None = None) -> Attendance:
    """Say how somebody took part in the whole meeting (markera närvaro): serving, present or absent.

    A substitute beside a member who serves is taken, for that is what is told to have happened, and warned of in the
    journal (KL 6 kap. 16 §).

    `replaces` is the member that a serving substitute stands in for; it may be left out. Changes from one § to
    another are taken away, for the mark now holds throughout. Only this row is written: of two people who mark at
    once, each keeps their own rows and the later mark holds where they marked the same.
    """
    rules.check_can_write(by)
    attendance = _locked(attendance, by)
    check_serving(attendance, presence, replaces)
    periods = list(attendance.periods.all())
    if (attendance.presence, attendance.replaces_id) == (presence, replaces and replaces.pk) and not periods:
        return attendance
    with kept_as_adjusted(attendance.meeting):
        _delete(periods, by)
        attendance.presence, attendance.replaces = presence, replaces
        attendance.save()
    told = {"presence": str(presence), "replaces": replaces.name_with_party if replaces else ""}
    if replaces and replaces.presence == PresenceKind.SERVING:
        told["warning"] = "fast ledamoten själv tjänstgör"
    record("attendance.marked", attendance, by=by, within=attendance.meeting, **told)
    return attendance


@transaction.atomic
def mark_everybody(meeting: Meeting, seat_kind: str = MEMBER, presence: str = PresenceKind.SERVING, *, by) -> int:
    """Mark all who are unmarked among the members (or the substitutes) at once. Returns how many they were."""
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    unmarked = meeting.attendance.filter(seat_kind=seat_kind, presence=PresenceKind.UNMARKED)
    rows = list(unmarked.select_for_update())
    if not rows:
        return 0
    for row in rows:
        row.presence = presence
    with kept_as_adjusted(meeting):
        bulk_update_with_history(rows, Attendance, ["presence"], default_user=by)
    told = {"seat_kind": str(seat_kind), "presence": str(presence), "rows": len(rows)}
    record("attendance.everybody_marked", meeting, by=by, **told)
    return len(rows)


@transaction.atomic
def set_remote(attendance: Attendance, is_remote: bool, *, by) -> Attendance:
    """Say that somebody took part at a distance (på distans, KL 6 kap. 24 §), or did not."""
    rules.check_can_write(by)
    attendance = _locked(attendance, by)
    if attendance.is_remote == is_remote:
        return attendance
    with kept_as_adjusted(attendance.meeting):
        attendance.is_remote = is_remote
        attendance.save()
    record("attendance.remote_set", attendance, by=by, within=attendance.meeting, is_remote=is_remote)
    return attendance


@transaction.atomic
def clear(attendance: Attendance, *, by) -> Attendance:
    """Take back everything that was marked on a row (ångra markering)."""
    rules.check_can_write(by)
    attendance = _locked(attendance, by)
    with kept_as_adjusted(attendance.meeting):
        _delete(attendance.periods.all(), by)
        attendance.presence, attendance.replaces, attendance.is_remote = PresenceKind.UNMARKED, None, False
        attendance.save()
    record("attendance.cleared", attendance, by=by, within=attendance.meeting)
    return attendance


@transaction.atomic
def add_period(
    attendance: Attendance,
    presence: str,
    first: Paragraph | None = None,
    last: Paragraph | None = None,
    *,
    by,
    replaces: Attendance | None = None,
) -> AttendancePeriod:
    """Say that somebody took part from one paragraph to another (ändring i närvaro): "från § 5", "§ 15-16".

    Both ends are included; one of them may be open. From the first such row on, the person counts as away where no
    row says otherwise. Refused when the ends are those of the whole meeting, run backwards, or meet an earlier row.
    """
    rules.check_can_write(by)
    attendance = _locked(attendance, by)
    check_serving(attendance, presence, replaces)
    _check_ends(attendance, first, last)
    period = AttendancePeriod(attendance=attendance, presence=presence, first=first, last=last, replaces=replaces)
    period._history_user = by
    with kept_as_adjusted(attendance.meeting):
        period.save()
        if attendance.presence != presence or attendance.replaces_id:
            attendance.presence, attendance.replaces = presence, None
            attendance.save()
    told = {"presence": str(presence), "when": _when(first, last)}
    record("attendance.period_added", attendance, by=by, within=attendance.meeting, **told)
    return period


@transaction.atomic
def remove_period(period: AttendancePeriod, *, by):
    """Take away a change. When it was the last one, the row's mark holds for the whole meeting again."""
    rules.check_can_write(by)
    attendance = _locked(period.attendance, by)
    when = _when(period.first, period.last)
    with kept_as_adjusted(attendance.meeting):
        _delete([period], by)
    record("attendance.period_removed", attendance, by=by, within=attendance.meeting, when=when)


@transaction.atomic
def add_other(
    meeting: Meeting, name: str, organisation: str = "", role: str = "", *, by, person: Person | None = None
) -> Attendance:
    """Add somebody without a seat (övrig närvarande): staff, guests, auditors. They take no part in decisions.

    Refused without a name, and when the same name of the same organisation stands there already. Once paragraphs have
    been adjusted at once they are there from the next one on.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    name, organisation = " ".join(name.split()), " ".join(organisation.split())
    if not name:
        raise Refused("Skriv ett namn.", field="name")
    if meeting.attendance.filter(seat_kind="", name__iexact=name, organisation__iexact=organisation).exists():
        raise Refused(f"{name} står redan bland övriga.", field="name")
    last = meeting.attendance.order_by("-position").values_list("position", flat=True).first() or 0
    other = Attendance(meeting=meeting, person=person, position=last + 1, name=name, organisation=organisation)
    other.role, other.presence = " ".join(role.split()), PresenceKind.PRESENT
    other._history_user = by
    other.save()
    _be_there_from(meeting, other, by)
    record("attendance.other_added", other, by=by, within=meeting)
    return other


def _be_there_from(meeting: Meeting, other: Attendance, by):
    """Who is added once paragraphs have been adjusted at once was there after them: their papers name others."""
    locked = adjusted_at_once(meeting)
    if not locked:
        return
    first = meeting.paragraphs.filter(position__gt=locked[-1].position).order_by("position").first()
    if first is None:
        raise Refused(
            "Alla paragrafer är låsta för omedelbar justering, och deras papper säger redan vilka som var med."
        )
    period = AttendancePeriod(attendance=other, presence=PresenceKind.PRESENT, first=first)
    period._history_user = by
    period.save()


@transaction.atomic
def remove_other(attendance: Attendance, *, by):
    """Take away somebody without a seat. Refused for seats: their absence is marked, not left out."""
    rules.check_can_write(by)
    attendance = _locked(attendance, by)
    if attendance.seat_kind:
        raise Refused(f"{attendance.name_with_party} har en plats i organet. Markera frånvaro i stället.")
    record("attendance.other_removed", attendance, by=by, within=attendance.meeting)
    with kept_as_adjusted(attendance.meeting):
        attendance.delete()


def _locked(attendance: Attendance, by) -> Attendance:
    Meeting.objects.select_for_update().get(pk=attendance.meeting_id)  # so that it is not frozen meanwhile
    row = Attendance.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=attendance.pk)
    rules.check_is_open(row.meeting)
    row._history_user = by
    return row


def _delete(periods, by):
    """One by one, so that the history keeps each."""
    for period in periods:
        period._history_user = by
        period.delete()


def check_serving(attendance: Attendance, presence: str, replaces: Attendance | None):
    if presence not in (PresenceKind.SERVING, PresenceKind.PRESENT, PresenceKind.ABSENT):
        raise Refused("Välj tjänstgör, närvarar eller frånvarande.", field="presence")
    if presence == PresenceKind.SERVING and not attendance.seat_kind:
        raise Refused(f"{attendance.name} har ingen plats i organet och kan inte tjänstgöra.", field="presence")
    if replaces is None:
        return
    if presence != PresenceKind.SERVING or attendance.seat_kind != SUBSTITUTE:
        raise Refused("Bara en tjänstgörande ersättare träder in för någon annan.", field="replaces")
    if replaces.seat_kind != MEMBER or replaces.meeting_id != attendance.meeting_id:
        raise Refused("Välj en ledamot i samma sammanträde att tjänstgöra för.", field="replaces")


def _check_ends(attendance: Attendance, first: Paragraph | None, last: Paragraph | None):
    if first is None and last is None:
        raise Refused(
            "Välj från vilken paragraf eller till vilken. För hela sammanträdet markerar du raden.", field="first"
        )
    for end in (first, last):
        if end is not None and end.meeting_id != attendance.meeting_id:
            raise Refused("Paragrafen hör till ett annat sammanträde. Läs in sidan på nytt.", field="first")
    if first and last and first.position > last.position:
        raise Refused("Den första paragrafen kommer efter den sista. Byt plats på dem.", field="last")
    for other in attendance.periods.select_related("first", "last"):
        if _starts(first) <= _ends(other.last) and _starts(other.first) <= _ends(last):
            raise Refused(
                f"{attendance.name_with_party} har redan en ändring för någon av paragraferna. Ta bort den först.",
                field="first",
            )


def _starts(paragraph: Paragraph | None) -> float:
    return paragraph.position if paragraph else float("-inf")


def _ends(paragraph: Paragraph | None) -> float:
    return paragraph.position if paragraph else float("inf")


def _when(first: Paragraph | None, last: Paragraph | None) -> str:
    return paragraph_range(*(each and (each.number or each.position) for each in (first, last)))
