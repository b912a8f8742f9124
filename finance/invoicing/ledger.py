"""A run on its way into the host's ledger: vouchers as SIE 4I, and its rows as CSV or Excel."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from finance.models import Buyer, Invoice, InvoiceRun, LedgerAccount, Seller
from finance.sie import Line, SieFile, Voucher, Year, write_sie
from projects.spreadsheets import harmless

from .composing import document_of, in_kronor
from .document import STANDARD

PROGRAM = "Nämndens portal"
COST_CENTRE, PROJECT = "1", "6"
HEADINGS = (
    *("Fakturanummer", "Slag", "Datum", "Förfaller", "Kommun", "Org.nr", "Rad", "Avser", "Konto", "Projekt"),
    *("Momsslag", "Momssats", "Belopp utan moms", "OCR"),
)


def invoices_of(run: InvoiceRun) -> list[Invoice]:
    """The run's invoices with their rows, by number."""
    return list(run.invoices.select_related("municipality").prefetch_related("lines__item").order_by("serial"))


def sie_of(run: InvoiceRun) -> bytes:
    """One voucher an invoice. Refused when the chart of accounts lacks an account, or the seller is not written in."""
    board = current_board()
    seller = Seller.objects.filter(board=board).first()
    if seller is None or not seller.receivables_account:
        raise Refused("Skriv in kontot för kundfordringar under Uppgifter, Säljaren, innan körningen bokförs.")
    invoices = invoices_of(run)
    places = _Places(seller)
    vouchers = tuple(_voucher(each, seller, places) for each in invoices)
    year = invoices[0].year
    file = SieFile(
        type=4,
        company=board.host.full_name,
        org_number=board.host.org_number or "",
        program=PROGRAM,
        program_version="1",
        generated_on=timezone.localdate(),
        encoding=seller.alphabet,
        years=(Year(0, date(year, 1, 1), date(year, 12, 31)),),
        accounts=_accounts(vouchers),
        dimensions=places.dimensions,
        objects=places.objects,
        vouchers=vouchers,
    )
    return write_sie(file)


def _accounts(vouchers: tuple[Voucher, ...]) -> dict[str, str]:
    """The names of the accounts that are used: what the chart lacks is told by the writing."""
    used = {line.account for voucher in vouchers for line in voucher.lines}
    return dict(LedgerAccount.objects.filter(number__in=used).values_list("number", "name"))


class _Places:
    """The dimensions and objects that rows stand under, named as they are used."""

    def __init__(self, seller: Seller):
        self.seller = seller
        self.counterparties = dict(Buyer.objects.values_list("municipality", "counterparty"))
        self.dimensions: dict[str, str] = {}
        self.objects: dict[tuple[str, str], str] = {}

    def of(self, invoice: Invoice, project: str = "", name: str = "") -> tuple[tuple[str, str], ...]:
        counterparty = self.counterparties.get(invoice.municipality_id, "")
        found = (
            (COST_CENTRE, "Kostnadsställe", self.seller.cost_centre, self.seller.cost_centre),
            (self.seller.counterparty_dimension, "Motpart", counterparty, invoice.municipality.name),
            (PROJECT, "Projekt", project, name),
        )
        kept = [each for each in found if each[0] and each[2]]
        for dimension, label, number, title in kept:
            self.dimensions.setdefault(dimension, label)
            self.objects.setdefault((dimension, number), title)
        return tuple(sorted((dimension, number) for dimension, _, number, _ in kept))


def _voucher(invoice: Invoice, seller: Seller, places: _Places) -> Voucher:
    """What is owed in debit, income and tax in credit; the other way for a credit note. Its number is the invoice's."""
    sign = -1 if invoice.is_credit else 1
    lines = [Line(seller.receivables_account, in_kronor(sign * invoice.total), places.of(invoice), text=invoice.number)]
    for row in invoice.lines.all():
        objects = places.of(invoice, row.project, row.item.name if row.item_id and row.project else row.name)
        lines.append(Line(row.account, in_kronor(-sign * row.amount), objects, text=row.name))
    lines += [Line(account, -sign * tax, places.of(invoice), text="Moms") for account, tax in _taxes(invoice) if tax]
    text = f"{invoice}, {invoice.municipality.name}"
    return Voucher(seller.voucher_series, invoice.number, invoice.issued_on, text, tuple(lines), timezone.localdate())


def _taxes(invoice: Invoice) -> list[tuple[str, Decimal]]:
    """The tax of each account, as the invoice counted it: on the sum of each rate."""
    accounts = {row.rate: row.vat_account for row in invoice.lines.all() if row.category == STANDARD}
    taxes: dict[str, Decimal] = defaultdict(Decimal)
    for each in document_of(invoice).subtotals:
        if each.vat.category == STANDARD:
            taxes[accounts[each.vat.rate]] += each.tax
    return list(taxes.items())


def rows_of(run: InvoiceRun) -> Iterator[tuple]:
    """A row for each row of the run's invoices; what is given back is below zero."""
    for invoice in invoices_of(run):
        sign = -1 if invoice.is_credit else 1
        for row in invoice.lines.all():
            yield (
                *(invoice.number, invoice.get_kind_display(), invoice.issued_on, invoice.due_on),
                *(invoice.municipality.full_name, invoice.municipality.org_number or "", row.position, row.name),
                *(row.account, row.project, row.category, row.rate, in_kronor(sign * row.amount), invoice.ocr),
            )


def csv_of(run: InvoiceRun) -> bytes:
    """The rows with semicolons and decimal commas, in UTF-8 with a mark, as Swedish spreadsheets open them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows_of(run):
        writer.writerow([_cell(each) for each in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return value.isoformat() if isinstance(value, date) else harmless(str(value))
