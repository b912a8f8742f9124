"""Runs: what they take in, who may attest and issue, numbers without gaps, and nothing twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from enamnd.documents.models import NumberSeries
from enamnd.journal.models import Event
from enamnd.refusal import Refused
from finance import invoice_rules as rules
from finance.actions import invoice_runs as actions
from finance.actions.allocations import make_allocation
from finance.invoicing.composing import document_of
from finance.invoicing.drafting import of_allocations
from finance.invoicing.payment import is_ocr_reference
from finance.models import (
    Attest,
    Buyer,
    Invoice,
    InvoiceCredit,
    InvoiceLine,
    InvoiceRun,
    ItemTerms,
    RunIssue,
    RunLine,
    Seller,
    VatRule,
)
from tests import factories

from . import invoicing

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year


@pytest.fixture
def coordinator(db):
    return factories.user("coordinator")


@pytest.fixture
def approver(db):
    return factories.user("approver")


# Making ---------------------------------------------------------------------------------------------------------------


def test_a_run_takes_every_share_of_its_allocations_with_how_it_was_counted():
    invoicing.seller()
    first, second = invoicing.buyer(factories.municipality("Alfors")), invoicing.buyer(factories.municipality("Bergby"))
    made = invoicing.run(invoicing.allocation({first: 8_410_000, second: 100}))

    rows = list(made.lines.values_list("municipality__name", "name", "amount", "explanation", "account"))
    assert rows == [
        ("Alfors", "Grundbelopp 2027", 8_410_000, "Lika delar mellan 2. Fördelat: 84\u00a0101\u00a0kr", "3520"),
        ("Bergby", "Grundbelopp 2027", 100, "Lika delar mellan 2. Fördelat: 84\u00a0101\u00a0kr", "3520"),
    ]
    assert Event.objects.filter(verb="run.made").count() == 1


def test_a_row_of_several_parts_says_how_large_each_is():
    party = factories.municipality("Alfors")
    version = factories.model_version(
        {"method": "equal", "size": "percent", "percent": Decimal(30)}, {"method": "use", "size": "rest"}
    )
    made = make_allocation("Tjänst", 2027, version, [party], 1_000_00, given={"Alfors": Decimal(7)}, by=None)

    (row,) = of_allocations([made], 1, 1, invoicing.vat_rule())
    assert row.explanation.replace("\u00a0", " ") == (
        "Lika delar mellan 1 (300 kr). Efter användning: 7 av 7 (700 kr). Fördelat: 1 000 kr"
    )


@pytest.mark.parametrize("amount", [1, 99, 100_01, 8_410_003])
@pytest.mark.parametrize("parts", [2, 3, 4, 12])
def test_all_parts_of_a_year_make_the_whole(amount, parts):
    made = invoicing.allocation({invoicing.buyer(): amount})
    rule = invoicing.vat_rule()

    drafts = [of_allocations([made], part, parts, rule) for part in range(1, parts + 1)]

    assert sum(each.amount for some in drafts for each in some) == amount


def test_an_item_has_its_own_tax_and_place_in_the_ledger():
    invoicing.seller()
    invoicing.vat_rule()
    own = invoicing.exempt()
    item = invoicing.item("Elevhälsa")
    ItemTerms.objects.create(item=item, vat_rule=own, income_account="3590", project="1204")
    made = invoicing.run(invoicing.allocation({invoicing.buyer(): 100_00}, item=item))

    row = made.lines.get()
    assert (row.vat_rule, row.account, row.project) == (own, "3590", "1204")


def test_the_same_part_is_not_invoiced_twice(coordinator):
    first = invoicing.run(part=1, parts=4)
    again = {"by": coordinator, "rule": first.lines.first().vat_rule}
    source = first.sources.get().allocation

    with pytest.raises(Refused, match="del 1 av 4 av beloppet är redan med i körningen") as refused:
        invoicing.run(source, part=1, parts=2, **again)
    assert refused.value.field == "allocations"
    assert invoicing.run(source, part=2, parts=4, **again)
    assert invoicing.run(source, part=2, parts=2, **again)


def test_what_has_been_credited_may_be_invoiced_again(coordinator, approver):
    first = invoicing.issued()
    for invoice in first.invoices.all():
        invoicing.issued(actions.make_credit(invoice, "Fel belopp", by=coordinator))

    assert invoicing.run(first.sources.get().allocation, by=coordinator)


def test_an_amount_that_cannot_be_right_is_refused_and_nothing_is_kept(coordinator):
    with pytest.raises(Refused, match="biljon"):
        invoicing.run_of(invoicing.draft(invoicing.buyer(), amount=10**17), by=coordinator)

    assert not InvoiceRun.objects.exists()


def test_a_run_of_nothing_is_refused(coordinator):
    with pytest.raises(Refused, match="inga rader"):
        invoicing.run_of(by=coordinator)


def test_only_who_keeps_the_economy_makes_runs():
    for role in ("economist", "approver", "secretary"):
        with pytest.raises(Refused, match="Du saknar behörigheten"):
            invoicing.run(by=factories.user(role))


# Attest ---------------------------------------------------------------------------------------------------------------


def test_attest_is_somebody_elses(approver):
    both = factories.user("coordinator", "approver")
    made = invoicing.run(by=both)

    with pytest.raises(Refused, match="gjort körningen själv"):
        actions.attest_run(made, by=both)
    assert actions.attest_run(made, by=approver).total == 16_820_000
    with pytest.raises(Refused, match="redan attesterad"):
        actions.attest_run(made, by=approver)


def test_who_may_not_attest_is_told_who_may(coordinator):
    with pytest.raises(Refused, match="beslutsattestant"):
        actions.attest_run(invoicing.run(), by=coordinator)


def test_an_invoice_without_buyer_reference_is_refused_with_its_municipality(approver):
    made = invoicing.run()
    party = made.lines.first().municipality
    Buyer.objects.filter(municipality=party).update(reference="")

    with pytest.raises(Refused) as refused:
        actions.attest_run(made, by=approver)

    (problem,) = refused.value.problems
    assert problem.place == party.full_name
    assert "fakturareferens saknas" in problem.reason
    assert not Attest.objects.exists()


def test_a_run_that_is_changed_behind_its_attest_is_not_issued(coordinator):
    made = invoicing.attested()
    RunLine.objects.filter(run=made).update(amount=1)

    with pytest.raises(Refused, match="ändrat sedan det attesterades"):
        actions.issue_run(made, by=coordinator)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (VatRule, {"category": "E", "rate": 0, "reason": "Undantaget"}),
        (VatRule, {"rate": 12}),
        (VatRule, {"vat_account": "2621"}),
        (Seller, {"bankgiro": "5805-6201"}),
        (Seller, {"plusgiro": "4-2"}),
    ],
)
def test_tax_and_where_to_pay_are_attested_too(coordinator, model, change):
    made = invoicing.attested()
    model.objects.update(**change)

    with pytest.raises(Refused, match="ändrat sedan det attesterades"):
        actions.issue_run(made, by=coordinator)


def test_an_attest_can_be_taken_back_until_the_run_is_issued(approver, coordinator):
    made = invoicing.attested()
    actions.take_back_attest(made, by=approver)

    with pytest.raises(Refused, match="inte attesterad"):
        actions.issue_run(made, by=coordinator)


# Issue ----------------------------------------------------------------------------------------------------------------


def test_numbers_follow_without_a_gap_and_everything_is_copied(coordinator):
    made = invoicing.attested()
    issue = actions.issue_run(made, by=coordinator)

    invoices = list(Invoice.objects.order_by("serial"))
    assert [each.number for each in invoices] == [f"{THIS_YEAR}0001", f"{THIS_YEAR}0002"]
    assert (issue.first_number, issue.last_number) == (invoices[0].number, invoices[1].number)
    assert [(each.net, each.tax, each.total) for each in invoices] == [(8_410_000, 2_102_500, 10_512_500)] * 2
    assert all(is_ocr_reference(each.ocr) for each in invoices)
    assert invoices[0].facts["buyer_reference"].startswith("ZZ")
    assert (invoices[0].due_on - invoices[0].issued_on).days == 30
    assert InvoiceLine.objects.count() == 2
    assert Event.objects.filter(verb="run.issued").count() == 1

    other = invoicing.issued(invoicing.run_of(invoicing.draft(invoices[0].municipality)))
    assert other.invoices.get().number == f"{THIS_YEAR}0003"


def test_a_run_that_fails_takes_no_number(coordinator, monkeypatch):
    made = invoicing.attested()

    def broken(*args, **kwargs):
        raise OSError("händelseloggen")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(OSError, match="händelseloggen"), transaction.atomic():
        actions.issue_run(made, by=coordinator)

    assert not Invoice.objects.exists()
    assert not NumberSeries.objects.filter(key__startswith="invoice:", last__gt=0).exists()


def test_the_second_who_issues_is_told_who_was_first(coordinator):
    made = invoicing.attested()
    actions.issue_run(made, by=coordinator)

    with pytest.raises(Refused, match=f"{coordinator.name} utfärdade körningen .* {THIS_YEAR}0001–{THIS_YEAR}0002"):
        actions.issue_run(made, by=factories.user("coordinator"))
    assert Invoice.objects.count() == 2


def test_an_issued_run_is_never_taken_away(coordinator):
    made = invoicing.issued()

    with pytest.raises(Refused, match="inget kan ändras eller tas bort"):
        actions.remove_run(made, by=coordinator)


def test_a_run_that_is_not_issued_can_be_taken_away_and_leaves_its_event(coordinator):
    made = invoicing.attested()
    actions.remove_run(made, by=coordinator)

    assert not InvoiceRun.objects.exists()
    assert Event.objects.filter(verb="run.removed").count() == 1


@pytest.mark.parametrize("model", [Invoice, InvoiceLine])
def test_the_database_itself_refuses_to_change_an_invoice(model):
    invoicing.issued()
    table, column = model._meta.db_table, "title" if model is Invoice else "name"

    with pytest.raises(DatabaseError, match="ändras inte"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = 'annat'")
    with pytest.raises(TypeError):
        model.objects.all().delete()


def test_what_the_standard_keeps_apart_becomes_two_invoices():
    party = invoicing.buyer()
    taxed, untaxed = invoicing.vat_rule(), invoicing.outside()
    made = invoicing.issued(
        invoicing.run_of(
            invoicing.draft(party, "Licenser", 1_000_00, vat_rule=taxed),
            invoicing.draft(party, "Grundbelopp", 500_00, vat_rule=untaxed),
        )
    )

    assert list(made.invoices.order_by("serial").values_list("net", "tax")) == [(1_000_00, 250_00), (500_00, 0)]


# Giving back ----------------------------------------------------------------------------------------------------------


def test_a_credit_note_gives_the_whole_back_and_names_its_invoice(coordinator):
    invoice = invoicing.issued().invoices.first()
    run = actions.make_credit(invoice, "Fel kommun", by=coordinator)
    with pytest.raises(Refused, match="krediterar redan"):
        actions.make_credit(invoice, "Igen", by=coordinator)
    invoicing.issued(run)

    credit = run.invoices.get()
    assert (credit.kind, credit.total) == (Invoice.Kind.CREDIT, invoice.total)
    assert credit.facts["credits"] == [[invoice.number, invoice.issued_on.isoformat()]]
    assert InvoiceCredit.objects.get().amount == invoice.total
    with pytest.raises(Refused, match="redan krediterad"):
        actions.make_credit(invoice, "Igen", by=coordinator)
    with pytest.raises(Refused, match="krediteras inte"):
        actions.make_credit(credit, "Ångrat", by=coordinator)


# Rules ----------------------------------------------------------------------------------------------------------------


def test_quantities_are_kept_with_what_one_costs():
    made = invoicing.issued(
        invoicing.run_of(invoicing.draft(invoicing.buyer(), "SMS", 432_08, quantity=Decimal("1234.5")))
    )

    line = made.invoices.get().lines.get()
    assert line.quantity == Decimal("1234.5")
    assert document_of(line.invoice).lines[0].unit_price == Decimal("0.35")


def test_payment_is_of_days_that_have_been_and_amounts_that_there_are():
    invoice = invoicing.issued().invoices.first()
    with pytest.raises(Refused, match="har inte varit än"):
        rules.check_payment(invoice, date(2199, 1, 1), 1, 0)
    with pytest.raises(Refused, match="Så mycket har inte betalats"):
        rules.check_payment(invoice, date(2020, 1, 1), -2, 1)
    assert RunIssue.objects.count() == 1
