"""What was frozen for adjustment: the protocol as data, as it read then, and the way back from data to paper."""

import dataclasses
import typing
from collections.abc import Mapping

from django.db.models import Prefetch

from meetings.models import AdjustedParagraph, Adjustment, Meeting, Paragraph
from meetings.paper.protocol import PaperParagraph, ProtocolPaper


def as_content(paper: ProtocolPaper) -> dict:
    """The paper as JSON holds it, for `Adjustment.content`."""
    return dataclasses.asdict(paper)


def from_content(content: Mapping) -> ProtocolPaper:
    """The paper of a content; what a later portal has added has its usual value."""
    return _made(ProtocolPaper, content)


def frozen_paper(adjustment: Adjustment) -> ProtocolPaper:
    """The protocol as it read when it was frozen."""
    return from_content(adjustment.content)


def frozen_paragraph(paragraph: Paragraph) -> PaperParagraph | None:
    """A paragraph as it read when it was frozen; None while it is open."""
    held = AdjustedParagraph.objects.filter(paragraph=paragraph, is_void=False).select_related("adjustment").first()
    if held is None:
        return None
    wanted = f"p{paragraph.pk}"
    return next((each for each in frozen_paper(held.adjustment).paragraphs if each.key == wanted), None)


def standing_adjustment(meeting: Meeting) -> Adjustment | None:
    """The ordinary adjustment of a meeting that has not been withdrawn: it waits for signatures, or is adjusted."""
    standing = Adjustment.objects.standing().filter(meeting=meeting, is_immediate=False)
    return standing.select_related("paper", "frozen").first()


def light_adjustments() -> Prefetch:
    """A meeting's standing adjustments without what they hold, to load with the meeting."""
    return Prefetch("adjustments", Adjustment.objects.standing().defer("content").order_by("frozen_at", "id"))


def _made(kind, value):
    """A frozen dataclass, or a tuple of such, from what JSON made of it."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _made(hints[name], each) for name, each in value.items() if name in hints})
    if typing.get_origin(kind) is tuple:
        (of, *_) = typing.get_args(kind)
        return tuple(_made(of, each) for each in value)
    return value
