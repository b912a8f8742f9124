"""Taking a SIE file in: types 1 to 4. What is wrong is refused with its row and the reason."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from enamnd.formats import decimal
from enamnd.refusal import Problem, Refused

from .encoding import decoded
from .file import RESERVED_DIMENSIONS, Balance, Line, Period, SieFile, Voucher, Year
from .rows import Row, Wrong, read_fields

MOST_BYTES = 50_000_000
MOST_PROBLEMS = 20


@dataclass
class _Reading:
    """What has been read so far."""

    facts: dict = field(default_factory=dict)
    years: list[Year] = field(default_factory=list)
    accounts: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)
    objects: dict[tuple[str, str], str] = field(default_factory=dict)
    balances: list[Balance] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    vouchers: list[Voucher] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    opened: Row | None = None
    voucher: Voucher | None = None
    is_inside: bool = False
    lines: list[Line] = field(default_factory=list)

    def wrong(self, row: int, reason: str):
        self.problems.append(Problem(f"rad {row}", f"{reason}."))


def read_sie(content: bytes) -> SieFile:
    """The file's contents. Refused, with rows and reasons, when it is cut off, out of balance or not text."""
    if len(content) > MOST_BYTES:
        raise Refused("Filen är större än 50 MB. Exportera en kortare tid.", field="file")
    if not content.strip():
        raise Refused("Filen är tom.", field="file")
    text, encoding = decoded(content)
    reading = _Reading()
    number = 0
    for number, line in enumerate(text.splitlines(), 1):
        if len(reading.problems) >= MOST_PROBLEMS:
            break
        try:
            _take_line(reading, number, line.strip())
        except Wrong as wrong:
            reading.wrong(number, str(wrong))
    _check_whole(reading, number, text)
    if reading.problems:
        raise Refused(field="file", problems=tuple(reading.problems))
    return _file_of(reading, encoding)


def _take_line(reading: _Reading, number: int, line: str):
    if not line:
        return
    if line == "{":
        if reading.opened is None:
            raise Wrong("{ står utan verifikation")
        reading.is_inside = True
    elif line == "}":
        _close_voucher(reading)
    elif line.startswith("#"):
        label, _, rest = line[1:].replace("\t", " ").partition(" ")
        _take_row(reading, Row(number, label.upper(), read_fields(rest)))
    elif number == 1:
        raise Wrong("filen är ingen SIE-fil: varje rad ska börja med #")
    else:
        raise Wrong(f"raden börjar inte med #: ”{line[:40]}”")


def _take_row(reading: _Reading, row: Row):
    if reading.is_inside and row.label not in INSIDE:
        raise Wrong(f"#{row.label} står inne i en verifikation: }} saknas efter rad {reading.opened.number}")
    if not reading.is_inside and row.label in INSIDE:
        raise Wrong(f"#{row.label} står utanför en verifikation")
    if not reading.is_inside and reading.opened is not None:
        raise Wrong(f"verifikationen på rad {reading.opened.number} har inga rader")
    if take := TAKEN.get(row.label):
        take(reading, row)


def _fact(name: str, place: int = 0) -> Callable:
    def take(reading: _Reading, row: Row):
        reading.facts[name] = row.text(place)

    return take


def _program(reading: _Reading, row: Row):
    reading.facts |= {"program": row.text(0), "program_version": row.text(1)}


def _generated(reading: _Reading, row: Row):
    reading.facts |= {"generated_on": row.day_or_none(0), "generated_by": row.text(1)}


def _type(reading: _Reading, row: Row):
    number = row.number_at(0, "typ")
    if number not in (1, 2, 3, 4):
        raise Wrong(f"typ {number} läses inte: filen ska vara av typ 1 till 4")
    reading.facts["type"] = number


def _year(reading: _Reading, row: Row):
    year = Year(row.number_at(0, "årsnummer"), row.day(1, "årets första dag"), row.day(2, "årets sista dag"))
    if year.ends_on < year.starts_on:
        raise Wrong("räkenskapsåret slutar före det börjar")
    reading.years.append(year)


def _account(reading: _Reading, row: Row):
    number = row.text(0, "kontonummer")
    if number in reading.accounts and reading.accounts[number] != row.text(1):
        raise Wrong(f"konto {number} står två gånger med olika namn")
    reading.accounts[number] = row.text(1)


def _dimension(reading: _Reading, row: Row):
    reading.dimensions[row.text(0, "dimensionens nummer")] = row.text(1, "dimensionens namn")


def _object(reading: _Reading, row: Row):
    reading.objects[row.text(0, "dimensionens nummer"), row.text(1, "objektets nummer")] = row.text(2)


def _balance(reading: _Reading, row: Row):
    """#IB year account amount; #OIB year account {objects} amount."""
    has_objects = row.label in ("OIB", "OUB")
    year, account = row.number_at(0, "årsnummer"), row.text(1, "kontonummer")
    objects = row.objects(2) if has_objects else ()
    reading.balances.append(Balance(row.label, year, account, row.amount(3 if has_objects else 2), objects))


