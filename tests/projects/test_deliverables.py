"""What must be ready before a phase is left: more than the process asks for, with a day, in calendar and start page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from projects.actions import deliverables as actions
from projects.agreement_calendar import project_calendar
from projects.waiting import waiting_projects
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def study():
    return factories.activity("Elevhälsa", in_phase=factories.phase("Förstudie", deliverables="Förstudierapport"))


def test_a_milestone_has_a_day_that_stands_on_the_page_in_the_calendar_and_on_the_start_page(by, study, client_as):
    client, soon = client_as("coordinator"), timezone.localdate() + timedelta(days=7)
    asked = study.steps.get().deliverables.get()
    address = reverse("projects:deliverable", args=[study.pk, asked.pk])

    wrong = client.post(address, {"due_on": "1922-06-22"})
    client.post(address, {"due_on": soon.isoformat()})

    assert "Året 1922 kan inte stämma" in wrong.content.decode()
    asked.refresh_from_db()
    assert (asked.due_on, asked.history.count()) == (soon, 2)
    assert "ska vara klar" in client.get(study.get_absolute_url()).content.decode()
    assert "SUMMARY:Förstudierapport: Elevhälsa" in project_calendar("https://portal.example/").decode()
    wanted = {each.what: each.due_on for each in waiting_projects(client.user, timezone.localdate())}
    assert wanted["Leverera: Förstudierapport"] == soon
    actions.approve_deliverable(asked, timezone.localdate(), "Styrgruppen", by=by)
    assert "Leverera: Förstudierapport" not in [
        each.what for each in waiting_projects(client.user, timezone.localdate())
    ]


def test_more_is_asked_for_and_taken_away_but_not_what_the_process_asks_for(by, study, client_as):
    address = reverse("projects:deliverable_new", args=[study.pk])
    client = client_as("coordinator")

    client.post(address, {"text": "Kalkyl per kommun", "due_on": "2019-10-31"})
    again = client.post(address, {"text": "Kalkyl per kommun"})

    first, more = study.steps.get().deliverables.all()
    assert (more.text, more.due_on) == ("Kalkyl per kommun", date(2019, 10, 31))
    assert "står redan bland leveranserna i fasen förstudie" in again.content.decode()
    with pytest.raises(Refused, match="krävs av fasen förstudie"):
        actions.remove_deliverable(first, by=by)
    client.post(reverse("projects:deliverable_removal", args=[study.pk, more.pk]))
    assert study.steps.get().deliverables.get() == first
    with pytest.raises(Refused, match="just tagit bort"):
        actions.date_deliverable(more, None, by=by)


def test_nothing_is_asked_for_before_the_activity_has_begun_nor_taken_away_when_approved(by, study):
    with pytest.raises(Refused, match="inte kommit in i någon fas"):
        actions.add_deliverable(factories.activity(), "Kalkyl", by=by)
    made = actions.add_deliverable(study, "Kalkyl", by=by)
    actions.approve_deliverable(made, date(2022, 3, 1), "Styrgruppen", by=by)
    with pytest.raises(Refused, match="Ta tillbaka godkännandet först"):
        actions.remove_deliverable(made, by=by)
