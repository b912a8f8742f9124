import dataclasses
import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from django.core.cache.backends.locmem import LocMemCache

from meetings.paper import printing
from meetings.paper.protocol import DECISION, TEXT, PaperParagraph, PaperSection, Signature
from tests.bench import invented

LONG = "<p>Ett stycke som fyller sin del av sidan och lite till.</p>" * 45


@pytest.fixture(scope="module")
def paper():
    """§ 1 takes one page, § 2 two pages, § 3 one page; then the page of signatures."""
    three = invented.protocol(3, blocks=1)
    first, second, third = (dataclasses.replace(each, title=f"Ärende {each.key}") for each in three.paragraphs)
    second = dataclasses.replace(second, sections=(PaperSection("Beskrivning", TEXT, html=LONG),))
    return dataclasses.replace(
        three,
        paragraphs=(first, second, third),
        signatures_text="Följande parter har signerat detta dokument",
        signatures=(Signature("Elin Ek", "2031-05-20 14:34", "A43C" * 16, "SHA-256"),),
    )


@pytest.fixture(scope="module")
def final(paper):
    return printing.protocol_pdf(paper)


@pytest.fixture(scope="module")
def texts(final):
    return pages_of(final)


def pages_of(data: bytes) -> list[str]:
    """The text of each page, in the order it is read."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) saknas: texten i filen kan inte läsas.")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def squeezed(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)


def outline_of(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [item.title for item in outline.root]


def test_each_paragraph_begins_a_page(texts, paper):
    starts = [next(i for i, text in enumerate(texts) if f"\n{each.case_label}\n" in text) for each in paper.paragraphs]

    assert starts == [3, 4, 6]


def test_the_contents_say_the_pages_as_a_range_only_where_there_are_several(texts):
    assert [line for line in texts[1].splitlines() if line.startswith("§")] == [
        "§ 1 Ärende p1 4",
        "§ 2 Ärende p2 5 - 6",
        "§ 3 Ärende p3 7",
    ]


def test_every_page_says_which_it_is_of_how_many(texts):
    assert len(texts) == 8
    for number, text in enumerate(texts, start=1):
        assert f"Sida {number} av 8" in text


def test_every_page_carries_the_board_and_the_fields_of_the_foot(texts, paper):
    for text in texts:
        assert paper.board_name in text
        assert "Utdragsbestyrkande" in text
    assert "Justerandes signatur" not in texts[0]
    assert all("Justerandes signatur" in text for text in texts[1:])


def test_everything_on_the_paper_can_be_read_out_of_the_file(texts, paper):
    whole = squeezed(" ".join(texts))
    wanted = [row.label for row in (*paper.cover, *paper.proof)]
    wanted += [line for row in (*paper.cover, *paper.proof) for line in row.lines]
    wanted += [
        text for group in paper.attendance for each in group.people for text in (each.name, each.place, each.note)
    ]
    wanted += [text for each in paper.paragraphs for text in (each.label, each.title, each.case_label)]
    sections = [section for each in paper.paragraphs for section in each.sections]
    wanted += [text for section in sections for text in (section.heading, *section.items)]
    wanted += [text for signature in paper.signatures for text in dataclasses.astuple(signature)]

    assert [text for text in wanted if squeezed(text) not in whole] == []


def test_the_outline_leads_to_each_part_and_each_paragraph(final, paper):
    assert outline_of(final) == [
        paper.title,
        paper.contents_heading,
        paper.attendance_heading,
        *(f"{each.label} {each.title}" for each in paper.paragraphs),
        paper.signatures_heading,
    ]


def test_the_contents_link_to_the_paragraphs(final):
    with pikepdf.open(io.BytesIO(final)) as pdf:
        targets = [str(link.Dest) for link in pdf.pages[1].Annots]

    assert targets == ["p1", "p2", "p3"]


def test_only_a_draft_says_that_it_is_a_draft_and_does_so_on_every_page(paper, texts):
    draft = pages_of(printing.protocol_pdf(dataclasses.replace(paper, is_draft=True)))

    assert len(draft) == len(texts)
    assert all("UTKAST" in text for text in draft)
    assert not any("UTKAST" in text for text in texts)


def test_the_drafts_mark_is_not_read_out_with_the_text(paper):
    one = dataclasses.replace(paper, paragraphs=paper.paragraphs[:1], is_draft=True)
    draft = printing.protocol_pdf(one)
    if not shutil.which("pdfinfo"):
        pytest.skip("pdfinfo (poppler-utils) saknas.")
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=draft, capture_output=True, check=True)

    assert b"UTKAST" not in done.stdout
    assert "Närvarolista" in done.stdout.decode()


def test_a_meeting_with_nothing_in_it_can_be_printed(paper):
    empty = dataclasses.replace(
        paper, paragraphs=(), attendance=(), cover=(), proof=(), signatures=(), footer_fields=(), cover_footer_fields=()
    )

    assert len(pages_of(printing.protocol_pdf(empty))) == 2
    assert len(pages_of(printing.preview_pdf(empty, LocMemCache("empty", {})))) == 2


def test_many_paragraphs_make_contents_of_several_pages_with_the_right_numbers(paper):
    many = tuple(PaperParagraph(f"p{i}", f"§ {i}", "Ärende", "", ()) for i in range(1, 61))
    long = dataclasses.replace(paper, paragraphs=many, signatures=(), attendance=())
    for data in (printing.protocol_pdf(long), printing.preview_pdf(long, LocMemCache("many", {}))):
        texts = pages_of(data)
        front = len(texts) - 60
        assert front > 2
        assert f"§ 60 Ärende {front + 60}\n" in texts[front - 1]
        assert f"Sida {front} av {front + 60}" in texts[front - 1]
        assert "\n§ 1\nÄrende\n" in "\n" + texts[front]


def test_one_decision_is_a_text_and_several_are_numbered(paper):
    def page(*items):
        section = PaperSection("Beslut", DECISION, items)
        paragraph = dataclasses.replace(paper.paragraphs[0], sections=(section,))
        return printing.protocol_html(dataclasses.replace(paper, paragraphs=(paragraph,)))

    assert "<p>Nämnden godkänner.</p>" in page("Nämnden godkänner.")
    assert "<ol><li>Ett.</li><li>Två.</li></ol>" in page("Ett.", "Två.")


def test_the_preview_shows_the_same_pages_as_the_finished_paper(paper, texts):
    preview = pages_of(printing.preview_pdf(paper, LocMemCache("same", {})))

    assert [sorted(text.split()) for text in preview] == [sorted(text.split()) for text in texts]


def test_the_preview_has_links_and_outline(paper, final):
    data = printing.preview_pdf(paper, LocMemCache("links", {}))

    assert outline_of(data) == outline_of(final)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [pdf.pages.index(pikepdf.Page(link.Dest[0])) for link in pdf.pages[1].Annots]
    assert pages == [3, 4, 6]


def test_only_the_changed_paragraph_is_laid_out_again(paper, monkeypatch):
    cache = LocMemCache("again", {})
    printing.preview_pdf(paper, cache)
    laid_out = []
    whole = printing.pdf.lay_out
    monkeypatch.setattr(printing.pdf, "lay_out", lambda html, **rest: laid_out.append(html) or whole(html, **rest))
    third = dataclasses.replace(paper.paragraphs[2], sections=(PaperSection("Beslut", DECISION, ("Nytt beslut.",)),))
    changed = dataclasses.replace(
        paper, paragraphs=(*paper.paragraphs[:2], third), created_at="2031-05-21T09:00:00+02:00"
    )

    preview = printing.preview_pdf(changed, cache)

    assert len(laid_out) == 1
    assert "Nytt beslut." in laid_out[0]
    assert "Nytt beslut." in pages_of(preview)[6]


def test_a_paragraph_that_grows_by_a_page_moves_those_after_it(paper):
    cache = LocMemCache("grow", {})
    printing.preview_pdf(paper, cache)
    first = dataclasses.replace(paper.paragraphs[0], sections=(PaperSection("Beskrivning", TEXT, html=LONG),))
    texts = pages_of(printing.preview_pdf(dataclasses.replace(paper, paragraphs=(first, *paper.paragraphs[1:])), cache))

    assert len(texts) == 9
    assert "§ 2 Ärende p2 6 - 7" in texts[1]
    assert "Sida 9 av 9" in texts[8]


def test_the_page_on_screen_has_no_inline_style_or_script(paper):
    html = printing.protocol_html(paper)

    assert "<script" not in html
    assert "style=" not in html
    assert printing.protocol_sheets(paper) in html


def test_a_text_with_markup_in_it_is_printed_as_text(paper):
    paragraph = dataclasses.replace(paper.paragraphs[0], title="<b>A & B</b>", sections=())

    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in printing.protocol_html(dataclasses.replace(paper, paragraphs=(paragraph,)))
