"""Signatures in PDF files: they hold for other programs too, and what cannot be signed is left as it was."""

import hashlib
import io
import itertools
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings as django_settings
from django.db import connection
from django.utils.timezone import localtime
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from enamnd import dates
from enamnd.documents.signing.authority import authority, authority_certificate
from enamnd.documents.signing.backend import signing_backend
from enamnd.refusal import Refused

from .conftest import AT, NAMES, paper_with_fields, request_for, sign_all
from .stamp_server import dripping, hanging, stamping

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_authority")]


def pdfsig(tmp_path, content: bytes) -> str:
    file = tmp_path / "papper.pdf"
    file.write_bytes(content)
    return subprocess.run(["pdfsig", str(file)], capture_output=True, text=True).stdout


def signatures(content: bytes):
    return PdfFileReader(io.BytesIO(content)).embedded_regular_signatures


def roots() -> list[Certificate]:
    return [Certificate.load(pem.unarmor(authority_certificate())[2])]


def flipped(content: bytes) -> bytes:
    """One bit of the first page's content changed."""
    changed = bytearray(content)
    changed[len(changed) // 4] ^= 1
    return bytes(changed)


# What holds ----------------------------------------------------------------------------------------------------------


def test_another_program_calls_every_signature_valid(signed, tmp_path):
    told = pdfsig(tmp_path, signed)

    assert told.count("Signature is Valid.") == len(NAMES)
    assert told.count("Type: ETSI.CAdES.detached") == len(NAMES)
    assert told.count("\n  - Total document signed") == 1
    for name in NAMES:
        assert f"Common Name: {name}" in told


def test_every_signature_validates_and_the_last_one_covers_the_entire_file(signed):
    context = ValidationContext(trust_roots=roots(), allow_fetching=False)
    found = [validate_pdf_signature(each, context) for each in signatures(signed)]

    assert [each.bottom_line for each in found] == [True] * len(NAMES)
    assert found[-1].coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_a_flipped_bit_breaks_every_signature_for_both(signed, tmp_path):
    context = ValidationContext(trust_roots=roots(), allow_fetching=False)
    changed = flipped(signed)

    assert "Signature is Valid." not in pdfsig(tmp_path, changed)
    assert not any(validate_pdf_signature(each, context, skip_diff=True).intact for each in signatures(changed))


def test_signing_adds_to_the_file_and_rewrites_nothing(revisions):
    for before, after in itertools.pairwise(revisions):
        assert after.startswith(before)


def test_the_field_shows_name_time_and_the_checksum_of_what_was_read(revisions, tmp_path):
    file = tmp_path / "papper.pdf"
    file.write_bytes(revisions[-1])
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True).stdout

    assert "Elektroniskt undertecknat av Sámmol Čáhppe" in text
    assert f"{dates.long_date(localtime(AT).date())} klockan {localtime(AT):%H.%M.%S}" in text
    assert text.count(hashlib.sha256(revisions[0]).hexdigest()) == len(NAMES)


def test_a_board_may_choose_what_the_field_shows(base, tmp_path):
    file = tmp_path / "papper.pdf"
    file.write_bytes(signing_backend().sign(base, request_for(base, lines=("Justeras", "Elin"))))
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True).stdout

    assert "Justeras" in text
    assert "Elektroniskt undertecknat" not in text


def test_the_signature_says_when_the_person_confirmed(signed):
    assert {each.self_reported_timestamp.astimezone(UTC) for each in signatures(signed)} == {AT}


def test_each_signature_has_a_key_of_its_own(signed):
    assert len({each.signer_cert.public_key.dump() for each in signatures(signed)}) == len(NAMES)


def test_only_the_first_signature_certifies_the_paper(signed):
    assert [each.docmdp_level is not None for each in signatures(signed)] == [True, False]


