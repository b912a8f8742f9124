"""How long the pages of projects take: `python -m tests.bench.bench_projects`.

500 activities with ten years of reports, 14 and 290 municipalities, over HTTP as in bench_pages.
"""

import subprocess
import sys
import tempfile

from tests.bench import figures, portal

MUNICIPALITIES = (14, 290)
TARGET = 200  # ms


def run(municipalities: int):
    """Print median, 95th percentile and number of queries for each page."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        from django.db import connection

        from tests import factories
        from tests.bench import many_projects

        many_projects.fill(municipalities)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        portal.as_web_process()
        user = factories.user("coordinator", name="Elin Ek")
        size = f"{many_projects.ACTIVITIES} aktiviteter, {municipalities} kommuner, tio år av rapporter"
        figures.heading(f"Projekt ({size})")
        with portal.gunicorn() as port:
            portal.report_pages(portal.Visitor(port, user), pages(), TARGET)


def pages() -> dict[str, str]:
    from django.urls import reverse

    from enamnd.organisation.models import Municipality
    from projects.models import Activity

    return {
        "Efter fas": reverse("projects:overview"),
        "Tabell": reverse("projects:table"),
        "  sista sidan": reverse("projects:table") + "?sida=10",
        "Tidslinje": reverse("projects:timeline"),
        "Anslutning": reverse("projects:matrix"),
        "Min kommun": reverse("projects:municipality") + f"?kommun={Municipality.objects.first().pk}",
        "En aktivitet": reverse("projects:activity", args=[Activity.objects.first().pk]),
        "Att göra": reverse("home"),
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(int(sys.argv[1]))
    else:
        for number in MUNICIPALITIES:
            subprocess.run([sys.executable, "-m", "tests.bench.bench_projects", str(number)], check=True)
