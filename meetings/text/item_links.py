"""What the items of a section stand for: a document of the case, a municipality, a body.

People write names; a name that is known leads to the thing itself. What is printed is always the text.
"""

from collections.abc import Iterable

from enamnd.documents.models import Document
from enamnd.organisation.models import Body, Municipality
from meetings.models import Paragraph
from meetings.text.sections import DOCUMENTS, RECIPIENTS, Item, Section, one_line


def linked_items(paragraph: Paragraph, section: Section, texts: Iterable[str]) -> tuple[Item, ...]:
    """The texts as items, empty ones left out; each keeps its link, or gets one when its text names something known."""
    written = [text for text in map(one_line, texts) if text]
    known = {item.text: item for item in section.items or ()}
    if all(text in known for text in written):
        return tuple(known[text] for text in written)
    known = _choices(paragraph, section.kind) | {text: item for text, item in known.items() if _has_link(item)}
    return tuple(known.get(text) or Item(text) for text in written)


def _has_link(item: Item) -> bool:
    return any(link is not None for link in (item.document, item.municipality, item.body))


def _choices(paragraph: Paragraph, kind: str) -> dict[str, Item]:
    if kind == DOCUMENTS:
        return document_choices(paragraph)
    return recipient_choices() if kind == RECIPIENTS else {}


def document_choices(paragraph: Paragraph) -> dict[str, Item]:
    """The documents of the paragraph's case as items by their text. Two of the same title are told apart by number.

    Those with a secrecy mark are left out: a protocol is public, and their titles may not be.
    """
    if paragraph.case_id is None:
        return {}
    valid = Document.objects.filter(case=paragraph.case_id, voided_because="", secrecy="")
    documents = list(valid.order_by("dated", "id").only("title", "number"))
    titles = [each.title for each in documents]
    texts = [f"{each.title}, {each.number}" if titles.count(each.title) > 1 else each.title for each in documents]
    return {text: Item(text, document=each.pk) for text, each in zip(texts, documents, strict=True)}


def recipient_choices() -> dict[str, Item]:
    """Municipalities by full name, and bodies, as items by their text."""
    municipalities = Municipality.objects.order_by("name").values_list("full_name", "pk")
    bodies = Body.objects.order_by("name").values_list("name", "pk")
    return {name: Item(name, municipality=pk) for name, pk in municipalities} | {
        name: Item(name, body=pk) for name, pk in bodies
    }
