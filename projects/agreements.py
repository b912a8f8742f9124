"""How long agreements last, what must be said by when, and which of them ask for attention."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from enamnd.dates import long_date

from .models import Agreement, CallOff, ProlongOption

OPTION_SOON, END_SOON, FOLLOW_UP_SOON = timedelta(days=90), timedelta(days=180), timedelta(days=30)


@dataclass(frozen=True)
class AgreementLine:
    """An agreement with its last day (used options counted), and the next option that nobody has answered."""

    agreement: Agreement
    last_day: date | None
    option: ProlongOption | None
    today: date

    @property
    def has_ended(self) -> bool:
        return bool(self.agreement.ended_because) or bool(self.last_day and self.last_day < self.today)

    @property
    def is_coming(self) -> bool:
        return bool(self.agreement.valid_from and self.agreement.valid_from > self.today)

    @property
    def holds(self) -> bool:
        """Whether it is in force: signed (it has a day), begun, not ended; also without a last day."""
        is_signed = bool(self.last_day or self.agreement.valid_from)
        return is_signed and not self.has_ended and not self.is_coming

    @property
    def tone(self) -> str:
        """late, soon or ok, as lists show it."""
        if self.has_ended or (self.option and self.option.say_by < self.today):
            return "late"
        return "soon" if self.is_urgent else "ok"

    @property
    def is_urgent(self) -> bool:
        if self.has_ended:
            return False
        if self.option:
            return self.option.say_by - self.today <= OPTION_SOON
        return bool(self.last_day and self.last_day - self.today <= END_SOON)

    @property
    def due_on(self) -> date | None:
        return self.option.say_by if self.option else self.last_day

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.agreement.ended_because:
            return f"avslutat: {self.agreement.ended_because}"
        if self.has_ended:
            return f"gick ut {long_date(self.last_day)}"
        if self.option and self.option.say_by < self.today:
            return f"sista dagen att förlänga var {long_date(self.option.say_by)}"
        if self.option and self.is_urgent:
            return f"säg till senast {long_date(self.option.say_by)} om det ska förlängas"
        if self.is_urgent:
            return f"går ut {long_date(self.last_day)}"
        if self.is_coming:
            return f"börjar gälla {long_date(self.agreement.valid_from)}"
        return "gäller" if self.holds else "inte tecknat"


def for_lists() -> QuerySet[Agreement]:
    return Agreement.objects.select_related("activity").prefetch_related("options")


def line_of(agreement: Agreement, today: date) -> AgreementLine:
    """The line of one agreement whose options are loaded."""
    options = list(agreement.options.all())
    used = [each.until for each in options if each.used_on]
    last_day = max(filter(None, [agreement.valid_until, *used]), default=None)
    open_ones = [each for each in options if not (each.used_on or each.declined_on)]
    ahead = [each for each in open_ones if last_day is None or each.until > last_day]
    return AgreementLine(agreement, last_day, min(ahead, key=lambda each: each.say_by, default=None), today)


def lines(today: date) -> list[AgreementLine]:
    """All agreements: what asks for attention first, what has ended last. Two queries."""
    found = [line_of(each, today) for each in for_lists()]
    return sorted(found, key=lambda each: (each.has_ended, each.due_on or date.max, each.agreement.name))


def to_follow_up(today: date) -> QuerySet[Agreement]:
    """Agreements whose day of follow-up has come, or comes within a month."""
    soon = Agreement.objects.filter(ended_because="", follow_up_on__lte=today + FOLLOW_UP_SOON)
    return soon.order_by("follow_up_on", "pk")


def per_municipality(call_offs: Iterable[CallOff]) -> list[tuple[str, int, int | None]]:
    """Each municipality that has called off: name, how many times, for how many kronor (None: not known)."""
    found: dict[str, list[int | None]] = {}
    for each in call_offs:
        found.setdefault(each.municipality.name, []).append(each.value)
    return [(name, len(values), _known(values)) for name, values in sorted(found.items())]


def _known(values: Iterable[int | None]) -> int | None:
    known = [each for each in values if each is not None]
    return sum(known) if known else None


def in_force(found: Iterable[AgreementLine]) -> int:
    """The number of agreements that hold: a key figure, and what an indicator of goals counts."""
    return sum(each.holds for each in found)
