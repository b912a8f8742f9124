"""Writing in the journal."""

from django.db import models

from .models import Event, key_of

PORTAL = "Portalen"


def record(verb: str, subject: models.Model, *, by, within: models.Model | None = None, **data) -> Event:
    """Write one event. Call it once, last, in the transaction of the action itself.

    `verb` is `noun.done` ("paragraph.moved"); `by` the user, or None when the portal acts by itself; `within` the
    larger thing whose trail should show the event (the meeting of a paragraph). `data` must be JSON and must never
    hold a secret.
    """
    return Event.objects.create(
        actor=by.pk if by else None,
        actor_name=str(by) if by else PORTAL,
        verb=verb,
        subject=key_of(subject),
        subject_name=str(subject)[:300],
        within=key_of(within) if within else "",
        data=data,
    )
