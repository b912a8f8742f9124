"""The plan and its follow-up as papers: archival, accessible, whole."""

import re
import shutil
import subprocess

import pytest

from riskcontrol import paper
from riskcontrol.columns import KEYS, Column, widths
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    factories.board(name="Gemensamma nämnden")
    plan = factories.control_plan(2024, risks=3, intro="Risker har gåtts igenom.\nDe viktigaste följs upp.")
    moved = factories.risk(plan, "Projekt blir försenade", likelihood=5, consequence=4)
    moved.likelihood_after, moved.consequence_after = 2, 3
    moved.save()
    factories.control_item(moved, is_mandatory=True)
    return plan


def text_of(content: bytes, tmp_path) -> str:
    (tmp_path / "plan.pdf").write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "plan.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext finns inte")
def test_the_paper_has_the_table_the_matrix_and_what_the_numbers_mean(plan, tmp_path):
    text = text_of(paper.as_pdf(paper.compose_plan(plan)), tmp_path)

    assert "Internkontrollplan 2024" in text
    assert "Risker har gåtts igenom." in text
    assert "obligatoriskt" in text
    assert "Riskmatris" in text
    assert "4 risker" in text, "antalet står i rutan"
    assert "Måttlig, 5–9" in text
    assert "Förslag" in text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext finns inte")
def test_a_long_row_goes_on_on_the_next_page_under_the_same_headings(plan, tmp_path):
    plan.risks.filter(number=1).update(analysis="Kommunerna väntar på leveransen. " * 160)
    (tmp_path / "plan.pdf").write_bytes(paper.as_pdf(paper.compose_plan(plan)))
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "plan.pdf", "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")

    assert [("Riskvärde" in page, "väntar på" in page) for page in pages[:2]] == [(True, True), (True, True)]


def test_columns_fill_the_width_of_the_paper_whichever_they_are(plan):
    for keys in (KEYS, ("text",), ("text", "responsible", "value", "analysis")):
        wide = widths(Column(key, key) for key in keys)
        assert 990 <= sum(wide) <= 1000
        assert min(wide) > 40


@pytest.mark.golden
def test_the_paper_can_be_archived_and_read_by_all(plan, tmp_path, conformance_of):
    file = tmp_path / "plan.pdf"
    file.write_bytes(paper.as_pdf(paper.compose_plan(plan, adopted="2023-12-13 § 41")))

    conformance_of("2a,ua1", file)


def test_a_paper_that_differs_in_a_word_is_another(plan):
    drawn = paper.compose_plan(plan)
    risk = plan.risks.first()
    risk.analysis = "Ny analys."
    risk.save()

    assert paper.is_same(drawn, paper.compose_plan(type(plan).objects.get(pk=plan.pk))) is False
