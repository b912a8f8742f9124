"""A project goes through a gate and is reported once; the secretary puts that into the protocol."""

from datetime import date

import pytest
from playwright.sync_api import expect

from projects.models import Participation
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_what_the_coordinator_tells_once_stands_in_the_protocol(new_page, log_in, page_trouble):
    page_trouble.expect("422")
    factories.board()
    study = factories.phase("Förstudie", 10, deliverables="Förstudierapport")
    factories.phase("Realisering", 20, gate="BP3", starts_project=True, deliverables="Projektplan")
    project = factories.activity("Gemensamt e-arkiv", in_phase=study, financed_on=date(2022, 2, 1))
    for _ in range(2):
        Participation.objects.create(
            activity=project, municipality=factories.municipality(), joined_on=date(2022, 1, 10)
        )
    paragraph = factories.paragraph(title="Information om pågående aktiviteter")

    page = new_page()
    log_in(page, factories.user("coordinator"))
    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="Till nästa fas").click()
    page.get_by_label("Annat beslut").fill("Styrgruppen 2022-05-04 § 3")
    page.get_by_role("button", name="För till fasen").click()
    expect(page.get_by_text("”Förstudierapport” är inte godkänt")).to_be_visible()
    expect(page.get_by_label("Annat beslut")).to_have_value("Styrgruppen 2022-05-04 § 3")

    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="Godkänn Förstudierapport").click()
    page.get_by_label("Godkänd av").fill("Styrgruppen 2022-05-04 § 2")
    page.get_by_role("button", name="Godkänn").click()
    page.get_by_role("link", name="Till nästa fas").click()
    page.get_by_label("Annat beslut").fill("Styrgruppen 2022-05-04 § 3")
    page.get_by_role("button", name="För till fasen").click()
    expect(page.get_by_text("Gemensamt e-arkiv är i fasen realisering.")).to_be_visible()

    page.get_by_role("link", name="Rapportera").click()
    page.get_by_label("Status", exact=True).fill("Projektledare är utsedd.\nKravarbetet har börjat.")
    page.get_by_role("button", name="Spara rapporten").click()
    expect(page.get_by_role("listitem").filter(has_text="Kravarbetet har börjat.")).to_be_visible()

    desk = new_page()
    log_in(desk, factories.user("secretary"))
    desk.goto(paragraph.get_absolute_url())
    desk.get_by_role("link", name="Infoga ur registren").click()
    desk.get_by_role("link", name="Statuslista").click()
    desk.get_by_label("I avsnittet").select_option(label="Sammanfattning av ärendet")
    desk.get_by_role("button", name="Infoga", exact=True).click()

    written = desk.locator("#parts")
    expect(written.get_by_text("STATUS:").first).to_be_visible()
    expect(written.get_by_text("Kravarbetet har börjat.").first).to_be_visible()
    expect(desk.get_by_text("Infogat ur registren")).to_be_visible()
