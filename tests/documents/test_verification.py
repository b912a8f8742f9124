"""What a PDF is said to be: every way of meddling with a signed paper is found."""

import io

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from enamnd.documents.issuing import issue_paper, withdraw_paper
from enamnd.documents.models import Paper
from enamnd.documents.signing import inspection, lineage
from enamnd.documents.signing.verification import Verdict, verify
from enamnd.refusal import Refused

from .conftest import NAMES, paper_with_fields, sign_all
from .test_signing import encrypted, flipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_authority")]


def issue(content: bytes, **fields) -> Paper:
    facts = {"kind": "protocol", "title": "Protokoll 22 juni", "subject": "meetings.meeting:1", "by": None}
    return issue_paper(content, **facts | {"expected_signatures": NAMES} | fields)


def issue_all(revisions) -> list[Paper]:
    papers: list[Paper] = []
    for content in revisions:
        papers.append(issue(content, previous=papers[-1] if papers else None))
    return papers


# The board's own papers ----------------------------------------------------------------------------------------------


def test_an_issued_paper_with_all_its_signatures_is_genuine(revisions, monkeypatch):
    papers = issue_all(revisions)
    monkeypatch.setattr(inspection.subprocess, "Popen", None)  # nothing is computed for a file that is known
    found = verify(revisions[-1])

    assert (found.verdict, found.paper, found.is_good) == (Verdict.OWN, papers[-1], True)
    assert [each.name for each in found.signers] == list(NAMES)
    assert all(each.intact and each.at for each in found.signers)
    assert "2 underskrifter" in found.sentences[1]


def test_a_file_rolled_back_to_an_earlier_signature_is_an_earlier_version(revisions):
    papers = issue_all(revisions)
    found = verify(revisions[1])

    assert (found.verdict, found.is_good, found.superseded_by) == (Verdict.EARLIER, False, papers[-1])
    assert f"Det saknas: {NAMES[1]}." in found.sentences[1]


def test_a_paper_that_waits_for_signatures_says_whose(revisions):
    issue_all(revisions[:2])
    found = verify(revisions[1])

    assert (found.verdict, found.is_good) == (Verdict.UNFINISHED, False)
    assert f"1 av 2 underskrifter. Det saknas: {NAMES[1]}." in found.sentences[1]


def test_a_paper_that_has_been_replaced_says_by_what(revisions):
    first = issue(b"%PDF kallelse", kind="call", expected_signatures=())
    second = issue(b"%PDF kallelse 2", kind="call", title="Ny kallelse", replaces=first, expected_signatures=())
    found = verify(b"%PDF kallelse")

    assert (found.verdict, found.superseded_by) == (Verdict.REPLACED, second)
    assert "”Ny kallelse”" in found.sentences[-1]


def test_a_paper_that_has_been_withdrawn_says_so_in_every_revision(revisions):
    last = issue_all(revisions)[-1]
    withdraw_paper(last, "Fel bilaga", by=None)

    assert verify(revisions[-1]).verdict == verify(revisions[0]).verdict == Verdict.REPLACED
    assert "återkallades" in " ".join(verify(revisions[1]).sentences)
    assert "Fel bilaga" not in " ".join(verify(revisions[1]).sentences)


def test_a_paper_is_withdrawn_once_and_with_a_reason(base):
    paper = issue(base)

    with pytest.raises(Refused, match="varför"):
        withdraw_paper(paper, " ", by=None)
    withdraw_paper(paper, "Fel bilaga", by=None)
    with pytest.raises(Refused, match="redan återkallat"):
        withdraw_paper(paper, "Fel bilaga", by=None)


def test_a_paper_without_signatures_is_genuine_too():
    issue(b"%PDF kallelse", expected_signatures=())

    assert verify(b"%PDF kallelse").verdict == Verdict.OWN


@pytest.mark.parametrize(
    ("expected", "found", "lacking"),
    [
        (["Elin Strand", "Lo Ek"], ["Lo Ek", "Elin Strand"], []),
        (["Elin Strand", "Lo Ek"], ["STRAND, ELIN"], ["Lo Ek"]),
        (["Lo Ek", "Lo Ek"], ["Lo Ek"], ["Lo Ek"]),
        (["Elin Strand"], ["Elin Strandh"], ["Elin Strand"]),
        ([], ["Lo Ek"], []),
    ],
)
def test_who_has_not_signed_is_told_however_a_name_is_written(expected, found, lacking):
    assert lineage.missing(expected, found) == lacking


