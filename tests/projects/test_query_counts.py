"""The pages of many activities ask the database as much for few as for many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import Adoption, Agreement, Participation, StatusReport
from tests import factories

PAGES = ("overview", "table", "timeline", "matrix", "municipality", "agreement_list", "table_file", "matrix_file")
DAY = date(2022, 1, 10)


def more(number: int):
    """So many activities more, in two phases and none, told of thrice, with everybody taking part and an agreement."""
    parties = [factories.municipality() for _ in range(number)]
    phases = (factories.phase(gate="BP1"), factories.phase(), None)
    for at in range(number * 3):
        activity = factories.activity(in_phase=phases[at % 3], starts_on=DAY, ends_on=DAY + timedelta(days=900))
        for days in (0, 30, 60):
            StatusReport.objects.create(activity=activity, reported_on=DAY + timedelta(days=days), text="Pågår.")
        for party in parties:
            Participation.objects.create(activity=activity, municipality=party, joined_on=DAY)
            Adoption.objects.create(activity=activity, municipality=party, state="in_use", since_on=DAY)
        agreement = Agreement.objects.create(name=f"Avtal {activity}", kind="contract", activity=activity)
        agreement.options.create(until="2031-01-01", say_by="2030-06-30")


@pytest.mark.parametrize("name", [*(f"projects:{page}" for page in PAGES), "home"])
def test_a_page_asks_as_much_for_many_as_for_few(name, client_as):
    factories.board()
    client, address = client_as("coordinator"), reverse(name)
    more(2)
    few = questions(client, address)
    more(3)

    assert questions(client, address) == few


def more_of(municipality, number: int):
    """So many of each thing more that a municipality's page shows."""
    for at in range(number):
        joined = factories.activity(answer_by=DAY, starts_on=DAY)
        Participation.objects.create(activity=joined, municipality=municipality, joined_on=DAY + timedelta(days=at))
        factories.assignment(joined, municipality=municipality)
        factories.resource_request(joined)
        factories.resource_request(joined).answers.create(municipality=municipality, outcome="yes", readiness="Nu")
        outside = factories.activity()
        Participation.objects.create(activity=outside, municipality=factories.municipality(), joined_on=DAY)
        paragraph = factories.paragraph(number=at + 1)
        factories.commission(municipality, factories.municipality(), activity=joined, paragraph=paragraph)


@pytest.mark.parametrize("name", ["projects:municipality", "projects:municipality_file", "my_municipality"])
def test_a_municipality_that_does_much_asks_as_much_as_one_that_does_little(name, client_as):
    factories.board()
    own = factories.municipality("Norrvik")
    client, address = client_as("preparatory", municipality=own), reverse(name)
    more_of(own, 2)
    few = questions(client, address)
    more_of(own, 3)

    assert questions(client, address) == few
    page = client.get(address)
    if name == "projects:municipality":
        shown = ("joined", "others", "answers", "working", "commissions")
        assert [len(page.context[each]) for each in shown] == [5] * 5
        assert len(page.context["questions"]) == 10


def questions(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
