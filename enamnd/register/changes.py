"""What has been changed in a row of the register: who, when, from what to what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import models

from enamnd.register.board_parts import LABELS, USUAL, in_words


@dataclass(frozen=True)
class Change:
    """One saving: when, by whom or by what, of which row, and its fields before and after."""

    at: datetime
    who: str
    what: str
    fields: tuple[str, ...]


def changes_of(*things: models.Model | Iterable[models.Model], limit: int = 40) -> list[Change]:
    """The latest changes of the rows, newest first. Two queries for each row: meant for the few of one page."""
    rows = [row for thing in things for row in ([thing] if isinstance(thing, models.Model) else thing)]
    found = chain.from_iterable(_changes_of(row) for row in rows)
    return sorted(found, key=lambda change: change.at, reverse=True)[:limit]


def _changes_of(row: models.Model) -> Iterable[Change]:
    versions = list(row.history.select_related("history_user").order_by("history_date", "history_id"))
    for before, after in zip([None, *versions], versions, strict=False):
        fields = _fields(before, after) if before else ("lades in",)
        if fields:
            who = str(after.history_user) if after.history_user else after.history_change_reason or "Portalen"
            yield Change(after.history_date, who, str(row), fields)


def _fields(before, after) -> tuple[str, ...]:
    model = after.instance_type
    changes = after.diff_against(before, foreign_keys_are_objs=True).changes
    return tuple(chain.from_iterable(_said(model, change) for change in changes))


def _said(model, change) -> Iterator[str]:
    """What became of a field: "namn: Boden → Bodens kommun"; of words and rules each of its keys."""
    if not isinstance(change.old, dict):
        name = model._meta.get_field(change.field).verbose_name
        yield f"{name}: {_shown(change.old)} → {_shown(change.new)}"
        return
    usual = USUAL.get(change.field, {})
    old, new = ({**usual, **(each or {})} for each in (change.old, change.new))
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            name = LABELS.get((change.field, key), key)
            yield f"{name}: {in_words(key, old.get(key))} → {in_words(key, new.get(key))}"


def _shown(value) -> str:
    return "–" if value in (None, "") else str(value)
