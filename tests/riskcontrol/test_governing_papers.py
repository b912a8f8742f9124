"""A governing document as paper and as Word file; and the papers of other boards, from data alone."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from django.utils import timezone
from docx.oxml.ns import qn

from enamnd.management.commands.load_board import TABLES
from enamnd.organisation.boardfile.loading import load_board
from enamnd.organisation.models import Body
from meetings.text.markup import plain_text
from riskcontrol.actions import governing, governing_sections
from riskcontrol.governing import living, paper, word
from riskcontrol.governing.outline import outline_of
from riskcontrol.governing.since_last import changed_sections
from riskcontrol.governing.years import options_of
from riskcontrol.models import GoalPeriod, GoverningKind
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
BOARD = ROOT / "enamnd" / "organisation" / "boards" / "norrbotten.json"
REGION = ROOT / "tests" / "boards" / "region.json"
TEXT = (
    "<p>Enligt lagen [fotnot: Kommunallagen 9 kap. 19 §.] och <strong>avtalet</strong>.</p>"
    "<ul><li><p>en tjänst</p></li><li><p>ett avtal</p></li></ul>"
    '<p>Se <a href="https://www.exempel.se/">webbplatsen</a>.</p><h4>Underlag</h4>'
    "<p>Tabell: Indikatorer</p><table><tbody><tr><th><p>Indikator</p></th><th><p>Nivå</p></th></tr>"
    "<tr><td><p>Sammanträden</p></td><td><p>4</p></td></tr></tbody></table>"
)


@pytest.fixture
def by():
    return factories.user("coordinator")


@pytest.fixture
def plan(by):
    factories.board(name="Gemensamma nämnden")
    body = factories.body(kind="board")
    factories.office(body, "chair", person=factories.person("Ida Ek"), valid_from=date(2026, 1, 1))
    factories.standing_item(body, "Budget", months=(9, 10))
    kind = factories.governing_kind(
        approval_words="Planen godkänd av:", approvers=[{"role": "chair", "label": "Ordf:"}]
    )
    made = factories.governing_document(2026, kind=kind)
    factories.governing_section(made, "Basfakta", is_numbered=False)
    factories.governing_section(made, "Godkännande", 2, blocks=[governing.new_block("approval", {}, "")])
    factories.governing_section(made, "Mål", html=TEXT)
    factories.governing_section(made, "Delmål", 2)
    factories.governing_section(made, "Under delmål", 3)
    factories.governing_section(made, "Årshjul", blocks=[governing.new_block("wheel", {}, "Årets hjul")])
    factories.phase("Avtal", gate="BP5", owner="Samordnaren", ends_boards_role=True)
    factories.governing_section(made, "Faser", blocks=[governing.new_block("project_model", {}, "Nämndens faser")])
    return made


def text_of(content: bytes, tmp_path) -> str:
    (tmp_path / "plan.pdf").write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "plan.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"[ \t]+", " ", done.stdout.decode())


@pytest.mark.golden
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext finns inte")
def test_the_paper_has_contents_notes_captions_and_approval_and_all_can_read_it(plan, tmp_path, conformance_of):
    text = text_of(paper.as_pdf(paper.compose(plan, "2025-12-10 § 44")), tmp_path)

    contents = text[text.index("Innehåll") : text.index("Sida 2 av")]
    assert re.search(r"^ ?2 Mål 3$", contents, re.MULTILINE)
    assert re.search(r"^ ?2.1 Delmål [34]$", contents, re.MULTILINE)
    assert "Under delmål" not in contents, "innehållet har två nivåer"
    assert "1.1 Godkännande" in text
    assert "Planen godkänd av:" in text
    assert "Ida Ek" in text
    of_goals = text[text.index("Sida 2 av") : text.index("Sida 3 av")]
    assert "1. Kommunallagen 9 kap. 19 §." in of_goals, "noten står på samma sida som det den hör till"
    assert "Tabell 1. Indikatorer" in text
    assert "Figur 1. Årets hjul" in text
    assert "Figur 2. Nämndens faser" in text
    assert "Nämndens roll upphör" in text
    conformance_of("2a,ua1", tmp_path / "plan.pdf")


def test_a_word_file_has_headings_lists_tables_links_and_pictures_as_words_own(plan):
    file = docx.Document(io.BytesIO(word.as_docx(paper.compose(plan))))

    styles = [(each.style.name, each.text) for each in file.paragraphs]
    assert ("Heading 1", "2 Mål") in styles
    assert ("Heading 2", "2.1 Delmål") in styles
    assert ("Heading 3", "2.1.1 Under delmål") in styles
    assert ("List Bullet", "en tjänst") in styles
    assert ("Caption", "Tabell 1. Indikatorer") in styles
    assert ("Caption", "Figur 1. Årets hjul") in styles
    assert [cell.text for cell in file.tables[0].rows[1].cells] == ["Sammanträden", "4"]
    assert file.tables[0].rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert len(file.inline_shapes) == 2
    assert file.inline_shapes[1]._inline.docPr.get("descr").startswith("Projektmodellen")
    assert file.inline_shapes[0]._inline.docPr.get("descr").startswith("Årshjul för")
    body = file.element.xml
    assert 'TOC \\o "1-2"' in body
    assert "w:hyperlink" in body
    assert file.core_properties.language == "sv-SE"


def test_notes_and_reaching_cells_are_words_own():
    text = (
        '<p>Enligt lagen [fotnot: <a href="https://www.exempel.se/">Lagen</a> § 1.] gäller.</p><p>Tabell: Belopp</p>'
        '<table><tbody><tr><td rowspan="2"><p>A</p></td><td><p>1 [fotnot: Om ett.]</p></td></tr>'
        "<tr><td><p>2</p></td></tr></tbody></table>"
    )
    sections = (paper.PaperSection("s1", "1", "Mål", 1, True, text, ()),)
    made = paper.GoverningPaper("Nämnden", "Plan", "Plan 2027", 2027, (), "", 2, False, sections, "")
    content = word.as_docx(made)

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        notes = package.read("word/footnotes.xml").decode()
        assert "https://www.exempel.se/" in package.read("word/_rels/footnotes.xml.rels").decode()
        assert b"<w:footnotePr>" in package.read("word/settings.xml")
    file = docx.Document(io.BytesIO(content))
    body = file.element.xml
    assert re.findall(r'<w:footnoteReference w:id="(\d)"/>', body) == ["1", "2"]
    assert [each for each in ("§ 1.", "Om ett.") if each in notes and each not in body] == ["§ 1.", "Om ett."]
    assert "fotnot" not in body
    assert [file.sections[0].page_width.mm, file.sections[0].page_height.mm] == pytest.approx([210, 297], abs=0.1)
    table = file.tables[0]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert [table.cell(row, 1).text for row in (0, 1)] == ["1", "2"]


def test_a_wide_block_lies_down_in_word_and_long_texts_get_more_of_the_width():
    row = "".join(f"<td><p>{text}</p></td>" for text in ("1", "2", "3", "4", "5", "6", "En analys " * 20))
    wide = living.Drawn("k", "Plan", html=f"<table><tbody><tr>{row}</tr></tbody></table>", caption="Planen")
    sections = (
        paper.PaperSection("s1", "1", "Plan", 1, True, "", (wide, wide)),
        paper.PaperSection("s2", "2", "Mål", 1, True, "<p>Text.</p>", ()),
    )
    made = paper.GoverningPaper("Nämnden", "Plan", "Plan 2027", 2027, (), "", 2, False, sections, "")
    file = docx.Document(io.BytesIO(word.as_docx(made)))

    assert [each.page_width > each.page_height for each in file.sections] == [False, True, False]
    widths = [column.width for column in file.tables[0].columns]
    assert widths[-1] > 3 * widths[0]
    assert sum(widths) == pytest.approx(file.sections[1].page_width - 2 * word.MARGIN, abs=10_000)


@pytest.mark.golden
@pytest.mark.parametrize("year", [2024])
def test_the_plan_of_2024_is_compiled_with_its_headings_and_numbers(shared_folder, by, year):
    golden = json.loads((shared_folder / "golden" / "plan_structure.json").read_text())[f"verksamhetsplan_{year}"]
    load_board(BOARD, tables=TABLES)
    made = governing.begin_document(GoverningKind.objects.get(key="verksamhetsplan"), year, by=by)

    lines = outline_of(made.sections.all())
    expected = list(flat(golden["headings"]))
    assert lines[0].label == golden["unnumbered_top_heading"]
    assert [(line.number, line.section.heading) for line in lines[1:]] == expected
    titles = dict(expected)  # the paper's own contents misspell a heading: ours have one source (R004)
    contents = [(each.number, each.heading) for each in paper.compose(made).contents]
    assert contents == [(row["number"], titles[row["number"]]) for row in golden["toc"]]
    signers = [each["role"] for each in golden["approval_block"]["signers"]]
    assert [row["label"] for row in made.kind.approvers] == signers
    assert made.kind.approval_words == golden["approval_block"]["text"]
    assert any("wheel-picture" in block.picture for each in paper.compose(made).sections for block in each.blocks)


@pytest.mark.golden
def test_the_plan_of_2021_has_its_headings_editions_and_the_names_of_its_year(shared_folder, by):
    golden = json.loads((shared_folder / "golden" / "plan_structure.json").read_text())["verksamhetsplan_2021"]
    history, block = golden["edition_history"], golden["approval_block"]
    offices = dict(zip(("chair", "coordinator"), block["signers"], strict=True))
    factories.board(name=golden["title_page"][0])
    board = factories.body(kind="board")
    for role, signer in offices.items():
        person = factories.person(signer["name"])
        factories.office(board, role, person=person, valid_from=date(2019, 1, 1), valid_until=date(2021, 12, 31))
        factories.office(board, role, person=factories.person("Den Nya"), valid_from=date(2022, 1, 1))
    levels = {"1.1.1": {"blocks": ["approval"]}, "9": {"blocks": ["references"]}}
    structure = [
        {"heading": history["title"], "numbered": False, "in_contents": False, "blocks": ["editions"]},
        {"heading": golden["unnumbered_top_heading"], "numbered": False},
        *(
            {"heading": title.replace("2021", "{year}"), "level": number.count(".") + 1} | levels.get(number, {})
            for number, title in flat(golden["headings"])
        ),
    ]
    kind = factories.governing_kind(
        structure=structure,
        approval_words=block["text"],
        approvers=[{"role": role, "label": signer["role"]} for role, signer in offices.items()],
    )
    made = governing.begin_document(kind, 2021, by=by)
    made.editions.all().delete()
    for row in history["rows"]:
        facts = {"number": row["utgåva"], "dated_on": row["datum"], "comment": row["kommentar"]}
        governing.keep_edition(made, **facts, by=by)
    for _, name, edition in golden["references"]["rows"]:
        governing.keep_reference(made, name=name, edition=edition, by=by)
    drawn = paper.compose(made)

    assert [drawn.board_name, drawn.title] == golden["title_page"]
    assert [(each.number, each.heading) for each in drawn.sections[2:]] == list(flat(golden["headings"]))
    assert [(each.number or None, each.heading) for each in drawn.contents] == [
        (row["number"], row["title"]) for row in golden["toc"]
    ]
    assert drawn.facts[1][1].startswith("5, 16 december 2020")
    shown = {each.heading: each.blocks[0] for each in drawn.sections if each.blocks}
    assert cells(shown[history["title"]].html) == [
        history["columns"],
        *([str(row["utgåva"]), row["datum"], row["kommentar"]] for row in history["rows"]),
    ]
    approval = shown["Godkännande av verksamhetsplanen"]
    assert approval.words == block["text"]
    assert approval.signers == tuple((each["role"], each["name"]) for each in block["signers"])
    assert cells(shown["Referenser"].html)[1:] == golden["references"]["rows"]


def cells(html: str) -> list[list[str]]:
    """The text of each cell of a table, row by row."""
    rows = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in html.split("</tr>")[:-1])
    return [[plain_text(cell) for cell in row] for row in rows]


@pytest.mark.golden
def test_an_interim_report_is_laid_out_as_that_of_2022(shared_folder, by):
    golden = json.loads((shared_folder / "golden" / "reports.json").read_text())["delårsrapport_2022"]["structure"]
    load_board(BOARD, tables=TABLES)
    made = governing.begin_document(GoverningKind.objects.get(key="delarsrapport"), 2022, by=by)

    told = {"[månad]": "maj", "([år-månad])": "(2022-05)"}
    found = []
    for each in made.sections.all():
        heading = each.heading
        for left, filled_in in told.items():
            heading = heading.replace(left, filled_in)
        found.append((each.level, heading))
    assert found == list(leveled(golden))


def test_what_is_reported_is_the_latest_period_that_is_over():
    goals = factories.goal_plan(timezone.localdate().year + 1)
    days = [date(goals.year, 4, 30), date(goals.year, 8, 31)]
    first, second = [factories.goal_period(goals, name=str(day), first_on=day, last_on=day) for day in days]

    assert options_of("goals_follow_up", goals.year, {})["period"] == first.pk
    GoalPeriod.objects.filter(pk=first.pk).update(first_on=date(2020, 1, 1), last_on=date(2020, 4, 30))
    GoalPeriod.objects.filter(pk=second.pk).update(first_on=date(2020, 5, 1), last_on=date(2020, 8, 31))
    assert options_of("goals_follow_up", goals.year, {})["period"] == second.pk


def leveled(headings, level=1):
    for each in headings:
        yield level, each["heading"]
        yield from leveled(each.get("children", []), level + 1)


def flat(headings):
    for each in headings:
        yield each["number"], each["title"]
        yield from flat(each.get("children", []))


def test_another_boards_plan_works_from_its_data_alone(by):
    load_board(REGION, tables=TABLES)
    made = governing.begin_document(GoverningKind.objects.get(), 2022, by=by)

    labels = [line.label for line in outline_of(made.sections.all())]
    assert labels == [
        *("1 Uppdrag", "1.1 Nämndens uppgifter", "1.2 Planeringsförutsättningar"),
        *("2 Strategiska mål", "3 Aktiviteter", "4 Uppföljningsplan"),
    ]
    drawn = paper.compose(made)
    assert drawn.title == "Verksamhetsplan och budget 2022"
    assert drawn.in_capitals, "innehållsförteckningen har versaler"
    assert [each.heading for each in drawn.contents] == [
        *("Uppdrag", "Strategiska mål", "Aktiviteter", "Uppföljningsplan")
    ]
    assert "Arbetet med målen påbörjas under 2022." in drawn.sections[3].html
    assert outline_of(made.sections.all())[0].placeholders == ("xxxx-xx-xx § xx",)


def test_a_text_about_the_same_heading_is_not_said_twice(plan):
    factories.activity("E-arkiv", in_plan=True, kind="project")
    projects = factories.governing_section(plan, "Projekt")
    block = governing.new_block("plan_tables", {"tables": ["project"]}, "")
    projects.blocks = [block]
    projects.save()

    drawn = paper.compose(plan).sections[-1].blocks[0]
    assert "E-arkiv" in drawn.html
    assert "<h4>" not in drawn.html


def test_a_document_with_a_hundred_sections_asks_no_more_than_one_with_ten(
    plan, by, client_as, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as("coordinator")
    owner = factories.user("secretary")
    client.get(plan.get_absolute_url())
    with django_assert_max_num_queries(26) as few:
        client.get(plan.get_absolute_url())
    for number in range(60):
        factories.governing_section(plan, f"Rubrik {number}", html="<p>Text.</p>", owner=owner)
    with django_assert_num_queries(len(few)):
        page = client.get(plan.get_absolute_url())
    assert "Rubrik 59" in page.content.decode()


def test_what_the_living_blocks_say_otherwise_than_last_year_is_shown(plan, by, client_as):
    made = governing.begin_document(plan.kind, 2027, previous=plan, by=by)
    factories.standing_item(plan_body(), "Strategidag", months=(4, 4))
    then = plan.sections.get(heading="Årshjul")
    then.frozen = living.freeze(living.drawn_of(plan, then))
    then.save()
    factories.standing_item(plan_body(), "Bokslut", months=(2, 2))
    section = made.sections.get(heading="Årshjul")
    section.blocks = [*section.blocks, governing.new_block("editions", {}, "")]
    section.save()
    goals = made.sections.get(heading="Delmål")
    governing_sections.save_text(goals, 1, "<p>Nytt.</p>", by=by)

    changed = {each.section.heading: each for each in changed_sections(made)}
    assert list(changed) == ["Delmål", "Årshjul"]
    wheel, editions = changed["Årshjul"].blocks
    assert (wheel.status, editions.status) == ("changed", "added")
    assert any("Bokslut" in change.text for row in wheel.rows.rows for change in row if change.op == "added")
    assert not any("Strategidag" in change.text for row in wheel.rows.rows for change in row if change.op == "added")
    page = client_as("auditor").get(made.get_absolute_url() + "andringar/").content.decode()
    assert "Levande del: Årshjul, bild och tabell" in page
    assert "Bokslut" in page


def plan_body():
    return Body.objects.get(kind="board")


def test_the_years_meetings_have_subjects_and_who_presents_them(plan):
    factories.standing_item(plan_body(), "Internkontrollplan", months=(3, 4), presenter="Samordnaren")
    for day in (date(2026, 3, 18), date(2026, 6, 17), date(2026, 10, 7)):
        factories.planned_day(plan_body(), day)
    section = factories.governing_section(plan, "Mötesplan", blocks=[governing.new_block("meeting_plan", {}, "")])

    assert cells(living.drawn_of(plan, section)[0].html) == [
        ["Möte", "Ämnesområde", "Föredragande"],
        ["18 mars 2026", "Internkontrollplan", "Samordnaren"],
        ["17 juni 2026", "", ""],
        ["7 oktober 2026", "Budget", ""],
    ]


def test_a_list_of_many_documents_asks_no_more_than_one_of_one(
    plan, client_as, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as("auditor")
    client.get("/styrning/dokument/")
    with django_assert_max_num_queries(12) as few:
        client.get("/styrning/dokument/")
    for year in range(2010, 2022):
        factories.governing_document(year, kind=plan.kind, sections=3)
    with django_assert_num_queries(len(few)):
        page = client.get("/styrning/dokument/")
    assert "0 av 3 avsnitt klara" in page.content.decode()


def test_what_was_written_stays_in_the_form_when_it_cannot_be_saved(plan, client_as):
    section = plan.sections.get(heading="Mål")
    page = client_as("secretary").post(
        section.get_absolute_url(), {"base_revision": 1, "html": "<p>Viktiga ord</p><video>x</video>"}
    )

    assert page.status_code == 422
    assert "Viktiga ord" in page.content.decode()
    assert "Taggen &lt;video&gt; tas inte emot" in page.content.decode()


def test_the_second_writer_without_scripts_sees_both_texts(plan, by, client_as):
    section = plan.sections.get(heading="Delmål")
    governing_sections.save_text(section, 1, "<p>Deras text.</p>", by=by)
    client = client_as("secretary")
    page = client.post(section.get_absolute_url(), {"base_revision": 1, "lines": "Min text."})
    assert page.status_code == 409
    assert "Behåll min" in page.content.decode()

    choice = {"base_revision": 2, "html": "<p>Min text.</p>", "choice": "both"}
    client.post(section.get_absolute_url() + "val/", choice)
    section.refresh_from_db()
    assert section.html == "<p>Deras text.</p><p>Min text.</p>"
