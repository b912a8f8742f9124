"""The table and the votes as the database has them."""

from enamnd.organisation.models import Board
from meetings.attending import roll
from meetings.attending.listed_roll import MeetingRoll, roll_of
from meetings.models import Attendance, Ballot, Paragraph, Vote

from .counting import Tally, tally_of
from .table import Table


def table_at(paragraph: Paragraph, found: MeetingRoll | None = None) -> Table:
    """The table at `paragraph`. `found` is the meeting's roll where it has been read already."""
    board = Board.objects.first()
    return Table(
        paragraph=paragraph,
        roll=found or roll_of(paragraph.meeting),
        recusals=tuple(paragraph.recusals.select_related("attendance", "substitute")),
        chairs=tuple(paragraph.meeting.chairs.select_related("first", "last")),
        substitutes_from=board.rule("substitutes_from") if board else "municipality",
    )


def serving_at(paragraph: Paragraph) -> tuple[Attendance, ...]:
    """Members and substitutes who may vote at `paragraph`: they serve there and are not recused."""
    return table_at(paragraph).serving


def quorum_at(paragraph: Paragraph) -> roll.Quorum:
    """Whether the body may decide at `paragraph`: more than half of the seats, without the recused (KL 6 kap. 27 §)."""
    return table_at(paragraph).quorum


def votes_of(ballot: Ballot) -> tuple[Vote, ...]:
    """The votes by name of an open ballot, as they were cast; a closed one keeps only its totals."""
    return tuple(ballot.votes.select_related("attendance"))


def tally(ballot: Ballot, seats: int) -> Tally:
    """The count of a ballot: of its votes by name when it is open, else of the totals."""
    if ballot.method == Ballot.Method.OPEN:
        return tally_of((vote.choice for vote in ballot.votes.all()), seats)
    return Tally(ballot.yes_count or 0, ballot.no_count or 0, ballot.abstain_count or 0, seats)
