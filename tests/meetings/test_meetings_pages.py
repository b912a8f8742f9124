"""A new meeting, its page, its cover and its order, with and without JavaScript."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enamnd.organisation.models import Body
from meetings.models import Meeting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def secretary(client_as, board):
    return client_as("secretary")


def address(name, meeting=None, *more):
    return reverse(f"meetings:{name}", args=[meeting.pk, *more] if meeting else [])


def page(client, *where, **query):
    answer = client.get(address(*where), query)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client, *where):
    client.get(address(*where))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(*where)).status_code == 200
    return len(queries)


# A new meeting --------------------------------------------------------------------------------------------------------


def test_a_new_meeting_comes_with_the_people_of_the_register(secretary):
    body = factories.seated_body(3)

    answer = secretary.post(
        address("meeting_new"),
        {"body": body.pk, "held_on": "2022-06-22", "starts_at": "13.00", "ends_at": "14:40", "place": "Teams"},
        follow=True,
    )

    meeting = Meeting.objects.get()
    assert (meeting.starts_at.hour, meeting.ends_at.minute, meeting.attendance.count()) == (13, 40, 6)
    assert "med 6 personer ur registret" in answer.content.decode()


def test_a_day_may_be_written_in_words(secretary):
    secretary.post(address("meeting_new"), {"body": factories.body().pk, "held_on": "22 juni 2022"})

    assert Meeting.objects.get().held_on == date(2022, 6, 22)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"held_on": ""}, "Välj sammanträdets datum."),
        ({"held_on": "2022-02-30"}, "februari 2022 har 28 dagar"),
        ({"starts_at": "25:00"}, "är ingen tid"),
        ({"starts_at": "13", "ends_at": "12"}, "innan det börjar 13.00"),
    ],
)
def test_bad_facts_get_a_sentence_and_what_was_written_stays(secretary, fields, sentence):
    body = factories.body()
    answer = secretary.post(
        address("meeting_new"), {"body": body.pk, "held_on": "2022-06-22", "place": "Porsön"} | fields
    )

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert 'value="Porsön"' in answer.content.decode()
    assert not Meeting.objects.exists()


def test_the_board_is_proposed_as_the_body(secretary):
    factories.body("Arbetsgruppen", kind=Body.Kind.WORKING)
    nämnd = factories.body("Ö-nämnden", kind=Body.Kind.BOARD)

    assert f'<option value="{nämnd.pk}" selected>' in page(secretary, "meeting_new")


# The meeting's page ---------------------------------------------------------------------------------------------------


def test_the_page_tells_of_vacancies_chairs_and_quorum(secretary):
    body = factories.seated_body(3)
    factories.seat(body, municipality=factories.municipality("Jokkby"), kind="substitute")
    meeting = factories.meeting(paragraphs=2, body=body)
    row = factories.attend(meeting, seat=body.seats.filter(kind="member").first(), presence="serving")
    factories.chair(meeting, person=row.person)

    text = page(secretary, "meeting", meeting)

    assert "Vakant: Jokkby (ersättare)" in text
    assert row.name_with_party in text
    assert "1 av 3, inte beslutsför" in text


def test_the_page_has_its_trail_in_words(secretary):
    meeting = factories.meeting(paragraphs=1, attendance=2)
    row = meeting.attendance.first()
    secretary.post(address("attendance_mark", meeting, row.pk), {f"row-{row.pk}-presence": "serving"})

    for name in ("meeting", "meeting_trail"):
        assert f"markerade närvaro: {row} (tjänstgör)" in page(secretary, name, meeting)


@pytest.mark.parametrize("name", ["meeting", "meeting_facts", "meeting_trail"])
def test_queries_do_not_grow_with_paragraphs_or_rows(secretary, name):
    small, large = factories.meeting(paragraphs=3, attendance=2), factories.meeting(paragraphs=30, attendance=28)

    assert queries_of(secretary, name, small) == queries_of(secretary, name, large)


def test_readers_see_the_meeting_but_no_way_to_change_it(client_as, board):
    text = page(client_as("member"), "meeting", factories.meeting(paragraphs=2))

    assert "Ärende nummer 1" in text
    assert 'method="post"' not in text.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("name", ["meeting", "meeting_facts", "meeting_trail", "attendance"])
def test_a_meeting_that_does_not_exist_is_not_found(secretary, name):
    assert secretary.get(reverse(f"meetings:{name}", args=[999])).status_code == 404


# Order and numbers ----------------------------------------------------------------------------------------------------


def titles(meeting):
    return [paragraph.title[-1] for paragraph in meeting.paragraphs.order_by("position")]


@pytest.mark.parametrize(
    ("place", "data", "order"),
    [
        (1, {"move": "down"}, "213"),
        (3, {"move": "up"}, "132"),
        (1, {"move": "up"}, "123"),
        (3, {"index": "0"}, "312"),
        (1, {"index": "2"}, "231"),
        (1, {"index": "x"}, "123"),
    ],
)
def test_a_paragraph_is_moved_by_buttons_and_by_script(secretary, place, data, order):
    meeting = factories.meeting(paragraphs=3)
    item = meeting.paragraphs.get(position=place).pk

    answer = secretary.post(address("agenda_order", meeting), {"item": item} | data)

    assert answer.url == address("meeting", meeting)
    assert titles(meeting) == list(order)


def test_the_script_hears_whether_the_move_was_kept(secretary):
    meeting = factories.meeting(paragraphs=2)
    first = meeting.paragraphs.first()
    data = {"item": first.pk, "index": 1}
    assert (
        secretary.post(address("agenda_order", meeting), data, headers={"accept": "application/json"}).status_code
        == 204
    )
    secretary.post(address("numbers", meeting))

    refused = secretary.post(address("agenda_order", meeting), data, headers={"accept": "application/json"})

    assert refused.status_code == 409
    assert "nummer" in refused.json()["reason"]


def test_a_paragraph_of_another_meeting_is_not_moved(secretary):
    other = factories.paragraph()

    assert (
        secretary.post(address("agenda_order", factories.meeting(2)), {"item": other.pk, "index": 0}).status_code == 404
    )


def test_numbers_are_given_and_taken_back(secretary):
    meeting = factories.meeting(paragraphs=2)

    assert "§ 1-2" in secretary.post(address("numbers", meeting), follow=True).content.decode()
    assert "Ta tillbaka paragrafnummer" in page(secretary, "meeting", meeting)
    secretary.post(address("numbers_withdrawal", meeting))
    assert "Ge paragrafnummer" in page(secretary, "meeting", meeting)


def test_a_refusal_is_told_on_the_page(secretary):
    answer = secretary.post(address("numbers", factories.meeting()), follow=True)

    assert "inga paragrafer att numrera" in answer.content.decode()


# The cover ------------------------------------------------------------------------------------------------------------


def formset(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return data | {f"{prefix}-{place}-{key}": value for place, row in enumerate(rows) for key, value in row.items()}


@pytest.fixture
def meeting():
    return factories.meeting(paragraphs=3, attendance=4)


def test_two_chairs_are_chosen_among_those_who_were_there(secretary, meeting):
    one, other = meeting.attendance.filter(seat_kind="member")
    first, second, _ = meeting.paragraphs.all()

    secretary.post(
        address("chairs", meeting),
        formset(
            "chairs",
            {"who": one.name_with_party, "first": "", "last": first.pk},
            {"who": other.name_with_party, "first": second.pk, "last": ""},
            {"who": "", "first": "", "last": ""},
        ),
    )

    assert [(row.person, row.first, row.last) for row in meeting.chairs.all()] == [
        (one.person, None, first),
        (other.person, second, None),
    ]


def test_chairs_who_overlap_are_refused_and_the_choices_stay(secretary, meeting):
    one, other = meeting.attendance.filter(seat_kind="member")
    rows = [{"who": row.name_with_party, "first": "", "last": ""} for row in (one, other)]

    answer = secretary.post(address("chairs", meeting), formset("chairs", *rows))

    assert answer.status_code == 400
    assert "är ordförande för samma paragraf" in answer.content.decode()
    assert answer.content.decode().count(f'<option value="{other.name_with_party}" selected>') == 1


def test_a_chair_outside_the_list_is_kept_when_the_page_is_saved(secretary, meeting):
    chair = factories.chair(meeting)

    assert f'<option value="{chair.name_with_party}" selected>' in page(secretary, "meeting_facts", meeting)
    secretary.post(address("chairs", meeting), formset("chairs", {"who": chair.name_with_party}))

    assert meeting.chairs.get().person == chair.person


def test_adjusters_and_proof_are_saved(secretary, meeting):
    row = meeting.attendance.first()
    secretary.post(address("adjusters", meeting), formset("adjusters", {"who": row.name_with_party}, {"who": ""}))
    secretary.post(address("proof", meeting), {"posted_on": "2022-07-08", "removed_on": "2022-07-30", "storage": "Här"})

    meeting.refresh_from_db()
    assert meeting.adjusters.get().person == row.person
    assert (meeting.proof.removed_on, meeting.proof.storage) == (date(2022, 7, 30), "Här")


def test_a_proof_backwards_is_refused_beside_its_field(secretary, meeting):
    answer = secretary.post(address("proof", meeting), {"posted_on": "2022-07-08", "removed_on": "2022-07-01"})

    assert answer.status_code == 400
    assert "innan det sätts upp" in answer.content.decode()
    assert 'value="2022-07-01"' in answer.content.decode()


def test_facts_are_saved_and_the_secretary_is_found_in_the_register(secretary, meeting):
    clerk = factories.person("Elin Ek")
    data = {"body": meeting.body.pk, "held_on": "2022-06-22", "secretary_name": "Elin Ek", "adjusted_from": "8"}

    secretary.post(address("meeting_facts", meeting), data)

    meeting.refresh_from_db()
    assert (meeting.secretary, meeting.secretary_name, meeting.adjusted_from) == (clerk, "Elin Ek", 8)


def test_adjusted_paragraphs_do_not_run_backwards(secretary, meeting):
    data = {"body": meeting.body.pk, "held_on": "2022-06-22", "adjusted_from": "8", "adjusted_to": "4"}

    assert "går baklänges" in secretary.post(address("meeting_facts", meeting), data).content.decode()


WRITING = ["meeting_facts", "chairs", "adjusters", "proof", "agenda_order", "numbers", "numbers_withdrawal"]


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("role", ["member", "auditor", "coordinator", "registrar"])
def test_only_those_who_write_protocols_may_post(client_as, board, meeting, name, role):
    answer = client_as(role).post(address(name, meeting))

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["meeting", "meeting_trail", "attendance"])
def test_an_economist_does_not_read_meetings(client_as, board, meeting, name):
    assert client_as("economist").get(address(name, meeting)).status_code == 403
