"""Verbs of the meeting as it is held: opened and closed, who holds the chair, what kind of matter it is."""

from dataclasses import replace
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from enamnd.dates import clock, long_date, long_instant
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings import rules
from meetings.models import Attendance, Meeting, Moment, Paragraph
from meetings.sitting.course import ADJOURNED, CLOSED, NOT_NOW, OPENED, Course, course_of
from meetings.sitting.reading import table_at
from meetings.sitting.rules import check_may_take_part

from .cover import Chairing, Named, set_chairs
from .days import forget_other_days
from .meetings import later_day, proposed_adjustment, seat_newcomers


def at_the_table(paragraph: Paragraph, *, by) -> Paragraph:
    """The paragraph locked for a record by `by`. Refused when it is frozen for adjustment, or gone."""
    rules.check_can_write(by)
    Meeting.objects.select_for_update().get(pk=paragraph.meeting_id)  # first, as whoever freezes the protocol does
    row = Paragraph.objects.select_for_update(of=("self",)).select_related("meeting__body").filter(pk=paragraph.pk)
    found = row.first()
    if found is None:
        raise Refused("Paragrafen finns inte längre. Någon har tagit bort den.")
    rules.check_is_open(found)
    return found


@transaction.atomic
def tell_moment(
    meeting: Meeting, kind: str, at: time, *, on: date | None = None, until: datetime | None = None, by
) -> Moment:
    """Say when the meeting was opened, adjourned, resumed or closed.

    `at` is local, on the day `on`: by default the day that the meeting has come to. It is opened on its first day, and
    may go on past midnight, or on another day that it was adjourned to: `until`, for an adjournment, which is the
    chair's to decide. The cover's days and times follow: the meeting began when it was opened, and ended when it was
    closed. Refused out of order, in steps and in time, and on days to come.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    course = course_of(meeting)
    if kind not in course.next_kinds:
        raise Refused("Sammanträdet är avslutat." if course.closed else NOT_NOW[kind], field="kind")
    told = _instant(_day_told(meeting, course, kind, on), at)
    _check_follows(course, told, until if kind == ADJOURNED else None)
    moment = Moment(meeting=meeting, kind=kind, at=told, told_by=by)
    moment.until = until if kind == ADJOURNED else None
    moment._history_user = by
    moment.save()
    _let_the_cover_follow(meeting, moment, by)
    seat_newcomers(meeting, by=by)
    days = {"on": long_date(timezone.localdate(told))} if timezone.localdate(told) != meeting.held_on else {}
    days |= {"until": long_instant(timezone.localtime(until))} if moment.until else {}
    record(f"sitting.{kind}", meeting, by=by, at=f"{at:%H.%M}", **days)
    return moment


def _day_told(meeting: Meeting, course: Course, kind: str, on: date | None) -> date:
    if kind == OPENED:
        if on not in (None, meeting.held_on):
            raise Refused(
                f"Sammanträdet är kallat till {long_date(meeting.held_on)} och öppnas den dagen. Ändra dagen bland "
                "uppgifterna om det är fel.",
                field="on",
            )
        return meeting.held_on
    on = on or course.day
    if on > max(timezone.localdate(), meeting.held_on):
        raise Refused(f"{long_date(on)} har inte varit än. Skriv dagen då det hände.", field="on")
    return on


def _instant(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at.replace(second=0, microsecond=0)))


def _check_follows(course: Course, told: datetime, until: datetime | None):
    if course.last and told < course.last.at:
        last = timezone.localtime(course.last.at)
        raise Refused(
            f"{clock(timezone.localtime(told)).capitalize()} är före {clock(last)}, då sammanträdet blev "
            f"{course.last.get_kind_display().lower()}. Hände det efter midnatt eller en annan dag: välj dagen.",
            field="at",
        )
    if until and until <= told:
        raise Refused(
            "Sammanträdet kan inte återupptas innan det ajourneras. Ändra dagen eller tiden.", field="until_on"
        )


def _let_the_cover_follow(meeting: Meeting, moment: Moment, by):
    """The cover's days and times. An adjournment to another day says when the meeting is to end, until it has."""
    at, day = timezone.localtime(moment.at).time(), timezone.localdate(moment.at)
    proposed = proposed_adjustment(meeting.last_day)
    if moment.kind == OPENED:
        meeting.starts_at = at
        if meeting.ends_at and meeting.ends_at < at and not meeting.ends_on:
            meeting.ends_at = None
    elif moment.kind == CLOSED:
        meeting.ends_at, meeting.ends_on = at, later_day(meeting, day)
    else:
        meeting.ends_on = later_day(meeting, timezone.localdate(moment.until) if moment.until else day)
        if meeting.ends_on is None and meeting.ends_at and meeting.starts_at and meeting.ends_at < meeting.starts_at:
            meeting.ends_at = None
    if meeting.adjustment_text == proposed:
        meeting.adjustment_text = proposed_adjustment(meeting.last_day)
    meeting._history_user = by
    meeting.save()
    forget_other_days(meeting, by=by)


