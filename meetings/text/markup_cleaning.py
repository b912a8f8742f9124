"""Making the text of an editor, or of a paste from elsewhere, into protocol text without losing a word."""

from collections.abc import Callable, Iterator
from itertools import groupby

import nh3

from meetings.text.markup_tags import ATTRIBUTES, CONTROL, COUNT, FLOW, INLINE, is_allowed_address
from meetings.text.markup_tree import Node, serialised, text_of, tree

_SAME = {
    "b": "strong",
    "i": "em",
    "del": "s",
    "strike": "s",
    "h1": "h4",
    "h2": "h4",
    "h3": "h4",
    "h6": "h5",
    "div": "p",
    "caption": "p",
    "thead": "tbody",
    "tfoot": "tbody",
}
_PARSED = FLOW | INLINE | {"li", "tbody", "tr", "td", "th", "br"} | set(_SAME)
_CELLS = frozenset({"td", "th"})


def clean(markup: str) -> str:
    """Markup that has no `problems_in`, with every word of what came in (scripts and styles are not words).

    Other tags become their nearest kin (b strong, h2 h4, div p, thead tbody, br a new paragraph) or fall away around
    their words; a table in a table becomes paragraphs; empty paragraphs at the end are dropped. Clean markup from
    the editor comes back as it was.
    """
    parsed = nh3.clean(
        CONTROL.sub("", markup),
        tags=set(_PARSED),
        attributes={name: set(allowed) for name, allowed in ATTRIBUTES.items()},
        link_rel=None,
    )
    root = tree(CONTROL.sub("", parsed))
    _rename(root)
    blocks = _flow(root.children)
    while blocks and blocks[-1].name == "p" and not text_of(blocks[-1]).strip():
        blocks.pop()
    return serialised(Node("", children=blocks))


def _rename(node: Node) -> None:
    for child in node.children:
        if isinstance(child, Node):
            child.name = _SAME.get(child.name, child.name)
            child.attributes = dict(_attributes(child))
            _rename(child)


def _attributes(node: Node) -> Iterator[tuple[str, str]]:
    for name, value in node.attributes.items():
        if name not in ATTRIBUTES.get(node.name, ()):
            continue
        if name == "href":
            value = value.strip().replace(" ", "%20")
        if is_allowed_address(value) if name == "href" else COUNT.fullmatch(value) and value != "1":
            yield name, value


def _flow(children: list, *, wrap: str = "p", in_table: bool = False) -> list[Node]:
    """Blocks of what may stand in running text: loose words are wrapped, each block is put in order by its kind."""
    blocks, run = [], []

    def close():
        if _has_words(run):
            blocks.append(Node(wrap, children=run.copy()))
        run.clear()

    for child in children:
        if isinstance(child, str):
            run.append(child)
        elif _is_inline(child):
            run.extend(_inline(child))
        else:
            close()
            blocks.extend(_block(child, wrap, in_table))
    close()
    return _with_lists(blocks)


def _has_words(run: list) -> bool:
    return bool("".join(map(text_of, run)).strip())


def _is_inline(node: Node) -> bool:
    return node.name in INLINE and all(isinstance(child, str) or _is_inline(child) for child in node.children)


def _inline(node: Node, in_link: bool = False) -> list:
    is_link = node.name == "a"
    children = []
    for child in node.children:
        children.extend([child] if isinstance(child, str) else _inline(child, in_link or is_link))
    if is_link and (in_link or "href" not in node.attributes):
        return children
    return [Node(node.name, node.attributes, children)]


def _spread(mark: Node) -> list:
    """The mark laid on each stretch of words within it, so that a break or block between them can stand free."""
    return [
        Node(mark.name, mark.attributes, [child]) if isinstance(child, str) or _is_inline(child) else child
        for child in mark.children
    ]


def _with_lists(blocks: list[Node]) -> list[Node]:
    """Loose list points become lists."""
    grouped = []
    for is_point, same in groupby(blocks, key=lambda block: block.name == "li"):
        found = list(same)
        grouped.extend([Node("ul", children=found)] if is_point else found)
    return grouped


def _block(node: Node, wrap: str, in_table: bool) -> list[Node]:
    make = _MAKERS.get(node.name, _transparent)
    return make(node, wrap, in_table)


def _transparent(node: Node, wrap: str, in_table: bool) -> list[Node]:
    children = _spread(node) if node.name in INLINE else node.children
    return _flow(children, wrap=wrap, in_table=in_table)


def _paragraph(node: Node, wrap: str, in_table: bool) -> list[Node]:
    return _flow(node.children, in_table=in_table) or [Node("p", children=_only_text(node))]


def _only_text(node: Node) -> list:
    """What an empty paragraph holds: perhaps a no-break space that somebody wrote on purpose."""
    return [text] if (text := text_of(node)) else []


def _heading(node: Node, wrap: str, in_table: bool) -> list[Node]:
    return _flow(node.children, wrap=node.name, in_table=in_table)


def _quote(node: Node, wrap: str, in_table: bool) -> list[Node]:
    blocks = _flow(node.children, in_table=in_table)
    return [Node("blockquote", children=blocks)] if blocks else []


def _point(node: Node, wrap: str, in_table: bool) -> list[Node]:
    return [Node("li", children=_flow(node.children, in_table=in_table) or [Node("p")])]


def _list(node: Node, wrap: str, in_table: bool) -> list[Node]:
    points, loose = [], []

    def close():
        if blocks := _flow(loose, in_table=in_table):
            if points and all(block.name in {"ul", "ol"} for block in blocks):
                points[-1].children.extend(blocks)
            else:
                points.append(Node("li", children=blocks))
        loose.clear()

    for child in node.children:
        if isinstance(child, Node) and child.name == "li":
            close()
            points.extend(_point(child, wrap, in_table))
        else:
            loose.append(child)
    close()
    return [Node(node.name, node.attributes, points)] if points else []


def _table(node: Node, wrap: str, in_table: bool) -> list[Node]:
    rows, strays = [], []
    _gather_rows(node, rows, strays)
    before = _flow(strays, in_table=in_table)
    if in_table:
        cells = [child for row in rows for child in row.children]
        return before + [block for cell in cells for block in _flow([cell], in_table=True)]
    rows = [made for row in rows if (made := _row(row)).children]
    return before + ([Node("table", children=[Node("tbody", children=rows)])] if rows else [])


def _gather_rows(node: Node, rows: list[Node], strays: list) -> None:
    for child in node.children:
        if isinstance(child, Node) and child.name == "tr":
            rows.append(child)
        elif isinstance(child, Node) and child.name == "tbody":
            _gather_rows(child, rows, strays)
        else:
            strays.append(child)


def _row(row: Node) -> Node:
    cells = []
    for child in row.children:
        if isinstance(child, Node) and child.name in _CELLS:
            content = _flow(child.children, in_table=True) or [Node("p")]
            cells.append(Node(child.name, child.attributes, content))
        elif _has_words([child]):
            cells.append(Node("td", children=_flow([child], in_table=True)))
    return Node("tr", children=cells)


_MAKERS: dict[str, Callable[[Node, str, bool], list[Node]]] = {
    "p": _paragraph,
    "h4": _heading,
    "h5": _heading,
    "blockquote": _quote,
    "li": _point,
    "ul": _list,
    "ol": _list,
    "table": _table,
}
