"""An extract of one paragraph as a paper (protokollsutdrag): composed from the frozen protocol, printed once."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.documents import pdf
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Board
from meetings.adjusting.frozen import frozen_paper
from meetings.models import Adjustment, Paragraph
from meetings.paper import printing
from meetings.paper.compose import compose_protocol, is_draft
from meetings.paper.protocol import CoverRow, PaperParagraph, ProtocolPaper

NOT_ADJUSTED = "css/print-unadjusted.css"


@dataclass(frozen=True)
class Source:
    """What an extract is made of: the protocol as it stands, and whether the paragraph is adjusted.

    `adjustment` is the portal's own; a protocol that was adjusted elsewhere has none and is adjusted all the same.
    """

    paper: ProtocolPaper
    paragraph: PaperParagraph
    adjustment: Adjustment | None
    is_adjusted: bool

    @property
    def sha256(self) -> str:
        """Of the paragraph's text: label, title, case and sections as JSON with sorted keys, in UTF-8."""
        text = {name: value for name, value in asdict(self.paragraph).items() if name != "key"}
        return hashlib.sha256(json.dumps(text, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class ExtractPaper:
    """An extract, ready to print. `head` is what the cover says, `adjustment` how the paragraph was adjusted."""

    board_name: str
    title: str
    head: tuple[CoverRow, ...]
    paragraph_html: str
    adjustment: tuple[CoverRow, ...]
    certified_by: str
    certified_on: str
    sha256: str
    is_adjusted: bool
    created_at: str
    body_name: str


def source_of(paragraph: Paragraph) -> Source:
    """The text that an extract is made from: the frozen one when the paragraph is adjusted, else as it stands today."""
    adjustment = adjusting(paragraph)
    if adjustment:
        paper, is_adjusted = frozen_paper(adjustment), True
    else:
        paper, is_adjusted = compose_protocol(paragraph.meeting, current_board()), not is_draft(paragraph.meeting)
    found = next(each for each in paper.paragraphs if each.key == f"p{paragraph.pk}")
    return Source(paper, found, adjustment, is_adjusted)


def adjusting(paragraph: Paragraph) -> Adjustment | None:
    """The adjustment that the paragraph was adjusted with, when the last signature is there."""
    own = Adjustment.objects.filter(paragraphs__paragraph=paragraph, paragraphs__is_void=False)
    return own.filter(adjusted_on__isnull=False, withdrawn_at__isnull=True).first()


def compose_extract(source: Source, *, certified_by: str, certified_on: date) -> ExtractPaper:
    """The extract with the head of the protocol, how it was adjusted, and who certifies it."""
    board = current_board()
    return ExtractPaper(
        board_name=source.paper.board_name,
        title=f"Protokollsutdrag {source.paper.date} {source.paragraph.label}",
        head=_head(source, board),
        paragraph_html=printing.paragraph_part(source.paper, source.paragraph),
        adjustment=_adjustment(source),
        certified_by=certified_by,
        certified_on=long_date(certified_on),
        sha256=source.sha256,
        is_adjusted=source.is_adjusted,
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        body_name=source.paper.body_name,
    )


def _head(source: Source, board: Board) -> tuple[CoverRow, ...]:
    """The rows of the cover once each, without lines to sign on and without what is still to come."""
    past = {board.paper_field("adjustment_place")} if source.is_adjusted else set()
    rows: dict[str, CoverRow] = {}
    for row in source.paper.cover:
        if row.lines and row.label not in past:
            rows.setdefault(row.label, CoverRow(row.label, row.lines))
    label = board.paper_field("meeting_date")
    day = next((row for row in source.paper.proof if row.label == label), CoverRow(label, (source.paper.date,)))
    return (day, *rows.values())


def _adjustment(source: Source) -> tuple[CoverRow, ...]:
    if not source.is_adjusted:
        return (CoverRow("Justering", ("Protokollet är inte justerat. Texten kan ändras innan det är det.",)),)
    if source.adjustment:
        return _adjusted_here(source.adjustment)
    signatures = tuple(f"{each.name} {each.at}".strip() for each in source.paper.signatures)
    posted = next((row.lines for row in source.paper.proof if row.lines and "sätts upp" in row.label), ())
    rows = (CoverRow("Undertecknat av", signatures), CoverRow("Anslag uppsatt", tuple(posted)))
    return tuple(row for row in rows if row.lines) or (CoverRow("Justering", ("Protokollet är justerat.",)),)


def _adjusted_here(adjustment: Adjustment) -> tuple[CoverRow, ...]:
    signed = adjustment.signatories.filter(signed_at__isnull=False).order_by("order")
    lines = tuple(
        f"{each.name}, {each.get_role_display().lower()}, {long_date(timezone.localdate(each.signed_at))}"
        for each in signed
    )
    rows = (
        CoverRow("Justerat", (long_date(adjustment.adjusted_on),)),
        CoverRow("Undertecknat av", lines),
        CoverRow("Protokollets SHA-256", (adjustment.frozen.file_id,)),
    )
    return tuple(row for row in rows if row.lines)


def extract_pdf(paper: ExtractPaper) -> bytes:
    """The extract as PDF/A-2a and PDF/UA-1; OJUSTERAT on every page while the paragraph is not adjusted."""
    sheets = (pdf.PRINT,) if paper.is_adjusted else (pdf.PRINT, NOT_ADJUSTED)
    return pdf.render_pdf(render_to_string("print/extract.html", {"paper": paper}), sheets=sheets)
