"""The rows that a run is made of, out of allocations, of what has been invoiced before, or of an invoice to take back.

A draft is a row that has not been kept. Amounts are in öre, above zero for what the municipality is to pay.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from enamnd.dates import long_date
from enamnd.formats import decimal
from enamnd.money import rounded, with_unit
from enamnd.organisation.models import Municipality
from finance.models import (
    Allocation,
    AllocationShare,
    CostItem,
    Invoice,
    InvoiceLine,
    InvoiceRun,
    ItemTerms,
    ModelPart,
    RunLine,
    SharePart,
    VatRule,
)


@dataclass(frozen=True)
class Draft:
    """A row that is to be invoiced. `account` and `project` are its place in the host's ledger."""

    municipality: Municipality
    name: str
    amount: int
    vat_rule: VatRule
    account: str
    project: str = ""
    explanation: str = ""
    quantity: Decimal = Decimal(1)
    item: CostItem | None = None
    share: AllocationShare | None = None


class Terms:
    """How each cost item is taxed and booked: its own terms, or the rule that the run was given."""

    def __init__(self, rule: VatRule):
        self.rule = rule
        self.of_items = {each.item_id: each for each in ItemTerms.objects.select_related("vat_rule")}

    def of(self, item_id: int | None) -> tuple[VatRule, str, str]:
        """The VAT rule, the account and the project code."""
        own = self.of_items.get(item_id)
        if own is None:
            return self.rule, self.rule.income_account, ""
        return own.vat_rule, own.income_account or own.vat_rule.income_account, own.project


def of_allocations(allocations: Iterable[Allocation], part: int, parts: int, rule: VatRule) -> list[Draft]:
    """What each municipality pays of part `part` of `parts` of the allocations: all parts together make the share."""
    terms = Terms(rule)
    drafts = []
    for allocation in allocations:
        taxed, account, project = terms.of(allocation.item_id)
        suffix = f", del {part} av {parts}" if parts > 1 else ""
        for share in shares_of(allocation):
            amount = share.amount * part // parts - share.amount * (part - 1) // parts
            if amount:
                explanation = explanation_of(share, allocation)
                if parts > 1:
                    explanation = f"Del {part} av {parts} av {with_unit(share.amount)}. {explanation}"
                drafts.append(
                    Draft(
                        municipality=share.municipality,
                        name=f"{allocation.title}{suffix}"[:150],
                        amount=amount,
                        vat_rule=taxed,
                        account=account,
                        project=project,
                        explanation=explanation[:300],
                        item=allocation.item,
                        share=share,
                    )
                )
    return drafts


def of_settlement(allocations: Sequence[Allocation], year: int, rule: VatRule) -> list[Draft]:
    """What each municipality owes of what the year really cost, less what it has been invoiced for the same items."""
    drafts = of_allocations(allocations, 1, 1, rule)
    taken = []
    for line in invoiced_lines([each.item_id for each in allocations if each.item_id], year):
        sign = -1 if line.invoice.kind == Invoice.Kind.INVOICE else 1
        taken.append(
            Draft(
                municipality=line.invoice.municipality,
                name=f"Avgår, {line.invoice.get_kind_display().lower()} {line.invoice.number}: {line.name}"[:150],
                amount=sign * line.amount,
                vat_rule=line.vat_rule,
                account=line.account,
                project=line.project,
                item=line.item,
            )
        )
    return drafts + taken


def invoiced_lines(items: Iterable[int], year: int):
    """Rows of issued invoices of runs of the year, for these cost items."""
    lines = InvoiceLine.objects.filter(item__in=list(items), invoice__run__year=year)
    return lines.select_related("invoice__municipality", "vat_rule", "item").order_by("invoice_id", "position")


def of_invoice(invoice: Invoice) -> list[Draft]:
    """The whole of an invoice, to give back."""
    lines = invoice.lines.select_related("vat_rule", "item", "share")
    return [
        Draft(
            municipality=invoice.municipality,
            name=line.name,
            amount=-line.amount,
            vat_rule=line.vat_rule,
            account=line.account,
            project=line.project,
            explanation=line.explanation,
            quantity=line.quantity,
            item=line.item,
            share=line.share,
        )
        for line in lines
    ]


def shares_of(allocation: Allocation) -> list[AllocationShare]:
    """Those who take part, with what their amounts were counted from."""
    shares = list(
        allocation.shares.filter(takes_part=True).select_related("municipality").order_by("municipality__name")
    )
    parts = defaultdict(list)
    for each in SharePart.objects.filter(share__in=shares).select_related("part__kind").order_by("part__position"):
        parts[each.share_id].append(each)
    for share in shares:
        share.counted = parts[share.pk]
    return shares


def explanation_of(share: AllocationShare, allocation: Allocation) -> str:
    """Folkmängd 31 december 2024: 5 871 av 234 246. Fördelat: 490 000 kr. Of several parts each says its size."""
    counted = [each for each in share.counted if each.weight]
    words = [_part_in_words(each) for each in counted]
    if len(share.counted) > 1:
        sizes = [with_unit(_size_of(each.part, allocation)) for each in counted]
        words = [f"{said} ({size})" for said, size in zip(words, sizes, strict=True)]
    return ". ".join([*words, f"Fördelat: {with_unit(allocation.divided)}"])


def _size_of(part, allocation: Allocation) -> int:
    """A part of an allocation in whole öre."""
    return rounded(Fraction(int(part.numerator), int(allocation.denominator)), 1)


def _part_in_words(each: SharePart) -> str:
    part = each.part
    whole, own = _number(part.weight), _number(each.weight)
    if part.method == ModelPart.Method.EQUAL:
        return f"Lika delar mellan {whole}"
    if part.method == ModelPart.Method.FIXED:
        return f"Fast andel {own} av {whole}"
    name = part.kind.name if part.kind else part.get_method_display()
    day = f" {long_date(part.as_of)}" if part.as_of else ""
    return f"{name}{day}: {own} av {whole}"


def _number(value: Decimal) -> str:
    return decimal(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize())


def kept(drafts: Iterable[Draft], run: InvoiceRun) -> list[RunLine]:
    """The drafts as rows of the run, numbered for each municipality. Rows of no amount are left out."""
    places: dict[int, int] = defaultdict(int)
    lines = []
    for draft in drafts:
        if not draft.amount:
            continue
        places[draft.municipality.pk] += 1
        lines.append(
            RunLine(
                run=run,
                municipality=draft.municipality,
                position=places[draft.municipality.pk],
                item=draft.item,
                share=draft.share,
                name=draft.name,
                explanation=draft.explanation,
                quantity=draft.quantity,
                amount=draft.amount,
                vat_rule=draft.vat_rule,
                account=draft.account,
                project=draft.project,
            )
        )
    return RunLine.objects.bulk_create(lines)


def with_rule(draft: Draft, terms: Terms) -> Draft:
    """The draft taxed and booked as its item is."""
    rule, account, project = terms.of(draft.item.pk if draft.item else None)
    return replace(draft, vat_rule=rule, account=account, project=project)
