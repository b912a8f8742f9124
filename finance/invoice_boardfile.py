"""The parts of a board file for invoices: the seller, VAT rules, the host's accounts, how parties are invoiced."""

from decimal import Decimal

from enamnd.organisation.boardfile.reading import Field, day, one_of, text, whole_number, yes_or_no
from enamnd.organisation.boardfile.tables import Table
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality

from .models import Buyer, LedgerAccount, Seller, VatRule
from .models.invoice_terms import Scheme


def percent(value) -> Decimal:
    """A whole number of per cent."""
    return Decimal(whole_number(value) or 0)


def of_the_board(values: dict, references) -> dict:
    return values | {"board": current_board()}


SELLER = Table(
    "seller",
    "säljaren",
    Seller,
    (
        Field("vat_number", text),
        Field("is_approved_for_f_tax", yes_or_no),
        Field("street", text),
        Field("postal_code", text),
        Field("city", text),
        Field("endpoint_scheme", one_of(Scheme)),
        Field("endpoint", text),
        Field("bankgiro", text),
        Field("plusgiro", text),
        Field("contact", text),
        Field("phone", text),
        Field("email", text),
        Field("days", whole_number),
        Field("receivables_account", text),
        Field("voucher_series", text),
        Field("cost_centre", text),
        Field("counterparty_dimension", text),
        Field("alphabet", one_of(Seller.Alphabet)),
    ),
    known_by=(),
    finish=of_the_board,
)
VAT_RULES = Table(
    "vat_rules",
    "momsregler",
    VatRule,
    (
        Field("name", text, required=True),
        Field("category", one_of(VatRule.Category), required=True),
        Field("rate", percent),
        Field("reason", text),
        Field("income_account", text, required=True),
        Field("vat_account", text),
        Field("decision", text, required=True),
        Field("decided_on", day, required=True),
        Field("valid_from", day, required=True),
        Field("valid_until", day),
    ),
    known_by=("name",),
)
LEDGER_ACCOUNTS = Table(
    "ledger_accounts",
    "kontoplan",
    LedgerAccount,
    (Field("number", text, required=True), Field("name", text, required=True)),
    known_by=("number",),
    label=lambda row: row.get("number") or "",
)
BUYERS = Table(
    "buyers",
    "fakturauppgifter",
    Buyer,
    (
        Field("municipality", text, required=True),
        Field("reference", text),
        Field("endpoint_scheme", one_of(Scheme)),
        Field("endpoint", text),
        Field("street", text),
        Field("postal_code", text),
        Field("city", text),
        Field("counterparty", text),
    ),
    known_by=("municipality",),
    references={"municipality": Municipality},
    label=lambda row: row.get("municipality") or "",
)
TABLES = (SELLER, VAT_RULES, LEDGER_ACCOUNTS, BUYERS)
