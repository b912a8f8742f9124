"""Footnotes and captions of written text. Plain Python.

A footnote is written where it belongs: ”enligt lagen [fotnot: Kommunallag 2017:725.]”. A paragraph ”Tabell: …” just
before a table is the table's caption. Tables and figures are numbered through the document (R305).
"""

import re
from dataclasses import dataclass

NOTE = re.compile(r"\s*\[\s*fotnot:\s*([^\[\]]*)\]", re.IGNORECASE)
_CAPTION = re.compile(r"<p>\s*Tabell:\s*((?:(?!</p>).)*)</p>\s*<table([^>]*)>", re.IGNORECASE | re.DOTALL)
_TABLE = re.compile(r"<table([^>]*)>")


@dataclass
class Counter:
    """How many tables and figures with a caption there have been so far in a document."""

    tables: int = 0
    figures: int = 0

    def table(self, words: str) -> str:
        self.tables += 1
        return f"Tabell {self.tables}. {words}"

    def figure(self, words: str) -> str:
        self.figures += 1
        return f"Figur {self.figures}. {words}"


def with_notes(html: str) -> str:
    """Prepared HTML with its footnotes as elements of class footnote."""
    return NOTE.sub(r'<span class="footnote">\1</span>', html)


def with_captions(html: str, counter: Counter, caption: str = "") -> str:
    """Prepared HTML whose tables have numbered captions; `caption` (plain text, escaped) goes to the first table."""
    html = _CAPTION.sub(lambda found: f"<table{found[2]}><caption>{counter.table(found[1].strip())}</caption>", html)
    if caption and (first := _TABLE.search(html)):
        made = f"{first[0]}<caption>{counter.table(caption)}</caption>"
        html = html[: first.start()] + made + html[first.end() :]
    return html
