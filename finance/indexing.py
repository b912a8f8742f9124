"""Raising amounts by index, rounded per municipality. Plain Python; amounts in öre.

80 500 kr each for 14 parties, raised and rounded to whole hundreds, is 84 100 kr each and 1 177 400 kr in all (R074).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from enamnd.money import rounded
from enamnd.refusal import Refused


@dataclass(frozen=True)
class Raised:
    """An amount raised: each party's before and after, and the sums. `each_before` may be a fraction of an öre."""

    before: int
    each_before: Fraction
    each: int
    parties: int

    @property
    def total(self) -> int:
        return self.each * self.parties


def raised(amount: int, percents: Sequence[Fraction], parties: int, unit: int) -> Raised:
    """`amount` öre in all × Π(1 + p/100), so that each party's part is a whole number of `unit` öre, half up (R5.1).

    Refused without parties.
    """
    if parties < 1:
        raise Refused("Skriv hur många som delar på beloppet.", field="parties")
    each_before = Fraction(amount, parties)
    factor = Fraction(1)
    for percent in percents:
        factor *= 1 + percent / 100
    return Raised(amount, each_before, rounded(each_before * factor, unit), parties)
