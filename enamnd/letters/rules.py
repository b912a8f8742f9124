"""When a letter may be written, read and tried again."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_instant
from enamnd.formats import count
from enamnd.refusal import Refused

from .kinds import read_by
from .models import Letter

KILOBYTE = 1024
MAX_ATTACHMENT = 256 * KILOBYTE


def check_can_read_letters(by):
    """Refused unless `by` writes protocols or keeps accounts: a letter may tell who is called to what."""
    if not (by.is_authenticated and by.may(Permission.KEEP_ACCOUNTS)):
        check_may(by, Permission.WRITE_PROTOCOL)


def may_read_text(letter: Letter, by) -> bool:
    """Whether the text may be shown to `by`: not one with the receiver's own link, nor of a kind that asks for more."""
    asked = read_by(letter.kind)
    return not letter.is_personal and (asked is None or by.may(asked))


def check_address(address: str):
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(f"”{address}” är ingen e-postadress. Rätta den innan brevet skrivs.") from error


def check_attachment(file_name: str, content: bytes):
    """Refused above 256 kB: many servers turn away large letters, and a paper in a mailbox is out of reach."""
    if len(content) > MAX_ATTACHMENT:
        raise Refused(f"{file_name} är för stor för ett brev ({count(len(content), 'byte', 'byte')}). Länka till den.")


def check_can_try_again(letter: Letter):
    """Refused for a letter that has gone, and for one whose attempt may be going on."""
    if letter.sent_at:
        sent = long_instant(timezone.localtime(letter.sent_at))
        raise Refused(f"Brevet till {letter.to_name or letter.to_address} skickades {sent}.")
    if not letter.last_error and letter.attempts:
        raise Refused("Brevet skickas just nu. Vänta en stund och läs in sidan igen.")
