"""Texts out of the register, put into a paragraph and from then on the paragraph's own."""

import json
import shutil
import subprocess
from datetime import date

import pytest
from django.urls import reverse

from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings import blocks
from meetings.actions.blocks import insert_block
from meetings.paper.compose import compose_protocol
from meetings.paper.printing import protocol_pdf
from meetings.text import sections
from meetings.text.markup import blocks_of, problems_in
from projects.actions.importing import load_activities
from projects.actions.phases import begin_with_usual_phases
from projects.actions.reports import report
from projects.blocks import adoption_table, benefit_table, plan_tables, status_list
from projects.models import Adoption, Participation, StatusReport
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 1)


def told(name: str, *lines: str, **facts):
    made = factories.activity(name, **facts)
    if lines:
        StatusReport.objects.create(activity=made, reported_on=DAY, text="\n".join(lines))
    return made


@pytest.fixture
def by():
    factories.board()
    return factories.user("secretary", "coordinator")


def test_the_list_has_the_bullets_of_those_that_are_told_of():
    told("Datacenter", "I drift sedan 2021.", "Migrering pågår", position=1, status_name="DCBD (datacenter)")
    empty = told("Kursportal", position=2)

    assert status_list({}) == (
        "<ul><li><p>DCBD (datacenter)</p><p>STATUS:</p><ul><li><p>I drift sedan 2021.</p></li>"
        "<li><p>Migrering pågår</p></li></ul></li></ul>"
    )
    assert "<li><p>Kursportal</p><p>STATUS:</p></li>" in status_list({"with_empty": True})
    assert status_list({"activities": [empty.pk]}) == ""


def test_a_separate_matter_is_a_reference_that_the_protocol_knows(by):
    there = factories.paragraph(number=28)
    StatusReport.objects.create(activity=factories.activity(), reported_on=DAY, separate_matter=there)

    assert f"Se separat ärende (§ 28, {there.meeting.held_on})" in status_list({})


def test_what_people_wrote_is_text_and_never_markup():
    told("A <b>fet</b> & sak", "<script>alert(1)</script>", in_plan=True, comment="<i>")

    for html in (status_list({}), plan_tables({})):
        assert problems_in(html) == ()
        assert "<script" not in html


def test_inserting_copies_the_text_and_remembers_what_it_was_made_from(by):
    activity = told("Datacenter", "I drift.")
    paragraph = factories.paragraph(sections=[factories.text_section("<p>Nedan följer status.</p>")])
    key = paragraph.sections[0]["key"]

    insert_block(paragraph, "status_list", {"activities": [], "with_empty": False}, section=key, by=by)
    paragraph.refresh_from_db()
    (section,) = sections.from_json(paragraph.sections)

    assert section.html.startswith("<p>Nedan följer status.</p><ul><li><p>Datacenter</p>")
    (made,) = blocks.made_of(section)
    assert (made.block, made.options) == ("status_list", {"activities": [], "with_empty": False})
    assert [each.is_stale for each in blocks.inserted_in([section])] == [False]

    report(activity, text="Avvecklas.", reported_on=date(2022, 7, 1), by=by)
    paragraph.refresh_from_db()
    assert "Avvecklas" not in str(paragraph.sections)
    assert [each.is_stale for each in blocks.inserted_in([section])] == [True]


def test_the_page_tells_quietly_that_the_source_has_changed(by, client_as):
    activity = told("Datacenter", "I drift.")
    paragraph = factories.paragraph()
    insert_block(paragraph, "status_list", {}, by=by)
    client = client_as("secretary")
    address = paragraph.get_absolute_url()

    assert "Underlaget har ändrats" not in client.get(address).content.decode()
    StatusReport.objects.filter(activity=activity).update(text="Ur drift.")
    assert "Underlaget har ändrats sedan det infogades" in client.get(address).content.decode()


def test_nothing_is_inserted_where_it_cannot_stand(by):
    paragraph = factories.paragraph(sections=[factories.decision("att notera")])

    with pytest.raises(Refused, match="är tom med de valen"):
        insert_block(paragraph, "status_list", {}, by=by)
    told("Datacenter", "I drift.")
    with pytest.raises(Refused, match="är punkter"):
        insert_block(paragraph, "status_list", {}, section=paragraph.sections[0]["key"], by=by)
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        insert_block(paragraph, "status_list", {}, by=factories.user("coordinator"))


def test_the_secretary_looks_first_and_inserts_then(by, client_as):
    told("Datacenter", "I drift.")
    paragraph = factories.paragraph()
    client = client_as("secretary")
    address = reverse("meetings:block", args=[paragraph.meeting_id, paragraph.pk]) + "?text=status_list"

    shown = client.post(address, {"show": 1, "section": ""}).content.decode()
    paragraph.refresh_from_db()
    assert "<p>STATUS:</p>" in shown
    assert "STATUS" not in str(paragraph.sections)

    assert client.post(address, {"insert": 1, "section": ""}).status_code == 302
    paragraph.refresh_from_db()
    assert paragraph.sections[-1]["heading"] == "Statuslista"


