"""The kept versions of a paragraph, and what changed from one to another."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from enamnd.accounts.models import User
from enamnd.documents.models import Case
from enamnd.formats import count
from meetings.models import Paragraph
from meetings.text import sections
from meetings.text.comparison import ADDED, REMOVED, Comparison, Version, compare

PAGE = 40


@dataclass(frozen=True)
class VersionLine:
    """One version: who wrote it and when, why it was kept when there is a reason, how much changed before it."""

    pk: int
    at: datetime
    by: str
    reason: str
    change: str
    is_first: bool


def version_lines(paragraph: Paragraph, page: int = 1) -> tuple[list[VersionLine], bool]:
    """One page of versions, newest first, and whether there are older ones. Three queries whatever the number."""
    start = (page - 1) * PAGE
    rows = list(_rows(paragraph)[start : start + PAGE + 1])
    numbers = case_numbers(rows)
    names = dict(User.objects.filter(pk__in={row.history_user_id for row in rows}).values_list("pk", "name"))
    texts = [as_version(row, numbers) for row in rows]
    lines = [
        VersionLine(
            pk=row.history_id,
            at=row.history_date,
            by=names.get(row.history_user_id, "Portalen"),
            reason=row.history_change_reason or "",
            change=size_of(compare(texts[at + 1], texts[at])) if at + 1 < len(rows) else "",
            is_first=at + 1 == len(rows),
        )
        for at, row in enumerate(rows)
    ]
    return lines[:PAGE], len(rows) > PAGE


def _rows(paragraph: Paragraph):
    return Paragraph.history.filter(id=paragraph.pk).order_by("-history_date", "-history_id")


def case_numbers(rows) -> dict[int, str]:
    return dict(Case.objects.filter(pk__in={row.case_id for row in rows}).values_list("pk", "number"))


def as_version(row, numbers: dict[int, str]) -> Version:
    """A row of the history, or the paragraph itself, as what is compared."""
    return Version(row.title, numbers.get(row.case_id, ""), sections.from_json(row.sections))


def size_of(comparison: Comparison) -> str:
    """How much changed, in words: "12 ord till, 3 ord bort"."""
    changes = [*comparison.title, *(change for section in comparison.sections for change in section.words)]
    added, removed = (sum(len(each.text.split()) for each in changes if each.op == op) for op in (ADDED, REMOVED))
    parts = [f"{number} ord {way}" for number, way in ((added, "till"), (removed, "bort")) if number]
    came = sum(section.status == ADDED for section in comparison.sections)
    went = sum(section.status == REMOVED for section in comparison.sections)
    parts += [count(came, "nytt avsnitt", "nya avsnitt")] if came else []
    parts += [f"{went} avsnitt bort"] if went else []
    return ", ".join(parts) or (
        "ordning, rubriker eller ärende" if not comparison.is_same else "ingen ändring i texten"
    )


def compare_rows(old, new) -> Comparison:
    """What changed from one version (a row of the history, or the paragraph itself) to another."""
    numbers = case_numbers([old, new])
    return compare(as_version(old, numbers), as_version(new, numbers))


def row_before(paragraph: Paragraph, row):
    """The version before that one, None when it is the first."""
    before = Q(history_date__lt=row.history_date) | Q(history_date=row.history_date, history_id__lt=row.history_id)
    return _rows(paragraph).filter(before).first()
