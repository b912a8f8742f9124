"""The start page says the next step of each meeting, with its day."""

from datetime import date, time

import pytest
from django.urls import reverse

from enamnd.home import heading, line_of
from enamnd.waiting import Waiting
from meetings.models import Proof
from meetings.models.attendance import PresenceKind
from meetings.waiting.steps import lacks_decision, waiting_for
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 25)


@pytest.fixture
def secretary():
    return factories.user("secretary")


def held(**fields):
    """A meeting of 22 June whose every step is taken but the adjustment."""
    meeting = factories.meeting(numbered_at="2022-06-22T12:00:00Z", **fields)
    factories.paragraph(meeting, number=1, sections=[factories.decision("Nämnden godkänner planen.")])
    factories.attend(meeting, presence=PresenceKind.SERVING)
    factories.adjuster(meeting)
    return meeting


def steps(user, today=TODAY):
    return [waiting.what for waiting in waiting_for(user, today)]


def test_a_written_protocol_waits_for_adjustment_within_fourteen_days(secretary):
    held()

    (waiting,) = waiting_for(secretary, TODAY)

    assert waiting.what == "Låt justera protokollet från 22 juni"
    assert waiting.due_on == date(2022, 7, 6)
    assert "kommunallagen 5 kap. 69 §" in waiting.why


def test_unmarked_attendance_comes_first(secretary):
    factories.attend(held())

    assert steps(secretary) == ["Markera närvaron 22 juni"]


def test_a_paragraph_without_decision_is_named_and_opened(secretary):
    meeting = held()
    empty = factories.paragraph(meeting, "Budget 2023", number=2)

    (waiting,) = waiting_for(secretary, TODAY)

    assert waiting.why.startswith("§ 2 saknar beslut.")
    assert waiting.href == reverse("meetings:paragraph", args=[meeting.pk, empty.pk])


def test_numbers_and_adjusters_are_asked_for(secretary):
    meeting = held()
    meeting.numbered_at = None
    meeting.save()
    assert steps(secretary) == ["Ge paragraferna nummer, 22 juni"]

    meeting.numbered_at = "2022-06-22T12:00:00Z"
    meeting.save()
    meeting.adjusters.all().delete()
    assert steps(secretary) == ["Ange vem som justerar protokollet från 22 juni"]


def test_an_adjusted_protocol_waits_for_nothing(secretary):
    Proof.objects.create(meeting=held(), posted_on=date(2022, 6, 24))

    assert steps(secretary) == []


def test_an_empty_agenda_of_a_coming_meeting_waits(secretary):
    factories.meeting(held_on=date(2022, 8, 20))

    assert steps(secretary) == ["Lägg upp dagordningen till 20 augusti"]


def test_what_is_long_ago_or_far_ahead_waits_for_nobody(secretary):
    factories.meeting(held_on=date(2020, 1, 20), starts_at=time(9))
    factories.meeting(held_on=date(2023, 1, 20), starts_at=time(9))

    assert steps(secretary) == []


@pytest.mark.parametrize("role", ["member", "auditor", "economist", "administrator"])
def test_nothing_of_the_protocol_waits_for_those_who_do_not_write_it(role):
    held()

    assert steps(factories.user(role)) == []


@pytest.mark.parametrize("number", [2, 12])
def test_queries_do_not_grow_with_meetings(secretary, number, django_assert_max_num_queries):
    body = factories.body()
    for day in range(1, number + 1):
        factories.paragraph(factories.meeting(body=body, held_on=date(2022, 6, day)))
    assert secretary.grants_in_force

    with django_assert_max_num_queries(15):
        assert len(waiting_for(secretary, TODAY)) == number


@pytest.mark.parametrize(
    ("sections", "lacks"),
    [
        ([], False),
        ([{"html": "<p>Text</p>"}], False),
        ([{"items": []}], True),
        ([{"items": [" "]}], True),
        ([{"items": ["Nämnden godkänner."]}], False),
    ],
)
def test_only_an_empty_place_for_a_decision_lacks_one(sections, lacks):
    kept = [
        factories.decision(*each["items"]) if "items" in each else factories.text_section(each["html"])
        for each in sections
    ]

    assert lacks_decision(factories.paragraph(sections=kept)) is lacks


# The page


@pytest.mark.parametrize(
    ("due", "when", "urgency"),
    [
        (date(2022, 6, 23), "2 dagar sent", "late"),
        (date(2022, 6, 25), "senast i dag", "soon"),
        (date(2022, 6, 26), "1 dag kvar", "soon"),
        (date(2022, 7, 6), "11 dagar kvar", "ok"),
        (date(2022, 12, 6), "6 december 2022", "ok"),
        (None, "när du hinner", "ok"),
    ],
)
def test_a_line_says_how_long_is_left_in_a_word(due, when, urgency):
    line = line_of(Waiting(due, "Gör", "Därför", "/", "Gör"), TODAY)

    assert (line.when.replace("\u00a0", " "), line.urgency) == (when, urgency)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "Ingenting väntar på dig"), (1, "En sak väntar på dig"), (9, "9 saker väntar på dig")],
)
def test_the_heading_counts(number, text):
    assert heading(number) == text


@pytest.mark.parametrize("role", ["secretary", "member", "economist", "auditor", "administrator"])
def test_the_start_page_opens_for_everybody(client_as, role):
    factories.board()
    held()

    answer = client_as(role).get("/")

    assert answer.status_code == 200
    assert ("Låt justera" in answer.content.decode()) is False  # long ago


def test_every_address_that_waits_opens_a_page(secretary, client):
    factories.board()
    factories.meeting(held_on=date(2022, 8, 20))
    empty = held()
    factories.paragraph(empty)
    without_adjusters = held(starts_at=time(10))
    without_adjusters.adjusters.all().delete()
    client.force_login(secretary)

    waiting = waiting_for(secretary, TODAY)

    assert len(waiting) == 3
    assert [client.get(each.href).status_code for each in waiting] == [200, 200, 200]


def test_one_who_reads_no_meetings_is_shown_the_calendar(client_as):
    page = client_as("economist").get("/").content.decode()

    assert "Inga sammanträden är inplanerade" not in page
    assert reverse("public:calendar") in page
