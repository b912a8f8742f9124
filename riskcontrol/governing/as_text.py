"""A section of a governing document as protocol text: what the comparing and settling of texts know."""

from collections.abc import Iterable

from meetings.text.comparison import Comparison, Version, compare
from meetings.text.sections import TEXT, Section

from ..models import GoverningSection
from .outline import outline_of


def as_text(row: GoverningSection, heading: str = "") -> Section:
    """The section with its key, text, revision and who wrote it last."""
    return Section(
        key=row.key,
        kind=TEXT,
        heading=heading or row.heading,
        html=row.html,
        revision=row.revision,
        edited_by=row.edited_by_id,
        edited_at=row.edited_at.isoformat() if row.edited_at else None,
    )


def compare_documents(old: Iterable[GoverningSection], new: Iterable[GoverningSection]) -> Comparison:
    """What differs between two documents' own texts, section by section, under the headings with their numbers."""
    sides = [tuple(as_text(line.section, line.section.heading) for line in outline_of(rows)) for rows in (old, new)]
    return compare(Version("", "", sides[0]), Version("", "", sides[1]))
