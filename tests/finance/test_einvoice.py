"""E-invoices: what the standard says of fields and sums, what Sweden adds, and the official rules where they are."""

import importlib.util
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.invoicing.document import Line, Vat, problems_of, split, subtotals_of
from finance.invoicing.ubl import to_xml

from . import invoices
from .invoices import EXEMPT, KINDS, OUTSIDE, TAXED, document, line

CHECKER = Path(__file__).parents[2].parent / "shared" / "checks" / "peppol_invoice.py"
NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


def tree_of(of):
    return ElementTree.fromstring(to_xml(of))


def text(tree, path: str) -> str | None:
    return tree.findtext(path, namespaces=NAMESPACES)


def texts(tree, path: str) -> list[str]:
    return [each.text for each in tree.iterfind(path, NAMESPACES)]


# The official rules ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checker():
    if not CHECKER.exists():
        pytest.skip("de officiella reglerna (../shared/checks) ligger inte bredvid projektet")
    spec = importlib.util.spec_from_file_location("peppol_invoice", CHECKER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Checker()


@pytest.mark.golden
def test_ten_kinds_of_invoices_break_no_official_rule_and_give_no_warning(checker):
    assert len(KINDS) == 10
    assert {name: found for name, each in KINDS.items() if (found := checker.findings(to_xml(each)))} == {}


@pytest.mark.golden
def test_the_official_rules_are_really_asked(checker):
    broken = replace(KINDS["förskott helår"], buyer_reference="")

    assert "PEPPOL-EN16931-R003" in [found[1] for found in checker.findings(to_xml(broken))]


# What the standard says -----------------------------------------------------------------------------------------------


def test_every_field_that_must_be_is_there():
    tree = tree_of(KINDS["förskott kvartal"])

    assert tree.tag.endswith("Invoice-2}Invoice")
    told = {
        "cbc:CustomizationID": "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
        "cbc:ProfileID": "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        "cbc:ID": "20260001",
        "cbc:IssueDate": "2026-01-15",
        "cbc:DueDate": "2026-02-14",
        "cbc:InvoiceTypeCode": "380",
        "cbc:DocumentCurrencyCode": "SEK",
        "cbc:BuyerReference": "ZZ4711",
        "cac:InvoicePeriod/cbc:StartDate": "2026-01-01",
        "cac:InvoicePeriod/cbc:EndDate": "2026-03-31",
        "cac:AccountingSupplierParty/cac:Party/cbc:EndpointID": "2120002742",
        "cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName": "Provköpings kommun",
        "cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode": "SE",
        "cac:AccountingCustomerParty/cac:Party/cbc:EndpointID": "2120002718",
        "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID": "2120002718",
        "cac:LegalMonetaryTotal/cbc:LineExtensionAmount": "21025.00",
        "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount": "21025.00",
        "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount": "26281.25",
        "cac:LegalMonetaryTotal/cbc:PayableAmount": "26281.25",
        "cac:TaxTotal/cbc:TaxAmount": "5256.25",
        "cac:InvoiceLine/cbc:InvoicedQuantity": "1",
        "cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent": "25",
    }
    assert {path: text(tree, path) for path in told} == told


def test_what_sweden_adds_is_written_as_it_asks():
    tree = tree_of(document(plusgiro="4121083"))
    supplier = "cac:AccountingSupplierParty/cac:Party/"

    assert texts(tree, supplier + "cac:PartyTaxScheme/cbc:CompanyID") == ["SE212000274201", "Godkänd för F-skatt"]
    assert texts(tree, supplier + "cac:PartyTaxScheme/cac:TaxScheme/cbc:ID") == ["VAT", "TAX"]
    assert tree.find(supplier + "cbc:EndpointID", NAMESPACES).get("schemeID") == "0007"
    assert texts(tree, "cac:PaymentMeans/cbc:PaymentMeansCode") == ["30", "30"]
    assert texts(tree, "cac:PaymentMeans/cbc:PaymentID") == ["2026000105", "2026000105"]
    payee = "cac:PaymentMeans/cac:PayeeFinancialAccount/"
    assert texts(tree, payee + "cbc:ID") == ["50501055", "4121083"]
    assert texts(tree, payee + "cac:FinancialInstitutionBranch/cbc:ID") == ["SE:BANKGIRO", "SE:PLUSGIRO"]


def test_vat_is_counted_on_the_sum_of_each_rate_and_rounded_half_up():
    tree = tree_of(KINDS["moms och undantag på samma faktura"])

    subtotals = "cac:TaxTotal/cac:TaxSubtotal/"
    assert texts(tree, subtotals + "cac:TaxCategory/cbc:ID") == ["S", "S", "E"]
    assert texts(tree, subtotals + "cbc:TaxableAmount") == ["84100.00", "99.99", "12282.36"]
    assert texts(tree, subtotals + "cbc:TaxAmount") == ["21025.00", "12.00", "0.00"]
    assert texts(tree, subtotals + "cac:TaxCategory/cbc:TaxExemptionReason") == [EXEMPT.reason]
    assert [each.tax for each in subtotals_of((line(amount="0.02"), line(amount="0.08")))] == [Decimal("0.03")]


def test_outside_the_scope_there_is_no_rate_and_no_vat_number():
    tree = tree_of(KINDS["grundbelopp utanför moms"])

    assert texts(tree, ".//cac:PartyTaxScheme") == []
    assert texts(tree, ".//cbc:Percent") == []
    assert texts(tree, "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReason") == [OUTSIDE.reason]
    assert text(tree, "cac:LegalMonetaryTotal/cbc:PayableAmount") == "84100.00"


def test_a_credit_note_names_its_invoices_and_asks_for_no_payment():
    tree = tree_of(KINDS["årsavräkning att få tillbaka, utanför moms"])

    assert tree.tag.endswith("CreditNote-2}CreditNote")
    assert text(tree, "cbc:CreditNoteTypeCode") == "381"
    reference = "cac:BillingReference/cac:InvoiceDocumentReference/"
    assert texts(tree, reference + "cbc:ID") == ["20260001", "20250007"]
    assert texts(tree, reference + "cbc:IssueDate") == ["2026-01-15", "2025-01-15"]
    assert texts(tree, "cac:CreditNoteLine/cbc:CreditedQuantity") == ["1", "-1"]
    assert texts(tree, "cac:CreditNoteLine/cac:Price/cbc:PriceAmount") == ["1200.00", "200.00"]
    assert texts(tree, "cac:PaymentMeans") == []


def test_what_is_taken_off_has_a_quantity_below_zero_and_a_price_above():
    tree = tree_of(KINDS["årsavräkning med avdrag"])

    assert texts(tree, "cac:InvoiceLine/cbc:InvoicedQuantity") == ["1", "-1"]
    assert texts(tree, "cac:InvoiceLine/cbc:LineExtensionAmount")[1] == "-12000.01"
    assert texts(tree, "cac:InvoiceLine/cac:Price/cbc:PriceAmount")[1] == "12000.01"


def test_no_element_is_empty_and_no_sign_breaks_the_file():
    made = tree_of(document(line("Grund\x00belopp <&> ”e”", explanation="\n")))

    assert text(made, "cac:InvoiceLine/cac:Item/cbc:Name") == "Grund belopp <&> ”e”"
    assert [each.tag for each in made.iter() if len(each) == 0 and not (each.text or "").strip()] == []


amounts = st.decimals(-(10**7), 10**7, places=2, allow_nan=False).filter(bool)
vats = st.sampled_from([TAXED, Vat("S", Decimal(12)), Vat("S", Decimal(6)), EXEMPT])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(amounts, st.integers(1, 400), vats), min_size=1, max_size=8))
def test_sums_always_agree(rows):
    made = document(*(Line(f"Rad {at}", amount, vat, Decimal(many)) for at, (amount, many, vat) in enumerate(rows)))
    tree = tree_of(made)
    number = {each.tag.split("}")[1]: Decimal(each.text) for each in tree.find("cac:LegalMonetaryTotal", NAMESPACES)}
    lines = [Decimal(each) for each in texts(tree, "cac:InvoiceLine/cbc:LineExtensionAmount")]
    tax = Decimal(text(tree, "cac:TaxTotal/cbc:TaxAmount"))

    assert number["LineExtensionAmount"] == number["TaxExclusiveAmount"] == sum(lines)
    assert number["TaxInclusiveAmount"] == number["PayableAmount"] == number["TaxExclusiveAmount"] + tax
    assert tax == sum(Decimal(each) for each in texts(tree, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount"))
    assert sum(map(Decimal, texts(tree, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount"))) == sum(lines)


# What may not stand together ------------------------------------------------------------------------------------------


def test_lines_that_the_standard_keeps_apart_become_invoices_of_their_own():
    other = Vat("E", reason="Undantag enligt annan paragraf")
    lines = [line(), line("A", vat=OUTSIDE), line("B", vat=EXEMPT), line("C", vat=other), line("D", vat=OUTSIDE)]

    assert [[each.name for each in part] for part in split(lines)] == [["Grundbelopp", "B"], ["A", "D"], ["C"]]


def test_splitting_loses_no_line():
    lines = [*KINDS["moms och undantag på samma faktura"].lines, line(vat=OUTSIDE)]

    assert sorted(each.name for part in split(lines) for each in part) == sorted(each.name for each in lines)


# What is refused before it is sent ------------------------------------------------------------------------------------


def test_the_ten_kinds_have_nothing_wrong():
    assert {name: problems_of(each) for name, each in KINDS.items() if problems_of(each)} == {}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (document(buyer_reference=" "), "Granviks kommun: fakturareferens saknas"),
        (document(buyer=replace(invoices.BUYER, org_number="")), "organisationsnummer saknas"),
        (document(buyer=replace(invoices.BUYER, city="")), "fakturaadress saknas"),
        (document(buyer=replace(invoices.BUYER, endpoint=("0007", ""))), "adress i Peppol saknas"),
        (document(seller=replace(invoices.SELLER, vat_number="")), "momsregistreringsnummer saknas"),
        (document(bankgiro=""), "bankgiro eller plusgiro saknas"),
        (document(line(amount="1000000000000000")), "för stort"),
        (document(line(amount="-1")), "under noll: det ska vara en kreditfaktura"),
        (replace(KINDS["kredit av en faktura"], credits=()), "vilken faktura"),
        (document(line(vat=Vat("E"))), "skälet till att den är utan moms saknas"),
        (document(line(vat=Vat("S", Decimal(24)))), "25, 12 eller 6 procent"),
        (document(line(), line(vat=OUTSIDE)), "får inte stå på samma faktura"),
        (document(line(amount="1.005")), "fler än två decimaler"),
    ],
)
def test_what_could_not_be_sent_is_told_with_the_buyer_and_the_reason(wrong, sentence):
    told = [str(each) for each in problems_of(wrong)]

    assert any(sentence in each for each in told)
    assert all(each.startswith("Granviks kommun: ") for each in told)


def test_outside_the_scope_no_vat_number_is_asked_for():
    made = document(line(vat=OUTSIDE), seller=replace(invoices.SELLER, vat_number=""), issued_on=date(2026, 1, 15))

    assert problems_of(made) == ()
