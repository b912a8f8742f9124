"""Taking letters to the mail server, again and again until it takes them or there is no use.

An attempt has three steps: claim the letter (a short transaction that says when it is to be tried again, and keeps the
task for that), talk to the mail server (no transaction: others can write meanwhile), write down how it went. Whatever
is killed in between, the task of the claim comes back to the letter.
"""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from enamnd.journal.record import record

from .faults import is_hopeless, sentence_about
from .models import Letter

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
ATTEMPT = timedelta(minutes=10)  # longer than any attempt lasts: then it was cut short
MOST_AT_ONCE = 50
log = logging.getLogger(__name__)


@task()
def deliver(letter_pk: int) -> None:
    """Try the letter if it is due, and any whose own task has been lost."""
    try_letter(letter_pk)
    if Letter.objects.due(timezone.now() - ATTEMPT).exists():
        deliver_overdue()


def deliver_overdue() -> int:
    """Try every letter that should have been tried by now. How many were tried."""
    keys = list(Letter.objects.due().order_by("try_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(try_letter(key) for key in keys)


def try_letter(letter_pk: int) -> bool:
    """One attempt, if the letter is due. False when it was not, or somebody else is at it."""
    letter = claim(letter_pk)
    if letter is None:
        return False
    try:
        send(letter)
    except Exception as error:  # whatever it is, the letter must say so and be tried again
        log.warning("letter %s failed: %s", letter.pk, type(error).__name__)
        note_failure(letter, error)
    else:
        Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), last_error="")
    return True


@transaction.atomic
def claim(letter_pk: int) -> Letter | None:
    """Take the letter for one attempt, and see to it that somebody returns to it should the attempt be cut short."""
    now = timezone.now()
    letter = Letter.objects.select_for_update().due(now).filter(pk=letter_pk).first()
    if letter is None:
        return None
    letter.attempts, letter.last_tried_at, letter.try_at = letter.attempts + 1, now, now + ATTEMPT
    letter.last_error = ""
    letter.save(update_fields=["attempts", "last_tried_at", "try_at", "last_error"])
    deliver.using(run_after=letter.try_at).enqueue(letter.pk)
    return letter


def send(letter: Letter):
    """Hand the letter to the mail server (EMAIL_URL). Raises whatever the server or the network says."""
    message = EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.to_address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    for each in letter.attachments.all():
        message.attach(each.file_name, bytes(each.content), each.media_type)
    message.connection = get_connection()
    message.connection.open()
    try:
        message.send()
    finally:
        part(message.connection)


def part(connection):
    """A server that has taken the letter and then does not answer to good-bye has taken it all the same."""
    try:
        connection.close()
    except Exception as error:
        log.info("mail server did not say good-bye: %s", type(error).__name__)


@transaction.atomic
def note_failure(letter: Letter, error: Exception):
    """Write down what went wrong, and when to try again; give up after the last pause, or when there is no use."""
    letter.last_error = sentence_about(error)[:400]
    if is_hopeless(error) or letter.attempts > len(PAUSES):
        letter.given_up_at = timezone.now()
        letter.save(update_fields=["last_error", "given_up_at"])
        record("letter.given_up", letter, by=None, reason=letter.last_error)
        return
    letter.try_at = timezone.now() + PAUSES[letter.attempts - 1]
    letter.save(update_fields=["last_error", "try_at"])
    deliver.using(run_after=letter.try_at).enqueue(letter.pk)
