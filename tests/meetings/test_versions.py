"""Versions: few of them, at the right moments, and none of them ever lost."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from enamnd.refusal import Refused
from meetings.actions import paragraphs, versions
from meetings.actions.sections import remove_section, save_section, settle_conflict
from meetings.models import Paragraph
from meetings.text.version_list import version_lines
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
    return factories.paragraph(title="Budget 2023", sections=[factories.text_section("<p>Ett.</p>")])


def save(paragraph, text, by):
    section = Paragraph.objects.get(pk=paragraph.pk).sections[0]
    return save_section(paragraph, section["key"], section["revision"], html=f"<p>{text}</p>", by=by)


def texts(paragraph):
    """The text of each version, newest first."""
    return [each.sections[0]["html"] for each in paragraph.history.all()]


def pass_time(paragraph, **span):
    """As if the last writing had been so long ago, and all before it longer still."""
    then = timezone.now() - timedelta(**span)
    Paragraph.history.filter(id=paragraph.pk).update(history_date=then - timedelta(hours=1))
    Paragraph.objects.filter(pk=paragraph.pk).update(edited_at=then)


def test_three_hundred_autosaves_make_one_version(paragraph, secretary):
    for number in range(300):
        save(paragraph, f"Text {number}", secretary)
    assert len(texts(paragraph)) == 1

    versions.keep_version(paragraph, by=secretary)

    assert texts(paragraph) == ["<p>Text 299</p>", "<p>Ett.</p>"]
    assert DBTaskResult.objects.count() == 1


def test_leaving_without_having_written_makes_no_version(paragraph, secretary):
    assert not versions.keep_version(paragraph, by=secretary)
    save(paragraph, "Två.", secretary)
    assert versions.keep_version(paragraph, by=secretary)
    assert not versions.keep_version(paragraph, by=secretary)

    assert len(texts(paragraph)) == 2


def test_a_version_says_who_wrote_it_and_when_also_when_somebody_else_leaves(paragraph, secretary, colleague):
    save(paragraph, "Elins.", secretary)
    written_at = Paragraph.objects.get(pk=paragraph.pk).edited_at

    versions.keep_version(paragraph, by=colleague)

    newest = paragraph.history.first()
    assert (newest.history_user, newest.history_date) == (secretary, written_at)


def test_another_persons_text_is_kept_before_it_is_written_over(paragraph, secretary, colleague):
    save(paragraph, "Elins.", secretary)

    save(paragraph, "Bos.", colleague)
    save(paragraph, "Bos igen.", colleague)

    assert texts(paragraph) == ["<p>Elins.</p>", "<p>Ett.</p>"]


def test_two_who_write_in_turn_in_different_sections_do_not_fill_the_history(secretary, colleague):
    paragraph = factories.paragraph(sections=[factories.text_section("<p>A</p>"), factories.text_section("<p>B</p>")])
    keys = [each["key"] for each in paragraph.sections]
    for number in range(1, 21):
        save_section(paragraph, keys[0], number, html=f"<p>A{number}</p>", by=secretary)
        save_section(paragraph, keys[1], number, html=f"<p>B{number}</p>", by=colleague)

    assert paragraph.history.count() == 1


def test_the_first_save_after_a_quiet_while_keeps_what_was_there(paragraph, secretary):
    save(paragraph, "Före lunch.", secretary)
    pass_time(paragraph, minutes=11)

    save(paragraph, "Efter lunch.", secretary)

    assert texts(paragraph) == ["<p>Före lunch.</p>", "<p>Ett.</p>"]


@pytest.mark.parametrize(("minutes", "is_kept"), [(11, True), (3, False)])
def test_after_ten_quiet_minutes_the_portal_keeps_a_version_by_itself(paragraph, secretary, minutes, is_kept):
    save(paragraph, "Två.", secretary)
    pass_time(paragraph, minutes=minutes)

    versions.keep_when_quiet.call(paragraph.pk)

    assert (len(texts(paragraph)) == 2) is is_kept
    assert DBTaskResult.objects.count() == (1 if is_kept else 2)


def test_the_portal_has_nothing_to_keep_in_a_paragraph_that_is_gone(paragraph, secretary):
    save(paragraph, "Två.", secretary)
    paragraphs.remove_paragraph(paragraph, by=secretary)

    assert versions.keep_when_quiet.call(paragraph.pk) is False


def test_an_old_version_comes_back_as_a_new_one(paragraph, secretary):
    first = paragraph.history.get()
    save(paragraph, "Två.", secretary)
    paragraphs.rename(paragraph, "Ny rubrik", by=secretary)

    versions.restore_version(paragraph, first.history_id, by=secretary)

    paragraph.refresh_from_db()
    assert (paragraph.title, paragraph.sections[0]["html"]) == ("Budget 2023", "<p>Ett.</p>")
    assert texts(paragraph) == ["<p>Ett.</p>", "<p>Två.</p>", "<p>Ett.</p>"]
    assert paragraph.history.first().history_change_reason.startswith("Återställd från")


def test_whoever_has_the_text_open_does_not_overwrite_a_version_that_came_back(paragraph, secretary):
    first = paragraph.history.get()
    open_revision = save(paragraph, "Två.", secretary).revision

    versions.restore_version(paragraph, first.history_id, by=secretary)

    with pytest.raises(Refused, match="Någon annan har ändrat"):
        save_section(paragraph, paragraph.sections[0]["key"], open_revision, html="<p>Tre.</p>", by=secretary)


def test_a_version_of_another_paragraph_is_not_brought_here(paragraph, secretary):
    other = factories.paragraph().history.get()

    with pytest.raises(Refused, match="finns inte"):
        versions.restore_version(paragraph, other.history_id, by=secretary)


def test_a_reader_brings_nothing_back(paragraph):
    with pytest.raises(Refused, match="behörigheten"):
        versions.restore_version(paragraph, paragraph.history.get().history_id, by=factories.user("member"))


def test_the_list_says_how_much_each_version_changed(paragraph, secretary):
    save(paragraph, "Ett och två.", secretary)
    versions.keep_version(paragraph, by=secretary)

    lines, has_more = version_lines(paragraph)

    assert [(line.by, line.change) for line in lines] == [("Elin Strand", "3 ord till, 1 ord bort"), ("Portalen", "")]
    assert not has_more


def test_the_list_asks_as_few_questions_about_thirty_versions_as_about_two(
    paragraph, secretary, django_assert_max_num_queries
):
    for count in (2, 30):
        while paragraph.history.count() < count:
            save(paragraph, f"Text {paragraph.history.count()}", secretary)
            versions.keep_version(paragraph, by=secretary)

        with django_assert_max_num_queries(3):
            version_lines(paragraph)


# Pages


@pytest.fixture
def kept(paragraph, secretary):
    save(paragraph, "Ett och två.", secretary)
    versions.keep_version(paragraph, by=secretary)
    return paragraph.history.first()


def address(paragraph, end=""):
    return f"/sammantraden/{paragraph.meeting_id}/paragrafer/{paragraph.pk}/versioner/{end}"


def test_the_page_of_a_version_marks_what_changed(client_as, paragraph, kept):
    answer = client_as("member").get(address(paragraph, f"{kept.history_id}/"))

    assert "<del>Ett.</del>" in answer.content.decode()
    assert "<ins>Ett och två.</ins>" in answer.content.decode()
    assert "Återställ den här versionen" not in answer.content.decode()


def test_a_version_is_compared_with_any_other_and_with_the_text_of_now(client_as, paragraph, kept):
    client = client_as("secretary")
    first = paragraph.history.last()

    to_now = client.get(address(paragraph, f"{first.history_id}/?mot=0")).content.decode()
    to_first = client.get(address(paragraph, f"{kept.history_id}/?mot={first.history_id}")).content.decode()

    assert "<ins>Ett och två.</ins>" in to_now
    assert "<ins>Ett och två.</ins>" in to_first
    assert client.get(address(paragraph, f"{kept.history_id}/?mot=987654")).status_code == 404
    assert client.get(address(paragraph, f"{kept.history_id}/?mot=abc")).status_code == 200


def test_the_secretary_brings_a_version_back_from_its_page(client_as, paragraph, kept):
    factories.board()
    first = paragraph.history.last()

    answer = client_as("secretary").post(address(paragraph, f"{first.history_id}/aterstallning/"), follow=True)

    assert "Texten är nu som den var" in answer.content.decode()
    paragraph.refresh_from_db()
    assert paragraph.sections[0]["html"] == "<p>Ett.</p>"


def test_a_removed_section_comes_back_as_it_stood_and_not_as_what_was_chosen_away(paragraph, secretary, colleague):
    key = save(paragraph, "Gäller.", secretary).key
    settle_conflict(paragraph, key, "theirs", base_revision=2, html="<p>Valdes bort.</p>", by=colleague)

    version = remove_section(paragraph, key, by=secretary)
    versions.restore_section(paragraph, version, key, by=secretary)

    paragraph.refresh_from_db()
    assert paragraph.sections[0]["html"] == "<p>Gäller.</p>"