@pytest.mark.golden
def test_the_paper_is_archival_and_accessible_before_and_after(revisions, conformance_of, tmp_path):
    files = [tmp_path / f"{name}.pdf" for name in ("before", "after")]
    for file, content in zip(files, (revisions[0], revisions[-1]), strict=True):
        file.write_bytes(content)

    assert conformance_of("2a,ua1", *files).count("PASS") == 4


# Keys ----------------------------------------------------------------------------------------------------------------


def test_the_authority_is_made_once_and_its_key_is_for_the_portal_alone(data_folder):
    file = data_folder / "authority.pem"
    first = authority().certificate

    assert authority().certificate == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == ["authority.pem"]


def test_the_certificate_that_is_given_out_holds_no_key():
    assert b"PRIVATE" not in authority_certificate()


def test_a_broken_key_file_is_refused_in_a_sentence(base, settings, tmp_path):
    settings.SIGNING_DIR = tmp_path
    (tmp_path / "authority.pem").write_text("inget")

    with pytest.raises(Refused, match="nyckel för underskrifter går inte att läsa"):
        signing_backend().sign(base, request_for(base))


def organisation_file(folder: Path, password: str = "", *, days: int = 30) -> Path:
    """A PKCS#12 file with a certificate that has `days` left."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Västanå kommun")])
    until = datetime.now(UTC) + timedelta(days=days)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(until - timedelta(days=99)).not_valid_after(until)
    usage = {
        "digital_signature": True,
        "content_commitment": True,
        "key_encipherment": False,
        "data_encipherment": False,
    }
    usage |= {"key_agreement": False, "key_cert_sign": False, "crl_sign": False}
    builder = builder.add_extension(x509.KeyUsage(**usage, encipher_only=False, decipher_only=False), critical=True)
    protection = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    content = pkcs12.serialize_key_and_certificates(b"", key, builder.sign(key, hashes.SHA256()), None, protection)
    file = folder / "organisation.p12"
    file.write_bytes(content)
    return file


def test_the_organisations_certificate_signs_for_the_person(base, settings, tmp_path):
    settings.SIGNING_PKCS12 = str(organisation_file(tmp_path, "hemligt"))
    settings.SIGNING_PKCS12_PASSWORD = "hemligt"

    (signature,) = signatures(signing_backend().sign(base, request_for(base)))

    assert signature.signer_cert.subject.native["common_name"] == "Västanå kommun"
    assert signature.sig_object["/Name"] == NAMES[0]


@pytest.mark.parametrize(
    ("days", "password", "sentence"),
    [(-1, "", "gick ut"), (200, "", "börjar gälla först"), (30, "fel", "går inte att läsa")],
)
def test_a_certificate_that_cannot_be_used_is_refused(base, settings, tmp_path, days, password, sentence):
    settings.SIGNING_PKCS12 = str(organisation_file(tmp_path, password, days=days))

    with pytest.raises(Refused, match=sentence):
        signing_backend().sign(base, request_for(base))


def test_a_card_without_its_driver_is_refused(base, settings, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyhanko.sign.pkcs11", None)
    settings.SIGNING_PKCS11_MODULE = "/usr/lib/saknas.so"

    with pytest.raises(Refused, match=r"python-pkcs11"):
        signing_backend().sign(base, request_for(base))


# What cannot be signed -----------------------------------------------------------------------------------------------


def encrypted(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="ägare", user=""))
    return out.getvalue()


def test_a_field_is_signed_once(revisions):
    with pytest.raises(Refused, match="redan undertecknat"):
        signing_backend().sign(revisions[1], request_for(revisions[0], 1))


def test_a_field_that_is_not_there_is_refused(base):
    with pytest.raises(Refused, match="inget fält"):
        signing_backend().sign(base, request_for(base, 9))


@pytest.mark.parametrize("content", [b"", b"hej", b"%PDF-1.7 men inte mer"])
def test_what_is_no_pdf_is_refused(content, base):
    with pytest.raises(Refused, match="ingen PDF"):
        signing_backend().sign(content, request_for(base))


def test_an_encrypted_file_is_refused(base):
    with pytest.raises(Refused, match="krypterad"):
        signing_backend().sign(encrypted(base), request_for(base))


# Time stamps ---------------------------------------------------------------------------------------------------------


def test_with_a_time_stamp_service_the_paper_is_sealed_for_the_long_term(settings, tmp_path):
    with stamping() as settings.SIGNING_TIMESTAMP_URL:
        signed = sign_all(paper_with_fields(*NAMES))[-1]
        sealed = signing_backend().finish(signed)

    reader, unknown = PdfFileReader(io.BytesIO(sealed)), ValidationContext(trust_roots=[], allow_fetching=False)
    (seal,) = reader.embedded_timestamp_signatures
    assert sealed.startswith(signed)
    assert validate_pdf_timestamp(seal, unknown).coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert len(reader.root["/DSS"]["/CRLs"]) == 1
    for each in reader.embedded_regular_signatures:
        assert validate_pdf_signature(each, unknown).timestamp_validity.intact
    assert pdfsig(tmp_path, sealed).count("Signature is Valid.") == len(NAMES)


def test_without_a_time_stamp_service_the_paper_is_finished_as_it_is(signed):
    assert signing_backend().finish(signed) == signed


@pytest.mark.parametrize("silent", [hanging, dripping])
def test_a_time_stamp_service_that_hangs_is_given_up_in_time(silent, base, settings):
    settings.SIGNING_TIMEOUT = 1
    start = time.monotonic()
    with silent() as settings.SIGNING_TIMESTAMP_URL, pytest.raises(Refused, match="tidsstämplar"):
        signing_backend().sign(base, request_for(base))

    assert time.monotonic() - start < 10


def test_a_time_stamp_service_that_is_gone_is_refused(base, settings):
    with hanging() as settings.SIGNING_TIMESTAMP_URL:
        pass
    with pytest.raises(Refused, match="tidsstämplar"):
        signing_backend().sign(base, request_for(base))


# Being killed --------------------------------------------------------------------------------------------------------

SIGNS = """
import django
django.setup()
from django.db import transaction
from enamnd.documents.issuing import issue_paper
from enamnd.documents.signing.backend import signing_backend
from tests.documents.conftest import NAMES, paper_with_fields, request_for
facts = dict(kind="protocol", title="Protokoll", subject="meetings.meeting:1", by=None, expected_signatures=NAMES)
base = paper_with_fields(*NAMES)
paper = issue_paper(base, **facts)
print("utfärdat", flush=True)
with transaction.atomic():
    signed = signing_backend().sign(base, request_for(base))
    issue_paper(signed, previous=paper, **facts)
