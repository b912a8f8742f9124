"""The portal's own certificate authority: made the first time somebody signs, kept in DATA_DIR.

Each signature gets a key of its own. The authority writes the signer's name in a certificate for it, the key signs once
and is forgotten: there is no key of a person to steal. P-256 because an RSA-3072 key takes one to two seconds to make.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from enamnd.organisation.models import Board

YEARS = 30
LONGEST_NAME = 64  # of a common name (RFC 5280, ub-common-name)
_LEAVES = x509.BasicConstraints(ca=False, path_length=None)


@dataclass(frozen=True)
class Authority:
    """A certificate that issues certificates, and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def issue(self, name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """A certificate for `name` and its key, to be used once. Valid as long as the authority itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = [x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST_NAME])]
        subject += self.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        builder = _builder(
            x509.Name(subject), key, self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        )
        builder = builder.issuer_name(self.certificate.subject).add_extension(_LEAVES, critical=True)
        builder = builder.add_extension(_usage(sign=True), critical=True)
        builder = builder.add_extension(_issuer_key(self.key), critical=False)
        return builder.sign(self.key, hashes.SHA256()), key

    def revocation_list(self) -> bytes:
        """An empty list of revoked certificates (DER), for long-term validation: a key that is gone cannot leak."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(now - timedelta(minutes=5)).next_update(now + timedelta(days=30))
        builder = builder.add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        builder = builder.add_extension(_issuer_key(self.key), critical=False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def authority() -> Authority:
    """The portal's authority, made if there is none yet."""
    path = _path()
    if not path.exists():
        _make(path)
    data = path.read_bytes()
    return Authority(x509.load_pem_x509_certificate(data), serialization.load_pem_private_key(data, password=None))


def is_made() -> bool:
    """Whether there is an authority already."""
    return _path().exists()


def authority_certificate() -> bytes:
    """The authority's certificate as PEM, without its key: what others trust."""
    return authority().certificate.public_bytes(serialization.Encoding.PEM)


def _path() -> Path:
    return Path(settings.SIGNING_DIR) / "authority.pem"


def _make(path: Path) -> None:
    """Write certificate and key in one step, so that two processes that start together agree on one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP384R1())
    handle, unfinished = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_own_certificate(key).public_bytes(serialization.Encoding.PEM))
            file.write(
                key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            return
    finally:
        os.unlink(unfinished)


def _own_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    board = Board.objects.select_related("host").first()
    organisation = board.host.full_name if board else "Nämndens portal"
    name = f"Underskrifter {board.name if board else 'Nämndens portal'}"
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST_NAME]),
        ]
    )
    now = datetime.now(UTC)
    builder = _builder(
        subject, key, now - timedelta(days=1), now + timedelta(days=365 * YEARS)
    )  # clocks differ a little
    builder = builder.issuer_name(subject).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(sign=False), critical=True)
    return builder.sign(key, hashes.SHA384())


def _builder(subject: x509.Name, key, start: datetime, until: datetime) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(until)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _issuer_key(key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _usage(*, sign: bool) -> x509.KeyUsage:
    """For signatures that are to bind (non-repudiation), or for issuing certificates and lists of revoked ones."""
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not sign,
        crl_sign=not sign,
        encipher_only=False,
        decipher_only=False,
    )
