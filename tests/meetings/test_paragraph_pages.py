"""The pages of a paragraph: drafting with and without scripts, for those who write and those who read."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enamnd.organisation.models import Board
from meetings.actions.sections import save_section
from meetings.models import Paragraph, Presence
from meetings.text import sections
from tests import factories

pytestmark = pytest.mark.django_db
TABLE = "<table><tbody><tr><th><p>Post</p></th></tr><tr><td><p>1 127 000</p></td></tr></tbody></table>"


@pytest.fixture
def board(db):
    return factories.board()


@pytest.fixture
def paragraph(board):
    return factories.paragraph(
        title="Budget 2023", sections=[factories.decision("Nämnden godkänner"), factories.text_section("<p>Ett.</p>")]
    )


@pytest.fixture
def writer(client_as):
    return client_as("secretary", name="Elin Strand")


def address(paragraph, end=""):
    return f"/sammantraden/{paragraph.meeting_id}/paragrafer/{paragraph.pk}/{end}"


def section_address(paragraph, at=1, end=""):
    return address(paragraph, f"avsnitt/{paragraph.sections[at]['key']}/{end}")


def text_of(paragraph, at=1):
    paragraph.refresh_from_db()
    return paragraph.sections[at]["html"]


def script(client: Client, url: str, **fields):
    """What the page's own script sends."""
    return client.post(url, fields, headers={"Accept": "application/json"})


# Autosave


def test_the_script_is_told_the_new_revision_and_the_time(writer, paragraph):
    answer = script(writer, section_address(paragraph), base_revision=1, html="<p>Två.</p>")

    assert answer.json()["revision"] == 2
    assert re.fullmatch(r"\d\d\.\d\d", answer.json()["saved_at"])
    assert text_of(paragraph) == "<p>Två.</p>"


def test_an_autosave_is_a_handful_of_questions_to_the_database(writer, paragraph, django_assert_num_queries):
    url = section_address(paragraph)
    script(writer, url, base_revision=1, html="<p>Två.</p>")

    # session, account, roles, savepoint, locked row, whether it is frozen, new text, release
    with django_assert_num_queries(8):
        script(writer, url, base_revision=2, html="<p>Tre.</p>")


def test_the_script_gets_both_texts_when_somebody_else_was_first(writer, client_as, paragraph):
    script(writer, section_address(paragraph), base_revision=1, html="<p>Ett och två.</p>")

    answer = script(client_as("secretary"), section_address(paragraph), base_revision=1, html="<p>Ett eller tre.</p>")

    assert answer.status_code == 409
    assert answer.json()["revision"] == 2
    assert answer.json()["html"] == "<p>Ett och två.</p>"
    assert "Elin Strands text" in answer.json()["panel"]
    assert "<ins>eller tre.</ins>" in answer.json()["panel"]


@pytest.mark.parametrize("html", ["<p>x", "<iframe></iframe>", "<p onclick='x()'>x</p>"])
def test_the_script_gets_sentences_when_the_text_is_refused(writer, paragraph, html):
    answer = script(writer, section_address(paragraph), base_revision=1, html=html)

    assert answer.status_code == 422
    assert answer.json()["lines"][0].endswith(".")


@pytest.mark.parametrize("fields", [{}, {"base_revision": "x"}, {"base_revision": 0}, {"base_revision": 10**40}])
def test_odd_requests_are_refused_and_change_nothing(writer, paragraph, fields):
    assert script(writer, section_address(paragraph), html="<p>Två.</p>", **fields).status_code in {409, 422}
    assert text_of(paragraph) == "<p>Ett.</p>"


def test_a_section_of_another_meetings_paragraph_is_not_reached_from_here(writer, paragraph):
    other = factories.meeting()
    url = section_address(paragraph).replace(f"/{paragraph.meeting_id}/", f"/{other.pk}/", 1)

    assert script(writer, url, base_revision=1, html="<p>Två.</p>").status_code == 422
    assert text_of(paragraph) == "<p>Ett.</p>"


def test_saving_on_the_way_out_keeps_a_version(writer, paragraph):
    script(writer, section_address(paragraph), base_revision=1, html="<p>Två.</p>", leaving="on")

    assert paragraph.history.count() == 2


