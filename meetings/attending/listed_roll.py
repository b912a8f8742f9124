"""The attendance list of the database as plain rows (see roll.py), and what follows of it: lists, quorum, remarks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Prefetch

from enamnd.formats import count, paragraph_range, swedish_key
from enamnd.organisation.models import Board, Seat
from meetings.attending import roll
from meetings.models import Attendance, AttendancePeriod, ChairPeriod, Meeting, Paragraph, Recusal


@dataclass(frozen=True)
class QuorumRun:
    """Paragraphs after each other with the same quorum ("§ 8-14"), and the municipalities whose place nobody took."""

    span: str
    quorum: roll.Quorum
    unserved: tuple[str, ...]

    @property
    def needed(self) -> int:
        """More than half of the seats (KL 6 kap. 27 §)."""
        return self.quorum.seats // 2 + 1


@dataclass(frozen=True)
class MeetingRoll:
    """Everything about a meeting's attendance, read once. `rows` and `entries` both stand in printed order."""

    entries: tuple[Attendance, ...]
    rows: tuple[roll.Row, ...]
    paragraphs: tuple[Paragraph, ...]
    seats: int

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """Position → §; while numbers are not given, the place in order instead."""
        return {each.position: each.number or place for place, each in enumerate(self.paragraphs, 1)}

    def number(self, position: int) -> int:
        return self.numbers.get(position, position)

    def groups(self, board: Board | None) -> tuple[roll.Group, ...]:
        """The printed lists, under the board's own headings."""
        return roll.groups(self.rows, headings_of(board), number=self.number)

    @cached_property
    def quorum_runs(self) -> tuple[QuorumRun, ...]:
        """Quorum from the first paragraph to the last; one run for the whole meeting while it has no paragraphs."""
        if not self.paragraphs:
            return (QuorumRun("Hela sammanträdet", *self._quorum_at(1)),)
        runs = groupby(self.paragraphs, key=lambda each: self._quorum_at(each.position))
        return tuple(QuorumRun(self._range(list(each)), *found) for found, each in runs)

    def _quorum_at(self, position: int) -> tuple[roll.Quorum, tuple[str, ...]]:
        return roll.quorum_when(len(self.serving_at(position)), self.seats), self.unserved_at(position)

    def serving_at(self, position: int) -> tuple[roll.Row, ...]:
        """Who served there; each paragraph is gone through once, though several questions ask."""
        if position not in self._serving:
            self._serving[position] = roll.serving_at(self.rows, position)
        return self._serving[position]

    @cached_property
    def _serving(self) -> dict[int, tuple[roll.Row, ...]]:
        return {}

    def unserved_at(self, position: int) -> tuple[str, ...]:
        """Municipalities with fewer serving than they have members, so that a place stood empty."""
        serving = [row.municipality for row in self.serving_at(position)]
        short = []
        for row in (each for each in self.rows if each.seat == roll.MEMBER):
            if row.municipality in serving:
                serving.remove(row.municipality)
            else:
                short.append(row.municipality or row.label)
        return tuple(short)

    @cached_property
    def unmarked(self) -> int:
        return sum(1 for row in self.rows if row.seat and not row.spans)

    @property
    def is_marked(self) -> bool:
        """Whether anybody with a seat has been marked: before that there is nothing to count."""
        return any(row.seat and row.spans for row in self.rows)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What the secretary should look at again, in sentences; the unmarked are counted in one."""
        remarks = roll.problems(self.rows, number=self.number)
        sentences = [remark.sentence for remark in remarks if remark.kind != "unmarked"]
        if 0 < self.unmarked < len(self.rows):
            sentences.insert(0, f"Närvaro är inte markerad för {count(self.unmarked, 'person', 'personer')}.")
        return (*sentences, *self._backward_periods())

    def chair_warnings(self, chairs: Iterable[ChairPeriod]) -> tuple[str, ...]:
        """Paragraphs that nobody chairs, and chairs who do not serve where they preside (KL 6 kap. 21 §).

        Nothing is said of a chair who is not marked yet.
        """
        chairs = list(chairs)
        if not self.is_marked or not self.paragraphs:
            return ()
        empty = [each for each in self.paragraphs if not any(_presides(chair, each) for chair in chairs)]
        sentences = [f"Ingen ordförande är angiven för {self._range(empty)}."] if empty else []
        unmarked = {row.label for row in self.rows if not row.spans}
        for chair in (each for each in chairs if each.name_with_party not in unmarked):
            away = [each for each in self.paragraphs if _presides(chair, each) and not self._serves(chair, each)]
            if away:
                sentences.append(f"{chair.name_with_party} är ordförande men tjänstgör inte vid {self._range(away)}.")
        return tuple(sentences)

    def _serves(self, chair: ChairPeriod, paragraph: Paragraph) -> bool:
        return any(row.label == chair.name_with_party for row in self.serving_at(paragraph.position))

    def _backward_periods(self):
        """Paragraphs were moved after somebody's range was set, so that it now ends before it begins."""
        for row in self.rows:
            if any(each.first and each.last and each.first > each.last for each in row.periods):
                yield f"{row.label} har en ändring som slutar innan den börjar, sedan paragraferna flyttades."

    def _range(self, paragraphs: list[Paragraph]) -> str:
        return paragraph_range(self.number(paragraphs[0].position), self.number(paragraphs[-1].position))


