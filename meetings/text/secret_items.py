"""Documents that have got a secrecy mark since a paragraph named them: their titles are not shown any more."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet

from enamnd.accounts.roles import Permission
from enamnd.documents.models import Document
from meetings.models import Paragraph
from meetings.text import sections

HIDDEN = "Handling {}, med sekretess"


def with_secrets(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """The paragraphs, each knowing whether its case `holds_secrets`."""
    inside = Document.objects.secret().filter(case=OuterRef("case"))
    return paragraphs.annotate(holds_secrets=Exists(inside))


def secret_numbers(paragraphs: Iterable[Paragraph]) -> dict[int, str]:
    """Numbers of the documents with a secrecy mark in the cases of those that hold any, by key."""
    cases = {each.case_id for each in paragraphs if each.holds_secrets}
    if not cases:
        return {}
    found = Document.objects.secret().filter(case__in=cases)
    return dict(found.values_list("pk", "number"))


def without_secrets(text: sections.Sections, numbers: Mapping[int, str]) -> sections.Sections:
    """The sections with the number instead of the title, where an item stands for a document with a secrecy mark."""
    if not numbers:
        return text
    return tuple(
        replace(each, items=tuple(_shown(item, numbers) for item in each.items)) if each.is_list else each
        for each in text
    )


def _shown(item: sections.Item, numbers: Mapping[int, str]) -> sections.Item:
    return replace(item, text=HIDDEN.format(numbers[item.document])) if item.document in numbers else item


def hide_from(by, paragraph: Paragraph) -> Paragraph:
    """The paragraph as `by` may read it: whole for those who keep the register. It is not to be saved."""
    if by.may(Permission.REGISTER_CASES) or not paragraph.case_id:
        return paragraph
    (row,) = with_secrets(Paragraph.objects.filter(pk=paragraph.pk).only("case"))
    text = without_secrets(sections.from_json(paragraph.sections), secret_numbers([row]))
    paragraph.sections = sections.to_json(text)
    return paragraph


def holds_secrets(paragraph: Paragraph) -> bool:
    """Whether the paragraph's case has a document with a secrecy mark."""
    return with_secrets(Paragraph.objects.filter(pk=paragraph.pk)).get().holds_secrets
