"""What the portal proposes for a newsletter: decisions of adjusted protocols, and the meetings to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from enamnd.dates import long_date
from meetings.adjusting.frozen import from_content as paper_of
from meetings.adjusting.frozen import frozen_paper
from meetings.models import Adjustment, Meeting, Paragraph, PlannedDay
from meetings.paper.protocol import DECISION, PaperParagraph
from meetings.publishing import masking
from meetings.publishing import reading as public_reading
from meetings.publishing.paper import proposed_masks
from meetings.text.markup import clean, plain_text
from meetings.text.markup_tree import escaped

from .secrecy import is_open_to_all

FORMAL = ("upprop", "val av justerare", "justerare", "dagordning", "föredragningslista")


@dataclass(frozen=True)
class Decided:
    """An adjusted paragraph that may be told of: its key, "§ 8 Budget 2023", its decision as markup.

    `is_formal` is one of those that open every meeting, which few want to read of.
    """

    key: str
    name: str
    html: str
    is_formal: bool

    @property
    def words(self) -> str:
        return plain_text(self.html)


def decided_at(meeting: Meeting) -> list[Decided]:
    """What was decided, in printed order, as the public protocol says it.

    Where none has been published yet, what the portal would propose to mask is masked. Left out are paragraphs without
    a decision, and those that not everybody may read.
    """
    adjustments = meeting.adjustments.filter(adjusted_on__isnull=False, withdrawn_at=None).order_by(
        "is_immediate", "pk"
    )
    found: dict[str, PaperParagraph] = {}
    for adjustment in adjustments:
        for each in _public_paragraphs(adjustment):
            found.setdefault(each.key, each)
    rows = Paragraph.objects.filter(meeting=meeting).defer("sections").order_by("position")
    may_be_told = is_open_to_all(rows)
    told = [found[key] for row in rows if (key := f"p{row.pk}") in found and key in may_be_told]
    return [
        Decided(each.key, f"{each.label} {each.title}", html, _is_formal(each)) for each, html in _with_decision(told)
    ]


def _public_paragraphs(adjustment: Adjustment) -> Iterable[PaperParagraph]:
    published = public_reading.shown().filter(adjustment=adjustment).first()
    if published:
        return paper_of(published.content).paragraphs
    paper = frozen_paper(adjustment)
    return masking.masked(paper, proposed_masks(adjustment, paper)).paragraphs


def _with_decision(paragraphs: Iterable[PaperParagraph]) -> Iterator[tuple[PaperParagraph, str]]:
    for each in paragraphs:
        if html := "".join(_decision(each)):
            yield each, clean(html)


def _decision(paragraph: PaperParagraph) -> Iterator[str]:
    for section in paragraph.sections:
        if section.kind != DECISION:
            continue
        if len(section.items) == 1:
            yield f"<p>{escaped(section.items[0])}</p>"
        elif section.items:
            points = "".join(f"<li><p>{escaped(item)}</p></li>" for item in section.items)
            yield f"<ul>{points}</ul>"
        yield section.html


def _is_formal(paragraph: PaperParagraph) -> bool:
    return any(each in paragraph.title.casefold() for each in FORMAL)


def decisions_html(meeting: Meeting, keys: Iterable[str]) -> str:
    """The chosen decisions under a heading, and where the whole protocol stands when it is published."""
    keys = set(keys)
    chosen = [each for each in decided_at(meeting) if each.key in keys]
    if not chosen:
        return ""
    told = "".join(f"<h5>{escaped(each.name)}</h5>{each.html}" for each in chosen)
    heading = f"Beslut vid sammanträdet {long_date(meeting.held_on)}"
    return clean(f"<h4>{escaped(heading)}</h4>{told}{_whole_protocol(meeting)}")


def _whole_protocol(meeting: Meeting) -> str:
    published = public_reading.published().filter(adjustment__meeting=meeting, adjustment__is_immediate=False).first()
    if published is None:
        return ""
    return f'<p><a href="/protokoll/{published.pk}/">Hela protokollet finns på nämndens sidor</a></p>'


def coming_html(today: date, after: Meeting | None = None) -> str:
    """The board's meetings to come, called and planned, under a heading; nothing when there are none.

    The meeting that the letter comes `after` is not to come, though it was held today.
    """
    meetings = [each for each in public_reading.coming_meetings(today) if each != after]
    held = [*meetings, *public_reading.planned_days(today)]
    lines = [escaped(_when(each)) for each in sorted(held, key=lambda each: each.held_on)]
    points = "".join(f"<li><p>{line}</p></li>" for line in lines)
    return clean(f"<h4>Kommande sammanträden</h4><ul>{points}</ul>") if lines else ""


def under_heading(name: str, html: str) -> str:
    """A text out of the registers under its name, where it brings no heading of its own; nothing of nothing."""
    return html if not html or html.startswith("<h4>") else f"<h4>{escaped(name)}</h4>{html}"


def _when(held: Meeting | PlannedDay) -> str:
    body = held.body if isinstance(held, Meeting) else held.plan.body
    at = f"kl. {held.starts_at:%H.%M}" if held.starts_at else ""
    called_off = "inställt" if _is_called_off(held) else ""
    return ", ".join(
        filter(None, (f"{long_date(held.held_on)} {at}".strip(), str(body), public_reading.place_of(held), called_off))
    )


def _is_called_off(held: Meeting | PlannedDay) -> bool:
    day = getattr(held, "planned_day", None) if isinstance(held, Meeting) else held
    return bool(day and day.cancelled_because)
