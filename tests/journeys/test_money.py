"""The coordinator makes a budget and divides it; the economist of a municipality reads how the amount came about."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TABLE = """Kronor\tBudget 2027
Intäkter
Grundbelopp\t1 127 000
Summa intäkter\t1 127 000
Kostnader
Grundbelopp\t1 126 000
Summa kostnader\t1 127 000
Rörelseresultat\t0
"""


def test_a_budget_is_made_divided_and_understood(new_page, log_in, page_trouble):
    page_trouble.expect("422")
    places = {name: factories.municipality(name) for name in ("Boden", "Kalix", "Pajala")}
    factories.board(host=places["Boden"])
    kind = factories.key_figure_kind("Folkmängd")
    factories.key_figures(
        kind, {places["Boden"]: 28652, places["Kalix"]: 15272, places["Pajala"]: 5686}, date(2025, 12, 31)
    )
    model = factories.model_version({"method": "figure", "size": "rest", "kind": kind}).model
    item = factories.cost_item("Grundbelopp", model=model)

    page = new_page()
    log_in(page, factories.user("coordinator"))
    page.goto("/")
    page.get_by_role("link", name="Ekonomi", exact=True).click()
    page.get_by_role("link", name="Ny budget").click()
    page.get_by_label("År", exact=True).fill("2027")
    page.get_by_role("button", name="Börja").click()
    page.get_by_role("link", name="Läs in tabell").click()
    page.get_by_label("Klistra in rader").fill(TABLE)
    page.get_by_role("button", name="Granska").click()
    page.get_by_role("button", name="Läs in", exact=True).click()
    expect(page.get_by_text("Summa kostnader står som 1 127 000 kr, men raderna blir 1 126 000 kr.")).to_be_visible()

    page.get_by_role("link", name="Ändra rader").click()
    page.get_by_label("Belopp: Kostnader, Grundbelopp").fill("en miljon")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("”en miljon” är inget belopp.")).to_be_visible()
    expect(page.get_by_label("Belopp: Kostnader, Grundbelopp")).to_have_value("en miljon")
    page.get_by_label("Belopp: Kostnader, Grundbelopp").fill("1 127 000")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", name="Budget 2027")).to_be_visible()
    expect(page.get_by_text("Stämmer inte")).to_have_count(0)
    page.get_by_role("link", name="För in beslutet").click()
    page.get_by_label("Annat beslut").fill("Nämnden § 12")
    page.get_by_label("Dag").fill("2026-06-17")
    page.get_by_role("button", name="För in beslutet").click()
    expect(page.get_by_text("fastställd").first).to_be_visible()

    page.goto(item.get_absolute_url())
    page.get_by_role("link", name="Fördela", exact=True).click()
    expect(page.get_by_label("Belopp att fördela, kr")).to_have_value("1\u00a0127\u00a0000")
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("row", name="Pajala")).to_contain_text("129\u00a0170")
    page.get_by_role("button", name="Spara fördelningen").click()
    page.get_by_role("link", name="För in beslutet").click()
    page.get_by_label("Annat beslut").fill("Nämnden § 13")
    page.get_by_label("Dag").fill("2026-06-17")
    page.get_by_role("button", name="För in beslutet").click()

    desk = new_page()
    log_in(desk, factories.user("economist", municipality=places["Pajala"]))
    desk.goto("/")
    desk.get_by_role("link", name="Ekonomi", exact=True).click()
    desk.get_by_role("navigation", name="Ekonomi").get_by_role("link", name="Min kommun").click()
    desk.get_by_role("link", name="129 170").click()
    expect(desk.get_by_role("heading", name="Så räknades beloppet")).to_be_visible()
    expect(desk.get_by_text("Nämnden § 13")).to_be_visible()
    desk.get_by_role("link", name="5 686").click()
    expect(desk.get_by_text("SCB")).to_be_visible()
