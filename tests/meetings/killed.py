"""A portal that is killed (SIGKILL) at a chosen moment of the signing, for test_killed_while_signing.py.

python -m tests.meetings.killed MOMENT, on the database of DATABASE_URL:
  between   freezes a protocol, lets the first sign, and dies when that is kept
  during    dies while the next signature is made
  keeping   dies with the next signature written, and not committed
  never     lets all who are left sign
"""

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402

from meetings.actions import adjusting  # noqa: E402
from meetings.models import Adjustment  # noqa: E402
from meetings.paper import printing  # noqa: E402
from tests import factories  # noqa: E402
from tests.meetings.stamping import Stamps  # noqa: E402


class DiesWhileSigning(Stamps):
    def sign(self, pdf: bytes, request) -> bytes:
        die()


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def freeze():
    printing.protocol_pdf = lambda paper: b"%PDF-1.7 " + paper.title.encode()
    meeting = factories.protocol_to_adjust()
    adjusting.freeze(meeting, confirmed=None, by=factories.signers_of(meeting)[0])


def sign_next():
    signatory = Adjustment.objects.get().signatories.filter(signed_at=None).order_by("order").first()
    adjusting.sign(signatory, by=signatory.person.account, evidence={"method": "password"})


def main(moment: str):
    settings.PAPER_SIGNING_BACKEND = "tests.meetings.stamping.Stamps"
    if moment == "between":
        freeze()
        sign_next()
        die()
    if moment == "during":
        settings.PAPER_SIGNING_BACKEND = "tests.meetings.killed.DiesWhileSigning"
    if moment == "keeping":
        adjusting.record = die
    while Adjustment.objects.get().adjusted_on is None:
        sign_next()


if __name__ == "__main__":
    main(sys.argv[1])
