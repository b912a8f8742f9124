"""How amounts came about, for people: an allocation as a table, and one municipality's share step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from enamnd.formats import fraction, listed, swedish_key
from enamnd.money import with_unit

from .allocation import Change, buy_in
from .models import Allocation, AllocationPart, AllocationShare, ModelPart, SharePart
from .weighing import WorkedOut


@dataclass(frozen=True)
class Line:
    """A municipality's row of an allocation: figures a part (None outside it), exact kronor, per cent, amount."""

    share: AllocationShare
    weights: tuple[SharePart | None, ...]
    exact: Fraction
    percent: Fraction

    @property
    def is_moved(self) -> bool:
        """Whether the amount is another than the exact share rounded for itself."""
        return self.share.amount != self.share.nearest


@dataclass(frozen=True)
class Shown:
    """An allocation as its page shows it, from the largest share to the smallest, those outside last."""

    allocation: Allocation
    parts: tuple[AllocationPart, ...]
    lines: tuple[Line, ...]

    @property
    def nearest(self) -> int:
        """What the rows would make if each were rounded for itself."""
        return sum(each.share.nearest for each in self.lines)

    @property
    def moved(self) -> list[Line]:
        return [each for each in self.lines if each.is_moved]

    @property
    def paying(self) -> list[Line]:
        return [each for each in self.lines if each.share.takes_part]

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
    shares = allocation.shares.select_related("municipality").prefetch_related("parts__figure")
    whole = allocation.divided * int(allocation.denominator)
    lines = [_line(each, parts, whole, int(allocation.denominator)) for each in shares]
    lines.sort(
        key=lambda each: (not each.share.takes_part, -abs(each.exact), swedish_key(each.share.municipality.name))
    )
    return Shown(allocation, parts, tuple(lines))


def _line(share: AllocationShare, parts: Sequence[AllocationPart], whole: int, denominator: int) -> Line:
    by_part = {each.part_id: each for each in share.parts.all()}
    numerator = int(share.numerator)
    percent = Fraction(numerator, whole) * 100 if whole else Fraction(0)
    return Line(share, tuple(by_part.get(each.pk) for each in parts), Fraction(numerator, denominator), percent)


def rounding_in_words(page: Shown) -> list[str]:
    """What rounding did: who carries the odd kronor, and why printed percentages may not make 100. May be empty."""
    allocation, told = page.allocation, []
    if page.moved:
        rows = listed(
            f"{each.share.municipality.name} {with_unit(each.share.amount)} i stället för "
            f"{with_unit(each.share.nearest)}"
            for each in page.moved
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
