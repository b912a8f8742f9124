"""What a meeting is told in a standing paragraph: delegated decisions and follow-ups, as a table in the text.

The table is copied into the paragraph when it is made; afterwards the protocol never changes by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from simple_history.utils import bulk_update_with_history

from enamnd.dates import long_date
from meetings.models import DelegatedDecision, FollowUp, Meeting, Paragraph
from meetings.text.markup_tree import escaped


@dataclass(frozen=True)
class Standing:
    """A standing paragraph that the portal can build: its title, and the heading of the section with the table."""

    title: str
    heading: str


DELEGATED = Standing("Anmälan av delegationsbeslut", "Anmälda delegationsbeslut")
FOLLOWED_UP = Standing("Uppföljning av uppdrag", "Uppdrag")


def standing_paragraph_of(meeting: Meeting, standing: Standing) -> Paragraph | None:
    """The meeting's paragraph of that title, if it has one."""
    paragraphs = meeting.paragraphs.only("pk", "title", "meeting_id", "number")
    return next((each for each in paragraphs if each.title.casefold().startswith(standing.title.casefold())), None)


def decisions_table(decisions: Iterable[DelegatedDecision]) -> str:
    """The reported decisions as protocol text: number, date, delegate, point, matter, decision."""
    head = ("Nummer", "Datum", "Delegat", "Punkt", "Ärende", "Beslut")
    return _table(head, (_decision_row(each) for each in decisions))


def _decision_row(decision: DelegatedDecision) -> Sequence[str]:
    who = decision.decided_by.name + (f", {decision.capacity.lower()}" if decision.capacity else "")
    subject = decision.subject + (" (brådskande)" if decision.is_urgent else "")
    point = decision.point.number if decision.point else "–"
    return decision.number, str(decision.decided_on), who, point, subject, decision.decision


def follow_ups_table(follow_ups: Iterable[FollowUp], day: date) -> str:
    """The follow-ups as protocol text: what, decided where, who, by when, and how it stands on `day`."""
    head = ("Uppdrag", "Beslutat", "Ansvarig", "Klart senast", "Läge")
    return _table(head, (_follow_up_row(each, day) for each in follow_ups))


def _follow_up_row(follow_up: FollowUp, day: date) -> Sequence[str]:
    paragraph = follow_up.paragraph
    decided = f"{paragraph.meeting.held_on} {paragraph.label}"
    due = str(follow_up.due_on) if follow_up.due_on else "–"
    return follow_up.task, decided, follow_up.responsible, due, standing_of(follow_up, day)


def standing_of(follow_up: FollowUp, day: date) -> str:
    """How a follow-up stands on `day`: ”Klart 12 maj 2026: …”, ”Försenat”, ”Pågår”."""
    if follow_up.done_on and follow_up.done_on <= day:
        done = f"Klart {long_date(follow_up.done_on)}"
        return f"{done}: {follow_up.outcome}" if follow_up.outcome else done
    return "Försenat" if follow_up.due_on and follow_up.due_on < day else "Pågår"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row("th", head), *(_row("td", row) for row in rows)]
    return f"<table><tbody>{''.join(lines)}</tbody></table>"


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}><p>{escaped(' '.join(cell.split()))}</p></{tag}>" for cell in cells) + "</tr>"


def take_back(paragraph: Paragraph, *, by) -> int:
    """Let what the paragraph told be untold, because it is about to be removed. Returns how many rows."""
    reported = paragraph.reported_decisions.all()
    told = paragraph.told_follow_ups.all()
    return _cleared(reported, DelegatedDecision, "reported_in", by) + _cleared(told, FollowUp, "told_in", by)


def _cleared(rows: models.QuerySet, model: type[models.Model], field: str, by) -> int:
    rows = list(rows)
    for row in rows:
        setattr(row, field, None)
    if rows:
        bulk_update_with_history(rows, model, [field], default_user=by)
    return len(rows)
