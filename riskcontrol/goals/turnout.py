"""How many come to the meetings, worked out from the rows of attendance. Plain Python.

One rounding rule, for all per cent: a share is kept as two whole numbers and is rounded once, when it is shown, to the
nearest whole per cent, a half upwards (9 of 14 is 64 %, 11 of 14 is 79 %). Averages over a year are of the numbers
themselves, never of rounded per cent, and a target is compared with the exact share. The protocol of 2022-06-22 § 16
prints 78 % for 11 of 14, which is cut off; its other figures (9, 10 and 13 of 14) are as here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

PARTIES, MEMBERS, SERVING = "parties", "members", "serving"
MEMBER = "member"


@dataclass(frozen=True)
class Row:
    """One person of the attendance list: for which party (its key), on which seat (member, substitute), and how."""

    party: int
    seat: str
    took_part: bool
    served: bool


@dataclass(frozen=True)
class Sitting:
    """A meeting: its key and day, the number of members' seats of each party, and the rows that are marked.

    `is_told` is False when nobody is marked: then nothing is known of who came, and the meeting is left out of all
    shares.
    """

    key: int
    held_on: date
    seats: Mapping[int, int]
    rows: tuple[Row, ...]
    is_told: bool = True


@dataclass(frozen=True)
class Share:
    """So many of so many. Shares are added part by part."""

    part: int = 0
    of: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.of + other.of)

    @property
    def percent(self) -> int | None:
        return percent(self.part, self.of) if self.of else None

    @property
    def words(self) -> str:
        """11 av 14, 79 %; ”inget än” of nothing."""
        return f"{self.part} av {self.of}, {self.percent} %" if self.of else "inget än"

    def reaches(self, target) -> bool:
        """Whether the exact share is at least `target` per cent; nothing reaches no target."""
        return bool(self.of) and 100 * self.part >= target * self.of


def percent(part: int, of: int) -> int:
    """Whole per cent, a half upwards; for numbers that are not negative, and `of` more than zero."""
    return (200 * part + of) // (2 * of)


def by_party(sitting: Sitting, counting: str = PARTIES) -> dict[int, Share]:
    """What each party with a seat has of a meeting: whether it came (PARTIES), how many of its members came themselves
    (MEMBERS), or how many of its seats somebody served on (SERVING)."""
    return {party: Share(part, of) for party, part, of in _parts(sitting, counting)}


def _parts(sitting: Sitting, counting: str) -> list[tuple[int, int, int]]:
    """Party, part and whole."""
    counted: dict[int, int] = {}
    for row in sitting.rows:
        if _counts(row, counting):
            counted[row.party] = counted.get(row.party, 0) + 1
    places = dict.fromkeys(sitting.seats, 1) if counting == PARTIES else sitting.seats
    return [(party, min(counted.get(party, 0), of), of) for party, of in places.items()]


def _counts(row: Row, counting: str) -> bool:
    if counting == SERVING:
        return row.served
    return row.took_part and (counting == PARTIES or row.seat == MEMBER)


def of_sitting(sitting: Sitting, counting: str = PARTIES) -> Share:
    """The share of a meeting: 11 of 14."""
    if not sitting.is_told:
        return Share()
    parts = _parts(sitting, counting)
    return Share(sum(part for _, part, _ in parts), sum(of for _, _, of in parts))


def of_parties(sittings: Iterable[Sitting], counting: str = PARTIES) -> dict[int, Share]:
    """The share of each party over the meetings: it was at 3 of 4."""
    found: dict[int, tuple[int, int]] = {}
    for sitting in sittings:
        if sitting.is_told:
            for party, part, of in _parts(sitting, counting):
                came, out_of = found.get(party, (0, 0))
                found[party] = (came + part, out_of + of)
    return {party: Share(*share) for party, share in found.items()}


def over(sittings: Sequence[Sitting], counting: str = PARTIES) -> Share:
    """The average over the meetings, as the sum of all of them."""
    return total(of_sitting(each, counting) for each in sittings)


def total(shares: Iterable[Share]) -> Share:
    return sum(shares, Share())
