"""Verbs of votes (omröstningar): begun, cast, finished, taken away."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils import timezone

from enamnd.formats import listed
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings.models import Attendance, Ballot, Paragraph, Vote
from meetings.sitting.counting import Tally, check_adds_up, check_tie_is_broken
from meetings.sitting.reading import table_at
from meetings.sitting.records import Counted, counted, records_of
from meetings.sitting.rules import check_ballot, check_is_not_closed, check_may_take_part
from meetings.sitting.table import Table

from .sitting import at_the_table

OPEN, LOT = Ballot.Method.OPEN, Ballot.Method.LOT


@dataclass(frozen=True)
class Finish:
    """How a ballot ended: totals of a closed one, what broke a tie, and the result in words where they are edited."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    casting_vote: str = ""
    lot_outcome: str = ""
    result: str = ""


@transaction.atomic
def begin_ballot(
    paragraph: Paragraph, method: str, *, is_election: bool = False, yes_means: str, no_means: str, by
) -> Ballot:
    """Begin a vote (omröstning, KL 5 kap. 53-56 §§). Refused while another goes on, and without two sides.

    Open, but for elections and appointments, which may be closed or decided by lot.
    """
    row = at_the_table(paragraph, by=by)
    check_is_not_closed(row)
    check_ballot(records_of(table_at(row)), method, is_election, yes_means, no_means)
    last = row.ballots.aggregate(last=Max("order"))["last"] or 0
    ballot = Ballot(paragraph=row, order=last + 1, method=method, is_election=is_election)
    ballot.yes_means, ballot.no_means = yes_means.strip(), no_means.strip()
    _save(ballot, by)
    record("ballot.begun", row, by=by, within=row.meeting, method=ballot.get_method_display())
    return ballot


@transaction.atomic
def cast_votes(ballot: Ballot, choices: Mapping[Attendance, str], *, by) -> int:
    """Keep votes by name in an open ballot; an empty choice takes one away. Gives how many changed.

    Refused for those who do not serve there, in a closed ballot, and once it is finished.
    """
    ballot, table = _at_the_ballot(ballot, by)
    if ballot.method != OPEN:
        raise Refused("I en sluten omröstning sparas inte hur någon röstade.")
    for entry in choices:
        check_may_take_part(table, entry, "rösta")
    known = {vote.attendance_id: vote for vote in ballot.votes.all()}
    changed = [pair for pair in choices.items() if _keep_vote(ballot, known.get(pair[0].pk), *pair, by)]
    if changed:
        record("ballot.votes_cast", ballot.paragraph, by=by, within=table.paragraph.meeting, votes=len(changed))
    return len(changed)


def _keep_vote(ballot: Ballot, vote: Vote | None, entry: Attendance, choice: str, by) -> bool:
    if choice and choice not in Ballot.Choice.values:
        raise Refused("Välj ja, nej eller avstår.")
    if (vote.choice if vote else "") == choice:
        return False
    vote = vote or Vote(ballot=ballot, attendance=entry)
    vote._history_user = by
    vote.choice = choice
    if choice:
        vote.save()
    else:
        vote.delete()
    return True


@transaction.atomic
def finish_ballot(ballot: Ballot, finish: Finish, *, by) -> Ballot:
    """Finish a vote, once it adds up and a tie is broken (KL 5 kap. 54-56 §§, 4 kap. 25 §)."""
    ballot, table = _at_the_ballot(ballot, by)
    _fill_in(ballot, finish)
    if ballot.method != LOT:
        found = counted(ballot, table.seats)
        _check_count(ballot, found, table)
        _check_tie(ballot, found, table)
    elif not ballot.lot_outcome:
        raise Refused("Skriv vad lotten gav.", field="lot_outcome")
    ballot.finished_at = timezone.now()
    _save(ballot, by)
    record("ballot.finished", ballot.paragraph, by=by, within=table.paragraph.meeting, **_numbers(ballot, table))
    return ballot


