"""Min kommun: what each may see, whose page, and what the parts tell."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enamnd.my_municipality import rules
from meetings.models import Meeting
from projects.models import Adoption, Participation
from riskcontrol import party_reports
from riskcontrol.models import GoverningAdoption
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = reverse("my_municipality")


@pytest.fixture
def parties():
    factories.board()
    return [factories.municipality("Norrvik"), factories.municipality("Sörvik")]


def texts(client, **query) -> str:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", ["member", "preparatory", "economist", "registrar", "auditor"])
def test_nobody_opens_another_municipalitys_page_by_a_role_for_their_own(role, parties, client_as):
    own, other = parties
    client = client_as(role, municipality=own)

    assert "Norrvik kommun" in texts(client)
    assert "Sörvik" not in texts(client)
    assert client.get(ADDRESS, {"kommun": other.pk}).status_code == 403


@pytest.mark.parametrize("role", ["secretary", "coordinator"])
def test_those_who_work_for_all_may_choose(role, parties, client_as):
    page = texts(client_as(role), kommun=parties[1].pk)

    assert "<h1>Sörvik kommun</h1>" in page
    assert "Norrvik" in page


def test_who_keeps_accounts_alone_sees_no_municipality(parties, client_as):
    client = client_as("administrator")

    assert "hör inte till någon kommun" in texts(client)
    assert client.get(ADDRESS, {"kommun": parties[0].pk}).status_code == 403


@pytest.mark.parametrize("wanted", ["0", "9" * 30, "x", "²"])
def test_odd_wishes_are_answered(wanted, parties, client_as):
    assert client_as("secretary").get(ADDRESS, {"kommun": wanted}).status_code == 200


def test_the_menu_leads_there_for_those_who_have_a_municipality(parties, client_as):
    assert "Min kommun</a>" in client_as("member", municipality=parties[0]).get("/").content.decode()
    assert "Min kommun</a>" not in client_as("secretary").get("/").content.decode()


def test_decisions_that_nobody_has_told_at_home_wait_until_somebody_has(client_as):
    factories.board()
    body, today = factories.seated_body(2), timezone.localdate()
    first, second = (seat.municipality for seat in body.seats.filter(kind="member"))
    for days in (90, 30):
        factories.adjustment(factories.meeting(1, body=body, held_on=today - timedelta(days=days)))
    factories.meeting(1, body=body, held_on=today)
    told = Meeting.objects.order_by("held_on").first()
    told.home_reports.create(municipality=first, reported_on=today, reported_by="Bo", told_by=factories.user())

    assert texts(client_as("member", municipality=first)).count("Ingen har fört in var") == 1
    assert texts(client_as("member", municipality=second)).count("Ingen har fört in var") == 2
    rows = party_reports.party_reports({"year": told.held_on.year})
    assert f"<td><p>{second.name}</p></td><td><p>0 av" in rows


def test_seats_and_attendance_are_told_for_this_year_and_the_last(client_as):
    factories.board()
    body, today = factories.seated_body(2), timezone.localdate()
    own = body.seats.first().municipality
    for held_on, marks in ((today, "serving"), (today - timedelta(days=366), "absent")):
        meeting = factories.meeting(body=body, held_on=held_on)
        for seat in body.seats.filter(kind="member"):
            factories.attend(meeting, seat=seat, presence=marks if seat.municipality == own else "serving")

    page = texts(client_as("member", municipality=own))

    assert "1 av 1, 100 %" in page
    assert "0 av 1, 0 %" in page
    assert body.seats.get(kind="member", municipality=own).mandates.get().person.name in page


def test_what_the_municipality_owes_is_told_until_it_has_answered(parties, client_as):
    own, other = parties
    matter = factories.council_matter(title="Nytt reglemente", asked_on=date(2022, 3, 1))
    activity = factories.activity("E-arkiv", answer_by=date(2022, 10, 1))
    client = client_as("preparatory", municipality=own)
    page = texts(client)
    assert "Nytt reglemente" in page
    assert "Svara om E-arkiv" in page

    matter.decisions.create(municipality=own, decided_on=date(2022, 4, 1), outcome="approved")
    Adoption.objects.create(activity=activity, municipality=own, state="decided", since_on=date(2022, 4, 1))
    assert "Ingenting väntar på kommunen." in texts(client)
    assert "Nytt reglemente" in texts(client_as("preparatory", municipality=other))


def test_notices_wait_until_they_are_up(parties, client_as):
    notice = factories.notice(factories.adjustment(adjusted_on=date(2022, 6, 28)), municipality=parties[0])
    client = client_as("registrar", municipality=parties[0])
    assert "Sätt upp anslaget" in texts(client)

    notice.posted_on = date(2022, 6, 29)
    notice.save()

    assert "Sätt upp anslaget" not in texts(client)


def test_decisions_sent_to_the_municipality_are_listed_for_those_who_read_meetings(parties, client_as):
    own, other = parties
    meeting = factories.meeting(1)
    for party in parties:
        paragraph = factories.paragraph(meeting, f"Beslut till {party}")
        factories.dispatch(meeting, paragraph=paragraph, municipality=party, sent_on=date(2022, 7, 1))

    page = texts(client_as("member", municipality=own))

    assert "Beslut till Norrvik" in page
    assert f"Beslut till {other}" not in page
    assert "Beslut till Norrvik" not in texts(client_as("economist", municipality=own))


def test_activities_are_told_to_those_who_read_projects(parties, client_as):
    activity = factories.activity("Gemensamt datacenter")
    Participation.objects.create(activity=activity, municipality=parties[0], joined_on=date(2022, 1, 1))

    assert "Gemensamt datacenter" in texts(client_as("member", municipality=parties[0]))
    assert "Gemensamt datacenter" not in texts(client_as("registrar", municipality=parties[0]))


def test_an_ended_role_gives_no_page(parties):
    user = factories.user()
    factories.grant(user, "member", parties[0], valid_until=date(2020, 1, 1), valid_from=date(2019, 1, 1))

    assert rules.may_see(user) == []


def test_queries_do_not_grow(parties, client_as):
    client = client_as("member", municipality=parties[0])
    fill(parties[0], 1)
    texts(client)
    with CaptureQueriesContext(connection) as before:
        texts(client)
    fill(parties[0], 4)
    with CaptureQueriesContext(connection) as after:
        texts(client)

    assert len(after) == len(before)


def fill(own, number: int):
    """Meetings, decisions, questions and activities of the municipality."""
    body = factories.body()
    seat = factories.seat(body, municipality=own)
    for _ in range(number):
        meeting = factories.meeting(1, body=body, held_on=timezone.localdate())
        factories.attend(meeting, seat=seat, presence="serving")
        factories.dispatch(meeting, paragraph=factories.paragraph(meeting), municipality=own, sent_on=date(2022, 7, 1))
        factories.council_matter(asked_on=date(2022, 3, 1))
        activity = factories.activity(answer_by=date(2022, 10, 1))
        Participation.objects.create(activity=activity, municipality=own, joined_on=date(2022, 1, 1))


def test_a_paper_on_remiss_waits_for_an_answer_until_it_is_adopted(parties, client_as):
    own = parties[0]
    plan = factories.governing_document(2027)
    remiss = factories.consultation(plan)
    answer = reverse("riskcontrol:consultation_answer", args=[remiss.pk, own.pk])

    assert f'href="{answer}"' in texts(client_as("registrar", municipality=own))
    page = texts(client_as("member", municipality=own))
    assert answer not in page
    assert f'href="{remiss.get_absolute_url()}"' in page

    day, paper = date(2026, 6, 17), factories.paper(b"%PDF-1.7 antagen")
    GoverningAdoption.objects.create(document=plan, adopted_on=day, decision="2026-06-17 § 5", paper=paper)
    assert remiss.get_absolute_url() not in texts(client_as("registrar", municipality=own))
