"""The pages of what becomes of decisions: what they say, to whom, and that they do not grow slow."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.models import CouncilDecision, DelegatedDecision, FollowUp
from meetings.waiting.decisions import waiting_decisions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client_as):
    factories.board()
    return client_as("secretary")


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def fill_decisions():
    paragraph = factories.paragraph(number=1)
    point = factories.delegation_point()
    for _ in range(3):
        factories.delegated_decision(point=point, case=factories.case(), reported_in=paragraph)


def fill_follow_ups():
    for number in range(1, 4):
        factories.follow_up(factories.paragraph(number=number), person=factories.person())


def fill_councils():
    for _ in range(3):
        matter = factories.council_matter(case=factories.case())
        CouncilDecision.objects.create(
            matter=matter, municipality=factories.municipality(), decided_on=date(2022, 4, 1), outcome="approved"
        )


def fill_unsent():
    for _ in range(3):
        factories.dispatch(paragraph=factories.paragraph(number=1))


@pytest.mark.parametrize(
    ("name", "fill"),
    [
        ("delegated_list", fill_decisions),
        ("follow_up_list", fill_follow_ups),
        ("council_list", fill_councils),
        ("dispatch_unsent", fill_unsent),
    ],
)
def test_a_list_asks_as_much_however_long_it_is(secretary, name, fill):
    address = reverse(f"meetings:{name}")
    fill()
    few = queries(secretary, address)
    fill()
    fill()

    assert queries(secretary, address) == few


def test_a_meetings_dispatches_ask_as_much_however_many_they_are(secretary):
    meeting = factories.meeting()
    address = reverse("meetings:dispatches", args=[meeting.pk])

    def fill():
        paragraph = factories.paragraph(meeting, number=meeting.paragraphs.count() + 1)
        extract = factories.extract(paragraph)
        for _ in range(2):
            factories.dispatch(meeting, paragraph=paragraph, extract=extract)

    fill()
    few = queries(secretary, address)
    fill()
    fill()

    assert queries(secretary, address) == few


def test_a_matter_asks_as_much_however_many_the_parties_are(secretary):
    matter = factories.council_matter()
    address = reverse("meetings:council_matter", args=[matter.pk])
    few = queries(secretary, address)
    for _ in range(4):
        of = factories.municipality()
        CouncilDecision.objects.create(
            matter=matter, municipality=of, decided_on=date(2022, 4, 1), outcome="approved", told_by=secretary.user
        )

    assert queries(secretary, address) == few


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("delegated_list", "Här finns inga delegationsbeslut än."),
        ("delegation_order_now", "ingen delegationsordning i portalen"),
        ("follow_up_list", "Inga uppdrag är öppna."),
        ("council_list", "Här finns inga frågor än."),
        ("dispatch_unsent", "Allt som ska skickas är skickat."),
    ],
)
def test_an_empty_list_says_what_it_is_for(secretary, name, words):
    assert words in text_of(secretary.get(reverse(f"meetings:{name}")))


def test_what_was_written_is_still_there_beside_the_reason(secretary):
    body = factories.body()
    written = {
        "body": body.pk,
        "decided_on": "2022-05-03",
        "decided_by": factories.person().pk,
        "subject": "Förlängt avtal",
        "decision": "Avtalet förlängs.",
        "amount": "tolv tusen",
        "case": "9999/1",
        "is_urgent": "on",
    }

    answer = secretary.post(reverse("meetings:delegated_new"), written)

    page = text_of(answer)
    assert answer.status_code == 422
    assert "”tolv tusen” är inget belopp. Skriv till exempel 12 500 eller 12 500,50." in page
    assert "Ärendet ”9999/1” finns inte." in page
    assert "Förlängt avtal" in page
    refused = secretary.post(reverse("meetings:delegated_new"), written | {"amount": "12 500 kr", "case": ""})
    assert "kunde avvaktas" in text_of(refused)
    assert not DelegatedDecision.objects.exists()


@pytest.mark.parametrize(
    ("written", "kept"), [("12 500", "12500.00"), ("12\u00a0500,50 kr", "12500.50"), ("0", "0.00")]
)
def test_amounts_are_taken_as_people_write_them(secretary, written, kept):
    data = {"body": factories.body().pk, "decided_on": "3 maj 2022", "decided_by": factories.person().pk}
    data |= {"subject": "Inköp", "decision": "Köps in.", "amount": written}

    assert secretary.post(reverse("meetings:delegated_new"), data).status_code == 302
    assert f"{DelegatedDecision.objects.get().amount:.2f}" == kept


def test_the_meeting_page_offers_what_it_should_be_told(secretary, client_as):
    meeting = factories.meeting(1, held_on=timezone.localdate())
    factories.delegated_decision(meeting.body, is_urgent=True, urgent_because="Avtalet går ut.")
    address = reverse("meetings:meeting", args=[meeting.pk])

    assert "Ett är brådskande och ska anmälas nu" in text_of(secretary.get(address))
    assert "brådskande" not in text_of(client_as("member").get(address))

    secretary.post(reverse("meetings:delegated_reporting", args=[meeting.pk]))
    assert "brådskande och ska anmälas nu" not in text_of(secretary.get(address))


def test_the_start_page_tells_each_what_waits_for_them(secretary):
    today = date(2022, 6, 1)
    meeting = factories.meeting()
    factories.delegated_decision(meeting.body, is_urgent=True, urgent_because="Avtalet går ut.")
    factories.dispatch(meeting)
    matter = factories.council_matter(answer_by=date(2022, 5, 1))
    party = factories.municipality()
    responsible = factories.user("member", person=factories.person())
    factories.follow_up(person=responsible.person, task="Ta fram en plan")
    registrar = factories.user("registrar", municipality=party)

    def whats(user):
        return [each.what for each in waiting_decisions(user, today)]

    assert whats(secretary.user) == [
        "Anmäl 1 delegationsbeslut",
        "Expediera besluten från 22 juni",
        f"Påminn om ”{matter.title}”",
    ]
    assert whats(responsible) == ["Ta fram en plan"]
    assert whats(registrar) == [matter.title]
    CouncilDecision.objects.create(matter=matter, municipality=party, decided_on=today, outcome="approved")
    assert whats(registrar) == []


def test_what_waits_asks_as_much_however_much_it_is(secretary):
    def fill():
        factories.delegated_decision()
        factories.dispatch()
        factories.council_matter(answer_by=date(2022, 5, 1))

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            list(waiting_decisions(secretary.user, date(2022, 6, 1)))
        return len(caught)

    fill()
    asked()
    few = asked()
    fill()
    fill()
    assert asked() == few


def test_a_follow_up_is_finished_by_the_responsible_person_and_no_other(client_as):
    factories.board()
    responsible = client_as("member")
    responsible.user.person = factories.person()
    responsible.user.save()
    address = reverse("meetings:follow_up", args=[factories.follow_up(person=responsible.user.person).pk])
    done = {"done_on": "2022-08-01", "outcome": "Klart."}

    assert client_as("member").post(address, done).status_code == 403
    assert responsible.post(address, done).status_code == 302
    assert FollowUp.objects.get().outcome == "Klart."


def test_the_registrar_finds_the_own_row_and_only_that_to_write(client_as):
    factories.board()
    own, other = factories.municipality(), factories.municipality()
    registrar = client_as("registrar", municipality=own)
    matter = factories.council_matter()

    page = registrar.get(reverse("meetings:council_matter", args=[matter.pk])).content.decode()

    assert reverse("meetings:council_answer", args=[matter.pk, own.pk]) in page
    assert reverse("meetings:council_answer", args=[matter.pk, other.pk]) not in page
    assert registrar.get(reverse("meetings:council_answer", args=[matter.pk, other.pk])).status_code == 403


def test_a_point_that_the_law_keeps_is_told_at_once(secretary):
    order = factories.delegation_order(0, decided_text="")
    point = {"number": "1", "text": "Yttrande till fullmäktige", "delegate_kind": "chair", "delegate": "Ordförande"}

    answer = secretary.post(reverse("meetings:delegation_point_new", args=[order.pk]), point, follow=True)

    assert "Det får inte delegeras (kommunallagen 6 kap. 38 §)" in text_of(answer)
    assert order.points.get().number == "1"