def _period(reading: _Reading, row: Row):
    year, month, account = row.number_at(0, "årsnummer"), row.text(1, "period"), row.text(2, "kontonummer")
    if len(month) != 6 or not month.isdecimal() or not 1 <= int(month[4:]) <= 12:
        raise Wrong(f"”{month[:20]}” är ingen period (ååååmm)")
    reading.periods.append(Period(row.label, year, month, account, row.amount(4), row.objects(3)))


def _voucher(reading: _Reading, row: Row):
    reading.voucher = Voucher(
        series=row.text(0),
        number=row.text(1),
        day=row.day(2, "verifikationsdatum"),
        text=row.text(3),
        entered_on=row.day_or_none(4),
        sign=row.text(5),
        lines=(),
    )
    reading.opened, reading.lines = row, []


def _line(reading: _Reading, row: Row):
    account = row.text(0, "kontonummer")
    if reading.accounts and account not in reading.accounts:
        raise Wrong(f"konto {account} finns inte i filens kontoplan (#KONTO)")
    quantity = row.text(5)
    reading.lines.append(
        Line(
            account=account,
            objects=row.objects(1),
            amount=row.amount(2),
            day=row.day_or_none(3),
            text=row.text(4),
            quantity=row.amount(5, "kvantitet") if quantity else None,
            sign=row.text(6),
        )
    )


def _close_voucher(reading: _Reading):
    if not reading.is_inside:
        raise Wrong("} står utan att något har börjat")
    row, voucher, lines = reading.opened, reading.voucher, tuple(reading.lines)
    reading.opened, reading.voucher, reading.is_inside = None, None, False
    if voucher is None:
        return
    difference = sum((each.amount for each in lines), Decimal(0))
    if difference:
        reading.wrong(row.number, f"verifikation {voucher.name} är ur balans med {decimal(difference)} kr")
    reading.vouchers.append(replace(voucher, lines=lines))


def _removed(reading: _Reading, row: Row):
    """#BTRANS is a row that has been struck; #RTRANS one that was added, and stands again as #TRANS after it."""


INSIDE = {"TRANS": _line, "RTRANS": _removed, "BTRANS": _removed}
TAKEN: dict[str, Callable] = {
    "PROGRAM": _program,
    "GEN": _generated,
    "SIETYP": _type,
    "FNAMN": _fact("company"),
    "ORGNR": _fact("org_number"),
    "KPTYP": _fact("chart"),
    "RAR": _year,
    "KONTO": _account,
    "DIM": _dimension,
    "UNDERDIM": _dimension,
    "OBJEKT": _object,
    **dict.fromkeys(("IB", "UB", "RES", "OIB", "OUB"), _balance),
    **dict.fromkeys(("PSALDO", "PBUDGET"), _period),
    "VER": _voucher,
    **INSIDE,
}


def _check_whole(reading: _Reading, number: int, text: str):
    """A file that was cut off ends in the middle of a voucher or of a row."""
    if len(reading.problems) >= MOST_PROBLEMS:
        return
    if reading.opened is not None:
        name = reading.voucher.name if reading.voucher else ""
        reading.wrong(
            number,
            f"filen är avkortad: verifikation {name} på rad {reading.opened.number} avslutas inte. Exportera den igen",
        )
    elif not text.endswith(("\n", "\r", "}")):
        reading.wrong(number, "filen är avkortad: sista raden avslutas inte. Exportera den på nytt")
    elif "type" not in reading.facts and not reading.problems:
        reading.wrong(1, "filen säger inte vilken SIE-typ den är (#SIETYP)")


def _file_of(reading: _Reading, encoding: str) -> SieFile:
    used = {dimension for dimension, _ in reading.objects}
    usual = {number: name for number, name in RESERVED_DIMENSIONS.items() if number in used}
    file = SieFile(
        **{"company": ""} | reading.facts,
        encoding=encoding,
        years=tuple(reading.years),
        accounts=reading.accounts,
        dimensions=usual | reading.dimensions,
        objects=reading.objects,
        balances=tuple(reading.balances),
        periods=tuple(reading.periods),
        vouchers=tuple(reading.vouchers),
    )
    return replace(file, notes=tuple(_notes(file)))


def _notes(file: SieFile):
    """Results that the vouchers of the year do not add up to: a part of the year, or vouchers that are missing."""
    year = file.year(0)
    if not file.vouchers or year is None:
        return
    sums: dict[str, Decimal] = {}
    for voucher in file.vouchers:
        if year.starts_on <= voucher.day <= year.ends_on:
            for line in voucher.lines:
                sums[line.account] = sums.get(line.account, Decimal(0)) + line.amount
    for each in file.balances:
        if each.kind == "RES" and each.year == 0 and sums.get(each.account, Decimal(0)) != each.amount:
            yield (
                f"Konto {each.account}: filens resultat är {each.amount} kr, men verifikationerna blir "
                f"{sums.get(each.account, Decimal(0))} kr."
            )
