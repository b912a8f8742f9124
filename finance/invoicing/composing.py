"""From rows to documents: what a run's invoices will say, and what an issued one says."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from enamnd.formats import listed
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Board, Municipality
from enamnd.refusal import Problem
from finance.models import Buyer, Invoice, InvoiceLine, InvoiceRun, RunLine, Seller, VatRule

from . import document as documents
from .document import CREDIT, INVOICE, Document, Line, Party, Vat
from .payment import bankgiro, plusgiro
from .taking_back import sources_of, take

ALL_GIVEN_BACK = "Det som inte är betalt ska inte betalas. Det som redan är betalt räknas av vid nästa betalning."
GIVEN_BACK = "Beloppet dras av från det som inte är betalt. Det som redan är betalt räknas av vid nästa betalning."


@dataclass(frozen=True)
class Planned:
    """An invoice that a run will become: it has no number yet. `credits` are what it takes back of which, in öre."""

    municipality: Municipality
    document: Document
    rows: tuple[RunLine, ...]
    credits: tuple[tuple[Invoice, int], ...] = ()


def planned(run: InvoiceRun, issued_on: date) -> list[Planned]:
    """The invoices of a run as they would be issued on a day, by municipality; one has several where it must."""
    board = current_board()
    seller = Seller.objects.filter(board=board).first() or Seller(board=board)
    buyers = {each.municipality_id: each for each in Buyer.objects.all()}
    rows = defaultdict(list)
    lines = run.lines.select_related("municipality", "vat_rule", "item").order_by("municipality__name", "position")
    for row in lines:
        rows[row.municipality].append(row)
    sources = sources_of(run)
    basis = _basis(run, seller, board, issued_on)
    made = []
    for municipality, own in rows.items():
        known = buyers.get(municipality.pk) or Buyer(municipality=municipality)
        of_buyer = replace(basis, buyer=buyer_party(municipality, known), buyer_reference=known.reference.strip())
        made += [_planned(of_buyer, municipality, part, sources) for part in _apart(own)]
    return made


def _apart(rows: list[RunLine]) -> list[tuple[RunLine, ...]]:
    """The rows of one municipality as invoices that the standard allows."""
    lines = [line_of(row) for row in rows]
    found = {id(line): row for line, row in zip(lines, rows, strict=True)}
    return [tuple(found[id(line)] for line in part) for part in documents.split(lines)]


def _planned(basis: Document, municipality: Municipality, rows: tuple[RunLine, ...], sources: dict) -> Planned:
    """A sum below zero is given back: a credit note, with the signs turned."""
    lines = tuple(line_of(row) for row in rows)
    if documents.total_of(lines) >= 0:
        return Planned(municipality, replace(basis, lines=lines), rows)
    items = {each.item_id for each in rows if each.item_id}
    credits = take(-in_öre(documents.total_of(lines)), items, sources.get(municipality.pk, ()))
    numbers = listed(sorted(each.number for each, _ in credits))
    given_back = ALL_GIVEN_BACK if rows[0].run.credits_id else GIVEN_BACK
    made = replace(
        basis,
        kind=CREDIT,
        lines=tuple(replace(each, amount=-each.amount) for each in lines),
        credits=tuple(sorted((each.number, each.issued_on) for each, _ in credits)),
        terms=f"Gäller faktura {numbers}. {given_back}" if credits else "",
    )
    return Planned(municipality, made, rows, credits)


def _basis(run: InvoiceRun, seller: Seller, board: Board, issued_on: date) -> Document:
    party = seller_party(seller, board)
    return Document(
        number="",
        kind=INVOICE,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=run.days),
        seller=party,
        buyer=party,
        buyer_reference="",
        lines=(),
        ocr="",
        title=run.title,
        bankgiro=bankgiro(seller.bankgiro),
        plusgiro=plusgiro(seller.plusgiro),
        period=(run.period_from, run.period_until),
        note=run.note,
        terms=f"Betalas inom {run.days} dagar.",
    )


def problems_of(made: Iterable[Planned]) -> tuple[Problem, ...]:
    """Everything that keeps the invoices from being issued, each with its municipality."""
    return tuple(problem for each in made for problem in documents.problems_of(each.document))


def line_of(row: RunLine) -> Line:
    return Line(
        name=row.name,
        amount=in_kronor(row.amount),
        vat=vat_of(row.vat_rule),
        quantity=row.quantity,
        explanation=row.explanation,
    )


def vat_of(rule: VatRule) -> Vat:
    return Vat(rule.category, Decimal(rule.rate), rule.reason)


def in_kronor(öre: int) -> Decimal:
    return (Decimal(öre) / 100).quantize(documents.OERE)


def in_öre(kronor: Decimal) -> int:
    return int((kronor * 100).to_integral_value())


def seller_party(seller: Seller, board: Board) -> Party:
    """The host as the seller."""
    number = _digits(board.host.org_number or "")
    return Party(
        name=board.host.full_name,
        org_number=number,
        street=seller.street,
        postal_code=seller.postal_code,
        city=seller.city,
        endpoint=(seller.endpoint_scheme, _digits(seller.endpoint) or number),
        vat_number=seller.vat_number.replace(" ", "").upper(),
        contact=seller.contact,
        phone=seller.phone,
        email=seller.email,
        is_approved_for_f_tax=seller.is_approved_for_f_tax,
    )


def buyer_party(municipality: Municipality, buyer: Buyer) -> Party:
    """A municipality as the buyer."""
    number = _digits(municipality.org_number or "")
    return Party(
        name=municipality.full_name,
        org_number=number,
        street=buyer.street,
        postal_code=buyer.postal_code,
        city=buyer.city,
        endpoint=(buyer.endpoint_scheme, _digits(buyer.endpoint) or number),
    )


def _digits(value: str) -> str:
    return "".join(each for each in value if each.isdecimal())


# Kept and read again --------------------------------------------------------------------------------------------------


def facts_of(made: Document, board: Board) -> dict:
    """What an issued invoice keeps beside its columns and rows, as JSON."""
    return {
        "board": board.name,
        "seller": asdict(made.seller),
        "buyer": asdict(made.buyer),
        "buyer_reference": made.buyer_reference,
        "bankgiro": made.bankgiro,
        "plusgiro": made.plusgiro,
        "period": [each.isoformat() for each in made.period] if made.period else None,
        "credits": [[number, day.isoformat()] for number, day in made.credits],
        "note": made.note,
        "terms": made.terms,
    }


def document_of(invoice: Invoice) -> Document:
    """An issued invoice as it was issued: of its own columns, rows and facts alone."""
    facts = invoice.facts
    return Document(
        number=invoice.number,
        kind=invoice.kind,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        seller=_party(facts["seller"]),
        buyer=_party(facts["buyer"]),
        buyer_reference=facts["buyer_reference"],
        lines=tuple(_issued_line(each) for each in invoice.lines.all()),
        ocr=invoice.ocr,
        title=invoice.title,
        bankgiro=facts["bankgiro"],
        plusgiro=facts["plusgiro"],
        period=tuple(map(date.fromisoformat, facts["period"])) if facts["period"] else None,
        credits=tuple((number, date.fromisoformat(day)) for number, day in facts["credits"]),
        note=facts["note"],
        terms=facts["terms"],
    )


def _party(facts: dict) -> Party:
    return Party(**facts | {"endpoint": tuple(facts["endpoint"])})


def _issued_line(line: InvoiceLine) -> Line:
    return Line(
        name=line.name,
        amount=in_kronor(line.amount),
        vat=Vat(line.category, line.rate, line.reason),
        quantity=line.quantity,
        explanation=line.explanation,
    )
