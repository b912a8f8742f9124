"""Rows that people paste out of papers and spreadsheets: names and figures. Plain Python."""

import re
from decimal import Decimal, InvalidOperation

from enamnd.formats import MINUS
from enamnd.refusal import Refused

SUMS = ("summa", "totalt", "total", "länet", "hela länet", "alla")
MOST_LINES = 2000
LARGEST = Decimal(10) ** 13

_SPACES = re.compile(r"[ \u00a0\u2007\u2009\u202f]+")
_TAIL = re.compile(r"^(?P<name>.*?\D)\s+(?P<figure>[-+\u2212]?[0-9][0-9 .\u00a0\u202f]*(?:,[0-9]+)?)\s*(?:kr)?$")


def read_lines(text: str) -> list[list[str]]:
    """The cells of each line that is not empty: by tabs or semicolons, else the figure at its end is its last cell."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(f"Texten har fler än {MOST_LINES} rader. Dela upp den.", field="text")
    return [_cells(line) for line in lines]


def _cells(line: str) -> list[str]:
    for separator in ("\t", ";"):
        if separator in line:
            return [_SPACES.sub(" ", cell).strip() for cell in line.split(separator)]
    plain = _SPACES.sub(" ", line).strip()
    found = _TAIL.match(plain)
    return [found["name"].strip(), found["figure"].strip()] if found else [plain]


def is_sum(name: str) -> bool:
    """Whether a row's name says that it is the sum of the others."""
    return name.strip().rstrip(":").casefold() in SUMS


def read_figure(text: str) -> Decimal:
    """A figure as people write it: 76 739, 76739, 12 345,5, or 12345.5 as files do.

    Refused for formulas, words, what is not a figure, and what may be two.
    """
    written = _SPACES.sub("", text.replace(MINUS, "-"))
    if not written:
        raise Refused("Talet saknas.")
    if written.startswith("="):
        raise Refused(f"”{text[:40]}” är en formel. Skriv talet i stället.")
    if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", written):  # 2.905 may be thousands, or three decimals
        thousands, decimals = written.replace(".", " "), written.replace(".", ",")
        raise Refused(f"”{text[:40]}” kan läsas på två sätt. Skriv {thousands} eller {decimals}.")
    plain = written.replace(",", ".") if "," in written else written
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        raise Refused(f"”{text[:40]}” är inget tal. Skriv till exempel 76 739.")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise Refused(f"”{text[:40]}” är inget tal.") from error
    if abs(value) >= LARGEST:
        raise Refused(f"{text[:40]} kan inte stämma: talet är för stort.")
    if -value.as_tuple().exponent > 4:
        raise Refused(f"{text[:40]} har fler än fyra decimaler.")
    return value
