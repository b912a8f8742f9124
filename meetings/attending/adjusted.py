"""What the papers of immediate adjustments say of people, and that no later change of the meeting contradicts it.

A paragraph that is adjusted at once (omedelbar justering) has a paper of its own while the meeting goes on. Who was
there, who chaired and who adjusted is told of the meeting in ranges of paragraphs, so that a change of a range could
reach a paragraph whose paper is signed. The rest of the meeting stays open.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from enamnd.formats import listed
from enamnd.refusal import Refused
from meetings.attending.listed_roll import roll_of
from meetings.models import AdjustedParagraph, Meeting, Paragraph

Said = dict[str, dict[str, tuple]]


@contextmanager
def kept_as_adjusted(meeting: Meeting) -> Iterator[None]:
    """Refuse, and so take back, what is done within when it changes what a paper of the meeting says of people."""
    locked = adjusted_at_once(meeting)
    if not locked:
        yield
        return
    before = _said(meeting, locked)
    yield
    after = _said(meeting, locked)
    for label in before:
        if before[label] != after[label]:
            raise Refused(_sentence(label, _names(before[label], after[label])))


def adjusted_at_once(meeting: Meeting) -> list[Paragraph]:
    """The paragraphs of standing immediate adjustments, in order, without their text."""
    held = AdjustedParagraph.objects.filter(is_void=False, adjustment__is_immediate=True).values("paragraph")
    rows = Paragraph.objects.filter(meeting=meeting, pk__in=held)
    return list(rows.only("pk", "meeting_id", "position", "number", "title").order_by("position"))


def _said(meeting: Meeting, locked: list[Paragraph]) -> Said:
    """Of each paragraph, by its label: what each person was there."""
    found = roll_of(meeting)
    labels = {row.key: row.label for row in found.rows}
    presiding = list(meeting.chairs.select_related("first", "last"))
    adjusting = list(meeting.adjusters.select_related("first", "last"))
    said: Said = {}
    for paragraph in locked:
        here: dict[str, tuple] = {}
        for row in found.rows:
            span = row.at(paragraph.position)
            if span is not None and span.presence in ("serving", "present"):
                instead = labels.get(span.replaces or "", "")
                facts = (span.presence, instead, row.municipality, row.organisation, row.seat, row.role, row.is_remote)
                here[row.label] = (*here.get(row.label, ()), facts)
        for what, people in (("chair", presiding), ("adjuster", adjusting)):
            for each in people:
                if _covers(each, paragraph):
                    here[str(each)] = (*here.get(str(each), ()), what)
        said[paragraph.label if paragraph.number else f"”{paragraph.title}”"] = here
    return said


def _covers(row, paragraph: Paragraph) -> bool:
    first, last = (end.position if end else None for end in (row.first, row.last))
    return (first is None or first <= paragraph.position) and (last is None or paragraph.position <= last)


def _names(before: dict[str, tuple], after: dict[str, tuple]) -> list[str]:
    return [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]


def _sentence(label: str, names: list[str]) -> str:
    some = listed(names[:3] if len(names) <= 3 else [*names[:3], f"{len(names) - 3} till"])
    return (
        f"{label} är låst för omedelbar justering, och dess papper säger redan vilka som var med. Ändringen skulle "
        f"säga något annat om {some}. Låt den gälla från en senare paragraf."
    )
