"""Making a SIE file of type 4I: vouchers on their way into the host's ledger."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from enamnd.formats import decimal
from enamnd.refusal import Problem, Refused

from .file import LATIN1, PC8, SieFile, Voucher

# What the alphabets lack, in letters that they have.
_SPELT = str.maketrans(
    {
        "\\": "/",
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "€": "EUR",
        "”": "'",
        "“": "'",
        "’": "'",
        "\u00a0": " ",
        "…": "...",
    }
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def write_sie(file: SieFile) -> bytes:
    """The file in its own encoding, rows ended by CR LF.

    Refused, with every voucher and reason, when one is out of balance, has no rows, or uses an account or an object
    that the file does not name.
    """
    if problems := tuple(_problems(file)):
        raise Refused(problems=problems)
    encoding = LATIN1 if file.encoding == LATIN1 else PC8
    return "".join(f"{row}\r\n" for row in _rows(file)).encode(encoding, errors="replace")


def _problems(file: SieFile) -> Iterator[Problem]:
    for voucher in file.vouchers:
        place = f"verifikation {voucher.name}"
        difference = sum((line.amount for line in voucher.lines), Decimal(0))
        if difference:
            yield Problem(place, f"är ur balans med {decimal(difference)} kr.")
        if not voucher.lines:
            yield Problem(place, "har inga rader.")
        for line in voucher.lines:
            if line.account not in file.accounts:
                yield Problem(place, f"konto {line.account} finns inte i kontoplanen.")
            for dimension, name in line.objects:
                if dimension not in file.dimensions:
                    yield Problem(place, f"dimension {dimension} är inte namngiven.")
                elif (dimension, name) not in file.objects:
                    yield Problem(place, f"objekt {name} i dimension {dimension} är inte namngivet.")


def _rows(file: SieFile) -> Iterator[str]:
    yield "#FLAGGA 0"
    yield f"#PROGRAM {_text(file.program)} {_text(file.program_version)}"
    yield "#FORMAT PC8"
    if file.generated_on:
        yield f"#GEN {_day(file.generated_on)} {_text(file.generated_by)}".rstrip()
    yield f"#SIETYP {file.type}"
    if file.org_number:
        yield f"#ORGNR {file.org_number}"
    yield f"#FNAMN {_text(file.company)}"
    for year in file.years:
        yield f"#RAR {year.number} {_day(year.starts_on)} {_day(year.ends_on)}"
    if file.chart:
        yield f"#KPTYP {_text(file.chart)}"
    for number, name in sorted(file.accounts.items()):
        yield f"#KONTO {number} {_text(name)}"
    for number, name in sorted(file.dimensions.items(), key=lambda pair: int(pair[0])):
        yield f"#DIM {number} {_text(name)}"
    for (dimension, number), name in sorted(file.objects.items()):
        yield f"#OBJEKT {dimension} {_text(number)} {_text(name)}"
    for voucher in file.vouchers:
        yield from _voucher_rows(voucher)


def _voucher_rows(voucher: Voucher) -> Iterator[str]:
    entered = f" {_day(voucher.entered_on)}" if voucher.entered_on else ""
    head = f"#VER {_text(voucher.series)} {_text(voucher.number)} {_day(voucher.day)} {_text(voucher.text)}{entered}"
    yield head + (f" {_text(voucher.sign)}" if voucher.sign and entered else "")
    yield "{"
    for line in voucher.lines:
        objects = " ".join(f"{dimension} {_text(name)}" for dimension, name in line.objects)
        day = _day(line.day) if line.day else '""'
        # Fields are known by their place: those that are empty stand as "" when one after them is not.
        after = [day, _text(line.text), str(line.quantity) if line.quantity is not None else '""', _text(line.sign)]
        while after and after[-1] == '""':
            after.pop()
        yield " ".join([f"   #TRANS {line.account} {{{objects}}} {line.amount:.2f}", *after])
    yield "}"


def _text(value: str) -> str:
    plain = _CONTROLS.sub(" ", value.translate(_SPELT)).strip().replace('"', '\\"')
    return f'"{plain}"'


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
