"""From a delegate's decision to the receiver who confirms the extract, in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from enamnd.letters.models import Letter
from meetings.actions.dispatching import open_dispatches
from meetings.models import Meeting
from tests import factories
from tests.browser import assert_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRST_PAPER = 120_000  # ms; fonts and style sheets are read before the first paper of a process


@pytest.fixture
def meeting() -> Meeting:
    """A meeting that has been held, of a body whose coordinator may buy, with one party that has a registrar."""
    host = factories.municipality("Arby", full_name="Arby kommun", email="registrator@arby.example")
    factories.board(host=host)
    body = factories.body("Nämnden")
    factories.office(body, "coordinator", person=factories.person("Joel Ravn"))
    factories.delegation_order(1, body=body)
    return factories.meeting(body=body)


def test_a_delegated_decision_is_reported_extracted_sent_and_confirmed(new_page, log_in, meeting):
    secretary = factories.user("secretary", name="Sara Skriv")
    page = new_page()
    log_in(page, secretary)

    register(page)
    report(page, meeting)
    adjustment = factories.adjustment(meeting)
    extract(page, meeting)
    open_dispatches(adjustment, by=secretary)
    send(page, meeting)
    confirm(new_page())

    page.reload()
    page.locator("summary").click()
    expect(page.locator("summary")).to_contain_text("1 av 1 skickade, 1 har bekräftat")
    expect(page.get_by_role("row", name="Arby kommun")).to_contain_text("Viveka")


def register(page):
    page.goto(reverse("meetings:delegated_list"))
    page.keyboard.press("n")
    page.get_by_label("Beslutat", exact=True).fill("2022-06-01")
    page.get_by_label("Beslutat av").select_option(label="Joel Ravn")
    page.get_by_label("Punkt i delegationsordningen").select_option(index=1)
    page.get_by_label("Ärende", exact=True).fill("Inköp av licenser")
    page.get_by_label("Beslut", exact=True).fill("Licenser köps in.")
    page.get_by_label("Belopp i kronor").fill("12 500")
    page.get_by_role("button", name="Registrera").click()
    expect(page.get_by_role("status")).to_contain_text("D 1/2022")
    expect(page.get_by_text("Stämmer inte med delegationsordningen")).to_have_count(0)


def report(page, meeting):
    page.goto(reverse("meetings:meeting", args=[meeting.pk]))
    page.get_by_role("button", name="Lägg in under Anmälan av delegationsbeslut").click()
    expect(page.get_by_text("D 1/2022", exact=True)).to_be_visible()
    page.goto(reverse("meetings:meeting", args=[meeting.pk]))
    page.get_by_role("button", name="Ge paragrafnummer").click()
    expect(page.locator("#agenda")).to_contain_text("§ 1")


def extract(page, meeting):
    page.goto(meeting.paragraphs.get().get_absolute_url())
    page.get_by_role("link", name="Protokollsutdrag").click()
    expect(page.get_by_label("Utdraget bestyrks av")).to_have_value("Sara Skriv")
    page.get_by_role("button", name="Utfärda utdraget").click(timeout=FIRST_PAPER)
    expect(page.get_by_role("link", name="Protokollsutdrag 2022-06-22 § 1 (PDF)")).to_be_visible(timeout=FIRST_PAPER)


def send(page, meeting):
    page.goto(reverse("meetings:dispatches", args=[meeting.pk]))
    expect(page.get_by_role("checkbox", name="Skicka till Arby kommun")).to_be_checked()
    page.get_by_role("button", name="Skicka valda med e-post").click()
    expect(page.get_by_role("status")).to_contain_text("1 brev på väg")


def confirm(page):
    """As the registrar, who has the letter and no account."""
    page.goto(re.search(r"https?://[^/]+(/\S+)", Letter.objects.get().body)[1])
    assert_accessible(page)
    page.get_by_label("Ditt namn").fill("Viveka")
    page.get_by_role("button", name="Bekräfta mottagandet").click()
    expect(page.get_by_text(re.compile("Mottagandet är bekräftat .* av Viveka"))).to_be_visible()
