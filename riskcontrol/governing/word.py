"""A governing document as a Word file (docx): headings, tables, lists, links and pictures as Word's own."""

import io
from dataclasses import dataclass

import docx
import pypdfium2
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from enamnd.documents import pdf
from meetings.text.markup_tags import INLINE
from meetings.text.markup_tree import Node, text_of, tree

from .living import Drawn
from .notes import NOTE, Counter
from .paper import GoverningPaper, PaperSection

PICTURE_WIDTH = Mm(150)
PICTURE_SCALE = 2.5  # pixels for each of PDF's points
SIGNATURE_LINE = "." * 60


def as_docx(paper: GoverningPaper) -> bytes:
    """The paper as a Word file. Footnotes are numbered and stand as notes after the text they belong to."""
    return _Writing(paper).content()


@dataclass
class _Inline:
    bold: bool = False
    italic: bool = False
    struck: bool = False

    def within(self, name: str) -> "_Inline":
        return _Inline(self.bold or name == "strong", self.italic or name == "em", self.struck or name == "s")


class _Writing:
    """A file that is being written: the Word document, and how many tables, figures and notes there have been."""

    def __init__(self, paper: GoverningPaper):
        self.paper = paper
        self.file = docx.Document()
        self.counter = Counter()
        self.notes = 0
        self.left: list[str] = []

    def content(self) -> bytes:
        self._facts()
        self._cover()
        for section in self.paper.sections:
            self._section(section)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _facts(self):
        facts = self.file.core_properties
        facts.title, facts.author, facts.language = self.paper.title, self.paper.board_name, "sv-SE"
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = "Calibri", Pt(11)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "sv-SE")
        style.element.get_or_add_rPr().append(language)

    def _cover(self):
        self.file.add_paragraph(self.paper.board_name)
        self.file.add_paragraph(self.paper.title, style="Title")
        for label, text in self.paper.facts:
            self.file.add_paragraph(f"{label}: {text}")
        self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self.file.add_paragraph("Innehåll", style="Title")
        self._field(self.file.add_paragraph(), f'TOC \\o "1-{self.paper.contents_levels}" \\h \\z \\u')
        self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _field(self, paragraph: Paragraph, code: str):
        """A field that Word fills in when the file is opened and the field updated: the contents with page numbers."""
        for kind, text in (("begin", ""), ("", code), ("separate", ""), ("words", ""), ("end", "")):
            run = paragraph.add_run()
            if kind == "words":
                run.text = "Högerklicka och välj Uppdatera fält för att få innehållsförteckningen."
                continue
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.set(qn("xml:space"), "preserve")
                element.text = text
            run._r.append(element)

    def _section(self, section: PaperSection):
        self.file.add_heading(section.label, level=section.level)
        self._blocks(tree(section.html).children, section.level + 1)
        self._notes()
        for drawn in section.blocks:
            self._drawn(drawn, section.level + 1)

    def _drawn(self, drawn: Drawn, level: int):
        if drawn.missing:
            self.file.add_paragraph(drawn.missing)
        if drawn.picture:
            self._picture(drawn)
        elif drawn.caption:
            self.file.add_paragraph(self.counter.table(drawn.caption), style="Caption")
        self._blocks(tree(drawn.html).children, level)
        if drawn.signers:
            self.file.add_paragraph(drawn.words)
            for label, name in drawn.signers:
                self.file.add_paragraph(label)
                self.file.add_paragraph(f"{SIGNATURE_LINE}\n{name or 'namn saknas'}")

    def _picture(self, drawn: Drawn):
        shape = self.file.add_picture(io.BytesIO(as_png(drawn.picture)), width=PICTURE_WIDTH)
        shape._inline.docPr.set("descr", drawn.alt)
        self.file.add_paragraph(self.counter.figure(drawn.caption or drawn.name), style="Caption")

    def _blocks(self, children: list, level: int, place=None, style: str | None = None):
        """Blocks of protocol text into the file, or into `place` (a cell of a table)."""
        place = place or self.file
        for child in children:
            if isinstance(child, str):
                if child.strip():
                    self._words([child], place.add_paragraph(style=style))
            elif child.name in ("ul", "ol"):
                self._list(child, level, place)
            elif child.name == "table":
                self._table(child)
            elif child.name in ("h4", "h5"):
                deeper = min(9, level + (child.name == "h5"))
                self._words(child.children, place.add_paragraph(style=f"Heading {deeper}"))
            elif child.name == "blockquote":
                self._blocks(child.children, level, place, "Quote")
            elif child.name == "p" and text_of(child).strip().lower().startswith("tabell:"):
                words = text_of(child).strip()[len("tabell:") :].strip()
                place.add_paragraph(self.counter.table(words), style="Caption")
            else:
                self._words(child.children if child.name == "p" else [child], place.add_paragraph(style=style))

    def _list(self, node: Node, level: int, place, depth: int = 1):
        style = "List Number" if node.name == "ol" else "List Bullet"
        style += f" {depth}" if 1 < depth < 4 else ""
        for point in node.children:
            if isinstance(point, str):
                continue
            first = True
            for child in point.children:
                if isinstance(child, Node) and child.name in ("ul", "ol"):
                    self._list(child, level, place, depth + 1)
                elif not isinstance(child, str) or child.strip():
                    named = style if first else "List Continue"
                    is_block = isinstance(child, Node) and child.name not in INLINE
                    self._words(child.children if is_block else [child], place.add_paragraph(style=named))
                    first = False

    def _table(self, node: Node):
        rows = [each for group in node.children for each in ([group] if group.name == "tr" else group.children)]
        cells = [[cell for cell in row.children if isinstance(cell, Node)] for row in rows]
        width = max((sum(_span(cell) for cell in row) for row in cells), default=0)
        if not width:
            return
        made = self.file.add_table(rows=len(cells), cols=width, style="Table Grid")
        for row, line in zip(cells, made.rows, strict=True):
            at = 0
            for cell in row:
                if at >= width:
                    break
                place = line.cells[at]
                end = min(width, at + _span(cell)) - 1
                if end > at:
                    place = place.merge(line.cells[end])
                self._cell(cell, place)
                at = end + 1
        if cells and all(cell.name == "th" for cell in cells[0]):
            repeat = OxmlElement("w:tblHeader")
            repeat.set(qn("w:val"), "true")
            made.rows[0]._tr.get_or_add_trPr().append(repeat)
        self.file.add_paragraph()

    def _cell(self, cell: Node, place):
        first = place.paragraphs[0]._p
        self._blocks(cell.children, 3, place)
        if len(place.paragraphs) > 1:
            first.getparent().remove(first)
        if cell.name == "th":
            for paragraph in place.paragraphs:
                for run in paragraph.runs:
                    run.bold = True

    def _words(self, children: list, paragraph: Paragraph, how: _Inline | None = None):
        how = how or _Inline()
        for child in children:
            if isinstance(child, str):
                self._text(child, paragraph, how)
            elif child.name == "a":
                _link(paragraph, child.attributes.get("href", ""), text_of(child))
            else:
                self._words(child.children, paragraph, how.within(child.name))

    def _text(self, text: str, paragraph: Paragraph, how: _Inline):
        at = 0
        for note in NOTE.finditer(text):
            _run(paragraph, text[at : note.start()], how)
            self.notes += 1
            self.left.append(f"{self.notes} {note[1].strip()}")
            paragraph.add_run(str(self.notes)).font.superscript = True
            at = note.end()
        _run(paragraph, text[at:], how)

    def _notes(self):
        for text in self.left:
            run = self.file.add_paragraph().add_run(text)
            run.font.size = Pt(9)
        self.left = []


def _run(paragraph: Paragraph, text: str, how: _Inline):
    if text:
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.strike = how.bold or None, how.italic or None, how.struck or None


def _link(paragraph: Paragraph, address: str, text: str):
    if not address.startswith(("https://", "http://", "mailto:")):
        paragraph.add_run(text)
        return
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _span(cell: Node) -> int:
    value = cell.attributes.get("colspan", "1")
    return max(1, int(value)) if value.isdigit() else 1


def as_png(svg: str) -> bytes:
    """A picture of the portal's own as PNG, drawn by the engine that prints the papers, with the same letters."""
    css = "@page { size: 640pt; margin: 0 } body { margin: 0 } svg { display: block; width: 640pt; height: auto }"
    printed = pdf.plain(pdf.lay_out(f"<!doctype html><body>{svg}</body>", sheets=(pdf.PRINT,), css=css))
    page = pypdfium2.PdfDocument(printed)[0]
    image = page.render(scale=PICTURE_SCALE).to_pil()
    box = image.convert("L").point(lambda value: 255 if value < 250 else 0).getbbox()
    out = io.BytesIO()
    image.crop(box or (0, 0, *image.size)).save(out, "PNG", optimize=True)
    return out.getvalue()
