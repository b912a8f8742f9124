"""Signing with a certificate on a PKCS#11 token, tried with SoftHSM2: a token in software with the same interface."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from enamnd.documents.signing.backend import signing_backend
from enamnd.refusal import Refused

from .conftest import request_for
from .test_signing import pdfsig, signatures

MODULES = [Path("/usr", *each, "softhsm/libsofthsm2.so") for each in (("lib",), ("local/lib",))]
TOKEN, PIN = "Provkort", "4711"

pytestmark = pytest.mark.django_db
pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 saknas: installera det för att pröva kort och HSM.")


def module() -> str:
    found = next((str(each) for each in MODULES if each.exists()), None)
    if found is None or not shutil.which("softhsm2-util"):
        pytest.skip("SoftHSM2 saknas: installera softhsm2 (apt-get install softhsm2) för att pröva kort och HSM.")
    return found


@pytest.fixture(scope="module")
def token(tmp_path_factory) -> str:
    """A token with two certificates and their keys, RSA and P-256, and one that is too old. Gives the driver's path."""
    driver = module()
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    file = folder / "softhsm2.conf"
    file.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(file)  # read once, when the driver is loaded
    told = ["--label", TOKEN, "--so-pin", "1234", "--pin", PIN]
    subprocess.run(["softhsm2-util", "--init-token", "--free", *told], check=True, capture_output=True)
    keys = {
        "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
        "p256": ec.generate_private_key(ec.SECP256R1()),
        "old": ec.generate_private_key(ec.SECP256R1()),
    }
    for number, (label, key) in enumerate(keys.items(), 1):
        _import_key(folder, f"{number:02}", label, key)
        _import_certificate(driver, f"{number:02}", label, _certificate(key, days=-1 if label == "old" else 30))
    return driver


def _import_key(folder: Path, identity: str, label: str, key):
    file = folder / f"{label}.p8"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    told = ["--token", TOKEN, "--pin", PIN, "--label", label, "--id", identity]
    subprocess.run(["softhsm2-util", "--import", file, *told], check=True, capture_output=True)


def _certificate(key, *, days: int) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Västanå kommun, kort")])
    until = datetime.now(UTC) + timedelta(days=days)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(until - timedelta(days=99)).not_valid_after(until)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    usage |= {"digital_signature": True, "content_commitment": True}
    builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _import_certificate(driver: str, identity: str, label: str, content: bytes):
    loaded = x509.load_der_x509_certificate(content)
    with pkcs11.lib(driver).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: label,
                pkcs11.Attribute.ID: bytes.fromhex(identity),
                pkcs11.Attribute.SUBJECT: loaded.subject.public_bytes(),
                pkcs11.Attribute.VALUE: content,
            }
        )


@pytest.fixture
def card(token, settings):
    settings.SIGNING_PKCS11_MODULE, settings.SIGNING_PKCS11_TOKEN = token, TOKEN
    settings.SIGNING_PKCS11_PIN, settings.SIGNING_PKCS11_LABEL = PIN, "rsa"
    return settings


@pytest.mark.parametrize("label", ["rsa", "p256"])
def test_a_key_that_never_leaves_its_token_signs_twice(card, base, tmp_path, label):
    card.SIGNING_PKCS11_LABEL = label

    once = signing_backend().sign(base, request_for(base))
    twice = signing_backend().sign(once, request_for(base, 2))

    assert twice.startswith(once)
    names = {each.signer_cert.subject.native["common_name"] for each in signatures(twice)}
    assert names == {"Västanå kommun, kort"}
    assert pdfsig(tmp_path, twice).count("Signature is Valid.") == 2


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("SIGNING_PKCS11_PIN", "0000", "svarar inte"),
        ("SIGNING_PKCS11_TOKEN", "Annat kort", "svarar inte"),
        ("SIGNING_PKCS11_LABEL", "saknas", "svarar inte"),
        ("SIGNING_PKCS11_MODULE", "/usr/lib/saknas.so", "svarar inte"),
        ("SIGNING_PKCS11_LABEL", "old", "gick ut"),
    ],
)
def test_a_token_that_cannot_be_used_is_refused_and_works_again(card, base, setting, value, sentence):
    right = getattr(card, setting)
    setattr(card, setting, value)
    with pytest.raises(Refused, match=sentence) as refused:
        signing_backend().sign(base, request_for(base))
    assert PIN not in str(refused.value)

    setattr(card, setting, right)
    assert signing_backend().sign(base, request_for(base)).startswith(base)
