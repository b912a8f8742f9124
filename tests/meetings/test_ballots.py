"""Votes: they add up, a tie is broken as the law says, and nobody votes who may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions import ballots, recusals
from meetings.actions.ballots import Finish
from meetings.attending import roll
from meetings.models import Vote
from meetings.sitting import serving_at, tally, votes_of
from meetings.sitting.counting import Tally, check_adds_up, check_tie_is_broken, decision_of, tally_of
from tests import factories

NUMBERS = st.integers(0, 60)
CHOICES = st.lists(st.sampled_from(["yes", "no", "abstain"]), max_size=40)


# Counting -------------------------------------------------------------------------------------------------------------


@given(CHOICES, NUMBERS)
def test_yes_no_abstain_and_absent_are_the_seats(choices, empty):
    found = tally_of(choices, len(choices) + empty)

    assert found.yes + found.no + found.abstain + found.absent == len(choices) + empty
    check_adds_up(found, len(choices))


@given(CHOICES, st.integers(-5, 5).filter(bool))
def test_a_count_of_too_many_or_too_few_is_refused(choices, error):
    with pytest.raises(Refused):
        check_adds_up(tally_of(choices, 60), len(choices) + error)


@given(NUMBERS, NUMBERS)
def test_the_side_with_more_votes_wins_and_equal_votes_win_nothing(yes, no):
    found = Tally(yes, no, 0, yes + no)

    assert found.is_tie == (yes == no)
    assert decision_of(found) == ("yes" if yes > no else "no" if no > yes else "")
    assert decision_of(found, "no") == ("yes" if yes > no else "no")


@pytest.mark.parametrize(
    ("serving", "seats", "is_quorate"),
    [(0, 14, False), (7, 14, False), (8, 14, True), (14, 14, True), (7, 13, True), (6, 13, False), (1, 1, True)],
)
def test_more_than_half_of_the_seats_is_a_quorum(serving, seats, is_quorate):
    rows = [roll.Row(str(at), "N", seat="member", presence="serving") for at in range(serving)]

    assert roll.quorum(rows, 1, seats).is_quorate is is_quorate


@given(st.integers(0, 20), st.integers(0, 20))
def test_the_recused_never_make_a_quorum(serving, recused):
    rows = [
        roll.Row(str(at), "N", seat="member", presence="serving", recused=(1,) if at < recused else ())
        for at in range(serving)
    ]

    assert roll.quorum(rows, 1, 14).serving == max(0, serving - recused)
    assert roll.quorum(rows, 2, 14).serving == serving


@pytest.mark.parametrize(
    ("broken", "is_refused"),
    [
        ({"is_election": False, "casting_vote": "yes", "lot_outcome": ""}, False),
        ({"is_election": False, "casting_vote": "", "lot_outcome": "Kim"}, True),
        ({"is_election": False, "casting_vote": "abstain", "lot_outcome": ""}, True),
        ({"is_election": True, "casting_vote": "", "lot_outcome": "Kim"}, False),
        ({"is_election": True, "casting_vote": "yes", "lot_outcome": ""}, True),
    ],
)
def test_a_tie_is_broken_by_the_chair_and_in_an_election_by_lot(broken, is_refused):
    check_tie_is_broken(Tally(5, 4, 0, 14), **broken)
    if is_refused:
        with pytest.raises(Refused, match="7 mot 7"):
            check_tie_is_broken(Tally(7, 7, 0, 14), **broken)
    else:
        check_tie_is_broken(Tally(7, 7, 0, 14), **broken)


def test_a_chair_who_abstained_must_vote_when_it_is_needed():
    with pytest.raises(Refused, match=r"4 kap\. 25 §"):
        check_tie_is_broken(
            Tally(3, 3, 1, 7),
            is_election=False,
            casting_vote="yes",
            lot_outcome="",
            chair_choice="abstain",
            chair="Kim",
        )


# At the table ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def secretary(db):
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def paragraph(secretary):
    return factories.sitting(members=4).paragraphs.first()


def begin(paragraph, by, method="open", **fields):
    return ballots.begin_ballot(
        paragraph, method, by=by, **{"yes_means": "bifall till förslaget", "no_means": "avslag"} | fields
    )


def cast(ballot, by, *choices):
    ballots.cast_votes(ballot, dict(zip(serving_at(ballot.paragraph), choices, strict=True)), by=by)


def test_an_open_vote_is_counted_by_name(paragraph, secretary):
    ballot = begin(paragraph, secretary)
    cast(ballot, secretary, "yes", "yes", "no", "abstain")

    ballot = ballots.finish_ballot(ballot, Finish(), by=secretary)

    assert ballot.finished_at
    assert tally(ballot, 4) == Tally(2, 1, 1, 4)
    assert [vote.choice for vote in votes_of(ballot)] == ["yes", "yes", "no", "abstain"]
    assert Event.objects.filter(verb="ballot.finished").get().data == {"yes": 2, "no": 1, "abstain": 1}


def test_a_vote_is_not_finished_while_somebody_has_not_voted(paragraph, secretary):
    ballot = begin(paragraph, secretary)
    cast(ballot, secretary, "yes", "yes", "no", "")

    missing = serving_at(paragraph)[3].name_with_party
    with pytest.raises(Refused) as refusal:
        ballots.finish_ballot(ballot, Finish(), by=secretary)

    assert missing in str(refusal.value)


def test_the_casting_vote_is_the_chair_s(paragraph, secretary):
    ballot = begin(paragraph, secretary)
    cast(ballot, secretary, "yes", "no", "yes", "no")

    with pytest.raises(Refused, match="2 mot 2"):
        ballots.finish_ballot(ballot, Finish(), by=secretary)
    ballot = ballots.finish_ballot(ballot, Finish(casting_vote="no"), by=secretary)

    assert ballot.casting_vote == "no"
    assert ballot.casting_by.name == paragraph.meeting.chairs.get().name


def test_what_breaks_no_tie_is_not_kept(paragraph, secretary):
    ballot = begin(paragraph, secretary)
    cast(ballot, secretary, "yes", "yes", "yes", "no")

    ballot = ballots.finish_ballot(ballot, Finish(casting_vote="no", lot_outcome="Kim"), by=secretary)

    assert (ballot.casting_vote, ballot.casting_by, ballot.lot_outcome) == ("", None, "")


def test_a_closed_vote_keeps_totals_and_never_who(paragraph, secretary):
    ballot = begin(paragraph, secretary, "closed", is_election=True)

    with pytest.raises(Refused, match="sparas inte"):
        ballots.cast_votes(ballot, {serving_at(paragraph)[0]: "yes"}, by=secretary)
    with pytest.raises(Refused, match="tillsammans 3"):
        ballots.finish_ballot(ballot, Finish(yes=2, no=1, abstain=0), by=secretary)
    ballots.finish_ballot(ballot, Finish(yes=2, no=1, abstain=1), by=secretary)

    assert not Vote.objects.exists()


def test_equal_votes_in_an_election_are_decided_by_lot(paragraph, secretary):
    ballot = begin(paragraph, secretary, "closed", is_election=True)

    with pytest.raises(Refused, match="lotten"):
        ballots.finish_ballot(ballot, Finish(yes=2, no=2, abstain=0, casting_vote="yes"), by=secretary)
    ballot = ballots.finish_ballot(ballot, Finish(yes=2, no=2, abstain=0, lot_outcome="Kim"), by=secretary)

    assert (ballot.lot_outcome, ballot.casting_vote) == ("Kim", "")


@pytest.mark.parametrize("method", ["closed", "lot"])
def test_only_elections_are_closed_or_decided_by_lot(paragraph, secretary, method):
    with pytest.raises(Refused, match="val och anställning"):
        begin(paragraph, secretary, method)


def test_who_is_recused_does_not_vote(paragraph, secretary):
    first = serving_at(paragraph)[0]
    recusals.add_recusal(paragraph, first, by=secretary)
    ballot = begin(paragraph, secretary)

    with pytest.raises(Refused, match="jävig"):
        ballots.cast_votes(ballot, {first: "yes"}, by=secretary)

    assert len(serving_at(paragraph)) == 3


def test_somebody_without_a_seat_does_not_vote(paragraph, secretary):
    guest = factories.attend(paragraph.meeting, seat_kind="", presence="present")
    ballot = begin(paragraph, secretary)

    with pytest.raises(Refused, match=r"6 kap\. 26 §"):
        ballots.cast_votes(ballot, {guest: "yes"}, by=secretary)


def test_a_present_substitute_does_not_vote(paragraph, secretary):
    substitute = paragraph.meeting.attendance.filter(seat_kind="substitute").first()
    ballot = begin(paragraph, secretary)

    with pytest.raises(Refused, match="utan att tjänstgöra"):
        ballots.cast_votes(ballot, {substitute: "yes"}, by=secretary)


def test_one_vote_at_a_time(paragraph, secretary):
    begin(paragraph, secretary)

    with pytest.raises(Refused, match="pågår redan"):
        begin(paragraph, secretary)


def test_a_finished_vote_is_not_changed_until_it_is_opened_again(paragraph, secretary):
    ballot = begin(paragraph, secretary)
    cast(ballot, secretary, "yes", "yes", "no", "abstain")
    ballot = ballots.finish_ballot(ballot, Finish(), by=secretary)

    with pytest.raises(Refused, match="avslutad"):
        cast(ballot, secretary, "no", "no", "no", "no")
    ballots.reopen_ballot(ballot, by=secretary)
    cast(ballot, secretary, "no", "no", "no", "no")

    assert tally(paragraph.ballots.get(), 4).no == 4


def test_a_vote_that_was_never_held_is_taken_away_and_stays_in_the_history(paragraph, secretary):
    ballot = begin(paragraph, secretary)
    cast(ballot, secretary, "yes", "yes", "no", "abstain")

    ballots.remove_ballot(ballot, by=secretary)

    assert not paragraph.ballots.exists()
    assert Vote.history.filter(history_type="-").count() == 4