@transaction.atomic
def take_back_moment(moment: Moment, *, by):
    """Take back the latest moment (ångra): the meeting was not closed after all, or at another time."""
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=moment.meeting_id)
    rules.check_is_open(meeting)
    if course_of(meeting).last != moment:
        raise Refused("Bara den senaste tidpunkten kan tas tillbaka.")
    moment._history_user = by
    kind, at = moment.kind, timezone.localtime(moment.at)
    moment.delete()
    left = course_of(meeting).last
    if left and meeting.ends_on:
        _let_the_cover_follow(meeting, left, by)
    record("sitting.moment_taken_back", meeting, by=by, kind=kind, at=f"{at:%H.%M}")


@transaction.atomic
def set_kind(paragraph: Paragraph, kind: str, *, by) -> Paragraph:
    """Say whether the matter is to be decided or is information. Refused while it has proposals or votes."""
    row = at_the_table(paragraph, by=by)
    if kind not in Paragraph.Kind.values:
        raise Refused("Välj beslutsärende eller informationsärende.", field="kind")
    if kind == Paragraph.Kind.INFORMATION and (row.motions.exists() or row.ballots.exists()):
        raise Refused("Ärendet har yrkanden eller omröstningar och kan inte vara information. Ta bort dem först.")
    if row.kind != kind:
        Paragraph.objects.filter(pk=row.pk).update(kind=kind)
        record("sitting.kind_set", row, by=by, within=row.meeting, kind=kind)
        row.kind = kind
    return row


@transaction.atomic
def set_closed_doors(paragraph: Paragraph, is_closed: bool, *, by) -> Paragraph:
    """Say whether the matter is handled behind closed doors (stängda dörrar, KL 6 kap. 25 §)."""
    row = at_the_table(paragraph, by=by)
    if row.is_behind_closed_doors != is_closed:
        Paragraph.objects.filter(pk=row.pk).update(is_behind_closed_doors=is_closed)
        record("sitting.doors_closed" if is_closed else "sitting.doors_opened", row, by=by, within=row.meeting)
        row.is_behind_closed_doors = is_closed
    return row


@transaction.atomic
def change_chair(paragraph: Paragraph, who: Attendance, *, only_here: bool = False, by):
    """Let `who` hold the chair from this paragraph on, or for it alone (byta ordförande).

    Refused for somebody who does not serve there. Who held the chair before keeps the paragraphs before, and the ones
    after when the change is for this one only.
    """
    row = at_the_table(paragraph, by=by)
    check_may_take_part(table_at(row), who, "vara ordförande", "who")
    order = list(row.meeting.paragraphs.order_by("position"))
    now = [
        Chairing(Named(each.name, each.political_party, each.person), each.first, each.last)
        for each in row.meeting.chairs.select_related("person", "first", "last")
    ]
    named = Named(who.name, who.political_party, who.person)
    set_chairs(row.meeting, _rearranged(now, order, order.index(row), named, only_here), by=by)


def _rearranged(now, order: list[Paragraph], place: int, who: Named, only_here: bool) -> list[Chairing]:
    """The chairings when `who` takes over at `order[place]`; ends at those of the meeting are open."""
    chairs = [_chair_at(now, each) for each in order]
    until = place + 1 if only_here else len(order)
    chairs[place:until] = [who] * (until - place)
    return [_with_open_ends(run, order) for run in _runs(chairs, order)]


def _chair_at(now: list[Chairing], paragraph: Paragraph) -> Named | None:
    return next((each.who for each in now if each.starts <= paragraph.position <= each.ends), None)


def _runs(chairs: list[Named | None], order: list[Paragraph]) -> list[Chairing]:
    """Paragraphs after each other with the same chair, as one range."""
    runs: list[Chairing] = []
    for who, paragraph in zip(chairs, order, strict=True):
        previous = runs[-1] if runs else None
        is_next = previous and order.index(previous.last) + 1 == order.index(paragraph)
        if who and is_next and previous.who.name_with_party == who.name_with_party:
            runs[-1] = replace(previous, last=paragraph)
        elif who:
            runs.append(Chairing(who, paragraph, paragraph))
    return runs


def _with_open_ends(run: Chairing, order: list[Paragraph]) -> Chairing:
    first = None if run.first == order[0] else run.first
    return replace(run, first=first, last=None if run.last == order[-1] else run.last)
