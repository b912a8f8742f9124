"""Letters about invoices: to those who receive them for their municipality, and to the e-office."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES, Permission
from enamnd.dates import long_date
from enamnd.letters.sending import write_letter
from enamnd.money import with_unit
from finance.models import Invoice, InvoiceQuestion

KINDS = {
    "invoice": "Ny faktura",
    "invoice_reminder": "Påminnelse om faktura",
    "invoice_question": "Fråga om faktura",
    "invoice_answer": "Svar om faktura",
}


def receivers_of(municipality_id: int) -> list[User]:
    """Those who receive the invoices of a municipality today."""
    roles = [key for key, role in ROLES.items() if Permission.RECEIVE_INVOICES in role.permissions]
    grants = RoleGrant.objects.valid_on(timezone.localdate()).filter(
        role__in=roles, municipality=municipality_id, user__is_active=True
    )
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("pk"))


def tell_of_invoice(invoice: Invoice) -> int:
    """Tell that a new invoice is there. How many were told."""
    return _write(invoice, "invoice", f"{invoice} från {invoice.facts['seller']['name']}", by=None)


def remind_of_invoice(invoice: Invoice, left: int, *, by) -> int:
    """Remind of an invoice that is overdue: `left` is what remains to pay, in öre. How many were told."""
    return _write(invoice, "invoice_reminder", f"Påminnelse: {str(invoice).lower()}", by=by, left=with_unit(left))


def _write(invoice: Invoice, kind: str, subject: str, *, by, **more) -> int:
    receivers = receivers_of(invoice.municipality_id)
    for each in receivers:
        context = {"invoice": invoice, "receiver": each, "address": address_of(invoice), **_words(invoice), **more}
        body = render_to_string(f"finance/letters/{kind}.txt", context)
        write_letter(each.email, subject, body, about=invoice, by=by, kind=kind, to_name=each.name)
    return len(receivers)


def _words(invoice: Invoice) -> dict:
    return {
        "total": with_unit(invoice.total),
        "due_on": long_date(invoice.due_on),
        "seller": invoice.facts["seller"]["name"],
        "board": invoice.facts["board"],
    }


def tell_of_question(question: InvoiceQuestion, office: str):
    """Send a question on to the e-office: `office` is its address."""
    invoice = question.invoice
    context = {"question": question, "invoice": invoice, "address": address_of(invoice)}
    body = render_to_string("finance/letters/question.txt", context)
    write_letter(
        office,
        f"Fråga om {str(invoice).lower()} från {invoice.municipality}",
        body,
        about=invoice,
        by=question.by,
        kind="invoice_question",
        reply_to=question.by.email,
    )


def tell_of_answer(question: InvoiceQuestion):
    """Send the answer to who asked."""
    invoice = question.invoice
    context = {"question": question, "invoice": invoice, "address": address_of(invoice)}
    body = render_to_string("finance/letters/answer.txt", context)
    subject = f"Svar om {str(invoice).lower()}"
    to = question.by
    write_letter(
        to.email, subject, body, about=invoice, by=question.answered_by, kind="invoice_answer", to_name=to.name
    )


def address_of(invoice: Invoice) -> str:
    return settings.PORTAL_URL + reverse("finance:invoice", args=[invoice.number])
