"""What has been recorded of one paragraph at the table, read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from meetings.models import Attendance, Ballot, Closing, Motion, Paragraph, Procedure, Recusal, Statement, Vote

from .counting import Tally
from .reading import tally
from .table import Table


@dataclass(frozen=True)
class Counted:
    """A ballot with its count, and who voted how where that is kept."""

    ballot: Ballot
    tally: Tally
    choices: dict[str, tuple[Attendance, ...]]

    @property
    def is_finished(self) -> bool:
        return self.ballot.finished_at is not None


@dataclass(frozen=True)
class Records:
    """All records of a paragraph, with its table."""

    paragraph: Paragraph
    table: Table
    motions: tuple[Motion, ...]
    procedure: Procedure | None
    ballots: tuple[Counted, ...]
    statements: tuple[Statement, ...]
    closing: Closing | None

    @property
    def recusals(self) -> tuple[Recusal, ...]:
        return self.table.recusals

    @property
    def standing(self) -> tuple[Motion, ...]:
        """The proposals that have not been taken back (KL 5 kap. 67 § p. 1)."""
        return tuple(each for each in self.motions if each.withdrawn_at is None)

    @property
    def reservations(self) -> tuple[Statement, ...]:
        return tuple(each for each in self.statements if each.kind == Statement.Kind.RESERVATION)

    @property
    def notes(self) -> tuple[Statement, ...]:
        return tuple(each for each in self.statements if each.kind == Statement.Kind.NOTE)

    @property
    def open_ballots(self) -> tuple[Counted, ...]:
        """Votes that have begun and have no result."""
        return tuple(each for each in self.ballots if not each.is_finished)

    @cached_property
    def _people(self) -> dict[int, Attendance]:
        return {entry.pk: entry for entry in self.table.roll.entries}

    def supporters(self, motion: Motion) -> tuple[Attendance, ...]:
        """Those who agree with a proposal, as far as they stand in the list."""
        return tuple(self._people[pk] for pk in motion.supporters if pk in self._people)


def records_of(table: Table) -> Records:
    """The records of the table's paragraph, in six queries however many they are."""
    paragraph = table.paragraph
    ballots = paragraph.ballots.select_related("casting_by").prefetch_related(
        Prefetch("votes", Vote.objects.select_related("attendance"))
    )
    return Records(
        paragraph=paragraph,
        table=table,
        motions=tuple(paragraph.motions.select_related("mover")),
        procedure=Procedure.objects.filter(paragraph=paragraph).first(),
        ballots=tuple(counted(each, table.seats) for each in ballots),
        statements=tuple(paragraph.statements.select_related("attendance")),
        closing=Closing.objects.filter(paragraph=paragraph).select_related("closed_by").first(),
    )


RECORDED = (
    Prefetch("recusals", Recusal.objects.select_related("attendance", "substitute")),
    Prefetch("motions", Motion.objects.select_related("mover")),
    Prefetch(
        "ballots",
        Ballot.objects.select_related("casting_by").prefetch_related(
            Prefetch("votes", Vote.objects.select_related("attendance").order_by("id"))
        ),
    ),
    Prefetch("statements", Statement.objects.select_related("attendance")),
)


def loaded_records(table: Table) -> Records:
    """The same without a query, of a paragraph that was read with RECORDED, its closing and its procedure."""
    paragraph = table.paragraph
    return Records(
        paragraph=paragraph,
        table=table,
        motions=tuple(paragraph.motions.all()),
        procedure=getattr(paragraph, "procedure", None),
        ballots=tuple(counted(each, table.seats) for each in paragraph.ballots.all()),
        statements=tuple(paragraph.statements.all()),
        closing=getattr(paragraph, "closing", None),
    )


def counted(ballot: Ballot, seats: int) -> Counted:
    """A ballot with its count. Its votes must have been fetched with those who cast them."""
    return Counted(ballot, tally(ballot, seats), _by_choice(ballot.votes.all()))


def _by_choice(votes: Iterable[Vote]) -> dict[str, tuple[Attendance, ...]]:
    votes = list(votes)
    return {
        choice: tuple(vote.attendance for vote in votes if vote.choice == choice) for choice in Ballot.Choice.values
    }
