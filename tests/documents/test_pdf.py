import io

import pikepdf
import pytest
from weasyprint import Attachment

from enamnd.documents import pdf

PAGE = '<html lang="sv"><head><title>Ett papper</title></head><body class="paper">{}</body></html>'


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def paper():
    return opened(
        pdf.render_pdf(PAGE.format('<h1>Rubrik</h1><p>Åäö – ”§” <a href="https://example.org/">sidan</a></p>'))
    )


def test_a_paper_claims_archival_and_accessible_profiles_in_one_metadata_block(paper):
    metadata = paper.Root.Metadata.read_bytes()

    assert metadata.count(b"<rdf:RDF") == 1
    assert b'pdfaid:part="2"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert b'pdfuaid:part="1"' in metadata


def test_a_paper_is_tagged_and_has_language_title_and_colour_profile(paper):
    assert paper.Root.MarkInfo.Marked is True
    assert str(paper.Root.Lang) == "sv"
    assert str(paper.docinfo.Title) == "Ett papper"
    assert paper.Root.ViewerPreferences.DisplayDocTitle is True
    assert paper.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_all_fonts_are_embedded_and_are_the_portals_own(paper):
    fonts = [each for each in paper.objects if is_dictionary(each, "/FontDescriptor")]

    assert fonts
    for font in fonts:
        assert "/FontFile2" in font or "/FontFile3" in font
        assert "Paper-S" in str(font.FontName)


def test_a_link_is_read_out_by_its_text(paper):
    (link,) = [each for page in paper.pages for each in page.Annots]

    assert str(link.Contents) == "sidan"
    assert str(link.A.URI) == "https://example.org/"


def test_what_is_bold_within_a_link_is_no_link_of_its_own():
    html = '<p><a href="https://example.org/">till <strong>sidan <em>själv</em></strong></a></p>'
    paper = opened(pdf.render_pdf(PAGE.format(html)))

    (link,) = [each for page in paper.pages for each in page.Annots]
    tagged = [each.Obj for each in paper.objects if is_dictionary(each, "/OBJR")]
    assert [each.objgen for each in tagged] == [link.objgen]


def test_a_point_of_a_list_holds_its_mark_and_its_body_alone():
    paper = opened(pdf.render_pdf(PAGE.format("<ul><li><p>ett</p><ul><li>två</li></ul></li><li></li></ul>")))
    points = [each for each in paper.objects if is_dictionary(each, "/StructElem") and each.S == "/LI"]

    assert len(points) == 3
    for point in points:
        assert {str(kid.S) for kid in point.K} <= {"/Lbl", "/LBody"}


def test_every_header_cell_says_what_it_heads():
    table = "<table><tr><th>Kommun</th><th>Kronor</th></tr><tr><th scope=row>Almvik</th><td>1</td></tr></table>"
    paper = opened(pdf.render_pdf(PAGE.format(table)))
    headers = [each for each in paper.objects if is_dictionary(each, "/StructElem") and each.S == "/TH"]

    assert sorted(str(each.A.Scope) for each in headers) == ["/Column", "/Column", "/Row"]


def test_an_attached_file_makes_it_pdf_a_3_and_is_listed_once():
    invoice = Attachment(string=b"<Invoice/>", name="faktura.xml", description="Fakturan", relationship="Alternative")
    paper = opened(pdf.render_pdf(PAGE.format("<p>Faktura</p>"), attachments=[invoice]))

    assert b'pdfaid:part="3"' in paper.Root.Metadata.read_bytes()
    assert len(paper.Root.AF) == 1
    assert paper.attachments["faktura.xml"].get_file().read_bytes() == b"<Invoice/>"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/bild.png",
        "https://example.org/bild.png",
        "file:///etc/passwd",
        pdf.STATIC.as_uri() + "/../manage.py",
        pdf.STATIC.as_uri() + "/%2e%2e/%2e%2e/%2e%2e/etc/hostname.png",
        pdf.STATIC.as_uri() + "/js/page.js",
        "data:image/png;base64,iVBORw0KGgo=",
        "ftp://example.org/bild.png",
    ],
)
def test_nothing_but_the_portals_own_fonts_and_pictures_is_fetched(address):
    with pytest.raises(pdf.RefusedAddress, match="bara portalens egna"):
        pdf.OwnFilesOnly().fetch(address)


def test_a_paper_that_asks_for_other_files_is_printed_without_them():
    data = pdf.render_pdf(PAGE.format('<p>Text<img src="file:///etc/passwd" alt="bild"></p>'))

    assert len(opened(data).pages) == 1


def test_a_picture_of_the_portal_is_printed():
    paper = opened(pdf.render_pdf(PAGE.format('<p><img src="../print/draft.svg" alt="Utkast"></p>')))

    figures = [each for each in paper.objects if is_dictionary(each, "/StructElem") and each.S == "/Figure"]
    assert [str(each.Alt) for each in figures] == ["Utkast"]


def is_dictionary(each, kind: str) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == kind
