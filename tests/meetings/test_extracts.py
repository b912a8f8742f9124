"""Extracts: from the frozen text, certified, kept as they went out."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.utils import timezone

from enamnd.documents.models import Paper
from enamnd.refusal import Refused
from meetings.actions import extracts as actions
from meetings.decisions.extract_paper import compose_extract, source_of
from meetings.models import Extract, Paragraph
from meetings.text import sections
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary", name="Sara Skriv")


@pytest.fixture
def paragraph(secretary):
    meeting = factories.meeting()
    link = '<p>Se <a href="#p1">§ 1</a> och <strong>budgeten</strong>.</p>'
    text = [factories.decision("att godkänna förslaget."), factories.text_section(link)]
    return factories.paragraph(meeting, "Förslag", number=8, sections=text, case=factories.case())


def rewrite(paragraph: Paragraph, *points: str):
    Paragraph.objects.filter(pk=paragraph.pk).update(sections=[factories.decision(*points)])
    paragraph.refresh_from_db()


def test_the_frozen_text_is_what_is_extracted(paragraph):
    adjustment = factories.adjustment(paragraph.meeting)
    factories.signatory(adjustment, name="Anna Ek", role="chair", signed_at=timezone.now())
    frozen = source_of(paragraph)
    rewrite(paragraph, "att avslå förslaget.")

    source = source_of(paragraph)

    assert source.is_adjusted
    assert source.sha256 == frozen.sha256
    paper = compose_extract(source, certified_by="Sara Skriv", certified_on=date(2022, 7, 5))
    assert "att godkänna förslaget." in paper.paragraph_html
    rows = {row.label: row.lines for row in paper.adjustment}
    assert rows["Justerat"] == ("4 juli 2022",)
    assert rows["Undertecknat av"][0].startswith("Anna Ek, ordförande")
    assert rows["Protokollets SHA-256"] == (adjustment.frozen.file_id,)


def test_a_protocol_adjusted_elsewhere_is_adjusted(paragraph):
    paragraph.meeting.external_signatures.create(name="Anna Ek", at="2022-06-28 14:34", digest="0", algorithm="SHA1")

    source = source_of(paragraph)

    paper = compose_extract(source, certified_by="Sara Skriv", certified_on=date(2022, 7, 5))
    assert source.is_adjusted
    assert ("Anna Ek 2022-06-28 14:34",) in [row.lines for row in paper.adjustment]


def test_links_within_the_protocol_are_plain_words_in_an_extract(paragraph):
    paper = compose_extract(source_of(paragraph), certified_by="Sara Skriv", certified_on=date(2022, 7, 5))

    assert "href" not in paper.paragraph_html
    assert "Se § 1 och" in paper.paragraph_html.replace("\u00a0", " ")


def test_the_digest_follows_the_text_and_nothing_else(paragraph):
    before = source_of(paragraph).sha256
    assert source_of(paragraph).sha256 == before

    rewrite(paragraph, "att godkänna förslaget!")
    assert source_of(paragraph).sha256 != before


def test_before_the_adjustment_it_is_given_out_knowingly_and_says_so(paragraph, secretary):
    with pytest.raises(Refused, match="inte justerad") as refusal:
        actions.issue_extract(paragraph, certified_by="Sara Skriv", by=secretary)
    assert refusal.value.field == "accepts_unadjusted"
    assert not Paper.objects.exists()

    made = actions.issue_extract(paragraph, certified_by="Sara Skriv", accepts_unadjusted=True, by=secretary)

    assert (made.is_adjusted, made.paper.is_public) == (False, False)
    with pikepdf.open(io.BytesIO(bytes(made.paper.file.content))) as pdf:
        assert "ojusterat" in str(pdf.docinfo["/Title"])


def test_an_issued_extract_is_an_adjusted_archival_paper(paragraph, secretary):
    factories.adjustment(paragraph.meeting)

    made = actions.issue_extract(paragraph, certified_by="Sara Skriv", by=secretary)

    assert made.is_adjusted
    assert made.paper.is_public
    assert made.source_sha256 == source_of(paragraph).sha256
    with pikepdf.open(io.BytesIO(bytes(made.paper.file.content))) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("2", "1")
        assert "Protokollsutdrag 2022-06-22 § 8" in str(pdf.docinfo["/Title"])


@pytest.mark.parametrize("secret", ["doors", "document"])
def test_an_extract_of_what_may_be_secret_is_not_open_to_all(paragraph, secretary, secret):
    if secret == "document":
        factories.document(paragraph.case, secrecy="OSL 19 kap. 1 §")
    else:
        Paragraph.objects.filter(pk=paragraph.pk).update(is_behind_closed_doors=True)
    factories.adjustment(paragraph.meeting)

    assert not actions.issue_extract(paragraph, certified_by="Sara Skriv", by=secretary).paper.is_public


def test_what_lacks_something_is_refused(paragraph, secretary):
    unnumbered = factories.paragraph(paragraph.meeting)
    tomorrow = timezone.localdate() + timedelta(days=1)

    for wrong, words in (
        ({"paragraph": unnumbered, "certified_by": "Sara"}, "inget nummer"),
        ({"paragraph": paragraph, "certified_by": " "}, "vem som bestyrker"),
        ({"paragraph": paragraph, "certified_by": "Sara", "certified_on": tomorrow}, "har inte varit än"),
    ):
        with pytest.raises(Refused, match=words):
            actions.issue_extract(**wrong, by=secretary)
    assert not Extract.objects.exists()


def test_readers_do_not_issue_extracts(paragraph):
    with pytest.raises(Refused, match="saknar behörigheten"):
        actions.issue_extract(paragraph, certified_by="Sara", by=factories.user("registrar"))


def test_sections_of_the_extract_are_those_of_the_paragraph(paragraph):
    source = source_of(paragraph)

    assert [each.kind for each in source.paragraph.sections] == [sections.DECISION, sections.TEXT]
