"""A risk that a member says in the workshop is valued, adopted, checked, followed up, and stands in the protocol."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from riskcontrol.models import ControlPlan
from tests import factories
from tests.browser import assert_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
THIS_YEAR = date.today().year
RISK = "Avtal går ut innan nya är på plats"


def test_from_the_workshop_to_the_protocol(new_page, log_in):
    factories.board()
    plan = factories.control_plan(THIS_YEAR)
    factories.risk(plan, "Nyckelpersoner slutar")
    paragraph = factories.paragraph(title="Uppföljning av internkontrollplanen")
    keeper, member, secretary = (pages_of(new_page, log_in, role) for role in ("coordinator", "member", "secretary"))

    open_workshop(keeper, plan)
    chosen = choose_without_saving(keeper)
    add_and_score(member, plan)
    see_what_came_meanwhile(keeper, chosen)
    value_and_choose(keeper, plan)
    adopt(keeper, plan)
    check(keeper)
    follow_up(keeper, plan)
    in_protocol(secretary, paragraph)


def pages_of(new_page, log_in, role: str) -> Page:
    page = new_page()
    log_in(page, factories.user(role))
    return page


def open_workshop(page: Page, plan: ControlPlan):
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Verkstad").click()
    page.get_by_role("link", name="Öppna verkstad").click()
    page.get_by_role("button", name="Öppna").click()
    expect(page.get_by_text("Verkstaden är öppen.")).to_be_visible()


def choose_without_saving(page: Page):
    """The keeper begins to score, and stays in the field."""
    field = page.get_by_label("Sannolikhet, risk 1")
    field.select_option("2 Steg 2")
    field.focus()
    return field


def see_what_came_meanwhile(page: Page, chosen):
    """What the member added and scored has come without a reload, and what was being chosen is untouched."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("link", name=RISK)).to_be_visible()
    expect(page.locator("#risk-2 .outcome")).to_contain_text("12")
    expect(page.locator("#news")).to_have_text(f"Ny risk: {RISK}")
    expect(page.get_by_text("2 risker på sidan har du inte bedömt.")).to_be_visible()
    expect(chosen).to_have_value("2")
    expect(chosen).to_be_focused()


def add_and_score(page: Page, plan: ControlPlan):
    page.goto("/")
    page.get_by_role("link", name=f"Bedöm 1 risk inför {plan.year}").first.click()
    page.get_by_label("Ny risk").fill(RISK)
    page.get_by_role("button", name="Lägg till").click()
    for name, word in (("Sannolikhet", "3 Steg 3"), ("Konsekvens", "4 Steg 4")):
        page.get_by_label(f"{name}, risk 2").select_option(word)
    page.get_by_role("button", name="Spara mina bedömningar").click()
    expect(page.get_by_text("Dina bedömningar är sparade.")).to_be_visible()
    expect(page.get_by_text("1 risk på sidan har du inte bedömt.")).to_be_visible()
    assert_accessible(page)


def value_and_choose(page: Page, plan: ControlPlan):
    page.goto(f"/styrning/risker/{plan.year}/verkstad/")
    page.get_by_role("link", name="sätt värdet på risk 2").click()
    page.get_by_label("Sannolikhet").select_option("3 Steg 3")
    page.get_by_label("Konsekvens").select_option("4 Steg 4")
    page.get_by_role("button", name="Spara värdet").click()
    page.get_by_role("button", name="Stäng verkstaden").click()

    page.get_by_role("link", name="Riskmatris").click()
    page.get_by_role("link", name="Sannolikhet 3, konsekvens 4: riskvärde 12").click()
    expect(page.get_by_role("heading", name="Riskvärde 12")).to_be_visible()
    page.get_by_role("link", name=RISK).click()
    page.get_by_role("link", name="Ändra").click()
    page.get_by_label("Ansvarig", exact=True).fill("Samordnaren")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Ta med i planen").click()
    page.get_by_role("button", name="Ta med").click()
    page.get_by_role("link", name="Ny kontrollaktivitet").click()
    page.get_by_label("Metod").fill("Avtalslistan stäms av")
    page.get_by_label("Kontrolleras").select_option("Varje månad")
    page.get_by_role("button", name="Lägg till").click()


def adopt(page: Page, plan: ControlPlan):
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="För in antagandet").click()
    page.get_by_label("Annars: datum och paragraf").fill("2025-12-10 § 52")
    page.get_by_role("button", name="Anta").click()
    expect(page.get_by_text("är antagen och utfärdad som papper")).to_be_visible()


def check(page: Page):
    page.get_by_role("link", name=RISK).first.click()
    page.get_by_role("link", name="För in en kontroll").click()
    page.get_by_label("Avvikelse").check()
    page.get_by_label("Iakttagelse").fill("Ett avtal saknas i listan")
    page.get_by_role("button", name="För in").click()
    expect(page.get_by_text("Efter avvikelsen: Ett avtal saknas i listan")).to_be_visible()
    page.get_by_label("Åtgärd").fill("Gå igenom alla avtal")
    page.get_by_label("Ägare").fill("Samordnaren")
    page.get_by_label("Klar senast").fill(f"{THIS_YEAR}-12-31")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("link", name="Gå igenom alla avtal")).to_be_visible()


def follow_up(page: Page, plan: ControlPlan):
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Följ upp").click()
    page.get_by_label("Uppföljning").fill("Delårsrapport 2")
    page.get_by_role("button", name="Börja").click()
    page.get_by_role("link", name=f"Följ upp {RISK}").click()
    expect(page.get_by_text("Ett avtal saknas i listan")).to_be_visible()
    page.get_by_label("Beslut").fill("Risken hanteras")
    page.get_by_label("Analys").fill("Ett avtal saknades och är nu med.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Alla moment är uppföljda.")).to_be_visible()


def in_protocol(page: Page, paragraph):
    page.goto(paragraph.get_absolute_url())
    page.get_by_role("link", name="Infoga ur registren").click()
    page.get_by_role("link", name="Uppföljning av internkontrollplan").click()
    page.get_by_label("I avsnittet").select_option(label="Sammanfattning av ärendet")
    page.get_by_role("button", name="Infoga", exact=True).click()
    expect(page.locator("#parts").get_by_text("Ett avtal saknades och är nu med.").first).to_be_visible()
