"""The verbs of issued invoices: taken, paid, reminded of, asked about."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.money import with_unit
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from finance import invoice_rules as rules
from finance.invoicing import letters
from finance.invoicing.states import left_of
from finance.models import Invoice, InvoiceDownload, InvoicePayment, InvoiceQuestion, InvoiceReminder, Seller


@transaction.atomic
def note_download(invoices: Iterable[Invoice], what: str, *, by: User) -> list[InvoiceDownload]:
    """Write down that somebody has taken a file of each invoice (hämtat), and whether it was who receives it."""
    own = rules.receiving_municipalities(by)
    made = []
    for invoice in invoices:
        rules.check_can_read(invoice, by)
        row = InvoiceDownload(invoice=invoice, what=what, by=by, is_own=invoice.municipality_id in own)
        made.append(row)
    InvoiceDownload.objects.bulk_create(made)
    for row in made:
        record("invoice.downloaded", row.invoice, by=by, what=row.get_what_display())
    return made


@transaction.atomic
def add_payment(invoice: Invoice, paid_on: date, amount: int, note: str = "", *, by: User) -> InvoicePayment:
    """Write in that an invoice has been paid (betald), or a part of it. `amount` in öre; below zero takes one back."""
    rules.check_can_prepare(by)
    invoice = _locked(invoice)
    paid = invoice.payments.aggregate(sum=Sum("amount"))["sum"] or 0
    rules.check_payment(invoice, paid_on, amount, paid)
    made = InvoicePayment.objects.create(invoice=invoice, paid_on=paid_on, amount=amount, note=note.strip(), by=by)
    record("invoice.paid", invoice, by=by, amount=with_unit(amount), on=str(paid_on))
    return made


@transaction.atomic
def remind(invoice: Invoice, *, by: User) -> InvoiceReminder:
    """Remind a municipality of an overdue invoice by letter (påminn)."""
    rules.check_can_prepare(by)
    invoice = Invoice.objects.with_sums().get(pk=_locked(invoice).pk)
    left = left_of(invoice)
    rules.check_can_remind(invoice, left, timezone.localdate())
    receivers = letters.remind_of_invoice(invoice, left, by=by)
    if not receivers:
        raise Refused(
            f"{invoice.municipality} har ingen som tar emot fakturor. Ge någon rollen kommunens ekonom under Konton."
        )
    made = InvoiceReminder.objects.create(invoice=invoice, by=by, receivers=receivers)
    record("invoice.reminded", invoice, by=by, number=receivers)
    return made


@transaction.atomic
def ask(invoice: Invoice, text: str, *, by: User) -> InvoiceQuestion:
    """Ask the e-office about an invoice (fråga). It gets a letter when its address is known."""
    rules.check_can_ask(invoice, by)
    question = InvoiceQuestion.objects.create(invoice=invoice, text=text.strip(), by=by)
    seller = Seller.objects.filter(board=current_board()).first()
    if seller and seller.email:
        letters.tell_of_question(question, seller.email)
    record("invoice.asked_about", invoice, by=by)
    return question


@transaction.atomic
def answer(question: InvoiceQuestion, text: str, *, by: User) -> InvoiceQuestion:
    """Answer a question about an invoice (svara); who asked gets a letter."""
    question = (
        InvoiceQuestion.objects.select_for_update(of=("self",)).select_related("invoice", "by").get(pk=question.pk)
    )
    rules.check_can_answer(question, by)
    question.answer, question.answered_by, question.answered_at = text.strip(), by, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    letters.tell_of_answer(question)
    record("invoice.answered", question.invoice, by=by)
    return question


def _locked(invoice: Invoice) -> Invoice:
    return Invoice.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=invoice.pk)
