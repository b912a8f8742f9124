"""The plans of 2020, 2021 and 2024 come out as the papers print them."""

import json
from datetime import date

import pytest

from riskcontrol.actions.follow_ups import begin_follow_up
from riskcontrol.actions.importing import load_plan
from riskcontrol.actions.plans import begin_plan
from riskcontrol.actions.scales import begin_with_usual
from riskcontrol.columns import KEYS
from riskcontrol.models import ControlPlan
from riskcontrol.plan_table import follow_up_rows, plan_rows
from tests import factories

pytestmark = [pytest.mark.golden, pytest.mark.django_db]

# Heading of the paper, without what it says of the scale: key of the column.
KEY_OF = {heading: key for key, heading in KEYS.items()} | {"Kontrollmoment": "text"}
ROW_KEYS = {
    "Kontrollmoment": "kontrollmoment",
    "Risk": "risk",
    "Ansvarig": "ansvarig",
    "Frekvens": "frekvens",
    "Metod": "metod",
    "Sannolikhet": "sannolikhet",
    "Konsekvens": "konsekvens",
    "Riskvärde": "riskvärde",
    "Beslut": "beslut",
    "Analys": "analys",
}


@pytest.fixture
def papers(shared_folder) -> dict[int, dict]:
    told = json.loads((shared_folder / "golden" / "internal_control_plans.json").read_text(encoding="utf-8"))
    return {plan["year"]: plan for plan in told["plans"]}


@pytest.fixture
def by():
    factories.board()
    by = factories.user("coordinator")
    begin_with_usual(by=by)
    return by


def plain(heading: str) -> str:
    return heading.partition(" (")[0]


def in_file(paper: dict) -> bytes:
    """The paper's plan in the format that the portal reads. A follow-up's decisions stand in its follow-up."""
    is_follow_up = paper["kind"].startswith("follow-up")
    told = {
        "format": "enamnd.control_plan",
        "version": 1,
        "year": paper["year"],
        "title": paper.get("heading", f"Internkontrollplan {paper['year']}"),
        "intro": paper.get("intro", ""),
        "scale": "5 × 5",
        "columns": [{"key": KEY_OF[plain(each)], "heading": each} for each in paper["columns"]],
        "risks": [in_row(row, paper["year"], is_follow_up) for row in paper["rows"]],
    }
    if is_follow_up:
        keys = {"text": "kontrollmoment", "decision": "beslut", "analysis": "analys"}
        rows = [{key: row[theirs] for key, theirs in keys.items()} for row in paper["rows"]]
        told["follow_up"] = {"name": "Helår", "on": f"{paper['year']}-12-16", "rows": rows}
        told["follow_up"] |= {"approved_on": f"{paper['year']}-12-16", "decision": "§ 5"}
    return json.dumps(told).encode()


def in_row(row: dict, year: int, is_follow_up: bool) -> dict:
    text = row.get("kontrollmoment") or row["risk"]
    return {
        "text": text.removesuffix(f" (obligatoriskt kontrollmoment {year})"),
        "responsible": row["ansvarig"],
        "likelihood": row["sannolikhet"],
        "consequence": row["konsekvens"],
        "decision": "" if is_follow_up else row["beslut"],
        "analysis": "" if is_follow_up else row["analys"],
        "is_mandatory": row.get("obligatoriskt", False),
        "controls": [{"method": row["metod"], "frequency": row["frekvens"] or ""}],
    }


def printed(paper: dict) -> list[list[str]]:
    return [[str(row[ROW_KEYS[plain(heading)]]) for heading in paper["columns"]] for row in paper["rows"]]


@pytest.mark.parametrize("year", [2021, 2024])
def test_an_adopted_plan_has_the_headings_and_rows_of_the_paper(papers, by, year):
    plan = load_plan(in_file(papers[year]), by=by)

    assert [column.heading for column in plan.shown_columns] == papers[year]["columns"]
    assert plan_rows(plan) == printed(papers[year])
    assert (plan.title, plan.intro) == (papers[year]["heading"], papers[year]["intro"])


def test_the_follow_up_of_2020_has_the_nine_columns_and_rows_of_the_paper(papers, by):
    plan = load_plan(in_file(papers[2020]), by=by)

    assert follow_up_rows(plan.follow_ups.get(), plan.shown_columns) == printed(papers[2020])
    assert {row[-1] for row in plan_rows(plan)} == {""}, "det som kom fram vid uppföljningen står inte i planen"


def test_2021_begins_from_2020_with_the_responsible_that_the_follow_up_named(papers, by):
    before = load_plan(in_file(papers[2020]), by=by)
    row = before.follow_ups.get().rows.get(item__risk__text__contains="leverantörsavtal")
    row.next_responsible = papers[2021]["rows"][2]["ansvarig"]
    row.save()

    plan = begin_plan(2021, papers[2021]["heading"], previous=before, by=by)

    wanted = [[row["sannolikhet"], row["konsekvens"], row["beslut"]] for row in papers[2021]["rows"]]
    columns = [column.key for column in plan.shown_columns]
    rows = [dict(zip(columns, row, strict=True)) for row in plan_rows(plan)]
    assert [[int(row["likelihood"]), int(row["consequence"]), row["decision"]] for row in rows] == wanted
    assert rows[2]["responsible"] == papers[2021]["rows"][2]["ansvarig"]
    assert {row["analysis"] for row in rows} == {""}


def test_no_value_decides_what_is_said(papers, by):
    """9 is accepted and 1 is followed up, as the paper says."""
    load_plan(in_file(papers[2024]), by=by)
    risks = ControlPlan.objects.get(year=2024).risks.all()

    assert {risk.value: risk.decision for risk in risks if risk.value in (1, 9)} == {
        1: "Risk accepteras och följs upp genom internkontroll",
        9: "Risk accepteras",
    }


def test_the_mandatory_item_is_marked_and_followed_up_whatever_its_value(papers, by):
    plan = load_plan(in_file(papers[2024]), by=by)
    follow_up = begin_follow_up(plan, "Delårsrapport 2", date(2024, 10, 9), by=by)

    (mandatory,) = [row for row in follow_up_rows(follow_up, plan.shown_columns) if "obligatoriskt" in row[0]]
    assert mandatory[0].endswith("(obligatoriskt kontrollmoment 2024)")
    assert mandatory[5] == "1"
