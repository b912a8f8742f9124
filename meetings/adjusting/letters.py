"""Letters about the adjustment: your turn, somebody has declined, the protocol has been unlocked."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from enamnd.dates import long_date
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.models import Adjustment, Signatory

TURN, DECLINED, UNLOCKED = "signature_request", "signature_declined", "adjustment_unlocked"
KINDS = {
    TURN: "Underskrift väntar",
    DECLINED: "Underskrift avböjd",
    UNLOCKED: "Protokoll upplåst",
}


def address_of(signatory: Signatory) -> str:
    """Where somebody is written to: their account's address, else the register's, else nowhere."""
    person = signatory.person
    if person is None:
        return ""
    account = getattr(person, "account", None)
    return account.email if account and account.is_active else person.email


def tell_turn(signatory: Signatory, *, by) -> bool:
    adjustment = signatory.adjustment
    return _write(
        address_of(signatory), signatory.name, f"Skriv under {_paper(adjustment)}", TURN, adjustment, signatory, by
    )


def tell_declined(signatory: Signatory, adjustment: Adjustment, *, by) -> bool:
    to = adjustment.frozen_by
    subject = f"{signatory.name} skriver inte under {_paper(adjustment)}"
    return _write(to.email, to.name, subject, DECLINED, adjustment, signatory, by)


def tell_unlocked(signatory: Signatory, adjustment: Adjustment, *, by) -> bool:
    subject = f"Upplåst: {_paper(adjustment)}"
    return _write(address_of(signatory), signatory.name, subject, UNLOCKED, adjustment, signatory, by)


def _paper(adjustment: Adjustment) -> str:
    return f"protokollet från {long_date(adjustment.meeting.held_on)}"


def _write(to: str, name: str, subject: str, kind: str, adjustment: Adjustment, signatory: Signatory, by) -> bool:
    """False when there is no address, or none that can be: the signing goes on without the letter."""
    context = {
        "name": name,
        "signatory": signatory,
        "adjustment": adjustment,
        "meeting": adjustment.meeting,
        "board": current_board(),
        "address": settings.PORTAL_URL + reverse("adjusting:adjustment", args=[adjustment.pk]),
        "overview": settings.PORTAL_URL + reverse("meetings:adjusting", args=[adjustment.meeting_id]),
    }
    body = render_to_string(f"meetings/letters/{kind}.txt", context)
    try:
        write_letter(to, subject, body, about=adjustment, by=by, kind=kind, to_name=name)
    except Refused:
        return False
    return True
