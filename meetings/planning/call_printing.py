"""Prints a call: the agenda as an archival PDF, with the papers behind it in one file, and all of it as one ZIP."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from django.template.loader import render_to_string
from pikepdf import Name

from enamnd.documents import pdf
from enamnd.documents.models import StoredFile
from meetings.planning.calling import CallDocument, CallPaper

ARCHIVAL_CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
UNKNOWN = "000"
UNREADABLE = (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, TypeError, ValueError)
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True)
class PrintedDocument:
    """A paper as the agenda lists it: on which page it begins, or why it is not behind the agenda."""

    title: str
    number: str
    page: str = ""
    note: str = ""


@dataclass(frozen=True)
class PrintedItem:
    """An item as the template wants it."""

    label: str
    title: str
    case_number: str
    mark: str
    is_new: bool
    documents: tuple[PrintedDocument, ...]


@dataclass(frozen=True)
class PrintedCall:
    """`whole`: the agenda and the papers in one PDF; `agenda`: the agenda alone, PDF/A-2a and PDF/UA-1."""

    whole: bytes
    agenda: bytes


def content_of(sha256: str) -> bytes:
    """The bytes of a kept file."""
    return bytes(StoredFile.objects.only("content").get(pk=sha256).content)


def print_call(paper: CallPaper, content: Callable[[str], bytes] = content_of) -> PrintedCall:
    """Print the call. A paper that is no PDF, or a PDF that cannot be read, is listed and found in the ZIP.

    The agenda is laid out twice: first to see how many pages it takes, then with the pages that the papers begin on.
    The file with papers from elsewhere behind the agenda claims no archival standard, since they may not follow it;
    the agenda alone does, and stands in the ZIP with the papers as they came.
    """
    with ExitStack() as stack:
        papers = {each.key: opened(each, content, stack) for each in paper.documents}
        readable = {key: found for key, found in papers.items() if found is not None}
        own_pages = len(lay_out(paper, readable, dict.fromkeys(readable, UNKNOWN)).pages)
        starts = starts_of(paper, readable, own_pages)
        agenda = pdf.archival(lay_out(paper, readable, {key: str(page) for key, page in starts.items()}))
        return PrintedCall(join(agenda, paper, readable, starts) if readable else agenda, agenda)


def opened(document: CallDocument, content: Callable, stack: ExitStack) -> pikepdf.Pdf | None:
    """The paper ready to be joined, or None for what is no PDF, is encrypted or broken."""
    if not document.is_pdf:
        return None
    try:
        found = stack.enter_context(pikepdf.open(io.BytesIO(content(document.file))))
        return found if not found.is_encrypted and can_be_joined(found) else None
    except UNREADABLE:
        return None


def can_be_joined(found: pikepdf.Pdf) -> bool:
    """Whether it has pages that another file can take over: tried on a file that is thrown away."""
    with pikepdf.new() as trial:
        trial.pages.extend(found.pages)
        trial.save(io.BytesIO())
        return len(trial.pages) > 0


def lay_out(paper: CallPaper, readable: Mapping, pages: Mapping[int, str]):
    items = [printed(item, readable, pages) for item in paper.items]
    sheets = (pdf.PRINT, "css/print-call.css", *(("css/print-draft.css",) if paper.is_draft else ()))
    return pdf.lay_out(render_to_string("print/call.html", {"paper": paper, "items": items}), sheets=sheets)


def printed(item, readable: Mapping, pages: Mapping[int, str]) -> PrintedItem:
    documents = tuple(
        PrintedDocument(each.title, each.number, pages.get(each.key, ""), "" if each.key in readable else why(each))
        for each in item.documents
    )
    return PrintedItem(item.label, item.title, item.case_number, item.mark, item.is_new, documents)


def why(document: CallDocument) -> str:
    """Why a paper is not behind the agenda."""
    if document.secrecy:
        return f"lämnas ut för sig, {document.secrecy}"
    if document.is_unreleased:
        return "arbetsmaterial som inte är godkänt"
    return "finns som egen fil" if document.file else "har ingen fil i portalen"


def starts_of(paper: CallPaper, readable: Mapping[int, pikepdf.Pdf], own_pages: int) -> dict[int, int]:
    """The page where each paper begins, in the order of the agenda; a paper of two items stands there once."""
    starts, following = {}, own_pages + 1
    for document in paper.documents:
        if document.key in readable and document.key not in starts:
            starts[document.key] = following
            following += len(readable[document.key].pages)
    return starts


# One file ------------------------------------------------------------------------------------------------------------


def join(agenda: bytes, paper: CallPaper, readable: Mapping[int, pikepdf.Pdf], starts: dict[int, int]) -> bytes:
    """The papers behind the agenda, with a bookmark for each item and each paper."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(agenda)) as whole:
        for key in starts:
            whole.pages.extend(readable[key].pages)
        for page in whole.pages:
            disarm(page.obj)
        bookmark(whole, paper, starts)
        with whole.open_metadata(set_pikepdf_as_editor=False) as claims:
            for name in ARCHIVAL_CLAIMS:
                if name in claims:
                    del claims[name]
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def disarm(page: pikepdf.Dictionary):
    """Leave nothing that acts by itself in pages that came from elsewhere: links to addresses and places stay."""
    if Name.AA in page:
        del page[Name.AA]
    for annotation in page.get(Name.Annots, ()):
        if Name.AA in annotation:
            del annotation[Name.AA]
        if Name.A in annotation and annotation.A.get(Name.S) not in (Name.URI, Name.GoTo):
            del annotation[Name.A]


def bookmark(whole: pikepdf.Pdf, paper: CallPaper, starts: dict[int, int]):
    with whole.open_outline() as outline:
        outline.root[:] = [pikepdf.OutlineItem(paper.title, 0)]
        for item in paper.items:
            found = [each for each in item.documents if each.key in starts]
            if not found:
                continue
            line = pikepdf.OutlineItem(f"{item.label} {item.title}", starts[found[0].key] - 1)
            line.children.extend(pikepdf.OutlineItem(each.title, starts[each.key] - 1) for each in found)
            outline.root.append(line)


# One ZIP -------------------------------------------------------------------------------------------------------------


def archive(paper: CallPaper, agenda: bytes, content: Callable[[str], bytes] = content_of) -> bytes:
    """The agenda and each paper as it came, named by item: "03 Budget 2027/Tjänsteskrivelse.pdf"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(f"00 {paper.title}.pdf", agenda)
        for place, item in enumerate(paper.items, 1):
            folder = f"{place:02} {safe(item.title)}"
            taken: set[str] = set()
            for document in item.documents:
                if document.file:
                    zipped.writestr(f"{folder}/{own_name(document, taken)}", content(document.file))
    return out.getvalue()


def own_name(document: CallDocument, taken: set[str]) -> str:
    """The paper's title with the ending of its file; its number too when the item has another of that name."""
    ending = document.file_name.rpartition(".")[2] if "." in document.file_name else ""
    ending = f".{safe(ending)}" if ending else ""
    name = f"{safe(document.title)}{ending}"
    if name.casefold() in taken:
        name = f"{safe(document.title)} {safe(document.number)}{ending}"
    taken.add(name.casefold())
    return name


def safe(text: str) -> str:
    """A name that every file system takes."""
    return " ".join(_UNSAFE.sub(" ", text).split()).strip(" .")[:80].strip(" .") or "namnlös"
