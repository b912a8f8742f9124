"""The clocks of a meeting (frister): the law's time limits with what the portal knows of each step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from enamnd.organisation.models import Board, Body
from meetings.models import AdjustedParagraph, Adjustment, Appeal, Call, Meeting, Notice, Paragraph
from meetings.noticing import appeal_rules, appeals
from meetings.noticing import clock_rules as law
from meetings.noticing.clock_rules import Clock, State


@dataclass(frozen=True)
class ClockSet:
    """The clocks of one adjustment, of what is not adjusted yet (None), or of a protocol that was adjusted elsewhere.

    `title` tells sets of the same meeting apart ("§ 4", "§ 1-3, 5"); empty when there is one.
    """

    title: str
    clocks: tuple[Clock, ...]
    adjustment: Adjustment | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done or waited for."""
        return all(clock.state in (State.DONE, State.DONE_LATE, State.UNSURE) for clock in self.clocks)


def with_clocks(meetings: QuerySet[Meeting], *, is_list: bool = False) -> QuerySet[Meeting]:
    """Meetings with all that their clocks ask for, in so many queries whatever their number.

    A list of many (`is_list`) has the days of the notices and nothing else of them.
    """
    notices = Notice.objects.select_related("municipality")
    if is_list:
        notices = notices.only("adjustment_id", "municipality__name", "posted_on", "taken_down_on")
    paragraphs = AdjustedParagraph.objects.filter(is_void=False).select_related("paragraph")
    alive = Adjustment.objects.filter(withdrawn_at=None).defer("content")
    calls = Call.objects.only("meeting_id", "issued_at")
    return (
        meetings.select_related("body", "proof")
        .annotate(paragraph_count=Count("paragraphs", distinct=True))
        .prefetch_related(
            Prefetch(
                "adjustments",
                alive.prefetch_related(
                    Prefetch("notices", notices),
                    Prefetch("paragraphs", paragraphs.only("adjustment_id", "paragraph__number")),
                ),
                to_attr="live_adjustments",
            ),
            Prefetch("calls", calls),
            Prefetch("paragraphs", appeals.appealed_paragraphs(), to_attr="appealed_paragraphs"),
        )
    )


def clock_sets(meeting: Meeting, today: date | None = None, *, board: Board | None = None) -> list[ClockSet]:
    """The sets of clocks of a meeting from `with_clocks`, immediate adjustments first as they were made."""
    today = today or timezone.localdate()
    sets = [_of_adjustment(each, meeting, today) for each in meeting.live_adjustments]
    if meeting.body.kind != Body.Kind.BOARD:
        sets = [ClockSet("", ())]
    elif not sets and _is_posted_elsewhere(meeting):
        sets = [_of_cover(meeting, today)]
    elif not sets or _is_any_left(meeting):
        sets.append(ClockSet("det som inte är justerat än" if sets else "", _before_adjustment(meeting, today)))
    sets = _with_appeals(sets, meeting, today)
    if len(sets) == 1:
        sets = [replace(sets[0], title="")]
    if call := _call_clock(meeting, today, board):
        sets[0] = replace(sets[0], clocks=(call, *sets[0].clocks))
    return sets


def meeting_clocks(meeting: Meeting, today: date | None = None) -> list[Clock]:
    """All clocks of a meeting; those of a part of its paragraphs say which in `about`."""
    if not hasattr(meeting, "live_adjustments"):
        meeting = with_clocks(Meeting.objects.all()).get(pk=meeting.pk)
    sets = clock_sets(meeting, today, board=Board.objects.first())
    return [replace(clock, about=each.title) for each in sets for clock in each.clocks]


def adjustment_clocks(adjustment: Adjustment, today: date | None = None) -> list[Clock]:
    """The clocks of one adjustment, from the day its protocol must be signed to legal force."""
    return list(_of_adjustment(adjustment, adjustment.meeting, today or timezone.localdate()).clocks)


def span_of(adjustment: Adjustment) -> str:
    """§ 1-3, 5: the paragraphs of an adjustment."""
    numbers = sorted(each.paragraph.number for each in adjustment.paragraphs.all() if each.paragraph.number)
    return span_in_words(numbers)


def span_in_words(numbers: Iterable[int]) -> str:
    """§ 1-3, 5 of numbers in order; nothing of none."""
    ranges = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        ranges.append(f"{members[0]}-{members[-1]}" if len(members) > 1 else str(members[0]))
    return f"§ {', '.join(ranges)}" if ranges else ""


# Sets -----------------------------------------------------------------------------------------------------------------


