"""Amounts of money: whole öre inside, kronor as Swedish papers write them. Plain Python."""

import re
from decimal import Decimal
from fractions import Fraction

from enamnd.formats import MINUS, NO_BREAK_SPACE, grouped
from enamnd.refusal import Refused

KRONA = 100
MOST = 10**14  # öre: a Swedish biljon kronor, more than any board divides

_AMOUNT = re.compile(r"(?P<sign>[-+]?)(?P<whole>[0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]+)(?:[,.](?P<part>[0-9]{1,2}))?")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_UNIT = re.compile(r"(?i)\s*(?:kr|kronor|sek|:-)\.?$")


def parse_kronor(text: str, *, field: str | None = None) -> int | None:
    """Öre of what a person or a paper writes in kronor; None where the place is empty or has a dash alone.

    Takes 1 177 400, 1177400, 1.177.400, 80 500,50, -46,4, −46,40 kr and - kr. Refuses everything else, formulas, and
    amounts of a biljon or more, with a Swedish sentence.
    """
    written = _SPACES.sub(" ", text.replace(MINUS, "-").replace("–", "-")).strip()
    plain = _UNIT.sub("", written).strip()
    if plain in ("", "-"):
        return None
    found = _AMOUNT.fullmatch(re.sub(r"^([-+]) ", r"\1", plain))
    if found is None:
        raise Refused(f"”{written[:60]}” är inget belopp. Skriv till exempel 84 100 eller 84 100,50.", field=field)
    whole = int(re.sub(r"[ .]", "", found["whole"]))
    öre = whole * KRONA + int((found["part"] or "").ljust(2, "0"))
    if öre >= MOST:
        raise Refused(f"{written[:60]} kr kan inte stämma. Belopp är mindre än en biljon kronor.", field=field)
    return -öre if found["sign"] == "-" else öre


def kronor(öre: int) -> str:
    """1 177 400, and 80 500,50 where there are öre."""
    whole, part = divmod(abs(öre), KRONA)
    sign = MINUS if öre < 0 else ""
    return sign + grouped(whole) + (f",{part:02}" if part else "")


def with_unit(öre: int) -> str:
    """1 177 400 kr."""
    return f"{kronor(öre)}{NO_BREAK_SPACE}kr"


def rounded(öre: int | Fraction, unit: int) -> int:
    """To the nearest whole `unit` (in öre), half away from zero."""
    size = (2 * abs(öre) + unit) // (2 * unit) * unit
    return -size if öre < 0 else size


def with_decimals(value: Fraction, places: int) -> Decimal:
    """An exact figure for a spreadsheet, half away from zero."""
    return Decimal(rounded(value * 10**places, 1)).scaleb(-places)


def whole_kronor(öre: int) -> int:
    """Whole kronor, half away from zero, for tables that show no öre."""
    return rounded(öre, KRONA) // KRONA


def thousands(öre: int) -> int:
    """Whole thousands of kronor (tkr), half away from zero: the one rule that every table in tkr follows."""
    return rounded(öre, 1000 * KRONA) // (1000 * KRONA)