def roll_of(meeting: Meeting) -> MeetingRoll:
    """The attendance of `meeting`, in five queries however many rows there are."""
    paragraphs = light_paragraphs(meeting)
    positions = {each.pk: each.position for each in paragraphs}
    periods = Prefetch("periods", AttendancePeriod.objects.order_by("id"))
    entries = tuple(sorted(meeting.attendance.select_related("seat").prefetch_related(periods), key=printed_order))
    recusals = tuple(Recusal.objects.filter(paragraph__meeting=meeting))
    rows = tuple(plain_row(entry, positions, recusals) for entry in entries)
    return MeetingRoll(entries, rows, paragraphs, _seats(meeting, entries))


def quorum_of(paragraph: Paragraph) -> roll.Quorum:
    """Whether the body may decide at `paragraph`, as far as the attendance is marked (KL 6 kap. 27 §)."""
    found = roll_of(paragraph.meeting)
    return roll.quorum(found.rows, paragraph.position, found.seats)


def light_paragraphs(meeting: Meeting) -> tuple[Paragraph, ...]:
    """The meeting's paragraphs in order, without their text."""
    fields = ("id", "meeting_id", "position", "number", "title")
    return tuple(Paragraph.objects.filter(meeting=meeting).only(*fields).order_by("position"))


def printed_order(entry: Attendance):
    """By municipality in Swedish order, member before substitute; others last, as they were added."""
    if not entry.seat_kind:
        return 1, (), 0, entry.position, entry.pk
    is_substitute = entry.seat_kind == Attendance.SeatKind.SUBSTITUTE
    return 0, swedish_key(entry.municipality_name), is_substitute, entry.position, entry.pk


def plain_row(entry: Attendance, positions: Mapping[int, int], recusals: Iterable[Recusal] = ()) -> roll.Row:
    """One row of the database as a plain row. `positions` says where each paragraph (by id) stands.

    Of `recusals`, those of the meeting, the row keeps its own and those where it stands in for somebody.
    """
    return roll.Row(
        key=str(entry.pk),
        name=entry.name,
        party=entry.political_party or None,
        municipality=entry.municipality_name or None,
        seat=entry.seat_kind or None,
        organisation=entry.organisation or None,
        role=entry.role or None,
        presence=entry.presence,
        periods=tuple(_plain_period(each, positions) for each in entry.periods.all()),
        replaces=_key(entry.replaces_id),
        is_remote=entry.is_remote,
        recused=tuple(sorted(positions[each.paragraph_id] for each in recusals if each.attendance_id == entry.pk)),
        stands_in=tuple(
            _stand_in(each, positions[each.paragraph_id]) for each in recusals if each.substitute_id == entry.pk
        ),
    )


def headings_of(board: Board | None) -> dict[str, str]:
    """The board's own words for the printed lists."""
    return {name: board.word(name) for name in roll.HEADINGS} if board else {}


def _plain_period(period: AttendancePeriod, positions: Mapping[int, int]) -> roll.Period:
    return roll.Period(
        period.presence,
        positions.get(period.first_id),
        positions.get(period.last_id),
        _key(period.replaces_id),
        period.role or None,
    )


def _stand_in(recusal: Recusal, position: int) -> roll.Period:
    """The one paragraph that a substitute serves in the place of somebody recused."""
    return roll.Period(roll.SERVING, position, position, _key(recusal.attendance_id))


def _presides(chair: ChairPeriod, paragraph: Paragraph) -> bool:
    """Whether the chair's range holds the paragraph. Both ends must have been loaded with the chair."""
    first, last = (end.position if end else None for end in (chair.first, chair.last))
    return (first is None or first <= paragraph.position) and (last is None or paragraph.position <= last)


def _key(pk: int | None) -> str | None:
    return None if pk is None else str(pk)


def _seats(meeting: Meeting, entries) -> int:
    """Members' seats that day; for a meeting from before the register, as many as the list has members."""
    seats = Seat.objects.valid_on(meeting.held_on).filter(body_id=meeting.body_id, kind=Seat.Kind.MEMBER).count()
    return seats or sum(1 for entry in entries if entry.seat_kind == Attendance.SeatKind.MEMBER)
