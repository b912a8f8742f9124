"""The shape of the checklist: parts with points, each point set, missing, or able to wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enamnd.accounts.roles import Permission
from enamnd.formats import listed

MOST_NAMES = 5


@dataclass(frozen=True)
class Point:
    """One thing that a board needs: what, what the portal knows of it in words, and where it is done.

    With `can_wait` the board works without it. `url_name` with `args` leads there, for those with `permission`.
    """

    what: str
    said: str
    is_set: bool
    url_name: str = ""
    args: tuple = ()
    permission: Permission | None = None
    can_wait: bool = False

    @property
    def is_missing(self) -> bool:
        return not self.is_set and not self.can_wait


@dataclass(frozen=True)
class Part:
    """Points that belong together."""

    title: str
    points: tuple[Point, ...]


def missing(parts: Iterable[Part]) -> list[Point]:
    """The points that the board cannot work without."""
    return [point for part in parts for point in part.points if point.is_missing]


def all_but(lacking: Sequence, total: int, fine: str) -> str:
    """Alla 14 har …; or who does not: ”Saknas för Boden, Kiruna och 3 till”."""
    if not total:
        return "Inga parter är införda."
    if not lacking:
        return fine
    names = [str(each) for each in lacking[:MOST_NAMES]]
    if more := len(lacking) - len(names):
        names.append(f"{more} till")
    return f"Saknas för {listed(names)}."
