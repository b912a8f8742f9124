"""What differs between a document and the one that it goes on from: own text word by word, living blocks row by row."""

from collections.abc import Iterable
from dataclasses import dataclass

from meetings.text.comparison import SAME, SectionChange
from meetings.text.markup import plain_text

from ..models import GoverningDocument, GoverningSection
from .as_text import compare_documents
from .living import Drawn, drawn_of
from .row_changes import RowChanges, compare_rows

NOTHING = RowChanges((), 0)


@dataclass(frozen=True)
class BlockChange:
    """A living block that is another than last year: `status` is changed, added or removed; rows when it is changed."""

    name: str
    status: str
    rows: RowChanges = NOTHING


@dataclass(frozen=True)
class ChangedSection:
    """A section that differs, in its own text or in its living blocks."""

    section: SectionChange
    blocks: tuple[BlockChange, ...]

    @property
    def is_text_same(self) -> bool:
        return self.section.status == SAME


def changed_sections(document: GoverningDocument) -> list[ChangedSection]:
    """The sections that differ from those of `document.previous`, in their order. Draws the blocks of both."""
    before, after = (list(each.sections.all()) for each in (document.previous, document))
    blocks = _changed_blocks(document, before, after)
    found = []
    for each in compare_documents(before, after).sections:
        others = blocks.get(each.key, ())
        if others or is_other(each):
            found.append(ChangedSection(each, others))
    return found


def is_other(section: SectionChange) -> bool:
    """Whether a section's text, heading or place differs."""
    return section.status != SAME or section.is_moved or section.old_heading is not None


def _changed_blocks(document, before: Iterable[GoverningSection], after: Iterable[GoverningSection]) -> dict:
    """Section key → what differs in its living blocks, for the sections that both documents have."""
    earlier = {each.key: each for each in before}
    pairs = ((earlier[each.key], each) for each in after if each.key in earlier)
    found = {new.key: tuple(_differing(document, old, new)) for old, new in pairs if old.blocks or new.blocks}
    return {key: blocks for key, blocks in found.items() if blocks}


def _differing(document, old: GoverningSection, new: GoverningSection):
    left = list(drawn_of(document.previous, old))
    kinds = {row["key"]: row["block"] for row in [*old.blocks, *new.blocks]}
    for now in drawn_of(document, new):
        then = _counterpart(now, left, kinds)
        if then is None:
            yield BlockChange(now.name, "added")
            continue
        left.remove(then)
        if words_of(then) != words_of(now):
            yield BlockChange(now.name, "changed", compare_rows(words_of(then), words_of(now)))
    yield from (BlockChange(each.name, "removed") for each in left)


def _counterpart(now: Drawn, left: list[Drawn], kinds: dict[str, str]) -> Drawn | None:
    """The same block last year: by its key, else one of the same kind."""
    same = [each for each in left if each.key == now.key]
    alike = [each for each in left if kinds[each.key] == kinds[now.key]]
    return next(iter([*same, *alike]), None)


def words_of(drawn: Drawn) -> str:
    """All that a block says, as plain text: a line for each row. A picture says no more than the table after it."""
    signers = [f"{label} {name}" for label, name in drawn.signers]
    return "\n".join(filter(None, [drawn.caption, drawn.words, *signers, plain_text(drawn.html), drawn.missing]))
