"""Who works in an activity, which bodies lead it, and whom it concerns."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from projects import report_rules, staffing
from projects.actions import people as actions
from projects.models import ActivityBody, Assignment, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


@pytest.fixture
def by():
    return factories.user("coordinator")


@pytest.fixture
def activity():
    return factories.activity("Gemensamt e-arkiv")


def facts(**fields) -> dict:
    plain = {"role": "leader", "person": None, "name": "Beda Wennström", "source": "consultant", "municipality": None}
    return plain | {"company": "Fjällkonsult AB", "valid_from": DAY, "valid_until": None} | fields


def test_a_leader_comes_from_a_municipality_or_a_company_and_never_both(activity, by):
    place = factories.municipality()

    consultant = actions.add_assignment(activity, **facts(municipality=place), by=by)
    own = actions.change_assignment(consultant, **facts(source="municipality", municipality=place), by=by)

    assert (consultant.municipality, consultant.company) == (None, "Fjällkonsult AB")
    assert (own.municipality, own.company) == (place, "")
    assert own.history.count() == 2


@pytest.mark.parametrize(
    ("fields", "said", "field"),
    [
        ({"name": " "}, "Skriv namnet", "name"),
        ({"company": ""}, "Skriv vilket företag", "company"),
        ({"source": "municipality"}, "Välj den kommun", "municipality"),
        ({"valid_until": date(2022, 2, 28)}, "ligger före början", "valid_until"),
    ],
)
def test_work_that_cannot_be_is_refused_where_it_is_wrong(activity, by, fields, said, field):
    with pytest.raises(Refused, match=said) as refusal:
        actions.add_assignment(activity, **facts(**fields), by=by)

    assert refusal.value.field == field
    assert not Assignment.objects.exists()


def test_the_register_gives_the_name_and_lets_the_leader_report(activity, by):
    account = factories.user("preparatory", municipality=factories.municipality(), person=factories.person("Ada Ek"))

    made = actions.add_assignment(activity, **facts(person=account.person, name=""), by=by)

    assert made.name == "Ada Ek"
    report_rules.check_can_report(activity, account)


def test_a_body_has_a_task_once_and_none_after_it_has_ended(activity, by):
    group = factories.body(kind="steering")
    ended = factories.body(kind="working", valid_until=timezone.localdate() - timedelta(days=1))

    task = actions.give_task(activity, group, "steering", by=by)

    with pytest.raises(Refused, match="har redan den uppgiften"):
        actions.give_task(activity, group, "steering", by=by)
    with pytest.raises(Refused, match="upphörde"):
        actions.give_task(activity, ended, "working", by=by)
    actions.take_task(task, by=by)
    assert not ActivityBody.objects.exists()
    assert [each.verb for each in Event.objects.about(activity)] == ["activity.body_removed", "activity.body_added"]
    assert ActivityBody.history.filter(history_type="-").count() == 1


def test_a_stakeholder_is_named_once_and_can_be_taken_off(activity, by):
    one = actions.name_stakeholder(activity, "Rektorer", "Leder arbetet", by=by)
    two = actions.name_stakeholder(activity, "Elever", by=by)

    with pytest.raises(Refused, match="Rektorer finns redan"):
        actions.change_stakeholder(two, "Rektorer ", by=by)
    actions.change_stakeholder(one, "Rektorer", "Beslutar på skolan", by=by)
    actions.remove_stakeholder(two, by=by)

    assert [str(each) for each in Stakeholder.objects.all()] == ["Rektorer"]


def test_only_those_who_lead_projects_say_who_works(activity):
    for role in ("preparatory", "secretary", "auditor"):
        with pytest.raises(Refused, match="Du saknar behörigheten"):
            actions.add_assignment(activity, **facts(), by=factories.user(role))


def test_the_page_shows_who_works_now_before_who_did(activity, client_as):
    factories.board()
    factories.assignment(activity, name="Mirja Kallio", valid_until=date(2022, 6, 1))
    factories.assignment(activity, name="Isidor Blomfeldt", company="Fjällkonsult AB", source="consultant")

    page = client_as("auditor").get(activity.get_absolute_url())

    people = page.context["people"]
    assert [each.name for each in people.now] == ["Isidor Blomfeldt"]
    assert [each.name for each in people.before] == ["Mirja Kallio"]
    assert page.content.decode().index("Isidor Blomfeldt") < page.content.decode().index("Mirja Kallio")
    assert "Ny i bemanningen" not in page.content.decode()


def test_what_was_written_is_still_in_a_form_that_is_refused(activity, client_as):
    factories.board()
    sent = {"role": "leader", "name": "Beda", "source": "consultant", "valid_from": "2022-03-01", "valid_until": "2021"}

    page = client_as("coordinator").post(reverse("projects:assignment_new", args=[activity.pk]), sent)

    assert page.status_code == 422
    assert 'value="Beda"' in page.content.decode()


def test_all_who_work_are_in_a_spreadsheet_and_on_a_page_of_few_questions(
    client_as, django_assert_max_num_queries, django_assert_num_queries
):
    factories.board()
    client, address = client_as("auditor"), reverse("projects:people")

    def more(number):
        for _ in range(number):
            each = factories.activity()
            factories.assignment(each)
            factories.resource_request(each)

    more(2)
    client.get(address)
    with django_assert_max_num_queries(16) as few:
        client.get(address)
    more(6)
    with django_assert_num_queries(len(few)):
        client.get(address)
    rows = openpyxl.load_workbook(io.BytesIO(client.get(reverse("projects:people_file")).content)).active
    assert rows.max_row == 9
    assert staffing.working(timezone.localdate()).count() == 8


def test_a_consultant_before_the_financing_is_secured_is_pointed_out(client_as):
    factories.board()
    activity = factories.activity()
    factories.assignment(activity, source="consultant", company="Fjällkonsult AB")
    client = client_as("auditor")

    assert "finansieringen är inte inskriven som säkrad" in client.get(activity.get_absolute_url()).content.decode()
    activity.financed_on = date(2022, 1, 1)
    activity.save()
    assert "inskriven som säkrad" not in client.get(activity.get_absolute_url()).content.decode()
