"""The verbs of what invoices are made by: seller, VAT rules, items, buyers, the host's chart of accounts."""

from collections.abc import Mapping

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from finance import invoice_rules as rules
from finance.models import Buyer, CostItem, InvoiceLine, ItemTerms, LedgerAccount, Seller, VatRule
from finance.sie import read_sie


@transaction.atomic
def save_seller(*, by: User, **facts) -> Seller:
    """Write in who sells (säljaren)."""
    rules.check_can_prepare(by)
    seller = Seller.objects.select_for_update().filter(board=current_board()).first() or Seller(board=current_board())
    _set(seller, facts)
    record("seller.saved", seller, by=by)
    return seller


@transaction.atomic
def save_buyer(municipality: Municipality, *, by: User, **facts) -> Buyer:
    """Write in how a municipality wants its invoices (fakturauppgifter)."""
    rules.check_can_prepare(by)
    buyer = Buyer.objects.select_for_update().filter(municipality=municipality).first()
    buyer = buyer or Buyer(municipality=municipality)
    _set(buyer, facts)
    record("buyer.saved", buyer, by=by)
    return buyer


@transaction.atomic
def save_vat_rule(rule: VatRule | None, *, by: User, **facts) -> VatRule:
    """Keep a VAT rule (momsregel). One that has been invoiced by is ended, not changed."""
    rules.check_can_prepare(by)
    if rule is None:
        rule = VatRule()
    else:
        rule = VatRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
        _check_not_used_otherwise(rule, facts)
    _set(rule, facts)
    record("vat_rule.saved", rule, by=by)
    return rule


def _check_not_used_otherwise(rule: VatRule, facts: Mapping):
    changed = [
        name for name in ("category", "rate", "reason") if facts.get(name, getattr(rule, name)) != getattr(rule, name)
    ]
    if changed and InvoiceLine.objects.filter(vat_rule=rule).exists():
        raise Refused(
            "Det finns fakturor med den här momsregeln. Låt den sluta gälla och lägg upp en ny.", field=changed[0]
        )


@transaction.atomic
def save_item_terms(item: CostItem, *, by: User, **facts) -> ItemTerms:
    """Say how a cost item is taxed and booked (faktureringsvillkor)."""
    rules.check_can_prepare(by)
    terms = ItemTerms.objects.select_for_update(of=("self",)).filter(item=item).first() or ItemTerms(item=item)
    _set(terms, facts)
    record("item_terms.saved", terms, by=by)
    return terms


@transaction.atomic
def load_chart(content: bytes, *, by: User) -> int:
    """Take in the host's chart of accounts out of a SIE file (kontoplan). How many accounts it names."""
    rules.check_can_prepare(by)
    accounts = read_sie(content).accounts
    if not accounts:
        raise Refused("Filen har inga konton (#KONTO).", field="file")
    LedgerAccount.objects.bulk_create(
        [LedgerAccount(number=number[:10], name=name[:150]) for number, name in accounts.items()],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["name"],
    )
    record("chart.loaded", current_board(), by=by, number=len(accounts))
    return len(accounts)


def _set(thing, facts: Mapping):
    for name, value in facts.items():
        setattr(thing, name, value)
    thing.full_clean()
    thing.save()
