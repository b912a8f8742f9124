"""Telling the second of two writers that somebody else was first, before anything of theirs is overwritten.

A form says what its page showed; the verb holds that against what stands once the rows are locked.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.db import models
from django.utils import timezone

from enamnd.dates import clock
from enamnd.refusal import Refused


class Newer(Refused):
    """Somebody else has changed the same thing since it was shown. Nothing has been saved.

    who, at  whose change it was, and when in local time (None when nobody knows)
    facts    name → value as it stands now, of the facts that both have changed; empty for a list
    """

    def __init__(self, who: object | None, at: datetime | None, facts: Mapping | None = None):
        self.who = str(who) if who else "Någon annan"
        self.at = timezone.localtime(at) if at else None
        self.facts = dict(facts or {})
        super().__init__(f"{self.opening}. Ditt är inte sparat: välj vad som ska gälla.")

    @classmethod
    def in_history(cls, history: models.QuerySet, facts: Mapping | None = None) -> "Newer":
        """By whoever wrote the latest row of the history."""
        latest = history.select_related("history_user").order_by("-history_date", "-history_id").first()
        return cls(latest and latest.history_user, latest and latest.history_date, facts)

    @property
    def opening(self) -> str:
        """Elin Strand sparade något annat kl. 14.07, medan du skrev."""
        return f"{self.who} sparade något annat{f' {clock(self.at)}' if self.at else ''}, medan du skrev"


def check_facts(row: models.Model, facts: Mapping, shown: Mapping):
    """Refuse, as Newer, facts that somebody else has given another value since the page showed them as in `shown`."""
    clashing = {
        name: getattr(row, name)
        for name, value in facts.items()
        if name in shown and shown[name] != getattr(row, name) and getattr(row, name) != value
    }
    if clashing:
        raise Newer.in_history(type(row).history.filter(id=row.pk), clashing)


def check_list(existing: models.Manager, wanted: Iterable, shown: str | None):
    """Refuse, as Newer, a list when another stands now than the one whose mark was `shown`. None asks nothing."""
    now = mark_of(existing.all())
    if shown not in (None, now) and mark_of(wanted) != now:
        raise Newer.in_history(existing.model.history.filter(meeting_id=existing.instance.pk))


def mark_of(rows: Iterable) -> str:
    """A mark of those whom the cover names and their paragraphs: the same as long as they are the same."""
    said = [(each.name, each.political_party, each.first_id, each.last_id) for each in rows]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]
