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


def questions(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
