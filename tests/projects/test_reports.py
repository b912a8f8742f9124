"""Status reports: written, repeated in one click, by two at once, and asked for when they are old."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from projects.actions import reports as actions
from projects.lines import latest_reports
from projects.models import StatusReport
from projects.waiting import waiting_projects
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 5, 1)


@pytest.fixture
def by():
    return factories.user("coordinator")


@pytest.fixture
def activity():
    factories.board()
    return factories.activity()


def report(activity, by, text="Pågår.", day=DAY, **more):
    return actions.report(activity, text=text, reported_on=day, by=by, **more)


def test_nothing_new_repeats_the_latest_with_todays_date(activity, by):
    report(activity, by, "Upphandlingen är annonserad.", time="at_risk", next_step="Anbud öppnas")
    again = actions.report_nothing_new(activity, by=by)

    assert again.is_unchanged
    assert (again.text, again.time, again.next_step) == ("Upphandlingen är annonserad.", "at_risk", "Anbud öppnas")
    assert again.reported_on == timezone.localdate()


def test_nothing_new_says_nothing_when_nothing_was_said(activity, by):
    with pytest.raises(Refused, match="Skriv den första rapporten"):
        actions.report_nothing_new(activity, by=by)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"text": " "}, "Skriv en punkt"),
        ({"day": date(2022, 4, 1)}, "senaste rapporten är från 1 maj 2022"),
        ({"day": timezone.localdate() + timedelta(days=1)}, "har inte varit än"),
    ],
)
def test_a_report_that_says_nothing_or_of_another_time_is_refused(activity, by, facts, said):
    report(activity, by)

    with pytest.raises(Refused, match=said):
        report(activity, by, **facts)


def test_two_who_report_at_once_are_told_of_each_other_and_both_texts_live(activity, by, client_as):
    shown = report(activity, by)
    first = factories.user("coordinator", name="Siv Sundell")
    report(activity, first, "Sivs text.", after=shown.pk)
    client, address = client_as("coordinator"), reverse("projects:report_new", args=[activity.pk])
    mine = {"text": "Min text.", "reported_on": "2022-05-02", "after": shown.pk}

    answer = client.post(address, mine)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Siv Sundell har rapporterat medan du skrev" in page
    assert "Min text." in page
    assert "Sivs text." in page
    assert client.post(address, mine | {"after": answer.context["now"]}).status_code == 302
    assert StatusReport.objects.count() == 3


def test_whoever_is_responsible_reports_and_others_do_not(activity):
    who = factories.person()
    activity.responsible_person = who
    activity.save()

    assert report(activity, factories.user("preparatory", person=who)).pk
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        report(activity, factories.user("preparatory"))


def test_the_latest_of_each_is_the_latest(activity, by):
    other = factories.activity()
    report(activity, by, "Gammal.")
    latest = report(activity, by, "Ny samma dag.")
    others = report(other, by, "Annan.", day=date(2022, 1, 1))

    assert latest_reports([activity.pk, other.pk]) == {activity.pk: latest, other.pk: others}


def test_an_old_report_is_asked_for_on_the_start_page(activity, client_as):
    client = client_as("coordinator")
    today = timezone.localdate()
    report(activity, client.user, day=today - timedelta(days=61))
    fresh = factories.activity()
    report(fresh, client.user, day=today - timedelta(days=59))
    factories.activity(kind="running")
    factories.activity(kind="idea")

    assert [each.what for each in waiting_projects(client.user, today)] == [f"Rapportera {activity.name}"]
    assert f"Rapportera {activity.name}" in client.get(reverse("home")).content.decode()
    assert waiting_projects(factories.user("secretary"), today) == []
