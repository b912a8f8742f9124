"""The certificates that the board signs with, and those at the top of their chains."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings

from enamnd.refusal import Refused

from .authority import authority

NOTHING_SIGNED = "Underskriften har inte gjorts, och papperet är som det var."
ASK = "Be den som sköter portalen att"


def is_own_authority_used() -> bool:
    """Whether signers get certificates from the portal's own authority, not the organisation's."""
    return not settings.SIGNING_PKCS12 and not settings.SIGNING_PKCS11_MODULE


def own_roots() -> bytes:
    """The certificates (PEM) whose signatures count as the board's own, also when they have expired since."""
    certificates = [authority().certificate]
    if settings.SIGNING_PKCS12:
        bundle = organisation_bundle(Path(settings.SIGNING_PKCS12), settings.SIGNING_PKCS12_PASSWORD)
        certificates += tops([each.certificate for each in (bundle.cert, *bundle.additional_certs) if each])
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def stamp_roots() -> bytes:
    """The certificates (PEM) that vouch for time stamps: those of SIGNING_TIMESTAMP_ROOTS."""
    path = settings.SIGNING_TIMESTAMP_ROOTS
    return Path(path).read_bytes() if path else b""


def organisation_bundle(path: Path, password: str) -> pkcs12.PKCS12KeyAndCertificates:
    """Certificate, key and chain of a PKCS#12 file. Refused when it cannot be read."""
    try:
        return pkcs12.load_pkcs12(path.read_bytes(), password.encode() or None)
    except (OSError, ValueError) as error:
        raise Refused(
            f"Filen med organisationens certifikat går inte att läsa. {NOTHING_SIGNED} "
            f"{ASK} se över SIGNING_PKCS12 och SIGNING_PKCS12_PASSWORD."
        ) from error


def tops(chain: list[x509.Certificate]) -> list[x509.Certificate]:
    """The certificates whose issuer is not among the others: roots, or a certificate that stands alone."""
    subjects = {each.subject for each in chain}
    return [each for each in chain if each.issuer == each.subject or each.issuer not in subjects]
