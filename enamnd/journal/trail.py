"""What has been done to a thing, in words that each app tells when it starts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models

from .models import Event, key_of

Wording = str | Callable[[Event], "str"]
_WORDS: dict[str, Wording] = {}


@dataclass(frozen=True)
class Step:
    """One line of a trail: when, who, what (a Swedish phrase), to what (empty when that goes without saying)."""

    at: datetime
    who: str
    what: str
    subject: str


def tell(words: Mapping[str, Wording]):
    """Say what verbs are called: a phrase with {keys} of the event's data, or a function that words an event whole."""
    _WORDS.update(words)


def trail_of(subject: models.Model, *, limit: int = 30) -> list[Step]:
    """The latest steps about `subject` and what is within it, newest first."""
    itself = key_of(subject)
    events = Event.objects.about(subject)[:limit]
    return [replace(_step(event), subject="") if event.subject == itself else _step(event) for event in events]


def steps(events: Iterable[Event]) -> list[Step]:
    return [_step(event) for event in events]


def has_words(event: Event) -> bool:
    return event.verb in _WORDS


def _step(event: Event) -> Step:
    wording = _WORDS.get(event.verb, event.verb)
    if callable(wording):
        return Step(event.at, event.actor_name, wording(event), "")
    return Step(event.at, event.actor_name, wording.format_map(_Data(event.data)), event.subject_name)


class _Data(dict):
    """Events of long ago may lack what later ones say."""

    def __missing__(self, key):
        return "–"
