"""Telling the second of two writers that somebody else was first, before anything of theirs is overwritten.

A form says what its page showed (shown_form.py); the verb holds that against what stands once the rows are locked.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

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


def check_facts(row: models.Model, facts: Mapping, shown: Mapping, now: Callable | None = None):
    """Refuse, as Newer, facts that somebody else has given another value since the page showed them as in `shown`.

    `now(name)` tells how a fact stands; by default it is the attribute of that name, see standing.
    """
    now = now or (lambda name: standing(row, name))
    clashing = {
        name: now(name)
        for name, value in facts.items()
        if name in shown and not is_same(shown[name], now(name)) and not is_same(now(name), value)
    }
    if clashing:
        raise Newer.in_history(type(row).history.filter(id=row.pk), clashing)


def standing(row: models.Model, name: str):
    """How a fact stands now: the attribute, or of several rows a list in the order of their keys."""
    value = getattr(row, name)
    return sorted(value.all(), key=lambda each: each.pk) if isinstance(value, models.Manager) else value


def is_same(one, other) -> bool:
    """Whether two values say the same: browsers write other line breaks than files do."""
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return one == other
