"""Which invoices a person sees, and how they are loaded for lists and pages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, Subquery, Sum

from enamnd.accounts.roles import Permission
from finance.invoice_rules import own_municipalities
from finance.models import Allocation, Invoice, InvoiceDownload, InvoiceRun, RunLine

from .states import State, state_of

STATES = {
    "obetalda": "Obetalda",
    "forfallna": "Förfallna",
    "betalda": "Betalda",
    "kredit": "Kreditfakturor",
}


@dataclass(frozen=True)
class Row:
    """A line of a list: the invoice, how it stands, whether its municipality has taken it."""

    invoice: Invoice
    state: State
    is_new: bool


def visible_to(user):
    """Invoices that `user` may read: all, or those of the municipalities that a role is held for."""
    if user.may(Permission.READ_ALL_INVOICES):
        return Invoice.objects.all()
    return Invoice.objects.filter(municipality__in=own_municipalities(user))


def for_list(invoices):
    """With sums, files, and whether somebody of the municipality has taken it."""
    taken = InvoiceDownload.objects.filter(invoice=OuterRef("pk"), is_own=True)
    return invoices.with_sums().select_related("municipality", "files").annotate(is_taken=Exists(taken))


def narrowed(invoices, today: date, *, year: int | None, state: str, municipality: int | None):
    """The invoices of a year, a state and a municipality, where they are asked for."""
    left = F("total") - F("paid") - F("credited_sum")
    unpaid = Q(kind=Invoice.Kind.INVOICE) & Q(left__gt=0)
    wanted = {
        "obetalda": unpaid,
        "forfallna": unpaid & Q(due_on__lt=today),
        "betalda": Q(kind=Invoice.Kind.INVOICE, left__lte=0),
        "kredit": Q(kind=Invoice.Kind.CREDIT),
    }
    found = invoices.annotate(left=left) if state in wanted else invoices
    if state in wanted:
        found = found.filter(wanted[state])
    if year:
        found = found.filter(year=year)
    return found.filter(municipality=municipality) if municipality else found


def rows_of(invoices, today: date) -> list[Row]:
    return [Row(each, state_of(each, today), not each.is_taken and hasattr(each, "files")) for each in invoices]


def years_of(invoices) -> list[int]:
    return list(invoices.order_by("-year").values_list("year", flat=True).distinct())


def not_replaced(run: InvoiceRun):
    """Allocations of what a settlement settles that hold beside those it is made of: planned and real, both counted."""
    if run.kind != InvoiceRun.Kind.SETTLEMENT:
        return Allocation.objects.none()
    own = run.sources.values("allocation")
    items = run.sources.values("allocation__item")
    return Allocation.objects.current().filter(item__in=items, year=run.year).exclude(pk__in=own)


def runs_for_list():
    """Runs with their attest and issue, how many municipalities and what sum."""
    rows = RunLine.objects.filter(run=OuterRef("pk")).order_by().values("run")
    return InvoiceRun.objects.select_related("made_by", "attest__by", "issue__by").annotate(
        total=Subquery(rows.annotate(sum=Sum("amount")).values("sum"), output_field=BigIntegerField()),
        parties=Subquery(rows.annotate(many=Count("municipality", distinct=True)).values("many")),
    )