print("undertecknat", flush=True)
"""


def copy_database(to: Path):
    """An empty, migrated file like the one that the tests run on."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as source:
        source.execute("VACUUM INTO ?", [str(to)])


@pytest.mark.skipif(django_settings.DATABASES["default"]["ENGINE"][-7:] != "sqlite3", reason="körs på SQLite")
def test_being_killed_in_the_middle_of_a_signature_leaves_the_paper_before_it(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "enamnd.settings",
        "DATA_DIR": str(tmp_path),
        "LOG_LEVEL": "ERROR",
    }
    environment.pop("DATABASE_URL", None)
    run = {"cwd": django_settings.BASE_DIR, "env": environment, "text": True}
    copy_database(tmp_path / "enamnd.sqlite3")
    with hanging() as address:
        environment["SIGNING_TIMESTAMP_URL"] = address
        process = subprocess.Popen([sys.executable, "-c", SIGNS], stdout=subprocess.PIPE, **run)
        assert process.stdout.readline() == "utfärdat\n"
        time.sleep(1)
        process.send_signal(signal.SIGKILL)
        told, _ = process.communicate()

    with sqlite3.connect(tmp_path / "enamnd.sqlite3") as database:
        papers = database.execute("SELECT COUNT(*) FROM documents_paper").fetchone()
        files = database.execute("SELECT COUNT(*) FROM documents_storedfile").fetchone()
    assert (told, papers, files) == ("", (1,), (1,))
