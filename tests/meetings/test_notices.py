"""Notices: asked for, put up and taken down, by those who may, and what is kept of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from meetings.actions import notices
from meetings.models import Notice, OwnNotice, Proof
from meetings.publishing import reading as public_reading
from tests import factories

pytestmark = pytest.mark.django_db
UP, DOWN = date(2022, 7, 5), date(2022, 7, 27)


@pytest.fixture
def board():
    return factories.board(host=factories.municipality("Luleå", email="registrator@lulea.example"))


@pytest.fixture
def secretary():
    return factories.user("secretary")


@pytest.fixture
def adjustment(board):
    factories.municipality("Boden", email="registrator@boden.example")
    factories.municipality("Kiruna")
    factories.municipality("Rådgivaren", is_party=False)
    made = factories.adjustment(factories.meeting(2))
    return made


@pytest.fixture
def opened(adjustment, secretary) -> dict[str, Notice]:
    rows = notices.open_notices(adjustment, by=secretary)
    return {row.municipality.name: row for row in rows}


def put_up(opened, day=UP, *names):
    for name in names or opened:
        notices.confirm_posted(opened[name], posted_on=day, who="Vera")


def test_every_party_gets_a_row_and_those_with_an_address_a_letter(opened, secretary):
    assert set(opened) == {"Boden", "Kiruna", "Luleå"}
    assert {letter.to_address for letter in Letter.objects.all()} == {
        "registrator@boden.example",
        "registrator@lulea.example",
    }
    assert Notice.objects.get(municipality__name="Kiruna").requested_at is None
    assert Event.objects.get(verb="notices.opened").data == {"parties": 3, "unreached": ["Kiruna"]}


def test_the_letter_has_the_text_of_the_law_and_a_way_to_confirm(opened):
    letter = Letter.objects.get(to_address="registrator@boden.example")

    assert letter.is_personal
    assert f"/anslag/{opened['Boden'].token}/" in letter.body
    assert "Protokollet justerat: 4 juli 2022" in letter.body
    assert "Protokollet finns: Protokollet förvaras digitalt" in letter.body
    assert "inom tre veckor" in letter.body


def test_asking_twice_asks_once(opened, adjustment, secretary):
    again = notices.open_notices(adjustment, by=secretary)

    assert {row.pk for row in again} == {row.pk for row in opened.values()}
    assert Letter.objects.count() == 2


def test_nothing_is_announced_before_the_adjustment(board, secretary):
    waiting = factories.adjustment(factories.meeting(1), adjusted_on=None)

    with pytest.raises(Refused, match="inte justerat"):
        notices.open_notices(waiting, by=secretary)


def test_what_the_registrar_tells_is_kept_with_day_name_and_address(opened):
    notices.confirm_posted(opened["Boden"], posted_on=UP, who=" Vera ", address="https://boden.example/anslag/7")

    row = Notice.objects.get(pk=opened["Boden"].pk)
    assert (row.posted_on, row.posted_by, row.address) == (UP, "Vera", "https://boden.example/anslag/7")
    event = Event.objects.get(verb="notice.posted")
    assert (event.actor_name, event.data["who"], event.data["late"]) == ("Portalen", "Vera", 0)


def test_a_late_notice_is_kept_and_told(opened):
    notices.confirm_posted(opened["Boden"], posted_on=date(2022, 7, 8), who="Vera")

    assert Event.objects.get(verb="notice.posted").data["late"] == 2


@pytest.mark.parametrize(
    ("day", "why"),
    [(date(2022, 7, 3), "justerades 4 juli 2022"), (timezone.localdate() + timedelta(days=1), "har inte varit än")],
)
def test_a_day_that_cannot_be_is_refused(opened, day, why):
    with pytest.raises(Refused, match=why):
        notices.confirm_posted(opened["Boden"], posted_on=day, who="Vera")

    assert Notice.objects.get(pk=opened["Boden"].pk).posted_on is None


def test_what_was_never_up_does_not_come_down(opened):
    with pytest.raises(Refused, match="inte uppsatt än"):
        notices.confirm_taken_down(opened["Boden"], taken_down_on=DOWN, who="Vera")


def test_a_notice_that_comes_down_too_early_is_kept_in_red_and_goes_up_again(opened):
    put_up(opened)

    notices.confirm_taken_down(opened["Boden"], taken_down_on=date(2022, 7, 20), who="Vera")
    assert Event.objects.get(verb="notice.taken_down").data["early"] is True
    notices.confirm_posted(opened["Boden"], posted_on=date(2022, 7, 21), who="Vera")

    row = Notice.objects.get(pk=opened["Boden"].pk)
    assert (row.posted_on, row.taken_down_on) == (date(2022, 7, 21), None)


def test_a_registrar_tells_of_the_own_municipality_alone(opened):
    boden = factories.user("registrar", municipality=opened["Boden"].municipality)

    notices.confirm_posted(opened["Boden"], posted_on=UP, who="Vera", by=boden)
    with pytest.raises(Refused, match="Du svarar inte för Kiruna kommun"):
        notices.confirm_posted(opened["Kiruna"], posted_on=UP, who="Vera", by=boden)


def test_others_tell_nothing(opened):
    with pytest.raises(Refused):
        notices.confirm_posted(opened["Boden"], posted_on=UP, who="Vera", by=factories.user("member"))


def test_the_cover_follows_the_board_of_the_host(opened, adjustment):
    put_up(opened, UP, "Luleå")
    proof = Proof.objects.get(meeting=adjustment.meeting)
    assert (proof.posted_on, proof.removed_on, proof.signed_by) == (UP, None, "Vera")

    put_up(opened, date(2022, 7, 6), "Boden", "Kiruna")
    proof.refresh_from_db()
    assert proof.removed_on == date(2022, 7, 28)


def test_reminders_go_to_those_who_have_not_told(opened, adjustment, secretary):
    put_up(opened, UP, "Luleå")

    reached, unreached = notices.remind_of_notices(adjustment, by=secretary)

    assert (reached, unreached) == (["Boden"], ["Kiruna"])
    assert Letter.objects.get(kind="notice_reminder").to_address == "registrator@boden.example"


def test_there_is_nobody_to_remind_when_all_have_told(opened, adjustment, secretary):
    put_up(opened)

    with pytest.raises(Refused, match="ingen att påminna"):
        notices.remind_of_notices(adjustment, by=secretary)


# The board's own notice board -----------------------------------------------------------------------------------------


def shown(day: date) -> bool:
    return bool(public_reading.notices_up(day))


def test_the_own_notice_stands_while_a_party_is_missing(opened):
    put_up(opened, UP, "Boden", "Luleå")

    assert shown(date(2023, 7, 1))


def test_the_own_notice_is_gone_on_its_day_even_if_no_worker_has_taken_it_down(opened):
    put_up(opened)

    assert shown(date(2022, 7, 26))
    assert not shown(date(2022, 7, 27))


def test_the_own_notice_does_not_come_down_before_its_day(opened, adjustment):
    put_up(opened)

    assert not notices.take_down_own_notice(adjustment.own_notice, today=date(2022, 7, 26))
    assert notices.take_down_own_notice(adjustment.own_notice, today=date(2022, 7, 29))
    assert OwnNotice.objects.get().taken_down_on == date(2022, 7, 27)


def test_the_task_takes_down_what_is_due(opened):
    put_up(opened)

    notices.take_down_when_due.call()

    assert OwnNotice.objects.get().taken_down_on == date(2022, 7, 27)
    assert Event.objects.get(verb="own_notice.taken_down").actor_name == "Portalen"


def test_the_own_notice_stands_when_one_came_down_too_early(opened, adjustment):
    put_up(opened)
    notices.confirm_taken_down(opened["Boden"], taken_down_on=date(2022, 7, 20), who="Vera")

    assert not notices.take_down_own_notice(adjustment.own_notice, today=date(2022, 9, 1))
    assert shown(date(2022, 9, 1))
