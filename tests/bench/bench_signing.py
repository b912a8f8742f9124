"""How long signing and checking take: `python -m tests.bench.bench_signing`. Without a time-stamp service."""

import hashlib
import os
import re
import statistics
import tempfile
import time
from pathlib import Path

import django

NAMES = ("Elin Strand", "Nils Järvholm", "Sámmol Čáhppe", "Britt-Marie Öhman")


def run() -> None:
    """Print the time of each signature on a protocol of 21 pages, and of checking it known and unknown."""
    with tempfile.TemporaryDirectory() as folder:
        _set_up(folder)
        base = _base()
        signed = _print_signing(base)
        _print_checking(signed)


def _set_up(folder: str) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "enamnd.settings", "DEBUG": "1", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def _base() -> bytes:
    from enamnd.documents import pdf
    from enamnd.documents.signing.fields import signature_field
    from meetings.paper import printing
    from tests.bench import invented

    fields = [
        f'<div class="signature">{signature_field(f"Underskrift{at}", name)}</div>' for at, name in enumerate(NAMES)
    ]
    sheet = f'<section class="sheet"><h2>Underskrifter</h2>{"".join(fields)}</section></body>'
    html = printing.protocol_html(invented.protocol(9, blocks=3)).replace("</body>", sheet)
    return pdf.render_pdf(re.sub("<link[^>]*>", "", html), forms=True)


def _print_signing(base: bytes) -> bytes:
    import io

    import pikepdf
    from django.utils import timezone

    from enamnd.documents.signing.backend import SignRequest, signing_backend

    with pikepdf.open(io.BytesIO(base)) as opened:
        print(f"Underskrifter på ett protokoll med {len(opened.pages)} sidor (utan tidsstämpel)")
    digest, signed, spent = hashlib.sha256(base).hexdigest(), base, []
    for at, name in enumerate(NAMES):
        start = time.perf_counter()
        signed = signing_backend().sign(signed, SignRequest(f"Underskrift{at}", name, timezone.now(), digest))
        spent.append(time.perf_counter() - start)
    first, *rest = spent
    print(f"  den första i en ny process {first:5.2f} s, därefter {statistics.median(rest):5.2f} s", end="")
    print(f"  ({len(base) / 1000:.0f} kB före, {len(signed) / 1000:.0f} kB efter fyra)")
    return signed


def _print_checking(signed: bytes) -> None:
    from enamnd.documents.issuing import issue_paper
    from enamnd.documents.signing.inspection import Progress
    from enamnd.documents.signing.verification import steps, verify

    with tempfile.NamedTemporaryFile() as file:
        file.write(signed)
        file.flush()
        start = time.perf_counter()
        told = [(time.perf_counter() - start, each) for each in steps(Path(file.name))]
    shown = next(at for at, each in told if isinstance(each, Progress) and each.of)
    print(f"  okänd fil med fyra underskrifter {told[-1][0]:5.2f} s, förloppet syns efter {shown:.2f} s")
    issue_paper(signed, kind="protocol", title="Protokoll", subject="bench:1", by=None, expected_signatures=NAMES)
    verify(signed)
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        verify(signed)
        spent.append(time.perf_counter() - start)
    print(f"  portalens egen fil {statistics.median(spent) * 1000:5.0f} ms")


if __name__ == "__main__":
    run()
