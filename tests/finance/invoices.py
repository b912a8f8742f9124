"""Ten invoices of different kinds, for tests: documents that say what the board's invoices say. Names are invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finance.invoicing.document import CREDIT, INVOICE, Document, Line, Party, Vat

TAXED = Vat("S", Decimal(25))
EXEMPT = Vat("E", reason="Undantag från moms enligt 10 kap. 19 § mervärdesskattelagen")
OUTSIDE = Vat("O", reason="Utanför momsens område: kostnadsdelning inom gemensam nämnd (9 kap. 19 § kommunallagen)")

SELLER = Party(
    name="Provköpings kommun",
    org_number="2120002742",
    street="Rådhusvägen 3",
    postal_code="971 85",
    city="Provköping",
    endpoint=("0007", "2120002742"),
    vat_number="SE212000274201",
    contact="E-kontoret",
    phone="0920-00 00 00",
    email="ekontoret@provkoping.example",
    is_approved_for_f_tax=True,
)
BUYER = Party(
    name="Granviks kommun",
    org_number="2120002718",
    street="Fakturaenheten, box 12",
    postal_code="984 85",
    city="Granvik",
    endpoint=("0007", "2120002718"),
)


def line(name: str = "Grundbelopp", amount="84100", vat: Vat = TAXED, **more) -> Line:
    return Line(name, Decimal(amount), vat, **more)


def document(*lines: Line, **more) -> Document:
    facts = {
        "number": "20260001",
        "kind": INVOICE,
        "issued_on": date(2026, 1, 15),
        "due_on": date(2026, 2, 14),
        "seller": SELLER,
        "buyer": BUYER,
        "buyer_reference": "ZZ4711",
        "lines": lines or (line(),),
        "ocr": "2026000105",
        "title": "Grundbelopp 2026",
        "bankgiro": "50501055",
        "terms": "Betalas inom 30 dagar.",
    }
    return Document(**facts | more)


PROJECT = line(
    "Elevhälsa, projektår 2",
    "12282.36",
    EXEMPT,
    explanation="Folkmängd 31 december 2024: 5 871 av 234 246 (2,51 %) av 490 000 kr",
    item="elevhalsa",
)
KINDS = {
    "förskott helår": document(line(explanation="Lika delar: 1 177 400 kr delat på 14 kommuner")),
    "förskott kvartal": document(
        line("Grundbelopp, kvartal 1", "21025"), period=(date(2026, 1, 1), date(2026, 3, 31)), title="Kvartal 1"
    ),
    "förvaltning": document(
        line("Verksamhetsutvecklare e-tjänster", "31250.50"), line("E-tjänsteplattform", "18000.49"), plusgiro="4121083"
    ),
    "projekt efter folkmängd, undantaget": document(PROJECT),
    "grundbelopp utanför moms": document(line(vat=OUTSIDE)),
    "transaktioner efter användning": document(
        line("BankID-underskrifter", "4321.10", quantity=Decimal(12346)),
        line("SMS", "0.35"),
        line("Freja, månadsavgift", "1500.00", quantity=Decimal(12), unit="MON"),
        period=(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    "moms och undantag på samma faktura": document(line(), PROJECT, line("Utbildning", "99.99", Vat("S", Decimal(12)))),
    "årsavräkning med avdrag": document(line("Transaktioner, utfall", "13500"), line("Betalt i förskott", "-12000.01")),
    "kredit av en faktura": document(
        kind=CREDIT,
        number="20260002",
        credits=(("20260001", date(2026, 1, 15)),),
        terms="Kvittas mot faktura 20260001.",
    ),
    "årsavräkning att få tillbaka, utanför moms": document(
        line("Överskott förvaltning", "1200", OUTSIDE),
        line("Transaktioner utöver budget", "-200", OUTSIDE),
        kind=CREDIT,
        number="20260003",
        credits=(("20260001", date(2026, 1, 15)), ("20250007", date(2025, 1, 15))),
    ),
}


def credit_of(original: Document) -> Document:
    credits = ((original.number, original.issued_on),)
    return replace(original, kind=CREDIT, number="20269999", credits=credits)
