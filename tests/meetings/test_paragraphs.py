"""Paragraphs and their text: added, written, ordered, removed."""

import pytest

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions import paragraphs as actions
from meetings.actions import sections as section_actions
from meetings.actions import versions
from meetings.models import Paragraph
from meetings.text import sections
from meetings.text.item_links import document_choices
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(db):
    return factories.user("secretary", name="Elin Strand")


@pytest.fixture
def colleague(db):
    return factories.user("secretary", name="Bo Ek")


@pytest.fixture
def paragraph(db):
    return factories.paragraph(sections=[factories.text_section("<p>Ett.</p>"), factories.decision("Nämnden beslutar")])


def text_of(paragraph, at=0):
    paragraph.refresh_from_db()
    return paragraph.sections[at]


def test_a_new_paragraph_stands_last_with_the_boards_own_words(secretary):
    factories.board(words={"decision": "E-nämndens beslut"})
    meeting = factories.meeting(paragraphs=2)

    made = actions.add_paragraph(meeting, title="  Budget   2023 ", by=secretary)

    assert (made.position, made.title, made.number) == (3, "Budget 2023", None)
    assert [each["heading"] for each in made.sections][:2] == ["E-nämndens beslut", "Sammanfattning av ärendet"]
    assert Event.objects.about(meeting).get().verb == "paragraph.added"
    assert made.history.get().history_user == secretary


@pytest.mark.parametrize("title", ["", "   ", "x" * 301])
def test_a_paragraph_without_a_fitting_title_is_refused(secretary, title):
    factories.board()
    with pytest.raises(Refused) as refusal:
        actions.add_paragraph(factories.meeting(), title=title, by=secretary)

    assert refusal.value.field == "title"
    assert not Paragraph.objects.exists()


@pytest.mark.parametrize("role", ["member", "auditor", "coordinator", "administrator"])
def test_only_those_who_write_the_protocol_may_change_it(paragraph, role):
    reader = factories.user(role)
    key = paragraph.sections[0]["key"]
    for change in (
        lambda: actions.rename(paragraph, "Annat", by=reader),
        lambda: actions.set_case(paragraph, None, by=reader),
        lambda: actions.move_paragraph(paragraph, 0, by=reader),
        lambda: actions.remove_paragraph(paragraph, by=reader),
        lambda: section_actions.save_section(paragraph, key, 1, html="<p>Annat</p>", by=reader),
        lambda: section_actions.add_section(paragraph, "meeting", by=reader),
        lambda: section_actions.remove_section(paragraph, key, by=reader),
    ):
        with pytest.raises(Refused, match="behörigheten"):
            change()


def test_a_title_that_somebody_else_has_changed_is_not_overwritten(paragraph, secretary):
    old = paragraph.title
    actions.rename(paragraph, "Den nya rubriken", expected=old, by=secretary)

    with pytest.raises(sections.Conflict) as conflict:
        actions.rename(paragraph, "Min rubrik", expected=old, by=secretary)

    assert conflict.value.current.items[0].text == "Den nya rubriken"


