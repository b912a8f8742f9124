"""The small interface behind which a signature is made; SIGNING_BACKEND chooses who makes it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class SignRequest:
    """One signature to make.

    field_name    the empty field of the paper that it goes into (`fields.signature_field`)
    signer_name   the person who signs, as the paper names them
    signed_at     when they confirmed, an aware instant
    base_sha256   SHA-256 (hex) of the paper before its first signature, which is what they have read
    reason        why, in a few words; may be empty
    lines         what is seen in the field; empty for name, time and checksum
    """

    field_name: str
    signer_name: str
    signed_at: datetime
    base_sha256: str
    reason: str = ""
    lines: tuple[str, ...] = ()


class SigningBackend(Protocol):
    """Makes signatures. Both verbs give back the whole file, longer than before: what was there is never rewritten."""

    def sign(self, pdf: bytes, request: SignRequest) -> bytes:
        """Sign one field.

        Raises `Refused`, with nothing changed, when the certificate has expired, the key cannot be read, the time-stamp
        service does not answer in time, the field is missing or already signed, or the file is encrypted or no PDF.
        """

    def finish(self, pdf: bytes) -> bytes:
        """Seal the file after its last signature (PAdES B-LTA) where that is set up, else give it back as it is."""


def signing_backend() -> SigningBackend:
    """The one that SIGNING_BACKEND names: a dotted path to a class that is made without arguments."""
    return _made(settings.PAPER_SIGNING_BACKEND)


@cache
def _made(path: str) -> SigningBackend:
    return import_string(path)()
