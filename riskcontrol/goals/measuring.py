"""What the indicators of a year read on a day, out of the calendar, attendance, agreements and councils' decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from enamnd.dates import long_date
from enamnd.formats import count, decimal
from enamnd.organisation.models import Municipality
from meetings.decisions.councils import APPROVING
from meetings.models import CouncilDecision
from projects import agreements
from riskcontrol.models import Indicator

from . import turnout
from .happenings import Happening, in_order, number_held
from .reading import happenings_of, sittings_of
from .turnout import Share, Sitting

Kind = Indicator.Kind
MANY_UNITS = {Kind.AT_LEAST: "gånger", Kind.AGREEMENTS: "avtal", Kind.BY_HAND: ""}


@dataclass(frozen=True)
class Party:
    """A municipality that an indicator asks something of, and since when it has it (None: not yet)."""

    municipality: Municipality
    done_on: date | None
    note: str = ""


@dataclass(frozen=True)
class Reading:
    """What an indicator stands at: in words, against its target in words, and whether the target is reached.

    `is_reached` is None when nothing is known. `happenings`, `sittings` and `parties` are what it was counted from.
    """

    words: str
    target: str
    is_reached: bool | None
    happenings: tuple[Happening, ...] = ()
    sittings: tuple[tuple[Sitting, Share], ...] = ()
    parties: tuple[Party, ...] = ()
    value: Decimal | None = None

    @property
    def verdict(self) -> str:
        """A word for lists."""
        if self.is_reached is None:
            return "inget underlag"
        return "målet är nått" if self.is_reached else "inte nått än"


def target_in_words(indicator: Indicator) -> str:
    """Minst 10 möten; 75 %, 100 % eftersträvas; alla kommuner."""
    if indicator.kind == Kind.PARTIES:
        return "alla kommuner" if indicator.all_parties else f"minst {decimal(indicator.target.normalize())} kommuner"
    if indicator.kind == Kind.TURNOUT:
        aim = f", {_number(indicator.aim)} % eftersträvas" if indicator.aim is not None else ""
        return f"{_number(indicator.target)} %{aim}"
    aim = f", {_number(indicator.aim)} eftersträvas" if indicator.aim is not None else ""
    return f"minst {_with_unit(indicator, indicator.target)}{aim}"


def _number(value: Decimal) -> str:
    return decimal(f"{value.normalize():f}")


def _with_unit(indicator: Indicator, value: Decimal | int) -> str:
    unit = indicator.unit or MANY_UNITS.get(indicator.kind, "")
    if value == 1 and not indicator.unit and indicator.kind == Kind.AT_LEAST:
        unit = "gång"
    return f"{_number(Decimal(value))} {unit}".strip()


class Gauge:
    """Reads indicators of one year as they stood at the end of a day. A fixed number of queries, however many."""

    def __init__(self, indicators: Iterable[Indicator], year: int, on: date):
        self.indicators, self.on = list(indicators), on
        self.first, self.end = date(year, 1, 1), date(year, 12, 31)
        self.bodies = {each.pk: [body.pk for body in each.bodies.all()] for each in self.indicators}
        self.happenings = self._load(Kind.AT_LEAST, happenings_of, self.end, on)
        self.sittings = self._load(Kind.TURNOUT, sittings_of, min(self.end, on))
        self.shares: dict[tuple[int, str], Share] = {}
        self.agreements = self._agreements()
        self.parties = self._parties()
        self.decisions = self._decisions()

    def readings(self) -> dict[int, Reading]:
        """A reading for each indicator, by its key."""
        return {each.pk: self.read(each) for each in self.indicators}

    def read(self, indicator: Indicator) -> Reading:
        reads = {
            Kind.AT_LEAST: self._at_least,
            Kind.TURNOUT: self._turnout,
            Kind.AGREEMENTS: self._in_force,
            Kind.PARTIES: self._by_party,
            Kind.BY_HAND: self._by_hand,
        }
        return reads[Kind(indicator.kind)](indicator)

    def _load(self, kind: str, load, last: date, *more) -> dict:
        """Rows for the bodies of the indicators of a kind, in one go."""
        wanted = {body for each in self.indicators if each.kind == kind for body in self.bodies[each.pk]}
        return load(wanted, self.first, last, *more) if wanted else {}

    def _of_kind(self, kind: str) -> list[Indicator]:
        return [each for each in self.indicators if each.kind == kind]

    def _agreements(self) -> int:
        return agreements.in_force(agreements.lines(self.on)) if self._of_kind(Kind.AGREEMENTS) else 0

    def _parties(self) -> list[Municipality]:
        asked = self._of_kind(Kind.PARTIES)
        return list(Municipality.objects.filter(is_party=True).order_by("name")) if asked else []

    def _decisions(self) -> dict[int, dict[int, CouncilDecision]]:
        """What councils have approved by the day, by matter and municipality."""
        matters = {each.matter_id for each in self._of_kind(Kind.PARTIES) if each.matter_id}
        found: dict[int, dict[int, CouncilDecision]] = {key: {} for key in matters}
        if matters:
            rows = CouncilDecision.objects.filter(matter__in=matters, decided_on__lte=self.on, outcome__in=APPROVING)
            for each in rows.order_by():
                found[each.matter_id][each.municipality_id] = each
        return found

    def _at_least(self, indicator: Indicator) -> Reading:
        own = [_occasion(each, self.on) for each in indicator.occasions.all()]
        found = in_order([*own, *(one for body in self.bodies[indicator.pk] for one in self.happenings[body])])
        held = number_held(found)
        words = f"{held} hittills" if self.on < self.end else f"{held} under året"
        reached = held >= indicator.target
        return Reading(words, target_in_words(indicator), reached, tuple(found), value=Decimal(held))

    def _turnout(self, indicator: Indicator) -> Reading:
        rows = sorted(
            (one for body in self.bodies[indicator.pk] for one in self.sittings[body]), key=lambda one: one.held_on
        )
        shares = tuple((each, self._share(each, indicator.counting)) for each in rows)
        whole = turnout.total(share for _, share in shares)
        words = f"{whole.percent} % i snitt ({whole.part} av {whole.of})" if whole.of else "ingen närvaro är förd"
        reached = whole.reaches(indicator.target) if whole.of else None
        return Reading(words, target_in_words(indicator), reached, sittings=shares)

    def _share(self, sitting: Sitting, counting: str) -> Share:
        """The share of a meeting, worked out once however many indicators ask."""
        if (sitting.key, counting) not in self.shares:
            self.shares[sitting.key, counting] = turnout.of_sitting(sitting, counting)
        return self.shares[sitting.key, counting]

    def _in_force(self, indicator: Indicator) -> Reading:
        words = _with_unit(indicator, self.agreements)
        reached = self.agreements >= indicator.target
        return Reading(words, target_in_words(indicator), reached, value=Decimal(self.agreements))

    def _by_party(self, indicator: Indicator) -> Reading:
        marks = {each.municipality_id: each for each in indicator.marks.all() if each.done_on <= self.on}
        decided = self.decisions.get(indicator.matter_id, {})
        parties = tuple(_party(each, marks.get(each.pk), decided.get(each.pk)) for each in self.parties)
        done = sum(each.done_on is not None for each in parties)
        needed = len(parties) if indicator.all_parties else indicator.target
        reached = done >= needed if parties else None
        words = f"{done} av {count(len(parties), 'kommun', 'kommuner')}"
        return Reading(words, target_in_words(indicator), reached, parties=parties, value=Decimal(done))

    def _by_hand(self, indicator: Indicator) -> Reading:
        values = [each for each in indicator.values.all() if each.measured_on <= self.on]
        latest = max(values, key=lambda each: each.measured_on, default=None)
        if latest is None:
            return Reading("inget värde infört", target_in_words(indicator), None)
        reached = latest.value >= indicator.target
        words = f"{_with_unit(indicator, latest.value)} den {long_date(latest.measured_on)}"
        return Reading(words, target_in_words(indicator), reached, value=latest.value)


def _party(municipality: Municipality, mark, decision: CouncilDecision | None) -> Party:
    if decision:
        return Party(municipality, decision.decided_on, f"fullmäktige {decision.paragraph}".strip())
    return Party(municipality, mark.done_on if mark else None, mark.note if mark else "")


def _occasion(row, on: date) -> Happening:
    last = row.last_on or row.held_on
    return Happening(row.held_on, last, last <= on, row.name)


def for_gauge(rows) -> Sequence[Indicator]:
    """Indicators with what a gauge reads them from."""
    return rows.prefetch_related("bodies", "occasions", "marks", "values")


def readings_of(plan, on: date) -> dict[int, Reading]:
    """All indicators of a year, as they stood on a day."""
    return Gauge(for_gauge(plan.indicators.all()), plan.year, on).readings()
