"""A directive is written in a page that saves itself, verified, and told to the board by the secretary."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from projects.models import Directive
from tests import factories
from tests.browser import assert_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAVED = re.compile("^Sparat")


def test_a_revision_is_written_verified_and_told_to_the_board(new_page, log_in):
    factories.board()
    goal = factories.heading("Projektmål", is_required=True)
    factories.heading("Rang", shape="ranking")
    by, activity = factories.user("coordinator"), factories.activity("HR-system")
    day = timezone.localdate()
    factories.directive(activity, content={str(goal.pk): "Ett system."}, verified_on=day, verified_by="Styrgruppen")
    meeting = factories.meeting(held_on=day + timedelta(days=7))

    page = new_page()
    log_in(page, by)
    page.goto(activity.get_absolute_url())
    page.get_by_role("button", name="Börja en revidering av projektdirektiv").click()
    state = page.locator("[data-state]")
    page.get_by_label("Projektmål").fill("Ett system för <Ange vad>.")
    page.get_by_label("Vad som har ändrats").fill("Bara lön ingår.")
    page.get_by_label("Uppdraget ändras").check()
    for name, rank in (("Resultat", "1"), ("Tidpunkt", "3"), ("Kostnad", "2")):
        page.get_by_label(name, exact=True).select_option(rank)
    expect(state).to_have_text(SAVED, timeout=10_000)
    assert_accessible(page)

    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Kvar att fylla i innan det kan verifieras")).to_be_visible()
    page.get_by_role("link", name="Skriv", exact=True).click()
    page.get_by_label("Projektmål").fill("Ett system för lön.")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Verifiera").click()
    assert_accessible(page)
    page.get_by_label("Styrgruppens beslut").fill("Styrgruppen § 3")
    page.get_by_role("button", name="Verifiera").click()
    expect(page.get_by_text("är verifierad och utfärdad som papper")).to_be_visible()

    theirs = new_page()
    log_in(theirs, factories.user("secretary"))
    theirs.goto("/")
    theirs.get_by_role("link", name=re.compile("Anmäl.*HR-system, Rev A")).first.click()
    assert_accessible(theirs)
    theirs.get_by_role("button", name="Anmäl", exact=True).click()
    expect(theirs.get_by_text("Bara lön ingår.", exact=True)).to_be_visible()
    assert Directive.objects.get(revision="A").told_in.meeting == meeting


def test_text_that_the_server_never_got_comes_back(new_page, log_in):
    factories.board()
    goal, draft = factories.heading("Projektmål"), factories.directive()
    page = new_page()
    log_in(page, factories.user("coordinator"))
    address = f"/projekt/papper/{draft.pk}/skriv/"
    page.goto(address)
    kept = json.dumps({"base": "0", f"h{goal.pk}": "Inte förlorat."})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"osparat{address}", kept])

    page.goto(address)

    expect(page.get_by_label("Projektmål")).to_have_value("Inte förlorat.")
    expect(page.locator("[data-state]")).to_have_text(SAVED, timeout=10_000)
    draft.refresh_from_db()
    assert "Inte förlorat." in draft.content.values()
