"""The first hour of somebody who has just started the portal: from a sample account to a paper in hand."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sample_board(transactional_db):
    """What `make run` loads the first time."""
    call_command("load_sample", verbosity=0)


def log_in_by_form(page):
    page.goto("/")
    page.get_by_label("E-post").fill("elin.strand@lulea.example")
    page.locator("input[type=password]").fill(settings.SAMPLE_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()


def create_meeting(page):
    page.get_by_role("link", name="Sammanträden").click()
    page.get_by_role("link", name="Nytt sammanträde").click()
    page.get_by_label("Datum").fill("2026-03-18")
    page.get_by_label("Börjar").fill("09:00")
    page.get_by_label("Plats").fill("Stadshuset i Luleå")
    page.get_by_role("button", name="Lägg upp sammanträdet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("18 mars 2026")


def begin_paragraph(page, title: str):
    page.get_by_label("Ny paragraf").fill(title)
    page.get_by_role("button", name="Lägg till", exact=True).click()
    expect(page.locator("#draft[data-ready]")).to_be_attached()


def write(page, section: str, words: str):
    page.get_by_role("textbox", name=section, exact=True).click()
    page.keyboard.type(words)


def write_table(page):
    """Two columns under the text that has the caret."""
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tabell", exact=True).click()
    page.get_by_label("Rader").fill("2")
    page.get_by_label("Kolumner").fill("2")
    page.get_by_role("button", name="Infoga tabell").click()
    expect(page.locator("[contenteditable]:focus table")).to_be_visible()
    for words in ("Post", "Belopp", "Licenser", "314 000"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")


def leave_for_meeting(page):
    expect(page.locator("#saved")).to_have_text(re.compile(r"Sparat \d\d\.\d\d$"))
    page.get_by_role("link", name=re.compile("18 mars 2026")).click()


def mark_everybody(page):
    page.get_by_role("link", name="Närvaro").first.click()
    page.get_by_role("button", name="Alla omarkerade ledamöter tjänstgör").click()
    page.get_by_role("button", name="Alla omarkerade ersättare är frånvarande").click()
    expect(page.locator("#derived")).to_contain_text("14 av 14")
    page.get_by_role("link", name=re.compile("18 mars 2026")).click()


def downloaded_text(page, folder) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta protokoll (PDF)").click()
    download.value.save_as(folder / "protokoll.pdf")
    done = subprocess.run(["pdftotext", "-layout", folder / "protokoll.pdf", "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) saknas: papperet kan inte läsas.")
def test_a_newcomer_logs_in_writes_a_protocol_and_holds_the_paper(page, sample_board, tmp_path):
    log_in_by_form(page)
    create_meeting(page)
    begin_paragraph(page, "Budget för 2027")
    write(page, "E-nämndens beslut", "Nämnden godkänner budgeten.")
    write(page, "Sammanfattning av ärendet", "Kostnaden fördelas så här:")
    write_table(page)
    leave_for_meeting(page)
    begin_paragraph(page, "Information om e-arkivet")
    write(page, "E-nämndens beslut", "Informationen läggs till handlingarna.")
    leave_for_meeting(page)
    mark_everybody(page)

    text = downloaded_text(page, tmp_path)

    assert "UTKAST" in text.replace(" ", "")
    assert "Stadshuset i Luleå, kl. 09:00" in text
    assert "Budget för 2027" in text
    assert "Nämnden godkänner budgeten." in text
    assert re.search(r"Licenser\s+314 000", text)
    assert "Informationen läggs till handlingarna." in text
    assert "Tjänstgörande ledamöter" in text
