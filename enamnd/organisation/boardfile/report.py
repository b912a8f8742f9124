"""What a reading of a board file changed."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import models


@dataclass
class Report:
    """How many rows of each part were new, changed or the same, and which fields changed from what to what."""

    new: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    same: Counter = field(default_factory=Counter)
    changes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.new and not self.changed

    def add_new(self, place: str):
        self.new[place] += 1

    def add_same(self, place: str):
        self.same[place] += 1

    def add_changed(self, place: str, thing: models.Model, changes: dict):
        self.changed[place] += 1
        self.changes += [_sentence(thing, key, before, after) for key, (before, after) in changes.items()]

    def sentences(self) -> list[str]:
        """The report in Swedish: a part a line, then each changed field."""
        parts = dict.fromkeys([*self.new, *self.changed, *self.same])
        counts = [
            f"{part}: {self.new[part]} nya, {self.changed[part]} ändrade, {self.same[part]} oförändrade"
            for part in parts
        ]
        return counts + self.changes


def _sentence(thing, key: str, before, after) -> str:
    name = thing._meta.get_field(key).verbose_name
    if isinstance(after, dict):
        return f"  {thing}: {name} ändrat ({', '.join(_changed_keys(before, after))})"
    return f"  {thing}: {name} {_shown(before)} → {_shown(after)}"


def _changed_keys(before: dict, after: dict) -> list[str]:
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def _shown(value) -> str:
    return "–" if value in (None, "") else str(value)