@pytest.mark.parametrize(("to_index", "order"), [(0, "CAB"), (1, "ACB"), (2, "ABC"), (99, "ABC"), (-3, "CAB")])
def test_a_paragraph_moves_to_the_place_asked_for(secretary, to_index, order):
    meeting = factories.meeting()
    for title in "ABC":
        last = factories.paragraph(meeting, title)

    actions.move_paragraph(last, to_index, by=secretary)

    assert "".join(meeting.paragraphs.order_by("position").values_list("title", flat=True)) == order
    assert list(meeting.paragraphs.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


def test_numbered_paragraphs_neither_move_nor_go(secretary):
    paragraph = factories.paragraph(number=8)

    with pytest.raises(Refused, match="nummer"):
        actions.move_paragraph(paragraph, 0, by=secretary)
    with pytest.raises(Refused, match="§ 8 har fått sitt nummer"):
        actions.remove_paragraph(paragraph, by=secretary)


def test_the_text_of_a_removed_paragraph_stays_in_the_history(paragraph, secretary):
    meeting, key = paragraph.meeting, paragraph.sections[0]["key"]
    factories.paragraph(meeting, "Nästa")
    section_actions.save_section(paragraph, key, 1, html="<p>Sista orden.</p>", by=secretary)

    actions.remove_paragraph(paragraph, by=secretary)

    assert [(each.title, each.position) for each in meeting.paragraphs.all()] == [("Nästa", 1)]
    gone = Paragraph.history.filter(id=paragraph.pk).first()
    assert (gone.history_type, gone.history_user) == ("-", secretary)
    assert gone.sections[0]["html"] == "<p>Sista orden.</p>"
    assert Event.objects.about(meeting).first().verb == "paragraph.removed"


def test_a_paragraph_where_an_attendance_changes_is_not_removed(paragraph, secretary):
    factories.chair(paragraph.meeting, first=paragraph)

    with pytest.raises(Refused, match="närvaron eller ordförandeskapet"):
        actions.remove_paragraph(paragraph, by=secretary)

    assert Paragraph.objects.filter(pk=paragraph.pk).exists()


# Text


def test_saved_text_is_there_with_who_and_when(paragraph, secretary):
    key = paragraph.sections[0]["key"]

    saved = section_actions.save_section(paragraph, key, 1, html="<p>Två.</p><p></p>", by=secretary)

    assert (saved.revision, saved.html) == (2, "<p>Två.</p>")
    section = text_of(paragraph)
    assert (section["html"], section["edited_by"]) == ("<p>Två.</p>", secretary.pk)
    assert (paragraph.revision, paragraph.edited_by) == (1, secretary)


def test_the_second_writer_gets_the_newer_text_instead_of_overwriting_it(paragraph, secretary, colleague):
    key = paragraph.sections[0]["key"]
    section_actions.save_section(paragraph, key, 1, html="<p>Elins.</p>", by=secretary)

    with pytest.raises(sections.Conflict) as conflict:
        section_actions.save_section(paragraph, key, 1, html="<p>Bos.</p>", by=colleague)

    assert conflict.value.current.html == "<p>Elins.</p>"
    assert text_of(paragraph)["html"] == "<p>Elins.</p>"


def test_two_people_in_different_sections_do_not_meet(paragraph, secretary, colleague):
    text, decision = (each["key"] for each in paragraph.sections)

    section_actions.save_section(paragraph, text, 1, html="<p>Elins.</p>", by=secretary)
    section_actions.save_section(paragraph, decision, 1, items=["Bos beslut"], by=colleague)

    assert text_of(paragraph)["html"] == "<p>Elins.</p>"
    assert text_of(paragraph, 1)["items"] == [{"text": "Bos beslut"}]


@pytest.mark.parametrize(
    ("choice", "stands", "in_history"),
    [
        ("mine", "<p>Bos.</p>", "<p>Elins.</p>"),
        ("theirs", "<p>Elins.</p>", "<p>Bos.</p>"),
        ("both", "<p>Elins.</p><p>Bos.</p>", "<p>Elins.</p>"),
    ],
)
def test_whatever_is_chosen_in_a_conflict_no_text_is_lost(paragraph, secretary, colleague, choice, stands, in_history):
    key = paragraph.sections[0]["key"]
    newer = section_actions.save_section(paragraph, key, 1, html="<p>Elins.</p>", by=secretary)

    section_actions.settle_conflict(
        paragraph, key, choice, base_revision=newer.revision, html="<p>Bos.</p>", by=colleague
    )

    assert text_of(paragraph)["html"] == stands
    assert in_history in [each.sections[0]["html"] for each in paragraph.history.all()]


def test_a_conflict_over_points_keeps_the_points_of_both(paragraph, secretary, colleague):
    key = paragraph.sections[1]["key"]
    newer = section_actions.save_section(paragraph, key, 1, items=["Godkänna", "Tacka"], by=secretary)

    saved = section_actions.settle_conflict(
        paragraph, key, "both", base_revision=newer.revision, items=["Godkänna", "Avslå"], by=colleague
    )

    assert [item.text for item in saved.items] == ["Godkänna", "Tacka", "Avslå"]


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<iframe></iframe>", "<iframe> tas inte emot"),
        ("<table><tbody><tr><td><table></table></td></tr></tbody></table>", "Tabell inuti tabell"),
        ('<p><a href="javascript:x">y</a></p>', "javascript"),
        ("<p>öppet", "stängs aldrig"),
    ],
)
def test_markup_that_protocol_text_cannot_hold_is_refused_in_a_sentence(paragraph, secretary, html, sentence):
    with pytest.raises(Refused, match=sentence):
        section_actions.save_section(paragraph, paragraph.sections[0]["key"], 1, html=html, by=secretary)

    assert text_of(paragraph)["html"] == "<p>Ett.</p>"


def test_text_for_a_section_that_has_been_removed_is_refused(paragraph, secretary):
    key = paragraph.sections[0]["key"]
    section_actions.remove_section(paragraph, key, by=secretary)

    with pytest.raises(Refused, match="finns inte längre"):
        section_actions.save_section(paragraph, key, 1, html="<p>Två.</p>", by=secretary)


def test_an_autosave_asks_few_questions(paragraph, secretary, django_assert_max_num_queries):
    key = paragraph.sections[0]["key"]
    section_actions.save_section(paragraph, key, 1, html="<p>Två.</p>", by=secretary)

    with django_assert_max_num_queries(5):  # savepoint, lock, whether it is frozen, update, release
        section_actions.save_section(paragraph, key, 2, html="<p>Tre.</p>", by=secretary)


