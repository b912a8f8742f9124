"""The board's standard texts, kept by the secretary."""

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record

from .. import rules
from ..models import Phrase


@transaction.atomic
def add_phrase(*, label: str, text: str, kind: str = "", by: User) -> Phrase:
    """Keep a new standard text (ny standardtext), last in the list."""
    rules.check_can_write(by)
    last = Phrase.objects.order_by("-order").values_list("order", flat=True).first() or 0
    phrase = Phrase(label=label, text=text, kind=kind, order=last + 1)
    return _saved(phrase, "phrase.added", by)


@transaction.atomic
def change_phrase(phrase: Phrase, *, label: str, text: str, kind: str = "", by: User) -> Phrase:
    """Change the text for those who use it from now on. What has been written with it stays as it is."""
    rules.check_can_write(by)
    phrase = _locked(phrase)
    phrase.label, phrase.text, phrase.kind = label, text, kind
    return _saved(phrase, "phrase.changed", by)


@transaction.atomic
def retire_phrase(phrase: Phrase, *, by: User) -> Phrase:
    """Offer the text no more. What has been written with it stays as it is."""
    rules.check_can_write(by)
    phrase = _locked(phrase)
    phrase.is_retired = True
    return _saved(phrase, "phrase.retired", by)


@transaction.atomic
def bring_back_phrase(phrase: Phrase, *, by: User) -> Phrase:
    """Offer a retired text again."""
    rules.check_can_write(by)
    phrase = _locked(phrase)
    phrase.is_retired = False
    return _saved(phrase, "phrase.brought_back", by)


@transaction.atomic
def move_phrase(phrase: Phrase, to_index: int, *, by: User) -> Phrase:
    """Let the text stand at place `to_index` (0 = first) among those in use."""
    rules.check_can_write(by)
    phrase = _locked(phrase)
    ordered = list(Phrase.objects.select_for_update().exclude(pk=phrase.pk).order_by("is_retired", "order", "label"))
    ordered.insert(min(max(0, to_index), len(ordered)), phrase)
    for order, each in enumerate(ordered, 1):
        each.order = order
    Phrase.objects.bulk_update(ordered, ["order"])
    record("phrase.moved", phrase, by=by)
    return phrase


def _locked(phrase: Phrase) -> Phrase:
    return Phrase.objects.select_for_update().get(pk=phrase.pk)


def _saved(phrase: Phrase, verb: str, by: User) -> Phrase:
    phrase._history_user = by
    phrase.full_clean()
    phrase.save()
    record(verb, phrase, by=by)
    return phrase
