"""What an invoice says, as a frozen value: sums, value added tax, and what must hold before it is sent. No Django.

Amounts are kronor with two decimals. A credit note's amounts are what is given back, above zero.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from enamnd.refusal import Problem

OERE = Decimal("0.01")
LARGEST = Decimal(10) ** 12
STANDARD, EXEMPT, OUTSIDE = "S", "E", "O"
RATES = (Decimal(25), Decimal(12), Decimal(6))
INVOICE, CREDIT = "invoice", "credit"
# UN/ECE Recommendation 20, as the standard asks for, and in words.
UNITS = {"C62": "st", "HUR": "tim", "MON": "mån", "ANN": "år"}


@dataclass(frozen=True)
class Vat:
    """How a line is taxed: category (S taxed, E exempt, O outside the scope), per cent, and the reason of E and O."""

    category: str
    rate: Decimal = Decimal(0)
    reason: str = ""


@dataclass(frozen=True)
class Party:
    """Seller or buyer. `org_number` is ten digits; `endpoint` an address in Peppol as scheme and value."""

    name: str
    org_number: str
    street: str
    postal_code: str
    city: str
    endpoint: tuple[str, str]
    vat_number: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    is_approved_for_f_tax: bool = False


@dataclass(frozen=True)
class Line:
    """A row. `explanation` is how the amount came about: the key and its figures."""

    name: str
    amount: Decimal
    vat: Vat
    quantity: Decimal = Decimal(1)
    unit: str = "C62"
    explanation: str = ""
    item: str = ""

    @property
    def unit_price(self) -> Decimal:
        """The price with fewest decimals that makes the amount, from two to six.

        Never below zero: what is taken off has a quantity below zero.
        """
        amount, quantity = abs(self.amount), abs(self.quantity)
        for places in range(2, 7):
            price = (amount / quantity).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if (price * quantity).quantize(OERE, ROUND_HALF_UP) == amount:
                break
        return price

    @property
    def signed_quantity(self) -> Decimal:
        return -abs(self.quantity) if self.amount < 0 else abs(self.quantity)


@dataclass(frozen=True)
class Subtotal:
    """What is taxed alike, and its tax."""

    vat: Vat
    base: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Document:
    """A whole invoice, or a credit note: `credits` names the invoices that it takes back from, with their dates."""

    number: str
    kind: str
    issued_on: date
    due_on: date
    seller: Party
    buyer: Party
    buyer_reference: str
    lines: tuple[Line, ...]
    ocr: str
    title: str = ""
    bankgiro: str = ""
    plusgiro: str = ""
    period: tuple[date, date] | None = None
    credits: tuple[tuple[str, date], ...] = ()
    note: str = ""
    terms: str = ""

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0)).quantize(OERE)

    @property
    def subtotals(self) -> tuple[Subtotal, ...]:
        """One for each category and rate, taxed on their sum and rounded half up (EN 16931, BR-CO-17)."""
        return subtotals_of(self.lines)

    @property
    def tax(self) -> Decimal:
        return sum((each.tax for each in self.subtotals), Decimal(0)).quantize(OERE)

    @property
    def total(self) -> Decimal:
        return self.net + self.tax

    @property
    def is_outside_vat(self) -> bool:
        """An invoice of what is outside the scope names nobody's VAT number (BR-O-02)."""
        return any(line.vat.category == OUTSIDE for line in self.lines)


def subtotals_of(lines: Iterable[Line]) -> tuple[Subtotal, ...]:
    """The base and the tax of each way that lines are taxed, the highest rate first."""
    bases: dict[tuple, Decimal] = {}
    reasons: dict[tuple, str] = {}
    for line in lines:
        key = (-line.vat.rate, line.vat.category)
        bases[key] = bases.get(key, Decimal(0)) + line.amount
        reasons.setdefault(key, line.vat.reason)
    return tuple(
        Subtotal(
            Vat(category, -rate, reasons[rate, category]),
            base.quantize(OERE),
            (base * -rate / 100).quantize(OERE, ROUND_HALF_UP),
        )
        for (rate, category), base in sorted(bases.items())
    )