def test_five_activities_do_not_fit_beside_each_other(by, client_as):
    party = factories.municipality()
    made = [factories.activity() for _ in range(5)]
    for each in made:
        Participation.objects.create(activity=each, municipality=party, joined_on=DAY)
    paragraph = factories.paragraph()
    address = reverse("meetings:block", args=[paragraph.meeting_id, paragraph.pk]) + "?text=adoption"

    answer = client_as("secretary").post(address, {"insert": 1, "activities": [each.pk for each in made]})

    assert answer.status_code == 422
    assert "5 aktiviteter är valda och fyra ryms" in answer.content.decode()


def test_the_matrix_says_in_words_how_far_each_has_come():
    party, other = factories.municipality("Arby"), factories.municipality("Boby")
    activity = factories.activity("E-arkiv")
    Participation.objects.create(activity=activity, municipality=party, joined_on=DAY)
    Adoption.objects.create(activity=activity, municipality=party, state="in_use", since_on=DAY)
    cells = [each.text for each in blocks_of(adoption_table({}))]

    assert cells == ["Kommun", "E-arkiv", "Arby", "I drift juni 2022", "Boby", "–", "I drift", "1 av 1"]
    assert (party.name, other.name) == ("Arby", "Boby")


def test_the_printed_protocol_has_the_list(by):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) saknas: texten i filen kan inte läsas.")
    told("Datacenter", "I drift sedan 2021.")
    paragraph = factories.paragraph(number=14)
    insert_block(paragraph, "status_list", {}, by=by)

    content = protocol_pdf(compose_protocol(paragraph.meeting, current_board()))
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout

    lines = [" ".join(line.split()) for line in text.decode().splitlines()]
    at = lines.index("STATUS:")
    assert lines[at - 1].endswith("Datacenter")
    assert "I drift sedan 2021." in lines[at + 1]


@pytest.mark.golden
def test_the_boards_own_list_comes_out_as_it_was_printed(shared_folder):
    items = json.loads((shared_folder / "golden/projects.json").read_text())["status_2022_§14"]["items"]
    meeting = json.loads((shared_folder / "golden/meeting_2022-06-22.json").read_text())
    printed = next(each for each in meeting["paragraphs"] if each["number"] == 14)["sections"][1]["html"]
    for position, item in enumerate(items):
        told(item["activity"], *item["status"], position=position)

    assert printed.endswith(status_list({}))


@pytest.mark.golden
@pytest.mark.parametrize(("plan", "count"), [("verksamhetsplan_2021", 11), ("verksamhetsplan_2024", 15)])
def test_the_boards_own_tables_come_out_as_they_were_printed(by, shared_folder, plan, count):
    begin_with_usual_phases(by=by)
    paper = json.loads((shared_folder / "golden/projects.json").read_text())[plan]
    rows = [each for group in paper["groups"].values() for each in group]
    names = ("benämning", "status", "tidplan", "kommentar", "grupp")
    load_activities([{name: each[name] for name in names} for each in rows], by=by)

    printed = [each.text for each in blocks_of(plan_tables({})) if each.text]

    expected = []
    for sign, group in zip("¹²³", paper["groups"].values(), strict=True):
        expected += [group[0]["grupp"], "Benämning", "Status", f"Tidplan {sign}", "Kommentar"]
        expected += [" ".join(each[name].split()) for each in group for name in names[:4] if each[name]]
        expected += [each for each in paper["footnotes"] if each.startswith(sign)]
    assert printed == expected
    assert len(rows) == count


def test_the_table_of_benefits_says_what_for_what_it_may_lead_to_and_who_works(by, django_assert_max_num_queries):
    place = factories.municipality("Norrvik")
    mapped = factories.activity(
        "Kartor", in_plan=True, area="Infrastruktur", benefit="En karta <i stället för> fem.", potential="Bygglov"
    )
    factories.assignment(mapped, municipality=place)
    factories.assignment(mapped, municipality=place, valid_until=date(2022, 2, 1), role="specialist")
    factories.resource_request(mapped, what="En granskare", extent="20 timmar")
    factories.activity("Chatt", in_plan=True, position=9)
    factories.activity("Utanför planen")

    with django_assert_max_num_queries(3):
        html = benefit_table({})

    assert not problems_in(html)
    assert "Infrastruktur: En karta &lt;i stället för&gt; fem." in html
    assert f"projektledare, {place.full_name}; En granskare 20 timmar" in html
    assert "specialist" not in html
    assert html.count("<tr>") == 3
    assert "Utanför planen" not in html
    assert benefit_table({"activities": [0]}) == ""
