"""What has been done to a thing, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from .models import Event


@dataclass(frozen=True)
class Step:
    """One line of a trail: when, who, what (a Swedish phrase), to what."""

    at: datetime
    who: str
    what: str
    subject: str


def trail_of(subject: models.Model, words: dict[str, str], *, limit: int = 30) -> list[Step]:
    """The latest steps about `subject`, newest first. `words` says verbs in Swedish, with {keys} of the event."""
    return [
        Step(event.at, event.actor_name, _said(words.get(event.verb, event.verb), event), event.subject_name)
        for event in Event.objects.about(subject)[:limit]
    ]


def _said(phrase: str, event: Event) -> str:
    return phrase.format_map(_Data(event.data))


class _Data(dict):
    """Events of long ago may lack what later ones say."""

    def __missing__(self, key):
        return "–"
