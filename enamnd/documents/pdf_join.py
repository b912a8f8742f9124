"""Quick papers to look at: pieces laid out one by one, kept, and joined with page numbers stamped on.

A piece always begins a page. What has not changed is found in the cache, which all worker processes share.
"""

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name
from weasyprint import VERSION

from enamnd.documents import pdf

KEPT_FOR = 7 * 24 * 3600  # seconds
POINTS = 0.75  # PDF points in a CSS pixel

_UNNUMBERED = "@page { @bottom-right { content: none } }"
_NUMBERS_ALONE = (
    "@page { background: none; @top-left { content: none; border: 0 } @top-center { content: none; border: 0 }"
    " @top-right { content: none; border: 0 } @bottom-left { content: none } }"
    "p { margin: 0; height: 0; break-after: page } p:last-child { break-after: auto }"
)


@dataclass(frozen=True)
class Link:
    """A link to an anchor of the paper: page within the piece (from 0), place in points, name of the anchor."""

    page: int
    place: tuple[float, float, float, float]
    target: str


@dataclass(frozen=True)
class Piece:
    """Pages without numbers, as an untagged PDF."""

    data: bytes
    pages: int
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Bookmark:
    """A line of the reader's outline; `key` is the anchor that links use, `page` is counted from 1."""

    title: str
    key: str
    page: int


def pieces(pages: Sequence[str], *, sheets: Sequence[str], cache) -> list[Piece]:
    """Lay out HTML pages, or take them from the cache."""
    keys = [_key("piece", html, sheets) for html in pages]
    found = cache.get_many(keys)
    return [
        found[key] if key in found else _laid_out(html, key, sheets, cache)
        for key, html in zip(keys, pages, strict=True)
    ]


def join(parts: Iterable[Piece], *, bookmarks: Sequence[Bookmark], title: str, language: str, cache) -> bytes:
    """One PDF of all the pieces, with "Sida x av y", links between the pieces and an outline."""
    parts = list(parts)
    total = sum(part.pages for part in parts)
    pages_of = {bookmark.key: bookmark.page for bookmark in bookmarks}
    out = io.BytesIO()
    with pikepdf.new() as paper, pikepdf.open(io.BytesIO(_numbers(total, cache))) as numbers:
        for part in parts:
            _add_piece(paper, part)
        for page, number in zip(paper.pages, numbers.pages, strict=True):
            page.add_overlay(number)
        _add_links(paper, parts, pages_of)
        _add_outline(paper, bookmarks)
        paper.docinfo["/Title"] = title
        paper.Root.Lang = pikepdf.String(language)
        paper.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        paper.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _laid_out(html: str, key: str, sheets: Sequence[str], cache) -> Piece:
    document = pdf.lay_out(html, sheets=sheets, css=_UNNUMBERED)
    links = []
    for number, page in enumerate(document.pages):
        for kind, target, (x1, y1, x2, y2), _ in page.links:
            if kind == "internal":
                top, bottom = page.height - y1, page.height - y2
                place = (x1 * POINTS, bottom * POINTS, x2 * POINTS, top * POINTS)
                links.append(Link(number, place, target))
        page.links = [link for link in page.links if link[0] != "internal"]
    piece = Piece(pdf.plain(document), len(document.pages), tuple(links))
    cache.set(key, piece, KEPT_FOR)
    return piece


def _numbers(total: int, cache) -> bytes:
    key = _key("numbers", str(total), (pdf.PRINT,))
    data = cache.get(key)
    if data is None:
        html = f'<html lang="sv"><body>{"<p></p>" * total}</body></html>'
        data = pdf.plain(pdf.lay_out(html, css=_NUMBERS_ALONE))
        cache.set(key, data, KEPT_FOR)
    return data


def _key(kind: str, content: str, sheets: Sequence[str]) -> str:
    digest = hashlib.sha256(content.encode())
    for sheet in sheets:
        digest.update(pdf.sheet_digest(sheet))
    return f"paper-{kind}-{VERSION}-{digest.hexdigest()}"


def _add_piece(paper: pikepdf.Pdf, part: Piece) -> None:
    with pikepdf.open(io.BytesIO(part.data)) as source:
        paper.pages.extend(source.pages)


def _add_links(paper: pikepdf.Pdf, parts: Sequence[Piece], pages_of: dict[str, int]) -> None:
    before = 0
    for part in parts:
        for link in part.links:
            if link.target in pages_of:
                _add_link(paper, before + link.page, link.place, pages_of[link.target])
        before += part.pages


def _add_link(paper: pikepdf.Pdf, number: int, place: tuple[float, ...], to: int) -> None:
    page = paper.pages[number].obj
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(x, 2) for x in place]),
        Border=Array([0, 0, 0]),
        Dest=Array([paper.pages[to - 1].obj, Name.Fit]),
    )
    if Name.Annots not in page:
        page.Annots = Array()
    page.Annots.append(paper.make_indirect(link))


def _add_outline(paper: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    with paper.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(each.title, each.page - 1) for each in bookmarks)
