"""Signatures that were made outside the portal: files that are taken, files that are not, and the clock they move."""

import io
from datetime import datetime, timedelta

import pikepdf
import pytest
from django.utils import timezone

from enamnd.documents.signing.found import FoundSignature
from enamnd.documents.signing.verification import Verdict, Verification
from enamnd.refusal import Refused
from meetings.actions import adjusting, signing_elsewhere
from meetings.actions.signing_elsewhere import SignedOn, record_signed_elsewhere
from meetings.paper import printing
from tests import factories

pytestmark = pytest.mark.django_db
SCAN = b"\x89PNG\r\n\x1a\n a scanned page"


def pdf_of(**options) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, **options)
    return out.getvalue()


@pytest.fixture
def frozen(monkeypatch):
    content = pdf_of()
    monkeypatch.setattr(printing, "protocol_pdf", lambda paper: content)
    meeting = factories.protocol_to_adjust()
    return adjusting.freeze(meeting, confirmed=None, by=factories.signers_of(meeting)[0])


@pytest.fixture
def secretary(frozen):
    return frozen.frozen_by


def everybody(frozen, at: datetime | None = None) -> list[SignedOn]:
    return [SignedOn(each, at or timezone.now()) for each in frozen.signatories.all()]


def with_signatures(monkeypatch, *, intact: bool = True, covers: bool = True):
    """The validator is tried in its own tests; here it answers."""
    found = FoundSignature("Kim", timezone.now(), False, intact, False, "signature")
    answer = Verification(Verdict.VALID, "0" * 64, (), (found,), covers)
    monkeypatch.setattr(signing_elsewhere, "verify", lambda content: answer)


def test_ink_on_paper_moves_the_same_clock(frozen, secretary):
    record_signed_elsewhere(frozen, SCAN, everybody(frozen), is_vouched_for=True, by=secretary)

    frozen.refresh_from_db()
    assert frozen.adjusted_on == timezone.localdate()
    assert {each.method for each in frozen.signatories.all()} == {"ink"}
    assert frozen.paper == frozen.frozen
    assert bytes(frozen.signatories.first().revision.file.content) == SCAN


def test_a_scan_is_taken_only_from_who_vouches_for_it(frozen, secretary):
    with pytest.raises(Refused, match="intygar"):
        record_signed_elsewhere(frozen, SCAN, everybody(frozen), by=secretary)

    assert not frozen.signatories.exclude(signed_at=None).exists()


def test_the_frozen_file_with_signatures_added_is_its_next_revision(frozen, secretary, monkeypatch):
    with_signatures(monkeypatch)
    signed = bytes(frozen.frozen.file.content) + b"\n% a signature\n"

    record_signed_elsewhere(frozen, signed, everybody(frozen), by=secretary)

    frozen.refresh_from_db()
    assert bytes(frozen.paper.file.content) == signed
    assert frozen.paper.previous == frozen.frozen
    assert {each.method for each in frozen.signatories.all()} == {"uploaded"}
    assert frozen.signatories.first().evidence["signatures"][0]["name"] == "Kim"


@pytest.mark.parametrize("covers", [True, False])
def test_a_signed_paper_with_something_added_is_no_signature_more(frozen, secretary, monkeypatch, settings, covers):
    """Neither when nothing but bytes are added, nor when the signature that is there is an earlier one."""
    settings.PAPER_SIGNING_BACKEND = "tests.meetings.stamping.Stamps"
    first, *rest = frozen.signatories.order_by("order")
    adjusting.sign(first, by=first.person.account, evidence={"method": "password"})
    frozen.refresh_from_db()
    with_signatures(monkeypatch, covers=covers)
    added = bytes(frozen.paper.file.content) + b"\n% more\n"

    with pytest.raises(Refused, match="med underskrifter tillagda"):
        record_signed_elsewhere(frozen, added, [SignedOn(each, timezone.now()) for each in rest], by=secretary)


