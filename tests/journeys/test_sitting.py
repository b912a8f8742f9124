"""A meeting held by keys alone: roll call, arrival, recusal, a tied vote, a reservation, the closed matter."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Paragraph
from tests import factories
from tests.browser import assert_accessible, assert_no_sideways_scrolling

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def meeting():
    """Five municipalities, nobody marked yet, not opened."""
    meeting = factories.sitting(members=5, paragraphs=2, opened=False)
    meeting.attendance.update(presence="")
    return meeting


def sends(page, *keys):
    """Press keys of which the last one sends a form, and wait until the page has been changed."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_response(lambda answer: answer.request.method == "GET" and "/motet/" in answer.url):
        page.keyboard.press(keys[-1])
    expect(page.locator("main[aria-busy]")).to_have_count(0)


def tab_to(page, name):
    """Go with the tab key to the button of that name."""
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tabb når aldrig {name}")


def unfold(page, key, form):
    page.keyboard.press(key)
    expect(page.locator(f"#{form} :is(select, input, textarea):focus")).to_have_count(1)


def test_a_meeting_is_held_by_the_keyboard_alone(page, log_in, secretary, meeting, page_trouble):
    page_trouble.expect("422")  # the tie that nobody has broken yet
    log_in(page, secretary)
    page.goto(reverse("meetings:sitting", args=[meeting.pk]))
    quorum = page.locator(".quorum-now")
    expect(quorum).to_contain_text("Närvaron är inte markerad än")

    # open, and call the roll: everybody is here but the first
    page.locator("#moment-opened").focus()
    sends(page, "Enter")
    sends(page, "u")
    expect(quorum).to_contain_text("5 av 5, beslutsför")
    sends(page, "m", "f")
    expect(quorum).to_contain_text("4 av 5, beslutsför")
    expect(page.locator(".place").first).to_be_focused()

    # at the next paragraph the first arrives, and the second is recused
    page.keyboard.press("j")
    expect(page.locator("#now-title")).to_contain_text("§ 2")
    sends(page, "m", "n")
    expect(quorum).to_contain_text("5 av 5")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("v")
    expect(page.locator("#id_recusal_substitute")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("äger marken")
    sends(page, "Enter")
    expect(page.locator("#jav")).to_contain_text("äger marken")
    expect(quorum).to_contain_text("4 av 5, beslutsför")

    # two proposals
    for downs in (1, 2):
        unfold(page, "y", "motion-form")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("Bifall" if downs == 1 else "Avslag")
        tab_to(page, "Anteckna yrkandet")
        sends(page, "Enter")
    expect(page.locator("#yrkanden .records li")).to_have_count(2)

    # a vote that is a tie: the chair decides
    unfold(page, "o", "ballot-form")
    tab_to(page, "Börja omröstningen")
    sends(page, "Enter")
    expect(page.locator(".voter").first).to_be_focused()
    for key in "jjnn":
        page.keyboard.press(key)
    expect(page.locator("#count")).to_contain_text("Ja 2, nej 2, avstår 0. Lika röstetal")
    page.keyboard.press("a")  # one too many, which must not close the matter
    assert page.locator("main").get_attribute("aria-busy") is None
    with page.expect_response("**/omrostningar/*/"):
        page.keyboard.press("Enter")
    page_error = page.locator("#omrostning .errors")
    expect(page_error).to_contain_text("Det står 2 mot 2. Ange ordförandens utslagsröst.")
    expect(page.locator("[name=casting_vote]")).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("n")  # one key: letters that come slowly, the browser takes for the first one of another choice
    expect(page.locator("[name=casting_vote]")).to_have_value("no")
    tab_to(page, "Avsluta omröstningen")
    sends(page, "Enter")
    expect(page.locator("#omrostning .result")).to_contain_text("avgör med sin utslagsröst för nej-förslaget")

    # close the matter, and let somebody reserve themselves
    sends(page, "a")
    expect(page.locator("#closing-title")).to_have_text("Ärendet är avslutat")
    unfold(page, "r", "statement-form")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Anteckna")
    sends(page, "Enter")
    sends(page, "s")
    expect(page.locator("#texter")).to_contain_text("Reservationer Skriven")

    headings = [each["heading"] for each in Paragraph.objects.get(number=2).sections]
    assert {"Jäv", "Yrkanden", "Beslutsgång", "Reservationer"} <= set(headings)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
