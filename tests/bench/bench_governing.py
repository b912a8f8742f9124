"""How long a plan of forty pages takes to print, and its pages on screen: `python -m tests.bench.bench_governing`.

The plan has nine chapters with three sections each, with running text, a footnote and a table of twenty rows in each.
Measured as in bench_paper and bench_pages: a plan of forty pages in less than five seconds, a page in less than 200 ms.
"""

import io
import tempfile

from tests.bench import figures, portal

PRINT_TARGET = 5000  # ms
PAGE_TARGET = 200  # ms
ROUNDS = 3
WORDS = "Kommunerna utvecklar sina tjänster tillsammans och följer upp hur de används. " * 16


def run():
    """Print how long the paper, the Word file and the pages take."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        document, user = make_plan()
        figures.heading("Styrande dokument: en plan med nio kapitel och 36 avsnitt")
        measure_papers(document)
        portal.as_web_process()
        with portal.gunicorn() as port:
            portal.report_pages(portal.Visitor(port, user), pages(document), PAGE_TARGET)


def make_plan():
    from tests import factories

    factories.board()
    user = factories.user("coordinator")
    document = factories.governing_document(2026)
    kind, chapters = document.kind, [{"heading": f"Kapitel {number}", "blocks": ["goals"]} for number in range(1, 37)]
    for number in range(1, 11):
        kind.structure = [*chapters[:number], {"heading": "Nytt", "text": f"<p>{WORDS}</p>"}, *chapters[number:]]
        kind.save()
    rows = "".join(f"<tr><td><p>Aktivitet {row}</p></td><td><p>{row * 1000}</p></td></tr>" for row in range(20))
    table = f"<p>Tabell: Belopp</p><table><tbody><tr><th><p>Vad</p></th><th><p>kr</p></th></tr>{rows}</tbody></table>"
    text = f"<p>{WORDS}[fotnot: Kommunallagen 9 kap. 19 §.]</p>"
    for chapter in range(1, 10):
        factories.governing_section(document, f"Kapitel {chapter}", html=text)
        for part in range(1, 4):
            factories.governing_section(document, f"Avsnitt {chapter}.{part}", 2, html=text + table)
    later = factories.governing_document(2027, kind=kind, previous=document)
    for each in document.sections.all():
        each.pk, each.document, each.html = None, later, each.html.replace("Kommunerna", "Parterna", 1)
        each.save()
    return later, user


def measure_papers(document):
    import pikepdf

    from riskcontrol.governing import paper, word

    with pikepdf.open(io.BytesIO(paper.as_pdf(paper.compose(document)))) as file:
        number = len(file.pages)
    printed = figures.timed(lambda: paper.as_pdf(paper.compose(document)), rounds=ROUNDS)
    figures.report(f"Planen som PDF/A, {number} sidor", printed, target=PRINT_TARGET)
    figures.report("Planen som Word", figures.timed(lambda: word.as_docx(paper.compose(document)), rounds=ROUNDS))


def pages(document) -> dict[str, str]:
    address = document.get_absolute_url()
    return {
        "Styrande dokument": "/styrning/dokument/",
        "Ett dokument, 36 avsnitt": address,
        "Hela texten": f"{address}text/",
        "Ändrat sedan förra året": f"{address}andringar/",
        "Mallens avsnitt": f"/styrning/dokument/mallar/{document.kind_id}/",
        "Mallens elva versioner": f"/styrning/dokument/mallar/{document.kind_id}/versioner/",
        "Ett avsnitt": document.sections.last().get_absolute_url(),
    }


if __name__ == "__main__":
    run()
