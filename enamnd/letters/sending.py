"""Writing letters: what other parts of the portal use.

A letter is a row in the writer's own transaction, together with the task that sends it: either both are kept, or
neither. The rest is enamnd.letters.delivery.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from enamnd.journal.models import key_of
from enamnd.journal.record import record

from . import rules
from .delivery import deliver
from .models import Letter, LetterAttachment, LetterQuerySet


@dataclass(frozen=True)
class Attachment:
    """A small file to send with a letter: its name, its media type ("text/calendar; charset=utf-8"), its bytes."""

    file_name: str
    media_type: str
    content: bytes


@transaction.atomic
def write_letter(
    to: str,
    subject: str,
    body: str,
    *,
    about: models.Model | str,
    by,
    kind: str,
    to_name: str = "",
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
    is_personal: bool = False,
) -> Letter:
    """Write a letter (skriva brev) that goes out when the caller's transaction has been kept.

    `to` is one address; `body` plain text; `about` the object that the letter concerns, or its key in the journal;
    `by` the user, or None when the portal writes by itself; `kind` a word of the caller's that it has named with
    `kinds.name_kinds`. `is_personal` for a text with a link that nobody but the receiver may have. Delivered at least
    once: a server that takes the letter and then falls silent gets it again, with the same Message-ID. Refused for
    what is no address, and for attachments above 256 kB. The caller records its own verb in the journal.
    """
    rules.check_address(to)
    for each in attachments:
        rules.check_attachment(each.file_name, each.content)
    letter = Letter.objects.create(
        kind=kind,
        about=about if isinstance(about, str) else key_of(about),
        to_address=to,
        to_name=one_line(to_name)[:200],
        reply_to=reply_to,
        subject=one_line(subject)[:300],
        body=body.strip() + "\n",
        is_personal=is_personal,
        created_by=by,
    )
    LetterAttachment.objects.bulk_create(LetterAttachment(letter=letter, **vars(each)) for each in attachments)
    deliver.enqueue(letter.pk)
    return letter


def one_line(text: str) -> str:
    """A subject is one line: anything else could add headers to the letter."""
    return " ".join(text.split())


def letters_about(thing: models.Model | str) -> LetterQuerySet:
    """Letters about an object, the latest first, for the page where it is shown."""
    return Letter.objects.about(thing)


@transaction.atomic
def try_again(letter: Letter, *, by) -> Letter:
    """Send at once a letter that waits or was given up (försök igen), with all its attempts before it."""
    rules.check_can_read_letters(by)
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    rules.check_can_try_again(letter)
    letter.attempts, letter.given_up_at, letter.try_at = 0, None, timezone.now()
    letter.save(update_fields=["attempts", "given_up_at", "try_at"])
    record("letter.tried_again", letter, by=by)
    deliver.enqueue(letter.pk)
    return letter
