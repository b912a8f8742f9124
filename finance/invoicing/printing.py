"""An invoice on paper: composed as a frozen value, printed once as PDF/A-3 and PDF/UA with the e-invoice inside."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.template.loader import render_to_string
from weasyprint import Attachment

from enamnd.dates import long_date
from enamnd.documents import pdf
from enamnd.formats import decimal, listed

from .document import CREDIT, OUTSIDE, STANDARD, UNITS, Document, Line, Party
from .payment import bankgiro_text, plusgiro_text

SHEET = "css/print-invoice.css"


@dataclass(frozen=True)
class Row:
    """A row in words: quantity with unit, price, tax, amount, all without "kr"."""

    name: str
    explanation: str
    quantity: str
    price: str
    vat: str
    amount: str


@dataclass(frozen=True)
class InvoicePaper:
    """All that stands on the paper (ML 17 kap. 24 §), ready to print. Pairs are label and value."""

    kind: str
    number: str
    title: str
    board_name: str
    seller_name: str
    buyer_name: str
    buyer_lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    sums: tuple[tuple[str, str], ...]
    total_label: str
    total: str
    reasons: tuple[str, ...]
    payment: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    foot: tuple[str, ...]
    created_at: str


def compose(document: Document, *, board_name: str, created_at: datetime) -> InvoicePaper:
    """The paper of a document. `created_at` is when the invoice was issued, in local time."""
    is_credit = document.kind == CREDIT
    return InvoicePaper(
        kind="Kreditfaktura" if is_credit else "Faktura",
        number=document.number,
        title=document.title,
        board_name=board_name,
        seller_name=document.seller.name,
        buyer_name=document.buyer.name,
        buyer_lines=_address(document.buyer),
        facts=tuple(_facts(document, is_credit)),
        rows=tuple(_row(each) for each in document.lines),
        sums=tuple(_sums(document)),
        total_label="Att få tillbaka, kr" if is_credit else "Att betala, kr",
        total=_kronor(document.total),
        reasons=tuple(dict.fromkeys(each.vat.reason for each in document.lines if each.vat.category != STANDARD)),
        payment=() if is_credit else tuple(_payment(document)),
        notes=tuple(each for each in (document.terms, document.note) if each),
        foot=tuple(_foot(document)),
        created_at=created_at.isoformat(timespec="seconds"),
    )


def invoice_pdf(paper: InvoicePaper, xml: bytes) -> bytes:
    """The paper as PDF/A-3a and PDF/UA-1. The e-invoice goes along as an associated file (Alternative)."""
    name = f"{paper.number}.xml"
    attachment = Attachment(
        string=xml,
        name=name,
        description=f"{paper.kind} {paper.number} som e-faktura (Peppol BIS Billing 3)",
        relationship="Alternative",
    )
    return pdf.render_pdf(
        render_to_string("print/invoice.html", {"paper": paper}), sheets=(SHEET,), attachments=[attachment]
    )


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _address(party: Party) -> tuple[str, ...]:
    lines = (party.name, party.street, f"{party.postal_code} {party.city}".strip())
    return tuple(each for each in lines if each)


def _facts(document: Document, is_credit: bool):
    yield ("Kreditfakturanummer" if is_credit else "Fakturanummer"), document.number
    yield "Datum", long_date(document.issued_on)
    if not is_credit:
        yield "Förfaller", long_date(document.due_on)
    if document.period:
        yield "Avser tiden", f"{long_date(document.period[0])} – {long_date(document.period[1])}"
    yield "Er referens", document.buyer_reference
    yield "Ert org.nr", _org_number(document.buyer.org_number)
    if document.credits:
        yield "Krediterar", listed(f"{number} av {long_date(day)}" for number, day in document.credits)


def _row(line: Line) -> Row:
    return Row(
        name=line.name,
        explanation=line.explanation,
        quantity=f"{decimal(_trimmed(line.signed_quantity))} {UNITS.get(line.unit, '')}".strip(),
        price=decimal(line.unit_price),
        vat=vat_text(line.vat.category, line.vat.rate),
        amount=_kronor(line.amount),
    )


def vat_text(category: str, rate: Decimal) -> str:
    """25 %, undantagen, utanför."""
    if category == STANDARD:
        return f"{decimal(_trimmed(rate))} %"
    return "utanför" if category == OUTSIDE else "undantagen"


def _sums(document: Document):
    """The base of each way to be taxed, and the tax of those that are."""
    yield "Summa utan moms", _kronor(document.net)
    for each in document.subtotals:
        if each.vat.category == STANDARD:
            rate = vat_text(STANDARD, each.vat.rate)
            yield f"Moms {rate} på {_kronor(each.base)}", _kronor(each.tax)
        elif len(document.subtotals) > 1:
            yield f"Undantaget från moms: {_kronor(each.base)}", _kronor(each.tax)


def _payment(document: Document):
    yield "Att betala, kr", _kronor(document.total)
    yield "Senast", long_date(document.due_on)
    if document.bankgiro:
        yield "Bankgiro", bankgiro_text(document.bankgiro)
    if document.plusgiro:
        yield "Plusgiro", plusgiro_text(document.plusgiro)
    yield "OCR", document.ocr


def _foot(document: Document):
    seller = document.seller
    yield ", ".join(_address(seller))
    yield f"Org.nr {_org_number(seller.org_number)}"
    if seller.vat_number and not document.is_outside_vat:
        yield f"Momsreg.nr {seller.vat_number}"
    if seller.is_approved_for_f_tax:
        yield "Godkänd för F-skatt"
    if contact := " ".join(each for each in (seller.contact, seller.phone, seller.email) if each):
        yield contact


def _org_number(digits: str) -> str:
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 else digits


def _kronor(amount: Decimal) -> str:
    return decimal(amount, 2)


def _trimmed(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
