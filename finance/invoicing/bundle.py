"""What a municipality takes home: an invoice's specification as Excel, and all of a year as ZIP."""

import io
import zipfile
from collections.abc import Iterable

from finance.models import Invoice
from projects.spreadsheets import workbook

from .composing import document_of, in_kronor
from .document import UNITS, Document
from .printing import vat_text

HEADINGS = ("Avser", "Så är beloppet räknat", "Antal", "Enhet", "À-pris, kr", "Moms", "Belopp utan moms, kr")


def specification(invoice: Invoice) -> bytes:
    """The rows of an invoice as an Excel file, with its sums at the end."""
    document = document_of(invoice)
    return workbook(f"{invoice.get_kind_display()} {invoice.number}", HEADINGS, [*_rows(document), *_sums(invoice)])


def _rows(document: Document):
    for line in document.lines:
        tax = vat_text(line.vat.category, line.vat.rate)
        unit = UNITS.get(line.unit, line.unit)
        yield (line.name, line.explanation, line.signed_quantity, unit, line.unit_price, tax, line.amount)


def _sums(invoice: Invoice):
    blank = (None,) * 5
    yield ("Summa utan moms", *blank, in_kronor(invoice.net))
    yield ("Moms", *blank, in_kronor(invoice.tax))
    yield ("Att få tillbaka" if invoice.is_credit else "Att betala", *blank, in_kronor(invoice.total))


def archive(invoices: Iterable[Invoice]) -> bytes:
    """PDF, e-invoice and specification of each as a ZIP file. Invoices are loaded with `files` and their bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for each in invoices:
            folder = f"{each.number} {each.municipality.name}"
            bundle.writestr(f"{folder}/{each.number}.pdf", bytes(each.files.pdf.file.content))
            bundle.writestr(f"{folder}/{each.number}.xml", bytes(each.files.xml.file.content))
            bundle.writestr(f"{folder}/{each.number}.xlsx", specification(each))
    return out.getvalue()
