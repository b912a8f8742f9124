"""From a model, those who take part and their key figures to an allocation worked out, ready to be kept or compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from enamnd.dates import long_date
from enamnd.formats import fraction, listed
from enamnd.money import rounded, with_unit
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .allocation import Allocated, Part, Share, allocate
from .figures import as_of_for, figures_on
from .models import Allocation, FixedShare, KeyFigure, KeyFigureKind, ModelPart, ModelVersion

GIVEN = (ModelPart.Method.USE, ModelPart.Method.BENEFIT)
WORDS = {
    ModelPart.Method.EQUAL: "lika delar",
    ModelPart.Method.FIXED: "fasta andelar",
    ModelPart.Method.USE: "användning",
    ModelPart.Method.BENEFIT: "nytta",
}


@dataclass(frozen=True)
class Basis:
    """A part of the model ready to divide by: its arithmetic, and where its figures come from."""

    model_part: ModelPart
    part: Part
    name: str
    kind: KeyFigureKind | None = None
    as_of: date | None = None
    figures: Mapping[str, KeyFigure] | None = None


@dataclass(frozen=True)
class WorkedOut:
    """An allocation that is not kept yet: who takes part, the bases, and the amounts."""

    version: ModelVersion
    places: tuple[Municipality, ...]
    bases: tuple[Basis, ...]
    allocated: Allocated

    @property
    def shares(self) -> list[tuple[Municipality, Share]]:
        return list(zip(self.places, self.allocated.shares, strict=True))


def size_in_words(part: ModelPart) -> str:
    """30 %, 20 000 kr, resten."""
    if part.size == ModelPart.Size.PERCENT:
        return f"{trimmed(Fraction(part.percent))} %"
    return with_unit(part.amount) if part.size == ModelPart.Size.AMOUNT else "resten"


def method_in_words(part: ModelPart) -> str:
    """lika delar, folkmängd, fasta andelar …"""
    if part.method == ModelPart.Method.FIGURE:
        return part.kind.name.lower()
    if part.method == ModelPart.Method.OUTSIDE:
        return part.note or "täcks utifrån"
    return WORDS[part.method]


def model_in_words(version: ModelVersion) -> str:
    """30 % i lika delar, resten efter folkmängd. The parts must be prefetched with their kinds."""
    parts = list(version.parts.all())
    words = [_part_in_words(part, alone=len(parts) == 1) for part in parts]
    return listed(words)[:1].upper() + listed(words)[1:] if words else ""


def _part_in_words(part: ModelPart, alone: bool) -> str:
    if part.method == ModelPart.Method.OUTSIDE:
        return f"{size_in_words(part)} {'täcks utifrån' if not part.note else f'täcks utifrån ({part.note})'}"
    how = "i" if part.method in (ModelPart.Method.EQUAL, ModelPart.Method.FIXED) else "efter"
    words = f"{how} {method_in_words(part)}"
    return f"allt {words}" if alone else f"{size_in_words(part)} {words}"


def trimmed(value: Fraction) -> str:
    """Up to four decimals, without trailing zeros."""
    return fraction(value, 4).rstrip("0").rstrip(",")


def arithmetic(part: ModelPart, name: str, weights) -> Part:
    """A part of a model as the arithmetic wants it."""
    percent = Fraction(part.percent) if part.size == ModelPart.Size.PERCENT else None
    amount = part.amount if part.size == ModelPart.Size.AMOUNT else None
    return Part(name, weights, percent=percent, amount=amount)


def plain_parts(version: ModelVersion) -> list[Part]:
    """The parts without their weights, to see whether they add up. What is met from outside is no part of it."""
    rows = version.parts.select_related("kind")
    return [arithmetic(each, method_in_words(each), None) for each in rows if each.method != ModelPart.Method.OUTSIDE]


def work_out(
    version: ModelVersion,
    places: Sequence[Municipality],
    amount: int,
    year: int,
    *,
    given: Mapping[str, Decimal] | None = None,
    outside: int = 0,
) -> WorkedOut:
    """Divide `amount` öre for `year` among `places` by a version of a model.

    `given` are figures of use or benefit by municipality, `outside` öre that others pay besides what the model says.
    Refused as `allocate` refuses.
    """
    rows = list(version.parts.select_related("kind").prefetch_related("fixed_shares__municipality"))
    bases = tuple(_basis(each, year, given or {}) for each in rows if each.method != ModelPart.Method.OUTSIDE)
    met = outside + sum(
        _outside(each, amount, version.unit) for each in rows if each.method == ModelPart.Method.OUTSIDE
    )
    return _worked(version, places, amount, met, bases)


def _worked(version: ModelVersion, places: Sequence[Municipality], amount: int, outside: int, bases) -> WorkedOut:
    names = [each.name for each in places]
    allocated = allocate(amount, [each.part for each in bases], names, unit=version.unit, outside=outside)
    return WorkedOut(version, tuple(places), bases, allocated)


def _outside(part: ModelPart, amount: int, unit: int) -> int:
    """What a part that others pay is, with the sign of the amount; a percentage is rounded to the unit."""
    if part.size == ModelPart.Size.PERCENT:
        exact = Fraction(abs(amount)) * Fraction(part.percent) / 100
        size = rounded(exact, unit)
    else:
        size = part.amount
    return size if amount > 0 else -size


def _basis(part: ModelPart, year: int, given: Mapping[str, Decimal]) -> Basis:
    if part.method == ModelPart.Method.FIGURE:
        return figure_basis(part, as_of_for(part.kind, year))
    name = method_in_words(part)
    if part.method == ModelPart.Method.FIXED:
        shares = {each.municipality.name: Fraction(each.percent) for each in part.fixed_shares.all()}
        return Basis(part, arithmetic(part, name, shares), name)
    weights = {who: Fraction(value) for who, value in given.items()} if part.method in GIVEN else None
    return Basis(part, arithmetic(part, name, weights), name)


def figure_basis(part: ModelPart, day: date) -> Basis:
    """A part divided by the key figures of a day."""
    found = {each.municipality.name: each for each in figures_on(part.kind, day).values()}
    name = f"{part.kind.name.lower()} den {long_date(day)}"
    weights = {who: whole_or_exact(each.value) for who, each in found.items()}
    return Basis(part, arithmetic(part, name, weights), name, part.kind, day, found)


def whole_or_exact(value: Decimal) -> int | Fraction:
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def work_out_again(
    allocation: Allocation, joiner: Municipality, given: Decimal | None = None, *, places: Sequence[Municipality]
) -> WorkedOut:
    """The same allocation as if `joiner` had taken part from the start: same amount, model, days and figures.

    `places` are those who took part. `given` is the joiner's figure of use or benefit, where the model has such a part.
    """
    parts = {each.position: each for each in allocation.version.parts.select_related("kind")}
    kept = list(
        allocation.parts.select_related("kind").prefetch_related(
            "share_parts__share__municipality", "share_parts__figure"
        )
    )
    bases = tuple(_again(parts[each.position], each, joiner, given) for each in kept)
    return _worked(allocation.version, [*places, joiner], allocation.amount, allocation.outside, bases)


def _again(part: ModelPart, kept, joiner: Municipality, given: Decimal | None) -> Basis:
    if part.method == ModelPart.Method.EQUAL:
        return Basis(part, arithmetic(part, kept.name, None), kept.name)
    lines = list(kept.share_parts.all())
    weights = {each.share.municipality.name: whole_or_exact(each.weight) for each in lines}
    figures = {each.share.municipality.name: each.figure for each in lines if each.figure}
    if part.method == ModelPart.Method.FIGURE:
        figure = KeyFigure.objects.current().filter(kind=kept.kind, municipality=joiner, as_of=kept.as_of).first()
        if figure is None:
            raise Refused(f"{joiner.name} saknar tal för {kept.name}. Lägg in det först.")
        figures[joiner.name], weights[joiner.name] = figure, whole_or_exact(figure.value)
    elif part.method == ModelPart.Method.FIXED:
        share = FixedShare.objects.filter(part=part, municipality=joiner).first()
        weights |= {joiner.name: Fraction(share.percent)} if share else {}
    elif given is not None:
        weights[joiner.name] = Fraction(given)
    return Basis(part, arithmetic(part, kept.name, weights), kept.name, kept.kind, kept.as_of, figures)
