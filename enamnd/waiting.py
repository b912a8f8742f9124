"""A thing that waits for somebody: what every part of the portal tells the start page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """A thing to do: by when (None: no day), what, why, and the address where it is done."""

    due_on: date | None
    what: str
    why: str
    href: str
    verb: str
