"""An invoice as an electronic one: UBL 2.1 by Peppol BIS Billing 3.0, the Swedish form of EN 16931. No Django.

Elements stand in the order of the schema and none is empty (PEPPOL-EN16931-R008). BT and BG are the standard's names of
what they hold.
"""

import re
from decimal import Decimal
from xml.etree import ElementTree

from .document import CREDIT, OERE, OUTSIDE, Document, Line, Party, Subtotal, Vat

BASIC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
AGGREGATE = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
ROOTS = {
    "invoice": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "credit": "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
}
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
ORG_NUMBER = "0007"
CREDIT_TRANSFER = "30"
F_TAX = "Godkänd för F-skatt"
CURRENCY = "SEK"
MEDIA_TYPE = "application/xml"

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xml(document: Document) -> bytes:
    """The document in UTF-8. What must hold of it is asked by `document.problems_of` before."""
    is_credit = document.kind == CREDIT
    root_name = "CreditNote" if is_credit else "Invoice"
    root = ElementTree.Element(root_name, {"xmlns": ROOTS[document.kind], "xmlns:cac": AGGREGATE, "xmlns:cbc": BASIC})
    _head(root, document, is_credit)
    _party(_part(root, "AccountingSupplierParty"), document.seller, is_seller=True, outside=document.is_outside_vat)
    _party(_part(root, "AccountingCustomerParty"), document.buyer, is_seller=False, outside=document.is_outside_vat)
    _payment(root, document, is_credit)
    _sums(root, document)
    for number, line in enumerate(document.lines, 1):
        _line(root, number, line, is_credit)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _head(root, document: Document, is_credit: bool):
    _text(root, "CustomizationID", CUSTOMIZATION)
    _text(root, "ProfileID", PROFILE)
    _text(root, "ID", document.number)
    _text(root, "IssueDate", document.issued_on.isoformat())
    if not is_credit:
        _text(root, "DueDate", document.due_on.isoformat())
    _text(root, "CreditNoteTypeCode" if is_credit else "InvoiceTypeCode", "381" if is_credit else "380")
    _text(root, "Note", " ".join(each for each in (document.title, document.note) if each))
    _text(root, "DocumentCurrencyCode", CURRENCY)
    _text(root, "BuyerReference", document.buyer_reference)
    if document.period:
        period = _part(root, "InvoicePeriod")
        _text(period, "StartDate", document.period[0].isoformat())
        _text(period, "EndDate", document.period[1].isoformat())
    for number, issued_on in document.credits:
        reference = _part(_part(root, "BillingReference"), "InvoiceDocumentReference")
        _text(reference, "ID", number)
        _text(reference, "IssueDate", issued_on.isoformat())


def _party(parent, party: Party, *, is_seller: bool, outside: bool):
    """BG-4 and BG-7. Who sells outside the scope of VAT names no VAT number (BR-O-02)."""
    node = _part(parent, "Party")
    scheme, value = party.endpoint
    _text(node, "EndpointID", value, schemeID=scheme)
    _text(_part(node, "PartyName"), "Name", party.name)
    address = _part(node, "PostalAddress")
    _text(address, "StreetName", party.street)
    _text(address, "CityName", party.city)
    _text(address, "PostalZone", party.postal_code)
    _text(_part(address, "Country"), "IdentificationCode", "SE")
    if is_seller and party.vat_number and not outside:
        _tax_scheme(node, party.vat_number, "VAT")
    if is_seller and party.is_approved_for_f_tax and not outside:
        _tax_scheme(node, F_TAX, "TAX")
    entity = _part(node, "PartyLegalEntity")
    _text(entity, "RegistrationName", party.name)
    _text(entity, "CompanyID", party.org_number, schemeID=ORG_NUMBER)
    if party.contact or party.phone or party.email:
        contact = _part(node, "Contact")
        _text(contact, "Name", party.contact)
        _text(contact, "Telephone", party.phone)
        _text(contact, "ElectronicMail", party.email)


def _tax_scheme(node, number: str, scheme: str):
    holder = _part(node, "PartyTaxScheme")
    _text(holder, "CompanyID", number)
    _text(_part(holder, "TaxScheme"), "ID", scheme)


def _payment(root, document: Document, is_credit: bool):
    """BG-16: a credit transfer within Sweden is code 30 with the kind of account as its branch (SE-R-011, SE-R-012)."""
    accounts = (("SE:BANKGIRO", document.bankgiro), ("SE:PLUSGIRO", document.plusgiro))
    for branch, account in accounts:
        if not account or is_credit:
            continue
        means = _part(root, "PaymentMeans")
        _text(means, "PaymentMeansCode", CREDIT_TRANSFER)
        _text(means, "PaymentID", document.ocr)
        payee = _part(means, "PayeeFinancialAccount")
        _text(payee, "ID", account)
        _text(_part(payee, "FinancialInstitutionBranch"), "ID", branch)
    if document.terms:
        _text(_part(root, "PaymentTerms"), "Note", document.terms)


def _sums(root, document: Document):
    tax = _part(root, "TaxTotal")
    _amount(tax, "TaxAmount", document.tax)
    for each in document.subtotals:
        _subtotal(tax, each)
    totals = _part(root, "LegalMonetaryTotal")
    _amount(totals, "LineExtensionAmount", document.net)
    _amount(totals, "TaxExclusiveAmount", document.net)
    _amount(totals, "TaxInclusiveAmount", document.total)
    _amount(totals, "PayableAmount", document.total)


def _subtotal(tax, subtotal: Subtotal):
    node = _part(tax, "TaxSubtotal")
    _amount(node, "TaxableAmount", subtotal.base)
    _amount(node, "TaxAmount", subtotal.tax)
    _category(node, "TaxCategory", subtotal.vat, reason=subtotal.vat.reason)


def _category(parent, name: str, vat: Vat, reason: str = ""):
    """What is outside the scope has no rate at all (BR-O-05)."""
    node = _part(parent, name)
    _text(node, "ID", vat.category)
    if vat.category != OUTSIDE:
        _text(node, "Percent", _plain(vat.rate))
    _text(node, "TaxExemptionReason", reason)
    _text(_part(node, "TaxScheme"), "ID", "VAT")


def _line(root, number: int, line: Line, is_credit: bool):
    node = _part(root, "CreditNoteLine" if is_credit else "InvoiceLine")
    _text(node, "ID", str(number))
    quantity = "CreditedQuantity" if is_credit else "InvoicedQuantity"
    _text(node, quantity, _plain(line.signed_quantity), unitCode=line.unit)
    _amount(node, "LineExtensionAmount", line.amount.quantize(OERE))
    item = _part(node, "Item")
    _text(item, "Description", line.explanation)
    _text(item, "Name", line.name)
    if line.item:
        _text(_part(item, "SellersItemIdentification"), "ID", line.item)
    _category(item, "ClassifiedTaxCategory", line.vat)
    _amount(_part(node, "Price"), "PriceAmount", line.unit_price)


def _part(parent, name: str):
    return ElementTree.SubElement(parent, f"cac:{name}")


def _text(parent, name: str, value: str, **attributes):
    """An element with text, unless there is none."""
    kept = " ".join(_NOT_XML.sub(" ", value).split())
    if kept:
        ElementTree.SubElement(parent, f"cbc:{name}", attributes).text = kept


def _amount(parent, name: str, value: Decimal):
    ElementTree.SubElement(parent, f"cbc:{name}", {"currencyID": CURRENCY}).text = f"{value:f}"


def _plain(number: Decimal) -> str:
    """1, 0.5, 25: without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
