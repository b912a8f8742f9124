"""How long the pages of projects take: `python -m tests.bench.bench_projects`.

500 activities with ten years of reports, 14 and 290 municipalities. Times are of processor, of a request with Django's
test client, which runs the same middleware: what the page itself costs. Target: under 200 ms, 95 times of 100, with as
many questions to the database whatever the number of activities and municipalities.
"""

import gc
import statistics
import subprocess
import sys
import tempfile
import time

from tests.bench.bench_pages import logged_in, set_up

MUNICIPALITIES = (14, 290)
ROUNDS = 30
TARGET = 200  # ms


def run(municipalities: int):
    """Print median and 95th percentile of processor time, and the number of questions, for each page."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        set_up(folder)
        from django.db import connection

        from tests import factories
        from tests.bench import many_projects

        many_projects.fill(municipalities)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        settle_memory()
        client = logged_in(factories.user("coordinator", name="Elin Ek"))
        print(f"\nProjekt: {many_projects.ACTIVITIES} aktiviteter, {municipalities} kommuner, tio år av rapporter")
        print(f"SQLite, processortid\n\n{'':38}{'median':>9}{'p95':>9}{'frågor':>7}")
        for name, address in pages().items():
            report(name, *measured(client, address))


def settle_memory():
    """Spare requests the search of all that was made here for garbage, as enamnd/gunicorn.py does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


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


def measured(client, address: str) -> tuple[list[float], int]:
    """Milliseconds of processor of each round, and the number of questions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    questions = len(asked)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} svarade {answer.status_code}")
    client.get(address)
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        client.get(address)
        rounds.append((time.process_time() - began) * 1000)
    return rounds, questions


def report(name: str, times: list[float], questions: int):
    p95 = statistics.quantiles(times, n=20)[-1]
    remark = "" if p95 < TARGET else f"   över målet {TARGET} ms"
    print(f"{name:38}{statistics.median(times):6.1f} ms{p95:6.1f} ms{questions:7}{remark}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(int(sys.argv[1]))
    else:
        for number in MUNICIPALITIES:
            subprocess.run([sys.executable, "-m", "tests.bench.bench_projects", str(number)], check=True)
