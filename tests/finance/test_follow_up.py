from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from enamnd.refusal import Refused
from finance import blocks, follow_up
from finance.actions import follow_up as actions
from finance.actions.allocations import make_allocation
from finance.actions.budgets import decide_budget
from finance.actions.year_end import close_year
from finance.ledger import LedgerRow, Span, place, read_ledger
from finance.models import CarriedShare, Outcome, OutcomeRow
from finance.sie import Line, SieFile, Voucher, Year, write_sie
from meetings.text.markup import clean
from tests import factories

OCTOBER, DECEMBER = date(2021, 10, 31), date(2021, 12, 31)


# The ledger, plain ----------------------------------------------------------------------------------------------------


def test_the_span_that_names_the_project_wins_then_the_narrower():
    spans = [Span(3000, 3999, "", 1, "income"), Span(5000, 7999, "", 2, "cost"), Span(5000, 7999, "1002", 3, "cost")]
    spans += [Span(6200, 6299, "", 4, "cost")]
    rows = [
        LedgerRow("3521", "", -100_00),
        LedgerRow("5010", "1002", 60_00),
        LedgerRow("5010", "9", 10_00),
        LedgerRow("6210", "", 5_00),
        LedgerRow("8310", "", -1_00),
        LedgerRow("4010", "", 2_00),
        LedgerRow("5010", "", 0),
    ]

    assert [(each.item, each.side, each.amount) for each in place(rows, spans)] == [
        (1, "income", 100_00),
        (3, "cost", 60_00),
        (2, "cost", 10_00),
        (4, "cost", 5_00),
        (None, "income", 1_00),
        (None, "cost", 2_00),
    ]


def test_a_ledger_is_read_by_its_headings_and_wrong_rows_are_named():
    good = read_ledger([["Belopp", "Konto", "Annat"], ["-1 000,50", "3521", "x"]])

    assert good == [LedgerRow("3521", "", -1_000_50)]
    with pytest.raises(Refused, match="rubrikerna Konto"):
        read_ledger([["Post", "Belopp"]])
    with pytest.raises(Refused) as refusal:
        read_ledger([["Konto", "Belopp"], ["abc", "1"], ["3521", "=1+1"], ["3521", ""]])
    assert [each.split(":")[0] for each in refusal.value.lines] == ["rad 2 (abc)", "rad 3 (3521)", "rad 4 (3521)"]


# Outcome --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def coordinator(db):
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def item(db):
    return factories.cost_item("Grundbelopp")


@pytest.fixture
def budget(item):
    version = factories.budget_version(2021, {item: (1_200, 1_200)})
    return version.budget


def upload(name: str, content: bytes, client, budget, through_on="2021-10-31"):
    file = SimpleUploadedFile(name, content)
    data = {"through_on": through_on, "file": file, "dimension": "6"}
    return client.post(reverse("finance:outcome_import", args=[budget.year]), data)


def test_an_outcome_is_held_against_the_budget_to_date(budget, item, coordinator):
    outcome = actions.enter_outcome(
        budget, OCTOBER, {(item.pk, "income"): 1_000_00, (item.pk, "cost"): 905_00}, by=coordinator
    )

    table = follow_up.outcome_table(outcome)

    assert table.title == "Utfall per sista oktober 2021"
    assert follow_up.title_of(date(2021, 10, 29)) == "Utfall per den 29 oktober 2021"
    assert table.columns == ("Budget tom okt 2021", "Utfall tom okt 2021", "Avvikelse")
    rows = [(line.label, line.values, gap, word) for line, gap, word in table.lines if line.kind in ("row", "result")]
    assert rows == [
        ("Grundbelopp", (1_000_00, 1_000_00), None, ""),
        ("Grundbelopp", (1_000_00, 905_00), -95_00, ""),
        ("RÖRELSERESULTAT", (0, 95_00), None, "Överskott"),
    ]


