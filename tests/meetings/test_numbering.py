"""§ numbers: without gaps, per body and year, given and taken back by the secretary."""

from datetime import date, time

import pytest
from django.db import connection, connections
from django.utils import timezone

from enamnd.documents.models import NumberSeries
from enamnd.documents.series import advance_to
from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions.numbering import number_paragraphs, series_key, withdraw_numbers
from meetings.actions.paragraphs import add_paragraph
from meetings.models import Paragraph
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(db):
    factories.board()
    return factories.user("secretary")


def numbers(meeting):
    return list(meeting.paragraphs.order_by("position").values_list("number", flat=True))


def test_numbers_run_on_from_meeting_to_meeting_of_the_year(secretary):
    body = factories.body()
    march = factories.meeting(paragraphs=2, body=body, held_on=date(2022, 3, 16))
    june = factories.meeting(paragraphs=3, body=body, held_on=date(2022, 6, 22))

    number_paragraphs(march, by=secretary)
    number_paragraphs(june, by=secretary)

    assert numbers(march) == [1, 2]
    assert numbers(june) == [3, 4, 5]
    assert Event.objects.about(june).get().data == {"first": 3, "last": 5}


def test_each_body_and_each_year_counts_by_itself(secretary):
    body = factories.body()
    for meeting in (
        factories.meeting(paragraphs=1, body=body, held_on=date(2022, 12, 16)),
        factories.meeting(paragraphs=1, body=body, held_on=date(2023, 3, 16)),
        factories.meeting(paragraphs=1, held_on=date(2022, 3, 16)),
    ):
        number_paragraphs(meeting, by=secretary)

        assert numbers(meeting) == [1]


def test_numbers_follow_the_order_of_the_agenda(secretary):
    meeting = factories.meeting()
    factories.paragraph(meeting, "Sist", position=2)
    factories.paragraph(meeting, "Först", position=1)

    number_paragraphs(meeting, by=secretary)

    assert list(meeting.paragraphs.order_by("number").values_list("title", flat=True)) == ["Först", "Sist"]


def test_numbers_go_on_after_those_that_came_with_an_import(secretary):
    meeting = factories.meeting(paragraphs=1)
    advance_to(series_key(meeting), 16)

    number_paragraphs(meeting, by=secretary)

    assert numbers(meeting) == [17]


def refusals():
    def nothing_to_number(body):
        return factories.meeting(body=body)

    def earlier_waits(body):
        factories.meeting(paragraphs=1, body=body, held_on=date(2022, 3, 16))
        return factories.meeting(paragraphs=1, body=body)

    def earlier_the_same_day_waits(body):
        factories.meeting(paragraphs=1, body=body, starts_at=time(9))
        return factories.meeting(paragraphs=1, body=body, starts_at=time(13), ends_at=None)

    def later_is_numbered(body):
        later = factories.meeting(body=body, held_on=date(2022, 12, 16), numbered_at=timezone.now())
        factories.paragraph(later, number=4)
        return factories.meeting(paragraphs=1, body=body)

    def already_numbered(body):
        meeting = factories.meeting(body=body, numbered_at=timezone.now())
        factories.paragraph(meeting, number=1)
        return meeting

    def body_does_not_number(body):
        body.numbers_paragraphs = False
        body.save()
        return factories.meeting(paragraphs=1, body=body)

    return [
        (nothing_to_number, "inga paragrafer"),
        (earlier_waits, "16 mars 2022 är tidigare"),
        (earlier_the_same_day_waits, "22 juni 2022 är tidigare"),
        (later_is_numbered, "16 december 2022 är senare"),
        (already_numbered, "redan fått nummer: § 1"),
        (body_does_not_number, "numrerar inte"),
    ]


@pytest.mark.parametrize(("situation", "sentence"), refusals(), ids=lambda each: getattr(each, "__name__", ""))
def test_numbers_are_refused_with_the_reason(secretary, situation, sentence):
    meeting = situation(factories.body())
    before = numbers(meeting)

    with pytest.raises(Refused, match=sentence):
        number_paragraphs(meeting, by=secretary)

    assert numbers(meeting) == before


