"""Writing a paragraph in the browser: the toolbar, tables, points, standard texts, sections, and what Word leaves."""

import re

import pytest
from playwright.sync_api import expect

from meetings.models import Phrase
from tests import factories
from tests.browser import assert_accessible, assert_no_sideways_scrolling

pytestmark = pytest.mark.django_db(transaction=True)

FROM_WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<p class="MsoNormal" style="mso-margin-top-alt:auto">Kommunen bedömer att:<o:p></o:p></p>
<p class="MsoListParagraphCxSpFirst" style="margin-left:36.0pt;mso-list:l0 level1 lfo1"><!--[if !supportLists]--><span
 style="mso-list:Ignore">·<span style="font:7.0pt">&nbsp;&nbsp; </span></span><!--[endif]-->målen är nådda</p>
<p class="MsoListParagraphCxSpMiddle" style="margin-left:72.0pt;mso-list:l0 level2 lfo1"><span
 style="mso-list:Ignore">o<span>&nbsp;&nbsp; </span></span>åtta av åtta</p>
<p class="MsoListParagraphCxSpLast" style="margin-left:36.0pt;mso-list:l0 level1 lfo1"><span
 style="mso-list:Ignore">·<span>&nbsp;&nbsp; </span></span>kontrollen är <b>god</b></p>
<p class="MsoListParagraph" style="margin-left:36.0pt">·&nbsp;&nbsp; utan märken från Word</p>
<h1>Ekonomi</h1>
<table class="MsoTableGrid"><tr><td><p>Post</p></td><td><p>Belopp</p></td></tr>
<tr><td><p>Resor</p></td><td><p style="text-align:right">12 300</p><table
><tr><td>inre</td></tr></table></td></tr></table>
</body></html>
"""
AS_PROTOCOL = (
    "<p>Kommunen bedömer att:</p>"
    "<ul><li><p>målen är nådda</p><ul><li><p>åtta av åtta</p></li></ul></li>"
    "<li><p>kontrollen är <strong>god</strong></p></li><li><p>utan märken från Word</p></li></ul>"
    "<h4>Ekonomi</h4>"
    "<table><tbody><tr><th><p>Post</p></th><th><p>Belopp</p></th></tr>"
    "<tr><td><p>Resor</p></td><td><p>12 300</p><p>inre</p></td></tr></tbody></table>"
)


@pytest.fixture
def paragraph(db):
    factories.board()
    case = factories.case()
    factories.document(case, "Budgetförslag")
    return factories.paragraph(title="Budget 2023", case=case)


@pytest.fixture
def desk(page, log_in, paragraph):
    Phrase.objects.create(label="Till handlingarna", text="Nämnden lägger [vad] till handlingarna.", kind="decision")
    log_in(page, factories.user("secretary", name="Elin Strand"))
    page.goto(f"/sammantraden/{paragraph.meeting_id}/paragrafer/{paragraph.pk}/")
    expect(page.locator("#draft[data-ready]")).to_be_attached()
    return page


def saved(page):
    expect(page.locator("#saved")).to_have_text(re.compile(r"Sparat \d\d\.\d\d$"))


def section(paragraph, heading: str) -> dict:
    paragraph.refresh_from_db()
    return next(each for each in paragraph.sections if each["heading"] == heading)


def summary(page):
    return page.get_by_role("textbox", name="Sammanfattning av ärendet")


def test_a_text_with_list_table_and_marks_is_saved_as_protocol_text(desk, paragraph):
    summary(desk).click()
    desk.keyboard.type("Att: ")
    desk.get_by_role("button", name="Fet", exact=True).click()
    desk.keyboard.type("nu")
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Punkter").click()
    desk.keyboard.type("ett")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("inuti")
    for _ in range(3):
        desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Tabell", exact=True).click()
    desk.get_by_label("Rader").fill("2")
    desk.get_by_role("button", name="Infoga tabell").click()
    expect(desk.locator("[contenteditable]:focus table")).to_be_visible()
    desk.keyboard.type("Post")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Belopp")
    saved(desk)

    html = section(paragraph, "Sammanfattning av ärendet")["html"]
    assert html.startswith("<p>Att: <strong>nu</strong></p><ul><li><p>ett</p><ul><li><p>inuti</p>")
    assert "<tr><th><p>Post</p></th><th><p>Belopp</p></th></tr><tr><td>" in html


def test_lists_and_tables_from_word_are_lists_and_tables(desk, paragraph):
    summary(desk).click()
    desk.evaluate(
        """(html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        FROM_WORD,
    )
    saved(desk)

    assert section(paragraph, "Sammanfattning av ärendet")["html"] == AS_PROTOCOL


def test_points_are_written_with_the_keyboard_alone(desk, paragraph):
    desk.get_by_role("textbox", name="Beslut", exact=True).click()
    desk.keyboard.type("Tacka")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Godkänna")
    desk.keyboard.press("Alt+ArrowUp")
    desk.keyboard.press("End")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Backspace")
    saved(desk)

    assert section(paragraph, "Beslut")["items"] == [{"text": "Godkänna"}, {"text": "Tacka"}]


