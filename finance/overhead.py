"""Overhead on salaries (OH), in per cent of them (R317). Plain Python; amounts in öre."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from enamnd.money import KRONA, rounded


@dataclass(frozen=True)
class Cost:
    """A cost row: its item, its subtotal, its amount, and whether it is overhead itself."""

    item: int
    group: str
    amount: int | None
    is_overhead: bool = False


def overhead(salaries: int, percent: Fraction) -> int:
    """What is put on top of salaries, in whole kronor, half away from zero: 805 000 kr at 10 per cent is 80 500 kr."""
    return rounded(salaries * percent / 100, KRONA)


def salaries_of(costs: Sequence[Cost], item: int, group: str) -> int:
    """What an item's overhead is counted on: its own costs under the subtotal, or all of them where it has none there.

    So an item that bears its salaries bears their overhead, and one that is overhead alone bears everybody's.
    """
    salaries = [each for each in costs if each.group == group and not each.is_overhead]
    own = [each for each in salaries if each.item == item]
    return sum(each.amount or 0 for each in own or salaries)