def test_a_reader_gives_no_numbers(db):
    with pytest.raises(Refused, match="behörigheten"):
        number_paragraphs(factories.meeting(paragraphs=1), by=factories.user("member"))


def test_numbers_that_are_taken_back_are_given_again(secretary):
    meeting = factories.meeting(paragraphs=2)
    number_paragraphs(meeting, by=secretary)

    withdraw_numbers(meeting, by=secretary)

    assert numbers(meeting) == [None, None]
    meeting.refresh_from_db()
    assert meeting.numbered_at is None
    number_paragraphs(meeting, by=secretary)
    assert numbers(meeting) == [1, 2]


def test_numbers_stay_once_a_later_meeting_has_gone_on_from_them(secretary):
    body = factories.body()
    march = factories.meeting(paragraphs=2, body=body, held_on=date(2022, 3, 16))
    june = factories.meeting(paragraphs=1, body=body, held_on=date(2022, 6, 22))
    number_paragraphs(march, by=secretary)
    number_paragraphs(june, by=secretary)

    with pytest.raises(Refused, match="§ 3 den 22 juni 2022"):
        withdraw_numbers(march, by=secretary)

    assert numbers(march) == [1, 2]


def test_there_is_nothing_to_take_back_before_numbers_are_given(secretary):
    with pytest.raises(Refused, match="inga nummer"):
        withdraw_numbers(factories.meeting(paragraphs=1), by=secretary)


def test_a_paragraph_that_is_added_afterwards_gets_the_next_number(secretary):
    meeting = factories.meeting(paragraphs=2)
    number_paragraphs(meeting, by=secretary)

    added = add_paragraph(meeting, title="Övrigt", by=secretary)

    assert (added.position, added.number) == (3, 3)
    assert NumberSeries.objects.get(key=series_key(meeting)).last == 3


def test_no_paragraph_is_added_when_a_later_meeting_has_the_next_number(secretary):
    body = factories.body()
    march = factories.meeting(paragraphs=1, body=body, held_on=date(2022, 3, 16))
    june = factories.meeting(paragraphs=1, body=body, held_on=date(2022, 6, 22))
    number_paragraphs(march, by=secretary)
    number_paragraphs(june, by=secretary)

    with pytest.raises(Refused, match="till och med § 1, och § 2 är redan given"):
        add_paragraph(march, title="Övrigt", by=secretary)

    assert march.paragraphs.count() == 1


def test_the_text_of_that_moment_is_kept_with_the_number(secretary):
    meeting = factories.meeting(paragraphs=1)

    number_paragraphs(meeting, by=secretary)

    newest = Paragraph.history.filter(meeting=meeting).first()
    assert (newest.number, newest.history_user) == (1, secretary)
    assert newest.history_change_reason == "Paragrafen fick sitt nummer"


def at_once(*calls):
    """Run the calls in threads of their own, and give what each returned or was refused with."""
    from concurrent.futures import ThreadPoolExecutor

    def run(call):
        try:
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_number_at_once_one_wins_and_the_other_is_told():
    factories.board()
    secretary, meeting = factories.user("secretary"), factories.meeting(paragraphs=3)

    results = at_once(*[lambda: number_paragraphs(meeting, by=secretary)] * 2)

    assert sorted(isinstance(each, Refused) for each in results) == [False, True]
    assert numbers(meeting) == [1, 2, 3]
    assert connection.vendor in {"sqlite", "postgresql"}


@pytest.mark.django_db(transaction=True)
def test_two_bodies_that_number_at_once_do_not_disturb_each_other():
    factories.board()
    secretary = factories.user("secretary")
    meetings = [factories.meeting(paragraphs=2) for _ in range(2)]

    at_once(*[lambda each=each: number_paragraphs(each, by=secretary) for each in meetings])

    assert [numbers(each) for each in meetings] == [[1, 2], [1, 2]]