def test_the_paper_as_the_portal_issued_it_shows_no_signature_though_vouched_for(frozen, secretary):
    with pytest.raises(Refused, match="så som portalen själv utfärdade papperet"):
        record_signed_elsewhere(
            frozen, bytes(frozen.frozen.file.content), everybody(frozen), is_vouched_for=True, by=secretary
        )


def test_some_may_sign_elsewhere_and_the_rest_in_the_portal(frozen, secretary, settings):
    settings.PAPER_SIGNING_BACKEND = "tests.meetings.stamping.Stamps"
    first, *rest = frozen.signatories.all()
    record_signed_elsewhere(frozen, SCAN, [SignedOn(first, timezone.now())], is_vouched_for=True, by=secretary)

    for each in rest:
        adjusting.sign(each, by=each.person.account, evidence={"method": "password"})

    frozen.refresh_from_db()
    assert frozen.adjusted_on == timezone.localdate()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tom"),
        (b"PK\x03\x04 a spreadsheet", "varken PDF eller bild"),
        (b"%PDF-1.7 and nothing more", "inte att läsa som PDF"),
    ],
)
def test_a_file_that_cannot_be_signatures_is_refused(frozen, secretary, content, sentence):
    with pytest.raises(Refused, match=sentence):
        record_signed_elsewhere(frozen, content, everybody(frozen), is_vouched_for=True, by=secretary)


def test_an_encrypted_file_is_refused(frozen, secretary):
    locked = pdf_of(encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))

    with pytest.raises(Refused, match="krypterad"):
        record_signed_elsewhere(frozen, locked, everybody(frozen), is_vouched_for=True, by=secretary)


def test_a_file_whose_signatures_are_broken_is_refused(frozen, secretary, monkeypatch):
    with_signatures(monkeypatch, intact=False)

    with pytest.raises(Refused, match="Underskriften av Kim stämmer inte"):
        record_signed_elsewhere(frozen, pdf_of(), everybody(frozen), is_vouched_for=True, by=secretary)


@pytest.mark.parametrize(("days", "sentence"), [(1, "har inte varit än"), (-1, "protokollet låstes")])
def test_nobody_signs_before_the_freeze_or_in_the_future(frozen, secretary, days, sentence):
    when = timezone.now() + timedelta(days=days)

    with pytest.raises(Refused, match=sentence):
        record_signed_elsewhere(frozen, SCAN, everybody(frozen, when), is_vouched_for=True, by=secretary)


def test_nothing_is_taken_once_the_protocol_is_unlocked_or_signed(frozen, secretary):
    record_signed_elsewhere(frozen, SCAN, everybody(frozen), is_vouched_for=True, by=secretary)

    with pytest.raises(Refused, match="har redan skrivit under"):
        record_signed_elsewhere(frozen, SCAN, everybody(frozen), is_vouched_for=True, by=secretary)


def test_a_too_large_file_is_refused_before_it_is_read(frozen, secretary, client, monkeypatch):
    monkeypatch.setattr("enamnd.documents.rules.MAX_FILE", 4)
    client.force_login(secretary)
    with io.BytesIO(SCAN) as scan:
        scan.name = "skannat.png"
        answer = client.post(f"/justering/{frozen.pk}/annat-satt/", {"upload": scan, "is_vouched_for": "on"})

    assert answer.status_code == 422
    assert "gränsen är" in answer.content.decode()


def test_the_page_records_the_days_that_are_written(frozen, secretary, client):
    client.force_login(secretary)
    first = frozen.signatories.first()
    with io.BytesIO(SCAN) as scan:
        scan.name = "skannat.png"
        days = {f"signed_{first.pk}": str(timezone.localdate())}
        answer = client.post(f"/justering/{frozen.pk}/annat-satt/", {"upload": scan, "is_vouched_for": "on"} | days)

    assert answer.status_code == 302
    first.refresh_from_db()
    assert timezone.localdate(first.signed_at) == timezone.localdate()