def test_leaving_keeps_a_version_and_nobody_is_seen_there_any_more(writer, paragraph):
    script(writer, address(paragraph, "oppen/"))
    script(writer, section_address(paragraph), base_revision=1, html="<p>Två.</p>")

    assert script(writer, address(paragraph, "lamnad/")).status_code == 204

    assert paragraph.history.first().sections[1]["html"] == "<p>Två.</p>"
    assert not Presence.objects.exists()


def test_an_open_page_hears_who_else_is_there_and_what_is_newest(writer, client_as, paragraph):
    script(writer, address(paragraph, "oppen/"))
    script(writer, section_address(paragraph), base_revision=1, html="<p>Två.</p>")

    heard = script(client_as("secretary"), address(paragraph, "oppen/")).json()

    assert heard["others"] == ["Elin Strand"]
    assert heard["revisions"][paragraph.sections[1]["key"]] == 2
    assert heard["by"] == "Elin Strand"


def test_the_choice_between_two_texts_is_answered_with_the_text_that_stands(writer, paragraph):
    script(writer, section_address(paragraph), base_revision=1, html="<p>Två.</p>")

    answer = script(writer, section_address(paragraph, end="val/"), base_revision=2, html="<p>Tre.</p>", choice="both")

    assert answer.json()["html"] == "<p>Två.</p><p>Tre.</p>"


def test_readers_get_the_text_and_nothing_to_write_with(client_as, paragraph):
    page = client_as("member").get(address(paragraph)).content.decode()

    assert "<p>Ett.</p>" in page
    assert "<textarea" not in page
    assert client_as("member").post(section_address(paragraph), {"base_revision": 1}).status_code == 403


# Without scripts


def test_plain_lines_become_paragraphs_and_points(writer, paragraph):
    answer = writer.post(
        section_address(paragraph), {"base_revision": 1, "lines": "Två.\r\n\r\n- tre\r\n- fyra"}, follow=True
    )

    assert answer.redirect_chain[0][0].startswith(address(paragraph))
    assert text_of(paragraph) == "<p>Två.</p><ul><li><p>tre</p></li><li><p>fyra</p></li></ul>"


