"""Verbs of the newsletters' mailing list: added, changed, left."""

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.newsletters import rules

from ..models import NewsletterReader

LEFT_BY_LINK = "avslutade själv med länken i brevet"


@transaction.atomic
def add_reader(
    name: str, email: str, *, about: str = "", municipality: Municipality | None = None, by: User
) -> NewsletterReader:
    """Put somebody on the mailing list (lägga till). Refused for an address that is there."""
    rules.check_can_write(by)
    made = NewsletterReader(name=name, email=email.lower(), about=about, municipality=municipality, added_by=by)
    _check_alone(made)
    made._history_user = by
    made.save()
    record("newsletter_reader.added", made, by=by)
    return made


@transaction.atomic
def change_reader(reader: NewsletterReader, *, by: User, **facts) -> NewsletterReader:
    """Change name, address, what somebody is, or the municipality."""
    rules.check_can_write(by)
    row = _locked(reader)
    for key, value in facts.items():
        setattr(row, key, value.lower() if key == "email" else value)
    _check_alone(row)
    row._history_user = by
    row.save()
    record("newsletter_reader.changed", row, by=by)
    return row


@transaction.atomic
def take_off_reader(reader: NewsletterReader, because: str, *, by: User | None) -> NewsletterReader:
    """Take somebody off the mailing list (ta bort). `by` is None for who leaves by the letter's own link.

    Who leaves twice has left; a second time by somebody else is refused.
    """
    if by is not None:
        rules.check_can_write(by)
    row = NewsletterReader.objects.select_for_update().get(pk=reader.pk)
    if row.left_at and by is None:
        return row
    because = " ".join(because.split())
    if not because:
        raise Refused("Skriv varför.", field="because")
    row = _locked(row)
    row.left_at, row.left_because = timezone.now(), because[:200]
    row._history_user = by
    row.save()
    record("newsletter_reader.left", row, by=by, reason=row.left_because)
    return row


def _locked(reader: NewsletterReader) -> NewsletterReader:
    row = NewsletterReader.objects.select_for_update().get(pk=reader.pk)
    if row.left_at:
        left = long_date(timezone.localdate(row.left_at))
        raise Refused(f"{row.name} togs bort från sändlistan {left}. Lägg till på nytt om det var fel.")
    return row


def _check_alone(row: NewsletterReader):
    there = NewsletterReader.objects.filter(email=row.email, left_at=None).exclude(pk=row.pk).first()
    if there:
        raise Refused(f"{row.email} står redan på sändlistan, för {there.name}.", field="email")
