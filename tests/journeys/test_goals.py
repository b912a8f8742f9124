"""A year gets a goal and an indicator that counts itself; what is said of them stands in the protocol."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_what_the_meetings_show_is_commented_once_and_stands_in_the_interim_report(new_page, log_in, page_trouble):
    page_trouble.expect("422")
    factories.board()
    body = factories.seated_body(4, name="Nämnden")
    meeting = factories.meeting(body=body, held_on=date(2022, 3, 16))
    for number, seat in enumerate(body.seats.filter(kind="member")):
        factories.attend(meeting, seat=seat, presence="serving" if number else "absent")
    paragraph = factories.paragraph(factories.meeting(body=body), title="Delårsrapport 2022")

    page = new_page()
    log_in(page, factories.user("coordinator"))
    page.goto("/styrning/mal/")
    page.get_by_role("link", name="Nytt år").click()
    page.get_by_label("År", exact=True).fill("2022")
    page.get_by_role("button", name="Börja").click()
    page.get_by_role("link", name="Nytt mål").click()
    page.get_by_label("Mål", exact=True).fill("Kommunerna visar engagemang")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("inte kopplat till någon risk")).to_be_visible()

    page.get_by_role("link", name="Mål 2022").click()
    page.get_by_role("link", name="Ny indikator").click()
    page.get_by_label("Indikator", exact=True).fill("Minst tre av fyra deltar")
    page.get_by_label("Närvaro i genomsnitt").check()
    page.get_by_label("Nämnden", exact=True).check()
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("En indikator utan mål visar ingenting.")).to_be_visible()
    expect(page.get_by_label("Indikator", exact=True)).to_have_value("Minst tre av fyra deltar")
    page.locator("[name=target]").fill("75")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("75 % i snitt (3 av 4)")).to_be_visible()

    page.get_by_role("link", name="Mål 2022").click()
    page.get_by_role("link", name="Ny period").click()
    page.get_by_label("Namn").fill("Delårsrapport")
    page.get_by_label("Från").fill("2022-01-01")
    page.get_by_label("Till och med").fill("2022-05-31")
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_role("link", name="Skriv om mål 1").click()
    page.get_by_label("Kommentar").fill("Tre av fyra kom i mars.")
    page.get_by_label("Kommer att nås").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Prognosen är att målet kommer att nås.")).to_be_visible()

    desk = new_page()
    log_in(desk, factories.user("secretary"))
    desk.goto(paragraph.get_absolute_url())
    desk.get_by_role("link", name="Infoga ur registren").click()
    desk.get_by_role("link", name="Måluppföljning").click()
    desk.get_by_label("I avsnittet").select_option(label="Sammanfattning av ärendet")
    desk.get_by_role("button", name="Infoga", exact=True).click()

    written = desk.locator("#parts")
    expect(written.get_by_text("Tre av fyra kom i mars.").first).to_be_visible()
    expect(written.get_by_text("Prognosen är att målet kommer att nås.").first).to_be_visible()
