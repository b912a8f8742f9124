"""Marking attendance and ordering paragraphs in a real browser: by keys, by dragging, without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Attendance
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def meeting():
    """Two municipalities with a member and a substitute each, three paragraphs."""
    meeting = factories.meeting(paragraphs=3)
    for place in ("Arvika by", "Boden by"):
        of = factories.municipality(place)
        for kind in ("member", "substitute"):
            factories.attend(meeting, kind, seat=factories.seat(meeting.body, municipality=of, kind=kind))
    return meeting


def open_page(page, name, meeting):
    page.goto(reverse(f"meetings:{name}", args=[meeting.pk]))


def presences(meeting):
    return list(meeting.attendance.order_by("municipality_name", "seat_kind").values_list("presence", flat=True))


def titles(page):
    return [text[-1] for text in page.locator("#agenda .title a").all_inner_texts()]


def test_one_key_marks_a_row_and_goes_on_to_the_next(page, log_in, secretary, meeting):
    log_in(page, secretary)
    open_page(page, "attendance", meeting)

    for key in ("m", "f", "t", "n", "n"):
        page.keyboard.press(key)

    expect(page.locator("#saved")).to_contain_text("Sparat")
    expect(page.locator("#derived")).to_contain_text("2 av 2")
    expect(page.locator("#derived")).to_contain_text("Tjänstgör istället för")
    assert presences(meeting) == ["absent", "serving", "serving", "present"]


def test_keys_take_back_set_distance_and_walk(page, log_in, secretary, meeting):
    log_in(page, secretary)
    open_page(page, "attendance", meeting)

    for key in ("m", "n", "ArrowUp", "d", "u"):
        page.keyboard.press(key)

    expect(page.locator("#saved")).to_contain_text("Sparat")
    expect(page.locator(".person").first).to_be_focused()
    expect(page.locator(".unsaved")).to_have_count(0)
    assert set(presences(meeting)) == {""}


def test_a_change_is_made_in_a_dialog_and_the_focus_comes_back(page, log_in, secretary, meeting):
    log_in(page, secretary)
    open_page(page, "attendance", meeting)
    page.keyboard.press("m")
    page.keyboard.press("c")

    page.get_by_role("combobox", name="Från").select_option(index=2)
    page.get_by_role("button", name="Lägg till ändringen").click()

    expect(page.locator(".person").first).to_contain_text("från § 2 tjänstgör")
    expect(page.locator(".person").first).to_be_focused()
    expect(page.locator("#derived")).to_contain_text("från § 2")


def test_two_people_mark_at_once_and_keep_each_other_s_rows(new_page, log_in, secretary, meeting):
    windows = new_page(), new_page()
    for window in windows:
        log_in(window, secretary)
        open_page(window, "attendance", meeting)

    for window, row in zip(windows, (0, 2), strict=True):
        window.locator(".person").nth(row).get_by_text("Frånvarande").click()
        expect(window.locator("#saved")).to_contain_text("Sparat")

    assert presences(meeting) == ["absent", "", "absent", ""]
    expect(windows[1].locator(".person.absent")).to_have_count(2)


def test_without_javascript_the_form_is_saved_with_a_button(new_page, log_in, secretary, meeting):
    page = new_page(java_script_enabled=False)
    log_in(page, secretary)
    open_page(page, "attendance", meeting)

    page.locator(".person").nth(0).get_by_text("Tjänstgör", exact=True).click()
    page.get_by_role("button", name="Spara närvaron").click()

    expect(page.locator("main")).to_contain_text("1 rad ändrades")
    assert Attendance.objects.filter(meeting=meeting, presence="serving").count() == 1


def test_paragraphs_are_ordered_by_keys_buttons_and_dragging(page, log_in, secretary, meeting):
    log_in(page, secretary)
    open_page(page, "meeting", meeting)

    with page.expect_response("**/ordning/"):
        page.locator("#agenda a").nth(2).press("Alt+ArrowUp")
    assert titles(page) == ["1", "3", "2"]
    expect(page.get_by_role("status").filter(has_text="plats 2 av 3")).to_have_count(1)

    with page.expect_response("**/ordning/"):
        page.get_by_role("button", name="Flytta ner Ärende nummer 1").click()
    assert titles(page) == ["3", "1", "2"]

    handle, last = page.locator("[data-handle]").first.bounding_box(), page.locator("#agenda li").last.bounding_box()
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, last["y"] + last["height"] - 4, steps=6)
    with page.expect_response("**/ordning/"):
        page.mouse.up()

    page.reload()
    assert titles(page) == ["1", "2", "3"]


def test_without_javascript_paragraphs_are_moved_by_buttons(new_page, log_in, secretary, meeting):
    page = new_page(java_script_enabled=False)
    log_in(page, secretary)
    open_page(page, "meeting", meeting)

    page.get_by_role("button", name="Flytta upp Ärende nummer 3").click()

    assert titles(page) == ["1", "3", "2"]
