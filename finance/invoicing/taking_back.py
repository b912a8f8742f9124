"""Which invoices a credit note takes back from, and how much of each. Amounts in öre."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from finance.models import Invoice, InvoiceRun

from .drafting import invoiced_lines


@dataclass
class Source:
    """An invoice that money may be given back of: what is left to give back, and the keys of the items on it.

    `items` are None where the whole invoice is credited, whatever it is for.
    """

    invoice: Invoice
    left: int
    items: set[int] | None = None

    def is_of(self, items: set[int]) -> bool:
        return self.items is None or bool(self.items & items)


def sources_of(run: InvoiceRun) -> dict[int, list[Source]]:
    """What each municipality may get money back of, the first invoice first: the one that is credited, or the year's
    invoices for the items that are settled.
    """
    if run.credits_id:
        invoice = Invoice.objects.with_sums().get(pk=run.credits_id)
        return {invoice.municipality_id: [Source(invoice, _left(invoice))]}
    if run.kind != InvoiceRun.Kind.SETTLEMENT:
        return {}
    items: dict[int, set[int]] = defaultdict(set)
    settled = run.lines.exclude(item=None).values_list("item", flat=True).distinct()
    for line in invoiced_lines(settled, run.year):
        if line.invoice.kind == Invoice.Kind.INVOICE:
            items[line.invoice_id].add(line.item_id)
    found: dict[int, list[Source]] = defaultdict(list)
    for invoice in Invoice.objects.with_sums().filter(pk__in=items).order_by("pk"):
        found[invoice.municipality_id].append(Source(invoice, _left(invoice), items[invoice.pk]))
    return found


def _left(invoice: Invoice) -> int:
    return invoice.total - invoice.credited_sum


def take(amount: int, items: set[int], sources: Sequence[Source]) -> tuple[tuple[Invoice, int], ...]:
    """How much is taken back of each invoice: the latest first, no more than is left of it, the rest of the first.

    What is taken is taken off `left`. Nothing is taken of an invoice that has none of the items.
    """
    usable = [each for each in sources if each.is_of(items)]
    return tuple(_taken(amount, usable))


def _taken(rest: int, sources: Sequence[Source]) -> Iterable[tuple[Invoice, int]]:
    for each in reversed(sources):
        amount = rest if each is sources[0] else max(0, min(rest, each.left))
        if amount > 0:
            rest -= amount
            each.left -= amount
            yield each.invoice, amount
