"""The law's time limits, against dates worked out by hand and the dates of real protocols."""

from datetime import date, timedelta

import pytest

from meetings.noticing.clock_rules import (
    State,
    adjust_by,
    adjust_clock,
    appeal_clock,
    appeal_until,
    call_clock,
    force_clock,
    limits_on,
    post_by,
    post_clock,
    take_down_clock,
    take_down_from,
    taken_down_early,
)

PARTIES = ("Arjeplog", "Boden", "Kiruna", "Luleå")


def day(text: str) -> date:
    return date.fromisoformat(text)


def everywhere(text: str, **others) -> dict[str, date | None]:
    """Every party on one day, but for those named."""
    return {name: day(text) for name in PARTIES} | others


NOWHERE = dict.fromkeys(PARTIES)


# Days -----------------------------------------------------------------------------------------------------------------

WORKED = [
    ("2021-02-08", "2021-03-01", "2021-03-02"),  # the protocol of a real joint board
    ("2022-07-08", "2022-07-29", "2022-07-30"),  # another one: the notice comes down on a Saturday
    ("2016-11-09", "2016-11-30", "2016-12-01"),  # a municipal executive's
    ("2026-03-13", "2026-04-07", "2026-04-08"),  # day 21 is långfredagen
    ("2026-03-14", "2026-04-07", "2026-04-08"),  # a Saturday
    ("2026-05-29", "2026-06-22", "2026-06-23"),  # midsommarafton
    ("2025-12-03", "2025-12-29", "2025-12-30"),  # julafton
    ("2025-12-10", "2026-01-02", "2026-01-03"),  # nyårsafton
    ("2022-07-12", "2022-08-02", "2022-08-03"),
]


@pytest.mark.parametrize(("posted", "last", "down"), WORKED)
def test_a_notice_stands_until_the_day_after_the_last_day_to_appeal(posted, last, down):
    assert appeal_until(day(posted)) == day(last)
    assert take_down_from(day(posted)) == day(down)


def test_the_last_of_the_boards_starts_the_time_for_all():
    posted = everywhere("2022-07-08", Kiruna=day("2022-07-12"))

    clock = appeal_clock(posted, NOWHERE, day("2022-07-20"))
    down = take_down_clock(posted, NOWHERE, day("2022-07-20"))

    assert clock.due_on == day("2022-08-02")
    assert down.due_on == day("2022-08-03")
    assert "sist i Kiruna" in clock.reason


@pytest.mark.parametrize(
    ("held", "last"),
    [("2022-06-22", "2022-07-06"), ("2026-06-05", "2026-06-22"), ("2025-12-10", "2025-12-29")],
)
def test_a_protocol_is_adjusted_within_fourteen_days(held, last):
    assert adjust_by(day(held)) == day(last)


@pytest.mark.parametrize(
    ("adjusted", "last"),
    [
        ("2022-07-04", "2022-07-06"),
        ("2026-03-05", "2026-03-09"),
        ("2026-04-01", "2026-04-07"),
        ("2026-12-22", "2026-12-28"),
    ],
)
def test_a_notice_goes_up_on_the_second_day_after_the_adjustment(adjusted, last):
    assert post_by(day(adjusted)) == day(last)


def test_the_numbers_are_those_of_the_act_in_force_that_day():
    assert "1991:900" in limits_on(day("2017-12-31")).appeal_law
    assert "13 kap. 5 §" in limits_on(day("2018-01-01")).appeal_law
    assert limits_on(day("1976-05-01")) == limits_on(day("1992-01-01"))


def test_a_moved_day_says_why():
    clock = appeal_clock(everywhere("2026-03-13"), NOWHERE, day("2026-03-20"))

    assert "3 april 2026 är långfredagen" in clock.reason
    assert "7 april 2026" in clock.reason


