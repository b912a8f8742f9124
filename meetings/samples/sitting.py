"""What was said and voted on at one of the sample board's meetings, told afterwards with the secretary's own verbs."""

import json
from datetime import time
from pathlib import Path

from enamnd.accounts.models import RoleGrant, User
from meetings.actions import attendance, ballots, closings, motions, recusals, sitting, statements
from meetings.attending.listed_roll import roll_of
from meetings.models import Attendance, Meeting, Paragraph
from meetings.models.attendance import PresenceKind
from meetings.sitting import serving_at

SAMPLE = Path(__file__).parent / "sitting.json"
MEMBER, SUBSTITUTE = Attendance.SeatKind.MEMBER, Attendance.SeatKind.SUBSTITUTE


def load_sitting():
    """Hold the meeting of the file: its moments, and what was recorded of each paragraph."""
    content = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    meeting = Meeting.objects.get(held_on=content["date"])
    people = {(each.municipality_name, each.seat_kind): each for each in roll_of(meeting).entries if each.seat_kind}
    *first, last = content["moments"]
    for kind, at in first:
        sitting.tell_moment(meeting, kind, time.fromisoformat(at), by=by)
    for each in content["paragraphs"]:
        _hold(meeting.paragraphs.get(number=each["number"]), each, people, by)
    sitting.tell_moment(meeting, last[0], time.fromisoformat(last[1]), by=by)


def _hold(paragraph: Paragraph, content: dict, people: dict, by: User):
    for each in content.get("recusals", ()):
        _recuse(paragraph, each, people, by)
    for each in content.get("motions", ()):
        _move(paragraph, each, people, by)
    if "procedure" in content:
        motions.set_procedure(paragraph, content["procedure"], by=by)
    if "ballot" in content:
        _vote(paragraph, content["ballot"], by)
    for kind in ("reservation", "note"):
        for each in content.get(f"{kind}s", ()):
            statements.add_statement(paragraph, kind, people[each["who"], MEMBER], each["text"], by=by)
    closings.close_paragraph(paragraph, content["outcome"], by=by)


def _recuse(paragraph: Paragraph, content: dict, people: dict, by: User):
    who, substitute = (people[content["who"], kind] for kind in (MEMBER, SUBSTITUTE))
    if content["instead"]:
        attendance.mark(substitute, PresenceKind.PRESENT, by=by)
    else:
        substitute = None
    recusals.add_recusal(paragraph, who, reason=content["reason"], substitute=substitute, by=by)


def _move(paragraph: Paragraph, content: dict, people: dict, by: User):
    motion = motions.add_motion(
        paragraph,
        content["kind"],
        content.get("text", ""),
        mover=people[content["who"], MEMBER],
        supporters=[people[place, MEMBER] for place in content.get("agree", ())],
        by=by,
    )
    if content.get("withdrawn"):
        motions.set_withdrawn(motion, True, by=by)


def _vote(paragraph: Paragraph, content: dict, by: User):
    ballot = ballots.begin_ballot(paragraph, "open", yes_means=content["yes"], no_means=content["no"], by=by)
    votes = {each: "no" if each.municipality_name in content["no_from"] else "yes" for each in serving_at(paragraph)}
    ballots.cast_votes(ballot, votes, by=by)
    ballots.finish_ballot(ballot, ballots.Finish(casting_vote=content["casting"]), by=by)