def test_names_that_are_known_lead_to_what_they_name(secretary):
    case = factories.case()
    document = factories.document(case, "Budgetförslag")
    town = factories.municipality("Granvik")
    lists = sections.starting_sections()
    paragraph = factories.paragraph(case=case, sections=sections.to_json(lists))

    papers = section_actions.save_section(
        paragraph, lists[2].key, 1, items=["Budgetförslag", "", "Muntlig dragning"], by=secretary
    )
    recipients = section_actions.save_section(
        paragraph, lists[3].key, 1, items=["Granvik kommun", "Samtliga kommuner"], by=secretary
    )

    assert papers.items == (sections.Item("Budgetförslag", document=document.pk), sections.Item("Muntlig dragning"))
    assert recipients.items == (
        sections.Item("Granvik kommun", municipality=town.pk),
        sections.Item("Samtliga kommuner"),
    )


def test_a_link_stays_though_the_case_is_taken_away(secretary):
    case = factories.case()
    document = factories.document(case, "Budgetförslag")
    lists = sections.starting_sections()
    paragraph = factories.paragraph(case=case, sections=sections.to_json(lists))
    section_actions.save_section(paragraph, lists[2].key, 1, items=["Budgetförslag"], by=secretary)
    actions.set_case(paragraph, None, by=secretary)

    saved = section_actions.save_section(paragraph, lists[2].key, 2, items=["Budgetförslag", "Ny"], by=secretary)

    assert saved.items[0].document == document.pk


# Sections


def test_a_standard_section_comes_where_it_usually_stands(secretary):
    factories.board(words={"motions": "Förslag"})
    paragraph = factories.paragraph()

    section_actions.add_section(paragraph, "motions", by=secretary)
    section_actions.add_section(paragraph, "free", heading="Bakgrund", by=secretary)

    paragraph.refresh_from_db()
    assert [each["heading"] for each in paragraph.sections] == [
        "Beslut",
        "Sammanfattning av ärendet",
        "Förslag",
        "Beslutsunderlag",
        "Beslutet skickas till",
        "Bakgrund",
    ]


def test_sections_are_moved_and_renamed(paragraph, secretary):
    first, second = (each["key"] for each in paragraph.sections)

    section_actions.move_section(paragraph, second, 0, by=secretary)
    section_actions.rename_heading(paragraph, first, " Bakgrund  till ärendet ", by=secretary)

    paragraph.refresh_from_db()
    assert [(each["key"], each["heading"]) for each in paragraph.sections] == [
        (second, "Beslut"),
        (first, "Bakgrund till ärendet"),
    ]


def test_a_removed_section_can_be_brought_back_from_its_version(paragraph, secretary):
    key = paragraph.sections[0]["key"]
    section_actions.save_section(paragraph, key, 1, html="<p>Sista orden.</p>", by=secretary)

    history_id = section_actions.remove_section(paragraph, key, by=secretary)
    paragraph.refresh_from_db()
    assert [each["kind"] for each in paragraph.sections] == ["decision"]
    versions.restore_section(paragraph, history_id, key, by=secretary)

    assert text_of(paragraph)["html"] == "<p>Sista orden.</p>"


@pytest.mark.parametrize(
    ("items", "html"),
    [
        (["Godkänna"], "<p>Godkänna</p>"),
        (["A < B", "Tacka"], "<ol><li><p>A &lt; B</p></li><li><p>Tacka</p></li></ol>"),
        ([], ""),
    ],
)
def test_points_become_text_and_text_points_again(secretary, items, html):
    paragraph = factories.paragraph(sections=[factories.decision(*items)])
    key = paragraph.sections[0]["key"]

    as_text = section_actions.change_form(paragraph, key, by=secretary)
    as_points = section_actions.change_form(paragraph, key, by=secretary)

    assert (as_text.html, as_text.items) == (html, None)
    assert [item.text for item in as_points.items] == items


def test_a_table_does_not_become_points(secretary):
    table = "<table><tbody><tr><td><p>1</p></td></tr></tbody></table>"
    paragraph = factories.paragraph(sections=[factories.text_section(table)])

    with pytest.raises(Refused, match="tabell"):
        section_actions.change_form(paragraph, paragraph.sections[0]["key"], by=secretary)


def test_a_document_with_a_secrecy_mark_is_not_offered_to_a_public_protocol():
    case = factories.case()
    factories.document(case, "Budgetförslag")
    factories.document(case, "Anmälan mot leverantören", secrecy="OSL 19 kap. 1 §")

    assert list(document_choices(factories.paragraph(case=case))) == ["Budgetförslag"]
