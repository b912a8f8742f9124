"""The papers' own tables come out as printed where they are right, and are contradicted in words where not."""

import json
import re
from datetime import date

import pytest

from enamnd.formats import fraction
from enamnd.money import kronor, parse_kronor
from finance import blocks, budgets, explaining, follow_up
from finance.actions.allocations import make_allocation
from finance.actions.budget_papers import take_in
from finance.actions.budgets import add_comment
from finance.actions.follow_up import enter_outcome, make_forecast
from finance.budget_checks import told_amounts
from finance.budget_table import to_date
from finance.models import CostItem
from finance.printed import faults, missing_totals, net_faults, read_printed
from tests import factories

pytestmark = pytest.mark.golden
SIDES = {"INTÄKTER": "income", "KOSTNADER": "cost"}
SAME_ITEM = {
    "uppdrag och projekt": "Projekt",
    "projekt och uppdrag": "Projekt",
    "grundbelopp och e-kontor": "Grundbelopp",
    "personal och omkostnader": "Grundbelopp",
    "övriga intäkter": "Övrigt",
    "övriga kostnader": "Övrigt",
}


@pytest.fixture(scope="session")
def papers(shared_folder) -> dict:
    return json.loads((shared_folder / "golden" / "budgets.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tables(papers) -> dict:
    return {name: (table, read_printed(cells_of(table))) for name, table in papers["tables"].items()}


def cells_of(table: dict) -> list[list[str]]:
    columns = table["columns"][1:]
    return [table["columns"]] + [
        [row["label"], *(row.get("text", {}).get(each, "") for each in columns)] for row in table["rows"]
    ]


def take_table(tables, name: str, column: int, year: int):
    """The portal's budget of a column of a printed table."""
    _, printed = tables[name]
    version = factories.budget_version(year)
    known = {each.name: each for each in CostItem.objects.all()}
    chosen = {}
    for row in printed.of("row"):
        item = SAME_ITEM.get(row.label.casefold(), row.label)
        known.setdefault(item, None)
        known[item] = known[item] or factories.cost_item(item)
        chosen[row.number] = known[item]
    take_in(version, printed, column, chosen, by=None)
    return budgets.holding_of(year)


def written(line) -> tuple[str, ...]:
    return tuple("" if each is None else kronor(each).replace("\u00a0", " ") for each in line.values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "column", "year"),
    [
        ("budget_forecast_2020", 0, 2020),
        ("budget_2021", 2, 2021),
        ("budget_2023", 0, 2023),
        ("budget_2024", 0, 2024),
    ],
)
def test_a_budget_comes_out_as_printed(tables, name, column, year):
    table, printed = tables[name]

    lines = budgets.side_by_side([take_table(tables, name, column, year)])

    wanted = [
        (row["label"], row["text"][table["columns"][1:][column]]) for row in table["rows"] if row["kind"] == "row"
    ]
    assert [(line.label, *written(line)) for line in lines if line.kind == "row"] == wanted
    wrong = faults(printed)
    for line, row in zip(
        [each for each in lines if each.kind in ("total", "result")],
        [each for each in printed.rows if each.kind in ("total", "result")],
        strict=True,
    ):
        if row.values[column] is not None and not any(row.label in each for each in wrong):
            assert line.values == (row.values[column],)


@pytest.mark.django_db
def test_the_budget_of_2021_stands_beside_the_budget_and_the_forecast_of_2020_as_printed(tables):
    """R220: three columns, and sums where the paper has none."""
    table, printed = tables["budget_2021"]
    before, after = take_table(tables, "budget_2021", 0, 2020), take_table(tables, "budget_2021", 2, 2021)
    items = {(row.side, row.label): row.item_id for row in before.rows.all()}
    forecast = make_forecast(before.budget, date(2020, 11, 18), "Samordnaren", amounts_of(printed, 1, items), by=None)

    html = blocks.budget_table({"versions": [before.pk, after.pk], "forecasts": [forecast.pk]})

    rows = [re.findall(r"<p>(.*?)</p>", each) for each in html.replace("\xa0", " ").split("<tr>")[1:]]
    assert rows[0] == ["INTÄKTER", "Budget 2020", "Prognos 2020", "Budget 2021"]
    wanted = {
        (row["label"], *(row["text"][each] for each in rows[0][1:])) for row in table["rows"] if row["kind"] == "row"
    }
    assert wanted <= set(map(tuple, rows))


@pytest.mark.django_db
def test_outcome_and_forecast_come_out_as_printed(tables):
    """R138–R147: budget to date, deviations only where there are any, and a word for the result."""
    take_table(tables, "budget_forecast_2020", 0, 2020)
    budget = budgets.holding_of(2020).budget
    _, outcome = tables["outcome_oct_2020"]
    _, year = tables["budget_forecast_2020"]
    items = {(row.side, row.label): row.item_id for row in budgets.holding_of(2020).rows.all()}

    entered = enter_outcome(budget, date(2020, 10, 31), amounts_of(outcome, 1, items), by=None)
    forecast = make_forecast(budget, date(2020, 11, 18), "Samordnaren", amounts_of(year, 1, items), by=None)

    compare_with(follow_up.outcome_table(entered), outcome, but={("cost", "Projekt och uppdrag"): 308_523_00})
    compare_with(follow_up.forecast_table(forecast), year, but={})


def amounts_of(printed, column: int, items: dict) -> dict:
    return {
        (items[row.side, row.label], row.side): row.values[column]
        for row in printed.of("row")
        if row.values[column] is not None
    }


def compare_with(made, printed, but: dict):
    shown = [(line, gap, word) for line, gap, word in made.lines if line.kind != "section"]
    rows = [each for each in printed.rows if each.kind != "section"]
    for (line, gap, word), row in zip(shown, rows, strict=True):
        assert line.label.casefold() == row.label.casefold()
        assert line.values == row.values[:2]
        assert gap == but.get((row.side, row.label), row.values[2])
        assert word == (row.words[2] if row.kind == "result" else "")


def test_every_figure_that_is_wrong_in_the_printed_tables_is_said(tables):
    told = {name: faults(printed) for name, (_, printed) in tables.items()}

    assert told["budget_forecast_2020"] == told["budget_2021"] == told["budget_2023"] == []
    (of_2020,) = told["outcome_oct_2020"]
    assert "308\u00a0524" in of_2020
    assert "308\u00a0523" in of_2020
    of_costs, of_result = told["budget_2024"]
    assert "SUMMA KOSTNADER står som 7\u00a0830\u00a0800, men raderna blir 5\u00a0851\u00a0200" in of_costs
    assert "RÖRELSERESULTAT står som 0, men raderna ger 1\u00a0979\u00a0600" in of_result
    assert all("4\u00a0064\u00a0000" in each for each in missing_totals(tables["budget_2021"][1]))


@pytest.mark.django_db
def test_what_is_wrong_in_the_budget_of_2024_is_said_before_it_goes_to_the_board(papers, tables):
    version = take_table(tables, "budget_2024", 0, 2024)
    of = {name: CostItem.objects.get(name=name) for name in ("Grundfinansiering", "Verksamhetsutvecklare e-tjänster")}
    for text in papers["texts"]["samordnande_2024"][1:]:
        add_comment(version, text, item=of["Grundfinansiering"], by=None)
    add_comment(version, papers["texts"]["förvaltande_2024"][4], item=of["Verksamhetsutvecklare e-tjänster"], by=None)

    told = budgets.findings_of(budgets.holding_of(2024))

    assert len(told) == 4
    assert (
        "Summa kostnader står som 7\u00a0830\u00a0800\u00a0kr, men raderna blir 5\u00a0851\u00a0200\u00a0kr" in told[0]
    )
    assert told[1].startswith("Förvaltningsledare verksamhetssystem SOC: intäkten är 3\u00a0015\u00a0700\u00a0kr")
    assert "Resultatet blir 1\u00a0979\u00a0600\u00a0kr" in told[2]
    assert "säger 1\u00a0046\u00a0900\u00a0kr, men tabellen har 1\u00a0036\u00a0100\u00a0kr" in told[3]


@pytest.mark.django_db
def test_the_texts_of_2021_agree_with_their_table(papers, tables):
    """R218: 1 044 400 and 918 200 are together the row; 74 600 times 14 is the first of them."""
    version = take_table(tables, "budget_2021", 2, 2021)
    for text in [*papers["texts"]["grundbelopp_2021"][:2], papers["texts"]["e_kontor_2021"][3]]:
        add_comment(version, text, item=CostItem.objects.get(name="Grundbelopp"), by=None)

    assert budgets.findings_of(budgets.holding_of(2021)) == []


def test_amounts_of_the_comments_of_2020_are_held_against_the_table(papers):
    known = {"resultatet": 94_504_00, "avvikelsen för projekt": 308_523_00, "avvikelsen för intäkter": 403_027_00}

    told = told_amounts(papers["texts"]["outcome_comments_2020"], known)

    assert told == [
        "Texten säger 94 tkr, men resultatet är 94\u00a0504\u00a0kr, som avrundas till 95 tkr.",
        "Texten säger 308 524 kr, men avvikelsen för projekt är 308\u00a0523\u00a0kr.",
    ]


def test_the_report_in_thousands_is_said_not_to_add_up(papers):
    """R287: 1 792 − 1 673 = 119, printed 120."""
    report = papers["report_2022"]
    told = {
        part: net_faults(row["label"], *(row[key] * 100_000 for key in ("intäkter", "kostnader", "avvikelse")))
        for part in ("outcome", "budget", "forecast")
        for row in report[part]["rows"]
    }

    assert told["budget"] == told["forecast"] == []
    assert "1792 − 1673 = 119 tkr, men avvikelse står som 120 tkr" in told["outcome"][0]


def test_the_budget_to_date_is_ten_twelfths_in_whole_kronor():
    assert [to_date(öre, 10) for öre in (700_467_00, 1_046_900_00, 760_900_00)] == [583_723_00, 872_417_00, 634_083_00]


@pytest.mark.django_db
def test_the_490_000_kronor_come_out_with_the_papers_percentages_and_a_true_sum(shared_folder):
    """R176–R178: thirteen of fourteen take part; the one whose row differs from the paper is named."""
    paper = json.loads((shared_folder / "golden" / "municipalities.json").read_text(encoding="utf-8"))
    rows = paper["norrbotten"]["table"]["rows"]
    places = {row["municipality"]: factories.municipality(row["municipality"]) for row in rows}
    kind = factories.key_figure_kind("Befolkning")
    joined = [row for row in rows if row["population"]]
    factories.key_figures(kind, {places[row["municipality"]]: row["population"] for row in joined})
    version = factories.model_version({"method": "figure", "size": "rest", "kind": kind})

    made = make_allocation(
        "Projektdirektiv", 2022, version, [places[row["municipality"]] for row in joined], 490_000_00, by=None
    )

    page = explaining.shown(made)
    by_name = {line.name: line for line in page.lines}
    assert sum(line.amount for line in page.lines) == 490_000_00
    for row in rows:
        assert f"{fraction(by_name[row['municipality']].percent, 2)}%" == row["percent_text"]
    printed = {row["municipality"]: parse_kronor(row["amount_text"]) or 0 for row in rows}
    differing = [name for name, line in by_name.items() if line.amount != printed[name]]
    assert differing == ["Pajala"]
    first, second = explaining.rounding_in_words(page)
    assert "490\u00a0001\u00a0kr, inte 490\u00a0000\u00a0kr" in first
    assert "Pajala 12\u00a0701\u00a0kr i stället för 12\u00a0702\u00a0kr" in first
    assert second == "De avrundade procenttalen blir 99,98 % tillsammans."
    assert not by_name["Kalix"].takes_part
