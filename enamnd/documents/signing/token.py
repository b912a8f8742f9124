"""A certificate on a PKCS#11 token: a card, or a security module (HSM). The key never leaves it.

Its driver, python-pkcs11, is not among the portal's own packages. A token lets a process log in once, so one thread at
a time speaks with it, and no longer than a signature takes: a service for time stamps is waited for without it.
"""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from asn1crypto.x509 import Certificate
from django.conf import settings
from pyhanko.sign import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from enamnd.refusal import Refused

from .certificates import ASK, NOTHING_SIGNED

LARGEST_SIGNATURE = 512  # bytes; of an RSA key of 4096 bits
_ONE_AT_A_TIME = threading.Lock()


class TokenSigner(Signer):
    """Signs with the key of the certificate that the settings name. Refused when the token does not answer."""

    def __init__(self):
        with _speaking() as session:
            certificates = list(_pulled(session))
        own, *rest = certificates
        self.chain = tuple(_chain(own, rest))
        store = SimpleCertificateStore()
        store.register_multiple([own, *self.chain])
        super().__init__(signing_cert=own, cert_registry=store)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run=False) -> bytes:
        if dry_run:
            return bytes(LARGEST_SIGNATURE)
        return await asyncio.get_running_loop().run_in_executor(None, self._sign, data, digest_algorithm)

    def _sign(self, data: bytes, digest_algorithm: str) -> bytes:
        from pyhanko.sign.pkcs11 import PKCS11Signer

        with _speaking() as session:
            signer = PKCS11Signer(
                session,
                cert_label=settings.SIGNING_PKCS11_LABEL,
                signing_cert=self.signing_cert,
                # Every token can sign a digest with a key on a curve; far from all can make the digest themselves.
                use_raw_mechanism=self.signing_cert.public_key.algorithm == "ec",
            )
            return asyncio.run(signer.async_sign_raw(data, digest_algorithm))


def _pulled(session) -> Iterator[Certificate]:
    """The certificate that signs, and then the others of the token."""
    from pyhanko.sign.pkcs11 import PKCS11Signer

    signer = PKCS11Signer(session, cert_label=settings.SIGNING_PKCS11_LABEL, other_certs_to_pull=None)
    own = signer.signing_cert
    yield own
    yield from (each for each in signer.cert_registry if each != own)


def _chain(own: Certificate, others: Iterable[Certificate]) -> Iterator[Certificate]:
    """Issuer after issuer, as far as the token has them."""
    by_subject = {each.subject.hashable: each for each in others}
    here = own
    while not here.self_issued and (issuer := by_subject.pop(here.issuer.hashable, None)):
        yield issuer
        here = issuer


@contextmanager
def _speaking() -> Iterator:
    """A session with the token; all that can go wrong with it in a sentence, for every driver has errors of its own."""
    try:
        from pyhanko.sign.pkcs11 import TokenCriteria, open_pkcs11_session
    except ImportError as error:
        raise Refused(
            f"Portalen är inställd på att skriva under med ett kort eller en HSM, men drivrutinen saknas. "
            f"{NOTHING_SIGNED} {ASK} installera paketet python-pkcs11."
        ) from error
    with _ONE_AT_A_TIME:
        try:
            session = open_pkcs11_session(
                settings.SIGNING_PKCS11_MODULE,
                token_criteria=TokenCriteria(label=settings.SIGNING_PKCS11_TOKEN),
                user_pin=settings.SIGNING_PKCS11_PIN,
            )
            try:
                yield session
            finally:
                session.close()
        except Exception as error:
            raise Refused(
                f"Kortet eller HSM:en som skriver under svarar inte. {NOTHING_SIGNED} {ASK} se över SIGNING_PKCS11_*."
            ) from error
