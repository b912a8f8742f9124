"""Order, numbers and counts as Swedish papers write them."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

# The characters that follow z in ASCII stand for å, ä and ö, which end the Swedish alphabet in that order.
_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y", "ð": "d", "þ": "th", "ł": "l"})
_NUMBER = re.compile(r"([0-9]+)")


def swedish_key(text: str) -> tuple:
    """Sort key: A-Z Å Ä Ö, capitals as small letters, é as e, numbers by value (§ 9 before § 10)."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    parts = _NUMBER.split(" ".join(plain.split()))
    return tuple((0, int(part), "") if _NUMBER.fullmatch(part) else (1, 0, part) for part in parts if part)


def grouped(number: int) -> str:
    """1 177 400, with no-break spaces and a real minus sign."""
    sign = MINUS if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", NO_BREAK_SPACE)


def decimal(number: Decimal | float | str, places: int | None = None) -> str:
    """1 234,5 with decimal comma; `places` rounds half away from zero and keeps trailing zeros."""
    value = Decimal(str(number))
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, part = f"{abs(value):f}".partition(".")
    sign = MINUS if value < 0 else ""
    return sign + grouped(int(whole)) + ("," + part if part else "")


def fraction(value: Fraction | int, places: int) -> str:
    """1 234,57 of an exact fraction, rounded half away from zero, always with `places` decimals."""
    scaled = Fraction(abs(value)) * 10**places
    whole, part = divmod((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**places)
    sign = MINUS if value < 0 and (whole or part) else ""
    return sign + grouped(whole) + (f",{part:0{places}}" if places else "")


def count(number: int, one: str, many: str) -> str:
    """1 paragraf, 3 paragrafer."""
    return f"{grouped(number)} {one if number == 1 else many}"


def paragraph_range(first: int | None, last: int | None) -> str:
    """§ 8, § 15-16, från § 5, till och med § 4; nothing when both ends are open."""
    if first is None and last is None:
        return ""
    if last is None:
        return f"från § {first}"
    if first is None:
        return f"till och med § {last}"
    return f"§ {first}" if first == last else f"§ {first}-{last}"


def listed(words) -> str:
    """Boden, Kiruna och Luleå."""
    words = list(words)
    return " och ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
