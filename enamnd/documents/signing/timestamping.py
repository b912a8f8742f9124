"""Time stamps (RFC 3161) from SIGNING_TIMESTAMP_URL, never waited for longer than SIGNING_TIMEOUT."""

import asyncio
import threading
import urllib.request
from functools import cache

from asn1crypto import pem, tsp
from asn1crypto.x509 import Certificate
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper

from .certificates import stamp_roots

MOST = 1024 * 1024  # bytes of an answer


class SilentService(OSError):
    """The time-stamp service has not answered in time, or not with a time stamp."""


class PatientTimeStamper(TimeStamper):
    """Asks one service, for at most `timeout` seconds a question, however slowly the answer drips."""

    def __init__(self, url: str, timeout: float):
        super().__init__()
        self.url = url
        self.timeout = timeout

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._answer, req.dump())

    def _answer(self, question: bytes) -> tsp.TimeStampResp:
        answers: list[tsp.TimeStampResp | Exception] = []

        def ask():
            try:
                answers.append(tsp.TimeStampResp.load(self._fetch(question), strict=True))
            except Exception as error:  # handed to the thread that waits
                answers.append(error)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self.timeout)
        if not answers:
            raise SilentService(f"Inget svar inom {self.timeout:g} sekunder")
        if isinstance(answers[0], Exception):
            raise SilentService(str(answers[0])) from answers[0]
        return answers[0]

    def _fetch(self, question: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = urllib.request.Request(self.url, data=question, headers=headers)  # noqa: S310 - http(s), checked below
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
            return answer.read(MOST)


def time_stamper() -> PatientTimeStamper | None:
    """The service that is set up, or None."""
    url = settings.SIGNING_TIMESTAMP_URL
    return _stamper(url, float(settings.SIGNING_TIMEOUT)) if url.startswith(("http://", "https://")) else None


@cache
def _stamper(url: str, timeout: float) -> PatientTimeStamper:
    """Kept, because how large a time stamp is has to be asked for once."""
    return PatientTimeStamper(url, timeout)


def trusted_services() -> tuple[Certificate, ...]:
    """The roots that vouch for time stamps: those of SIGNING_TIMESTAMP_ROOTS (PEM)."""
    data = stamp_roots()
    return tuple(Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)) if data else ()
