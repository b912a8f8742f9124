"""Dividing an amount among those who pay it, exactly and to the last öre. Plain Python.

Amounts are whole öre. Every share is first counted exactly, as a fraction; then each is rounded down to the rounding
unit, and what is left is given out a unit at a time to those who lost most by it (largest remainder, law.md R5.3).
Equal remainders are taken in a stated order: the larger share first, then by name in Swedish order. Where the amount
is no whole number of units, the next one in the same order carries what is less than a unit. So the shares always make
the amount, none is a whole unit from its exact share, and the order in which they are given matters nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import NamedTuple

from enamnd.formats import count, fraction, listed, swedish_key
from enamnd.money import MOST, with_unit
from enamnd.refusal import Refused

HUNDRED = Fraction(100)
ORDER = "Den som har störst rest först, sedan den som har störst andel, sedan i bokstavsordning."


@dataclass(frozen=True)
class Part:
    """One part of a model: how large it is, and what it is divided by.

    name     what the refusals call it: "lika delar", "folkmängd"
    weights  a figure for each who takes part; None for equal shares
    percent  its size in per cent of what is to be divided
    amount   or its size in öre; neither for the part that takes the rest
    """

    name: str
    weights: Mapping[str, int | Fraction] | None = None
    percent: Fraction | None = None
    amount: int | None = None

    @property
    def takes_rest(self) -> bool:
        return self.percent is None and self.amount is None


class Share(NamedTuple):
    """What one pays. `numerator` and `parts` are öre over the allocation's denominator: the exact share, part by part.

    `nearest` is the share rounded for itself, half up; `carries` says that it was rounded upwards to make the sum.
    """

    who: str
    amount: int
    nearest: int
    numerator: int
    parts: tuple[int, ...]
    carries: bool


@dataclass(frozen=True)
class Allocated:
    """An amount divided. `sizes` are the parts' sizes in öre over the denominator, `weights` the sums they are by."""

    amount: int
    outside: int
    unit: int
    denominator: int
    sizes: tuple[int, ...]
    weights: tuple[int | Fraction, ...]
    shares: tuple[Share, ...]

    @property
    def divided(self) -> int:
        """What is left to pay when what is met from outside is taken away, in öre."""
        return self.amount - self.outside

    @property
    def carriers(self) -> list[str]:
        """Who carries the odd öre, kronor or hundreds: whose share was rounded upwards."""
        return [each.who for each in self.shares if each.carries]

    @property
    def moved(self) -> list[Share]:
        """Whose amount is another than its exact share rounded for itself."""
        return [each for each in self.shares if each.amount != each.nearest]

    @property
    def sum_of_nearest(self) -> int:
        """What the rows would make if each were rounded for itself."""
        return sum(each.nearest for each in self.shares)

    def exact(self, numerator: int) -> Fraction:
        """A numerator in öre."""
        return Fraction(numerator, self.denominator)

    def percent(self, share: Share) -> Fraction:
        """A share in per cent of what is divided, exactly."""
        whole = self.divided * self.denominator
        return Fraction(share.numerator, whole) * 100 if whole else Fraction(0)


