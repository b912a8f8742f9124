"""Papers: HTML and the print style sheets in, archival and accessible PDF out.

Files are PDF/A-2a (3a when something is attached) and PDF/UA-1 at once: ISO 19005-2/-3 and ISO 14289-1. The engine is
WeasyPrint; it reaches no address but the portal's own fonts and pictures.
"""

import functools
import hashlib
import io
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf
import pydyf
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from enamnd.documents import pdf_letters, pdf_tags
from enamnd.documents.signing.fields import prepare_fields

STATIC = Path(__file__).resolve().parents[2] / "static"
READABLE = {
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
PRINT = "css/print.css"

# Pango's font maps may not be used by two threads at once.
_engine = threading.RLock()
_POINT = re.compile(r"(<li\b[^>]*>)")


class RefusedAddress(ValueError):
    """A paper asked for something outside the portal's own fonts and pictures."""


class OwnFilesOnly(URLFetcher):
    """Fetches files under `static/` and nothing else: no network, no other files, no data addresses."""

    def fetch(self, url, headers=None):
        if url.startswith(pdf_letters.BOXES):
            return URLFetcherResponse(url, pdf_letters.boxes(url), {"Content-Type": "font/ttf"})
        path = self._own_path(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": READABLE[path.suffix]})

    @staticmethod
    def _own_path(url: str) -> Path:
        path = Path(URLFetcherResponse(url).path or "/").resolve()
        if not path.is_relative_to(STATIC) or path.suffix not in READABLE:
            raise RefusedAddress(f"Papperet får inte hämta {url[:200]}: bara portalens egna typsnitt och bilder")
        return path


def render_pdf(
    html: str,
    *,
    sheets: Iterable[str] = (PRINT,),
    css: str = "",
    attachments: Iterable[Attachment] = (),
    finisher: Callable[[Document, pydyf.PDF], None] | None = None,
    forms: bool = False,
) -> bytes:
    """Print a whole HTML page as one PDF/A and PDF/UA file.

    Title, language, author and dates come from the page itself (`title`, `html lang`, `meta name=author`,
    `dcterms.created`, `dcterms.modified`). `sheets` are style sheets under `static/`, `css` is added after them. With
    `forms`, what `signing.fields.signature_field` printed becomes empty signature fields.
    """
    document = lay_out(html, sheets=sheets, css=css, forms=forms)
    return archival(document, attachments=attachments, finisher=finisher, forms=forms)


def lay_out(html: str, *, sheets: Iterable[str] = (PRINT,), css: str = "", forms: bool = False) -> Document:
    """Lay an HTML page out on sheets of paper, without writing a file yet."""
    html, faces = pdf_letters.printable(html)
    css += faces
    with _engine:
        styles = [style_sheet(name) for name in sheets]
        if css:
            styles.append(CSS(string=css, font_config=_fonts(), url_fetcher=OwnFilesOnly(), base_url=_base()))
        page = HTML(string=_with_list_bodies(html), base_url=_base(), url_fetcher=OwnFilesOnly())
        return page.render(font_config=_fonts(), stylesheets=styles, pdf_variant="pdf/a-2a", pdf_forms=forms)


def archival(
    document: Document,
    *,
    attachments: Iterable[Attachment] = (),
    finisher: Callable[[Document, pydyf.PDF], None] | None = None,
    forms: bool = False,
) -> bytes:
    """Write laid-out pages as PDF/A-2a, or 3a with attachments, and PDF/UA-1."""
    attachments = list(attachments)

    def finish(document, pdf):
        pdf_tags.name_links(document)
        pdf_tags.scope_headers(pdf)
        pdf_tags.name_attachments_once(pdf)
        if forms:
            prepare_fields(document, pdf)
        if finisher:
            finisher(document, pdf)

    pdf_tags.claim_pdf_ua(document.metadata)
    pdf_tags.link_once(document)
    with _engine:
        data = document.write_pdf(
            pdf_variant="pdf/a-3a" if attachments else "pdf/a-2a",
            attachments=attachments,
            finisher=finish,
            pdf_forms=forms,
            uncompressed_pdf=True,  # compact does it, and quicker
        )
    return compact(data)


def plain(document: Document) -> bytes:
    """Write laid-out pages as an untagged PDF: quick, for looking at."""
    with _engine:
        return document.write_pdf(output_intent="srgb")


def compact(data: bytes) -> bytes:
    """The same file compressed, with its objects in small streams: a signing library reads it many times faster."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


@functools.cache
def style_sheet(name: str) -> CSS:
    """A style sheet under `static/`, parsed once in the life of the process."""
    return CSS(filename=STATIC / name, font_config=_fonts(), url_fetcher=OwnFilesOnly())


@functools.cache
def sheet_digest(name: str) -> bytes:
    """SHA-256 of a style sheet under `static/`, to tell whether something kept was drawn with it."""
    return hashlib.sha256((STATIC / name).read_bytes()).digest()


@functools.cache
def _fonts() -> FontConfiguration:
    return pdf_letters.own_fonts()


@functools.cache
def _base() -> str:
    return (STATIC / "css").as_uri() + "/"


def _with_list_bodies(html: str) -> str:
    """PDF wants a point of a list to hold its mark and its body (LI: Lbl, LBody); the engine tags a dd so."""
    return _POINT.sub(r"\1<dd>", html).replace("</li>", "</dd></li>")