def test_a_period_that_begins_within_the_year_is_counted_in_its_own_months(item, coordinator):
    budget = factories.budget_version(2018, {item: (900, 900)}).budget
    budget.starts_on = date(2018, 4, 1)
    budget.save()

    outcome = actions.enter_outcome(budget, date(2018, 6, 30), {(item.pk, "cost"): 300_00}, by=coordinator)

    assert follow_up.outcome_table(outcome).lines[1][0].values[0] == 300_00


def test_a_later_outcome_of_the_same_day_takes_the_place_of_the_earlier(budget, item, coordinator):
    first = actions.enter_outcome(budget, OCTOBER, {(item.pk, "cost"): 100}, by=coordinator)
    second = actions.enter_outcome(budget, OCTOBER, {(item.pk, "cost"): 200}, by=coordinator)

    first.refresh_from_db()
    assert first.replaced_by == second
    assert list(Outcome.objects.filter(replaced_by=None)) == [second]
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(budget=budget, through_on=OCTOBER, origin="hand")


@pytest.mark.parametrize(("day", "reason"), [(date(2022, 1, 31), "utanför perioden"), (date(2199, 1, 1), "utanför")])
def test_a_day_outside_the_period_is_refused(budget, item, coordinator, day, reason):
    with pytest.raises(Refused, match=reason):
        actions.enter_outcome(budget, day, {(item.pk, "cost"): 1}, by=coordinator)


def test_rows_of_the_ledger_that_belong_to_no_item_are_shown_and_find_their_place(client_as, budget, item, coordinator):
    client = client_as("coordinator")
    actions.add_mapping(item, "income", 3000, 3999, by=coordinator)
    csv = b"Konto;Projekt;Text;Belopp\n3521;;Kommuner;-1000\n6210;77;Telefon;25,50\n"

    upload("huvudbok.csv", csv, client, budget)

    outcome = Outcome.objects.get()
    assert (outcome.origin, outcome.file_name, len(outcome.sha256)) == ("csv", "huvudbok.csv", 64)
    page = client.get(reverse("finance:follow_up", args=[2021])).content.decode()
    assert "Konto 6210, projekt 77, Telefon" in page
    assert follow_up.UNMAPPED_NAME in page

    actions.add_mapping(item, "cost", 6000, 6999, "77", by=coordinator)
    assert not OutcomeRow.objects.filter(item=None).exists()
    assert OutcomeRow.objects.get(account="6210").amount == 25_50


def test_a_sie_file_gives_the_same_outcome(client_as, budget, item, coordinator):
    actions.add_mapping(item, "income", 3000, 3999, by=coordinator)
    actions.add_mapping(item, "cost", 5000, 7999, "1001", by=coordinator)
    voucher = Voucher(
        "A",
        "1",
        date(2021, 3, 15),
        "Kommunernas bidrag",
        (
            Line("1510", Decimal(400)),
            Line("3521", Decimal(-1000)),
            Line("5010", Decimal("600.00"), objects=(("6", "1001"),)),
        ),
    )
    later = Voucher("A", "2", date(2021, 12, 1), "Sen", (Line("1510", Decimal(5)), Line("3521", Decimal(-5))))
    file = SieFile(
        type=4,
        company="Luleå kommun",
        org_number="212000-2742",
        program="Prov",
        program_version="1",
        generated_on=date(2021, 11, 2),
        years=(Year(0, date(2021, 1, 1), date(2021, 12, 31)),),
        accounts={"1510": "Kundfordringar", "3521": "Ersättning", "5010": "Löner"},
        dimensions={"6": "Projekt"},
        objects={("6", "1001"): "Kansli"},
        vouchers=(voucher, later),
    )

    answer = upload("huvudbok.se", write_sie(file), client_as("coordinator"), budget)

    assert answer.status_code == 302
    assert [(row.side, row.amount, row.item) for row in OutcomeRow.objects.order_by("account")] == [
        ("income", 1_000_00, item),
        ("cost", 600_00, item),
    ]


def test_a_cut_off_sie_file_is_refused_in_words_and_keeps_nothing(client_as, budget):
    cut = b'#FLAGGA 0\r\n#SIETYP 4\r\n#VER A 1 20210101 "x"\r\n{\r\n'

    answer = upload("huvudbok.se", cut, client_as("coordinator"), budget)

    assert answer.status_code == 422
    assert not Outcome.objects.exists()


