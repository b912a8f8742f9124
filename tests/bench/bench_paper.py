"""How long papers take and how much memory they need: `python -m tests.bench.bench_paper`.

Figures of different runs cannot be compared on a shared machine; those of one run can, so Chromium prints the same page
in the same run.
"""

import dataclasses
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
import pikepdf

SIZES = {5: (2, 1), 21: (9, 3), 100: (48, 3)}  # about so many pages: paragraphs, blocks of text in each
CHROMIUM = "/usr/bin/chromium"
ROUNDS = 5


def run() -> None:
    """Print render time and memory for three sizes, Chromium's time for the middle one, and the preview's times."""
    _set_up()
    print("Protokoll som PDF/A-2a + PDF/UA-1 (varm process, median; minne i egen process)")
    for wanted in SIZES:
        _print_size(wanted)
    _print_chromium()
    _print_preview()


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enamnd.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()


def _paper(wanted: int):
    from tests.bench import invented

    paragraphs, blocks = SIZES[wanted]
    return invented.protocol(paragraphs, blocks=blocks)


def _print_size(wanted: int) -> None:
    from meetings.paper import printing

    paper = _paper(wanted)
    rounds = 1 if wanted > 50 else ROUNDS
    printing.protocol_pdf(_paper(5))
    seconds, data = _median(lambda: printing.protocol_pdf(paper), rounds)
    pages = _pages(data)
    print(f"  {pages:3} sidor  {seconds:6.2f} s  {len(data) / 1000:5.0f} kB  minne {_memory(wanted):4.0f} MB")


def _print_chromium() -> None:
    from meetings.paper import printing

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "protokoll.html")
        page.write_text(_standing_alone(printing.protocol_html(_paper(21))), encoding="utf-8")
        cold, data = _median(lambda: _chromium_print(page), 3)
    warm, _ = _median(lambda: printing.protocol_pdf(_paper(21)), 3)
    print(
        f"  Chromium, kall, samma text, {_pages(data)} sidor  {cold:6.2f} s  (portalen {warm / cold:.2f} gånger tiden)"
    )


def _print_preview() -> None:
    from django.core.cache.backends.locmem import LocMemCache

    from meetings.paper import printing

    cache, paper = LocMemCache("bench", {}), _paper(21)
    first, _ = _median(lambda: printing.preview_pdf(paper, cache), 1)
    changed = iter([_changed(paper, number) for number in range(ROUNDS)])
    after, _ = _median(lambda: printing.preview_pdf(next(changed), cache), ROUNDS)
    print(f"  Förhandsvisning, 21 sidor: första gången {first:.2f} s, efter en ändrad paragraf {after:.2f} s")


def _changed(paper, number: int):
    paragraph = paper.paragraphs[number]
    decision, body, *rest = paragraph.sections
    body = dataclasses.replace(body, html=body.html + f"<p>Tillägg nummer {number}.</p>")
    paragraph = dataclasses.replace(paragraph, sections=(decision, body, *rest))
    before, after = paper.paragraphs[:number], paper.paragraphs[number + 1 :]
    return dataclasses.replace(paper, paragraphs=(*before, paragraph, *after))


def _median(work, rounds: int):
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result


def _pages(data: bytes) -> int:
    import io

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _memory(wanted: int) -> float:
    """Peak resident memory in MB of a fresh process that renders once."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_paper", str(wanted)], capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def _render_once(wanted: int) -> None:
    from meetings.paper import printing

    printing.protocol_pdf(_paper(wanted))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _standing_alone(html: str) -> str:
    """The page with its style sheet inside, so that Chromium needs no server."""
    from enamnd.documents import pdf

    css = (
        (pdf.STATIC / pdf.PRINT).read_text(encoding="utf-8").replace("../fonts/", (pdf.STATIC / "fonts").as_uri() + "/")
    )
    return html.replace("</head>", f"<style>{css}</style></head>")


def _chromium_print(page: Path) -> bytes:
    out = page.with_suffix(".pdf")
    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        "--disable-background-networking",
    ]
    command = [CHROMIUM, *options, f"--user-data-dir={page.parent}", f"--print-to-pdf={out}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True)
    return out.read_bytes()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _set_up()
        _render_once(int(sys.argv[1]))
    else:
        run()
