"""The attendance page as data: municipalities in Swedish order, each with its rows and what can be chosen there."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import mark_safe

from enamnd.formats import paragraph_range
from meetings.attending import substitution
from meetings.attending.listed_roll import MeetingRoll
from meetings.models import Attendance, AttendancePeriod
from meetings.models.attendance import PresenceKind

KIND_WORDS = {Attendance.SeatKind.MEMBER: "ledamot", Attendance.SeatKind.SUBSTITUTE: "ersättare"}
PERIOD_WORDS = {PresenceKind.SERVING: "tjänstgör", PresenceKind.PRESENT: "närvarar", PresenceKind.ABSENT: "frånvarande"}


@dataclass(frozen=True)
class Change:
    """A period as it reads on the page: "§ 15-16 tjänstgör"."""

    pk: int
    text: str


@dataclass(frozen=True)
class Line:
    """One person's row. `own` and `absent` are the members that a substitute may serve for, the likeliest first."""

    entry: Attendance
    changes: tuple[Change, ...]
    chosen: int | None
    own: tuple[Attendance, ...]
    absent: tuple[Attendance, ...]
    was: str
    state: str

    @property
    def key(self) -> str:
        """The row's number as text: a template takes much longer over whole numbers, which it formats."""
        return mark_safe(str(self.entry.pk))  # noqa: S308 digits

    @property
    def kind(self) -> str:
        """ledamot, vice ordförande."""
        return ", ".join(filter(None, (KIND_WORDS.get(self.entry.seat_kind, ""), self.entry.role)))

    @property
    def is_substitute(self) -> bool:
        return self.entry.seat_kind == Attendance.SeatKind.SUBSTITUTE


@dataclass(frozen=True)
class Party:
    """A municipality with its member and substitute."""

    name: str
    lines: tuple[Line, ...]


def parties_of(roll: MeetingRoll) -> tuple[Party, ...]:
    """Every municipality of the list, in printed order."""
    seated = (entry for entry in roll.entries if entry.seat_kind)
    by_municipality = groupby(seated, key=lambda entry: entry.municipality_name)
    return tuple(Party(name, tuple(line_of(each, roll) for each in entries)) for name, entries in by_municipality)


def others_of(roll: MeetingRoll) -> tuple[Line, ...]:
    """Those without a seat."""
    return tuple(line_of(entry, roll) for entry in roll.entries if not entry.seat_kind)


def line_of(entry: Attendance, roll: MeetingRoll) -> Line:
    changes = tuple(Change(each.pk, _in_words(each, roll)) for each in entry.periods.all())
    own, absent, chosen = _choices(entry, roll.entries)
    was = f"{entry.presence}:{entry.replaces_id or ''}:{int(entry.is_remote)}"
    state = "|".join(map(str, (was, chosen, *(each.text for each in changes), *(each.pk for each in (*own, *absent)))))
    return Line(entry, changes, chosen, own, absent, was, state)


def _choices(entry: Attendance, entries: Iterable[Attendance]):
    if entry.seat_kind != Attendance.SeatKind.SUBSTITUTE:
        return (), (), None
    members = substitution.members_to_replace(entry, entries)
    chosen = _chosen(entry, entries)
    own = tuple(each for each in members if each.municipality_name == entry.municipality_name)
    others = (each for each in members if each not in own)
    return own, tuple(each for each in others if each.presence == PresenceKind.ABSENT or each.pk == chosen), chosen


def _chosen(entry: Attendance, entries: Iterable[Attendance]) -> int | None:
    """Whom the page shows as replaced: who it is, or who it would most likely be."""
    if entry.presence == PresenceKind.SERVING:
        return entry.replaces_id
    suggested = substitution.suggested_member(entry, entries)
    return suggested.pk if suggested else None


def _in_words(period: AttendancePeriod, roll: MeetingRoll) -> str:
    numbers = {each.pk: roll.number(each.position) for each in roll.paragraphs}
    span = paragraph_range(numbers.get(period.first_id), numbers.get(period.last_id))
    names = {entry.pk: entry.name_with_party for entry in roll.entries}
    instead = f" för {names[period.replaces_id]}" if period.replaces_id in names else ""
    return f"{span} {PERIOD_WORDS[period.presence]}{instead}"
