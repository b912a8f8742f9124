"""How amounts came about, for people: an allocation as a table, and one municipality's share step by step."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from enamnd.formats import fraction, listed, swedish_key
from enamnd.money import KRONA, kronor, with_unit

from .allocation import Change, buy_in
from .figures import figure
from .models import Allocation, AllocationPart, AllocationShare, ModelPart, SharePart
from .weighing import WorkedOut


class Weight(NamedTuple):
    """What a municipality weighs in a part, and the key figure that it was taken from, by its key."""

    weight: Decimal
    figure_id: int | None


class Line(NamedTuple):
    """A municipality's row of an allocation: figures a part (None outside it), exact öre, per cent, amounts in öre.

    `nearest` is the exact share rounded for itself.
    """

    name: str
    municipality_id: int
    takes_part: bool
    weights: tuple[Weight | None, ...]
    exact: Fraction
    percent: Fraction
    amount: int
    nearest: int

    @property
    def is_moved(self) -> bool:
        """Whether the amount is another than the exact share rounded for itself."""
        return self.amount != self.nearest


@dataclass(frozen=True)
class Shown:
    """An allocation as its page shows it, from the largest share to the smallest, those outside last."""

    allocation: Allocation
    parts: tuple[AllocationPart, ...]
    lines: tuple[Line, ...]

    @property
    def nearest(self) -> int:
        """What the rows would make if each were rounded for itself."""
        return sum(each.nearest for each in self.lines)

    @property
    def moved(self) -> list[Line]:
        return [each for each in self.lines if each.is_moved]

    @property
    def paying(self) -> list[Line]:
        return [each for each in self.lines if each.takes_part]

    @property
    def sum_of_percents(self) -> Fraction:
        """What the printed percentages make, each rounded to two decimals."""
        return sum((hundredths(each.percent) for each in self.lines), Fraction(0))


def hundredths(value: Fraction) -> Fraction:
    """Rounded half up to two decimals."""
    sign = -1 if value < 0 else 1
    return sign * Fraction((abs(value) * 200 + 1) // 2, 100)


def shown(allocation: Allocation) -> Shown:
    """An allocation with its rows. Three queries, whatever the number of municipalities."""
    parts = tuple(allocation.parts.select_related("kind"))
    weights: dict[int, dict[int, Weight]] = defaultdict(dict)
    found = SharePart.objects.filter(share__allocation=allocation).order_by()
    for share, part, *weight in found.values_list("share", "part", "weight", "figure"):
        weights[share][part] = Weight(*weight)
    rows = allocation.shares.order_by().values_list(
        *("pk", "municipality__name", "municipality", "takes_part", "numerator", "amount", "nearest")
    )
    lines = [_line(allocation, parts, weights[share], *row) for share, *row in sorted(rows, key=_order)]
    return Shown(allocation, parts, tuple(lines))


def _order(row: tuple) -> tuple:
    _, name, _, takes_part, numerator, *_ = row
    return not takes_part, -abs(int(numerator)), swedish_key(name)


def _line(allocation, parts, weights, name, municipality, takes_part, numerator, amount, nearest) -> Line:
    numerator, denominator = int(numerator), int(allocation.denominator)
    return Line(
        name=name,
        municipality_id=municipality,
        takes_part=takes_part,
        weights=tuple(weights.get(each.pk) for each in parts),
        exact=Fraction(numerator, denominator),
        percent=Fraction(100 * numerator, allocation.divided * denominator) if allocation.divided else Fraction(0),
        amount=amount,
        nearest=nearest,
    )


def written_rows(page: Shown) -> list[tuple]:
    """The rows in words: name, key, takes part, weights with the keys of their figures, per cent, exact, amount, moved.

    Hundreds of rows stand on one page, so they are written here once, and not filter by filter in the template.
    """
    return [
        (
            line.name,
            str(line.municipality_id),
            line.takes_part,
            [_written_weight(each) for each in line.weights],
            fraction(line.percent, 2),
            fraction(line.exact / KRONA, 4),
            kronor(line.amount),
            line.is_moved,
        )
        for line in page.lines
    ]


def _written_weight(each: Weight | None) -> tuple[str, str]:
    return (figure(each.weight), str(each.figure_id or "")) if each else ("–", "")


def rounding_in_words(page: Shown) -> list[str]:
    """What rounding did: who carries the odd kronor, and why printed percentages may not make 100. May be empty."""
    allocation, told = page.allocation, []
    if page.moved:
        rows = listed(
            f"{each.name} {with_unit(each.amount)} i stället för {with_unit(each.nearest)}" for each in page.moved
        )
        told.append(
            f"Avrundade var för sig blir raderna {with_unit(page.nearest)}, inte {with_unit(allocation.divided)}. "
            f"Därför betalar {rows}. Den som har störst rest avrundas uppåt först, sedan den som har störst andel, "
            "sedan i bokstavsordning."
        )
    if page.lines and allocation.divided and page.sum_of_percents != 100:
        told.append(f"De avrundade procenttalen blir {fraction(page.sum_of_percents, 2)} % tillsammans.")
    return told


@dataclass(frozen=True)
class Step:
    """One part of a share: its size, the figure over the sum, and the exact result in kronor."""

    part: AllocationPart
    size: Fraction
    line: SharePart
    exact: Fraction

    @property
    def quota(self) -> Fraction:
        """The municipality's share of the part, in per cent."""
        return self.exact / self.size * 100 if self.size else Fraction(0)

    @property
    def is_equal(self) -> bool:
        return self.part.method == ModelPart.Method.EQUAL


def steps_of(share: AllocationShare) -> list[Step]:
    """How a share was counted, part by part. Öre, exactly."""
    denominator = int(share.allocation.denominator)
    lines = share.parts.select_related("part__kind", "figure__kind").order_by("part__position")
    return [
        Step(
            each.part, Fraction(int(each.part.numerator), denominator), each, Fraction(int(each.numerator), denominator)
        )
        for each in lines
    ]


def changes(worked: WorkedOut, before: Mapping[str, int]) -> list[Change]:
    """What a late joiner means for each, who is credited most first; the joiner itself last."""
    found = buy_in(before, worked.allocated)
    return sorted(found, key=lambda each: (each.difference > 0, each.difference))
