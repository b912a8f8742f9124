"""Two people change the facts of a meeting at the same time: each changes what they changed, and nothing else."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


class FormOf(HTMLParser):
    """What a browser would post from a form of the page, if nothing were changed."""

    def __init__(self, page: str, part: str = "facts"):
        super().__init__()
        self.posted, self.select = {}, None
        self.feed(page.split(f'aria-labelledby="{part}-title"')[1].split("</form>")[0])

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "input" and (facts.get("type") != "checkbox" or "checked" in facts):
            self.posted[facts["name"]] = facts.get("value") or ("on" if facts.get("type") == "checkbox" else "")
        elif tag == "select":
            self.select = facts["name"]
        elif tag == "option" and "selected" in facts and self.select:
            self.posted[self.select] = facts["value"]


def test_the_second_to_save_does_not_take_back_what_the_first_saved(client_as):
    factories.board()
    clerk = factories.person("Elin Ek")
    meeting = factories.meeting(secretary=clerk, secretary_name="Elin Ek", is_remote=True, adjustment_text="Digitalt")
    address = reverse("meetings:meeting_facts", args=[meeting.pk])
    first, second = client_as("secretary"), client_as("secretary")
    form, other_form = (FormOf(each.get(address).content.decode()).posted for each in (first, second))

    assert first.post(address, form | {"place": "Teams", "adjustment_text": ""}).status_code == 302
    assert second.post(address, other_form | {"ends_at": "14.40"}).status_code == 302

    meeting.refresh_from_db()
    assert (meeting.place, meeting.adjustment_text, f"{meeting.ends_at:%H:%M}") == ("Teams", "", "14:40")
    assert (meeting.secretary, meeting.is_remote) == (clerk, True)


@pytest.fixture
def two(client_as):
    """A meeting with two members, its page of facts, and two secretaries who have it open."""
    factories.board()
    meeting = factories.meeting()
    for position, name in enumerate(("Isak Ek", "Carina Alm"), 1):
        meeting.attendance.create(name=name, seat_kind="member", position=position)
    clients = [client_as("secretary", name=name) for name in ("Elin Ek", "Siv Sund")]
    return meeting, clients


def forms_of(meeting, clients, part):
    address = reverse("meetings:meeting_facts", args=[meeting.pk])
    return [FormOf(each.get(address).content.decode(), part).posted for each in clients]


@pytest.mark.parametrize("part", ["chairs", "adjusters"])
def test_the_second_to_choose_persons_is_told_and_keeps_what_they_chose(two, part):
    meeting, (first, second) = two
    address = reverse(f"meetings:{part}", args=[meeting.pk])
    form, other_form = forms_of(meeting, two[1], part)
    names = lambda: [each.name for each in getattr(meeting, part).all()]  # noqa: E731

    assert first.post(address, form | {f"{part}-0-who": "Isak Ek"}).status_code == 302
    told = second.post(address, other_form | {f"{part}-0-who": "Carina Alm"})

    page = told.content.decode()
    assert told.status_code == 409
    assert "Elin Ek sparade något annat" in page
    assert names() == ["Isak Ek"]
    kept = FormOf(page, part).posted
    assert kept[f"{part}-0-who"] == "Carina Alm"

    assert second.post(address, kept).status_code == 302
    assert names() == ["Carina Alm"]
    assert "Isak Ek" in second.get(reverse("meetings:meeting_trail", args=[meeting.pk])).content.decode()


def test_two_who_choose_the_same_are_not_troubled(two):
    meeting, (first, second) = two
    address = reverse("meetings:chairs", args=[meeting.pk])
    forms = forms_of(meeting, two[1], "chairs")

    for client, form in zip((first, second), forms, strict=True):
        assert client.post(address, form | {"chairs-0-who": "Isak Ek"}).status_code == 302


def test_a_slip_does_not_hide_that_somebody_else_was_first(two):
    meeting, (first, second) = two
    address = reverse("meetings:chairs", args=[meeting.pk])
    form, other_form = forms_of(meeting, two[1], "chairs")
    first.post(address, form | {"chairs-0-who": "Isak Ek"})

    slip = second.post(address, other_form | {"chairs-0-who": "Ingen Alls"})

    assert slip.status_code == 400
    again = FormOf(slip.content.decode(), "chairs").posted | {"chairs-0-who": "Carina Alm"}
    assert second.post(address, again).status_code == 409


@pytest.mark.parametrize(
    ("part", "name", "field", "mine", "theirs", "said"),
    [
        ("facts", "meeting_facts", "place", "Boden", "Teams", "”Teams”"),
        ("facts", "meeting_facts", "ends_at", "16.00", "15.30", "kl. 15.30"),
        ("proof", "proof", "storage", "Arkivet", "Kansliet", "”Kansliet”"),
        ("proof", "proof", "posted_on", "2022-07-09", "2022-07-08", "8 juli 2022"),
    ],
)
def test_the_second_to_change_a_fact_sees_both_and_decides(two, part, name, field, mine, theirs, said):
    meeting, (first, second) = two
    address = reverse(f"meetings:{name}", args=[meeting.pk])
    form, other_form = forms_of(meeting, two[1], part)

    assert first.post(address, form | {field: theirs}).status_code == 302
    told = second.post(address, other_form | {field: mine})

    page = told.content.decode()
    assert told.status_code == 400
    assert "Elin Ek sparade något annat" in page
    assert said in page
    kept = FormOf(page, part).posted
    assert kept[field] == mine
    assert second.post(address, kept).status_code == 302


def test_the_second_does_not_take_back_another_fact_of_the_proof(two):
    meeting, (first, second) = two
    address = reverse("meetings:proof", args=[meeting.pk])
    form, other_form = forms_of(meeting, two[1], "proof")

    assert first.post(address, form | {"storage": "Kansliet"}).status_code == 302
    assert second.post(address, other_form | {"signed_by": "Siv Sund"}).status_code == 302

    meeting.proof.refresh_from_db()
    assert (meeting.proof.storage, meeting.proof.signed_by) == ("Kansliet", "Siv Sund")


def test_the_second_to_choose_a_case_sees_what_the_first_chose(two):
    meeting, (first, second) = two
    paragraph = factories.paragraph(meeting)
    mine, theirs = factories.case(), factories.case()
    address = reverse("meetings:paragraph_case", args=[meeting.pk, paragraph.pk])

    assert first.post(address, {"case": theirs.number, "initial-case": ""}).status_code == 302
    told = second.post(address, {"case": mine.number, "initial-case": ""})

    paragraph.refresh_from_db()
    page = told.content.decode()
    assert (told.status_code, paragraph.case) == (422, theirs)
    assert "Elin Ek sparade något annat" in page
    assert f'name="initial-case" value="{theirs.number}"' in page
    assert second.post(address, {"case": mine.number, "initial-case": theirs.number}).status_code == 302


def test_without_scripts_the_second_to_change_a_title_sees_both(two):
    meeting, (first, second) = two
    paragraph = factories.paragraph(meeting, "Budget")
    address = reverse("meetings:paragraph_title", args=[meeting.pk, paragraph.pk])

    page = first.get(paragraph.get_absolute_url()).content.decode()
    assert '<input type="hidden" name="expected" value="Budget">' in page
    assert first.post(address, {"title": "Budget 2023", "expected": "Budget"}).status_code == 302
    told = second.post(address, {"title": "Budget och plan", "expected": "Budget"})

    assert told.status_code == 409
    assert 'name="title" value="Budget och plan"' in told.content.decode()
    assert 'name="expected" value="Budget 2023"' in told.content.decode()
    chosen = {"title": "Budget och plan", "expected": "Budget 2023", "choice": "mine"}
    assert second.post(address, chosen).status_code == 302
    paragraph.refresh_from_db()
    assert paragraph.title == "Budget och plan"


def test_the_second_to_change_a_heading_is_told_what_it_is_now(two):
    meeting, (first, second) = two
    paragraph = factories.paragraph(meeting)
    section = paragraph.sections[0]
    address = reverse("meetings:section_heading", args=[meeting.pk, paragraph.pk, section["key"]])

    first.post(address, {"heading": "Bakgrund", "expected": section["heading"]})
    told = second.post(address, {"heading": "Inledning", "expected": section["heading"]}, follow=True)

    paragraph.refresh_from_db()
    assert paragraph.sections[0]["heading"] == "Bakgrund"
    assert "bytt rubriken till ”Bakgrund” medan du skrev ”Inledning”" in told.content.decode()
