"""What each app has to give of a year: the registry behind packages of papers, such as the auditors'.

An app registers a part when it starts, the way it registers its texts for protocols. A part finds what is issued and
public to whoever may read the portal's papers, never anything under secrecy, and says plainly what it lacks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Paper, StoredFile


@dataclass(frozen=True)
class Enclosure:
    """A file of a package: its name with ending, what it is called, its size in bytes (0 when it is made on demand).

    `read` gives the bytes; it is called once, when the package is made.
    """

    name: str
    title: str
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Contribution:
    """What a part gives of a year: its files in order, and sentences about what is not among them and why."""

    enclosures: tuple[Enclosure, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a package: `collect` takes a year. `key` is what packages call it, `name` what people do."""

    key: str
    name: str
    collect: Callable[[int], Contribution]


_PARTS: dict[str, list[Part]] = {}


def register_part(part: Part):
    """Offer a part. Several apps may give to the same key; the last one of a key and name is the one that counts."""
    others = [each for each in _PARTS.get(part.key, []) if each.name != part.name]
    _PARTS[part.key] = [*others, part]


def parts_of(key: str) -> tuple[Part, ...]:
    """The parts that are registered under a key; none when no app has anything of the kind."""
    return tuple(_PARTS.get(key, ()))


def keys() -> tuple[str, ...]:
    return tuple(_PARTS)


def paper_enclosure(paper: Paper, name: str, title: str) -> Enclosure:
    """An issued paper as it is kept, byte for byte. `paper` has its file loaded, without content."""
    key = paper.file_id
    return Enclosure(
        name, title, paper.file.size, lambda: bytes(StoredFile.objects.values_list("content", flat=True).get(pk=key))
    )