def allocate(amount: int, parts: Sequence[Part], who: Sequence[str], *, unit: int = 1, outside: int = 0) -> Allocated:
    """Divide `amount` öre among `who` by the parts; `outside` öre of it are met by others first.

    A credit (an amount below zero) is the mirror of the same amount above zero. Refused with a Swedish sentence for
    nobody to divide among, somebody named twice, an amount of a biljon kronor or more, parts that do not add up, more
    met from outside than there is, a missing or negative figure, and figures that are all zero.
    """
    _check_who(who)
    _check_amount(amount, outside)
    check_parts(parts)
    sign = -1 if amount < 0 else 1
    whole = abs(amount) - abs(outside)
    sizes = sizes_of(whole, parts)
    weighed = [_whole_weights(part, who) for part in parts]
    denominator = _common(sizes, weighed)
    shares = _shares(whole, sizes, weighed, who, denominator, unit)
    if sign < 0:
        shares = [_mirror(each) for each in shares]
    return Allocated(
        amount,
        outside,
        unit,
        denominator,
        tuple(sign * size.numerator * (denominator // size.denominator) for size in sizes),
        tuple(weights.total for weights in weighed),
        tuple(shares),
    )


def check_parts(parts: Sequence[Part]):
    """Refused unless the parts make the whole, whatever the amount: 100 per cent, or one part that takes the rest."""
    rests = sum(part.takes_rest for part in parts)
    percents = sum((part.percent for part in parts if part.percent is not None), Fraction(0))
    has_amounts = any(part.amount is not None for part in parts)
    if not parts:
        raise Refused("Modellen har inga delar. Lägg till minst en.")
    if rests > 1:
        raise Refused(f"{rests} delar tar resten. Bara en kan göra det.")
    if any(part.percent is not None and part.percent <= 0 for part in parts):
        raise Refused("En del på 0 procent eller mindre fördelar ingenting. Ta bort den.")
    if percents > HUNDRED:
        raise Refused(f"Delarna blir tillsammans {_percent(percents)}. De får inte bli mer än 100 %.")
    if rests and percents == HUNDRED:
        raise Refused("Delarna blir redan 100 %, så ingenting blir kvar till den del som tar resten. Ta bort den.")
    if not rests and has_amounts:
        raise Refused("Delar i kronor räcker inte till varje belopp. Låt en del ta resten.")
    if not rests and percents != HUNDRED:
        raise Refused(f"Delarna blir tillsammans {_percent(percents)}. De ska bli 100 %, eller en del ta resten.")


def sizes_of(whole: int, parts: Sequence[Part]) -> list[Fraction]:
    """How large the parts of `whole` öre are, exactly, in öre. Refused when parts in kronor are more than there is."""
    sizes = [_size(whole, part) for part in parts]
    rest = whole - sum(size for size in sizes if size is not None)
    if rest < 0:
        raise Refused(
            f"Modellens delar i kronor är {with_unit(int(whole - rest))}, men bara {with_unit(whole)} ska fördelas."
        )
    return [rest if size is None else size for size in sizes]


def _size(whole: int, part: Part) -> Fraction | None:
    if part.percent is not None:
        return whole * part.percent / 100
    return None if part.amount is None else Fraction(part.amount)


def _check_who(who: Sequence[str]):
    if not who:
        raise Refused("Ingen deltar, så beloppet kan inte fördelas. Välj minst en deltagare.")
    if len(set(who)) < len(who):
        twice = sorted({each for each in who if who.count(each) > 1}, key=swedish_key)
        raise Refused(f"{listed(twice)} står två gånger bland deltagarna.")


def _check_amount(amount: int, outside: int):
    if abs(amount) >= MOST:
        raise Refused(f"{with_unit(amount)} kan inte stämma. Belopp är mindre än en biljon kronor.", field="amount")
    if outside and (outside > 0) != (amount > 0):
        raise Refused("Det som täcks utifrån ska ha samma tecken som beloppet.", field="outside")
    if abs(outside) > abs(amount):
        raise Refused(
            f"{with_unit(abs(outside))} täcks utifrån, mer än beloppet {with_unit(abs(amount))}.", field="outside"
        )


class _Weights(NamedTuple):
    """A part's figures as whole numbers, and their sum; `total` is the sum of the figures as they were given."""

    values: list[int]
    sum: int
    total: int | Fraction


def _whole_weights(part: Part, who: Sequence[str]) -> _Weights:
    if part.weights is None:
        return _Weights([1] * len(who), len(who), len(who))
    values = [part.weights.get(each) for each in who]
    if None in values:
        missing = [each for each, value in zip(who, values, strict=True) if value is None]
        raise Refused(f"{listed(sorted(missing, key=swedish_key))} saknar tal för {part.name}. Lägg in det först.")
    if min(values) < 0:
        below = [each for each, value in zip(who, values, strict=True) if value < 0]
        raise Refused(f"{listed(sorted(below, key=swedish_key))} har ett tal under noll för {part.name}.")
    total = sum(values)
    if not total:
        raise Refused(f"Alla som deltar har 0 för {part.name}, så det går inte att fördela efter det.")
    if all(type(value) is int for value in values):
        return _Weights(values, total, total)
    scale = lcm(*(Fraction(value).denominator for value in values))
    scaled = [int(Fraction(value) * scale) for value in values]
    shrink = gcd(*scaled)
    return _Weights([value // shrink for value in scaled], sum(scaled) // shrink, total)


def _common(sizes: Iterable[Fraction], weighed: Iterable[_Weights]) -> int:
    return lcm(*(size.denominator * weights.sum for size, weights in zip(sizes, weighed, strict=True)))


def _shares(whole: int, sizes, weighed, who: Sequence[str], denominator: int, unit: int) -> list[Share]:
    """The shares of `whole` öre, in the order of `who`."""
    columns = [
        [size.numerator * (denominator // (size.denominator * weights.sum)) * each for each in weights.values]
        for size, weights in zip(sizes, weighed, strict=True)
    ]
    rows = list(zip(*columns, strict=True))
    exact = [sum(row) for row in rows]
    step = denominator * unit
    floors = [each // step for each in exact]
    left = whole - sum(floors) * unit
    given = _give(left, unit, [(step * floor - each, -each) for each, floor in zip(exact, floors, strict=True)], who)
    return [
        Share(each, floor * unit + extra, (2 * n + step) // (2 * step) * unit, n, row, extra > 0)
        for each, floor, extra, n, row in zip(who, floors, given, exact, rows, strict=True)
    ]


def _give(left: int, unit: int, before: list[tuple[int, int]], who: Sequence[str]) -> list[int]:
    """What each gets of what is left: a unit for the first in order, and what is less than a unit for the next."""
    given = [0] * len(who)
    if left:
        units, rest = divmod(left, unit)
        order = sorted(range(len(who)), key=lambda at: (before[at], _place(who[at])))
        for at in order[:units]:
            given[at] = unit
        if rest:
            given[order[units]] = rest
    return given


_place = lru_cache(maxsize=4096)(swedish_key)


def _mirror(share: Share) -> Share:
    return Share(
        share.who, -share.amount, -share.nearest, -share.numerator, tuple(-each for each in share.parts), share.carries
    )


def _percent(value: Fraction) -> str:
    written = fraction(value, 4)
    return f"{written.rstrip('0').rstrip(',')} %"


@dataclass(frozen=True)
class Change:
    """What a late joiner means for one: paid before, pays after, and the difference (below zero: is credited)."""

    who: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


def buy_in(before: Mapping[str, int], after: Allocated) -> list[Change]:
    """What changes when somebody joins afterwards by the same principles, as if it had taken part from the start.

    `before` is what each paid, in öre; the differences make zero: what the joiner pays is what the others are credited.
    """
    return [Change(each.who, before.get(each.who, 0), each.amount) for each in after.shares]


def carried_in_words(allocated: Allocated) -> str:
    """Who carries the odd kronor, in a sentence; empty when the rows come out even."""
    if not allocated.carriers:
        return ""
    if not allocated.moved:
        return "Raderna blir beloppet när var och en avrundas för sig."
    nearest = with_unit(allocated.sum_of_nearest)
    words = [f"{each.who} {with_unit(each.amount)} i stället för {with_unit(each.nearest)}" for each in allocated.moved]
    return (
        f"Avrundade var för sig blir raderna {nearest}, inte {with_unit(allocated.divided)}. Därför betalar "
        f"{listed(words)} ({count(len(words), 'rad jämkad', 'rader jämkade')} efter största rest)."
    )
