"""Tables of protocol text."""

from collections.abc import Iterable

from .markup_tree import escaped


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of plain texts: a row of headings, then the rows. Each line of a cell is a paragraph."""
    first = "".join(f"<th><p>{escaped(each)}</p></th>" for each in head)
    body = "".join("<tr>" + "".join(f"<td>{_lines(each)}</td>" for each in row) + "</tr>" for row in rows)
    return f"<table><tbody><tr>{first}</tr>{body}</tbody></table>"


def _lines(text: str) -> str:
    return "".join(f"<p>{escaped(line)}</p>" for line in text.split("\n"))
