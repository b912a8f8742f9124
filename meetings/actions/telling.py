"""Building the standing paragraphs: one click puts what the meeting must be told into its text."""

from collections.abc import Iterable

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings import rules
from meetings.decisions import delegation, follow_ups, telling
from meetings.decisions.delegation_rules import check_not_voided
from meetings.text import sections

from ..models import DelegatedDecision, FollowUp, Meeting, Paragraph
from .paragraphs import add_paragraph
from .versions import keep, open_for_writing, write


@transaction.atomic
def report_decisions(meeting: Meeting, *, by: User) -> Paragraph:
    """Report delegated decisions to the board (anmäla delegationsbeslut, KL 6 kap. 40 §, 7 kap. 8 §).

    The meeting's standing paragraph gets them as a table; it is added when there is none. Each decision then says
    where it was reported. Refused when there is nothing to report, and when the protocol is locked.
    """
    rules.check_can_write(by)
    waiting = list(delegation.to_report(meeting).select_for_update(of=("self",)))
    if not waiting:
        raise Refused("Det finns inga delegationsbeslut att anmäla: alla till och med den dagen är anmälda.")
    row = _standing(meeting, telling.DELEGATED, by)
    _point_at(waiting, DelegatedDecision, "reported_in", row, by)
    _write_decisions(row, by)
    record("delegated.reported", row, by=by, within=meeting, numbers=[each.number for each in waiting])
    return row


@transaction.atomic
def take_out_decision(decision: DelegatedDecision, *, by: User) -> DelegatedDecision:
    """Take a decision out of the paragraph where it was reported, so that it waits again."""
    rules.check_can_write(by)
    decision = DelegatedDecision.objects.select_for_update().get(pk=decision.pk)
    check_not_voided(decision)
    if decision.reported_in is None:
        return decision
    row = open_for_writing(decision.reported_in, by=by)
    _point_at([decision], DelegatedDecision, "reported_in", None, by)
    _write_decisions(row, by)
    record("delegated.taken_out", decision, by=by, within=row.meeting)
    return decision


@transaction.atomic
def tell_follow_ups(meeting: Meeting, *, by: User) -> Paragraph:
    """Put open follow-ups, and those done since they were last told, in the meeting's standing paragraph."""
    rules.check_can_write(by)
    waiting = list(follow_ups.to_tell(meeting).select_for_update(of=("self",)))
    if not waiting:
        raise Refused("Det finns inga uppdrag att följa upp från tidigare sammanträden.")
    row = _standing(meeting, telling.FOLLOWED_UP, by)
    _point_at(waiting, FollowUp, "told_in", row, by)
    told = row.told_follow_ups.select_related("paragraph__meeting").order_by("due_on", "id")
    _write(row, telling.FOLLOWED_UP, telling.follow_ups_table(told, meeting.held_on), by)
    record("follow_ups.told", row, by=by, within=meeting, number=len(waiting))
    return row


def _standing(meeting: Meeting, standing: telling.Standing, by: User) -> Paragraph:
    found = telling.standing_paragraph_of(meeting, standing)
    return open_for_writing(found or add_paragraph(meeting, title=standing.title, by=by), by=by)


def _point_at(rows: Iterable, model, field: str, paragraph: Paragraph | None, by: User):
    rows = list(rows)
    for each in rows:
        setattr(each, field, paragraph)
    bulk_update_with_history(rows, model, [field], default_user=by)


def _write_decisions(row: Paragraph, by: User):
    """The table of all that the paragraph reports; without any, its section goes."""
    reported = row.reported_decisions.select_related("decided_by", "point").order_by("decided_on", "id")
    html = telling.decisions_table(reported) if reported else ""
    _write(row, telling.DELEGATED, html, by)


def _write(row: Paragraph, standing: telling.Standing, html: str, by: User):
    """Put the table under its heading, after the decision, and propose a decision where none is written."""
    keep(row)
    text = sections.from_json(row.sections)
    old = next((each for each in text if each.heading == standing.heading), None)
    if old and html:
        text = sections.replace_content(text, old.key, old.revision, html=html, by=by.pk)
    elif old:
        text = sections.remove(text, old.key)
    elif html:
        new = sections.new_section(sections.TEXT, standing.heading, html=html, by=by.pk)
        text = sections.add(text, new, _after_decision(text))
    write(row, by=by, sections=sections.to_json(_with_proposal(text)))
    keep(row)


def _after_decision(text: sections.Sections) -> int:
    decisions = [at for at, each in enumerate(text) if each.kind == sections.DECISION]
    return decisions[0] + 1 if decisions else 0


def _with_proposal(text: sections.Sections) -> sections.Sections:
    """The usual decision about what is only told, where the place for a decision is empty."""
    empty = next((each for each in text if each.kind == sections.DECISION and each.items == ()), None)
    if empty is None:
        return text
    name = current_board().short_name
    proposal = sections.Item(f"{name[:1].upper()}{name[1:]} lägger redovisningen till handlingarna.")
    return sections.replace_content(text, empty.key, empty.revision, items=(proposal,))