def test_a_table_is_edited_as_its_markup_and_stays(writer, board):
    paragraph = factories.paragraph(sections=[factories.decision(), factories.text_section(TABLE)])
    page = writer.get(address(paragraph)).content.decode()
    source = re.search(r'name="html"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]
    writer.post(section_address(paragraph), {"base_revision": 1, "html": unescape(source)})

    assert text_of(paragraph) == TABLE


def test_points_are_written_one_a_line(writer, paragraph):
    writer.post(section_address(paragraph, 0), {"base_revision": 1, "items": "Godkänna\r\n\r\nTacka"})

    paragraph.refresh_from_db()
    assert paragraph.sections[0]["items"] == [{"text": "Godkänna"}, {"text": "Tacka"}]


def test_refused_text_is_shown_again_with_the_reason(writer, paragraph):
    answer = writer.post(section_address(paragraph), {"base_revision": 1, "html": "<p>Mycket text<iframe></p>"})

    assert answer.status_code == 422
    assert "&lt;iframe&gt; tas inte emot" in answer.content.decode()
    assert "&lt;p&gt;Mycket text&lt;iframe&gt;&lt;/p&gt;" in answer.content.decode()


def test_two_texts_are_chosen_between_on_a_page(writer, paragraph):
    script(writer, section_address(paragraph), base_revision=1, html="<p>Två.</p>")

    page = writer.post(section_address(paragraph), {"base_revision": 1, "lines": "Tre."})
    assert page.status_code == 409
    assert 'name="choice" value="theirs"' in page.content.decode()
    writer.post(section_address(paragraph, end="val/"), {"base_revision": 2, "html": "<p>Tre.</p>", "choice": "mine"})

    assert text_of(paragraph) == "<p>Tre.</p>"


def test_sections_are_added_moved_named_and_removed_by_plain_forms(writer, paragraph):
    writer.post(address(paragraph, "avsnitt/"), {"name": "free", "heading": "Jäv"})
    paragraph.refresh_from_db()
    writer.post(section_address(paragraph, 2, "plats/"), {"to_index": 0})
    writer.post(section_address(paragraph, 2, "rubrik/"), {"heading": "Anmälan om jäv"})
    writer.post(section_address(paragraph, 0, "borttagning/"))

    paragraph.refresh_from_db()
    assert [each["heading"] for each in paragraph.sections] == ["Anmälan om jäv", "Sammanfattning av ärendet"]


def test_the_title_is_changed_in_place(writer, paragraph):
    writer.post(address(paragraph, "rubrik/"), {"title": "Budget 2024"})

    paragraph.refresh_from_db()
    assert paragraph.title == "Budget 2024"


# A new paragraph, its case, its removal


def test_a_new_paragraph_leads_straight_to_its_drafting_page(writer, board):
    meeting, case = factories.meeting(), factories.case()

    answer = writer.post(
        f"/sammantraden/{meeting.pk}/paragrafer/ny/", {"title": "Budget 2023", "case": f"{case.number} {case.title}"}
    )

    made = Paragraph.objects.get()
    assert answer["Location"] == address(made)
    assert made.case == case


@pytest.mark.parametrize("fields", [{"title": ""}, {"title": "Budget", "case": "2099/1-1"}, {"title": "x" * 400}])
def test_a_new_paragraph_that_is_refused_keeps_what_was_written(writer, board, fields):
    meeting = factories.meeting()

    answer = writer.post(f"/sammantraden/{meeting.pk}/paragrafer/ny/", fields)

    assert answer.status_code == 422
    assert fields["title"] in answer.content.decode()
    assert not Paragraph.objects.exists()


def test_a_paragraph_is_removed_after_a_question(writer, paragraph):
    assert "Ta bort ”Budget 2023”?" in writer.get(address(paragraph, "borttagning/")).content.decode()

    answer = writer.post(address(paragraph, "borttagning/"))

    assert answer["Location"] == f"/sammantraden/{paragraph.meeting_id}/"
    assert not Paragraph.objects.exists()


# What the page says


def test_references_lead_to_their_paragraphs_and_missing_ones_are_marked(writer, board):
    body = factories.body()
    march = factories.meeting(body=body, held_on=date(2022, 3, 16))
    second = factories.paragraph(march, number=2)
    june = factories.meeting(body=body)
    text = "<p>Se 2022-03-16 § 2, § 2 och § 12.</p>"
    paragraph = factories.paragraph(june, sections=[factories.text_section(text)])

    page = writer.get(address(paragraph)).content.decode()

    assert f'<a href="{address(second)}">2022-03-16 § 2</a>' in page
    assert f'<a href="{address(second)}">§ 2</a>' in page
    assert '<span class="reference-missing">§ 12</span>' in page


def test_headings_that_can_be_added_are_in_the_boards_own_words(writer, paragraph):
    Board.objects.update(words={"motions": "Förslag till beslut"})

    assert "Förslag till beslut" in writer.get(address(paragraph)).content.decode()


def test_the_page_asks_the_same_questions_however_much_there_is(writer, board):
    few, many = (factories.meeting(paragraphs=count, attendance=count) for count in (1, 20))
    long = factories.paragraph(many, sections=[factories.text_section("<p>Se § 3 och § 4.</p>") for _ in range(15)])
    short = factories.paragraph(few, sections=[factories.text_section("<p>Se § 3.</p>")])
    for number in range(10):
        key = long.sections[0]["key"]
        save_section(long, key, number + 1, html=f"<p>§ {number + 1}</p>", by=writer.user)

    assert questions(writer, address(long)) == questions(writer, address(short))


def questions(client, url) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_text_cannot_break_out_of_the_page(writer, board):
    evil = "</script><script>alert(1)</script>"
    lists = (sections.new_section(sections.DECISION, evil, items=[sections.Item(evil)]),)
    paragraph = factories.paragraph(title=evil, sections=sections.to_json(lists))

    assert "<script>alert" not in writer.get(address(paragraph)).content.decode()


def test_nothing_is_decided_in_a_voided_case(writer, paragraph):
    case = factories.case(voided_because="Registrerat två gånger")

    answer = writer.post(address(paragraph, "arende/"), {"case": case.number})

    assert answer.status_code == 422
    assert "är makulerat: Registrerat två gånger" in answer.content.decode()
    paragraph.refresh_from_db()
    assert paragraph.case is None
