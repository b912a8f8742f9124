"""The clocks of meetings, from what is kept of them."""

from datetime import date

import pytest

from meetings.models import Meeting, Proof
from meetings.noticing.clock_rules import State
from meetings.noticing.clocks import (
    adjustment_clocks,
    clock_sets,
    meeting_clocks,
    span_in_words,
    with_clocks,
    with_open_clocks,
)
from tests import factories

pytestmark = pytest.mark.django_db
SUMMER = date(2022, 7, 20)


@pytest.fixture
def meeting():
    factories.board()
    return factories.meeting(2, body=factories.body())


def numbered(meeting):
    for paragraph in meeting.paragraphs.all():
        paragraph.number = paragraph.position + 7
        paragraph.save()
    return meeting


def sets_of(meeting, today=SUMMER):
    return clock_sets(with_clocks(Meeting.objects.all()).get(pk=meeting.pk), today)


def by_key(clocks):
    return {clock.key: clock for clock in clocks}


def posted(adjustment, *days):
    for name, day in zip(("Arjeplog", "Boden", "Kiruna"), days, strict=False):
        factories.notice(adjustment, municipality=factories.municipality(name), posted_on=day)


def test_a_meeting_that_was_held_must_be_adjusted(meeting):
    clocks = by_key(meeting_clocks(meeting, date(2022, 6, 30)))

    assert clocks["adjust"].due_on == date(2022, 7, 6)
    assert clocks["appeal"].state == State.NOT_STARTED


def test_a_meeting_to_come_has_its_call(meeting):
    clocks = by_key(meeting_clocks(meeting, date(2022, 6, 1)))

    assert clocks["call"].due_on == date(2022, 6, 15)


def test_the_clocks_go_on_when_every_board_has_the_notice(meeting):
    adjustment = factories.adjustment(meeting)
    posted(adjustment, date(2022, 7, 8), date(2022, 7, 12))

    clocks = by_key(adjustment_clocks(adjustment, SUMMER))

    assert clocks["adjust"].state == State.DONE
    assert clocks["post"].state == State.DONE_LATE
    assert clocks["appeal"].due_on == date(2022, 8, 2)
    assert clocks["force"].due_on == date(2022, 8, 3)


def test_the_time_waits_for_the_board_that_is_missing(meeting):
    adjustment = factories.adjustment(meeting)
    posted(adjustment, date(2022, 7, 8), None)

    assert by_key(adjustment_clocks(adjustment, SUMMER))["appeal"].word == "har inte börjat löpa"


def test_what_was_adjusted_at_once_has_clocks_of_its_own_and_the_rest_waits(meeting):
    first, _ = numbered(meeting).paragraphs.all()
    factories.adjustment(meeting, first, is_immediate=True, adjusted_on=date(2022, 6, 22))

    at_once, rest = sets_of(meeting)

    assert (at_once.title, rest.title) == ("§ 8", "det som inte är justerat än")
    assert by_key(at_once.clocks)["adjust"].state == State.DONE
    assert by_key(rest.clocks)["adjust"].state == State.LATE
    assert {clock.about for clock in meeting_clocks(meeting, SUMMER)} == {"§ 8", "det som inte är justerat än"}


def test_a_withdrawn_adjustment_has_no_clocks(meeting):
    factories.adjustment(meeting, adjusted_on=None, withdrawn_at="2022-06-30T12:00Z", withdrawn_because="Fel namn")

    (only,) = sets_of(meeting)

    assert only.adjustment is None
    assert by_key(only.clocks)["adjust"].done_on is None


def test_a_cover_alone_says_nothing_sure_of_legal_force(meeting):
    Proof.objects.create(meeting=meeting, posted_on=date(2022, 7, 8), removed_on=date(2022, 7, 30))

    (only,) = sets_of(meeting, date(2023, 1, 1))
    clocks = by_key(only.clocks)

    assert clocks["take_down"].due_on == date(2022, 7, 30)
    assert clocks["take_down"].state == State.DONE
    assert clocks["force"].state == State.UNSURE
    assert clocks["force"].due_on is None


def test_a_cover_with_too_short_a_time_says_so(meeting):
    Proof.objects.create(meeting=meeting, posted_on=date(2026, 3, 13), removed_on=date(2026, 4, 4))

    (only,) = sets_of(meeting, date(2026, 5, 1))

    assert by_key(only.clocks)["take_down"].state == State.BROKEN


def test_a_group_that_is_no_board_has_no_time_limits_by_law():
    factories.board()
    meeting = factories.meeting(1, body=factories.body(kind="working"))

    assert meeting_clocks(meeting, SUMMER) == []


def test_open_are_those_that_wait_for_somebody(meeting):
    body = meeting.body
    done = factories.meeting(1, body=body, held_on=date(2022, 3, 1))
    adjustment = factories.adjustment(done)
    factories.notice(adjustment, posted_on=date(2022, 7, 4), taken_down_on=date(2022, 8, 4))
    standing = factories.meeting(1, body=body, held_on=date(2022, 4, 1))
    factories.notice(factories.adjustment(standing), posted_on=date(2022, 7, 4))
    old = factories.meeting(1, body=body, held_on=date(2020, 4, 1))
    Proof.objects.create(meeting=old, posted_on=date(2020, 4, 9))
    factories.meeting(1, body=body, held_on=date(2023, 4, 1))

    found = with_open_clocks(Meeting.objects.all(), SUMMER)

    assert set(found) == {meeting, standing}


def test_clocks_take_as_many_queries_however_many_meetings(meeting, django_assert_max_num_queries):
    for month in range(1, 6):
        each = factories.meeting(2, body=meeting.body, held_on=date(2022, month, 10))
        posted_in = factories.adjustment(each)
        factories.notice(posted_in)
        factories.notice(posted_in)

    with django_assert_max_num_queries(6):
        for each in with_clocks(Meeting.objects.all()):
            clock_sets(each, SUMMER)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([4], "§ 4"), ([1, 2, 3], "§ 1-3"), ([1, 2, 3, 5], "§ 1-3, 5"), ([8, 10, 11], "§ 8, 10-11")],
)
def test_paragraphs_in_words(numbers, words):
    assert span_in_words(numbers) == words
