"""The letters about rows of other apps: who was written to, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from enamnd.journal.models import key_of

from .models import Letter


@dataclass(frozen=True)
class Delivered:
    """Somebody who is to have something, and the letter to them; none when they have no address."""

    to: Model
    letter: Letter | None


def delivery_of(recipients: Iterable[Model]) -> list[Delivered]:
    """Each recipient with the latest letter about them: one query besides theirs."""
    recipients = list(recipients)
    letters = latest_letters(recipients)
    return [Delivered(each, letters.get(key_of(each))) for each in recipients]


def latest_letters(rows: Iterable[Model]) -> dict[str, Letter]:
    """The latest letter about each row, without its text, by the row's journal key. One query."""
    found = Letter.objects.filter(about__in=[key_of(each) for each in rows]).order_by("id").defer("body")
    return {each.about: each for each in found}
