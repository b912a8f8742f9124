"""What is frozen for adjustment: which paragraphs, who must sign them in which order, and the paper they sign."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from enamnd.dates import long_date
from enamnd.formats import paragraph_range
from enamnd.organisation.models import Board, Person
from meetings.adjusting.frozen import frozen_paper
from meetings.models import AdjustedParagraph, Adjustment, Meeting, Paragraph, Signatory
from meetings.paper.compose import compose_protocol
from meetings.paper.protocol import CoverRow, PaperParagraph, PaperSection, ProtocolPaper, SignatureLine

_LINK_WITHIN = re.compile(r'<a href="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Signer:
    """Somebody who must sign: as what, for which paragraphs ("8-14"; empty: all), in which field of the file."""

    role: str
    name: str
    political_party: str
    person: Person | None
    paragraphs: str
    field: str

    @property
    def line(self) -> SignatureLine:
        name = f"{self.name} ({self.political_party})" if self.political_party else self.name
        span = f"§ {self.paragraphs}" if self.paragraphs else ""
        return SignatureLine(Signatory.Role(self.role).label, name, span, self.field)


def paragraphs_to_freeze(meeting: Meeting) -> list[Paragraph]:
    """The paragraphs that no adjustment holds, in order."""
    held = AdjustedParagraph.objects.filter(is_void=False, paragraph__meeting=meeting).values("paragraph")
    return list(meeting.paragraphs.exclude(pk__in=held).select_related("case").order_by("position"))


# Who signs


def signers_of(meeting: Meeting, paragraphs: Sequence[Paragraph]) -> list[Signer]:
    """Secretary, then whoever chaired any of `paragraphs`, then whoever adjusts any of them (KL 5 kap. 69 §).

    A chair of two ranges signs once, for both. Each has a field of the file.
    """
    found: dict[tuple, tuple[Person | None, list[Paragraph]]] = {}
    if meeting.secretary_name:
        key = (Signatory.Role.SECRETARY, meeting.secretary_name, "")
        found[key] = (meeting.secretary, list(paragraphs))
    for role, rows in ((Signatory.Role.CHAIR, meeting.chairs), (Signatory.Role.ADJUSTER, meeting.adjusters)):
        for row in rows.select_related("person", "first", "last"):
            own = [each for each in paragraphs if _covers(row, each)]
            if own:
                _, earlier = found.setdefault((role, row.name, row.political_party), (row.person, []))
                earlier.extend(own)
    return [
        Signer(str(role), name, party, person, _part_of(own, paragraphs), f"Signatur{place}")
        for place, ((role, name, party), (person, own)) in enumerate(found.items(), 1)
    ]


def _covers(row, paragraph: Paragraph) -> bool:
    first, last = (end.position if end else None for end in (row.first, row.last))
    return (first is None or first <= paragraph.position) and (last is None or paragraph.position <= last)


def _part_of(own: Sequence[Paragraph], all_of_them: Sequence[Paragraph]) -> str:
    keys = {each.pk for each in own}
    return "" if len(keys) == len(all_of_them) else spans([each for each in all_of_them if each.pk in keys])


def spans(paragraphs: Sequence[Paragraph]) -> str:
    """The § numbers in words: "8-11, 13"; empty while they have none."""
    numbers = sorted(each.number for each in paragraphs if each.number)
    runs = [list(run) for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(paragraph_range(run[0][1], run[-1][1]).removeprefix("§ ") for run in runs)


# What they sign


def compose_frozen(
    meeting: Meeting, board: Board, paragraphs: Sequence[Paragraph], signers: Iterable[Signer], *, is_immediate: bool
) -> ProtocolPaper:
    """The paper that is frozen: of an immediate adjustment its paragraphs alone, else the whole protocol.

    Paragraphs that have been adjusted already stand as they were frozen then, and say so.
    """
    paper = compose_protocol(meeting, board)
    kept = {f"p{each.pk}" for each in paragraphs}
    earlier = {} if is_immediate else _adjusted_before(meeting)
    shown = [earlier.get(each.key, each) for each in paper.paragraphs if each.key in kept or each.key in earlier]
    there = {each.key for each in shown}
    return replace(
        paper,
        title=f"{paper.title}, omedelbar justering" if is_immediate else paper.title,
        cover=_cover(paper.cover, board, spans(paragraphs), is_part=bool(earlier)),
        paragraphs=tuple(_without_dead_links(each, there) for each in shown),
        to_sign=tuple(each.line for each in signers),
        is_draft=False,
    )


def _adjusted_before(meeting: Meeting) -> dict[str, PaperParagraph]:
    """Paragraphs of immediate adjustments, by key, as they were frozen."""
    found = {}
    for adjustment in Adjustment.objects.standing().filter(meeting=meeting, is_immediate=True):
        day = adjustment.adjusted_on
        note = f"Paragrafen är omedelbart justerad{f' {long_date(day)}' if day else ''}."
        found |= {each.key: replace(each, note=note) for each in frozen_paper(adjustment).paragraphs}
    return found


def _cover(rows: tuple[CoverRow, ...], board: Board, numbers: str, *, is_part: bool) -> tuple[CoverRow, ...]:
    """The cover, saying which paragraphs this paper adjusts."""
    label = board.paper_field("adjusted_paragraphs")
    lines = tuple(filter(None, (numbers, "Övriga paragrafer är omedelbart justerade" if is_part else "")))
    return tuple(replace(row, lines=lines) if row.label == label and numbers else row for row in rows)


def _without_dead_links(paragraph: PaperParagraph, there: set[str]) -> PaperParagraph:
    """Cross-references to paragraphs that do not stand in the paper are plain text."""

    def settled(found: re.Match) -> str:
        return found[0] if found[1] in there else found[2]

    return replace(paragraph, sections=tuple(_with_links(each, settled) for each in paragraph.sections))


def _with_links(section: PaperSection, settled: Callable[[re.Match], str]) -> PaperSection:
    return replace(section, html=_LINK_WITHIN.sub(settled, section.html)) if section.html else section


def is_the_same(one: ProtocolPaper, other: ProtocolPaper) -> bool:
    """Whether two papers say the same, whenever they were composed."""
    return replace(one, created_at=other.created_at) == other
