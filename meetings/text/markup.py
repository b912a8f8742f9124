"""The markup of protocol text: what is wrong with a text, its plain words, its cross-references on display.

The tags are those of the meeting interchange format: paragraphs, lists, tables, quotes, two levels of headings and
a few marks. A line break is a new paragraph; there is no <br>.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from meetings.text.markup_cleaning import clean
from meetings.text.markup_tags import ATTRIBUTES, CHILDREN, CONTROL, COUNT, INLINE, TAGS, is_allowed_address
from meetings.text.markup_tree import MAX_DEPTH, VOID, Node, Token, escaped, text_of, tokens, tree
from meetings.text.references import Reference, find_references

__all__ = ["Block", "blocks_of", "clean", "is_empty", "link_references", "plain_text", "problems_in"]

MISSING_TITLE = "Paragrafen finns inte i portalen"


def problems_in(markup: str) -> tuple[str, ...]:
    """Everything that keeps the markup from being protocol text, as Swedish half-sentences; nothing when it is.

    Strict: nothing is repaired. Used where a text comes from outside (import) and must not be changed silently.
    """
    check = _Check()
    for token in tokens(markup):
        check.take(token)
    check.finish()
    return tuple(dict.fromkeys(check.problems))


class _Check:
    """The walk of `problems_in`: the open tags and what has been found."""

    def __init__(self):
        self.open: list[str] = []
        self.problems: list[str] = []

    def take(self, token: Token) -> None:
        getattr(self, f"_{token.kind}")(token)

    def finish(self) -> None:
        self.problems.extend(f"taggen <{name}> stängs aldrig" for name in self.open)

    def _text(self, token: Token) -> None:
        text = html.unescape(token.raw)
        if CONTROL.search(text):
            self.problems.append("styrtecken tas inte emot i text")
        inside = self.open[-1] if self.open else ""
        if inside in {"ul", "ol", "table", "tbody", "tr"} and text.strip():
            self.problems.append(f"text får inte stå direkt i <{inside}>")

    def _stray(self, token: Token) -> None:
        self.problems.append("tecknet < som inte hör till en tagg ska skrivas &lt;")

    def _comment(self, token: Token) -> None:
        self.problems.append("kommentarer (<!-- -->) tas inte emot")

    def _start(self, token: Token) -> None:
        name = token.name
        if name not in TAGS:
            self.problems.append(f"taggen <{name}> tas inte emot")
        else:
            self.problems.extend(_attribute_problems(token))
            self._check_place(name)
        if token.raw.endswith("/>") and name in TAGS:
            self.problems.append(f"taggen <{name}/> ska ha en sluttagg")
        elif name not in VOID:
            self.open.append(name)

    def _check_place(self, name: str) -> None:
        inside = next((tag for tag in reversed(self.open) if tag in TAGS), "")
        if name == "table" and "table" in self.open:
            self.problems.append("tabell inuti tabell tas inte emot")
        elif name not in CHILDREN[inside] and name == "li":
            self.problems.append("taggen <li> står utanför en lista")
        elif name not in CHILDREN[inside] and name in {"td", "th", "tr", "tbody"}:
            self.problems.append(f"taggen <{name}> står på fel plats i eller utanför en tabell")
        elif name not in CHILDREN[inside]:
            self.problems.append(f"taggen <{name}> får inte stå i <{inside}>")
        elif name == "a" and "a" in self.open:
            self.problems.append("länk inuti länk tas inte emot")
        if len(self.open) > 2 * MAX_DEPTH:
            self.problems.append(f"texten har fler än {2 * MAX_DEPTH} nivåer")

    def _end(self, token: Token) -> None:
        if token.name not in self.open:
            self.problems.append(f"sluttaggen </{token.name}> har ingen början")
            return
        while (name := self.open.pop()) != token.name:
            self.problems.append(f"taggen <{name}> stängs inte före </{token.name}>")


def _attribute_problems(token: Token) -> Iterator[str]:
    for name, value in token.attributes:
        if name not in ATTRIBUTES.get(token.name, ()):
            yield f"attributet {name} på taggen <{token.name}> tas inte emot"
        elif name == "href" and not is_allowed_address(value):
            yield f"länken ”{value[:80]}” tas inte emot, bara http, https, mailto och adresser inom portalen"
        elif name != "href" and not COUNT.fullmatch(value):
            yield f"attributet {name}=”{value[:20]}” ska vara ett heltal från 1"
    if len({name for name, _ in token.attributes}) < len(token.attributes):
        yield f"taggen <{token.name}> har samma attribut två gånger"
    if token.name == "a" and "href" not in dict(token.attributes):
        yield "taggen <a> saknar href"


# Plain words


@dataclass(frozen=True)
class Block:
    """A stretch of text that stands by itself.

    `name` is the innermost of h4, h5, li, td, th, blockquote that holds it, else p. A table cell is one block, also
    when it is empty; `row` counts the rows of all tables from 1 and is None outside tables.
    """

    name: str
    text: str
    row: int | None = None


def blocks_of(markup: str) -> tuple[Block, ...]:
    """The texts of the markup in printed order; empty ones only for table cells."""
    rows = iter(range(1, len(markup) + 2))
    return tuple(_blocks(tree(markup), "p", rows))


def _blocks(node: Node, name: str, rows: Iterator[int]) -> Iterator[Block]:
    for is_inline, children in groupby(node.children, key=lambda child: isinstance(child, str) or child.name in INLINE):
        if is_inline:
            if text := _spaced("".join(map(text_of, children))):
                yield Block(name, text)
            continue
        for child in children:
            yield from _blocks_of_child(child, name, rows)


def _blocks_of_child(child: Node, name: str, rows: Iterator[int]) -> Iterator[Block]:
    if child.name != "tr":
        yield from _blocks(child, child.name if child.name in {"h4", "h5", "li", "blockquote"} else name, rows)
        return
    row = next(rows)
    for cell in child.children:
        if isinstance(cell, Node):
            yield Block(cell.name, "\n".join(block.text for block in _blocks(cell, cell.name, rows)), row)


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def plain_text(markup: str) -> str:
    """The words: one line a block, the cells of a table row on one line with tabs between."""
    lines = []
    for row, blocks in groupby(blocks_of(markup), key=lambda block: block.row):
        texts = [block.text for block in blocks]
        lines += ["\t".join(text.replace("\n", " ") for text in texts)] if row else texts
    return "\n".join(lines)


def is_empty(markup: str) -> bool:
    """Whether there is nothing to print: no words and no table."""
    return "<table" not in markup.lower() and not plain_text(markup).strip()


# Display


def link_references(markup: str, resolve: Callable[[Reference], str | None]) -> str:
    """The markup with its cross-references made visible, for display only.

    `resolve` gives the address of a reference, None when its target does not exist (the reference is marked), or ""
    to leave it as it is. Existing links and all tags stay as they are.
    """
    if "§" not in html.unescape(markup):
        return markup
    shown, links = [], 0
    for token in tokens(markup):
        if token.name == "a":
            links += 1 if token.kind == "start" else -1
        if token.kind in {"text", "stray"} and links <= 0:
            shown.append(_linked(html.unescape(token.raw), resolve))
        else:
            shown.append(token.raw)
    return "".join(shown)


def _linked(text: str, resolve: Callable[[Reference], str | None]) -> str:
    shown, at = [], 0
    for reference in find_references(text):
        shown.append(escaped(text[at : reference.start]))
        shown.append(_shown(reference, resolve(reference)))
        at = reference.end
    return "".join([*shown, escaped(text[at:])])


def _shown(reference: Reference, address: str | None) -> str:
    text = escaped(reference.text)
    if address is None:
        return f'<span class="reference-missing" title="{MISSING_TITLE}">{text}</span>'
    return f'<a href="{html.escape(address)}">{text}</a>' if address else text
