"""How long pages take on a board with fifty years of meetings: `python -m tests.bench.bench_pages`.

Times are of real requests over HTTP to gunicorn as `make run` starts it, one after another, on a scratch SQLite file.
Queries and processor time are taken with Django's test client, which runs the same middleware: on a machine with other
work to do, the processor time says what the page itself costs. Targets: the autosave under 50 ms and any page under
150 ms, 95 times of 100.
"""

import functools
import tempfile

from tests.bench import figures, portal


def run():
    """Print median, 95th percentile and number of queries for each page and for the autosave."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        meeting, user = make_board()
        figures.heading(
            f"Sidor på en nämnd med femtio år av sammanträden ({size_of_board()})",
            "HTTP mot gunicorn (2 processer × 4 trådar), SQLite, en läsare",
        )
        with portal.gunicorn() as port:
            visitor = portal.Visitor(port, user)
            portal.report_pages(visitor, pages(meeting))
            report_autosave(visitor, meeting)


def make_board():
    from django.db import connection

    from tests import factories
    from tests.bench import fifty_years

    meeting = fifty_years.fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return meeting, factories.user("secretary", name="Elin Ek")


def size_of_board() -> str:
    from meetings.models import Attendance, Meeting, Paragraph

    counts = [model.objects.count() for model in (Meeting, Paragraph, Attendance)]
    return "{} sammanträden, {} paragrafer, {} närvarorader".format(*counts)


def pages(meeting) -> dict[str, str]:
    from django.urls import reverse

    first = meeting.paragraphs.first()
    old = type(meeting).objects.last()
    return {
        "Att göra": reverse("home"),
        "Lista över sammanträden": reverse("meetings:meeting_list"),
        "  sista sidan": reverse("meetings:meeting_list") + "?sida=8",
        "  sökning i rubriker": reverse("meetings:meeting_list") + "?q=budgetuppf%C3%B6ljning",
        "Sammanträdet": reverse("meetings:meeting", args=[meeting.pk]),
        "  för femtio år sedan": reverse("meetings:meeting", args=[old.pk]),
        "Närvaro": reverse("meetings:attendance", args=[meeting.pk]),
        "Mötesläget": reverse("meetings:sitting", args=[meeting.pk]),
        "Kallelsen": reverse("meetings:call", args=[meeting.pk]),
        "Kontroll före justering": reverse("meetings:adjusting", args=[meeting.pk]),
        "Paragraf, skrivsidan": reverse("meetings:paragraph", args=[meeting.pk, first.pk]),
        "Paragrafens versioner": reverse("meetings:version_list", args=[meeting.pk, first.pk]),
        "Förhandsgranskning på skärmen": reverse("meetings:preview", args=[meeting.pk]),
        "Ärenden": reverse("documents:case_list"),
        "Organisation": reverse("organisation:overview"),
    }


def report_autosave(visitor: portal.Visitor, meeting):
    """Write in the longest text of a paragraph, a word more each time."""
    from django.urls import reverse

    paragraph = meeting.paragraphs.first()
    section = max(paragraph.sections, key=lambda each: len(each.get("html", "")))
    address = reverse("meetings:section", args=[meeting.pk, paragraph.pk, section["key"]])
    written = {"html": section["html"], "base_revision": section["revision"]}

    def data() -> dict:
        written["html"] += "<p>ännu ett stycke</p>"
        written["base_revision"] += 1
        return {"html": written["html"], "base_revision": written["base_revision"] - 1}

    at_home = functools.partial(visitor.client.post, address, headers={"accept": "application/json"})
    portal.report_page(
        "Spara text (autosave)",
        lambda: visitor.post(address, data()),
        lambda: at_home(data()),
        portal.AUTOSAVE_TARGET,
    )


if __name__ == "__main__":
    run()
