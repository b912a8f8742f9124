"""The sample board's invoices: one run paid in part and overdue, one just issued, one that waits for attest."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Municipality

from .actions import invoice_runs, invoices
from .invoicing.drafting import Draft
from .models import Allocation, Invoice, InvoiceRun, VatRule

# What is charged by use: name, price in öre, one for so many inhabitants in a year.
USE = (("BankID-underskrifter", 140, 4), ("SMS-påminnelser", 35, 2), ("Freja e-id, inloggningar", 95, 12))


@transaction.atomic
def load_invoices():
    """Make the sample runs with the verbs that people use. Board, accounts and allocations must be there."""
    maker, approver = _with("coordinator"), _with("approver")
    today = timezone.localdate()
    rule = VatRule.objects.order_by("pk").first()
    used = _run_of_use(maker, rule, today.year - 1)
    _issue(used, maker, approver, on=today - timedelta(days=45))
    _pay_some(used, maker)
    allocations = _latest_allocations()
    if allocations:
        first, *rest = allocations
        _issue(_run(first.title, [first], InvoiceRun.Kind.ADVANCE, maker, rule), maker, approver, on=today)
        if rest:
            _run(f"Förvaltning {first.year}", rest, InvoiceRun.Kind.MANAGEMENT, maker, rule)
    _ask()


def _latest_allocations() -> list[Allocation]:
    """Those of the latest year that belong to items and to no project, the basic amount first."""
    found = Allocation.objects.current().filter(item__isnull=False, activity=None)
    latest = found.order_by("-year").values("year")[:1]
    return list(found.filter(year__in=latest).select_related("item").order_by("item__position", "pk"))


def _with(role: str) -> User:
    return User.objects.get(pk=RoleGrant.objects.filter(role=role).values("user")[:1])


def _facts(year: int) -> dict:
    first = timezone.localdate().replace(year=year, month=1, day=1)
    last = first.replace(month=12, day=31)
    return {"year": year, "period_from": first, "period_until": last, "days": 30, "note": ""}


def _run_of_use(by: User, rule: VatRule, year: int) -> InvoiceRun:
    drafts = [
        Draft(
            municipality=party,
            name=name,
            amount=price * (party.population // inhabitants),
            vat_rule=rule,
            account=rule.income_account,
            quantity=Decimal(party.population // inhabitants),
        )
        for party in Municipality.objects.filter(is_party=True, population__isnull=False)
        for name, price, inhabitants in USE
    ]
    return invoice_runs.make_run_of_use(drafts, by=by, title=f"Transaktioner {year}", **_facts(year))


def _run(title: str, allocations: list[Allocation], kind: str, by: User, rule: VatRule) -> InvoiceRun:
    facts = _facts(allocations[0].year)
    return invoice_runs.make_run(allocations, rule, by=by, kind=kind, title=title, **facts)


def _issue(run: InvoiceRun, maker: User, approver: User, on):
    invoice_runs.attest_run(run, by=approver)
    invoice_runs.issue_run(run, by=maker, today=on)


def _pay_some(run: InvoiceRun, by: User):
    """All but the three last have paid, and one of these a part."""
    *paid, partly, _, _ = run.invoices.order_by("serial")
    for each in paid:
        invoices.add_payment(each, each.due_on - timedelta(days=4), each.total, by=by)
    invoices.add_payment(partly, partly.due_on, partly.total // 2, "Betalade halva", by=by)


def _ask():
    """An economist asks about the first invoice of the municipality."""
    grant = RoleGrant.objects.filter(role="economist").select_related("user").first()
    first = Invoice.objects.filter(municipality=grant.municipality).order_by("year", "serial").first()
    if first:
        invoices.ask(first, "Räknas bara våra egna e-tjänster, eller också de gemensamma?", by=grant.user)