def _fill_in(ballot: Ballot, finish: Finish):
    if ballot.method == Ballot.Method.CLOSED:
        ballot.yes_count, ballot.no_count, ballot.abstain_count = finish.yes, finish.no, finish.abstain
        if None in (finish.yes, finish.no, finish.abstain):
            raise Refused("Skriv antalet röster för ja, nej och avstår. Noll är också ett antal.", field="yes")
    ballot.casting_vote, ballot.casting_by = "", None
    ballot.lot_outcome = finish.lot_outcome.strip()
    ballot.result = finish.result.strip()
    if finish.casting_vote and not ballot.is_election:
        ballot.casting_vote = finish.casting_vote


def _check_count(ballot: Ballot, found: Counted, table: Table):
    if ballot.method == OPEN:
        voted = {entry.pk for people in found.choices.values() for entry in people}
        missing = [each.name_with_party for each in table.serving if each.pk not in voted]
        if missing:
            raise Refused(f"Rösten saknas för {listed(missing)}. Den som inte vill rösta avstår.")
        for people in found.choices.values():
            for entry in people:
                check_may_take_part(table, entry, "rösta")
    check_adds_up(found.tally, len(table.serving))


def _check_tie(ballot: Ballot, found: Counted, table: Table):
    """Break a tie by the chair's casting vote or by lot; what broke none is not kept."""
    chair = table.chair
    if not found.tally.is_tie:
        ballot.casting_vote, ballot.lot_outcome = "", ""
        return
    choice = next((choice for choice, people in found.choices.items() if chair in people), "")
    check_tie_is_broken(
        found.tally,
        is_election=ballot.is_election,
        casting_vote=ballot.casting_vote,
        lot_outcome=ballot.lot_outcome,
        chair_choice=choice,
        chair=chair.name_with_party if chair else "",
    )
    if not ballot.is_election:
        if chair is None or not table.may_decide(chair):
            raise Refused("Ange först vem som är ordförande vid paragrafen: ordföranden har utslagsröst.")
        ballot.casting_by = chair


def _numbers(ballot: Ballot, table: Table) -> dict:
    tally: Tally = counted(ballot, table.seats).tally
    return {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain}


@transaction.atomic
def word_result(ballot: Ballot, text: str, *, by) -> Ballot:
    """Word the result of a finished vote; an empty text leaves it to the portal."""
    row = at_the_table(ballot.paragraph, by=by)
    check_is_not_closed(row)
    if ballot.finished_at is None:
        raise Refused("Omröstningen är inte avslutad än.")
    if ballot.result != text.strip():
        ballot.result = text.strip()
        _save(ballot, by)
        record("ballot.worded", row, by=by, within=row.meeting)
    return ballot


@transaction.atomic
def reopen_ballot(ballot: Ballot, *, by) -> Ballot:
    """Go on with a vote that was finished too early."""
    row = at_the_table(ballot.paragraph, by=by)
    check_is_not_closed(row)
    if row.ballots.filter(finished_at=None).exists():
        raise Refused("En annan omröstning pågår. Avsluta den först.")
    ballot.finished_at, ballot.result = None, ""
    _save(ballot, by)
    record("ballot.reopened", row, by=by, within=row.meeting)
    return ballot


@transaction.atomic
def remove_ballot(ballot: Ballot, *, by):
    """Take away a vote that was never held. It stays in the history."""
    row = at_the_table(ballot.paragraph, by=by)
    check_is_not_closed(row)
    for vote in ballot.votes.all():
        vote._history_user = by
        vote.delete()
    ballot._history_user = by
    ballot.delete()
    record("ballot.removed", row, by=by, within=row.meeting)


def _at_the_ballot(ballot: Ballot, by) -> tuple[Ballot, Table]:
    row = at_the_table(ballot.paragraph, by=by)
    check_is_not_closed(row)
    votes = Prefetch("votes", Vote.objects.select_related("attendance"))
    fresh = Ballot.objects.filter(pk=ballot.pk).prefetch_related(votes).first()
    if fresh is None:
        raise Refused("Omröstningen finns inte längre. Någon har tagit bort den.")
    if fresh.finished_at:
        raise Refused("Omröstningen är avslutad. Öppna den igen för att ändra.")
    fresh.paragraph = row
    return fresh, table_at(row)


def _save(ballot: Ballot, by):
    ballot._history_user = by
    ballot.save()
