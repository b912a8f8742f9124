"""Prints a protocol: the page for the screen, the finished PDF, and a quick PDF to look at while writing."""

import itertools
import re
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from weasyprint import Document

from enamnd.documents import pdf, pdf_join, pdf_prose
from enamnd.documents.signing.fields import signature_field
from meetings.paper.protocol import DECISION, PaperParagraph, PaperSection, ProtocolPaper, SignatureLine

WHOLE = ("cover", "contents", "attendance", "signatures")
_LINK_WITHIN = re.compile(r'<a href="#[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
UNKNOWN = "00 - 00"  # as wide as any range, so that the contents take as many pages as they will


@dataclass(frozen=True)
class ContentsLine:
    """A line of the table of contents; `pages` is "5 - 6", or "7" when the paragraph has one page."""

    key: str
    label: str
    title: str
    pages: str


@dataclass(frozen=True)
class PrintedSection:
    """A section as the template wants it: what it looks like is settled here."""

    heading: str
    kind: str
    items: tuple[str, ...]
    html: SafeString
    is_plain: bool
    is_numbered: bool


@dataclass(frozen=True)
class PrintedParagraph:
    """A paragraph as the template wants it."""

    key: str
    label: str
    title: str
    case_label: str
    sections: tuple[PrintedSection, ...]
    note: str = ""


def protocol_html(paper: ProtocolPaper) -> str:
    """The protocol as a whole page for the browser: the sheets of the paper, without page numbers."""
    return _page(paper, WHOLE, paper.paragraphs, _contents(paper, ""), on_screen=True)


def protocol_sheets(paper: ProtocolPaper) -> SafeString:
    """The same sheets without a page around them, to stand in an element of class `paper` beside print.css."""
    context = _context(paper, WHOLE, paper.paragraphs, _contents(paper, ""), on_screen=True)
    return render_to_string("print/protocol_pages.html", context)


def paragraph_part(paper: ProtocolPaper, paragraph: PaperParagraph) -> SafeString:
    """One paragraph as it is printed, to stand in another paper of the same style; links within the protocol go."""
    alone = replace(paragraph, sections=tuple(_without_places(each) for each in paragraph.sections))
    context = {"paper": paper, "paragraph": _printed(alone, _names(paper), on_screen=False)}
    return render_to_string("print/paragraph.html", context)


def _without_places(section: PaperSection) -> PaperSection:
    return replace(section, html=_LINK_WITHIN.sub(r"\1", section.html))


def protocol_pdf(paper: ProtocolPaper) -> bytes:
    """The protocol as PDF/A-2a and PDF/UA-1.

    All is laid out once with unknown page ranges; then they are known and the contents alone are laid out again.
    """
    sheets = _sheets(paper)
    page = _page(paper, WHOLE, paper.paragraphs, _contents(paper, UNKNOWN))
    document = pdf.lay_out(page, sheets=sheets, forms=bool(paper.to_sign))
    pages = _pages_of_anchors(document)
    first, total = pages["contents"], len(document.pages)
    starts = [pages[paragraph.key] for paragraph in paper.paragraphs]
    lines = _contents_with_pages(paper, starts, pages.get("signatures", total + 1))
    contents = pdf.lay_out(_page(paper, ("contents",), (), lines), sheets=sheets, css=_numbering(first, total))
    document.pages[first - 1 : first - 1 + len(contents.pages)] = contents.pages
    return pdf.archival(document, forms=bool(paper.to_sign))


def preview_pdf(paper: ProtocolPaper, cache) -> bytes:
    """The same pages as `protocol_pdf`, quickly, for looking at; neither tagged nor archival.

    Each paragraph begins a page, so each is laid out by itself and kept in `cache` (a Django cache) under a digest of
    its content; only what has changed is laid out again. Page numbers are stamped on when all is joined.
    """
    sheets = _sheets(paper)
    cover, *rest = pdf_join.pieces(_preview_pages(paper), sheets=sheets, cache=cache)
    contents = _piece_of_contents(paper, cover, rest, 1, sheets, cache)
    if contents.pages > 1:
        contents = _piece_of_contents(paper, cover, rest, contents.pages, sheets, cache)
    parts = [cover, contents, *rest]
    return pdf_join.join(
        parts,
        bookmarks=_bookmarks(paper, parts),
        title=_full_title(paper),
        language=paper.language,
        cache=cache,
    )


def page_range(start: int, end: int) -> str:
    """5 - 6, or 7 when it begins and ends on the same page."""
    return str(start) if end <= start else f"{start} - {end}"


# Contents ------------------------------------------------------------------------------------------------------------


def _contents(paper: ProtocolPaper, pages: str) -> list[ContentsLine]:
    return [ContentsLine(each.key, each.label, each.title, pages) for each in paper.paragraphs]


def _contents_with_pages(paper, starts: list[int], after: int) -> list[ContentsLine]:
    """Each paragraph begins a page, so it ends on the page before the next one."""
    nexts = [*starts[1:], after]
    return [
        ContentsLine(each.key, each.label, each.title, page_range(start, following - 1))
        for each, start, following in zip(paper.paragraphs, starts, nexts, strict=False)
    ]


def _pages_of_anchors(document: Document) -> dict[str, int]:
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            pages.setdefault(name, number)
    return pages


def _numbering(first: int, total: int) -> str:
    """Style for pages that are laid out alone but stand as number `first` and on in a paper of `total` pages."""
    return (
        f"@page :first {{ counter-reset: page {first} }}"
        f'@page {{ @bottom-right {{ content: "Sida " counter(page) " av {total}" }} }}'
    )


# Pieces of a preview -------------------------------------------------------------------------------------------------


def _preview_pages(paper: ProtocolPaper) -> list[str]:
    """All pieces but the contents, in order."""
    pages = [_page(paper, ("cover",), is_piece=True)]
    if paper.attendance:
        pages.append(_page(paper, ("attendance",), is_piece=True))
    pages += [_page(paper, (), (paragraph,), is_piece=True) for paragraph in paper.paragraphs]
    if paper.signatures or paper.to_sign:
        pages.append(_page(paper, ("signatures",), is_piece=True))
    return pages


def _piece_of_contents(paper, cover, rest, own_pages, sheets, cache) -> pdf_join.Piece:
    """The contents, which themselves take `own_pages` pages between the cover and the rest."""
    starts = list(itertools.accumulate((piece.pages for piece in rest), initial=cover.pages + own_pages + 1))
    first = 1 if paper.attendance else 0
    after = first + len(paper.paragraphs)
    lines = _contents_with_pages(paper, starts[first:after], starts[after])
    page = _page(paper, ("contents",), (), lines, is_piece=True)
    return pdf_join.pieces([page], sheets=sheets, cache=cache)[0]


def _bookmarks(paper: ProtocolPaper, parts: list[pdf_join.Piece]) -> list[pdf_join.Bookmark]:
    titles = [(paper.title, "cover"), (paper.contents_heading, "contents")]
    if paper.attendance:
        titles.append((paper.attendance_heading, "attendance"))
    titles += [(f"{each.label} {each.title}", each.key) for each in paper.paragraphs]
    if paper.signatures or paper.to_sign:
        titles.append((paper.signatures_heading, "signatures"))
    starts = itertools.accumulate((part.pages for part in parts), initial=1)
    return [pdf_join.Bookmark(title, key, page) for (title, key), page in zip(titles, starts, strict=False)]


# What the templates get ----------------------------------------------------------------------------------------------


def _page(paper, parts, paragraphs=(), contents=(), **flags) -> str:
    return render_to_string("print/protocol.html", _context(paper, parts, paragraphs, contents, **flags))


def _context(paper, parts, paragraphs, contents, *, on_screen=False, is_piece=False) -> dict:
    names = _names(paper)
    return {
        "paper": paper,
        "to_sign": [(each, "" if on_screen or is_piece else _field(each)) for each in paper.to_sign],
        "full_title": _full_title(paper),
        "parts": parts,
        "paragraphs": [_printed(paragraph, names, on_screen) for paragraph in paragraphs],
        "contents": contents,
        "on_screen": on_screen,
        "is_piece": is_piece,
    }


def _field(line: SignatureLine) -> SafeString:
    return signature_field(line.field, f"Elektronisk underskrift, {line.role.lower()} {line.name}")


def _full_title(paper: ProtocolPaper) -> str:
    return f"{paper.body_name}: {paper.title}"


def _sheets(paper: ProtocolPaper) -> tuple[str, ...]:
    return (pdf.PRINT, "css/print-draft.css") if paper.is_draft else (pdf.PRINT,)


def _printed(paragraph: PaperParagraph, names: tuple[str, ...], on_screen: bool) -> PrintedParagraph:
    sections = tuple(_printed_section(section, names, on_screen) for section in paragraph.sections)
    return PrintedParagraph(
        paragraph.key, paragraph.label, paragraph.title, paragraph.case_label, sections, paragraph.note
    )


def _printed_section(section: PaperSection, names: tuple[str, ...], on_screen: bool) -> PrintedSection:
    html = ""
    if section.html:
        under = 3 if section.heading else 2
        found = tuple(name for name in names if name in section.html)
        html = pdf_prose.prepared(section.html, names=found, under=under, on_screen=on_screen)
    is_decision = section.kind == DECISION
    return PrintedSection(
        heading=section.heading,
        kind=section.kind,
        items=section.items,
        html=mark_safe(html),  # noqa: S308 - prepared lets through its own list of elements alone
        is_plain=is_decision and len(section.items) == 1,
        is_numbered=is_decision and len(section.items) > 1,
    )


def _names(paper: ProtocolPaper) -> tuple[str, ...]:
    """The names of the attendance list, without party, for the text to keep whole."""
    people = {re.sub(r"\s*\(.*", "", person.name) for group in paper.attendance for person in group.people}
    return tuple(sorted(name for name in people if len(name) > 3))
