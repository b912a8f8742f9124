"""The economy's first page, one municipality's page, and a table counted again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.actions.allocations import make_allocation
from finance.models import BudgetVersion, Outcome
from finance.standing import pressing, standing
from finance.waiting import waiting_finance
from tests import factories

pytestmark = pytest.mark.django_db
TABLE = "Tkr;Intäkter;Kostnader;Avvikelse\nNämnden;1 673;1 792;120"


def test_an_economist_sees_what_the_own_municipality_pays_and_why(client_as):
    boden, kalix = factories.municipality("Boden"), factories.municipality("Kalix")
    made = make_allocation("Grundbelopp 2022", 2022, factories.model_version(), [boden, kalix], 1001_00, by=None)
    make_allocation("Annat 2021", 2021, factories.model_version(), [boden], 5_00, by=None)

    page = client_as("economist", municipality=boden).get(reverse("finance:municipality"))

    assert page.context["municipality"] == boden
    assert page.context["is_own"]
    assert (page.context["page"].year, page.context["page"].total) == (2022, 501_00)
    assert page.context["page"].years == ((2021, 5_00), (2022, 501_00))
    assert reverse("finance:share", args=[made.pk, boden.pk]) in page.content.decode()


def test_who_belongs_to_no_municipality_chooses_one(client_as):
    boden, client = factories.municipality("Boden"), client_as("coordinator")

    assert "Välj en kommun" in client.get(reverse("finance:municipality")).content.decode()
    page = client.get(reverse("finance:municipality"), {"kommun": boden.pk})
    assert "Inget är fördelat på Boden kommun än." in page.content.decode()
    assert client.get(reverse("finance:municipality"), {"kommun": "9" * 30, "ar": "9" * 30}).status_code == 200


def test_what_is_to_be_done_is_said_with_its_reason():
    today = timezone.localdate()
    factories.board()
    item = factories.cost_item()
    version = factories.budget_version(today.year, {item: (100, 90)})
    outcome = Outcome.objects.create(budget=version.budget, through_on=date(today.year, 1, 31), origin="csv")
    outcome.rows.create(side="cost", amount=1, account="6210")
    asked = factories.budget_version(today.year + 1, {item: (100, 100)})
    factories.municipality()
    BudgetVersion.objects.filter(pk=asked.pk).update(consulted_on=today, answer_by=today + timedelta(days=9))
    kind = factories.key_figure_kind("Folkmängd")
    factories.model_version({"method": "figure", "size": "rest", "kind": kind})
    make_allocation("Grundbelopp", today.year, factories.model_version(), [factories.municipality()], 1, by=None)

    told = {each.what: each.why for each in standing(today)}

    assert told[f"Samråd om budget {today.year + 1}"].startswith("2 kommuner har inte svarat")
    assert told[f"Kontera utfallet {today.year}"] == "1 rad i utfallet hör inte till någon post."
    assert told[f"Rätta budget {today.year}"] == "2 saker stämmer inte."
    assert "3 kommuner saknar tal" in told["Läs in folkmängd"]
    assert told["För in beslutet om Grundbelopp"]


def test_the_start_page_tells_only_those_who_keep_the_economy():
    today = timezone.localdate()
    factories.budget_version(today.year, {factories.cost_item(): (100, 90)})

    assert [each.what for each in waiting_finance(factories.user("coordinator"), today)] == [
        each.what for each in pressing(today)
    ]
    assert waiting_finance(factories.user("secretary"), today) == []


def test_a_table_in_thousands_is_counted_again_and_nothing_is_kept(client_as):
    answer = client_as("member").post(
        reverse("finance:printed"), {"text": TABLE, "unit": 1000, "notes": "Nämnden kostade 1 793 tkr."}
    )

    first, second = answer.context["told"]
    assert "Nämnden" in first
    assert "står som 120, men skillnaden mellan Intäkter och Kostnader är 119" in first
    assert "not om det" in first
    assert "Texten säger 1 793 tkr" in second


def test_a_table_that_is_right_is_said_to_be(client_as):
    answer = client_as("member").post(reverse("finance:printed"), {"text": TABLE.replace("120", "119"), "unit": 1000})

    assert "Tabellen stämmer. 1 rad räknades om." in answer.content.decode()
