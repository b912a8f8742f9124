"""How long pages take on a board with fifty years of meetings: `python -m tests.bench.bench_pages`.

Times are of real requests over HTTP to gunicorn as `make run` starts it, one after another, on a scratch SQLite file.
Queries and processor time are taken with Django's test client, which runs the same middleware: on a machine with other
work to do, the processor time says what the page itself costs. Targets: the autosave under 50 ms and any page under
150 ms, 95 times of 100.
"""

import functools
import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import django

ROUNDS = 60
COST_ROUNDS = 15
STILL_OPEN = 1  # s; gunicorn closes a connection that has been idle for two
WARM_UP = 8  # both processes have loaded the page's code and templates
PAGE_TARGET, AUTOSAVE_TARGET = 150, 50  # ms


def run():
    """Print median, 95th percentile and number of queries for each page and for the autosave."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        set_up(folder)
        meeting, user = make_board()
        print(f"\nSidor på en nämnd med femtio år av sammanträden ({size_of_board()})")
        print("HTTP mot gunicorn (2 processer × 4 trådar), SQLite, en läsare\n")
        print(f"{'':38}{'median':>9}{'p95':>9}{'processor':>10}{'frågor':>7}")
        with gunicorn() as port:
            visitor = Visitor(port, user)
            for name, address in pages(meeting).items():
                times = timed(functools.partial(visitor.get, address))
                report(name, times, cost(functools.partial(visitor.client.get, address)), PAGE_TARGET)
            report("Spara text (autosave)", *autosave(visitor, visitor.client, meeting), AUTOSAVE_TARGET)


def set_up(folder: str):
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "enamnd.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/enamnd.sqlite3",
        "HTTPS": "0",
        "LOG_LEVEL": "WARNING",
    }
    os.environ.pop("DEBUG", None)
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


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
        "Paragraf, skrivsidan": reverse("meetings:paragraph", args=[meeting.pk, first.pk]),
        "Paragrafens versioner": reverse("meetings:version_list", args=[meeting.pk, first.pk]),
        "Förhandsgranskning på skärmen": reverse("meetings:preview", args=[meeting.pk]),
        "Ärenden": reverse("documents:case_list"),
        "Organisation": reverse("organisation:overview"),
    }


@contextmanager
def gunicorn():
    """The web server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "LOG_LEVEL": "INFO"}
    command = [sys.executable, "-m", "gunicorn", "--config", "enamnd/gunicorn.py"]
    log = Path(os.environ["DATA_DIR"]) / "gunicorn.log"
    with log.open("w") as output:
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("gunicorn svarar inte")


class Visitor:
    """Somebody logged in, who asks over one connection that is kept open."""

    def __init__(self, port: int, user):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.asked = time.monotonic()
        self.client = logged_in(user)
        self.token = secrets.token_hex(16)
        session = self.client.cookies["sessionid"].value
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={self.token}", "Accept-Language": "sv"}

    def get(self, address: str):
        return self._ask("GET", address, None, self.headers)

    def post(self, address: str, data: dict):
        headers = self.headers | {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.token,
        }
        return self._ask("POST", address, urlencode(data), headers)

    def _ask(self, method: str, address: str, data: str | None, headers: dict[str, str]):
        if time.monotonic() - self.asked > STILL_OPEN:
            self.connection.close()  # opens itself again
        self.connection.request(method, address, data, headers)
        answer = self.connection.getresponse()
        self.asked = time.monotonic()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"Svaret blev {answer.status}: {body[:300]}")
        return body


def logged_in(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def timed(ask) -> list[float]:
    """Milliseconds of each round."""
    for _ in range(WARM_UP):
        ask()
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        rounds.append((time.perf_counter() - began) * 1000)
    return rounds


def cost(ask) -> tuple[float, int]:
    """Milliseconds of processor (median) and number of queries of a request in this process."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    rounds = []
    for _ in range(COST_ROUNDS):
        began = time.process_time()
        answer = ask()
        rounds.append((time.process_time() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"Svaret blev {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        ask()
    return statistics.median(rounds), len(captured)


def autosave(visitor: Visitor, client, meeting):
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

    times = timed(lambda: visitor.post(address, data()))
    return times, cost(lambda: client.post(address, data(), headers={"accept": "application/json"}))


def report(name: str, times: list[float], cost: tuple[float, int], target: int):
    processor, count = cost
    p95 = statistics.quantiles(times, n=20)[-1]
    remark = "" if p95 < target else f"   över målet {target} ms"
    print(f"{name:38}{statistics.median(times):6.1f} ms{p95:6.1f} ms{processor:6.1f} ms{count:8}{remark}", flush=True)


if __name__ == "__main__":
    run()
