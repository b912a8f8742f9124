"""How long a plan of forty pages takes to print, and its pages on screen: `python -m tests.bench.bench_governing`.

The plan has nine chapters with three sections each, with running text, a footnote and a table of fourteen rows in each.
Printing is measured in processor time too: the target, under five seconds, is of a machine with nothing else to do.
"""

import functools
import io
import tempfile
import time

from tests.bench.bench_pages import PAGE_TARGET, Visitor, cost, gunicorn, report, set_up, timed

PRINT_TARGET = 5  # s
WORDS = "Kommunerna utvecklar sina tjänster tillsammans och följer upp hur de används. " * 8


def run():
    """Print how long the paper, the Word file and the pages take."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        set_up(folder)
        document, user = make_plan()
        print("\nStyrande dokument\n")
        measure_papers(document)
        print(f"\n{'':38}{'median':>9}{'p95':>9}{'processor':>10}{'frågor':>7}")
        with gunicorn() as port:
            visitor = Visitor(port, user)
            for name, address in pages(document).items():
                times = timed(functools.partial(visitor.get, address))
                report(name, times, cost(functools.partial(visitor.client.get, address)), PAGE_TARGET)


def make_plan():
    from tests import factories

    factories.board()
    user = factories.user("coordinator")
    document = factories.governing_document(2026)
    rows = "".join(f"<tr><td><p>Aktivitet {row}</p></td><td><p>{row * 1000}</p></td></tr>" for row in range(14))
    table = f"<p>Tabell: Belopp</p><table><tbody><tr><th><p>Vad</p></th><th><p>kr</p></th></tr>{rows}</tbody></table>"
    text = f"<p>{WORDS}[fotnot: Kommunallagen 9 kap. 19 §.]</p>"
    for chapter in range(1, 10):
        factories.governing_section(document, f"Kapitel {chapter}", html=text)
        for part in range(1, 4):
            factories.governing_section(document, f"Avsnitt {chapter}.{part}", 2, html=text + table)
    return document, user


def measure_papers(document):
    import pikepdf

    from riskcontrol.governing import paper, word

    paper.as_pdf(paper.compose(document))  # fonts and style sheets are read once in the life of a process
    clock, processor = time.perf_counter(), time.process_time()
    content = paper.as_pdf(paper.compose(document))
    took, used = time.perf_counter() - clock, time.process_time() - processor
    with pikepdf.open(io.BytesIO(content)) as file:
        number = len(file.pages)
    kept = "klarar" if used < PRINT_TARGET else "KLARAR INTE"
    print(f"Verksamhetsplan, {number} sidor PDF/A{took:>12.1f} s, processor {used:.1f} s ({kept} {PRINT_TARGET} s)")
    clock = time.perf_counter()
    word.as_docx(paper.compose(document))
    print(f"Samma som Word{time.perf_counter() - clock:>28.1f} s")


def pages(document) -> dict[str, str]:
    address = document.get_absolute_url()
    return {
        "Styrande dokument": "/styrning/dokument/",
        "Ett dokument, 36 avsnitt": address,
        "Hela texten": f"{address}text/",
        "Ett avsnitt": document.sections.last().get_absolute_url(),
    }


if __name__ == "__main__":
    run()
