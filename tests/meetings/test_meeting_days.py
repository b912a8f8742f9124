"""Meetings that go on past midnight, or on another day that they are adjourned to."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from meetings.actions import attendance, closings, days, paragraphs
from meetings.actions import meetings as facts
from meetings.actions import sitting as actions
from meetings.checks import remarks_on
from meetings.checks.loading import load_protocol
from meetings.exchange import format as interchange
from meetings.exchange.exporting import export_meeting, meeting_file
from meetings.models import Closing, Meeting, MeetingDay
from meetings.noticing.clocks import meeting_clocks
from meetings.paper.compose import compose_protocol
from meetings.planning.calendar_feed import meeting_file as calendar_of
from meetings.publishing.reading import coming_meetings, past_meetings
from meetings.waiting.sitting import step_of_today
from tests import factories

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2022, 6, 22), date(2022, 6, 23), date(2022, 6, 24)


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def meeting(secretary) -> Meeting:
    made = factories.sitting(members=3, held_on=FIRST, starts_at=None, ends_at=None, place="Rådhuset")
    made.moments.all().delete()
    made.adjustment_text = facts.proposed_adjustment(FIRST)
    made.save()
    return made


def instant(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def cover(meeting) -> dict[str, str]:
    fresh = Meeting.objects.get(pk=meeting.pk)
    paper = compose_protocol(fresh, factories.Board.objects.get())
    return {row.label: "; ".join(row.lines) for row in (*paper.cover, *paper.proof)}


def due(meeting) -> date:
    return next(
        each for each in meeting_clocks(Meeting.objects.get(pk=meeting.pk), SECOND) if each.key == "adjust"
    ).due_on


def past_midnight(meeting, secretary):
    actions.tell_moment(meeting, "opened", time(21), by=secretary)
    with pytest.raises(Refused, match="efter midnatt"):
        actions.tell_moment(meeting, "closed", time(0, 40), by=secretary)
    return actions.tell_moment(meeting, "closed", time(0, 40), on=SECOND, by=secretary)


def test_a_meeting_past_midnight_has_both_days_and_the_clock_of_the_last(meeting, secretary):
    past_midnight(meeting, secretary)

    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at, meeting.ends_on) == (time(21), time(0, 40), SECOND)
    assert meeting.adjustment_text.endswith("2022-07-07")
    assert cover(meeting)["Plats och tid"] == "Rådhuset, 2022-06-22 kl. 21:00 - 2022-06-23 kl. 00:40"
    assert cover(meeting)["Sammanträdesdatum"] == "2022-06-22 - 2022-06-23"
    assert due(meeting) == date(2022, 7, 7)
    assert load_protocol(meeting).latest_on == date(2022, 7, 7)


def test_an_adjourned_meeting_goes_on_another_day(meeting, secretary):
    actions.tell_moment(meeting, "opened", time(13), by=secretary)
    with pytest.raises(Refused, match="innan det ajourneras"):
        actions.tell_moment(meeting, "adjourned", time(16), until=instant(FIRST, time(15)), by=secretary)
    actions.tell_moment(meeting, "adjourned", time(16), until=instant(SECOND, time(9)), by=secretary)
    meeting.refresh_from_db()
    assert meeting.ends_on == SECOND
    actions.tell_moment(meeting, "resumed", time(9), by=secretary)  # on the day that it was adjourned to
    actions.tell_moment(meeting, "closed", time(10, 30), by=secretary)

    meeting.refresh_from_db()
    assert (meeting.ends_on, meeting.ends_at) == (SECOND, time(10, 30))
    assert cover(meeting)["Plats och tid"] == (
        "Rådhuset, 2022-06-22 kl. 13:00 - 2022-06-23 kl. 10:30 (ajournerat 2022-06-22 kl. 16:00 - 2022-06-23 kl. 09:00)"
    )


def test_taking_back_gives_the_day_back(meeting, secretary):
    actions.tell_moment(meeting, "opened", time(13), by=secretary)
    moment = actions.tell_moment(meeting, "adjourned", time(16), until=instant(SECOND, time(9)), by=secretary)
    actions.take_back_moment(moment, by=secretary)
    actions.tell_moment(meeting, "closed", time(16), by=secretary)

    meeting.refresh_from_db()
    assert (meeting.ends_on, meeting.ends_at) == (None, time(16))
    assert meeting.adjustment_text.endswith("2022-07-06")


def test_days_that_cannot_be_are_refused(meeting, secretary):
    with pytest.raises(Refused, match="öppnas den dagen"):
        actions.tell_moment(meeting, "opened", time(9), on=SECOND, by=secretary)
    actions.tell_moment(meeting, "opened", time(9), by=secretary)
    with pytest.raises(Refused, match="har inte varit än"):
        actions.tell_moment(meeting, "closed", time(9), on=timezone.localdate() + timedelta(days=1), by=secretary)
    with pytest.raises(Refused, match="innan det börjar"):
        facts.change_meeting(meeting, ends_on=FIRST - timedelta(days=1), by=secretary)
    with pytest.raises(Refused, match="vilken dag det slutade"):
        facts.change_meeting(meeting, starts_at=time(21), ends_at=time(1), by=secretary)
    facts.change_meeting(meeting, starts_at=time(21), ends_at=time(1), ends_on=SECOND, by=secretary)
    assert facts.change_meeting(meeting, ends_at=time(23), ends_on=FIRST, by=secretary).ends_on is None


def test_the_portal_takes_part_on_the_day_it_was_adjourned_to(secretary):
    today = timezone.localdate()
    meeting = factories.sitting(members=3, held_on=today - timedelta(days=7))
    meeting.moments.all().delete()
    actions.tell_moment(meeting, "opened", time(0, 1), by=secretary)
    actions.tell_moment(meeting, "adjourned", time(0, 2), until=instant(today, time(23, 59)), by=secretary)

    meeting.refresh_from_db()
    assert step_of_today(meeting, today).verb == "Återuppta"
    assert step_of_today(meeting, today - timedelta(days=1)) is None
    assert meeting in coming_meetings(today)
    assert meeting not in past_meetings(today)
    with pytest.raises(Refused, match="ajournerat"):
        closings.close_paragraph(meeting.paragraphs.first(), Closing.Outcome.DECIDED, by=secretary)


def test_the_file_and_the_calendar_have_the_last_day(meeting, secretary):
    assert '"ends_on"' not in export_meeting(meeting)
    past_midnight(meeting, secretary)
    meeting.refresh_from_db()

    assert interchange.read(export_meeting(meeting)).ends_on == SECOND
    assert meeting_file(meeting).ends_on == SECOND
    assert b"20220623T004000" in calendar_of(meeting, "https://portal.example/")


def test_the_page_asks_for_day_and_hour_together(meeting, client_as, secretary):
    actions.tell_moment(meeting, "opened", time(13), by=secretary)
    client, address = client_as("secretary"), reverse("meetings:sitting_moments", args=[meeting.pk])
    form = {"kind": "adjourned", "at": "16.00", "on": "2022-06-22", "until_on": "2022-06-23", "until_at": ""}

    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "Skriv både dag och tid" in refused.content.decode()
    assert 'value="2022-06-23"' in refused.content.decode()
    page = client.post(address, form | {"until_at": "9"}, follow=True).content.decode()
    assert "till 23 juni 2022 kl. 09.00" in page
    assert 'name="on" value="2022-06-23"' in page


# Which paragraphs fell on which day, and whose mandate began on the second


@pytest.fixture
def numbered(meeting, secretary) -> Meeting:
    """Five paragraphs with numbers, of a meeting that ended the day after."""
    while meeting.paragraphs.count() < 5:
        factories.paragraph(meeting)
    for number, each in enumerate(meeting.paragraphs.order_by("position"), 1):
        type(each).objects.filter(pk=each.pk).update(number=number)
    facts.change_meeting(meeting, ends_on=SECOND, starts_at=time(13), ends_at=time(12), by=secretary)
    return Meeting.objects.get(pk=meeting.pk)


def place(meeting) -> str:
    board = factories.Board.objects.get()
    return cover(meeting)[board.paper_field("place_and_time")]


def codes(meeting) -> set[str]:
    return {each.code for each in remarks_on(load_protocol(Meeting.objects.get(pk=meeting.pk)))}


def test_the_cover_says_which_paragraphs_fell_on_which_day(numbered, secretary):
    assert "§" not in place(numbered)
    assert "day_untold" in codes(numbered)

    days.begin_days(numbered, {SECOND: numbered.paragraphs.get(number=4)}, by=secretary)

    assert place(numbered).endswith("; § 1-3 2022-06-22, § 4-5 2022-06-23")
    assert "day_untold" not in codes(numbered)
    with pytest.raises(Refused, match="hölls inte"):
        days.begin_days(numbered, {THIRD: numbered.paragraphs.get(number=5)}, by=secretary)
    numbered.paragraphs.update(number=None)
    with pytest.raises(Refused, match="en dag av sammanträdet började med den"):
        paragraphs.remove_paragraph(numbered.paragraphs.order_by("position")[3], by=secretary)


def test_days_move_together_and_go_when_the_meeting_ended_before_them(numbered, secretary):
    two, three, four, five = numbered.paragraphs.order_by("position")[1:5]
    facts.change_meeting(numbered, ends_on=THIRD, by=secretary)
    actions.tell_moment(numbered, "opened", time(13), by=secretary)
    actions.tell_moment(numbered, "adjourned", time(16), until=instant(SECOND, time(9)), by=secretary)
    actions.tell_moment(numbered, "resumed", time(9), on=SECOND, by=secretary)
    facts.change_meeting(numbered, ends_on=THIRD, by=secretary)
    days.begin_days(numbered, {SECOND: two, THIRD: three}, by=secretary)

    days.begin_days(numbered, {SECOND: four, THIRD: five}, by=secretary)
    assert place(numbered).endswith("; § 1-3 2022-06-22, § 4 2022-06-23, § 5 2022-06-24")
    with pytest.raises(Refused, match="fel ordning"):
        days.begin_days(numbered, {SECOND: five}, by=secretary)

    facts.change_meeting(numbered, ends_on=SECOND, by=secretary)
    assert place(numbered).endswith("; § 1-3 2022-06-22, § 4-5 2022-06-23")
    assert "2022-06-24" not in place(numbered)


def test_a_matter_closed_as_it_happens_begins_its_day(meeting, secretary, time_machine):
    first, second, third = meeting.paragraphs.order_by("position")[:3]
    for at, paragraph in (((FIRST, time(16)), first), ((SECOND, time(9)), second), ((SECOND, time(10)), third)):
        time_machine.move_to(instant(*at))
        if paragraph == first:
            actions.tell_moment(meeting, "opened", time(15), by=secretary)
        elif paragraph == second:
            actions.tell_moment(meeting, "resumed", time(9), on=SECOND, by=secretary)
        closings.close_paragraph(paragraph, "informed", by=secretary)
        if paragraph == first:
            actions.tell_moment(meeting, "adjourned", time(16), until=instant(SECOND, time(9)), by=secretary)

    (day,) = MeetingDay.objects.all()
    assert (day.held_on, day.first) == (SECOND, second)


def test_who_takes_a_seat_on_the_second_day_stands_in_the_list(meeting, secretary):
    seat = factories.seat(meeting.body)
    old = factories.mandate(seat, valid_until=FIRST)
    new = factories.mandate(seat, valid_from=SECOND)
    facts.refresh_attendance(meeting, by=secretary)
    assert not meeting.attendance.filter(person=new.person).exists()

    facts.change_meeting(meeting, ends_on=SECOND, by=secretary)

    row = meeting.attendance.get(person=new.person)
    assert meeting.attendance.filter(person=old.person).exists()
    assert facts.refresh_attendance(Meeting.objects.get(pk=meeting.pk), by=secretary).added == ()
    attendance.mark(row, "serving", by=secretary)
    second = meeting.paragraphs.order_by("position")[1]
    days.begin_days(meeting, {SECOND: second}, by=secretary)
    assert "outside_mandate" in codes(meeting)
    attendance.clear(row, by=secretary)
    attendance.add_period(row, "serving", second, None, by=secretary)
    assert "outside_mandate" not in codes(meeting)
