"""Footnotes of a Word file as Word's own (ISO/IEC 29500-1, 17.11): python-docx has none, so the part is made here."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart
from docx.shared import Pt
from docx.text.paragraph import Paragraph

TEXT, REFERENCE = "footnote text", "footnote reference"
SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


class Footnotes:
    """The notes of a file that is being written; the part is made with the first of them."""

    def __init__(self, file: Document):
        self.file = file
        self.part: StoryPart | None = None
        self.number = 0

    def add(self, paragraph: Paragraph) -> Paragraph:
        """Put the mark of a new note last in `paragraph`, and give the note's own paragraph to write in."""
        if self.part is None:
            self.part = self._begin()
        self.number += 1
        run = paragraph.add_run()
        run.style = REFERENCE
        run._r.append(_numbered("w:footnoteReference", self.number))
        note = _numbered("w:footnote", self.number)
        note.append(OxmlElement("w:p"))
        self.part.element.append(note)
        return self._first_words(Paragraph(note[0], self.part))

    def _first_words(self, written: Paragraph) -> Paragraph:
        written.style = TEXT
        mark = written.add_run()
        mark.style = REFERENCE
        mark._r.append(OxmlElement("w:footnoteRef"))
        written.add_run(" ")
        return written

    def _begin(self) -> StoryPart:
        self._styles()
        element = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        told = OxmlElement("w:footnotePr")
        for number, kind in SEPARATORS.items():
            line = _numbered("w:footnote", number)
            line.set(qn("w:type"), kind)
            element.append(line)
            line.append(OxmlElement("w:p"))
            line[0].add_r().append(OxmlElement(f"w:{kind}"))
            told.append(_numbered("w:footnote", number))
        self._say_in_settings(told)
        owner = self.file.part
        part = StoryPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element, owner.package)
        owner.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part

    def _say_in_settings(self, told):
        """In the place that the standard's order of settings gives it: right before `compat`."""
        settings = self.file.settings.element
        after = settings.find(qn("w:compat"))
        settings.insert(len(settings) if after is None else settings.index(after), told)

    def _styles(self):
        text = self.file.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = self.file.styles["Normal"]
        text.font.size, text.paragraph_format.space_after = Pt(9), Pt(0)
        reference = self.file.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
        reference.font.superscript = True


def _numbered(name: str, number: int):
    element = OxmlElement(name)
    element.set(qn("w:id"), str(number))
    return element
