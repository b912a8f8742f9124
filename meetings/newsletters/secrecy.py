"""What a newsletter must not say, because everybody reads it: secrets of cases and meetings, personal numbers."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from enamnd.documents.models import Document
from meetings.checks.texts import personal_numbers
from meetings.decisions.dispatch import key_of
from meetings.models import Paragraph, Publication
from meetings.publishing.masking import WHOLE, is_contact_detail
from meetings.publishing.paper import SHORTEST_TITLE
from meetings.text import sections
from meetings.text.markup import blocks_of

SHORTEST_SENTENCE = 25  # letters: shorter ones stand in any text


def what_must_not_be_said(text: str) -> list[str]:
    """Swedish sentences about each place where plain text says what is secret; none when everybody may read it.

    Looked for are personal identity numbers; titles of documents with a secrecy mark; titles and decisions of
    paragraphs behind closed doors, masked whole, or in a case with such a document; and what has been masked by itself.
    """
    words = _folded(text)
    return [*_numbers(text), *_documents(words), *_paragraphs(words), *_masked(words)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _numbers(text: str) -> Iterator[str]:
    for found in personal_numbers(text):
        yield f"{found[:-4]}… är ett personnummer eller samordningsnummer. Ta bort det."


def _documents(words: str) -> Iterator[str]:
    for number, title in Document.objects.secret().values_list("number", "title"):
        if len(title) >= SHORTEST_TITLE and _folded(title) in words:
            yield f"Texten nämner rubriken på handling {number}, som är sekretessmarkerad. Ta bort den."


def _paragraphs(words: str) -> Iterator[str]:
    told = [each for each in secret_paragraphs() if any(_folded(line) in words for line in _lines(each))]
    # A title that an open paragraph has too ("Information om ekonomi och verksamhet") gives nothing away.
    titles = {each.title for each in told}
    secret = [each.pk for each in told]
    shared = set(Paragraph.objects.filter(title__in=titles).exclude(pk__in=secret).values_list("title", flat=True))
    for each in told:
        if each.title not in shared or any(_folded(line) in words for line in _lines(each)[1:]):
            yield (
                f"Texten säger något ur {each.label} den {each.meeting.held_on}, som inte är för alla: behandlad bakom "
                "stängda dörrar, maskad, eller i ett ärende med sekretess. Ta bort det."
            )


def _lines(paragraph: Paragraph) -> list[str]:
    """The title, then what is decided and said, sentence by sentence; nothing so short that it stands in any text."""
    title = [paragraph.title] if len(paragraph.title) >= SHORTEST_TITLE else ["\0"]
    said = (
        line
        for section in sections.from_json(paragraph.sections)
        for line in (
            [item.text for item in section.items or ()] + [block.text for block in blocks_of(section.html or "")]
        )
    )
    return title + [line for line in said if len(line) >= SHORTEST_SENTENCE]


def _masked(words: str) -> Iterator[str]:
    for meeting, mask in _masks():
        if mask["text"] != WHOLE and not is_contact_detail(mask) and _folded(mask["text"]) in words:
            yield f"Texten har en uppgift som är maskad i protokollet från {meeting}. Ta bort den."


def _masks() -> Iterable[tuple]:
    rows = Publication.objects.exclude(masks=[]).values_list("adjustment__meeting__held_on", "masks")
    return {(day, each["paragraph"], each["text"]): (day, each) for day, masks in rows for each in masks}.values()


def secret_paragraphs() -> QuerySet[Paragraph]:
    """Paragraphs that not everybody may read: behind closed doors, masked whole, or of a case that holds secrets."""
    whole = {int(each["paragraph"][1:]) for _, each in _masks() if each["text"] == WHOLE and each["paragraph"]}
    of_cases = Q(case__in=Document.objects.secret().values("case"))
    found = Paragraph.objects.filter(Q(is_behind_closed_doors=True) | of_cases | Q(pk__in=whole))
    return found.select_related("meeting")


def is_open_to_all(paragraphs: Iterable[Paragraph]) -> set[str]:
    """Keys ("p7") of those among the paragraphs that a newsletter may speak of."""
    paragraphs = list(paragraphs)
    secret = set(secret_paragraphs().filter(pk__in=[each.pk for each in paragraphs]).values_list("pk", flat=True))
    return {key_of(each) for each in paragraphs if each.pk not in secret}
