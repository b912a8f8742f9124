"""What a SIE file holds. Amounts are kronor: debit is positive, credit negative."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

PC8, LATIN1 = "cp437", "iso-8859-1"
COST_CENTRE, PROJECT = "1", "6"
# Dimensions that the format itself has given a meaning to; others are numbered from 20.
RESERVED_DIMENSIONS = {
    "1": "Kostnadsställe",
    "2": "Kostnadsbärare",
    "6": "Projekt",
    "7": "Anställd",
    "8": "Kund",
    "9": "Leverantör",
    "10": "Faktura",
}

# Dimension → object: {"6": "1204"}.
Objects = Mapping[str, str]


@dataclass(frozen=True)
class Year:
    """A financial year (#RAR): 0 is the current one, -1 the one before."""

    number: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Balance:
    """A balance of a whole year. `kind` is IB, UB or RES; OIB and OUB when it is that of an object."""

    kind: str
    year: int
    account: str
    amount: Decimal
    objects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Period:
    """What an account, or an account and objects, changed by in a month ("202605"). `kind` is PSALDO or PBUDGET."""

    kind: str
    year: int
    month: str
    account: str
    amount: Decimal
    objects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A row of a voucher (#TRANS)."""

    account: str
    amount: Decimal
    objects: tuple[tuple[str, str], ...] = ()
    day: date | None = None
    text: str = ""
    quantity: Decimal | None = None
    sign: str = ""


@dataclass(frozen=True)
class Voucher:
    """A voucher (#VER, verifikation): its rows add up to nothing."""

    series: str
    number: str
    day: date
    text: str
    lines: tuple[Line, ...]
    entered_on: date | None = None
    sign: str = ""

    @property
    def name(self) -> str:
        return f"{self.series} {self.number}".strip()


@dataclass(frozen=True)
class SieFile:
    """A whole file. `accounts`, `dimensions` and `objects` give names; `notes` what a reader should know of it."""

    type: int
    company: str
    org_number: str = ""
    program: str = ""
    program_version: str = ""
    generated_on: date | None = None
    generated_by: str = ""
    chart: str = ""
    encoding: str = PC8
    years: tuple[Year, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[tuple[str, str], str] = field(default_factory=dict)
    balances: tuple[Balance, ...] = ()
    periods: tuple[Period, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    notes: tuple[str, ...] = ()

    def year(self, number: int = 0) -> Year | None:
        return next((each for each in self.years if each.number == number), None)
