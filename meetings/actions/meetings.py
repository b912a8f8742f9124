"""Verbs of the meeting itself: call it into being, change its facts, fetch the register's people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Body, Mandate, Office
from enamnd.refusal import Refused
from meetings import rules
from meetings.attending import register
from meetings.attending.adjusted import kept_as_adjusted
from meetings.models import Attendance, ChairPeriod, Meeting, Proof
from meetings.noticing.clock_rules import adjust_by

from .days import forget_other_days

FACTS = frozenset(
    {
        "body",
        "held_on",
        "starts_at",
        "ends_at",
        "ends_on",
        "place",
        "is_remote",
        "secretary",
        "secretary_name",
        "adjustment_text",
        "adjusted_from",
        "adjusted_to",
    }
)
ON_EVERY_PAPER = frozenset({"body", "held_on", "starts_at", "place", "secretary", "secretary_name"})
COPIED = ("name", "political_party", "municipality", "municipality_name", "seat_kind", "role", "seat", "person")


@dataclass(frozen=True)
class Refreshed:
    """What fetching the register changed in the attendance list: names, in printed order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed or self.kept)


@transaction.atomic
def create_meeting(
    body: Body,
    held_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    is_remote: bool = False,
    *,
    by,
) -> Meeting:
    """Create a meeting (sammanträde) with what the register says of its day.

    Everybody with a mandate that day gets a row in the attendance list; the secretary, the chair and the roles come
    from the offices of the day; the day of adjustment is proposed fourteen days later (KL 5 kap. 69 §). Times are
    local. Refused when the meeting would end before it begins.
    """
    rules.check_can_write(by)
    _check_times(starts_at, ends_at)
    meeting = Meeting(
        body=body, held_on=held_on, starts_at=starts_at, ends_at=ends_at, place=place, is_remote=is_remote
    )
    meeting.adjustment_text = proposed_adjustment(held_on)
    _fill_secretary(meeting)
    meeting._history_user = by
    meeting.save()
    Proof.objects.create(meeting=meeting, storage=current_board().paper_field("default_storage"))
    _add_rows(meeting, register.sittings(body, held_on), by)
    _seat_chair(meeting)
    record("meeting.created", meeting, by=by)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by, shown: Mapping | None = None, **facts) -> Meeting:
    """Change facts of a meeting: any of FACTS. Refused when numbered paragraphs would get another year or body.

    `shown` is what the writer's page said of them; refused as Newer when somebody has changed the same fact since.
    """
    rules.check_can_write(by)
    if unknown := set(facts) - FACTS:
        raise TypeError(f"Not facts of a meeting: {', '.join(sorted(unknown))}")
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    check_facts(meeting, facts, shown or {})
    changed = sorted(name for name, value in facts.items() if getattr(meeting, name) != value)
    if not changed:
        return meeting
    if ON_EVERY_PAPER.intersection(changed):
        rules.check_no_paper_says_it(meeting)
    old = (meeting.body_id, meeting.year)
    proposed = None if "adjustment_text" in changed else proposed_adjustment(meeting.last_day)
    for name in changed:
        setattr(meeting, name, facts[name])
    meeting.ends_on = later_day(meeting, meeting.ends_on) if meeting.ends_on else None
    _check_times(meeting.starts_at, meeting.ends_at, meeting.ends_on)
    if meeting.adjustment_text == proposed:
        meeting.adjustment_text = proposed_adjustment(meeting.last_day)
    _check_range(meeting.adjusted_from, meeting.adjusted_to)
    if old != (meeting.body_id, meeting.year):
        _move_paragraphs(meeting)
    meeting._history_user = by
    meeting.save()
    if {"held_on", "ends_on"}.intersection(changed):
        forget_other_days(meeting, by=by)
    if "ends_on" in changed:
        seat_newcomers(meeting, by=by)
    record("meeting.changed", meeting, by=by, changed=changed)
    return meeting


