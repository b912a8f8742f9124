"""A governing document as a Word file (docx): headings, tables, lists, notes, links and pictures as Word's own."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import docx
import pypdfium2
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from enamnd.documents import pdf
from meetings.text.markup_tags import INLINE
from meetings.text.markup_tree import Node, text_of, tree

from .living import Drawn
from .notes import Counter, with_notes
from .paper import GoverningPaper, PaperSection
from .word_notes import Footnotes
from .word_tables import columns_of, is_wide, places_of, rows_of, shares_of

A4 = (Mm(210), Mm(297))
MARGIN = Mm(25)
PICTURE_WIDTH = Mm(150)
CONTENTS_STEP = Mm(6)
PICTURE_SCALE = 2.5  # pixels for each of PDF's points
SIGNATURE_LINE = "." * 60
LOOSE = INLINE | {"span"}  # a footnote is a span
_CAPTION = re.compile(r"\s*Tabell:\s*", re.IGNORECASE)


def as_docx(paper: GoverningPaper) -> bytes:
    """The paper as a Word file."""
    return _Writing(paper).content()


@dataclass
class _Inline:
    bold: bool = False
    italic: bool = False
    struck: bool = False

    def within(self, name: str) -> "_Inline":
        return _Inline(self.bold or name == "strong", self.italic or name == "em", self.struck or name == "s")


class _Writing:
    """A file that is being written: the Word document, its notes, how many tables and figures there have been."""

    def __init__(self, paper: GoverningPaper):
        self.paper = paper
        self.file = docx.Document()
        self.counter = Counter()
        self.notes = Footnotes(self.file)
        self.sheet = self.file.sections[0]
        self._cut(A4)

    def content(self) -> bytes:
        self._facts()
        self._cover()
        for section in self.paper.sections:
            self._section(section)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _cut(self, size: tuple[int, int]):
        """Give the sheets from here on their size and margins."""
        self.sheet.page_width, self.sheet.page_height = size
        for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(self.sheet, edge, MARGIN)

    def _lay(self, down: bool):
        """Let the sheets lie down from here on, or stand; those that do already go on."""
        if down != (self.sheet.orientation == WD_ORIENT.LANDSCAPE):
            self.sheet = self.file.add_section(WD_SECTION.NEW_PAGE)
            self.sheet.orientation = WD_ORIENT.LANDSCAPE if down else WD_ORIENT.PORTRAIT
            self._cut(A4[::-1] if down else A4)

    def _facts(self):
        facts = self.file.core_properties
        facts.title, facts.author, facts.language = self.paper.title, self.paper.board_name, "sv-SE"
        facts.comments = ""  # the library's own file says what it was made by, and that in 2013
        facts.created = facts.modified = datetime.now(UTC).replace(tzinfo=None)
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
        self._contents()
        self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _contents(self):
        """A field that Word fills with page numbers when it is updated; the headings stand in it from the beginning."""
        beginning = self.file.add_paragraph()
        _field_mark(beginning, "begin")
        code = OxmlElement("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = f'TOC \\o "1-{self.paper.contents_levels}" \\h \\z \\u'
        beginning.add_run()._r.append(code)
        _field_mark(beginning, "separate")
        for each in self.paper.contents:
            line = self.file.add_paragraph(each.label)
            line.paragraph_format.left_indent = CONTENTS_STEP * (each.level - 1)
            line.paragraph_format.space_after = Pt(0)
        end = self.file.add_paragraph("Högerklicka här och välj Uppdatera fält för att få sidnumren.")
        _field_mark(end, "end")

    def _section(self, section: PaperSection):
        self._lay(down=False)
        self.file.add_heading(section.label, level=section.level)
        self._blocks(tree(with_notes(section.html)).children, section.level + 1)
        for drawn in section.blocks:
            self._drawn(drawn, section.level + 1)

    def _drawn(self, drawn: Drawn, level: int):
        self._lay(down=is_wide(drawn.html) and not drawn.picture)
        if drawn.missing:
            self.file.add_paragraph(drawn.missing)
        if drawn.picture:
            self._picture(drawn)
        elif drawn.caption and "<table" in drawn.html:
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
        pieces = _pieces(children)
        for child, following in zip(pieces, [*pieces[1:], Node("")], strict=False):
            if child.name in ("ul", "ol"):
                self._list(child, level, place)
            elif child.name == "table":
                self._table(child)
            elif child.name in ("h4", "h5"):
                deeper = min(9, level + (child.name == "h5"))
                self._words(child.children, place.add_paragraph(style=f"Heading {deeper}"))
            elif child.name == "blockquote":
                self._blocks(child.children, level, place, "Quote")
            elif following.name == "table" and (first := _CAPTION.match(_first_text(child))):
                caption = place.add_paragraph(self.counter.table(""), style="Caption")
                self._words([child.children[0][first.end() :], *child.children[1:]], caption)
            else:
                self._words(child.children, place.add_paragraph(style=style))

    def _list(self, node: Node, level: int, place, depth: int = 1):
        named = "List Number" if node.name == "ol" else "List Bullet"
        style = f"{named} {depth}" if 1 < depth < 4 else named
        for point in _pieces(node.children):
            for at, child in enumerate(_pieces(point.children)):
                if child.name in ("ul", "ol"):
                    self._list(child, level, place, depth + 1)
                else:
                    self._words(child.children, place.add_paragraph(style="List Continue" if at else style))

    def _table(self, node: Node):
        cells = rows_of(node)
        places = places_of(cells)
        if not places:
            return
        made = self.file.add_table(rows=len(cells), cols=columns_of(places), style="Table Grid")
        grid = [line.cells for line in made.rows]
        for at, share in enumerate(shares_of(places)):
            width = int(share * (self.sheet.page_width - 2 * MARGIN))
            for place in (made.columns[at], *(line[at] for line in grid)):
                place.width = width
        for each in places:
            place = grid[each.top][each.left]
            if (each.bottom, each.right) != (each.top, each.left):
                place = place.merge(grid[each.bottom][each.right])
            self._cell(each.cell, place)
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
                _run(paragraph, child, how)
            elif child.name == "a":
                _link(paragraph, child.attributes.get("href", ""), text_of(child))
            elif child.name == "span":
                self._words(child.children, self.notes.add(paragraph))
            else:
                self._words(child.children, paragraph, how.within(child.name))


def _field_mark(paragraph: Paragraph, kind: str):
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


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


def _pieces(children: list) -> list[Node]:
    """The blocks among the children; words that stand beside each other without a block are one paragraph."""
    made: list[Node] = []
    loose = False
    for child in children:
        is_loose = isinstance(child, str) or child.name in LOOSE
        if not is_loose:
            made.append(child)
        elif loose:
            made[-1].children.append(child)
        elif not isinstance(child, str) or child.strip():
            made.append(Node("p", {}, [child]))
        else:
            continue
        loose = is_loose
    return made


def _first_text(node: Node) -> str:
    return node.children[0] if node.children and isinstance(node.children[0], str) else ""


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
