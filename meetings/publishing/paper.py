"""The public rendition of an adjusted protocol (offentlig version): masked, unsigned, with what was masked told."""

import html
import re
from collections.abc import Iterable
from dataclasses import asdict, replace

from enamnd.documents.models import Document
from enamnd.formats import count
from meetings.models import Adjustment, Paragraph
from meetings.paper.protocol import TEXT, PaperParagraph, PaperSection, ProtocolPaper
from meetings.publishing.masking import WHOLE, Mask, masked, proposals, words_of

APPENDIX = "maskningar"
MARKED_SINCE = "Handlingen är sekretessmarkerad"
SHORTEST_TITLE = 12  # letters: shorter ones stand in any text
SecretTitle = tuple[str, str, str]  # key of the paragraph, title, provision


def public_paper(paper: ProtocolPaper, masks: Iterable[Mask]) -> ProtocolPaper:
    """What everybody may read of a frozen paper: no signatures, no lines to sign on, a list of what was masked.

    Signatures are left out because their certificates may hold personal numbers, and the lines because nobody signs
    this paper: the original is what is signed and kept.
    """
    masks = list(masks)
    paper = masked(paper, masks)
    return replace(
        paper,
        title=f"{paper.title}, offentlig version",
        cover=tuple(replace(row, signature=False) for row in paper.cover),
        proof=tuple(replace(row, signature=False) for row in paper.proof),
        paragraphs=(*paper.paragraphs, _appendix(paper, masks)),
        signatures=(),
        signatures_text="",
        copy_text="",
        to_sign=(),
        footer_fields=(),
        cover_footer_fields=(),
        is_draft=False,
    )


def closed_keys(adjustment: Adjustment) -> list[str]:
    """Keys of the paragraphs that were handled behind closed doors."""
    closed = Paragraph.objects.filter(adjustments__adjustment=adjustment, is_behind_closed_doors=True)
    return [f"p{pk}" for pk in closed.values_list("pk", flat=True)]


def proposed_masks(adjustment: Adjustment, frozen: ProtocolPaper) -> list[Mask]:
    """What looks like it should go from a frozen paper, with titles of documents that have got a secrecy mark since."""
    named = masks_of_titles(frozen, secret_titles(adjustment.meeting_id))
    return [*proposals(frozen, closed_keys(adjustment)), *named]


def masks_of_titles(paper: ProtocolPaper, titles: Iterable[SecretTitle]) -> list[Mask]:
    """A mask that must be put on for each place where the paper says one of the titles.

    A short one ("Avtal") is hidden in the paragraphs of its own case alone: elsewhere it is a word as any other.
    """
    titles = list(titles)
    found = [
        Mask(each.key, title, MARKED_SINCE, ground, is_required=True)
        for each in paper.paragraphs
        for key, title, ground in titles
        if title in words_of(each) and (key == each.key or len(title) >= SHORTEST_TITLE)
    ]
    return list({mask.key: mask for mask in found}.values())


def secret_titles(meeting: int) -> list[SecretTitle]:
    """(key of the paragraph, title, provision) of each document with a secrecy mark in the meeting's cases."""
    found = Document.objects.secret().filter(case__paragraphs__meeting=meeting)
    rows = found.values_list("case__paragraphs", "title", "secrecy").filter(case__paragraphs__meeting=meeting)
    return [(f"p{key}", title, ground) for key, title, ground in rows.distinct()]


def search_text(paper: ProtocolPaper) -> str:
    """The words of the paragraphs for searching, in small letters, each with a space before it."""
    return searched("\n".join(words_of(each) for each in paper.paragraphs if each.key != APPENDIX))


def searched(words: str) -> str:
    """Text as it stands in what is searched."""
    return "".join(f" {word}" for word in re.findall(r"\w+", words.casefold()))


def as_rows(masks: Iterable[Mask]) -> list[dict]:
    return [asdict(each) for each in masks]


def from_rows(rows: Iterable[dict]) -> list[Mask]:
    return [Mask(**row) for row in rows]


def _appendix(paper: ProtocolPaper, masks: list[Mask]) -> PaperParagraph:
    """The last sheet: that this is not the original, and what has been masked and why, without saying it."""
    about = (
        "Det här är den offentliga versionen av protokollet. Originalet är undertecknat och förvaras hos nämnden; det "
        "kan begäras ut och prövas då enligt offentlighets- och sekretesslagen."
    )
    labels = {each.key: each.label for each in paper.paragraphs}
    lines = [_line(labels.get(each.paragraph, "Framsida och närvarolista"), each) for each in masks]
    told = (
        f"{count(len(masks), 'uppgift är maskad', 'uppgifter är maskade')}:" if masks else "Inga uppgifter är maskade."
    )
    points = f"<ul>{''.join(f'<li><p>{html.escape(line)}</p></li>' for line in lines)}</ul>" if lines else ""
    section = PaperSection("", TEXT, html=f"<p>{about}</p><p>{told}</p>{points}")
    return PaperParagraph(APPENDIX, "Bilaga", "Om den offentliga versionen", "", (section,))


def _line(where: str, mask: Mask) -> str:
    what = "hela texten" if mask.text == WHOLE else "en uppgift"
    ground = f" ({mask.ground})" if mask.ground else ""
    return f"{where}: {what}. Skäl: {mask.reason}{ground}."