def _of_adjustment(adjustment: Adjustment, meeting: Meeting, today: date) -> ClockSet:
    notices = sorted(adjustment.notices.all(), key=lambda each: each.municipality.name)
    posted = {each.municipality.name: each.posted_on for each in notices}
    down = {each.municipality.name: each.taken_down_on for each in notices}
    clocks = (
        law.adjust_clock(meeting.last_day, adjustment.adjusted_on, today),
        law.post_clock(adjustment.adjusted_on, posted, today),
        law.appeal_clock(posted, down, today),
        law.take_down_clock(posted, down, today),
        law.force_clock(posted, down, today),
    )
    return ClockSet(span_of(adjustment), clocks, adjustment)


def _before_adjustment(meeting: Meeting, today: date) -> tuple[Clock, ...]:
    """Nothing can be counted beyond the adjustment before it is made."""
    return (
        law.adjust_clock(meeting.last_day, None, today),
        law.post_clock(None, {}, today),
        law.appeal_clock({}, {}, today),
        law.take_down_clock({}, {}, today),
        law.force_clock({}, {}, today),
    )


def _of_cover(meeting: Meeting, today: date) -> ClockSet:
    """A protocol that was adjusted before the portal kept such things: its cover tells one date, of one board."""
    proof = meeting.proof
    return ClockSet("", law.cover_clocks(proof.posted_on, proof.removed_on, today))


def _with_appeals(sets: list[ClockSet], meeting: Meeting, today: date) -> list[ClockSet]:
    """Legal force of what is appealed is counted for itself, in the set of the adjustment that the paragraph is in."""
    appealed = list(meeting.appealed_paragraphs)
    if not appealed:
        return sets
    found = []
    for place, each in enumerate(sets):
        held = {one.paragraph_id for one in each.adjustment.paragraphs.all()} if each.adjustment else None
        is_last = place == len(sets) - 1
        own = [one for one in appealed if (one.pk in held if held is not None else is_last)]
        appealed = [one for one in appealed if one not in own]
        found.append(_with_own_appeals(each, own, today))
    return found


def _with_own_appeals(clock_set: ClockSet, appealed: list[Paragraph], today: date) -> ClockSet:
    base = next((clock for clock in clock_set.clocks if clock.key == "force"), None)
    if base is None or not appealed:
        return clock_set
    plain = {each: [appeals.plain(one) for one in each.appeals.all()] for each in appealed}
    holding = [each.label for each in appealed if any(one.holds for one in plain[each])]
    clocks = (appeal_rules.force_beside(each, holding) if each is base else each for each in clock_set.clocks)
    own = (
        appeal_rules.appealed_clock(each.label, f"appealed-{each.pk}", plain[each], base, today) for each in appealed
    )
    return replace(clock_set, clocks=(*clocks, *own))


def _is_posted_elsewhere(meeting: Meeting) -> bool:
    proof = getattr(meeting, "proof", None)
    return bool(proof and proof.posted_on)


def _is_any_left(meeting: Meeting) -> bool:
    adjusted = sum(len(each.paragraphs.all()) for each in meeting.live_adjustments)
    return adjusted < meeting.paragraph_count


def _call_clock(meeting: Meeting, today: date, board: Board | None) -> Clock | None:
    """Once the meeting has been held, only a call that was sent from here has something to tell."""
    sent = min((timezone.localdate(each.issued_at) for each in meeting.calls.all()), default=None)
    if board is None or not (sent or meeting.held_on >= today):
        return None
    return law.call_clock(meeting.held_on, board.rule("call_days"), sent, today)


# Finding --------------------------------------------------------------------------------------------------------------


def with_open_clocks(meetings: QuerySet[Meeting], today: date) -> QuerySet[Meeting]:
    """Meetings of boards that have been held, where something is to be done or waited for still."""
    signed = AdjustedParagraph.objects.filter(is_void=False, adjustment__adjusted_on__isnull=False).values("paragraph")
    unsigned = Paragraph.objects.exclude(pk__in=signed).order_by().values("meeting")
    standing = Notice.objects.filter(taken_down_on=None).order_by().values("adjustment__meeting")
    appealed = Appeal.objects.filter(final_on=None).order_by().values("paragraph__meeting")
    return held_boards(meetings, today).filter(
        Q(pk__in=standing) | Q(pk__in=unsigned, proof__posted_on=None) | Q(pk__in=appealed)
    )


def held_boards(meetings: QuerySet[Meeting], today: date) -> QuerySet[Meeting]:
    """Meetings that the law's limits concern: of boards, once they have been held."""
    return meetings.filter(body__kind=Body.Kind.BOARD, held_on__lte=today)
