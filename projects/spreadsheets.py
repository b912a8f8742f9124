"""Lists as Excel files, and rows out of Excel and CSV files. What people wrote is never a formula."""

import csv
import io
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl.utils.exceptions import InvalidFileException

from enamnd.refusal import Refused
from meetings.text.markup_tags import CONTROL

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@")
MOST_ROWS = 2000
MOST_BYTES = 5_000_000
# What openpyxl and the parser under it say of files that are something else, or broken.
UNREADABLE = (
    *(BadZipFile, InvalidFileException, SyntaxError, zlib.error, OSError, NotImplementedError, RuntimeError),
    *(AttributeError, LookupError, TypeError, ValueError),
)


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A sheet with a frozen row of headings. Cells are texts, numbers, days, or None for an empty one."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    bold, day = book.add_format({"bold": True, "bottom": 2}), book.add_format({"num_format": "yyyy-mm-dd"})
    kronor = book.add_format({"num_format": "#,##0.00##"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, 44 if column == 0 else 22)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(number, column, value, kronor)
            else:
                _write(sheet, number, column, value, text, day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(sheet.dim_rowmax or 0, 1), len(headings) - 1)
    book.close()
    return kept.getvalue()


def _write(sheet, row: int, column: int, value, text, day):
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, harmless(str(value)), text)


def harmless(value: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def spreadsheet_answer(name: str, headings: Sequence[str], rows: Iterable[Sequence]) -> HttpResponse:
    """The file as an answer of a page."""
    answer = HttpResponse(workbook(name, headings, rows), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name.lower().replace(' ', '-')}.xlsx")
    return answer


def read_rows(content: bytes, name: str) -> list[dict[str, str]]:
    """The rows of a CSV or Excel file, by its headings in small letters. Refused when it is neither, or too large."""
    table = read_table(content, name)
    headings = [each.casefold() for each in table[0]]
    rows = (zip(headings, row, strict=False) for row in table[1:])
    return [{heading: value for heading, value in row if heading} for row in rows]


def read_table(content: bytes, name: str, *, formulas: bool = True) -> list[list[str]]:
    """The cells of a CSV or Excel file's first sheet, without empty rows. Refused when neither, or too large.

    A formula counts as the value that the file keeps for it; with `formulas` false it is refused, with its place.
    """
    if len(content) > MOST_BYTES:
        raise Refused("Filen är större än 5 MB. Dela upp den.", field="file")
    if name.lower().endswith((".xlsx", ".xlsm")):
        table = _excel(content, formulas)
    elif name.lower().endswith((".csv", ".txt")):
        table = _csv(content)
    else:
        raise Refused("Filen ska vara CSV eller Excel (.xlsx).", field="file")
    if not table:
        raise Refused("Filen är tom.", field="file")
    if len(table) > MOST_ROWS:
        raise Refused(f"Filen har fler än {MOST_ROWS} rader. Dela upp den.", field="file")
    return [[_plain(each) for each in row] for row in table]


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    separator = ";" if text.partition("\n")[0].count(";") >= text.partition("\n")[0].count(",") else ","
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(map(str.strip, row))]
    except csv.Error as error:
        raise Refused(
            "Filen går inte att läsa som CSV. Spara den på nytt som CSV eller Excel.", field="file"
        ) from error


def _excel(content: bytes, formulas: bool) -> list[list]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=formulas)
        rows = list(book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=30))
        found = [cell for row in rows for cell in row if not formulas and cell.data_type == "f"]
        table = [[cell.value for cell in row] for row in rows]
    except UNREADABLE as error:
        raise Refused(
            "Filen går inte att läsa som Excel. Spara den på nytt som .xlsx eller CSV.", field="file"
        ) from error
    if found:
        where = ", ".join(cell.coordinate for cell in found[:5])
        raise Refused(f"Cell {where} är en formel. Klistra in värdet i stället för formeln.", field="file")
    return [row for row in table if any(each is not None for each in row)]


def _plain(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return " ".join(CONTROL.sub(" ", str(value)).split())
