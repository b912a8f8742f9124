"""The economy's first page, one municipality's page, and a table counted again."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from finance.actions.allocations import make_allocation
from finance.models import AllocationDecision, BudgetVersion, Outcome
from finance.standing import pressing, standing
from finance.waiting import waiting_finance
from tests import factories

from . import invoicing

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


def test_the_excel_files_keep_the_öre_of_a_municipality_and_round_a_result_below_zero(client_as):
    boden = invoicing.buyer(factories.municipality("Boden"))
    invoicing.allocation({boden: 1050_50})
    version = factories.budget_version(2022, {factories.cost_item(): (1, 2)})
    version.rows.filter(side="cost").update(amount=1_40)
    client = client_as("economist", municipality=boden)

    own = client.get(reverse("finance:municipality_file"), {"ar": 2027})
    budget = client.get(reverse("finance:budget_file"))

    assert _cells(own)[-1] == ("Grundbelopp 2027", 2027, 1050.5)
    assert _cells(budget)[-1][1:] == (0,)


def _cells(answer) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)


@pytest.mark.parametrize(("role", "may_open"), [("economist", False), ("auditor", True)])
def test_a_paragraph_is_a_link_for_those_who_may_open_it(client_as, role, may_open):
    paragraph = factories.paragraph(number=9, title="Budget 2022")
    made = make_allocation("Grundbelopp", 2022, factories.model_version(), [factories.municipality()], 1, by=None)
    AllocationDecision.objects.create(allocation=made, paragraph=paragraph, decided_on=date(2022, 6, 22))

    page = client_as(role).get(made.get_absolute_url()).content.decode()

    assert "§ 9 Budget 2022" in page
    assert (f'href="{paragraph.get_absolute_url()}"' in page) == may_open


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
