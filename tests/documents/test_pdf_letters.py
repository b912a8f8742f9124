"""A paper is set in the portal's own fonts alone, and no character of anybody's text breaks the archival profile."""

import io
import logging
import shutil
import subprocess
import unicodedata

import pikepdf
import pytest

from enamnd.documents import pdf, pdf_letters

PAGE = '<html lang="sv"><head><title>Tecken</title></head><body class="paper"><p>{0}</p><h2>{0}</h2></body></html>'
SIGNS = "☐ ☒ ✓ → € ½ ≥ ² ® – ” … № ẞ áčđŋšŧž Ωμέγα Жук Vähäkangas"


def printed(text: str) -> bytes:
    return pdf.render_pdf(PAGE.format(text))


def read_out(data: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) saknas: texten i filen kan inte läsas.")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return unicodedata.normalize("NFC", done.stdout.decode())


@pytest.fixture
def missing_glyphs(monkeypatch):
    """What the engine says of characters that it found in no font."""
    found = []
    logger = logging.getLogger("weasyprint")
    monkeypatch.setattr(logger, "warning", lambda message, *args: found.append(message % args))
    return found


def test_signs_and_letters_of_the_north_have_glyphs_of_their_own():
    assert pdf_letters.without_glyphs(SIGNS) == ""


@pytest.mark.parametrize(
    "text", [SIGNS, "王小明 👍🏽 עברית ไทย", "\ue000 \ufffe \U0010ffff \x01 \u0378", "a\u200db\ufeffc\u202ed"]
)
def test_every_character_has_a_glyph_in_a_font_that_the_portal_ships(text, missing_glyphs):
    data = printed(text)

    assert missing_glyphs == []
    with pikepdf.open(io.BytesIO(data)) as paper:
        names = {
            str(each.FontName) for each in paper.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        }
    assert all("Paper-" in name for name in names)


def test_a_character_that_no_font_has_is_drawn_as_a_box_but_read_out_as_itself():
    assert "王小明 den 1" in read_out(printed("王小明 den 1"))
    assert pdf_letters.without_glyphs("王小明 王") == "王小明"


def test_characters_of_several_scripts_are_not_mixed_up():
    assert "中 ぁ ไ 👍 ☐ → Ж" in read_out(printed("中 ぁ ไ 👍 ☐ → Ж"))


def test_letters_written_in_two_parts_are_printed_as_one():
    html, _ = pdf_letters.printable(unicodedata.normalize("NFD", "Åsa på Älvsbyn"))

    assert html == "Åsa på Älvsbyn"


def test_what_shows_nothing_is_left_out_and_what_means_nothing_becomes_a_mark():
    assert pdf_letters.printable("a\u200db\ufeffc\ufe0fd\u2028e\ue000")[0] == "abcd e\ufffd"


def test_an_ordinary_paper_needs_no_boxes():
    assert pdf_letters.printable("<p>Beslut § 8 – ”ja” ☒</p>") == ("<p>Beslut § 8 – ”ja” ☒</p>", "")
