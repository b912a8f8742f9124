"""From the protocol check to an adjusted protocol that anybody can verify, as those who do it see it."""

import shutil
import subprocess

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Adjustment
from tests import factories
from tests.factories import PASSWORD

A_WHILE = 60_000  # ms; printing takes seconds


def test_a_protocol_is_checked_mended_frozen_and_signed_by_three(
    new_page, log_in, page_trouble, transactional_db, tmp_path
):
    page_trouble.expect("422")  # the wrong password
    meeting = factories.protocol_to_adjust()
    signers = factories.signers_of(meeting)
    adjuster = meeting.adjusters.get()
    name = str(adjuster)
    adjuster.delete()
    secretary = new_page()
    log_in(secretary, signers[0])

    mend_and_freeze(secretary, meeting, name)
    adjustment = Adjustment.objects.get()
    for number, user in enumerate(signers):
        page = new_page()
        log_in(page, user)
        sign(page, is_last=number == len(signers) - 1)

    secretary.goto(f"/sammantraden/{meeting.pk}/justering/")
    expect(secretary.get_by_role("heading", name="Protokollet är justerat")).to_be_visible()
    adjustment.refresh_from_db()
    assert adjustment.adjusted_on
    assert_signed_by(3, bytes(adjustment.paper.file.content), tmp_path)


def mend_and_freeze(page: Page, meeting, adjuster: str):
    page.goto(f"/sammantraden/{meeting.pk}/justering/")
    expect(page.get_by_text("Ingen justerare är vald")).to_have_count(2)  # in the list, and for who hears the link
    expect(page.get_by_role("button", name="Lås för justering")).to_be_disabled()
    page.get_by_role("link", name="Rätta").click()
    page.locator("#id_adjusters-0-who").select_option(adjuster)
    page.get_by_role("button", name="Spara justerare").click()
    page.goto(f"/sammantraden/{meeting.pk}/justering/")
    page.get_by_label("Jag har sett alla varningar").check()
    page.get_by_role("button", name="Lås för justering").click(timeout=A_WHILE)
    expect(page.get_by_text("Protokollet är låst. 3 personer")).to_be_visible(timeout=A_WHILE)


def sign(page: Page, *, is_last: bool):
    """From the start page, where it waits."""
    page.goto("/")
    page.locator("a.what", has_text="Skriv under protokollet från").click()
    page.get_by_label("Ditt lösenord").fill("fel lösenord")
    page.get_by_role("button", name="Skriv under", exact=True).click()
    expect(page.get_by_text("Lösenordet stämmer inte")).to_be_visible(timeout=A_WHILE)
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Skriv under", exact=True).click()
    expect(page.get_by_text("Din underskrift är sparad")).to_be_visible(timeout=A_WHILE)
    expect(page.get_by_text("protokollet är justerat")).to_have_count(1 if is_last else 0)


def assert_signed_by(number: int, content: bytes, folder):
    """pdfsig of poppler-utils, which knows nothing of the portal, calls every signature valid."""
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig saknas: installera poppler-utils.")
    file = folder / "protokoll.pdf"
    file.write_bytes(content)
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == number, said
    assert "Digest Mismatch" not in said
