"""How long papers take and how much memory they need: `python -m tests.bench.bench_paper`.

Figures of different runs cannot be compared on a shared machine; those of one run can, so Chromium prints the same page
in the same run. Targets: 21 pages under 2.5 s and 300 MB, and the preview after one changed paragraph under 0.5 s.
"""

import dataclasses
import functools
import io
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import pikepdf

from tests.bench import figures, portal

SIZES = {5: (2, 1), 21: (9, 3), 100: (48, 3)}  # about so many pages: paragraphs, blocks of text in each
CHROMIUM = "/usr/bin/chromium"
ROUNDS, FEW_ROUNDS = 7, 3
PAPER_TARGET, PREVIEW_TARGET = 2500, 500  # ms, 21 pages
MEMORY_TARGET = 300  # MB


def run() -> None:
    """Print render time and memory for three sizes, Chromium's time for the middle one, and the preview's times."""
    _set_up()
    figures.heading(
        "Protokoll som PDF/A-2a + PDF/UA-1",
        "I en varm process som webbserverns; minnet är det mesta i en egen process. Mål för 21 sidor",
    )
    for wanted in SIZES:
        _report_size(wanted)
    _report_chromium()
    _report_preview()


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enamnd.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    portal.as_web_process()


def _paper(wanted: int):
    from tests.bench import invented

    paragraphs, blocks = SIZES[wanted]
    return invented.protocol(paragraphs, blocks=blocks)


def _report_size(wanted: int) -> None:
    from meetings.paper import printing

    work = Kept(functools.partial(printing.protocol_pdf, _paper(wanted)))
    rounds, warm_up = (1, 0) if wanted > 50 else (ROUNDS, 1)
    timing = figures.timed(work, rounds=rounds, warm_up=warm_up)
    target = PAPER_TARGET if wanted == 21 else 0
    memory = _memory(wanted)
    remark = f", över målet {MEMORY_TARGET} MB" if target and memory >= MEMORY_TARGET else ""
    note = f"{len(work.result) / 1000:.0f} kB, minne {memory:.0f} MB{remark}"
    figures.report(f"{_pages(work.result)} sidor", timing, target=target, note=note)


class Kept:
    """Work whose last result is kept."""

    def __init__(self, work):
        self.work, self.result = work, None

    def __call__(self):
        self.result = self.work()


def _report_chromium() -> None:
    from meetings.paper import printing

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "protokoll.html")
        page.write_text(_standing_alone(printing.protocol_html(_paper(21))), encoding="utf-8")
        work = Kept(lambda: _chromium_print(page))
        cold = figures.timed(work, rounds=FEW_ROUNDS)
    own = figures.timed(lambda: printing.protocol_pdf(_paper(21)), rounds=FEW_ROUNDS)
    figures.report(
        "  samma text i Chromium, kall",
        cold,
        processor=0,  # in processes of its own, that are not counted
        note=f"{_pages(work.result)} sidor, varken PDF/A eller PDF/UA",
    )
    figures.report(
        "  portalen strax efter",
        own,
        note=f"{figures.decimal(own.median / cold.median, 2)} gånger Chromiums tid",
    )


def _report_preview() -> None:
    from django.core.cache.backends.locmem import LocMemCache

    from meetings.paper import printing

    cache, paper = LocMemCache("bench", {}), _paper(21)
    figures.report(
        "Förhandsvisning, 21 sidor, första gången",
        figures.timed(lambda: printing.preview_pdf(paper, cache), rounds=1),
    )
    changed = iter([_changed(paper, number) for number in range(ROUNDS)])
    after = figures.timed(lambda: printing.preview_pdf(next(changed), cache), rounds=ROUNDS)
    figures.report("  efter en ändrad paragraf", after, target=PREVIEW_TARGET)


def _changed(paper, number: int):
    paragraph = paper.paragraphs[number]
    decision, body, *rest = paragraph.sections
    body = dataclasses.replace(body, html=body.html + f"<p>Tillägg nummer {number}.</p>")
    paragraph = dataclasses.replace(paragraph, sections=(decision, body, *rest))
    before, after = paper.paragraphs[:number], paper.paragraphs[number + 1 :]
    return dataclasses.replace(paper, paragraphs=(*before, paragraph, *after))


def _pages(data: bytes) -> int:
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
