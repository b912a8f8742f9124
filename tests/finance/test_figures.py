from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from finance import figures
from finance.actions.figures import load_figures
from finance.figure_rows import understand
from finance.models import KeyFigure, PrintedTotal
from finance.pasted import read_figure, read_lines
from projects.spreadsheets import read_table
from tests import factories

DAY = date(2020, 12, 31)


@pytest.fixture
def coordinator(db):
    return factories.user("coordinator")


@pytest.fixture
def places(db):
    return {name: factories.municipality(name) for name in ("Boden", "Kalix", "Piteå")}


@pytest.fixture
def kind(db):
    return factories.key_figure_kind("Folkmängd")


def load(kind, text, by, because="", day=DAY):
    rows = understand(read_lines(text), figures.parties())
    return load_figures(kind, day, "SCB", rows, by=by, because=because)


def test_rows_are_read_out_of_what_people_paste():
    assert read_lines("Luleå\t76 739\n\nPiteå;41916\nBoden kommun  28 065 kr\nNorra  Delen 1") == [
        ["Luleå", "76 739"],
        ["Piteå", "41916"],
        ["Boden kommun", "28 065"],
        ["Norra Delen", "1"],
    ]


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_a_figure_is_read_back(value):
    assert read_figure(figures.figure(value)) == value


@pytest.mark.parametrize("text", ["=A1", "tolv", "", "1e5", "1,2,3", "9" * 15, "0,12345", "2.905"])
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(Refused):
        read_figure(text)


def test_figures_are_entered_row_by_row_with_the_sources_sum(kind, places, coordinator):
    taken = load(kind, "Kommun\tFolkmängd\nBoden\t28 060\nKalix kommun\t15 812\nSumma\t43 872", coordinator)

    assert [each.what for each in taken] == ["nytt", "nytt", "summa i källan"]
    assert PrintedTotal.objects.get().value == 43872
    assert {each.municipality.name: each.value for each in KeyFigure.objects.all()} == {"Boden": 28060, "Kalix": 15812}
    assert Event.objects.get(verb="key_figure.loaded").data["number"] == 2


def test_nothing_is_kept_when_a_row_is_wrong_and_every_wrong_row_is_named(kind, places, coordinator):
    with pytest.raises(Refused) as refusal:
        load(kind, "Boden\t28 060\nStaden\t5\nKalix\t=1+1\nBoden\t1\nPiteå", coordinator)

    assert [line.split(":")[0] for line in refusal.value.lines] == [
        "rad 2 (Staden)",
        "rad 3 (Kalix)",
        "rad 4 (Boden)",
        "rad 5 (Piteå)",
    ]
    assert not KeyFigure.objects.exists()


def test_a_figure_is_replaced_with_a_reason_never_changed(kind, places, coordinator):
    load(kind, "Boden\t28 060\nKalix\t15 812", coordinator)

    with pytest.raises(Refused, match="Skriv varför"):
        load(kind, "Boden\t28 061\nKalix\t15 812", coordinator)
    taken = load(kind, "Boden\t28 061\nKalix\t15 812", coordinator, because="SCB rättade.")

    assert [each.what for each in taken] == ["ersätter", "oförändrat"]
    before, after = KeyFigure.objects.filter(municipality__name="Boden").order_by("pk")
    assert (before.value, before.replaced_by, after.value, after.because) == (28060, after, 28061, "SCB rättade.")
    assert list(KeyFigure.objects.current().filter(municipality__name="Boden")) == [after]


def test_who_may_not_keep_the_economy_enters_nothing(kind, places):
    with pytest.raises(Refused):
        load(kind, "Boden\t1", factories.user("economist"))


def test_odd_figures_are_pointed_out(kind, places):
    factories.key_figures(
        kind, {places["Boden"]: 1000, places["Kalix"]: 1000, places["Piteå"]: 1000}, date(2019, 12, 31)
    )
    factories.key_figures(kind, {places["Boden"]: 1200, places["Kalix"]: 1201}, DAY)
    PrintedTotal.objects.create(kind=kind, as_of=DAY, value=2400)

    told = figures.table_of(kind).oddities

    assert len(told) == 3
    assert "Piteå saknar tal" in told[0]
    assert "raderna blir 2\u00a0401, men källan har summan 2\u00a0400" in told[1]
    assert told[2].startswith("Kalix: 1\u00a0000")


def test_an_allocation_takes_the_day_that_its_kind_says(kind):
    pupils = factories.key_figure_kind("Elevantal", month=10, day=15, years_back=1)
    leap = factories.key_figure_kind("Skottdag", month=2, day=29, years_back=1)

    assert figures.as_of_for(kind, 2027) == date(2025, 12, 31)
    assert figures.as_of_for(pupils, 2027) == date(2026, 10, 15)
    assert figures.as_of_for(leap, 2027) == date(2026, 2, 28)


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_formula_in_a_cell_is_refused_with_its_place():
    with pytest.raises(Refused, match="B2 är en formel"):
        read_table(workbook(["Kommun", "Tal"], ["Boden", "=1+1"]), "tal.xlsx", formulas=False)


def test_an_excel_file_is_looked_at_and_then_saved_as_the_text_that_it_held(client_as, kind, places):
    client = client_as("coordinator")
    address = reverse("finance:figure_import", args=[kind.pk])
    file = SimpleUploadedFile("tal.xlsx", workbook(["Kommun", "Tal"], ["Boden", 28060]))
    facts = {"as_of": "2020-12-31", "source": "SCB"}

    seen = client.post(address, facts | {"file": file, "do": "look"})
    saved = client.post(address, facts | {"text": seen.context["form"]["text"].value(), "do": "save"})

    assert saved.status_code == 302
    assert KeyFigure.objects.get().value == Decimal(28060)


def test_bad_rows_stay_in_the_form(client_as, kind, places):
    answer = client_as("coordinator").post(
        reverse("finance:figure_import", args=[kind.pk]),
        {"as_of": "2020-12-31", "source": "SCB", "text": "Boden\ttolv", "do": "save"},
    )

    assert answer.status_code == 422
    assert "Boden\ttolv" in answer.content.decode()
    assert "är inget tal" in answer.content.decode()
