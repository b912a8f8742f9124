"""What is to be done because of decisions, and how the next meeting is told of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from enamnd.refusal import Refused
from meetings.actions import follow_ups as actions
from meetings.actions import telling
from meetings.actions.paragraphs import remove_paragraph
from meetings.decisions import follow_ups
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def decided():
    """A numbered paragraph of 22 June 2022."""
    return factories.paragraph(number=12)


def next_meeting(after, held_on=date(2022, 9, 28)):
    return factories.meeting(body=after.body, held_on=held_on)


def test_somebody_is_responsible(secretary, decided):
    with pytest.raises(Refused, match="vem som är ansvarig"):
        actions.add_follow_up(decided, task="Utred", by=secretary)

    made = actions.add_follow_up(decided, task="Utred", person=factories.person("Bo Ek"), by=secretary)
    assert made.responsible == "Bo Ek"


def test_the_responsible_person_says_that_it_is_done(decided):
    account = factories.user("member", person=factories.person())
    own = factories.follow_up(decided, person=account.person)

    actions.finish_follow_up(own, done_on=date(2022, 8, 1), outcome="Klart.", by=account)

    own.refresh_from_db()
    assert (own.done_on, own.outcome) == (date(2022, 8, 1), "Klart.")
    with pytest.raises(Refused, match="Skriva protokoll".lower()):
        actions.finish_follow_up(factories.follow_up(decided), done_on=date(2022, 8, 1), by=account)


def test_nothing_is_done_before_it_was_decided_or_in_time_to_come(secretary, decided):
    follow_up = factories.follow_up(decided)

    with pytest.raises(Refused, match="gavs 22 juni 2022"):
        actions.finish_follow_up(follow_up, done_on=date(2022, 6, 21), by=secretary)
    with pytest.raises(Refused, match="har inte varit än"):
        actions.finish_follow_up(follow_up, done_on=timezone.localdate() + timedelta(days=1), by=secretary)


def test_the_next_meeting_is_told_what_is_open_and_what_has_been_done(secretary, decided):
    late = factories.follow_up(decided, task="Sen sak", due_on=date(2022, 9, 1))
    done = factories.follow_up(decided, task="Klar sak", done_on=date(2022, 8, 1), outcome="Avtal tecknat.")
    meeting = next_meeting(decided)

    paragraph = telling.tell_follow_ups(meeting, by=secretary)

    (section,) = [each for each in paragraph.sections if each["heading"] == "Uppdrag"]
    assert "<td><p>2022-06-22 § 12</p></td>" in section["html"]
    assert "Försenat" in section["html"]
    assert "Klart 1 augusti 2022: Avtal tecknat." in section["html"]
    assert {late.pk, done.pk} == set(paragraph.told_follow_ups.values_list("pk", flat=True))


def test_what_is_done_is_told_once_and_what_is_open_every_time(secretary, decided):
    still_open = factories.follow_up(decided)
    factories.follow_up(decided, done_on=date(2022, 8, 1))
    telling.tell_follow_ups(next_meeting(decided), by=secretary)

    assert list(follow_ups.to_tell(next_meeting(decided, date(2022, 12, 7)))) == [still_open]


def test_what_was_done_after_it_was_told_is_told_again(secretary, decided):
    follow_up = factories.follow_up(decided)
    telling.tell_follow_ups(next_meeting(decided), by=secretary)
    actions.finish_follow_up(follow_up, done_on=date(2022, 10, 3), by=secretary)

    assert list(follow_ups.to_tell(next_meeting(decided, date(2022, 12, 7)))) == [follow_up]


def test_a_meeting_is_not_told_of_its_own_or_of_another_bodys(secretary, decided):
    factories.follow_up(decided)

    assert not follow_ups.to_tell(decided.meeting)
    assert not follow_ups.to_tell(factories.meeting(held_on=date(2022, 9, 28)))


def test_removing_the_paragraph_lets_them_be_told_again(secretary, decided):
    follow_up = factories.follow_up(decided, done_on=date(2022, 8, 1))
    meeting = next_meeting(decided)
    remove_paragraph(telling.tell_follow_ups(meeting, by=secretary), by=secretary)

    assert list(follow_ups.to_tell(meeting)) == [follow_up]


@pytest.mark.parametrize(
    ("fields", "state", "tone"),
    [
        ({"due_on": date(2022, 9, 1)}, "försenat", "late"),
        ({"due_on": date(2022, 9, 20)}, "öppet", "soon"),
        ({"due_on": date(2023, 9, 1)}, "öppet", ""),
        ({"due_on": None}, "öppet", ""),
        ({"done_on": date(2022, 8, 1)}, "klart", "ok"),
    ],
)
def test_how_a_follow_up_stands(decided, fields, state, tone):
    line = follow_ups.line_of(factories.follow_up(decided, **fields), date(2022, 9, 10))

    assert (line.state, line.tone) == (state, tone)


def test_a_paragraph_that_somebody_acts_on_is_not_removed(secretary):
    paragraph = factories.follow_up(factories.paragraph()).paragraph

    with pytest.raises(Refused, match="till den hör uppdrag"):
        remove_paragraph(paragraph, by=secretary)
