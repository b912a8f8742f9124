"""What municipalities hand over, what the board answers, and what comes of it."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from projects import commissions
from projects.actions import commissions as actions
from projects.actions.ideas import turn_commission
from projects.people_blocks import commission_table
from projects.waiting import waiting_projects
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 2, 1)


@pytest.fixture
def by():
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def parties():
    return [factories.municipality("Boden"), factories.municipality("Kalix")]


def line(commission) -> commissions.CommissionLine:
    (found,) = commissions.lines(commissions.for_lists().filter(pk=commission.pk))
    return found


def test_two_municipalities_hand_over_and_one_does_not(by, parties):
    with pytest.raises(Refused, match="minst två kommuner"):
        actions.receive_commission(parties[:1], DAY, title="Växel", by=by)

    made = actions.receive_commission(parties, DAY, title="Växel", by=by)

    assert (line(made).givers, line(made).state) == ("Boden, Kalix", "väntar på nämndens beslut")
    assert Event.objects.get(verb="commission.received").data == {"given_by": "Boden och Kalix"}


def test_the_board_answers_by_a_decision_of_a_day_when_it_had_been_asked(by):
    made = factories.commission()
    before = factories.paragraph(factories.meeting(held_on=date(2022, 1, 12)), number=3)
    after = factories.paragraph(factories.meeting(held_on=date(2022, 3, 9)), number=7)

    with pytest.raises(Refused, match="Välj paragrafen"):
        actions.answer_commission(made, True, by=by)
    with pytest.raises(Refused, match="hölls innan uppdraget kom"):
        actions.answer_commission(made, True, before, by=by)
    actions.answer_commission(made, True, after, by=by)

    assert line(made).decision == "9 mars 2022 § 7"
    assert line(made).state == "accepterat, inte påbörjat"
    assert "<p>§ 7, 2022-03-09</p>" in commission_table({})  # words that the protocol knows for a reference


def test_an_accepted_commission_becomes_an_activity_by_the_same_decision(by):
    made = factories.commission(title="Samma växel", is_accepted=True, decision="2022-03-09 § 7")
    first = factories.phase("Kvalificering av idé", 10)

    born = turn_commission(made, None, date(2022, 3, 10), name="Växel", kind="project", phase=first, by=by)

    assert (born.decision, born.steps.get().phase, born.steps.get().decision) == (
        "2022-03-09 § 7",
        first,
        "2022-03-09 § 7",
    )
    assert (line(made).state, line(made).result) == ("pågår", "Växel")
    with pytest.raises(Refused, match="redan blivit Växel"):
        turn_commission(made, None, DAY, name="En till", kind="project", phase=None, by=by)


@pytest.mark.parametrize("fields", [{}, {"is_accepted": False, "decision": "§ 7"}])
def test_what_the_board_has_not_accepted_becomes_nothing(by, fields):
    with pytest.raises(Refused, match="inte accepterat"):
        turn_commission(factories.commission(**fields), None, DAY, name="Växel", kind="project", phase=None, by=by)


def test_it_may_be_taken_care_of_in_what_goes_on(by):
    made = factories.commission(is_accepted=True, decision="§ 7")
    activity = factories.activity()

    assert turn_commission(made, activity, DAY, name="", kind="project", phase=None, by=by) == activity
    assert line(made).commission.activity == activity


def test_it_is_closed_with_what_came_of_it(by):
    made = factories.commission(is_accepted=True, decision="§ 7")

    with pytest.raises(Refused, match="Skriv vad det blev"):
        actions.close_commission(made, " ", DAY, by=by)
    with pytest.raises(Refused, match="före den dagen"):
        actions.close_commission(made, "En mall", date(2022, 1, 31), by=by)
    actions.close_commission(made, "En mall", date(2022, 5, 1), by=by)
    assert line(made).state == "avslutat 1 maj 2022"
    with pytest.raises(Refused, match="avslutades 1 maj 2022"):
        actions.answer_commission(made, False, decision="§ 8", by=by)

    actions.reopen_commission(made, by=by)
    assert line(made).commission.outcome == "En mall"
    assert not line(made).is_over


def test_it_waits_for_the_secretary_then_for_the_samordnare_then_for_nobody(by):
    secretary, today = factories.user("secretary"), timezone.localdate()
    made = factories.commission(title="Växel")

    def waits(user):
        return [each.what for each in waiting_projects(user, today)]

    assert waits(secretary) == ["Ta upp uppdraget Växel i nämnden"]
    assert waits(by) == ["Nämnden ska svara på uppdraget Växel"]
    actions.answer_commission(made, True, decision="§ 7", by=by)
    assert (waits(secretary), waits(by)) == ([], ["Börja med uppdraget Växel"])
    turn_commission(made, None, today, name="Växel", kind="running", phase=None, by=by)
    assert waits(by) == []


def test_who_is_both_is_told_once(by):
    factories.commission()

    assert len(waiting_projects(factories.user("secretary", "coordinator"), timezone.localdate())) == 1


def test_only_those_who_lead_projects_keep_them(parties):
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        actions.receive_commission(parties, DAY, title="Växel", by=factories.user("secretary"))


def test_the_list_the_spreadsheet_and_the_block_say_the_same(by, parties, client_as):
    made = factories.commission(*parties, title="Växel", is_accepted=True, decision="2022-03-09 § 7")
    factories.commission(title="Avslutat", closed_on=DAY, outcome="Inget")
    client = client_as("auditor")

    page = client.get(reverse("projects:commission_list"))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(reverse("projects:commission_file")).content)).active

    assert [each.commission.title for each in page.context["lines"]] == ["Växel", "Avslutat"]
    assert [cell.value for cell in sheet[2]][:2] == ["Växel", "Boden, Kalix"]
    assert "<td><p>Boden, Kalix, 1 februari 2022</p></td><td><p>2022-03-09 § 7</p></td>" in commission_table({})
    assert "Avslutat</p></td><td><p>" not in commission_table({})
    assert "Avslutat</p></td><td><p>" in commission_table({"commissions": [made.pk + 1]})


def test_the_list_asks_as_many_questions_of_many(
    by, client_as, django_assert_max_num_queries, django_assert_num_queries
):
    client, address = client_as("auditor"), reverse("projects:commission_list")
    for _ in range(2):
        factories.commission(activity=factories.activity(), is_accepted=True, decision="§ 1")
    client.get(address)
    with django_assert_max_num_queries(14) as few:
        client.get(address)
    for _ in range(6):
        factories.commission(activity=factories.activity(), is_accepted=True, decision="§ 1")
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_a_form_with_one_municipality_says_so_and_keeps_what_was_written(by, client_as, parties):
    client = client_as("coordinator")
    sent = {"title": "Växel", "given_by": [parties[0].pk], "received_on": "2022-02-01", "description": "Tre växlar"}

    page = client.post(reverse("projects:commission_new"), sent)

    assert page.status_code == 422
    assert "Ett uppdrag överlämnas av minst två kommuner." in page.content.decode()
    assert "Tre växlar" in page.content.decode()