@transaction.atomic
def refresh_attendance(meeting: Meeting, *, by) -> Refreshed:
    """Fetch new and changed mandates of the meeting's days from the register, and leave every mark as it is.

    A row whose mandate no longer holds that day is taken away while it is unmarked, and kept when it is marked: what
    happened is not undone by a later change in the register.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    rules.check_is_open(meeting)
    rows = list(meeting.attendance.exclude(seat_kind="").prefetch_related("periods"))
    pairs, gone = _pair(register.sittings(meeting.body, meeting.held_on, meeting.last_day), rows)
    added = _add_rows(meeting, [sitting for sitting, row in pairs if row is None], by)
    with kept_as_adjusted(meeting):
        changed = _copy_register([(sitting, row) for sitting, row in pairs if row is not None], by)
    removed = [row for row in gone if _is_untouched(row, rows)]
    kept = [row for row in gone if row not in removed]
    _remove(removed, by)
    result = Refreshed(*(tuple(row.name_with_party for row in each) for each in (added, changed, removed, kept)))
    record("meeting.attendance_refreshed", meeting, by=by, added=result.added, removed=result.removed)
    return result


def seat_newcomers(meeting: Meeting, *, by):
    """A row for everybody whose mandate begins on a later day of the meeting, once it is known to go on that day."""
    if meeting.ends_on is None:
        return
    rows = list(meeting.attendance.exclude(seat_kind=""))
    pairs, _ = _pair(register.sittings(meeting.body, meeting.held_on, meeting.ends_on), rows)
    new = [sitting for sitting, row in pairs if row is None and _begins_after(sitting, meeting.held_on)]
    if added := _add_rows(meeting, new, by):
        names = [row.name_with_party for row in added]
        record("meeting.attendance_refreshed", meeting, by=by, added=names, removed=[])


def _begins_after(sitting: register.Sitting, day: date) -> bool:
    starts = (sitting.mandate.valid_from, sitting.seat.valid_from)
    return any(each is not None and each > day for each in starts)


def proposed_adjustment(last_day: date) -> str:
    """What the cover proposes about the adjustment: digitally, at the latest on the day that the clock says."""
    return f"Protokollet justeras digitalt senast {adjust_by(last_day)}"


def later_day(meeting: Meeting, day: date) -> date | None:
    """The day that a meeting ends on, where that is another than its first. Refused for a day before it."""
    if day < meeting.held_on:
        raise Refused(
            f"Sammanträdet kan inte sluta {long_date(day)}, innan det börjar {long_date(meeting.held_on)}.",
            field="ends_on",
        )
    return None if day == meeting.held_on else day


def _check_times(starts_at, ends_at, ends_on=None):
    if starts_at and ends_at and ends_at < starts_at and ends_on is None:
        raise Refused(
            f"Sammanträdet kan inte sluta {ends_at:%H.%M}, innan det börjar {starts_at:%H.%M}. Ändra en av tiderna, "
            "eller skriv vilken dag det slutade om det gick över midnatt.",
            field="ends_at",
        )


def _check_range(first, last):
    if first and last and last < first:
        raise Refused(f"§ {first}-{last} går baklänges. Skriv den lägsta paragrafen först.", field="adjusted_to")


def _fill_secretary(meeting: Meeting):
    office = register.officer_on(meeting.body, meeting.held_on, Office.Role.SECRETARY)
    if office:
        meeting.secretary, meeting.secretary_name = office.person, office.person.name


def _seat_chair(meeting: Meeting):
    office = register.officer_on(meeting.body, meeting.held_on, Office.Role.CHAIR)
    if office is None:
        return
    seated = meeting.attendance.filter(person=office.person).first()
    party = seated.political_party if seated else office.person.political_party
    ChairPeriod.objects.create(meeting=meeting, person=office.person, name=office.person.name, political_party=party)


def _move_paragraphs(meeting: Meeting):
    if meeting.paragraphs.filter(number__isnull=False).exists():
        raise Refused(
            "Paragraferna har redan nummer, som löper per organ och år. "
            "Ta tillbaka numren innan du byter organ eller år.",
            field="held_on",
        )
    meeting.paragraphs.update(body=meeting.body, year=meeting.year)


def _add_rows(meeting: Meeting, sittings, by) -> list[Attendance]:
    last = meeting.attendance.order_by("-position").values_list("position", flat=True).first() or 0
    rows = [
        Attendance(meeting=meeting, position=position, **_copied(sitting))
        for position, sitting in enumerate(sittings, last + 1)
    ]
    return bulk_create_with_history(rows, Attendance, default_user=by) if rows else []


def _copied(sitting: register.Sitting) -> dict:
    """What a row of the attendance list takes from the register, so that old papers keep their names."""
    mandate, seat = sitting.mandate, sitting.seat
    return {
        "seat": seat,
        "person": mandate.person,
        "municipality": seat.municipality,
        "seat_kind": seat.kind,
        "name": mandate.person.name,
        "political_party": mandate.political_party or mandate.person.political_party,
        "municipality_name": seat.municipality.name,
        "role": sitting.role,
    }


def _copy_register(pairs, by) -> list[Attendance]:
    changed = []
    for sitting, row in pairs:
        copied = _copied(sitting)
        if any(getattr(row, name) != value for name, value in copied.items()):
            for name, value in copied.items():
                setattr(row, name, value)
            changed.append(row)
    if changed:
        bulk_update_with_history(changed, Attendance, COPIED, default_user=by)
    return changed


def _remove(rows, by):
    """One by one, so that the history keeps each."""
    for row in rows:
        row._history_user = by
        row.delete()


def _pair(sittings, rows) -> tuple[list, list[Attendance]]:
    """Each sitting with its row or None, and the rows that no sitting stands behind.

    A row without a seat (an imported meeting) belongs to the sitting of the same name, kind and municipality.
    """
    by_seat = {(row.seat_id, row.person_id): row for row in rows if row.seat_id}
    by_name = {_name_key(row.name, row.seat_kind, row.municipality_name): row for row in rows if not row.seat_id}
    pairs = [(sitting, by_seat.get(_key(sitting.mandate)) or by_name.get(_names(sitting))) for sitting in sittings]
    paired = {row.pk for _, row in pairs if row is not None}
    return pairs, [row for row in rows if row.seat_id and row.pk not in paired]


def _key(mandate: Mandate):
    return mandate.seat_id, mandate.person_id


def _names(sitting: register.Sitting):
    return _name_key(sitting.mandate.person.name, sitting.seat.kind, sitting.seat.municipality.name)


def _name_key(name: str, kind: str, municipality: str):
    return name.casefold(), kind, municipality.casefold()


def _is_untouched(row: Attendance, rows) -> bool:
    replaced = {each.replaces_id for other in rows for each in (other, *other.periods.all())}
    return not (row.presence or row.is_remote or row.pk in replaced or row.periods.all())