def total_of(lines: Iterable[Line]) -> Decimal:
    """What lines cost with their tax."""
    return sum((each.base + each.tax for each in subtotals_of(lines)), Decimal(0)).quantize(OERE)


def split(lines: Iterable[Line]) -> list[tuple[Line, ...]]:
    """The lines as invoices that the standard allows, in order of their first lines.

    What is outside the scope may not stand with anything else (BR-O-11), and a category has one reason: taxed lines go
    with the first exemption, each other exemption and each reason to be outside the scope is an invoice of its own.
    """
    parts: dict[tuple[str, str], list[Line]] = {}
    first_exemption: str | None = None
    for line in lines:
        key = (line.vat.category, line.vat.reason)
        if line.vat.category == EXEMPT:
            first_exemption = line.vat.reason if first_exemption is None else first_exemption
        if line.vat.category == STANDARD or (line.vat.category == EXEMPT and line.vat.reason == first_exemption):
            key = (STANDARD, "")
        parts.setdefault(key, []).append(line)
    return [tuple(part) for part in parts.values()]


def problems_of(document: Document) -> tuple[Problem, ...]:
    """Everything that keeps a document from being sent, each with the buyer as its place."""
    return tuple(Problem(document.buyer.name, reason) for reason in _reasons(document))


def _reasons(document: Document) -> Iterator[str]:
    buyer, seller = document.buyer, document.seller
    if not document.buyer_reference.strip():
        yield "fakturareferens saknas. Skriv in kommunens referens under Uppgifter, Kommunerna."
    if not buyer.org_number:
        yield "organisationsnummer saknas. Skriv in det i registret över kommuner."
    if not (buyer.street.strip() or buyer.postal_code.strip()) or not buyer.city.strip():
        yield "fakturaadress saknas. Skriv in den under Uppgifter, Kommunerna."
    if not all(buyer.endpoint):
        yield "adress i Peppol saknas. Skriv in den under Uppgifter, Kommunerna."
    if not document.lines:
        yield "fakturan har inga rader."
    if abs(document.total) >= LARGEST:
        yield "beloppet är för stort för att kunna stämma."
    if document.kind == INVOICE and document.total < 0:
        yield "summan är under noll: det ska vara en kreditfaktura."
    if document.kind == CREDIT and not document.credits:
        yield "en kreditfaktura måste säga vilken faktura den gäller."
    if not document.is_outside_vat and not seller.vat_number:
        yield "värdens momsregistreringsnummer saknas. Skriv in det under Uppgifter, Säljaren."
    if not document.bankgiro and not document.plusgiro:
        yield "bankgiro eller plusgiro saknas. Skriv in det under Uppgifter, Säljaren."
    for line in document.lines:
        yield from (f"”{line.name}”: {reason}" for reason in _reasons_of_line(line))
    if len(split(document.lines)) > 1:
        yield "raderna får inte stå på samma faktura: de har olika skäl till att vara utan moms."


def _reasons_of_line(line: Line) -> Iterator[str]:
    if not line.name.strip():
        yield "raden har ingen benämning."
    if not line.quantity:
        yield "antalet är noll."
    elif abs(line.quantity * line.unit_price - abs(line.amount)) > OERE:
        yield "antal gånger pris blir inte beloppet."
    if line.amount != line.amount.quantize(OERE):
        yield "beloppet har fler än två decimaler."
    if line.vat.category == STANDARD and line.vat.rate not in RATES:
        yield "momsen ska vara 25, 12 eller 6 procent."
    if line.vat.category in (EXEMPT, OUTSIDE) and not line.vat.reason.strip():
        yield "skälet till att den är utan moms saknas."
