"""Blocks: text that parts of the portal make out of what they keep, to be put into a paragraph.

An app registers its blocks when it starts. Inserting one copies its text, which from then on belongs to the paragraph
and never changes by itself. The section remembers in `made_from` which blocks it was given, from which choices, when,
and a digest of the text then, so that the page can say when the source reads otherwise by now.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256

from enamnd.refusal import Refused
from meetings.text.markup import clean
from meetings.text.sections import Section

PREFIX = "block:"


@dataclass(frozen=True)
class Block:
    """A text to insert: `render` makes HTML of its options (a JSON object), `source` says where they come from.

    `form` is a Django form of the choices, with a method `options()` that gives them when the form is valid.
    """

    key: str
    name: str
    render: Callable[[dict], str]
    source: str
    form: type


@dataclass(frozen=True)
class Made:
    """That a block was put into a section: its key, its options, the digest of its text, and when (ISO)."""

    block: str
    options: dict
    digest: str
    at: str


@dataclass(frozen=True)
class Inserted:
    """A block in a section, for the page: its name, when it was inserted, and whether the source has changed since."""

    heading: str
    name: str
    at: str
    is_stale: bool


_BLOCKS: dict[str, Block] = {}


def register_block(block: Block):
    """Offer a block on the pages where protocols are written. The last one of a key is the one that counts."""
    _BLOCKS[block.key] = block


def blocks() -> list[Block]:
    """All blocks, in the order of their names."""
    return sorted(_BLOCKS.values(), key=lambda each: each.name)


def find_block(key: str) -> Block:
    if key not in _BLOCKS:
        raise Refused("Den texten finns inte att infoga. Välj en i listan.")
    return _BLOCKS[key]


def text_of(block: Block, options: dict) -> str:
    """The block's text as protocol text, cleaned."""
    return clean(block.render(options))


def made_now(block: Block, options: dict, html: str, at: str) -> Made:
    return Made(block.key, options, digest_of(html), at)


def digest_of(html: str) -> str:
    return sha256(html.encode()).hexdigest()[:16]


def made_of(section: Section) -> tuple[Made, ...]:
    """The blocks that a section was given, the first inserted first."""
    if not section.made_from.startswith(PREFIX):
        return ()
    return tuple(Made(**each) for each in json.loads(section.made_from.removeprefix(PREFIX)))


def remembering(section: Section, made: Made) -> str:
    """What the section's `made_from` is once it holds the block too. Refused where the portal writes the section."""
    if section.made_from and not section.made_from.startswith(PREFIX):
        raise Refused(f"Avsnittet {section.heading} skrivs ur det som hände på mötet. Välj ett annat.", field="section")
    kept = [asdict(each) for each in (*made_of(section), made)]
    return PREFIX + json.dumps(kept, ensure_ascii=False, sort_keys=True)


def inserted_in(sections: Iterable[Section]) -> list[Inserted]:
    """The blocks of a paragraph's sections, and how they stand to their sources."""
    return [
        Inserted(section.heading, _BLOCKS[made.block].name, made.at, _is_stale(made))
        for section in sections
        for made in made_of(section)
        if made.block in _BLOCKS
    ]


def _is_stale(made: Made) -> bool:
    return digest_of(text_of(_BLOCKS[made.block], made.options)) != made.digest
