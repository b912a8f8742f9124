"""Who has a paragraph open right now, so that two people see each other before they write over each other."""

from django.utils import timezone

from enamnd.accounts.models import User

from .. import rules
from ..models import Paragraph, Presence


def be_here(paragraph: Paragraph, *, by: User):
    """Say that `by` has the paragraph open (every quarter of a minute). Not an event: the journal is not told."""
    rules.check_can_write(by)
    Presence.objects.update_or_create(paragraph=paragraph, user=by, defaults={"seen_at": timezone.now()})


def go_away(paragraph: Paragraph, *, by: User):
    """Say that `by` has left the paragraph."""
    Presence.objects.filter(paragraph=paragraph, user=by).delete()