# States ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("adjusted", "today", "state", "word"),
    [
        (None, "2022-06-23", State.RUNNING, "13 dagar kvar"),
        (None, "2022-07-02", State.SOON, "4 dagar kvar"),
        (None, "2022-07-06", State.SOON, "senast i dag"),
        (None, "2022-07-07", State.LATE, "1 dag sent"),
        ("2022-07-04", "2022-08-01", State.DONE, "i tid"),
        ("2022-07-08", "2022-08-01", State.DONE_LATE, "2 dagar för sent"),
    ],
)
def test_the_adjustment_is_told_in_time_near_or_late(adjusted, today, state, word):
    clock = adjust_clock(day("2022-06-22"), adjusted and day(adjusted), day(today))

    assert (clock.state, clock.word) == (state, word)


def test_nothing_is_posted_before_the_adjustment():
    clock = post_clock(None, NOWHERE, day("2022-06-30"))

    assert (clock.state, clock.due_on) == (State.NOT_STARTED, None)


def test_a_late_notice_is_told_with_its_board_and_hides_nothing():
    clock = post_clock(day("2022-07-04"), everywhere("2022-07-06", Boden=day("2022-07-08")), day("2022-07-10"))

    assert (clock.state, clock.word) == (State.DONE_LATE, "2 dagar för sent")
    assert "Sent uppsatt i Boden" in clock.reason


def test_a_notice_that_is_missing_on_one_board_is_late_for_all():
    clock = post_clock(day("2022-07-04"), everywhere("2022-07-05", Boden=None), day("2022-07-10"))

    assert clock.state == State.LATE
    assert "Anslaget saknas i Boden." in clock.reason


def test_the_time_to_appeal_has_not_begun_while_one_board_is_missing():
    posted = everywhere("2022-07-05", Boden=None)
    today = day("2023-07-05")

    clock = appeal_clock(posted, NOWHERE, today)
    assert (clock.state, clock.due_on, clock.word) == (State.NOT_STARTED, None, "har inte börjat löpa")
    assert force_clock(posted, NOWHERE, today).due_on is None


def test_legal_force_comes_the_day_after_the_last_day_to_appeal():
    posted = everywhere("2022-07-08")

    assert force_clock(posted, NOWHERE, day("2022-07-29")).state == State.SOON
    assert force_clock(posted, NOWHERE, day("2022-07-30")).state == State.DONE


def test_a_notice_that_came_down_too_early_must_go_up_again():
    posted, down = everywhere("2022-07-08"), everywhere("2022-07-30", Luleå=day("2022-07-29"))
    today = day("2022-09-01")

    assert taken_down_early(posted, down) == ["Luleå"]
    assert take_down_clock(posted, down, today).state == State.BROKEN
    assert take_down_clock(posted, down, today).tone == "late"
    assert force_clock(posted, down, today).due_on is None
    assert (appeal_clock(posted, down, today).due_on, appeal_clock(posted, down, today).state) == (None, State.BROKEN)


def test_a_notice_that_came_down_by_its_own_date_came_down_before_the_common_one():
    posted = everywhere("2022-07-08", Kiruna=day("2022-07-12"))

    assert taken_down_early(posted, NOWHERE | {"Boden": day("2022-07-30")}) == ["Boden"]
    assert taken_down_early(posted, NOWHERE | {"Boden": day("2022-08-03")}) == []


def test_a_notice_that_came_down_while_another_was_never_up_came_down_too_early():
    posted = everywhere("2022-07-08", Kiruna=None)

    assert taken_down_early(posted, NOWHERE | {"Boden": day("2022-12-24")}) == ["Boden"]


def test_a_notice_may_stay_up_and_is_told_where():
    posted = everywhere("2022-07-08")
    down = everywhere("2022-07-30", Kiruna=None)

    clock = take_down_clock(posted, down, day("2022-08-30"))

    assert clock.word == "får tas ned"
    assert "Sitter kvar i Kiruna" in clock.reason


def test_the_call_follows_the_rule_of_the_board():
    clock = call_clock(day("2022-06-22"), 7, None, day("2022-06-14"))

    assert (clock.due_on, clock.word, clock.law) == (day("2022-06-15"), "1 dag kvar", "nämndens egen regel")


@pytest.mark.parametrize("start", [day("2026-01-01") + timedelta(number) for number in range(0, 365, 13)])
def test_no_time_ends_before_three_weeks_have_gone(start):
    assert appeal_until(start) >= start + timedelta(21)
    assert take_down_from(start) > start + timedelta(21)
