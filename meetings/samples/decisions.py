"""The sample board's delegated decisions, follow-ups, dispatches and matters for the councils, by the usual verbs."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Body, Municipality, Person
from meetings.actions import councils, delegated, dispatching, follow_ups
from meetings.decisions import delegation
from meetings.models import Meeting, Paragraph

SAMPLE = Path(__file__).parent / "decisions.json"


@transaction.atomic
def load_decisions():
    """What the sample board has decided between its meetings, and what became of its decisions."""
    content = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    body = Body.objects.get(name=content["body"])
    points = {each.number: each for each in delegation.points_to_choose(body)}
    for each in content["delegated"]:
        _register(each, body, points, by)
    for each in content["follow_ups"]:
        _follow_up(each, body, by)
    _send(content["sent"], body, by)
    for each in content["councils"]:
        _ask(each, by)


def _day(written: str) -> date:
    """The day as written, but never one that has not been."""
    return min(date.fromisoformat(written), timezone.localdate())


def _register(content: dict, body: Body, points: dict, by: User):
    delegated.register_decision(
        body,
        decided_on=_day(content["on"]),
        decided_by=Person.objects.get(name=content["by"]),
        point=points.get(content["point"]),
        subject=content["subject"],
        decision=content["decision"],
        amount=Decimal(content["amount"]) if "amount" in content else None,
        is_urgent="urgent" in content,
        urgent_because=content.get("urgent", ""),
        by=by,
    )


def _follow_up(content: dict, body: Body, by: User):
    meetings = Meeting.objects.filter(body=body, held_on=content["meeting"])
    paragraph = Paragraph.objects.get(meeting__in=meetings, title=content["title"])
    made = follow_ups.add_follow_up(
        paragraph,
        task=content["task"],
        responsible=content.get("responsible", ""),
        person=Person.objects.get(name=content["person"]),
        due_on=date.fromisoformat(content["due"]),
        by=by,
    )
    if "done" in content and paragraph.meeting.held_on <= timezone.localdate():
        follow_ups.finish_follow_up(made, done_on=_day(content["done"]), outcome=content["outcome"], by=by)


def _send(content: dict, body: Body, by: User):
    """The protocol and the decisions of one meeting, sent from the board's own mail, and confirmed by some."""
    meeting = Meeting.objects.get(body=body, held_on=content["meeting"])
    if not meeting.dispatches.exists():
        dispatching.open_for_meeting(meeting, by=by)
    for row in meeting.dispatches.filter(sent_on=None):
        dispatching.record_sent(row, sent_on=_day(content["on"]), manner=content["manner"], by=by)
        if row.recipient in content["confirmed"]:
            dispatching.confirm(row, confirmed_by="registrator", confirmed_on=_day(content["on"]), by=by)


def _ask(content: dict, by: User):
    matter = councils.ask_councils(
        title=content["title"],
        asked_on=date.fromisoformat(content["asked"]),
        answer_by=date.fromisoformat(content["by"]),
        by=by,
    )
    for place, (day, paragraph, outcome, *comment) in content["answers"].items():
        councils.answer_matter(
            matter,
            Municipality.objects.get(name=place),
            decided_on=_day(day),
            paragraph=paragraph,
            outcome=outcome,
            comment="".join(comment),
            by=by,
        )
