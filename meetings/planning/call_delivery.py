"""Who has got a call, and when."""

from dataclasses import dataclass

from enamnd.journal.models import key_of
from enamnd.letters.models import Letter
from meetings.models import Call, CallRecipient


@dataclass(frozen=True)
class Delivered:
    """A recipient with the letter to them; no letter when they have no address."""

    recipient: CallRecipient
    letter: Letter | None


def delivery_of(call: Call) -> list[Delivered]:
    """Everybody whom the call is for, with what became of the letter, in two queries."""
    recipients = list(call.recipients.all())
    keys = {key_of(each): each.pk for each in recipients}
    letters = {each.about: each for each in Letter.objects.filter(about__in=keys).defer("body")}
    return [Delivered(each, letters.get(key_of(each))) for each in recipients]
