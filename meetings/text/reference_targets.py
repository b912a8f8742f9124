"""Where the cross-references of a paragraph lead: to other paragraphs of the same body, or nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from meetings.models import Paragraph
from meetings.text import markup, sections
from meetings.text.references import Reference, find_references


@dataclass(frozen=True)
class Targets:
    """The paragraphs that a text refers to. `resolve` is what markup.link_references asks for."""

    addresses: dict[tuple, str]
    year: int

    def resolve(self, reference: Reference) -> str | None:
        """The address of the first § meant; None unless both ends of the range exist."""
        found = [self.addresses.get((reference.date or self.year, number)) for number in _ends(reference)]
        return found[0] if all(found) else None


@dataclass(frozen=True)
class ReferenceLine:
    """One cross-reference as written, and where it leads (None: no such paragraph in the portal)."""

    text: str
    address: str | None


def _ends(reference: Reference) -> tuple[int, int]:
    return reference.first, reference.last


def targets_of(paragraph: Paragraph, references: Iterable[Reference]) -> Targets:
    """Look all references of a paragraph up, in one query.

    "§ 12" means the same body and the year of this meeting; "2022-03-16 § 2" the meeting of that day, same body.
    """
    wanted = meant_by(references, paragraph.year)
    if not wanted:
        return Targets({}, paragraph.year)
    rows = Paragraph.objects.filter(wanted, body=paragraph.body_id).values_list(
        "number", "year", "meeting__held_on", "meeting_id", "pk"
    )
    addresses = {}
    for number, year, held_on, *ids in rows:
        addresses[year, number] = addresses[held_on, number] = reverse("meetings:paragraph", args=ids)
    return Targets(addresses, paragraph.year)


def meant_by(references: Iterable[Reference], year: int) -> Q:
    """Which paragraphs of a body are meant in a text of that year: a condition for each date, however many references.

    Empty when there are none.
    """
    numbers: dict[date | None, set[int]] = {}
    for reference in references:
        numbers.setdefault(reference.date, set()).update(_ends(reference))
    wanted = Q()
    for day, those in numbers.items():
        wanted |= Q(number__in=those) & (Q(meeting__held_on=day) if day else Q(year=year))
    return wanted


def references_in(text: sections.Sections) -> list[Reference]:
    """Every cross-reference in the sections, in printed order."""
    return [reference for section in text for reference in find_references(_words(section))]


def _words(section: sections.Section) -> str:
    if section.is_list:
        return "\n".join(item.text for item in section.items)
    return markup.plain_text(section.html)


def reference_lines(references: Iterable[Reference], targets: Targets) -> list[ReferenceLine]:
    """The cross-references, each once, and where they lead."""
    return list(dict.fromkeys(ReferenceLine(each.text, targets.resolve(each)) for each in references))
