"""Settlements: what they take off and give back, and that nobody is charged twice around them."""

import pytest

from enamnd.refusal import Refused
from finance.actions import invoice_runs as actions
from finance.invoicing.reading import not_replaced
from finance.models import Allocation, InvoiceRun
from tests import factories

from . import invoicing

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db):
    return factories.user("coordinator")


def test_what_replaces_an_invoiced_allocation_is_not_invoiced_as_a_whole_again():
    party = invoicing.buyer()
    first, second, third = (invoicing.allocation({party: amount}) for amount in (1_000_00, 1_100_00, 1_200_00))
    run = invoicing.issued(invoicing.run(first))
    Allocation.objects.filter(pk=first.pk).update(replaced_by=second)
    Allocation.objects.filter(pk=second.pk).update(replaced_by=third)

    with pytest.raises(Refused, match=f"redan med i körningen ”{run}”, som är utfärdad. Det som har ändrats sedan"):
        invoicing.run(third)
    settled = invoicing.issued(invoicing.run(third, kind=InvoiceRun.Kind.SETTLEMENT))
    assert settled.invoices.get().net == 200_00


def test_what_has_no_cost_item_is_not_settled():
    made = invoicing.allocation({invoicing.buyer(): 1_000_00})
    Allocation.objects.update(item=None)

    with pytest.raises(Refused, match=f"”{made}” har ingen kostnadspost, så det som redan är fakturerat") as refused:
        invoicing.run(made, kind=InvoiceRun.Kind.SETTLEMENT)
    assert refused.value.field == "allocations"


def test_what_has_changed_without_a_cost_item_is_credited_before_the_rest_is_invoiced(coordinator):
    party, joiner = invoicing.buyer(), invoicing.buyer()
    first = invoicing.allocation({party: 1_000_00})
    second = invoicing.allocation({party: 600_00, joiner: 400_00})
    Allocation.objects.update(item=None)
    half = invoicing.issued(invoicing.run(first, part=1, parts=2, title="Halva"))
    Allocation.objects.filter(pk=first.pk).update(replaced_by=second)

    with pytest.raises(Refused, match="har ändrats sedan den fakturerades i körningen ”Halva”"):
        invoicing.run(second, part=2, parts=2)
    invoicing.issued(actions.make_credit(half.invoices.get(), "En kommun till deltar.", by=coordinator))
    assert invoicing.run(second).lines.count() == 2


def test_what_has_been_settled_is_invoiced_by_settlements_alone():
    party = invoicing.buyer()
    real, later = (invoicing.allocation({party: amount}, f"Utfall {amount}") for amount in (1_000_00, 1_300_00))
    settled = invoicing.issued(invoicing.run(real, kind=InvoiceRun.Kind.SETTLEMENT, title="Avräkning"))
    used = invoicing.draft(party, item=real.item)

    with pytest.raises(Refused, match="beloppet är redan med i körningen ”Avräkning”, som är utfärdad"):
        invoicing.run(real)
    with pytest.raises(Refused, match="Grundbelopp 2027 är redan avräknat, i körningen ”Avräkning”"):
        invoicing.run(later)
    with pytest.raises(Refused, match="Grundbelopp 2027 är redan avräknat"):
        invoicing.run_of(used)
    assert invoicing.run_of(used, year=2028)
    Allocation.objects.filter(pk=real.pk).update(replaced_by=later)
    again = invoicing.issued(invoicing.run(later, kind=InvoiceRun.Kind.SETTLEMENT))
    assert (settled.invoices.get().net, again.invoices.get().net) == (1_000_00, 300_00)


def test_two_settlements_of_an_item_do_not_give_back_what_the_other_charged():
    invoicing.seller()
    party = invoicing.buyer()
    first, second = (invoicing.allocation({party: amount}, f"Utfall {amount}") for amount in (1_000_00, 300_00))
    settle = {"kind": InvoiceRun.Kind.SETTLEMENT}
    waiting = invoicing.run(first, title="Avräkning", **settle)

    assert list(not_replaced(waiting)) == [second]
    with pytest.raises(Refused, match=r"redan i körningen ”Avräkning”, av ”Utfall 100000”.* Ta bort") as refused:
        invoicing.run(second, **settle)
    assert refused.value.field == "allocations"
    invoicing.issued(waiting)
    with pytest.raises(Refused, match="Ta med den fördelningen också, eller ersätt den"):
        invoicing.run(second, **settle)
    assert invoicing.issued(invoicing.run(first, second, **settle)).invoices.get().net == 300_00


def test_a_replaced_allocation_is_not_invoiced(coordinator):
    invoicing.seller()
    party = invoicing.buyer()
    old, new = (invoicing.allocation({party: amount}, f"Belopp {amount}") for amount in (1_000_00, 900_00))
    waiting = invoicing.attested(invoicing.run(old))
    Allocation.objects.filter(pk=old.pk).update(replaced_by=new)

    with pytest.raises(Refused, match=r"gäller inte längre: ”Belopp 90000.* har ersatt den"):
        actions.issue_run(waiting, by=coordinator)
    actions.remove_run(waiting, by=coordinator)
    with pytest.raises(Refused, match="gäller inte längre") as refused:
        invoicing.run(old)
    assert refused.value.field == "allocations"


