"""Settings: what the portal refuses, and what it asks of database, browser and log."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import factories

ROOT = Path(__file__).resolve().parent.parent
FROM_ENVIRONMENT = ("DEBUG", "SECRET_KEY", "DATABASE_URL", "DATA_DIR", "HTTPS", "DJANGO_SETTINGS_MODULE")


def start(code: str = "from enamnd import settings", **environment) -> subprocess.CompletedProcess:
    """A Python of its own with the portal's settings and this environment alone."""
    clean = {name: value for name, value in os.environ.items() if name not in FROM_ENVIRONMENT}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False
    )


def test_the_portal_does_not_start_without_a_key_and_says_why():
    started = start()

    assert started.returncode != 0
    assert "SECRET_KEY saknas" in started.stderr
    assert "README" in started.stderr


def test_the_portal_starts_with_a_key():
    assert start(SECRET_KEY="x" * 50).returncode == 0


def test_the_portal_starts_without_a_key_while_developing():
    assert start(DEBUG="1").returncode == 0


def test_outside_debug_everything_is_sent_encrypted():
    code = (
        "from enamnd import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.DEBUG)"
    )

    assert start(code, SECRET_KEY="x" * 50).stdout.split() == ["True", "True", "True", "True", "False"]


def test_a_database_address_means_postgresql():
    code = "from enamnd import settings; print(settings.DATABASES['default']['ENGINE'])"

    started = start(code, SECRET_KEY="x" * 50, DATABASE_URL="postgres://anna:x@localhost/enamnd")

    assert started.stdout.strip() == "django.db.backends.postgresql"


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="gäller SQLite")
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1)])
def test_sqlite_keeps_what_it_is_given(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="gäller SQLite")
def test_sqlite_takes_its_lock_when_a_transaction_begins():
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.fixture
def answer(client_as):
    factories.board()
    return client_as("secretary").get("/")


@pytest.mark.django_db
def test_the_browser_may_load_from_the_portal_alone(answer):
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "http" not in answer["Content-Security-Policy"]
    assert not re.search(r"(^|\s)\*(\s|$|;)", answer["Content-Security-Policy"])
    assert policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_page_carries_the_headers_that_protect_it(answer, header, value):
    assert answer[header] == value


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_number_and_its_user(client_as, caplog):
    client = client_as("secretary")

    line = logged(client, "/tillganglighet/", caplog)

    assert line["code"] == 200
    assert line["request"] == "GET /tillganglighet/"
    assert line["request_id"]
    assert line["user_id"] == client.user.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/tillganglighet/?token=hemlig", "/inloggning/password/reset/key/1-hemlig/", "/sammantraden/?q=hemlig"]
)
def test_the_log_keeps_no_secret_and_no_search(client_as, caplog, path):
    client = client_as("secretary")

    line = logged(client, path, caplog)

    assert "hemlig" not in json.dumps(line, default=str)
    assert client.user.email not in json.dumps(line, default=str)


def logged(client, path: str, caplog) -> dict:
    """The one line that a request leaves in the log."""
    with caplog.at_level(logging.INFO, logger="django_structlog"):
        client.get(path)
    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict) and "request" in record.msg]
    assert len(lines) == 1
    return lines[0]