def test_notes_that_say_other_amounts_than_the_table_are_pointed_out(budget, item, coordinator):
    amounts = {(item.pk, "income"): 1_000_00, (item.pk, "cost"): 1_000_00 + 308_523_00}
    table = follow_up.outcome_table(actions.enter_outcome(budget, OCTOBER, amounts, by=coordinator))

    right = follow_up.notes_against(table, "Projekten kostade 308 523 kr mer.", "Resorna kostade 12 000 kr.")
    (wrong,) = follow_up.notes_against(table, "Projekten kostade 308 524 kr mer.\nUnderskottet är 309 tkr.")

    assert right == []
    assert "Texten säger 308 524 kr, men avvikelsen för Grundbelopp är 308\u00a0523\u00a0kr." in wrong


def test_a_forecast_has_author_and_day_and_the_latest_is_shown(client_as, budget, item, coordinator):
    actions.make_forecast(budget, date(2021, 5, 31), "Lo", {(item.pk, "cost"): 1_150_00}, by=coordinator)
    latest = actions.make_forecast(budget, OCTOBER, "Kim", {(item.pk, "cost"): 1_180_00}, by=coordinator)

    answer = client_as("economist").get(reverse("finance:follow_up", args=[2021]))

    assert answer.context["forecast"] == latest
    assert "gjord av Kim" in answer.content.decode()
    gaps = {line.side: gap for line, gap, _ in follow_up.forecast_table(latest).lines if line.kind == "row"}
    assert gaps["cost"] == -20_00


# The end of a year ----------------------------------------------------------------------------------------------------


def test_a_closed_year_carries_what_is_left_and_is_frozen(budget, item, coordinator):
    boden, kalix = factories.municipality("Boden"), factories.municipality("Kalix")
    kind = factories.key_figure_kind()
    factories.key_figures(kind, {boden: 3000, kalix: 1000}, date(2019, 12, 31))
    by_people = factories.model_version({"method": "figure", "size": "rest", "kind": kind})
    make_allocation("Grundbelopp 2021", 2021, by_people, [boden, kalix], 1_200_00, item=item, by=None)
    other = factories.cost_item("Projektet")
    amounts = {
        (item.pk, "income"): 1_200_00,
        (item.pk, "cost"): 1_000_00,
        (other.pk, "cost"): 30_00,
    }
    actions.enter_outcome(budget, DECEMBER, amounts, by=coordinator)

    closed = close_year(budget, decided_on=date(2022, 3, 16), decision="§ 4", by=coordinator)

    assert {each.item.name: each.amount for each in closed.items.all()} == {"Grundbelopp": 200_00, "Projektet": -30_00}
    parts = {(each.carried.item.name, each.municipality.name): each.amount for each in CarriedShare.objects.all()}
    assert parts[("Grundbelopp", "Boden")] == 150_00
    assert parts[("Grundbelopp", "Kalix")] == 50_00
    assert sum(amount for (name, _), amount in parts.items() if name == "Projektet") == -30_00
    for verb in (
        lambda: actions.enter_outcome(budget, OCTOBER, amounts, by=coordinator),
        lambda: actions.make_forecast(budget, OCTOBER, "Lo", {}, by=coordinator),
        lambda: close_year(budget, decided_on=date(2022, 3, 16), decision="§ 4", by=coordinator),
    ):
        with pytest.raises(Refused, match="Bokslutet för 2021 är gjort"):
            verb()


def test_a_year_is_not_closed_without_its_outcome_or_with_rows_unplaced(budget, item, coordinator):
    with pytest.raises(Refused, match="Utfallet till och med 31 december 2021 saknas"):
        close_year(budget, decided_on=date(2022, 3, 16), decision="§ 4", by=coordinator)
    actions.load_outcome(budget, DECEMBER, [LedgerRow("6210", "", 100)], "csv", by=coordinator)
    with pytest.raises(Refused, match="1 rad i utfallet hör inte"):
        close_year(budget, decided_on=date(2022, 3, 16), decision="§ 4", by=coordinator)


