"""Attendance worked out from rows, and the one rounding rule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcontrol.goals import turnout
from riskcontrol.goals.turnout import MEMBERS, PARTIES, SERVING, Row, Share, Sitting


def meeting(came: int, of: int = 14, **fields) -> Sitting:
    """A meeting where so many parties with a seat each had their member there."""
    rows = tuple(Row(party, "member", party < came, party < came) for party in range(of))
    return Sitting(1, date(2022, 3, 16), dict.fromkeys(range(of), 1), rows, **fields)


@pytest.mark.parametrize(("came", "percent"), [(9, 64), (11, 79), (13, 93), (10, 71), (0, 0), (14, 100), (7, 50)])
def test_a_share_is_rounded_to_the_nearest_whole_per_cent(came, percent):
    share = turnout.of_sitting(meeting(came))

    assert (share.part, share.of, share.percent) == (came, 14, percent)


def test_a_half_per_cent_is_rounded_upwards():
    assert turnout.percent(1, 200) == 1
    assert turnout.percent(125, 1000) == 13


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_the_rounded_share_is_never_half_a_per_cent_away(part, of):
    assert 2 * abs(turnout.percent(part, of) * of - 100 * part) <= of


def test_the_average_is_of_the_numbers_and_not_of_rounded_per_cent():
    """Three meetings of 1 in 3, 33 % each when rounded, and one of 2 in 3."""
    year = [meeting(1, 3), meeting(1, 3), meeting(1, 3), meeting(2, 3)]

    assert turnout.over(year) == Share(5, 12)


def test_a_target_is_compared_with_the_exact_share():
    assert Share(149, 200).percent == 75
    assert not Share(149, 200).reaches(75)
    assert Share(3, 4).reaches(75)
    assert not Share().reaches(0)


def test_a_party_came_when_a_substitute_did_but_the_member_did_not():
    rows = (Row(1, "member", False, False), Row(1, "substitute", True, True), Row(2, "substitute", True, False))
    one = Sitting(1, date(2022, 6, 22), {1: 1, 2: 1}, rows)

    assert turnout.of_sitting(one, PARTIES) == Share(2, 2)
    assert turnout.of_sitting(one, MEMBERS) == Share(0, 2)
    assert turnout.of_sitting(one, SERVING) == Share(1, 2)


def test_a_party_with_two_seats_counts_both_but_comes_once():
    rows = (Row(1, "member", True, True), Row(1, "member", True, True), Row(1, "substitute", True, False))
    one = Sitting(1, date(2022, 6, 22), {1: 2}, rows)

    assert turnout.of_sitting(one, PARTIES) == Share(1, 1)
    assert turnout.of_sitting(one, MEMBERS) == Share(2, 2)
    assert turnout.of_sitting(one, SERVING) == Share(2, 2)


def test_a_meeting_whose_list_is_not_kept_counts_for_nothing():
    year = [meeting(3, 4), meeting(0, 4, is_told=False)]

    assert turnout.over(year) == Share(3, 4)
    assert turnout.of_parties(year)[0] == Share(1, 1)


def test_a_party_is_counted_for_the_meetings_where_it_has_a_seat():
    joined_later = [meeting(3, 3), meeting(3, 4)]

    assert turnout.of_parties(joined_later) == {0: Share(2, 2), 1: Share(2, 2), 2: Share(2, 2), 3: Share(0, 1)}
