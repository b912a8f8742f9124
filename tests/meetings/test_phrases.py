"""Standard texts, which the board keeps itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enamnd.refusal import Refused
from meetings.actions import phrases as actions
from meetings.models import Phrase
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(db):
    return factories.user("secretary")


def labels():
    return list(Phrase.objects.filter(is_retired=False).order_by("order").values_list("label", flat=True))


def three(by):
    return [actions.add_phrase(label=label, text=f"Text {label}", by=by) for label in "ABC"]


def test_a_new_text_stands_last(secretary):
    three(secretary)

    assert labels() == ["A", "B", "C"]
    assert Phrase.objects.get(label="A").history.get().history_user == secretary


@pytest.mark.parametrize(("to_index", "order"), [(0, "CAB"), (1, "ACB"), (9, "ABC")])
def test_texts_are_put_in_order(secretary, to_index, order):
    *_, last = three(secretary)

    actions.move_phrase(last, to_index, by=secretary)

    assert "".join(labels()) == order


def test_a_retired_text_is_not_offered_until_it_is_brought_back(secretary):
    first, *_ = three(secretary)

    actions.retire_phrase(first, by=secretary)
    assert labels() == ["B", "C"]

    actions.bring_back_phrase(first, by=secretary)
    assert labels() == ["A", "B", "C"]


def test_two_texts_of_the_same_name_are_refused(secretary):
    three(secretary)
    with pytest.raises(ValidationError):
        actions.add_phrase(label="A", text="En till", by=secretary)


def test_a_reader_changes_no_texts(secretary):
    first, *_ = three(secretary)
    reader = factories.user("member")
    for change in (
        lambda: actions.add_phrase(label="D", text="D", by=reader),
        lambda: actions.change_phrase(first, label="A", text="Annat", by=reader),
        lambda: actions.retire_phrase(first, by=reader),
        lambda: actions.move_phrase(first, 2, by=reader),
    ):
        with pytest.raises(Refused, match="behörigheten"):
            change()


# Pages


def test_the_secretary_adds_and_changes_a_text_in_the_browser(client_as):
    client = client_as("secretary")

    client.post("/sammantraden/standardtexter/ny/", {"label": "Till handlingarna", "text": "Läggs", "kind": "decision"})
    phrase = Phrase.objects.get()
    answer = client.post(
        f"/sammantraden/standardtexter/{phrase.pk}/",
        {"label": "Till handlingarna", "text": "lägga informationen till handlingarna", "kind": ""},
        follow=True,
    )

    assert "lägga informationen till handlingarna" in answer.content.decode()
    phrase.refresh_from_db()
    assert phrase.kind == ""


def test_a_text_without_words_is_refused_and_what_was_written_is_still_there(client_as):
    answer = client_as("secretary").post("/sammantraden/standardtexter/ny/", {"label": "Kort", "text": ""})

    assert answer.status_code == 422
    assert 'value="Kort"' in answer.content.decode()
    assert not Phrase.objects.exists()


def test_a_name_that_is_taken_is_refused_in_a_sentence(client_as, secretary):
    three(secretary)

    answer = client_as("secretary").post("/sammantraden/standardtexter/ny/", {"label": "A", "text": "Annat"})

    assert answer.status_code == 422
    assert Phrase.objects.filter(label="A").count() == 1


def test_readers_see_the_texts_but_no_buttons(client_as, secretary):
    three(secretary)

    page = client_as("member").get("/sammantraden/standardtexter/").content.decode()

    assert "Text A" in page
    assert "Sluta erbjuda" not in page


def test_the_list_asks_the_same_questions_however_long_it_is(client_as, secretary):
    client = client_as("secretary")
    three(secretary)
    before = questions(client)
    Phrase.objects.bulk_create(Phrase(label=f"Text {number}", text="Text") for number in range(20))

    assert questions(client) == before


def questions(client) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get("/sammantraden/standardtexter/")
    return len(found)
