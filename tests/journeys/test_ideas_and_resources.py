"""Ideas are put in order by hand and by keyboard, one goes on, and the municipalities are asked for people to it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from projects.actions.ideas import note_idea
from projects.ideas import open_ideas
from projects.models import Activity, Participation
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def names() -> list[str]:
    return [each.name for each in open_ideas()]


def test_an_idea_is_dragged_to_its_place_goes_on_and_is_staffed(new_page, log_in):
    factories.board()
    factories.phase("Kvalificering av idé", 10)
    by, place = factories.user("coordinator"), factories.municipality("Boden")
    for name in ("Kartor", "Språkstöd", "Växel"):
        note_idea(name, by=by)

    page = new_page()
    log_in(page, by)
    page.goto("/projekt/ideer/")
    items = page.locator(".backlog > li")
    with page.expect_response("**/ideer/ordning/"):
        items.nth(2).locator("[data-handle]").hover()
        page.mouse.down()
        box = items.nth(0).bounding_box()
        page.mouse.move(box["x"] + 40, box["y"] + 2, steps=4)
        page.mouse.up()
    assert names() == ["Växel", "Kartor", "Språkstöd"]

    page.get_by_role("link", name="Växel", exact=True).focus()
    with page.expect_response("**/ideer/ordning/"):
        page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_text("Växel står nu på plats 2 av 3.")).to_be_attached()
    assert names() == ["Kartor", "Växel", "Språkstöd"]

    page.get_by_role("link", name="Gå vidare med Växel").click()
    expect(page.get_by_label("Första fas")).to_contain_text("Kvalificering av idé")
    page.get_by_role("button", name="Gå vidare").click()
    expect(page.get_by_role("heading", level=1, name="Växel")).to_be_visible()
    expect(page.get_by_text("Kommer av idén")).to_be_visible()

    activity = Activity.objects.exclude(kind="idea").get(name="Växel")
    Participation.objects.create(activity=activity, municipality=place, joined_on=date(2022, 1, 10))
    page.get_by_role("link", name="Fråga kommunerna").click()
    page.get_by_label("Vad som behövs").fill("En tekniker")
    page.get_by_role("button", name="Fråga kommunerna").click()
    expect(page.get_by_text("har inte svarat")).to_be_visible()

    theirs = new_page()
    log_in(theirs, factories.user("preparatory", municipality=place))
    theirs.goto("/")
    theirs.get_by_role("link", name="Svara på resursbegäran från Växel", exact=True).click()
    theirs.get_by_label("Ja").check()
    theirs.get_by_label("Beredskap").fill("Vår nättekniker, från maj")
    theirs.get_by_role("button", name="Spara svaret").click()
    expect(theirs.get_by_text("1 av 1 kommun bidrar")).to_be_visible()
