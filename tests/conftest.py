"""What all tests share. Rows are made by tests/factories/, the browser comes from tests/browser.py."""

import fcntl
import gc
import os
import subprocess
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import Client

from tests import databases, factories
from tests.browser import browser, log_in, new_page, page, page_trouble  # noqa: F401

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
SHARED = Path(__file__).resolve().parents[2] / "shared"
# Java's second compiler takes more time than it gives back in a program that runs for a few seconds.
SHORT_JAVA_RUN = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}

# A busy machine makes no property false.
hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")


def pytest_collection_finish():
    """What has been loaded by now stays; to look through it for garbage again and again takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_collection_modifyitems(items):
    """What drives the browser is a journey. `make test` shares the tests out by TEST_PART; without it, all are run.

    PostgreSQL gets every test that may open a database. pytest-django keeps all others from opening one.
    """
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.journey)
    part = os.environ.get("TEST_PART")
    if part == "plain":
        items[:] = [item for item in items if "journey" not in item.keywords]
    elif part == "browser":
        items[:] = [item for item in items if "journey" in item.keywords]
    elif part == "postgresql":
        items[:] = [
            item
            for item in items
            if opens_database(item) and ("journey" not in item.keywords or "both_databases" in item.keywords)
        ]


def opens_database(item) -> bool:
    """Whether pytest-django lets the test open a database: by its mark, or by a fixture, its own or one behind it."""
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


@pytest.fixture
def client_as(db):
    """`client_as("secretary")`: a client logged in as a new account with these roles, found in its `.user`."""

    def client_of(*roles: str, **fields) -> Client:
        client = Client()
        client.user = factories.user(*roles, **fields)
        client.force_login(client.user)
        return client

    return client_of


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Papers and checks kept beside the project; the test is skipped where they are not."""
    if not SHARED.is_dir():
        pytest.skip("../shared finns inte bredvid projektet: provet mot kontrollerade papper hoppas över.")
    return SHARED


@pytest.fixture(scope="session")
def conformance_of(shared_folder):
    """`conformance_of("2a,ua1", *files)`: what the independent checker of PDF/A and PDF/UA prints; it must be content.

    One worker at a time: the checker installs what it lacks when it is first run.
    """

    def check(flavours: str, *files: Path) -> str:
        with (Path(tempfile.gettempdir()) / "pdf-conformance.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            command = [shared_folder / "checks" / "pdf_conformance", flavours, *files]
            done = subprocess.run(command, capture_output=True, text=True, env=os.environ | SHORT_JAVA_RUN)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return check


def database() -> dict:
    return settings.DATABASES["default"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    if databases.is_own_file(database()):
        databases.start_from_template(database(), settings.DATA_DIR)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb) -> bool:
    return databases.is_own_file(database()) or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    if databases.is_own_file(database()):
        databases.keep_template(database(), settings.DATA_DIR)