# Meddling ------------------------------------------------------------------------------------------------------------


def with_comment(content: bytes) -> bytes:
    return content + b"\n% tillagt\n"


def with_new_page_content(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    text = generic.StreamObject(stream_data=b"BT ET")
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(text)])
    writer.update_container(page)
    return written(writer)


def with_replaced_appearance(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 10, 10)))
    facts = {"/Type": "/XObject", "/Subtype": "/Form"}
    seen = generic.StreamObject({generic.pdf_name(k): generic.pdf_name(v) for k, v in facts.items()}, stream_data=b" ")
    seen["/BBox"] = box
    field["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(seen)})
    writer.update_container(field)
    return written(writer)


def with_new_title(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    metadata = writer.root["/Metadata"]
    metadata._data = metadata.data.replace(b"Protokoll", b"Promemoria")
    metadata._encoded_data = None
    writer.update_container(metadata)
    return written(writer)


def saved_anew(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(out)
    return out.getvalue()


def written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


MEDDLING = [flipped, with_comment, with_new_page_content, with_replaced_appearance, with_new_title, saved_anew]


@pytest.mark.parametrize("meddle", MEDDLING)
def test_every_meddling_with_a_signed_paper_is_found(meddle, revisions):
    issue_all(revisions)
    changed = meddle(revisions[-1])
    found = verify(changed)

    assert changed != revisions[-1]
    assert (found.verdict, found.is_good, found.paper) == (Verdict.CHANGED, False, None)
    assert "Lita inte på den" in found.sentences[-1]


@pytest.mark.parametrize("at", [0.02, 0.6, 0.999])
def test_a_changed_byte_is_found_wherever_it_is(at, revisions):
    issue_all(revisions)
    changed = bytearray(revisions[-1])
    changed[int(len(changed) * at)] ^= 0x20

    assert not verify(bytes(changed)).is_good


def test_a_file_signed_by_the_portal_but_never_issued_is_not_trusted(signed):
    found = verify(signed)

    assert (found.verdict, found.is_good) == (Verdict.CHANGED, False)
    assert "inte ett papper i det skick" in found.sentences[0]


# Strangers' files ----------------------------------------------------------------------------------------------------


@pytest.fixture
def strangers(settings, tmp_path, data_folder) -> bytes:
    """A paper that another board has signed."""
    settings.SIGNING_DIR = tmp_path
    signed = sign_all(paper_with_fields("Lo Ek"), ["Lo Ek"])[-1]
    settings.SIGNING_DIR = data_folder
    return signed


def test_a_strangers_signatures_are_told_of_and_not_vouched_for(strangers):
    found = verify(strangers)

    assert (found.verdict, found.is_own_paper) == (Verdict.VALID, False)
    assert [(each.name, each.intact, each.trusted) for each in found.signers] == [("Lo Ek", True, False)]
    assert "går inte i god för" in found.sentences[-1]


def test_what_follows_a_strangers_last_signature_is_found(strangers):
    found = verify(with_new_title(strangers))

    assert (found.verdict, found.covers_whole_file) == (Verdict.CHANGED, False)


def test_a_file_without_signatures_says_nothing():
    assert verify(paper_with_fields("Lo Ek")).verdict == Verdict.UNSIGNED


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "ingen PDF"), (b"PK\x03\x04", "ingen PDF"), (b"%PDF-1.7 och inget mer", "skadad")],
)
def test_what_is_no_pdf_gets_its_sentence(content, sentence):
    found = verify(content)

    assert found.verdict == Verdict.UNREADABLE
    assert sentence in found.sentences[0]


def test_an_encrypted_file_gets_its_sentence(base):
    assert "krypterad" in verify(encrypted(base)).sentences[0]


def test_a_file_that_takes_too_long_is_given_up(signed, monkeypatch):
    monkeypatch.setattr(inspection, "SECONDS", 0.05)

    assert "för lång tid" in verify(signed).sentences[0]


def test_what_was_found_is_kept_for_the_next_who_asks(strangers, monkeypatch):
    first = verify(strangers)
    monkeypatch.setattr(inspection.subprocess, "Popen", None)

    assert verify(strangers) == first
