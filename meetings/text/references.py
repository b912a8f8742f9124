"""Cross-references in protocol text: "§ 12" of the same meeting or year, "2022-03-16 § 2" of another meeting."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from enamnd.dates import MONTHS, parse_date
from enamnd.refusal import Refused

_DATE = rf"(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9]{{4}})"
_NUMBERS = r"(?P<first>[1-9][0-9]{0,3})(?:\s?[-–]\s?(?:§\s?)?(?P<last>[1-9][0-9]{0,3})(?![0-9]))?(?![0-9]|[:.][0-9])"
_REFERENCE = re.compile(rf"(?:(?<![0-9]){_DATE}(?P<between>,?\s*\(?))?(?P<sign>§§?)\s?{_NUMBERS}")
_NEXT = re.compile(rf"(?:,\s?|,?\s(?:och|samt)\s){_NUMBERS}")

# "5 § 2 stycket" and "6 kap. §§ 3-4" speak of statutes, "KF § 41" of somebody else's protocol.
_NOT_BEFORE = re.compile(r"(?:[0-9]\s?[a-z]?|\bkap\.?|\bK[FS]|\bK[fs])\s*$")
_NOT_AFTER = re.compile(
    r"\s?[a-z]?\s+(?:i\s+|av\s+)?"
    r"(?:[a-zåäö]*(?:lagen|balken|förordningen|ordningen|reglementet|avtalet)\b|(?:KL|FL|TF|OSL)\b)"
)


@dataclass(frozen=True)
class Reference:
    """A reference found in a text: where it stands, as written, and which paragraphs of which meeting it means.

    `date` is None when the text names no meeting; `first` and `last` are § numbers, equal for a single paragraph.
    """

    start: int
    end: int
    text: str
    date: datetime.date | None
    first: int
    last: int


def find_references(text: str) -> tuple[Reference, ...]:
    """Every cross-reference of a plain text, in order and without overlap.

    A date right before the § belongs to it. References to statutes ("6 kap. 37-40 §§", "2 § förvaltningslagen")
    are not cross-references.
    """
    return tuple(_references(text)) if "§" in text else ()


def _references(text: str) -> Iterator[Reference]:
    for found in _REFERENCE.finditer(text):
        meeting = _date(found["date"])
        if _is_of_statute(text, found, meeting):
            continue
        has_own_date = meeting and "(" not in found["between"]
        start = found.start() if has_own_date else found.start("sign")
        while found:
            yield _reference(text, found, start, meeting)
            found = _next(text, found)
            start = found and found.start("first")


def _next(text: str, found: re.Match) -> re.Match | None:
    """The next number of "§§ 3, 5 och 7"."""
    is_in_list = "sign" not in found.re.groupindex or found["sign"] == "§§"
    return _NEXT.match(text, found.end()) if is_in_list and _is_in_order(found) else None


def _reference(text: str, found: re.Match, start: int, meeting: datetime.date | None) -> Reference:
    first, last, end = int(found["first"]), int(found["last"] or found["first"]), found.end()
    if not _is_in_order(found):
        last, end = first, found.end("first")
    return Reference(start, end, text[start:end], meeting, first, last)


def _is_in_order(found: re.Match) -> bool:
    return not found["last"] or int(found["first"]) <= int(found["last"])


def _date(written: str | None) -> datetime.date | None:
    try:
        return parse_date(written) if written else None
    except Refused:
        return None


def _is_of_statute(text: str, found: re.Match, meeting: datetime.date | None) -> bool:
    if _NOT_AFTER.match(text, found.end()):
        return True
    return meeting is None and bool(_NOT_BEFORE.search(text, max(0, found.start("sign") - 12), found.start("sign")))
