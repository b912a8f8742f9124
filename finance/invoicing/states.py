"""How an invoice stands: what is left to pay, and its state in words and in tone."""

from dataclasses import dataclass
from datetime import date

from finance.models import Invoice


@dataclass(frozen=True)
class State:
    """In words, and how it looks (late, soon, ok, or nothing)."""

    words: str
    tone: str = ""


def left_of(invoice: Invoice) -> int:
    """What remains to pay, in öre: for a credit note what remains to give back. `invoice` is loaded `with_sums`."""
    return invoice.total - invoice.paid - invoice.credited_sum


def state_of(invoice: Invoice, today: date) -> State:
    """Of an invoice that is loaded `with_sums`."""
    if invoice.is_credit:
        return _state_of_credit(invoice)
    if invoice.credited_sum >= invoice.total:
        return State("Krediterad")
    if left_of(invoice) <= 0:
        return State("Betald", "ok")
    if invoice.due_on < today:
        return State("Förfallen, påmind" if invoice.reminded_at else "Förfallen", "late")
    return State("Delvis betald" if invoice.paid else "Att betala")


def _state_of_credit(invoice: Invoice) -> State:
    """Of a credit note: there is something to give back only where something was paid."""
    if left_of(invoice) <= 0:
        return State("Återbetald eller avräknad", "ok")
    return State("Att räkna av" if invoice.paid_before > 0 else "Minskar en obetald faktura")
