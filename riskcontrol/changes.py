"""What differs between the items of a plan and those of the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NEW, CHANGED, SAME, GONE = "new", "changed", "same", "gone"
WORDS = {NEW: "ny", CHANGED: "ändrad", SAME: "oförändrad", GONE: "inte längre med"}


@dataclass(frozen=True)
class Row:
    """An item as it is compared: its key, the key of the item that it continues (None: nothing), its named texts."""

    key: int
    follows: int | None
    name: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A text that differs: its heading, what it was and what it is."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What became of an item: new, changed, same or gone, and the texts that differ."""

    key: int
    kind: str
    name: str
    fields: tuple[Field, ...] = ()

    @property
    def word(self) -> str:
        return WORDS[self.kind]


def changes_between(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """The items of the new plan in its order, then those of the old one that nothing continues."""
    old = {row.key: row for row in before}
    found = [_change(old.get(row.follows), row) for row in after]
    continued = {row.follows for row in after}
    return found + [Change(row.key, GONE, row.name) for row in before if row.key not in continued]


def _change(before: Row | None, after: Row) -> Change:
    if before is None:
        return Change(after.key, NEW, after.name)
    headings = dict.fromkeys([*before.texts, *after.texts])
    fields = tuple(
        Field(heading, before.texts.get(heading, ""), after.texts.get(heading, ""))
        for heading in headings
        if _plain(before.texts.get(heading, "")) != _plain(after.texts.get(heading, ""))
    )
    return Change(after.key, CHANGED if fields else SAME, after.name, fields)


def _plain(text: str) -> str:
    return " ".join(text.split())
