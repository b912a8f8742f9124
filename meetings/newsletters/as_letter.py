"""A newsletter as the plain text of a letter."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from meetings.text.markup_tags import INLINE
from meetings.text.markup_tree import Node, tree

CLOSE = {"h5", "li", "tr"}  # what comes after stands on the next line


def as_letter(markup: str, portal: str) -> str:
    """The text with headings on lines of their own, points behind hyphens or numbers, and addresses written out.

    `portal` is its address, "https://portalen.example.se": addresses within it ("/protokoll/1/") become whole.
    """
    lines, before = [], ""
    for kind, line in _lines(tree(markup), partial(_words, portal=portal.rstrip("/"))):
        is_close = before == "h5" or (kind == before and kind in CLOSE)
        lines += [line] if is_close or not lines else ["", line]
        before = kind
    return "\n".join(lines)


def _lines(node: Node, words) -> Iterator[tuple[str, str]]:
    """What each line is ("h4", "h5", "p", "li", "tr"), and how it reads."""
    for is_inline, run in groupby(node.children, key=lambda each: isinstance(each, str) or each.name in INLINE):
        if is_inline:
            if text := " ".join("".join(map(words, run)).split()):
                yield "p", text
            continue
        for child in run:
            yield from _block(child, words)


def _block(node: Node, words) -> Iterator[tuple[str, str]]:
    if node.name in ("ul", "ol"):
        yield from _points(node, words)
    elif node.name == "tr":
        cells = (" ".join(line for _, line in _lines(cell, words)) for cell in node.children if isinstance(cell, Node))
        yield "tr", " | ".join(cells)
    elif node.name == "blockquote":
        yield from ((kind, f"> {line}") for kind, line in _lines(node, words))
    elif node.name in ("h4", "h5"):
        yield from ((node.name, line.upper() if node.name == "h4" else line) for _, line in _lines(node, words))
    else:
        yield from _lines(node, words)


def _points(node: Node, words) -> Iterator[tuple[str, str]]:
    """Each point behind its mark, the rest of it indented under that."""
    points = [each for each in node.children if isinstance(each, Node)]
    for number, point in enumerate(points, 1):
        mark = f"{number}. " if node.name == "ol" else "- "
        for at, (_, line) in enumerate(_lines(point, words)):
            yield "li", (mark if at == 0 else " " * len(mark)) + line


def _words(node: Node | str, portal: str) -> str:
    """The words, with the address behind those that are a link."""
    if isinstance(node, str):
        return node
    text = "".join(_words(each, portal) for each in node.children)
    if node.name != "a":
        return text
    address = node.attributes.get("href", "")
    address = portal + address if address.startswith("/") else address.removeprefix("mailto:")
    return text if text.strip() == address else f"{text} ({address})"
