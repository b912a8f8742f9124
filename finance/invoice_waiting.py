"""What waits for people about invoices: to fetch, to attest, to issue, to answer, to remind of."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.formats import count
from enamnd.money import with_unit
from enamnd.waiting import Waiting

from .invoice_rules import receiving_municipalities
from .invoicing import reading
from .invoicing.states import left_of
from .models import Invoice, InvoiceQuestion, InvoiceRun

MOST = 20
DAYS_TO_ANSWER = 7


def waiting_invoices(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    found: list[Waiting] = []
    if user.may(Permission.RECEIVE_INVOICES):
        found += _to_fetch(user)
    if user.may(Permission.ATTEST_INVOICES):
        found += _to_attest(user)
    if user.may(Permission.KEEP_ECONOMY):
        found += [*_to_issue(), *_to_answer(), *_to_remind(today)]
    return found


def _to_fetch(user) -> Iterator[Waiting]:
    """Invoices of one's municipality that nobody there has taken."""
    own = Invoice.objects.filter(municipality__in=receiving_municipalities(user), files__isnull=False)
    for each in reading.for_list(own).filter(is_taken=False)[:MOST]:
        why = f"{each.title}, {with_unit(each.total)}" + (" att få tillbaka." if each.is_credit else ".")
        due = each.due_on if not each.is_credit and left_of(each) > 0 else None
        yield Waiting(due, f"{each} finns att hämta", why, each.get_absolute_url(), "Hämta")


def _to_attest(user) -> Iterator[Waiting]:
    runs = InvoiceRun.objects.filter(attest=None, issue=None).exclude(made_by=user).select_related("made_by")
    for each in runs[:MOST]:
        yield Waiting(None, f"Attestera {each.title}", f"Gjord av {each.made_by}.", each.get_absolute_url(), "Granska")


def _to_issue() -> Iterator[Waiting]:
    for each in InvoiceRun.objects.filter(attest__isnull=False, issue=None).select_related("attest__by")[:MOST]:
        why = f"Attesterad av {each.attest.by}."
        yield Waiting(None, f"Utfärda {each.title}", why, each.get_absolute_url(), "Utfärda")


def _to_answer() -> Iterator[Waiting]:
    asked = InvoiceQuestion.objects.filter(answered_at=None).select_related("invoice__municipality", "by")
    for each in asked[:MOST]:
        due = each.at.date() + timedelta(days=DAYS_TO_ANSWER)
        why = f"{each.by}, {each.invoice.municipality}, frågar."
        href = each.invoice.get_absolute_url() + "#questions-title"
        yield Waiting(due, f"Svara om faktura {each.invoice.number}", why, href, "Svara")


def _to_remind(today: date) -> Iterator[Waiting]:
    """One line for all that are overdue and nobody has been reminded of."""
    left = F("total") - F("paid") - F("credited_sum")
    late = Invoice.objects.filter(kind=Invoice.Kind.INVOICE, due_on__lt=today, reminders=None).with_sums()
    many = late.annotate(left=left).filter(left__gt=0).count()
    if many:
        what = f"Påminn om {count(many, 'förfallen faktura', 'förfallna fakturor')}"
        href = reverse("finance:invoice_list") + "?lage=forfallna"
        yield Waiting(None, what, "Ingen påminnelse är skickad.", href, "Visa")
