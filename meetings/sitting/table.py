"""The table at one paragraph: what everybody is there, who may vote, who could step in, who holds the chair."""

from dataclasses import dataclass
from functools import cached_property

from enamnd.formats import count
from meetings.attending import roll
from meetings.attending.listed_roll import MeetingRoll
from meetings.models import Attendance, ChairPeriod, Paragraph, Recusal

RECUSED = "recused"
FREE = (roll.PRESENT, roll.UNMARKED)  # what a substitute is who could step in
SUBSTITUTE = Attendance.SeatKind.SUBSTITUTE
MEMBER = Attendance.SeatKind.MEMBER


@dataclass(frozen=True)
class Place:
    """What somebody is at the paragraph: serving, present, absent, recused, or nothing while it is not marked.

    `replaces` is the member that a serving substitute stands in for.
    """

    entry: Attendance
    row: roll.Row
    state: str
    replaces: Attendance | None = None

    @property
    def is_serving(self) -> bool:
        return self.state == roll.SERVING

    @property
    def is_here(self) -> bool:
        return self.state in (roll.SERVING, roll.PRESENT)


@dataclass(frozen=True)
class Table:
    """Everybody's place at `paragraph`. `substitutes_from` is the board's rule of the same name."""

    paragraph: Paragraph
    roll: MeetingRoll
    recusals: tuple[Recusal, ...]
    chairs: tuple[ChairPeriod, ...]
    substitutes_from: str

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All of the attendance list, in printed order."""
        entries = {str(entry.pk): entry for entry in self.roll.entries}
        return tuple(
            self._place(entry, row, entries) for entry, row in zip(self.roll.entries, self.roll.rows, strict=True)
        )

    def _place(self, entry: Attendance, row: roll.Row, entries: dict[str, Attendance]) -> Place:
        position = self.paragraph.position
        if position in row.recused:
            return Place(entry, row, RECUSED)
        span = row.at(position)
        if span is None:
            return Place(entry, row, roll.ABSENT if row.spans else roll.UNMARKED)
        return Place(entry, row, span.presence, entries.get(span.replaces or ""))

    @cached_property
    def serving(self) -> tuple[Attendance, ...]:
        """Those who decide here: members and substitutes who serve and are not recused (KL 4 kap. 22-24 §§)."""
        return tuple(place.entry for place in self.places if place.entry.seat_kind and place.is_serving)

    @cached_property
    def quorum(self) -> roll.Quorum:
        return roll.quorum(self.roll.rows, self.paragraph.position, self.roll.seats)

    @property
    def seats(self) -> int:
        return self.roll.seats

    @property
    def needed(self) -> int:
        """More than half of the seats (KL 6 kap. 27 §)."""
        return self.seats // 2 + 1

    @property
    def quorum_reason(self) -> str:
        """How the quorum was counted: "9 av 14 platser tjänstgör efter 1 jäv. Minst 8 behövs: fler än hälften (…)."""
        recused = f" efter {len(self.recusals)} jäv" if self.recusals else ""
        return (
            f"{self.quorum.serving} av {count(self.seats, 'plats', 'platser')} tjänstgör{recused}. {self.quorum_rule}"
        )

    @property
    def quorum_rule(self) -> str:
        return f"Minst {self.needed} behövs: fler än hälften (kommunallagen 6 kap. 27 §)."

    def place_of(self, entry: Attendance | int) -> Place | None:
        key = entry if isinstance(entry, int) else entry.pk
        return next((place for place in self.places if place.entry.pk == key), None)

    def may_decide(self, entry: Attendance) -> bool:
        return any(each.pk == entry.pk for each in self.serving)

    @cached_property
    def _replaced(self) -> frozenset[int]:
        return frozenset(place.replaces.pk for place in self.places if place.is_serving and place.replaces)

    def is_replaced(self, member: Attendance) -> bool:
        """Whether a substitute serves in the member's place here."""
        return member.pk in self._replaced

    def substitutes_for(self, member: Attendance) -> tuple[Attendance, ...]:
        """Who could step in for `member` here, in the order they are called (KL 6 kap. 16 §, 9 kap. 24 §).

        Substitutes who are here without serving, or are not marked. Those of the member's own party to the board, by
        seat; where the board calls from all (`substitutes_from` "all"), everybody, by seat and then by list.
        """
        free = (place.entry for place in self.places if place.entry.seat_kind == SUBSTITUTE and place.state in FREE)
        if self.substitutes_from != "all":
            free = (each for each in free if each.municipality_name == member.municipality_name)
        return tuple(sorted(free, key=_call_order))

    @cached_property
    def chair(self) -> Attendance | None:
        """Who holds the chair here and has a row in the list; None when nobody is named."""
        named = next((each for each in self.chairs if _presides(each, self.paragraph)), None)
        return named and next((each for each in self.roll.entries if _is(each, named)), None)

    @property
    def chair_problem(self) -> str:
        """Why the chair must be somebody else here; nothing when all is well or nothing is marked."""
        if self.chair is None:
            return "" if self.chairs else "Ingen ordförande är angiven."
        place = self.place_of(self.chair)
        if place.state == RECUSED:
            return f"{self.chair.name_with_party} är jävig här. Välj vem som är ordförande för paragrafen."
        if place.state in (roll.ABSENT, roll.PRESENT):
            return f"{self.chair.name_with_party} tjänstgör inte här. Välj vem som är ordförande."
        return ""


def _call_order(entry: Attendance) -> tuple:
    return entry.seat.order if entry.seat else 0, entry.position


def _presides(chair: ChairPeriod, paragraph: Paragraph) -> bool:
    first, last = (end.position if end else None for end in (chair.first, chair.last))
    return (first is None or first <= paragraph.position) and (last is None or paragraph.position <= last)


def _is(entry: Attendance, named: ChairPeriod) -> bool:
    """The same person: by the register's row where both have one, else by name and party."""
    if entry.person_id and named.person_id:
        return entry.person_id == named.person_id
    return entry.name_with_party == named.name_with_party