def test_a_settlement_takes_off_what_was_paid_in_advance_and_gives_back_the_rest():
    more, less = invoicing.buyer(factories.municipality("Alfors")), invoicing.buyer(factories.municipality("Bergby"))
    invoicing.seller()
    advance = invoicing.issued(invoicing.run(invoicing.allocation({more: 1_000_00, less: 1_000_00})))
    real = invoicing.allocation({more: 1_200_00, less: 700_00}, "Grundbelopp 2027, utfall")

    settled = invoicing.issued(invoicing.run(real, kind=InvoiceRun.Kind.SETTLEMENT, title="Avräkning 2027"))

    owed, given = settled.invoices.order_by("serial")
    assert (owed.municipality, owed.kind, owed.net) == (more, "invoice", 200_00)
    assert (given.municipality, given.kind, given.net) == (less, "credit", 300_00)
    assert given.facts["credits"][0][0] == advance.invoices.get(municipality=less).number
    assert [line.amount for line in given.lines.all()] == [-700_00, 1_000_00]
    assert "Beloppet dras av från det som inte är betalt." in given.facts["terms"]


def test_a_settlement_gives_back_of_what_is_left_of_each_invoice(coordinator):
    invoicing.seller()
    party = invoicing.buyer()
    rule = invoicing.outside()
    quarters = [invoicing.allocation({party: 1_000_00}, f"Del {number}") for number in (1, 2, 3)]
    first, second, third = (invoicing.issued(invoicing.run(each, rule=rule)).invoices.get() for each in quarters)
    invoicing.issued(actions.make_credit(third, "Fel", by=coordinator))
    real = invoicing.allocation({party: 500_00}, "Utfall")

    settled = invoicing.issued(invoicing.run(real, rule=rule, kind=InvoiceRun.Kind.SETTLEMENT))

    given = settled.invoices.get().credits.order_by("pk").values_list("credited", "amount")
    assert list(given) == [(second.pk, 1_000_00), (first.pk, 500_00)]
    assert [number for number, _ in settled.invoices.get().facts["credits"]] == [first.number, second.number]


def test_an_invoice_that_a_settlement_took_nothing_from_can_be_credited(coordinator):
    invoicing.seller()
    party = invoicing.buyer()
    rule = invoicing.outside()
    halves = [invoicing.allocation({party: 1_000_00}, f"Del {number}") for number in (1, 2)]
    first, second = (invoicing.issued(invoicing.run(each, rule=rule)).invoices.get() for each in halves)
    real = invoicing.allocation({party: 1_700_00}, "Utfall")
    invoicing.issued(invoicing.run(real, rule=rule, kind=InvoiceRun.Kind.SETTLEMENT))

    assert list(second.credited_by.values_list("amount", flat=True)) == [300_00]
    facts = second.credited_by.get().credit.facts
    assert facts["credits"] == [[second.number, second.issued_on.isoformat()]]
    assert facts["terms"].startswith(f"Gäller faktura {second.number}. ")
    assert actions.make_credit(first, "Fel", by=coordinator)


def test_a_settlement_is_not_issued_when_invoices_have_come_or_been_credited_since(coordinator):
    invoicing.seller()
    party = invoicing.buyer()
    first, second, real = (
        invoicing.allocation({party: amount}, f"Del {amount}") for amount in (100_00, 200_00, 900_00)
    )
    invoice = invoicing.issued(invoicing.run(first)).invoices.get()
    later = invoicing.run(second)
    stale = invoicing.attested(invoicing.run(real, kind=InvoiceRun.Kind.SETTLEMENT))
    invoicing.issued(later)

    with pytest.raises(Refused, match="Fakturor har tillkommit eller krediterats sedan avräkningen gjordes"):
        actions.issue_run(stale, by=coordinator)
    actions.remove_run(stale, by=coordinator)
    stale = invoicing.attested(invoicing.run(real, kind=InvoiceRun.Kind.SETTLEMENT))
    invoicing.issued(actions.make_credit(invoice, "Fel", by=coordinator))
    with pytest.raises(Refused, match="Ta bort körningen och gör om den"):
        actions.issue_run(stale, by=coordinator)
    actions.remove_run(stale, by=coordinator)
    settled = invoicing.issued(invoicing.run(real, kind=InvoiceRun.Kind.SETTLEMENT))
    assert settled.invoices.get().net == 700_00


def test_a_run_that_waited_while_its_item_was_settled_is_not_issued(coordinator):
    invoicing.seller()
    party = invoicing.buyer()
    part, real = invoicing.allocation({party: 100_00}, "Del"), invoicing.allocation({party: 900_00}, "Utfall")
    waiting = invoicing.attested(invoicing.run(part))
    invoicing.issued(invoicing.run(real, kind=InvoiceRun.Kind.SETTLEMENT))

    with pytest.raises(Refused, match="är redan avräknat"):
        actions.issue_run(waiting, by=coordinator)


def test_an_invoice_that_a_settlement_took_from_meanwhile_is_not_credited_as_a_whole(coordinator):
    invoicing.seller()
    party = invoicing.buyer()
    part, real = invoicing.allocation({party: 900_00}, "Del"), invoicing.allocation({party: 100_00}, "Utfall")
    invoice = invoicing.issued(invoicing.run(part)).invoices.get()
    waiting = invoicing.attested(actions.make_credit(invoice, "Fel", by=coordinator))
    invoicing.issued(invoicing.run(real, kind=InvoiceRun.Kind.SETTLEMENT))

    with pytest.raises(Refused, match="redan krediterad"):
        actions.issue_run(waiting, by=coordinator)
