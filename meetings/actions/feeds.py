"""The secret address of a person's calendar feed."""

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record

from ..models import FeedToken


def token_of(user: User) -> FeedToken:
    """The person's token, made the first time they ask for it."""
    token, _ = FeedToken.objects.get_or_create(user=user)
    return token


@transaction.atomic
def renew_token(user: User, *, by: User) -> FeedToken:
    """Give the person another secret address (byt adress), when the old one has come into the wrong hands."""
    FeedToken.objects.filter(user=user).delete()
    token = FeedToken.objects.create(user=user)
    record("calendar.renewed", user, by=by)
    return token
