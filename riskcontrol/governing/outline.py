"""A document's sections with their numbers, and what is left to do in each before it can be adopted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetings.text.markup import is_empty, plain_text

from ..models import GoverningDocument, GoverningSection
from .living import Drawn, drawn_of, is_known
from .numbering import Heading, numbers_of
from .own_blocks import without_names
from .placeholders import placeholders_in


@dataclass(frozen=True)
class Line:
    """A section in the outline: its number as printed, what is left to fill in, and blocks that nobody offers."""

    section: GoverningSection
    number: str
    placeholders: tuple[str, ...]
    unknown: tuple[str, ...]
    is_bare: bool
    is_only_heading: bool

    @property
    def label(self) -> str:
        return f"{self.number} {self.section.heading}".strip()

    @property
    def is_blocking(self) -> bool:
        return bool(self.placeholders or self.unknown)

    def is_late(self, today: date) -> bool:
        due_on = self.section.due_on
        return due_on is not None and due_on < today and self.section.ready_at is None


def heading_of(section: GoverningSection) -> Heading:
    return Heading(section.level, section.heading, section.is_numbered, section.in_contents)


def outline_of(sections: Sequence[GoverningSection]) -> list[Line]:
    """The sections of a document in their order, numbered. No queries."""
    sections = list(sections)
    numbers = numbers_of([heading_of(each) for each in sections])
    lines = []
    for at, (section, number) in enumerate(zip(sections, numbers, strict=True)):
        unknown = tuple(row["block"] for row in section.blocks if not is_known(row["block"]) and not section.frozen)
        holds = at + 1 < len(sections) and sections[at + 1].level > section.level
        is_bare = is_empty(section.html) and not section.blocks
        lines.append(Line(section, number, left_in(section), unknown, is_bare and not holds, is_bare and holds))
    return lines


def left_in(section: GoverningSection) -> tuple[str, ...]:
    """The placeholders of a section's heading, own text and captions."""
    captions = [row.get("caption", "") for row in section.blocks]
    return placeholders_in("\n".join([section.heading, plain_text(section.html), *captions]))


def left_around(document: GoverningDocument) -> list[tuple[str, str]]:
    """Placeholders outside the sections: where (title, editions, references) and what."""
    found = [("Rubriken", each) for each in placeholders_in(document.title)]
    for row in document.editions.all():
        found += [(f"Utgåvehistorik, {str(row).lower()}", each) for each in placeholders_in(row.comment)]
    for row in document.references.all():
        found += [(f"Referens {row.name}", each) for each in placeholders_in(f"{row.name} {row.edition}")]
    return found


@dataclass(frozen=True)
class BlockWord:
    """A living block that has something to say before the document is adopted: its section, and a sentence."""

    section: GoverningSection
    sentence: str


def words_of_blocks(document: GoverningDocument, sections: Sequence[GoverningSection]) -> list[BlockWord]:
    """What the living blocks lack: nothing to show, or approval lines without a name. Draws them all."""
    found = []
    for section in sections:
        for drawn in drawn_of(document, section):
            found += [BlockWord(section, each) for each in _lacking(drawn)]
    return found


def _lacking(drawn: Drawn) -> list[str]:
    if drawn.missing:
        return [drawn.missing]
    labels = [label.rstrip(": ") for label in without_names(drawn)]
    return [f"{label}: ingen är införd på den rollen för året." for label in labels]
