"""Who took part in a meeting (närvaro): who served when, the printed lists, and quorum.

Positions are the places of the paragraphs in the meeting, counted upwards; § numbers can be used as they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from enamnd.formats import listed, paragraph_range, swedish_key

SERVING, PRESENT, ABSENT, UNMARKED = "serving", "present", "absent", ""
MEMBER, SUBSTITUTE = "member", "substitute"


@dataclass(frozen=True)
class Period:
    """What somebody was from paragraph `first` to `last` (both included; None is the meeting's start or end)."""

    presence: str
    first: int | None = None
    last: int | None = None
    replaces: str | None = None
    role: str | None = None

    def covers(self, position: int) -> bool:
        return (self.first is None or self.first <= position) and (self.last is None or position <= self.last)

    def overlaps(self, other: "Period") -> bool:
        return not (_ends_before(self, other) or _ends_before(other, self))


def _ends_before(one: Period, other: Period) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


@dataclass(frozen=True)
class Row:
    """One line of the roll. `seat` is member, substitute or None for others, who have an organisation instead.

    `presence` holds for the whole meeting when there are no periods; with periods, they say everything and the
    person was away where none of them covers. `replaces` is the key of the member whose place a substitute takes.

    `recused` are the positions where the person had a conflict of interest (jäv, KL 6:30): away there, whatever else is
    said. `stands_in` are single paragraphs where a substitute serves for somebody who is recused there.
    """

    key: str
    name: str
    party: str | None = None
    municipality: str | None = None
    seat: str | None = None
    organisation: str | None = None
    role: str | None = None
    presence: str = UNMARKED
    periods: tuple[Period, ...] = ()
    replaces: str | None = None
    is_remote: bool = False
    recused: tuple[int, ...] = ()
    stands_in: tuple[Period, ...] = ()

    @cached_property
    def label(self) -> str:
        """Isak Utsi (S)."""
        return f"{self.name} ({self.party})" if self.party else self.name

    @cached_property
    def spans(self) -> tuple[Period, ...]:
        """The periods, in order; one over the whole meeting when only the presence is marked; none when nothing is."""
        if self.periods:
            return tuple(sorted(self.periods, key=lambda period: period.first or 0))
        return (Period(self.presence, replaces=self.replaces),) if self.presence else ()

    def at(self, position: int) -> Period | None:
        """What the person was at that paragraph; None when away, recused there, or not yet marked."""
        if position in self.recused:
            return None
        return next((span for span in (*self.stands_in, *self.spans) if span.covers(position)), None)


# The printed lists

HEADINGS = {
    "serving_members": "Tjänstgörande ledamöter",
    "present_members": "Närvarande ledamöter",
    "absent_members": "Frånvarande ledamöter",
    "serving_substitutes": "Tjänstgörande ersättare",
    "present_substitutes": "Närvarande ersättare",
    "absent_substitutes": "Frånvarande ersättare",
    "others": "Övriga",
}


@dataclass(frozen=True)
class Entry:
    """A printed line: "Carina Sammeli (S)", "Luleå (ordförande)", "§ 15-16"."""

    row: Row
    name: str
    place: str
    note: str


@dataclass(frozen=True)
class Group:
    """One of the printed lists: its name in HEADINGS, its heading, its lines."""

    name: str
    heading: str
    entries: tuple[Entry, ...]


def groups(
    rows: Iterable[Row], headings: Mapping[str, str] | None = None, *, number: Callable[[int], int] = int
) -> tuple[Group, ...]:
    """The lists as printed, in order, without the empty ones; each sorted by municipality in Swedish order.

    `headings` replaces words of HEADINGS; `number` gives the § of a position. Others keep the order they have.
    Somebody who was there for a part stands among the absent only when no other list has the name.
    """
    rows = tuple(rows)
    labels = {row.key: row.label for row in rows}
    lists = defaultdict(list)
    for row in sorted(rows, key=_order):
        for name, spans in _categories(row).items():
            lists[name].extend(_entries(row, spans, labels, number))
    words = {**HEADINGS, **(headings or {})}
    return tuple(Group(name, words[name], tuple(lists[name])) for name in HEADINGS if lists[name])


def _order(row: Row) -> tuple:
    return (swedish_key(row.municipality or ""), swedish_key(row.name)) if row.seat else ((), ())


def _categories(row: Row) -> dict[str, list[Period]]:
    found = defaultdict(list)
    for span in (*row.spans, *row.stands_in):
        if row.seat:
            found[f"{span.presence}_{row.seat}s"].append(span)
        else:
            found["others"].append(span)
    if len(found) > 1:
        found.pop(f"{ABSENT}_{row.seat}s", None)
    return found


def _entries(row: Row, spans: list[Period], labels: Mapping[str, str], number: Callable[[int], int]) -> Iterator[Entry]:
    by_line = defaultdict(list)
    for span in spans:
        by_line[span.replaces, span.role or row.role].append(span)
    for (replaced, role), same in by_line.items():
        yield Entry(row, row.label, _place(row, role), _note(row, same, labels.get(replaced), number))


def _place(row: Row, role: str | None) -> str:
    where = row.municipality or row.organisation or ""
    return f"{where} ({role})" if where and role else where or role or ""


def _note(row: Row, spans: list[Period], replaced: str | None, number: Callable[[int], int]) -> str:
    ranges = " och ".join(filter(None, (_range(span, number) for span in spans)))
    recused = [number(at) for at in row.recused if any(span.covers(at) for span in spans)]
    is_away = not row.seat and all(span.presence == ABSENT for span in spans)
    parts = [
        ranges,
        "frånvarande" if is_away else "",
        f"tjänstgör istället för {replaced}" if replaced else "",
        "på distans" if row.is_remote else "",
        f"jäv § {listed(map(str, recused))}" if recused else "",
    ]
    note = ", ".join(filter(None, parts))
    return note if ranges else note[:1].upper() + note[1:]


def _range(span: Period, number: Callable[[int], int] = int) -> str:
    first, last = (None if end is None else number(end) for end in (span.first, span.last))
    return paragraph_range(first, last)


# Quorum


@dataclass(frozen=True)
class Quorum:
    """Whether the board may decide at a paragraph, and in words: "9 av 14, beslutsför"."""

    serving: int
    seats: int
    is_quorate: bool
    sentence: str


def serving_at(rows: Iterable[Row], position: int) -> tuple[Row, ...]:
    """Members and substitutes who served at that paragraph."""
    return tuple(row for row in rows if row.seat and (span := row.at(position)) and span.presence == SERVING)


def quorum(rows: Iterable[Row], position: int, seats: int) -> Quorum:
    """More than half of the members' seats must be served (KL 6:27). `seats` is the number of members of the body."""
    return quorum_when(len(serving_at(rows, position)), seats)


def quorum_when(serving: int, seats: int) -> Quorum:
    """The quorum when so many serve."""
    is_quorate = serving * 2 > seats
    word = "beslutsför" if is_quorate else "inte beslutsför"
    return Quorum(serving, seats, is_quorate, f"{serving} av {seats}, {word}")


# What looks wrong


@dataclass(frozen=True)
class Remark:
    """A warning about one row: its kind for those who want to gather them, and a Swedish sentence."""

    kind: str
    key: str
    sentence: str


def problems(rows: Iterable[Row], *, number: Callable[[int], int] = int) -> tuple[Remark, ...]:
    """What a secretary should look at again: nothing here stops anybody (KL 5:18-20, 6:16-17, 9:24).

    Kinds: unmarked, overlap, not_seated, replaces_nobody, replaces_unknown, member_serves, served_twice,
    too_many_serve, returned.
    """
    rows = tuple(rows)
    known = {row.key: row for row in rows}
    found = [remark for row in rows for remark in _row_remarks(row, known, number)]
    return (*found, *_served_twice(rows, known), *_too_many_serve(rows))


def _row_remarks(row: Row, known: Mapping[str, Row], number: Callable[[int], int]) -> Iterator[Remark]:
    serving = [span for span in row.spans if span.presence == SERVING]
    if row.seat and not row.spans:
        yield Remark("unmarked", row.key, f"Närvaro är inte markerad för {row.label}.")
    if any(one.overlaps(other) for one, other in combinations(row.spans, 2)):
        yield Remark("overlap", row.key, f"{row.label} har två uppgifter om samma paragraf.")
    if not row.seat and serving:
        yield Remark("not_seated", row.key, f"{row.label} har ingen plats i organet och kan inte tjänstgöra.")
    if _has_returned(serving):
        ranges = " och ".join(_range(span, number) for span in serving)
        sentence = f"{row.label} har slutat tjänstgöra och börjat igen ({ranges}). Det är tillåtet bara efter jäv."
        yield Remark("returned", row.key, sentence)
    if row.seat == SUBSTITUTE:
        for replaces in dict.fromkeys(span.replaces for span in serving):
            spans = [span for span in serving if span.replaces == replaces]
            yield from _substitute_remarks(row, replaces, spans, known, number)


def _has_returned(serving: list[Period]) -> bool:
    return any(
        one.last is not None and other.first is not None and other.first > one.last + 1
        for one, other in pairwise(serving)
    )


def _substitute_remarks(
    row: Row, replaces: str | None, spans: list[Period], known: Mapping[str, Row], number: Callable[[int], int]
) -> Iterator[Remark]:
    if replaces is None:
        yield Remark("replaces_nobody", row.key, f"{row.label} tjänstgör, men det står inte för vem.")
        return
    member = known.get(replaces)
    if member is None or member.seat != MEMBER:
        yield Remark("replaces_unknown", row.key, f"{row.label} tjänstgör för någon som inte är ledamot.")
        return
    both = [own for own in member.spans if own.presence == SERVING and any(own.overlaps(span) for span in spans)]
    if both:
        when = _range(both[0], number)
        sentence = f"{row.label} tjänstgör istället för {member.label}, som själv tjänstgör{when and ' '}{when}."
        yield Remark("member_serves", row.key, sentence)


def _served_twice(rows: tuple[Row, ...], known: Mapping[str, Row]) -> Iterator[Remark]:
    by_member = defaultdict(list)
    for row in rows:
        for span in row.spans:
            if span.presence == SERVING and span.replaces in known:
                by_member[span.replaces].append((row, span))
    for key, serving in by_member.items():
        for (one, span), (other, other_span) in combinations(serving, 2):
            if one.key != other.key and span.overlaps(other_span):
                sentence = f"{one.label} och {other.label} tjänstgör båda istället för {known[key].label}."
                yield Remark("served_twice", other.key, sentence)


def _too_many_serve(rows: tuple[Row, ...]) -> Iterator[Remark]:
    """A substitute who serves for nobody named while the municipality's own members fill its places."""
    by_municipality = defaultdict(list)
    for row in rows:
        if row.seat:
            by_municipality[row.municipality].append(row)
    for municipality, own in by_municipality.items():
        members = [row for row in own if row.seat == MEMBER]
        for row in own:
            spans = [span for span in row.spans if span.presence == SERVING and span.replaces is None]
            if row.seat == SUBSTITUTE and members and any(_are_all_served(members, span) for span in spans):
                sentence = f"{row.label} tjänstgör fast alla ledamöter från {municipality} tjänstgör."
                yield Remark("too_many_serve", row.key, sentence)


def _are_all_served(members: list[Row], span: Period) -> bool:
    return all(any(own.presence == SERVING and own.overlaps(span) for own in member.spans) for member in members)
