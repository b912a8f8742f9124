"""A governing document as a paper: composed as frozen values, printed once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from weasyprint import Document

from enamnd.dates import long_date
from enamnd.documents import pdf, pdf_prose
from enamnd.organisation.current import current_board
from meetings.models import Paragraph
from meetings.text.markup_tree import escaped

from ..models import GoverningDocument, GoverningSection
from .living import Drawn, drawn_of
from .notes import Counter, with_captions, with_notes
from .outline import outline_of

SHEETS = (pdf.PRINT, "css/print-governing.css")
VERY_WIDE = 'class="very-wide"'  # a table that wants a sheet that lies down
UNKNOWN: Mapping[str, int] = {}


@dataclass(frozen=True)
class PaperSection:
    """A section: number ("" when it prints none), heading, level 1-3, own text as protocol markup, drawn blocks."""

    key: str
    number: str
    heading: str
    level: int
    in_contents: bool
    html: str
    blocks: tuple[Drawn, ...]

    @property
    def label(self) -> str:
        return f"{self.number} {self.heading}".strip()


@dataclass(frozen=True)
class GoverningPaper:
    """A whole document, ready to print or to be written as Word. `adopted` is empty while it is a proposal."""

    board_name: str
    kind: str
    title: str
    year: int
    facts: tuple[tuple[str, str], ...]
    adopted: str
    contents_levels: int
    in_capitals: bool
    sections: tuple[PaperSection, ...]
    created_at: str

    @property
    def is_draft(self) -> bool:
        return not self.adopted

    @property
    def contents(self) -> list[PaperSection]:
        return [each for each in self.sections if each.level <= self.contents_levels and each.in_contents]


@dataclass(frozen=True)
class PrintedBlock:
    """A block as the template wants it."""

    html: SafeString
    picture: SafeString
    alt: str
    caption: str
    words: str
    signers: tuple[tuple[str, str], ...]
    missing: str


@dataclass(frozen=True)
class PrintedSection:
    """A section as the template wants it: `tag` is the heading's element."""

    key: str
    number: str
    heading: str
    level: int
    tag: str
    html: SafeString
    blocks: tuple[PrintedBlock, ...]


def compose(document: GoverningDocument, adopted: str = "") -> GoverningPaper:
    """The document as it stands, its living blocks drawn now or as they were frozen."""
    lines = outline_of(document.sections.all())
    editions = list(document.editions.all())
    facts = [("Antagen" if adopted else "Läge", adopted or "Förslag")]
    if editions:
        facts.append(("Utgåva", f"{editions[-1].number}, {long_date(editions[-1].dated_on)}"))
    if document.case:
        facts.append((current_board().word("case_number"), document.case.number))
    return GoverningPaper(
        board_name=current_board().name,
        kind=document.kind.name,
        title=document.title,
        year=document.year,
        facts=tuple(facts),
        adopted=adopted,
        contents_levels=document.kind.contents_levels,
        in_capitals=document.kind.contents_in_capitals,
        sections=tuple(_section(document, line.section, line.number) for line in lines),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
    )


def _section(document: GoverningDocument, section: GoverningSection, number: str) -> PaperSection:
    drawn = tuple(_without_heading(each, section.heading) for each in drawn_of(document, section))
    return PaperSection(
        f"s{section.key}", number, section.heading, section.level, section.in_contents, section.html, drawn
    )


def _without_heading(drawn: Drawn, heading: str) -> Drawn:
    """A block that begins with the section's own heading does not say it twice."""
    return replace(drawn, html=drawn.html.removeprefix(f"<h4>{escaped(heading)}</h4>"))


def adopted_words(day: date, paragraph: Paragraph | None, decision: str) -> str:
    """Norrbottens e-nämnd 13 december 2023, § 41; the decision as it was written where there is no paragraph."""
    if paragraph is None:
        return decision.strip()
    return f"{paragraph.body.name} {long_date(day)}, {paragraph.label}"


def is_same(drawn: GoverningPaper, now: GoverningPaper) -> bool:
    """Whether nothing but the time of drawing differs."""
    return replace(drawn, created_at="") == replace(now, created_at="")


def printed(paper: GoverningPaper) -> list[PrintedSection]:
    """The sections with headings, captions and footnotes settled."""
    counter = Counter()
    return [_printed(each, counter) for each in paper.sections]


def _printed(section: PaperSection, counter: Counter) -> PrintedSection:
    under = section.level + 1
    html = with_notes(with_captions(pdf_prose.prepared(section.html, under=under), counter)) if section.html else ""
    blocks = tuple(_printed_block(each, under, counter) for each in section.blocks)
    return PrintedSection(section.key, section.number, section.heading, section.level, f"h{under}", _safe(html), blocks)


def _printed_block(drawn: Drawn, under: int, counter: Counter) -> PrintedBlock:
    caption = counter.figure(drawn.caption or drawn.name) if drawn.picture else ""
    of_table = "" if drawn.picture else escaped(drawn.caption)
    html = with_captions(pdf_prose.prepared(drawn.html, under=under), counter, of_table) if drawn.html else ""
    if VERY_WIDE in html:
        html = f'<div class="wide-page">{html}</div>'
    return PrintedBlock(
        _safe(html), _safe(drawn.picture), drawn.alt, caption, drawn.words, drawn.signers, drawn.missing
    )


def printed_block(drawn: Drawn, under: int) -> PrintedBlock:
    """One block by itself, for the page where its section is written."""
    return _printed_block(drawn, under, Counter())


def shown(section: GoverningSection) -> SafeString:
    """A section's own text by itself, to be read on screen."""
    return _safe(with_notes(with_captions(pdf_prose.prepared(section.html, under=section.level + 1), Counter())))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - prepared lets through its own elements alone; pictures are our templates


def as_pdf(paper: GoverningPaper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1; a proposal says on each page that it is one.

    All is laid out once with unknown page numbers; then they are known, and the contents alone are laid out again.
    """
    sheets = (*SHEETS, "css/print-draft.css") if paper.is_draft else SHEETS
    document = pdf.lay_out(_page(paper, UNKNOWN, sections=printed(paper)), sheets=sheets)
    pages = _pages_of_anchors(document)
    if first := pages.get("contents"):
        css = _numbering(first, len(document.pages))
        contents = pdf.lay_out(_page(paper, pages, only_contents=True), sheets=sheets, css=css)
        document.pages[first - 1 : first - 1 + len(contents.pages)] = contents.pages
    return pdf.archival(document)


def _page(paper: GoverningPaper, pages: Mapping[str, int], **more) -> str:
    contents = [(each, pages.get(each.key, "00")) for each in paper.contents]
    return render_to_string("print/governing.html", {"paper": paper, "contents": contents} | more)


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
