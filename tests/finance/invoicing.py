"""Rows for tests of invoices: a seller, buyers, a VAT rule, an allocation, runs on their way. Names are invented."""

from datetime import date

from stdnum import luhn

from enamnd.organisation.models import Board, Municipality
from finance.actions import invoice_runs
from finance.invoicing import files, printing
from finance.invoicing.drafting import Draft
from finance.models import (
    Allocation,
    AllocationModel,
    AllocationPart,
    AllocationShare,
    Buyer,
    CostItem,
    InvoiceRun,
    LedgerAccount,
    ModelVersion,
    Seller,
    SharePart,
    VatRule,
)
from tests import factories


def org_number(serial: int) -> str:
    """A number with a right check digit."""
    body = f"2120{serial:05}"
    digits = body + luhn.calc_check_digit(body)
    return f"{digits[:6]}-{digits[6:]}"


def seller(**fields) -> Seller:
    """The host of the board that there is, or of a new one, ready to sell."""
    board = Board.objects.first() or factories.board()
    if not board.host.org_number:
        board.host.org_number = org_number(99999)
        board.host.save()
    defaults = {
        "vat_number": f"SE{board.host.org_number.replace('-', '')}01",
        "street": "Rådhusvägen 3",
        "postal_code": "971 85",
        "city": "Provköping",
        "bankgiro": "5050-1055",
        "contact": "E-kontoret",
        "email": "ekontoret@provkoping.example",
    }
    return Seller.objects.create(board=board, **defaults | fields)


def buyer(municipality: Municipality | None = None, **fields) -> Municipality:
    """A municipality that can be invoiced."""
    made = municipality or factories.municipality()
    if not made.org_number:
        made.org_number = org_number(made.pk)
        made.save()
    defaults = {"reference": f"ZZ{made.pk}", "street": "Box 1", "postal_code": "981 00", "city": made.name}
    Buyer.objects.create(municipality=made, **defaults | fields)
    return made


def vat_rule(name: str = "Moms 25 %", **fields) -> VatRule:
    defaults = {
        "category": "S",
        "rate": 25,
        "income_account": "3520",
        "vat_account": "2611",
        "decision": "2026-01-14 § 3",
        "decided_on": date(2026, 1, 14),
        "valid_from": date(2026, 1, 1),
    }
    return VatRule.objects.create(name=name, **defaults | fields)


def outside(name: str = "Utanför moms", **fields) -> VatRule:
    reason = "Utanför momsens område"
    return vat_rule(name, **{"category": "O", "rate": 0, "vat_account": "", "reason": reason} | fields)


def exempt(name: str = "Undantaget", **fields) -> VatRule:
    reason = "10 kap. 19 § mervärdesskattelagen"
    return vat_rule(name, **{"category": "E", "rate": 0, "vat_account": "", "reason": reason} | fields)


def item(name: str = "Grundbelopp", **fields) -> CostItem:
    return CostItem.objects.get_or_create(name=name, defaults=fields)[0]


def allocation(shares: dict[Municipality, int], title: str = "Grundbelopp 2027", **fields) -> Allocation:
    """An amount divided equally in words, by these shares in öre."""
    model, _ = AllocationModel.objects.get_or_create(name="Lika delar")
    unit = ModelVersion.Unit.values[0]
    version, _ = ModelVersion.objects.get_or_create(
        model=model, number=1, defaults={"unit": unit, "valid_from": date(2026, 1, 1)}
    )
    defaults = {
        "year": 2027,
        "item": fields.get("item") or item(),
        "version": version,
        "allocated_on": date(2026, 11, 1),
        "amount": sum(shares.values()),
        "unit": version.unit,
    }
    made = Allocation.objects.create(title=title, **defaults | fields)
    part = AllocationPart.objects.create(
        allocation=made, position=1, name="Allt", method="equal", numerator="1", weight=len(shares)
    )
    for municipality, amount in shares.items():
        share = AllocationShare.objects.create(
            allocation=made, municipality=municipality, amount=amount, nearest=amount, numerator=str(amount)
        )
        SharePart.objects.create(share=share, part=part, weight=1, numerator=str(amount))
    return made


FACTS = {
    "year": 2027,
    "kind": InvoiceRun.Kind.ADVANCE,
    "title": "Grundbelopp 2027",
    "period_from": date(2027, 1, 1),
    "period_until": date(2027, 12, 31),
    "days": 30,
    "note": "",
}


def run(*allocations: Allocation, rule: VatRule | None = None, by=None, **facts) -> InvoiceRun:
    """A run that the coordinator has made; of one allocation over two buyers when nothing is said."""
    if not Seller.objects.exists():
        seller()
    allocations = allocations or (allocation({buyer(): 8_410_000, buyer(): 8_410_000}),)
    rule = rule or VatRule.objects.first() or vat_rule()
    return invoice_runs.make_run(allocations, rule, by=by or factories.user("coordinator"), **FACTS | facts)


def attested(made: InvoiceRun | None = None) -> InvoiceRun:
    made = made or run()
    invoice_runs.attest_run(made, by=factories.user("approver"))
    return made


def issued(made: InvoiceRun | None = None, **more) -> InvoiceRun:
    """A run that has been issued. Its files are made when the queue is run."""
    made = attested(made)
    invoice_runs.issue_run(made, by=factories.user("coordinator"), **more)
    return made


def draft(municipality: Municipality, name: str = "Grundbelopp", amount: int = 100_00, **fields) -> Draft:
    rule = fields.pop("vat_rule", None) or VatRule.objects.first() or vat_rule()
    return Draft(municipality, name, amount, rule, rule.income_account, **fields)


def run_of(*drafts: Draft, by=None, **facts) -> InvoiceRun:
    if not Seller.objects.exists():
        seller()
    return invoice_runs.make_run_of_use(drafts, by=by or factories.user("coordinator"), **FACTS | facts)


def chart():
    names = {"1510": "Kundfordringar", "2611": "Utgående moms", "3520": "Ersättning från kommuner"}
    LedgerAccount.objects.bulk_create(LedgerAccount(number=number, name=name) for number, name in names.items())


def make_all_files(monkeypatch=None):
    """Make the files that are missing; with monkeypatch, a quick stand-in for the printing."""
    if monkeypatch:
        monkeypatch.setattr(printing, "invoice_pdf", lambda paper, xml: b"%PDF-1.7 " + paper.number.encode())
    for each in files.without_files().values_list("pk", flat=True):
        files.make_files_of(each)
