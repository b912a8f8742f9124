"""Markup cut into tags and text, and built into a tree. Knows nothing of what is allowed where."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# Deeper than any paper; keeps walks over the tree within Python's stack.
MAX_DEPTH = 30
VOID = frozenset({"br", "hr", "img", "input", "wbr", "col", "embed", "link", "meta", "source", "area", "base"})

_ATTRIBUTE = r"""\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?"""
_TOKEN = re.compile(
    rf"(?P<text>[^<]+)|<(?P<start>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:{_ATTRIBUTE})*)\s*/?>"
    r"|</(?P<end>[a-zA-Z][a-zA-Z0-9-]*)\s*>|(?P<comment><!--(?:(?!<!--).)*?-->)|(?P<stray><)",
    re.DOTALL,
)
_ONE_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


class Token(NamedTuple):
    """`kind` is text, start, end, comment or stray (a < that begins no tag). `raw` is as written."""

    kind: str
    raw: str
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass
class Node:
    """An element, or the root (name ""). Children are nodes and plain strings without entities."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list = field(default_factory=list)


def tokens(markup: str) -> Iterator[Token]:
    """Every piece of the markup in order; the raw pieces together are the markup."""
    for found in _TOKEN.finditer(markup):
        kind = found.lastgroup if found.lastgroup != "attributes" else "start"
        name = (found["start"] or found["end"] or "").lower()
        yield Token(kind, found[0], name, _attributes(found["attributes"]) if found["attributes"] else ())


def _attributes(written: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.lower(), html.unescape(value[1:-1] if value[:1] in "\"'" else value))
        for name, value in _ONE_ATTRIBUTE.findall(written)
    )


def tree(markup: str) -> Node:
    """The markup as a tree. Never fails: what is left open is closed, an end without a beginning is passed over."""
    root = Node("")
    stack, ignored = [root], []
    for token in tokens(markup):
        if token.kind in {"text", "stray"}:
            stack[-1].children.append(html.unescape(token.raw))
        elif token.kind == "start":
            _open(stack, ignored, token)
        elif token.kind == "end":
            _close(stack, ignored, token.name)
    return root


def _open(stack: list[Node], ignored: list[str], token: Token) -> None:
    if len(stack) > MAX_DEPTH and token.name not in VOID:
        ignored.append(token.name)
        return
    node = Node(token.name, dict(token.attributes))
    stack[-1].children.append(node)
    if token.name not in VOID:
        stack.append(node)


def _close(stack: list[Node], ignored: list[str], name: str) -> None:
    if ignored and ignored[-1] == name:
        ignored.pop()
        return
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return


def serialised(node: Node) -> str:
    """The markup of the node's children (of the whole when the node is the root)."""
    return "".join(
        escaped(child) if isinstance(child, str) else f"{_start(child)}{serialised(child)}</{child.name}>"
        for child in node.children
    )


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _start(node: Node) -> str:
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attributes.items())
    return f"<{node.name}{attributes}>"


def text_of(node: Node | str) -> str:
    """All text under the node, without breaks between its parts."""
    return node if isinstance(node, str) else "".join(map(text_of, node.children))
