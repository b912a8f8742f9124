"""The list of meetings: coming and past, narrowed, searched, a page at a time."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enamnd.organisation.models import Body
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client_as):
    factories.board()
    return client_as("secretary")


def page(client, **query):
    answer = client.get(reverse("meetings:meeting_list"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client):
    page(client)
    with CaptureQueriesContext(connection) as queries:
        page(client)
    return len(queries)


def test_coming_meetings_stand_before_the_past_ones(secretary):
    factories.meeting(held_on=date(2022, 6, 22))
    factories.meeting(held_on=timezone.localdate() + timedelta(days=9))

    text = page(secretary)

    assert text.index("Kommande</h2>") < text.index("2022</h2>") < text.index("22 juni 2022")


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"held_on": date(2022, 6, 22)}, "Utkast"),
        ({"held_on": date(2022, 6, 22), "numbered_at": timezone.now()}, "Numrerat"),
        ({"held_on": date(2999, 6, 22)}, "Kommande"),
    ],
)
def test_a_meeting_shows_how_far_it_has_come(secretary, fields, state):
    factories.meeting(**fields)

    assert f">{state}</span>" in page(secretary)


def test_a_meeting_shows_its_paragraphs(secretary):
    numbered = factories.meeting()
    for number in (8, 9):
        factories.paragraph(numbered, number=number)
    factories.meeting(paragraphs=3)

    text = page(secretary)

    assert "§ 8-9" in text
    assert "3 paragrafer" in text


@pytest.mark.parametrize("words", ["älvsbyn", "ÄLVSBYN", "Älvsbyn", "granskning älvsbyn"])
def test_words_in_titles_find_the_meeting_and_show_the_paragraph(secretary, words):
    found = factories.meeting(held_on=date(2021, 3, 1))
    factories.paragraph(found, "Granskning Älvsbyn", number=4)
    factories.meeting(paragraphs=1, held_on=date(2020, 3, 1))

    text = page(secretary, q=words)

    assert "§ 4 Granskning Älvsbyn" in text
    assert "1 mars 2020" not in text


def test_the_list_narrows_to_a_body_and_a_year(secretary):
    group = factories.body("Beredningsgruppen", kind=Body.Kind.PREPARATORY)
    factories.meeting(body=group, held_on=date(2021, 3, 1))
    factories.meeting(body=group, held_on=date(2020, 4, 1))
    factories.meeting(held_on=date(2021, 5, 1))

    text = page(secretary, organ=group.pk, ar=2021)

    assert "1 mars 2021" in text
    assert "1 april 2020" not in text
    assert "1 maj 2021" not in text


@pytest.mark.parametrize("query", [{"ar": "x"}, {"organ": "0"}, {"sida": "-3"}, {"sida": "hej"}, {"ar": "1"}])
def test_nonsense_in_the_address_is_no_error(secretary, query):
    factories.meeting()

    assert page(secretary, **query)


def test_an_empty_list_says_what_to_do(secretary):
    assert "Lägg upp det första" in page(secretary)
    assert "Inget sammanträde passar" in page(secretary, q="x")


def test_the_list_comes_in_pages(secretary):
    body = factories.body()
    for day in range(30):
        factories.meeting(body=body, held_on=date(2020, 1, 1) + timedelta(days=day))

    first, second = page(secretary), page(secretary, sida=2)

    assert "30 januari 2020" in first
    assert "sida=2" in first
    assert "30 januari 2020" not in second
    assert "1 januari 2020" in second


def test_the_list_takes_as_many_queries_for_fifty_meetings_as_for_five(secretary):
    body = factories.body()
    counts = []
    for many in (5, 45):
        for _ in range(many):
            factories.meeting(paragraphs=2, body=body)
        counts.append(queries_of(secretary))

    assert counts[0] == counts[1]
