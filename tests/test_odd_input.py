"""Odd input is answered in words, or does what it can be taken to mean: it is never a fault of the portal.

PostgreSQL takes no null characters and no numbers above its columns; SQLite takes no expression of a thousand parts.
"""

import pytest
from django.urls import reverse

from meetings.models import Meeting, Paragraph, Phrase
from tests import factories

pytestmark = pytest.mark.django_db
HUGE = "9" * 30


@pytest.fixture
def secretary(client_as):
    factories.board()
    return client_as("secretary", "administrator")


@pytest.fixture
def paragraph():
    return factories.paragraph(title="Budget 2023", sections=[factories.text_section("<p>Ett.</p>", "Beskrivning")])


def send(client, page, *ids, **data):
    return client.post(reverse(f"meetings:{page}", args=ids), data)


@pytest.mark.parametrize("words", ["\0", "ord " * 1200])
@pytest.mark.parametrize("name", ["organisation:person_list", "accounts:account_list", "documents:case_list"])
def test_a_list_is_searched_for_anything(secretary, name, words):
    assert secretary.get(reverse(name), {"q": words}).status_code == 200


def test_control_characters_do_not_come_into_titles_headings_and_texts(secretary, paragraph):
    ids, key = (paragraph.meeting_id, paragraph.pk), paragraph.sections[0]["key"]

    send(secretary, "paragraph_title", *ids, title="Budget\0 för\x01 2023")
    send(secretary, "section_heading", *ids, key, heading="Bak\x02 grund")
    send(secretary, "section", *ids, key, base_revision=1, html="<p>T\0vå.</p>")
    send(secretary, "section_add", *ids, name="free", heading="Eget\0")

    paragraph.refresh_from_db()
    assert paragraph.title == "Budget för 2023"
    assert [each["heading"] for each in paragraph.sections] == ["Bak grund", "Eget"]
    assert paragraph.sections[0]["html"] == "<p>Två.</p>"


def test_a_place_beyond_the_last_is_the_last(secretary, paragraph):
    other = factories.paragraph(paragraph.meeting)
    first, last = (Phrase.objects.create(label=name, text=name, order=order) for order, name in enumerate("ab", 1))

    send(secretary, "agenda_order", paragraph.meeting_id, item=paragraph.pk, index="999999999")
    send(secretary, "section_place", paragraph.meeting_id, paragraph.pk, paragraph.sections[0]["key"], to_index=HUGE)
    send(secretary, "phrase_place", first.pk, to_index=HUGE)

    assert list(Paragraph.objects.order_by("position")) == [other, paragraph]
    assert list(Phrase.objects.order_by("order")) == [last, first]


def test_an_order_of_nonsense_finds_no_paragraph(secretary, paragraph):
    assert send(secretary, "agenda_order", paragraph.meeting_id, item="9" * 5000, index=0).status_code == 404


@pytest.mark.parametrize("name", ["adjusted_from", "adjusted_to"])
def test_no_paragraph_has_a_number_of_thirty_digits(secretary, paragraph, name):
    facts = {"body": paragraph.body_id, "held_on": "2022-06-22", name: HUGE}

    assert send(secretary, "meeting_facts", paragraph.meeting_id, **facts).status_code == 400


@pytest.mark.parametrize("day", ["9999-12-31", "0022-06-22", "1922-06-22"])
def test_a_meeting_is_held_in_a_year_that_can_be_counted_on_from(secretary, day):
    answer = send(secretary, "meeting_new", body=factories.body().pk, held_on=day)

    assert answer.status_code == 400
    assert "Skriv ett år från 1980 till 2099." in answer.content.decode()
    assert not Meeting.objects.exists()


def test_papers_of_a_portal_without_a_board_say_what_to_do(client_as, paragraph):
    answer = client_as("secretary").get(reverse("meetings:preview", args=[paragraph.meeting_id]))

    assert answer.status_code == 422
    assert "manage.py load_board" in answer.content.decode()


@pytest.mark.parametrize("page", ["meeting", "preview", "paragraph"])
def test_a_number_that_no_row_can_have_is_not_found(secretary, paragraph, page):
    ids = (paragraph.meeting_id, HUGE) if page == "paragraph" else (HUGE,)

    assert secretary.get(reverse(f"meetings:{page}", args=ids)).status_code == 404
    assert secretary.get(reverse("meetings:paragraph", args=(HUGE, paragraph.pk))).status_code == 404
    assert send(secretary, "numbers", HUGE).status_code == 404
