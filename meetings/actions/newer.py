"""Lists of persons on the cover that somebody else has changed meanwhile."""

import json
from collections.abc import Iterable
from hashlib import sha256

from django.db import models

from enamnd.newer import Newer


def check_list(existing: models.Manager, wanted: Iterable, shown: str | None):
    """Refuse, as Newer, a list when another stands now than the one whose mark was `shown`. None asks nothing."""
    now = mark_of(existing.all())
    if shown not in (None, now) and mark_of(wanted) != now:
        raise Newer.in_history(existing.model.history.filter(meeting_id=existing.instance.pk))


def mark_of(rows: Iterable) -> str:
    """A mark of those whom the cover names and their paragraphs: the same as long as they are the same."""
    said = [(each.name, each.political_party, each.first_id, each.last_id) for each in rows]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]
