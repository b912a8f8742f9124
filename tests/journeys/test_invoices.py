"""From what each municipality owes to the invoice that its economist fetches, by three people in a real browser."""

import zipfile
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from enamnd.letters.models import Letter
from finance.models import Invoice
from tests import factories
from tests.browser import assert_accessible
from tests.finance import invoicing

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pajala():
    """A municipality that owes its part of 2027, beside another, on a board that is ready to invoice."""
    host = factories.municipality("Arby", full_name="Arby kommun", org_number=invoicing.org_number(1))
    factories.board(host=host, name="Provbygdens e-nämnd")
    invoicing.seller()
    invoicing.vat_rule()
    found = invoicing.buyer(factories.municipality("Pajala", full_name="Pajala kommun"))
    invoicing.allocation({found: 8_410_000, invoicing.buyer(factories.municipality("Boby")): 8_410_000})
    return found


def test_a_run_is_made_attested_issued_and_fetched_by_the_economist_of_its_municipality(new_page, log_in, pajala):
    coordinator, approver, economist = (new_page() for _ in range(3))
    log_in(coordinator, factories.user("coordinator", name="Joel Ravn"))
    log_in(approver, factories.user("approver", name="Gun Attest"))
    log_in(economist, factories.user("economist", name="Sanna Ek", municipality=pajala))

    make(coordinator)
    attest(approver)
    issue(coordinator)
    call_command("db_worker", batch=True, interval=0.05, verbosity=0)
    expect(coordinator.get_by_text("Alla 2 fakturor har PDF och e-faktura.")).to_be_visible(timeout=15_000)
    fetch(economist)

    invoice = Invoice.objects.get(municipality=pajala)
    coordinator.goto(invoice.get_absolute_url())
    expect(coordinator.get_by_role("main")).to_contain_text("E-faktura (XML), Sanna Ek")
    assert [each.to_name for each in Letter.objects.filter(kind="invoice")] == ["Sanna Ek"]


def make(page):
    page.goto(reverse("finance:invoice_list"))
    page.keyboard.press("n")
    page.get_by_label("År", exact=True).fill("2027")
    page.get_by_role("button", name="Visa").click()
    page.get_by_label("Vad som faktureras").select_option(label="Grundbelopp i förskott")
    page.get_by_label("Grundbelopp 2027").check()
    page.get_by_label("Rubrik på fakturan").fill("Grundbelopp 2027")
    assert_accessible(page)
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.get_by_role("row", name="Pajala")).to_contain_text("84\u00a0100")
    expect(page.get_by_role("button", name="Utfärda")).to_have_count(0)


def attest(page):
    page.goto(reverse("home"))
    page.get_by_role("link", name="Attestera Grundbelopp 2027", exact=True).click()
    page.get_by_role("button", name="Attestera").click()
    expect(page.get_by_role("main")).to_contain_text("Attesterad av Gun Attest")


def issue(page):
    page.goto(reverse("home"))
    page.get_by_role("link", name="Utfärda Grundbelopp 2027", exact=True).click()
    page.get_by_role("button", name="Utfärda 2 fakturor").click()
    expect(page.get_by_role("main")).to_contain_text("Filer: 0 av 2 fakturor")
    assert_accessible(page)


def fetch(page):
    """As the economist: from the start page, with no other municipality's invoice in sight."""
    page.goto(reverse("home"))
    page.get_by_role("link", name="finns att hämta").first.click()
    expect(page.get_by_role("main")).to_contain_text("105\u00a0125,00")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="E-faktura (XML)").click()
    root = ElementTree.parse(download.value.path()).getroot()
    assert root.findtext("{*}LegalMonetaryTotal/{*}PayableAmount") == "105125.00"
    page.goto(reverse("finance:invoice_list"))
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta alla som ZIP").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert {name.rsplit(".")[-1] for name in archive.namelist()} == {"pdf", "xml", "xlsx"}
