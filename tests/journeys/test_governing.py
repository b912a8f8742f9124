"""A plan is begun, written in, kept from adoption by what is left to fill in, adopted, and read back as a paper."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from riskcontrol.models import GoverningDocument
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
STRUCTURE = [
    {"heading": "Uppdrag", "text": "<p>Vi samarbetar.</p>"},
    {"heading": "Mål för {year}", "text": "<p>Beslutas xxxx-xx-xx § xx.</p>"},
]


def test_a_plan_is_written_filled_in_adopted_and_read_back(new_page, log_in, page_trouble, tmp_path):
    page_trouble.expect("422")
    factories.board(name="Gemensamma nämnden")
    factories.governing_kind("verksamhetsplan", structure=STRUCTURE)
    page = new_page()
    log_in(page, factories.user("secretary"))

    page.goto("/styrning/dokument/")
    page.get_by_role("link", name="Nytt dokument").click()
    page.get_by_label("År").fill("2026")
    page.get_by_role("button", name="Börja").click()
    expect(page.get_by_text("fyll i xxxx-xx-xx § xx")).to_be_visible()

    page.get_by_role("link", name="Uppdrag", exact=True).click()
    expect(page.locator("#draft[data-ready]")).to_be_visible()
    page.get_by_role("textbox", name="Text i Uppdrag").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" I fjorton kommuner.")
    expect(page.locator("#saved")).to_have_text(re.compile(r"Sparat \d"))
    page.get_by_role("button", name="Avsnittet är klart").click()
    expect(page.get_by_text(re.compile(r"^Klart \d"))).to_be_visible()

    page.get_by_role("link", name="Verksamhetsplan 2026").click()
    page.get_by_role("link", name="För in antagandet").click()
    page.get_by_label("Annars: datum och paragraf").fill("2025-12-10 § 44")
    page.get_by_role("button", name="Anta och utfärda").click()
    expect(page.get_by_text("2 Mål för 2026: fyll i xxxx-xx-xx § xx").first).to_be_visible()
    expect(page.get_by_label("Annars: datum och paragraf")).to_have_value("2025-12-10 § 44")

    page.get_by_role("link", name="2 Mål för 2026", exact=True).click()
    expect(page.locator("#draft[data-ready]")).to_be_visible()
    page.get_by_role("textbox", name="Text i Mål för 2026").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Beslutas 2025-12-10 § 44.")
    expect(page.locator("#saved")).to_have_text(re.compile(r"Sparat \d"))
    page.get_by_role("link", name="Verksamhetsplan 2026").click()
    page.get_by_role("link", name="För in antagandet").click()
    page.get_by_label("Annars: datum och paragraf").fill("2025-12-10 § 44")
    page.get_by_role("button", name="Anta och utfärda").click()
    expect(page.get_by_text("Verksamhetsplan 2026 är antagen och utfärdad som papper.")).to_be_visible()

    document = GoverningDocument.objects.get()
    file = tmp_path / "plan.pdf"
    file.write_bytes(page.request.get(f"{page.url}dokument.pdf").body())
    assert file.read_bytes() == bytes(document.adoptions.get().paper.file.content)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    assert "Vi samarbetar. I fjorton kommuner." in text
    assert "Beslutas 2025-12-10 § 44." in text
    assert "UTKAST" not in text
