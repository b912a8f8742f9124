"""Finding cases and documents in the register."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.search import matching

from . import rules
from .models import Case, Document


def find_cases(words: str = "", year: int | None = None, *, by) -> QuerySet[Case]:
    """Cases whose number, title or a document holds all the words; secret documents count only for those who may."""
    cases = Case.objects.annotate(document_count=Count("documents", filter=Q(documents__voided_because="")))
    if year:
        cases = cases.filter(year=year)
    if words.strip():
        documents = readable(Document.objects.filter(matching(words, "number", "title", "correspondent")), by)
        cases = cases.filter(matching(words, "number", "title") | Q(pk__in=documents.values("case")))
    return cases.order_by(*Case._meta.ordering)


def years() -> list[int]:
    """Years with cases, the latest first."""
    found = Case.objects.filter(year__isnull=False).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def readable(documents: QuerySet[Document], by) -> QuerySet[Document]:
    return documents if by.may(Permission.REGISTER_CASES) else documents.filter(secrecy="")


@dataclass(frozen=True)
class Listed:
    """A document as a line of its case: what may be told of it to the person who looks (OSL 5 kap. 2 §)."""

    document: Document
    title: str
    correspondent: str
    may_read: bool
    late: str
    may_release: bool = False


def listed(case: Case, by) -> list[Listed]:
    """The documents of a case, by number."""
    documents = (
        case.documents.select_related("registered_by", "release__by")
        .defer("file__content")
        .order_by("registered_at", "id")
    )
    return [_line(document, by) for document in documents]


def _line(document: Document, by) -> Listed:
    if document.secrecy and not by.may(Permission.REGISTER_CASES):
        return Listed(document, "Sekretessmarkerad handling", "", False, "")
    return Listed(
        document,
        document.title,
        document.correspondent,
        is_allowed(rules.check_can_read_file, document, by),
        rules.late_sentence(document),
        is_allowed(rules.check_can_release, document, by),
    )
