"""A board of another making: a 4 × 4 scale, nine parties, other words, and no change of the code."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from enamnd.organisation.models import Municipality
from riskcontrol import paper
from riskcontrol.actions.importing import load_plan
from riskcontrol.actions.plans import adopt_plan
from riskcontrol.blocks import control_plan, risk_matrix
from riskcontrol.models import ControlPlan, RiskCategory, RiskScale
from riskcontrol.plan_table import plan_rows
from tests.enamnd.test_load_board import REGION

pytestmark = pytest.mark.django_db

PLAN = {
    "format": "enamnd.control_plan",
    "version": 1,
    "year": 2019,
    "title": "Granskningsplan 2019",
    "scale": "Fyra nivåer",
    "mandatory_words": "beslutat av regionen för {year}",
    "columns": [
        {"key": "text", "heading": "Kontrollpunkt"},
        {"key": "category", "heading": "Område"},
        {"key": "responsible", "heading": "Vem"},
        {"key": "method", "heading": "Hur"},
        {"key": "value", "heading": "Vikt"},
        {"key": "decision", "heading": "Ställningstagande"},
    ],
    "risks": [
        {
            "text": "Hjälpmedel kommer inte fram i tid",
            "category": "Logistik",
            "responsible": "Lagerchefen",
            "likelihood": 4,
            "consequence": 4,
            "decision": "Vi lever med det",
            "controls": [{"method": "Leveranstider mäts"}],
        },
        {
            "text": "Utrustning återkallas",
            "category": "Patientsäkerhet",
            "responsible": "Enhetschefen",
            "likelihood": 1,
            "consequence": 3,
            "is_mandatory": True,
            "controls": [{"method": "Register stäms av"}],
        },
    ],
}


@pytest.fixture
def board():
    call_command("load_board", str(REGION), stdout=StringIO())


def in_file(**changed) -> bytes:
    return json.dumps(PLAN | changed).encode()


def with_risk(**changed) -> bytes:
    return in_file(risks=[PLAN["risks"][0] | changed])


def test_a_plan_of_another_board_works_with_its_own_scale_and_words(board, client_as):
    client = client_as("coordinator")
    plan = load_plan(in_file(), by=client.user)

    assert Municipality.objects.filter(is_party=True).count() == 9
    assert plan_rows(plan) == [
        [
            "Hjälpmedel kommer inte fram i tid",
            "Logistik",
            "Lagerchefen",
            "Leveranstider mäts",
            "16",
            "Vi lever med det",
        ],
        [
            "Utrustning återkallas (beslutat av regionen för 2019)",
            *("Patientsäkerhet", "Enhetschefen", "Register stäms av", "3", ""),
        ],
    ]
    page = client.get(reverse("riskcontrol:matrix", args=[2019])).content.decode()
    assert page.count('<g class="cell') == 16
    assert 'aria-label="Trolighet 4, skada 4: riskvärde 16, agera, 1 risk"' in page
    drawn = paper.compose_plan(plan)
    assert [words for words, _ in drawn.levels] == ["Avvakta, 1–5", "Bevaka, 6–11", "Agera, 12–16"]
    assert "<th><p>Kontrollpunkt</p></th>" in control_plan({"plan": plan.pk})
    assert "16 agera" in risk_matrix({"plan": plan.pk})
    assert adopt_plan(plan, date(2018, 12, 12), decision="§ 9", by=client.user).paper


def test_reading_the_board_again_changes_nothing_and_a_scale_that_does_not_hold_is_refused(board, tmp_path):
    assert RiskScale.objects.get().scale.highest == 16
    assert RiskCategory.objects.count() == 2
    data = json.loads(REGION.read_text(encoding="utf-8"))
    data["risk_scales"][0]["bands"][0]["from"] = 2
    file = tmp_path / "board.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(
        CommandError, match=r"riskskalor, rad 1 \(Fyra nivåer\): Nivåer: den lägsta nivån ska börja på 1"
    ):
        call_command("load_board", str(file))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_risk(likelihood=5), "risks, rad 1: Trolighet 5 ligger utanför skalan. Skriv 1 till 4."),
        (with_risk(likelihood=None), "ska båda vara heltal, eller båda saknas"),
        (with_risk(category="Väder"), "kategorin ”Väder” finns inte hos nämnden"),
        (with_risk(controls=[{"method": "", "schedule": "ibland"}]), "schedule: ”ibland” finns inte"),
        (with_risk(colour="röd"), "uppgiften ”colour” är okänd"),
        (in_file(scale="Fem steg"), "”Fem steg”"),
        (in_file(scale=None), "Planen har ingen skala"),
        (in_file(columns=[{"key": "value", "heading": "Vikt"}]), "måste ha kolumnen med risken"),
        (in_file(adopted={"on": "i våras"}), "adopted: ska ha on"),
        (in_file(follow_up={"name": "Helår", "on": "2019-12-31", "rows": [{"text": "X"}]}), "inget kontrollmoment med"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place_and_nothing_is_saved(board, tmp_path, content, said):
    file = tmp_path / "plan.json"
    file.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        call_command("load_control_plan", str(file))

    assert said in str(refused.value)
    assert not ControlPlan.objects.exists()