# Blocks of protocols --------------------------------------------------------------------------------------------------


def test_the_blocks_print_as_the_papers_do(budget, item, coordinator):
    version = budget.versions.get()
    decide_budget(version, decided_on=date(2020, 6, 17), decision="§ 12", by=coordinator)
    outcome = actions.enter_outcome(budget, OCTOBER, {(item.pk, "income"): 1_100_00}, by=coordinator, notes="Över.")
    forecast = actions.make_forecast(budget, OCTOBER, "Lo", {(item.pk, "income"): 1_300_00}, by=coordinator)

    of_budget = blocks.budget_table({"versions": [version.pk], "comments": True})
    of_outcome = blocks.outcome_table({"outcome": outcome.pk})
    of_forecast = blocks.forecast_table({"forecast": forecast.pk})
    of_year = blocks.summary_table({"budget": budget.pk, "unit": "Nämnden"})
    in_tkr = blocks.outcome_table({"outcome": outcome.pk, "in_thousands": True})

    assert all(clean(each) == each for each in (of_budget, of_outcome, of_forecast, of_year))
    assert "<th><p>INTÄKTER</p></th><th><p>Budget 2021</p></th>" in of_budget
    assert "<td><p>SUMMA KOSTNADER</p></td><td><p>1\u00a0200</p></td>" in of_budget
    assert "<h4>Utfall per sista oktober 2021</h4>" in of_outcome
    assert "<td><p>Överskott</p></td>" in of_outcome
    assert "<h4>Kommentarer till utfall</h4><ul><li><p>Över.</p></li></ul>" in of_outcome
    assert "<td><p>1\u00a0300</p></td><td><p>100</p></td>" in of_forecast
    assert "Budget 2021 (tkr)" in of_year
    assert "<h4>Utfall per sista oktober 2021 (tkr)</h4>" in in_tkr
    assert "<td><p>1,1</p></td><td><p>0,1</p></td>" in in_tkr


def test_the_allocation_block_is_the_papers_table(coordinator):
    """R176, R177, R179, R182."""
    boden, kalix, pite = (factories.municipality(name) for name in ("Boden", "Kalix", "Piteå"))
    kind = factories.key_figure_kind("Befolkning")
    factories.key_figures(kind, {boden: 28065, pite: 41916})
    version = factories.model_version({"method": "figure", "size": "rest", "kind": kind})
    made = make_allocation("Projektet", 2022, version, [boden, pite], 490_000_00, by=None)

    html = blocks.allocation_table({"allocation": made.pk})
    of_year = blocks.year_allocation({"year": 2022})

    assert "<th><p>Befolkning</p></th><th><p>Procent</p></th><th><p>490\u00a0000 kr</p></th>" in html
    assert "<td><p>Piteå</p></td><td><p>41916</p></td><td><p>59,90%</p></td><td><p>293\u00a0492 kr</p></td>" in html
    assert "<td><p>Kalix</p></td><td><p>0</p></td><td><p>0,00%</p></td><td><p>- kr</p></td>" in html
    assert "<td><p>Summa:</p></td><td><p>69981</p></td><td><p>100,00%</p></td>" in html
    assert "<td><p>Summa</p></td><td><p>490\u00a0000</p></td><td><p>490\u00a0000</p></td>" in of_year
    assert kalix.name in of_year


def test_an_outcome_or_a_forecast_without_amounts_is_refused(budget, coordinator, client_as):
    with pytest.raises(Refused, match="Inget belopp är skrivet"):
        actions.enter_outcome(budget, date(2022, 5, 31), {}, by=coordinator)

    told = {"made_on": "2022-05-31", "author": "Lo", "notes": "Lika."}
    answer = client_as("coordinator").post(reverse("finance:forecast_new", args=[budget.year]), told)
    assert answer.status_code == 422
    assert "Inget belopp är skrivet" in answer.content.decode()
    assert "Lika." in answer.content.decode()
