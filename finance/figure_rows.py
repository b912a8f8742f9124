"""Rows of key figures out of a paste or a file: which municipality, which figure, or why the row is not taken."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .pasted import is_sum, read_figure

HEADINGS = ("kommun", "region", "namn", "kommun eller region", "part")


@dataclass(frozen=True)
class Understood:
    """What a row says; `municipality` is None for the row of the sum, and where there is a problem."""

    number: int
    name: str
    municipality: Municipality | None = None
    value: Decimal | None = None
    problem: str = ""

    @property
    def is_sum(self) -> bool:
        return not self.problem and self.municipality is None


def understand(rows: Sequence[Sequence[str]], places: Iterable[Municipality]) -> list[Understood]:
    """Each row understood, in order. A first row of headings is passed over; a place named twice is a problem."""
    known = _names_of(places)
    seen: set[int] = set()
    start = 1 if rows and rows[0][0].strip().casefold() in HEADINGS else 0
    return [_one(number, row, known, seen) for number, row in enumerate(rows[start:], start + 1)]


def _names_of(places: Iterable[Municipality]) -> dict[str, Municipality]:
    known = {}
    for place in places:
        for name in (place.name, place.full_name, place.code, place.org_number or ""):
            if name:
                known[name.casefold()] = place
    return known


def _one(number: int, row: Sequence[str], known: dict[str, Municipality], seen: set[int]) -> Understood:
    name = row[0].strip()
    try:
        if len(row) < 2:
            raise Refused("Raden har bara en uppgift. Skriv kommunen och talet.")
        value = read_figure(row[1])
        if is_sum(name):
            return Understood(number, name, None, value)
        place = _place(name, known)
        if value < 0:
            raise Refused("Talet är under noll.")
        if place.pk in seen:
            raise Refused(f"{place.name} står två gånger.")
    except Refused as refusal:
        return Understood(number, name, problem=str(refusal))
    seen.add(place.pk)
    return Understood(number, name, place, value)


def _place(name: str, known: dict[str, Municipality]) -> Municipality:
    plain = re.sub(r"^[0-9]{4} (?=\D)", "", name).strip().casefold()
    found = known.get(plain) or known.get(plain.removesuffix(" kommun").removesuffix("s"))
    if found is None:
        raise Refused(f"”{name}” är ingen av parterna. Skriv namnet som i registret.")
    return found
