"""A scratch portal to measure: settings, database, web server, and somebody logged in who asks it for pages."""

import functools
import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import django

from tests.bench import figures

ROUNDS = 60
COST_ROUNDS = 15
STILL_OPEN = 1  # s; gunicorn closes a connection that has been idle for two
WARM_UP = 8  # both processes have loaded the page's code and templates
PAGE_TARGET, AUTOSAVE_TARGET = 150, 50  # ms


def set_up(folder: str) -> None:
    """Settings as they are in service, and an empty database in the folder."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "enamnd.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/enamnd.sqlite3",
        "HTTPS": "0",
        "LOG_LEVEL": "ERROR",
    }
    os.environ.pop("DEBUG", None)
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def as_web_process() -> None:
    """Let this process be as one of the web server's: all code loaded, and the same care of memory."""
    from enamnd import gunicorn

    gunicorn.post_worker_init(None)


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


def report_pages(visitor: Visitor, pages: dict[str, str], target: int = PAGE_TARGET) -> None:
    """A row for each page: names and addresses."""
    for name, address in pages.items():
        ask, at_home = functools.partial(visitor.get, address), functools.partial(visitor.client.get, address)
        report_page(name, ask, at_home, target)


def report_page(name: str, ask, at_home, target: int) -> None:
    """A row for what is asked over HTTP; `at_home` asks the same within this process, to see what it costs."""
    timing = figures.timed(ask, rounds=ROUNDS, warm_up=WARM_UP)
    processor, queries = cost(at_home)
    figures.report(name, timing, target=target, processor=processor, note=f"{queries:2} frågor")


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
