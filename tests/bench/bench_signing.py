"""How long signing and checking take: `python -m tests.bench.bench_signing`. Without a time-stamp service.

Measured as the web server does it, in a process prepared as one of its own. Targets: a signature under 1 s of the
server's time, one of the portal's own files checked in 0.3 s, and an unknown one with four signatures in 5 s.
"""

import hashlib
import random
import re
import tempfile
import time
from pathlib import Path

from tests.bench import figures, portal

NAMES = ("Elin Strand", "Nils Järvholm", "Sámmol Čáhppe", "Britt-Marie Öhman")
PARAGRAPHS = 6  # of some three pages each
PASSWORD = "vinterdäck-på-björkved"
SIGNING_TARGET, OWN_TARGET, UNKNOWN_TARGET = 1000, 300, 5000  # ms


def run() -> None:
    """Print the time of freezing and signing a protocol of some twenty pages, and of checking it known and unknown."""
    with tempfile.TemporaryDirectory() as folder:
        portal.set_up(folder)
        portal.as_web_process()
        meeting, secretary = _protocol()
        figures.heading(
            "Låsning, underskrifter och kontroll av ett protokoll", "Hela begäran, utan tidsstämpeltjänst, SQLite"
        )
        adjustment = _report_freezing(meeting, secretary)
        _report_signing(meeting, adjustment)
        _report_checking(_signed_by_four())


def _protocol():
    """A protocol of as many pages as the others that are measured, ready to freeze; its signers have passwords."""
    from meetings.models import Paragraph
    from tests import factories
    from tests.bench import fifty_years

    chance = random.Random(21)
    meeting = factories.protocol_to_adjust(paragraphs=PARAGRAPHS, members=14)
    paragraphs = list(meeting.paragraphs.all())
    for each in paragraphs:
        each.sections = without_references(fifty_years.text(chance, each.number))
    Paragraph.objects.bulk_update(paragraphs, ["sections"])
    signers = factories.signers_of(meeting)
    for user in signers:
        user.set_password(PASSWORD)
        user.save()
    return meeting, signers[0]


def without_references(sections: list[dict]) -> list[dict]:
    """Without references, which would lead nowhere in a year of one meeting."""
    return [
        each | ({"html": re.sub(r" Se § \d+\.", "", each["html"])} if each.get("html") else {}) for each in sections
    ]


def _report_freezing(meeting, secretary):
    from meetings.actions import adjusting

    frozen = []
    timing = figures.timed(lambda: frozen.append(adjusting.freeze(meeting, confirmed=None, by=secretary)), rounds=1)
    content = bytes(frozen[0].paper.file.content)
    figures.report("Lås för justering: kontroll och utskrift", timing, note=f"{_pages(content)} sidor")
    return frozen[0]


def _report_signing(meeting, adjustment) -> None:
    from django.urls import reverse

    from tests import factories

    address = reverse("adjusting:signature", args=[adjustment.pk])
    clients = [portal.logged_in(user) for user in factories.signers_of(meeting)]

    def sign():
        answer = clients.pop(0).post(address, {"password": PASSWORD})
        if answer.status_code != 302:
            raise RuntimeError(f"Underskriften gick inte: {answer.status_code}")

    first = figures.timed(sign, rounds=1)
    figures.report("Skriv under, den första i processen", first, target=SIGNING_TARGET, note="med lösenord")
    figures.report("  därefter", figures.timed(sign, rounds=len(clients)), target=SIGNING_TARGET)
    adjustment.refresh_from_db()
    if adjustment.adjusted_on is None:
        raise RuntimeError("Protokollet blev inte justerat")


def _signed_by_four() -> bytes:
    """A protocol with four signatures that the portal has not issued."""
    from django.utils import timezone

    from enamnd.documents import pdf
    from enamnd.documents.signing.backend import SignRequest, signing_backend
    from enamnd.documents.signing.fields import signature_field
    from meetings.paper import printing
    from tests.bench import invented

    fields = [
        f'<div class="signature">{signature_field(f"Underskrift{at}", name)}</div>' for at, name in enumerate(NAMES)
    ]
    sheet = f'<section class="sheet"><h2>Underskrifter</h2>{"".join(fields)}</section></body>'
    html = printing.protocol_html(invented.protocol(9, blocks=3)).replace("</body>", sheet)
    signed = pdf.render_pdf(re.sub("<link[^>]*>", "", html), forms=True)
    digest = hashlib.sha256(signed).hexdigest()
    for at, name in enumerate(NAMES):
        signed = signing_backend().sign(signed, SignRequest(f"Underskrift{at}", name, timezone.now(), digest))
    return signed


def _report_checking(signed: bytes) -> None:
    from django.core.cache import cache

    from enamnd.documents.issuing import issue_paper
    from enamnd.documents.signing.inspection import Progress
    from enamnd.documents.signing.verification import steps, verify

    told: list[tuple[float, object]] = []

    def read(path: Path):
        cache.clear()  # what was found of a file is kept for a while
        told.clear()
        began = time.perf_counter()
        told.extend((time.perf_counter() - began, each) for each in steps(path))

    with tempfile.NamedTemporaryFile() as file:
        file.write(signed)
        file.flush()
        timing = figures.timed(lambda: read(Path(file.name)), rounds=3)
    shown = next(at for at, each in told if isinstance(each, Progress) and each.of)
    note = f"{_pages(signed)} sidor, förloppet syns efter {figures.shown(shown * 1000)}"
    figures.report("Kontrollera okänd fil, fyra underskrifter", timing, target=UNKNOWN_TARGET, note=note)
    issue_paper(signed, kind="protocol", title="Protokoll", subject="bench:1", by=None, expected_signatures=NAMES)
    own = figures.timed(lambda: verify(signed), rounds=20, warm_up=1)
    figures.report("Kontrollera en av portalens egna filer", own, target=OWN_TARGET)


def _pages(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


if __name__ == "__main__":
    run()
