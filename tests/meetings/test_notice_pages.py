"""The pages of clocks and notices: what they show, what they refuse, and how many queries they take."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.letters.models import Letter
from meetings.models import Notice, OwnNotice
from tests import factories

pytestmark = pytest.mark.django_db
UP = date(2022, 7, 5)


@pytest.fixture
def notice():
    """The notice of Boden, beside that of Kiruna."""
    factories.board(host=factories.municipality("Luleå"))
    adjustment = factories.adjustment(factories.meeting(2))
    factories.notice(adjustment, municipality=factories.municipality("Kiruna", email="r@kiruna.example"))
    return factories.notice(adjustment, municipality=factories.municipality("Boden"))


def kit(notice, name="kit") -> str:
    return reverse(f"public:{name}", args=[notice.token])


# Without an account ---------------------------------------------------------------------------------------------------


def test_the_secret_address_shows_the_text_and_confirms(notice, client):
    assert "Tillkännagivande av justerat protokoll" in client.get(kit(notice)).content.decode()

    answer = client.post(kit(notice, "kit_posting"), {"posted_on": "2022-07-05", "who": "Vera"}, follow=True)

    assert "uppsatt 5 juli 2022 av Vera" in answer.content.decode()


def test_a_slip_is_told_and_what_was_written_is_still_there(notice, client):
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = client.post(kit(notice, "kit_posting"), {"posted_on": str(tomorrow), "who": "Vera Ek", "address": "x y"})

    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Vera Ek" in page
    answer = client.post(kit(notice, "kit_posting"), {"posted_on": str(tomorrow), "who": "Vera Ek"})
    assert "har inte varit än" in answer.content.decode()


def test_a_guessed_address_is_nobodys(notice, client):
    assert client.get(reverse("public:kit", args=["gissat"])).status_code == 404


def test_search_engines_do_not_keep_the_secret_address(notice, client):
    assert client.get(kit(notice))["X-Robots-Tag"] == "noindex, nofollow"


# With an account ------------------------------------------------------------------------------------------------------


def test_the_secretary_enters_what_others_report(notice, client_as):
    client = client_as("secretary")
    address = reverse("meetings:notice_posting", args=[notice.pk])

    client.post(address, {"posted_on": "2022-07-05", "who": "Vera"})

    assert Notice.objects.get(pk=notice.pk).posted_on == UP
    page = client.get(reverse("meetings:clocks", args=[notice.adjustment.meeting_id])).content.decode()
    assert "5 juli 2022" in page
    assert "Anslaget saknas i Kiruna" in page


def test_a_registrar_of_another_municipality_reads_but_does_not_tell(notice, client_as):
    client = client_as("registrar")

    page = client.get(reverse("meetings:notice", args=[notice.pk])).content.decode()
    client.post(reverse("meetings:notice_posting", args=[notice.pk]), {"posted_on": "2022-07-05", "who": "Vera"})

    assert "Du svarar för en annan kommun" in page
    assert Notice.objects.get(pk=notice.pk).posted_on is None


def test_a_registrar_sees_the_own_municipality_alone(notice, client_as):
    client = client_as("registrar", municipality=notice.municipality)

    page = client.get(reverse("meetings:registrar")).content.decode()

    assert "Anslag för Boden" in page
    assert page.count('scope="row"') == 1


def test_reminders_are_sent_from_the_page(notice, client_as):
    answer = client_as("secretary").post(reverse("meetings:notice_reminders", args=[notice.adjustment_id]), follow=True)

    assert "Påminnelse skickad till Kiruna." in answer.content.decode()
    assert "Boden saknar e-postadress" in answer.content.decode()
    assert Letter.objects.get().kind == "notice_reminder"


# Queries --------------------------------------------------------------------------------------------------------------


def many(body, number: int):
    for day in range(1, number + 1):
        meeting = factories.meeting(2, body=body, held_on=date(2022, 3, day))
        adjustment = factories.adjustment(meeting)
        factories.notice(adjustment)
        factories.notice(adjustment)


@pytest.mark.parametrize("number", [1, 6])
def test_the_overview_takes_as_many_queries_however_many_meetings(client_as, number, django_assert_max_num_queries):
    factories.board()
    many(factories.body(), number)
    client = client_as("secretary")

    with django_assert_max_num_queries(15):
        page = client.get(reverse("meetings:clock_overview"), {"visa": "alla"}).content.decode()

    assert page.count('scope="row"') == number


@pytest.mark.parametrize("number", [1, 6])
def test_the_registrars_list_takes_as_many_queries_however_many(client_as, number, django_assert_max_num_queries):
    factories.board()
    many(factories.body(), number)
    place = factories.municipality()
    for adjustment in {each.adjustment for each in Notice.objects.all()}:
        factories.notice(adjustment, municipality=place)
    client = client_as("registrar", municipality=place)

    with django_assert_max_num_queries(15):
        page = client.get(reverse("meetings:registrar")).content.decode()

    assert page.count('scope="row"') == number


@pytest.mark.parametrize("number", [1, 6])
def test_the_notice_board_takes_as_many_queries_however_many(client, number, django_assert_max_num_queries):
    factories.board()
    many(factories.body(), number)
    for adjustment in {each.adjustment for each in Notice.objects.all()}:
        OwnNotice.objects.create(adjustment=adjustment, text="Anslag", posted_on=UP)

    with django_assert_max_num_queries(5):
        page = client.get(reverse("public:notice_board")).content.decode()

    assert page.count("<article") == number
