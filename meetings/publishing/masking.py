"""What should not be read by everybody in a published protocol, and taking it away: texts in, texts out.

Nothing is hidden by itself: `proposals` says what looks like it should go, with why and by what rule, and the secretary
decides. Personal identity numbers alone are never let through (law.md R2.20 of the domain: never on the web).
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from meetings.checks.texts import personal_numbers
from meetings.paper.protocol import TEXT, PaperParagraph, PaperSection, ProtocolPaper
from meetings.text.markup import plain_text

MASKED = "[uppgift maskad]"
WHOLE = ""  # the text of a mask that takes all of a paragraph away
NUMBER, ADDRESS = "Personnummer", "Kontaktuppgift"
NUMBER_GROUND = "3 kap. 10 § lagen (2018:218) med kompletterande bestämmelser till EU:s dataskyddsförordning"
ADDRESS_GROUND = "artikel 5.1 c i EU:s dataskyddsförordning (uppgiftsminimering)"
CLOSED = "Behandlades bakom stängda dörrar"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d-])(?:\+46[ -]?|0)\d{1,3}[ -]?\d{2,3}(?:[ -]?\d{2,3}){1,2}(?![\d-])")
_STREET = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+(?:gatan|vägen|gränd|stigen|torget|allén|backen)\s\d+\s?[A-Z]?\b")
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Mask:
    """Something to take away: where (`paragraph` is the key in the paper, "" the cover and lists), what, why, by what.

    An empty `text` takes away the whole text of the paragraph. `is_required` cannot be declined.
    """

    paragraph: str
    text: str
    reason: str
    ground: str
    is_required: bool = False

    @property
    def key(self) -> str:
        return f"{self.paragraph}|{self.text}"


def is_contact_detail(row: Mapping[str, str]) -> bool:
    """Whether a mask, as a publication keeps it, hides a contact detail for no other reason than that it need not be
    on the web. The same detail under another ground, such as a protected address (21 kap. 3 § OSL), is a secret."""
    return bool(row["text"]) and (row["reason"], row["ground"]) == (ADDRESS, ADDRESS_GROUND)


def proposals(paper: ProtocolPaper, closed: Iterable[str] = ()) -> list[Mask]:
    """What looks like it should go, in printed order. `closed` are the keys of paragraphs behind closed doors."""
    closed = set(closed)
    found = list(_in_text("", "\n".join(_front(paper))))
    for paragraph in paper.paragraphs:
        if paragraph.key in closed:
            found.append(Mask(paragraph.key, WHOLE, CLOSED, ""))
        found += _in_text(paragraph.key, words_of(paragraph))
    return found


def masked(paper: ProtocolPaper, masks: Iterable[Mask]) -> ProtocolPaper:
    """The paper with the masks put on."""
    masks = list(masks)
    for mask in masks:
        paper = _masked_once(paper, mask)
    return paper


def left_numbers(paper: ProtocolPaper) -> list[str]:
    """Labels of what still holds a personal identity number: ["§ 5"]; also one that is split between two styles."""
    found = ["framsidan eller närvarolistan"] if personal_numbers("\n".join(_front(paper))) else []
    return found + [each.label for each in paper.paragraphs if personal_numbers(words_of(each))]


def holds(paper: ProtocolPaper, mask: Mask) -> bool:
    """Whether the text of the mask stands where it says."""
    return masked(paper, [mask]) != paper


def words_of(paragraph: PaperParagraph) -> str:
    """All that is printed of a paragraph, as plain text."""
    return "\n".join([paragraph.title, paragraph.case_label, *(_words(each) for each in paragraph.sections)])


def context_of(paper: ProtocolPaper, mask: Mask, width: int = 60) -> tuple[str, str, str]:
    """What stands before the text, the text, and what stands after it."""
    words = "\n".join(_front(paper))
    for paragraph in paper.paragraphs:
        if paragraph.key == mask.paragraph:
            words = words_of(paragraph)
    words = " ".join(words.split())
    at = words.find(mask.text)
    return words[max(at - width, 0) : at], mask.text, words[at + len(mask.text) :][:width]


# Parts ----------------------------------------------------------------------------------------------------------------


def _in_text(key: str, text: str) -> Iterator[Mask]:
    numbers = personal_numbers(text)
    yield from (Mask(key, number, NUMBER, NUMBER_GROUND, is_required=True) for number in numbers)
    for pattern in (_EMAIL, _PHONE, _STREET):
        for found in dict.fromkeys(each.group() for each in pattern.finditer(text)):
            if not any(found in number or number in found for number in numbers):
                yield Mask(key, found, ADDRESS, ADDRESS_GROUND)


def _words(section: PaperSection) -> str:
    return "\n".join([section.heading, *section.items, plain_text(section.html) if section.html else ""])


def _front(paper: ProtocolPaper) -> Iterator[str]:
    """The texts of the cover and of the attendance list."""
    for row in (*paper.cover, *paper.proof):
        yield from row.lines
    for group in paper.attendance:
        for person in group.people:
            yield from (person.name, person.place, person.note)


def _masked_once(paper: ProtocolPaper, mask: Mask) -> ProtocolPaper:
    if not mask.paragraph:
        return _front_masked(paper, lambda text: text.replace(mask.text, MASKED))
    paragraphs = tuple(_paragraph(each, mask) if each.key == mask.paragraph else each for each in paper.paragraphs)
    return replace(paper, paragraphs=paragraphs)


def _front_masked(paper: ProtocolPaper, take: Callable[[str], str]) -> ProtocolPaper:
    cover = tuple(replace(row, lines=tuple(map(take, row.lines))) for row in paper.cover)
    proof = tuple(replace(row, lines=tuple(map(take, row.lines))) for row in paper.proof)
    attendance = tuple(
        replace(
            group,
            people=tuple(
                replace(each, name=take(each.name), place=take(each.place), note=take(each.note))
                for each in group.people
            ),
        )
        for group in paper.attendance
    )
    return replace(paper, cover=cover, proof=proof, attendance=attendance)


def _paragraph(paragraph: PaperParagraph, mask: Mask) -> PaperParagraph:
    if mask.text == WHOLE:
        why = f"{mask.reason} ({mask.ground})" if mask.ground else mask.reason
        text = f"<p>Paragrafens text är maskad. {html.escape(why)}.</p>"
        return replace(paragraph, sections=(PaperSection("", TEXT, html=text),))
    sections = tuple(_section(each, mask.text) for each in paragraph.sections)
    title = paragraph.title.replace(mask.text, MASKED)
    return replace(
        paragraph, title=title, case_label=paragraph.case_label.replace(mask.text, MASKED), sections=sections
    )


def _section(section: PaperSection, text: str) -> PaperSection:
    return replace(
        section,
        heading=section.heading.replace(text, MASKED),
        items=tuple(item.replace(text, MASKED) for item in section.items),
        html=_in_markup(section.html, text),
    )


def _in_markup(markup: str, text: str) -> str:
    """Between the tags alone; a link that says the text too is unmade, since its address may say it."""
    if not markup:
        return markup
    pieces = _TAG.split(markup)
    for at, piece in enumerate(pieces):
        if piece.startswith("<"):
            pieces[at] = _TAG.sub("<a>", piece) if text in html.unescape(piece) else piece
        else:
            plain = html.unescape(piece)
            pieces[at] = html.escape(plain.replace(text, MASKED), quote=False) if text in plain else piece
    return "".join(pieces)
