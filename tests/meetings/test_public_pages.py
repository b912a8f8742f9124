"""What everybody may read without an account, and that nothing else can be read that way."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import OwnNotice
from meetings.paper.protocol import PaperParagraph, PaperSection
from meetings.publishing import reading as public_reading
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def board():
    return factories.board(name="Prövningsnämnden")


def paragraph(number: int, title: str, text: str) -> PaperParagraph:
    sections = (PaperSection("Sammanfattning", "text", html=f"<p>{text}</p>"),)
    return PaperParagraph(f"p{number}", f"§ {number}", title, "", sections)


def published(*paragraphs, **fields):
    held_on = fields.pop("held_on", date(2022, 6, 22))
    adjustment = factories.adjustment(factories.meeting(1, held_on=held_on))
    return factories.publication(adjustment, *paragraphs, **fields)


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(f"public:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


# Protocols ------------------------------------------------------------------------------------------------------------


def test_everybody_reads_what_is_published(client):
    made = published(paragraph(1, "Budget 2023", "Nämnden antar budgeten."))

    assert "Nämnden antar budgeten." in page(client, "protocol", made.pk)
    assert "22 juni 2022" in page(client, "protocol_list")
    assert client.get(reverse("public:protocol_pdf", args=[made.pk])).content == b"%PDF-1.7 prov"


@pytest.mark.parametrize("name", ["protocol", "protocol_pdf"])
def test_what_is_withdrawn_cannot_be_read_by_anybody(client, name):
    made = published(withdrawn_at=timezone.now(), withdrawn_because="Fel namn")

    assert client.get(reverse(f"public:{name}", args=[made.pk])).status_code == 404
    assert "Inga protokoll är publicerade" in page(client, "protocol_list")


def test_an_adjusted_protocol_is_not_public_by_itself(client):
    factories.adjustment(factories.meeting(1))

    assert "Inga protokoll är publicerade" in page(client, "protocol_list")


@pytest.mark.parametrize("words", ["budgeten", "BUDGET", "budgetar", "antog budget", "överföring", "Årsbudget"])
def test_words_are_found_in_any_form(client, words):
    published(paragraph(4, "Ekonomi", "Nämnden antog budgeten med en ÖVERFÖRING från förra årsbudgeten."))

    answer = page(client, "protocol_list", q=words)

    assert "1 protokoll innehåller orden" in answer
    assert "§ 4 Ekonomi" in answer


@pytest.mark.parametrize("words", ["skolskjuts", "budget skolskjuts", "udgeten"])
def test_other_words_are_not_found(client, words):
    published(paragraph(4, "Ekonomi", "Nämnden antog budgeten."))

    assert "Inget protokoll innehåller alla orden" in page(client, "protocol_list", q=words)


def test_odd_search_words_break_nothing(client):
    published(paragraph(1, "Ett", "två"))

    for words in ("\0", "(", "'; drop", "a" * 5000, "å" * 300, "%_"):
        page(client, "protocol_list", q=words)


def test_the_list_takes_as_many_queries_however_many_protocols(client, django_assert_max_num_queries):
    for day in range(1, 8):
        published(paragraph(1, "Ett", "budget"), held_on=date(2022, 3, day))

    with django_assert_max_num_queries(6):
        page(client, "protocol_list", q="budget")


# The notice board -----------------------------------------------------------------------------------------------------


def own_notice(up: date | None) -> OwnNotice:
    adjustment = factories.adjustment()
    factories.notice(adjustment, posted_on=up)
    return OwnNotice.objects.create(adjustment=adjustment, text="Anslag om protokoll", posted_on=date(2022, 7, 5))


def test_the_board_shows_what_is_up_and_forgets_what_has_come_down(client):
    own_notice(None)
    assert "Anslag om protokoll" in page(client, "notice_board")

    OwnNotice.objects.update(taken_down_on=date(2022, 7, 27))
    assert "Anslag om protokoll" not in page(client, "notice_board")


def test_a_dead_worker_keeps_no_notice_up_too_long(client):
    own_notice(date(2022, 7, 5))

    assert "Anslag om protokoll" not in page(client, "notice_board")
    assert "Anslag om protokoll" not in client.get(reverse("public:notice_feed")).content.decode()


def test_search_engines_do_not_keep_notices(client):
    assert "noarchive" in client.get(reverse("public:notice_board"))["X-Robots-Tag"]


# The calendar and the feeds -------------------------------------------------------------------------------------------


def test_the_calendar_shows_boards_and_no_other_groups(client):
    today = timezone.localdate()
    factories.meeting(body=factories.body("Nämnden som syns"), held_on=today + timedelta(days=9))
    factories.meeting(body=factories.body("Arbetsgruppen", kind="working"), held_on=today + timedelta(days=9))

    answer = page(client, "calendar")

    assert "Nämnden som syns" in answer
    assert "Arbetsgruppen" not in answer


def test_the_address_of_a_remote_meeting_is_for_those_called():
    held = factories.meeting(place="https://teams.example/l/123")

    assert public_reading.place_of(held) == "på distans"


def test_the_calendar_file_holds_the_meetings(client):
    factories.meeting(body=factories.body("Nämnden"), held_on=timezone.localdate(), place="https://teams.example/l/1")

    answer = client.get(reverse("public:calendar_file"))

    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert "SUMMARY:Nämnden" in text
    assert "teams.example" not in text
    assert "testserver/sammantraden/" not in text


def test_the_feed_of_protocols_is_atom_with_links_to_what_is_public(client):
    made = published(paragraph(1, "Ett", "två"))

    feed = ElementTree.fromstring(client.get(reverse("public:protocol_feed")).content)

    (entry,) = feed.findall(f"{ATOM}entry")
    assert feed.find(f"{ATOM}title").text == "Prövningsnämnden: protokoll"
    assert entry.find(f"{ATOM}link").get("href").endswith(reverse("public:protocol", args=[made.pk]))


def test_robots_are_kept_to_the_public_pages(client):
    answer = client.get("/robots.txt").content.decode()

    assert "Disallow: /\n" in answer
    assert "Allow: /protokoll/" in answer
    assert "Allow: /anslag/" not in answer
