"""Calendar feeds: what stands in them, and who may follow them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from meetings.actions.feeds import renew_token, token_of
from meetings.planning import calendar_feed
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
STOCKHOLM = ZoneInfo("Europe/Stockholm")
PORTAL = "https://portalen.example/"


@pytest.fixture
def body():
    factories.board()
    return factories.body("Prövningsnämnden; norr, söder")


def entries(content: bytes) -> dict:
    return {str(each["UID"]): each for each in Calendar.from_ical(content).walk("VEVENT")}


def coming(body, **fields):
    facts = {"held_on": TODAY + timedelta(days=30), "starts_at": time(9), "ends_at": time(12), "place": "Teams"}
    return factories.meeting(body=body, **facts | fields)


def test_a_meeting_stands_at_its_hour_in_local_time(body):
    winter = coming(body, held_on=date(TODAY.year + 1, 1, 20))
    summer = coming(body, held_on=date(TODAY.year + 1, 6, 20))

    found = entries(calendar_feed.feed(PORTAL))

    for meeting, offset in ((winter, 1), (summer, 2)):
        entry = found[f"meeting-{meeting.pk}@portalen.example"]
        assert entry.decoded("dtstart") == datetime.combine(meeting.held_on, time(9), STOCKHOLM)
        assert entry.decoded("dtstart").utcoffset() == timedelta(hours=offset)
        assert entry.decoded("dtend") == datetime.combine(meeting.held_on, time(12), STOCKHOLM)
        assert str(entry["SUMMARY"]) == "Prövningsnämnden; norr, söder"
        assert str(entry["LOCATION"]) == "Teams"
        assert str(entry["URL"]) == f"https://portalen.example{reverse('meetings:meeting', args=[meeting.pk])}"


def test_the_feed_is_whole_for_calendars_that_know_no_time_zones(body):
    coming(body)

    content = calendar_feed.feed(PORTAL)

    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm" in content
    assert b"DTSTART;TZID=Europe/Stockholm:" in content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.endswith(b"END:VCALENDAR\r\n")


def test_a_meeting_without_hours_takes_the_day(body):
    meeting = coming(body, starts_at=None, ends_at=None)

    (entry,) = [each for key, each in entries(calendar_feed.feed(PORTAL)).items() if key.startswith("meeting")]

    assert entry.decoded("dtstart") == meeting.held_on
    assert "DTEND" not in entry


def test_planned_days_are_tentative_and_cancelled_meetings_say_so(body):
    day = TODAY + timedelta(days=60)
    planned = factories.planned_day(body, day)
    factories.planned_day(body, day + timedelta(days=1), cancelled_because="Krock.")
    meeting = coming(body)
    factories.planned_day(body, meeting.held_on, meeting=meeting, cancelled_because="Sjukdom.")

    found = entries(calendar_feed.feed(PORTAL))

    statuses = {key.split("@")[0]: str(each["STATUS"]) for key, each in found.items()}
    assert statuses == {f"planned-{planned.pk}": "TENTATIVE", f"meeting-{meeting.pk}": "CANCELLED"}


def test_deadlines_stand_on_their_days_with_their_reason(body):
    meeting = coming(body)

    found = entries(calendar_feed.feed(PORTAL))

    (call,) = [each for key, each in found.items() if key.startswith("clock-") and "-call" in key]
    assert call.decoded("dtstart") == meeting.held_on - timedelta(days=7)
    assert str(call["SUMMARY"]).startswith("Kallelse senast: Prövningsnämnden")
    assert "nämndens egen regel" in str(call["DESCRIPTION"])
    assert str(call["TRANSP"]) == "TRANSPARENT"


def test_the_feed_of_a_body_holds_that_body_alone(body, client, client_as):
    own, other = coming(body), coming(factories.body())
    token = token_of(factories.user("member")).token

    content = client.get(reverse("meetings:feed_of_body", args=[token, body.pk])).content

    keys = {key.split("@")[0] for key in entries(content)}
    assert f"meeting-{own.pk}" in keys
    assert f"meeting-{other.pk}" not in keys


def test_the_address_opens_without_log_in_and_is_kept_from_search_engines(body, client):
    meeting = coming(body)
    token = token_of(factories.user("member")).token

    answer = client.get(reverse("meetings:feed", args=[token]))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex"
    assert f"meeting-{meeting.pk}@testserver" in entries(answer.content)


def test_a_wrong_a_renewed_and_a_closed_address_show_nothing(body, client):
    user = factories.user("member")
    first = token_of(user).token
    second = renew_token(user, by=user).token

    assert client.get(reverse("meetings:feed", args=["gissat"])).status_code == 404
    assert client.get(reverse("meetings:feed", args=[first])).status_code == 404
    assert client.get(reverse("meetings:feed", args=[second])).status_code == 200
    user.grants.all().delete()
    assert client.get(reverse("meetings:feed", args=[second])).status_code == 404


def test_a_closed_account_has_no_calendar(body, client):
    user = factories.user("member")
    token = token_of(user).token
    user.is_active = False
    user.save()

    assert client.get(reverse("meetings:feed", args=[token])).status_code == 404


def test_the_page_gives_the_address_and_another_on_demand(body, client_as):
    client = client_as("member")
    page = client.get(reverse("meetings:calendar")).content.decode()
    old = client.user.feed_token.token

    answer = client.post(reverse("meetings:calendar_renewal"), follow=True).content.decode()

    assert f"http://testserver/sammantraden/kalender/{old}/alla.ics" in page
    assert old not in answer
    assert "Du har en ny adress" in answer


@pytest.mark.parametrize("number", [2, 12])
def test_the_feed_asks_as_much_for_many_meetings_as_for_few(body, number, django_assert_max_num_queries):
    for month in range(1, number + 1):
        coming(body, held_on=date(TODAY.year + 1, month, 1))
        factories.planned_day(body, date(TODAY.year + 1, month, 20))

    with django_assert_max_num_queries(12):
        calendar_feed.feed(PORTAL)