def test_a_document_of_the_case_is_one_click_away(desk, paragraph):
    desk.get_by_role("button", name="Lägg till Budgetförslag").click()
    saved(desk)

    item = section(paragraph, "Beslutsunderlag")["items"][0]
    assert (item["text"], item["document"]) == ("Budgetförslag", paragraph.case.documents.get().pk)


def test_a_standard_text_is_found_and_its_blank_is_ready_to_be_written_over(desk, paragraph):
    desk.get_by_role("textbox", name="Beslut", exact=True).click()
    desk.keyboard.press("Control+.")
    desk.keyboard.type("handl")
    assert_accessible(desk)
    desk.keyboard.press("Enter")
    desk.keyboard.type("rapporten")
    saved(desk)

    assert section(paragraph, "Beslut")["items"] == [{"text": "Nämnden lägger rapporten till handlingarna."}]


def test_sections_are_added_renamed_moved_removed_and_brought_back_without_leaving_the_page(desk, paragraph):
    desk.get_by_role("button", name="Yrkanden").click()
    box = desk.get_by_role("textbox", name="Yrkanden")
    expect(box).to_be_focused()
    desk.keyboard.type("Anna yrkar bifall.")
    desk.keyboard.press("Alt+Shift+ArrowUp")
    saved(desk)
    expect(desk.locator("#announcer")).to_contain_text("Yrkanden står nu på plats 2")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Enter")
    desk.get_by_label("Rubrik", exact=True).locator("visible=true").fill("Förslag")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Förslag")).to_be_visible()

    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Ta bort avsnittet").locator("visible=true").click()
    expect(desk.get_by_role("heading", name="Förslag")).to_have_count(0)
    desk.locator("#alarm").get_by_role("button", name="Ångra").click()

    expect(desk.get_by_role("heading", name="Förslag")).to_be_visible()
    assert section(paragraph, "Förslag")["html"] == "<p>Anna yrkar bifall.</p>"


def test_a_decision_becomes_running_text_and_points_again(desk, paragraph):
    desk.get_by_role("textbox", name="Beslut", exact=True).click()
    desk.keyboard.type("Godkänna")
    part = desk.get_by_role("region", name="Beslut", exact=True)

    part.locator(".part-menu summary").click()
    part.get_by_role("button", name="Byt till löpande text").click()

    expect(desk.locator(".part.decision .writing")).to_have_text("Godkänna")
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" budgeten")
    saved(desk)
    assert section(paragraph, "Beslut")["html"] == "<p>Godkänna budgeten</p>"


def test_the_title_is_written_in_place(desk, paragraph):
    title = desk.get_by_role("textbox", name="Paragrafens rubrik")
    title.fill("Budget 2024")
    title.blur()
    saved(desk)

    paragraph.refresh_from_db()
    assert paragraph.title == "Budget 2024"
    expect(desk.locator("nav.side [aria-current]")).to_contain_text("Budget 2024")


def test_next_and_previous_paragraph_are_one_key_away(desk, paragraph):
    following = factories.paragraph(paragraph.meeting, "Delårsrapport")
    desk.reload()
    expect(desk.locator("#draft[data-ready]")).to_be_attached()

    desk.keyboard.press("n")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(following.title)
    expect(desk.locator("#draft[data-ready]")).to_be_attached()
    summary(desk).click()
    desk.keyboard.press("Alt+Shift+P")

    expect(desk.get_by_role("heading", level=1)).to_contain_text("Budget 2023")


def test_everything_in_the_editor_is_swedish_and_reachable(desk):
    summary(desk).click()
    desk.keyboard.type("Text")
    desk.keyboard.press("Alt+F10")
    expect(desk.get_by_role("button", name="Fet", exact=True)).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("button", name="Kursiv")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(summary(desk)).to_be_focused()
    desk.keyboard.press("Shift+Home")
    expect(desk.get_by_role("button", name="Länk")).to_be_enabled()  # the editor has seen what is marked
    desk.keyboard.press("Control+k")
    expect(desk.get_by_role("dialog", name="Länk")).to_be_visible()
    desk.keyboard.type("example.org/budget")
    desk.keyboard.press("Enter")
    saved(desk)

    assert not re.search(r"\b(Insert|Update|Cancel|Table|Bold|Link|Undo)\b", desk.locator("body").inner_text())
    expect(summary(desk).locator("a")).to_have_attribute("href", "https://example.org/budget")


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 800}}])
def test_the_drafting_page_is_for_everyone(new_page, log_in, paragraph, options):
    page = new_page(**options)
    log_in(page, factories.user("secretary"))
    page.goto(f"/sammantraden/{paragraph.meeting_id}/paragrafer/{paragraph.pk}/")
    summary(page).click()
    page.keyboard.type("Se § 99.")
    saved(page)

    assert_accessible(page)
    assert_no_sideways_scrolling(page)
