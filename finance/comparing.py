"""Models side by side: what each municipality would pay by each (vad händer om)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from enamnd.formats import swedish_key
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .models import KeyFigure, ModelVersion
from .weighing import model_in_words, work_out


@dataclass(frozen=True)
class Cell:
    """What a municipality would pay by a model: öre, per cent, and öre per inhabitant where that is known."""

    amount: int
    percent: Fraction
    per_inhabitant: Fraction | None


@dataclass(frozen=True)
class Column:
    """A model of the comparison; `trouble` says why it cannot be counted."""

    version: ModelVersion
    says: str
    amounts: Mapping[str, int]
    trouble: str = ""


@dataclass(frozen=True)
class Comparison:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Municipality, tuple[Cell | None, ...]], ...]
    population_on: date | None


def compare(
    versions: Sequence[ModelVersion],
    places: Sequence[Municipality],
    amount: int,
    year: int,
    given: Mapping[str, Decimal] | None = None,
) -> Comparison:
    """`amount` öre by each version. A version that cannot be counted says why, and the others are shown."""
    places = sorted(places, key=lambda each: swedish_key(each.name))
    columns = [_column(version, places, amount, year, given) for version in versions]
    people, day = population(places)
    rows = tuple((place, tuple(_cell(each, place, people) for each in columns)) for place in places)
    return Comparison(tuple(columns), rows, day)


def _column(version, places, amount: int, year: int, given) -> Column:
    try:
        worked = work_out(version, places, amount, year, given=given)
    except Refused as refusal:
        return Column(version, model_in_words(version), {}, str(refusal))
    return Column(version, model_in_words(version), {each.who: each.amount for each in worked.allocated.shares})


def _cell(column: Column, place: Municipality, people: Mapping[int, Decimal]) -> Cell | None:
    amount = column.amounts.get(place.name)
    if amount is None:
        return None
    whole, number = sum(column.amounts.values()), people.get(place.pk)
    percent = Fraction(amount, whole) * 100 if whole else Fraction(0)
    return Cell(amount, percent, Fraction(amount) / Fraction(number) if number else None)


def population(places: Sequence[Municipality]) -> tuple[dict[int, Decimal], date | None]:
    """Inhabitants by the latest day that the key figure counted in "invånare" has, or by the register."""
    rows = KeyFigure.objects.current().filter(kind__unit="invånare")
    day = rows.order_by("-as_of").values_list("as_of", flat=True).first()
    if day:
        found = rows.filter(as_of=day).values_list("municipality", "value")
        return dict(found), day
    return {each.pk: Decimal(each.population) for each in places if each.population}, None
