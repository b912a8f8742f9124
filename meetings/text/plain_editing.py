"""Text sections in a plain text box, for those who write without JavaScript.

Paragraphs on lines of their own, list points as lines that begin with "- ". Whatever cannot be shown so without loss
(tables, headings, bold) is edited as its markup instead: a table never disappears because of a text box.
"""

import re

from meetings.text.markup_tree import Node, serialised, tree

_END_OF_BLOCK = re.compile(r"(</(?:p|li|ul|ol|tr|tbody|table|blockquote|h4|h5)>)")
_BROKEN = re.compile(r"(</(?:p|li|ul|ol|tr|tbody|table|blockquote|h4|h5)>)\s*\n\s*")


def as_lines(markup: str) -> str | None:
    """The markup as plain lines, or None when something in it would be lost on the way back."""
    if "<table" in markup:
        return None
    blocks = [_block_lines(node) for node in tree(markup).children]
    if any(block is None for block in blocks):
        return None
    lines = "\n\n".join(blocks)
    return lines if from_lines(lines) == markup else None


def _block_lines(node: Node | str) -> str | None:
    if isinstance(node, str):
        return None
    if node.name == "p":
        return _words(node)
    if node.name != "ul":
        return None
    points = [_point(point) for point in node.children]
    return None if None in points else "\n".join(f"- {point}" for point in points)


def _words(node: Node) -> str | None:
    return "".join(node.children) if all(isinstance(child, str) for child in node.children) else None


def _point(node: Node | str) -> str | None:
    """A list point of one paragraph of plain words."""
    if isinstance(node, str) or len(node.children) != 1 or not isinstance(node.children[0], Node):
        return None
    return _words(node.children[0]) if node.children[0].name == "p" else None


def from_lines(lines: str) -> str:
    """Markup of plain lines: lines that begin with a hyphen and a space are list points, other lines paragraphs."""
    blocks: list[Node] = []
    is_list_open = False
    for line in lines.replace("\r\n", "\n").split("\n"):
        text, is_point = line.strip(), line.startswith("- ")
        if is_point and is_list_open:
            blocks[-1].children.append(_made_point(text))
        elif is_point:
            blocks.append(Node("ul", children=[_made_point(text)]))
        elif text:
            blocks.append(Node("p", children=[text]))
        is_list_open = is_point
    return serialised(Node("", children=blocks))


def _made_point(text: str) -> Node:
    return Node("li", children=[Node("p", children=[text.removeprefix("-").strip()])])


def as_source(markup: str) -> str:
    """The markup itself with a line break after each block, easier to find one's way in."""
    return _END_OF_BLOCK.sub(r"\1\n", markup).strip()


def from_source(source: str) -> str:
    """The markup without those line breaks."""
    return _BROKEN.sub(r"\1", source.strip())
