"""Whose certificate signs: one from the portal's own authority, or the organisation's (PKCS#12 file, PKCS#11 token)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import keys
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.utils import timezone
from pyhanko.sign import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from enamnd import dates
from enamnd.refusal import Refused

from .authority import authority
from .certificates import ASK, NOTHING_SIGNED, organisation_bundle, tops
from .token import TokenSigner


@dataclass(frozen=True)
class Credential:
    """What signs, the certificates at the top of its chain, and lists of revoked certificates (DER) that are known."""

    signer: Signer
    roots: tuple[Certificate, ...]
    revocation_lists: tuple[bytes, ...] = ()


def credential_for(name: str) -> Credential:
    """What signs for the person `name`. Refused when the certificate is not valid today or its key cannot be read."""
    if settings.SIGNING_PKCS12:
        return _of_file(Path(settings.SIGNING_PKCS12), settings.SIGNING_PKCS12_PASSWORD)
    if settings.SIGNING_PKCS11_MODULE:
        return _of_token()
    return _of_own_authority(name)


def _of_own_authority(name: str) -> Credential:
    try:
        own = authority()
    except (OSError, ValueError) as error:
        raise Refused(
            f"Portalens nyckel för underskrifter går inte att läsa. {NOTHING_SIGNED} "
            f"{ASK} se över filen authority.pem i datakatalogen."
        ) from error
    _check_dates(own.certificate)
    certificate, key = own.issue(name or "Portalen")
    return Credential(
        _signer(certificate, key, [own.certificate]), (_parsed(own.certificate),), (own.revocation_list(),)
    )


def _of_file(path: Path, password: str) -> Credential:
    bundle = organisation_bundle(path, password)
    if bundle.cert is None or bundle.key is None:
        raise Refused(
            f"Filen med organisationens certifikat saknar certifikat eller nyckel. {NOTHING_SIGNED} "
            f"{ASK} lägga in en fil som har båda (SIGNING_PKCS12)."
        )
    _check_dates(bundle.cert.certificate)
    chain = [each.certificate for each in bundle.additional_certs]
    signer = _signer(bundle.cert.certificate, bundle.key, chain)
    return Credential(signer, tuple(map(_parsed, tops([bundle.cert.certificate, *chain]))))


def _of_token() -> Credential:
    signer = TokenSigner()
    own, *chain = (x509.load_der_x509_certificate(each.dump()) for each in (signer.signing_cert, *signer.chain))
    _check_dates(own)
    return Credential(signer, tuple(map(_parsed, tops([own, *chain]))))


def _check_dates(certificate: x509.Certificate) -> None:
    now = timezone.now()
    if now > certificate.not_valid_after_utc:
        raise Refused(
            f"Certifikatet för underskrifter gick ut {_day(certificate.not_valid_after_utc)}. {NOTHING_SIGNED} "
            f"{ASK} lägga in ett nytt certifikat."
        )
    if now < certificate.not_valid_before_utc:
        raise Refused(
            f"Certifikatet för underskrifter börjar gälla först {_day(certificate.not_valid_before_utc)}. "
            f"{NOTHING_SIGNED}"
        )


def _day(instant: datetime) -> str:
    return dates.long_date(timezone.localdate(instant))


def _signer(certificate: x509.Certificate, key, chain: list[x509.Certificate]) -> SimpleSigner:
    store = SimpleCertificateStore()
    store.register_multiple(map(_parsed, chain))
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=_parsed(certificate), signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store
    )


def _parsed(certificate: x509.Certificate) -> Certificate:
    return Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
