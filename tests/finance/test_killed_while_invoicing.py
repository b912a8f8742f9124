"""Killing the portal in the middle of a run leaves no gap, no invoice twice, and none without its files for long."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases

ROOT = Path(__file__).resolve().parents[2]
A_WHILE = 120  # seconds


@pytest.fixture
def file(db, tmp_path) -> Path:
    """A database of its own for the portals that are killed: an empty, migrated file."""
    template = databases.template_path(settings.DATA_DIR)
    if not databases.is_own_file(settings.DATABASES["default"]) or not template.exists():
        pytest.skip("Provet startar egna portaler på en SQLite-fil och görs när proven körs på SQLite.")
    return Path(shutil.copyfile(template, tmp_path / "portal.sqlite3"))


def portal(file: Path, moment: str) -> int:
    """Run a portal until it ends or is killed. Gives its exit code: -9 when it was killed."""
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE"}
    environment |= {"DATABASE_URL": f"sqlite:///{file}", "DATA_DIR": str(file.parent)}
    command = [sys.executable, "-m", "tests.finance.killed", moment]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, timeout=A_WHILE, check=False
    ).returncode


def kept(file: Path) -> dict:
    """What stands in the database: serial numbers, the counter, invoices with files, papers and letters of them."""
    asked = {
        "serials": "SELECT group_concat(serial) FROM (SELECT serial FROM finance_invoice ORDER BY serial)",
        "counter": "SELECT coalesce(max(last), 0) FROM documents_numberseries WHERE key LIKE 'invoice:%'",
        "with files": "SELECT count(*) FROM finance_invoicefiles",
        "papers": "SELECT count(*) FROM documents_paper WHERE kind IN ('invoice', 'einvoice')",
        "letters": "SELECT count(*) FROM letters_letter WHERE kind = 'invoice'",
    }
    with sqlite3.connect(file) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in asked.items()}


def test_a_portal_that_is_killed_leaves_no_gap_nothing_twice_and_in_the_end_no_invoice_without_files(file):
    issued = {"serials": "1,2,3,4,5", "counter": 5}

    assert portal(file, "issuing") == -signal.SIGKILL
    assert kept(file) == {"serials": None, "counter": 0, "with files": 0, "papers": 0, "letters": 0}
    assert portal(file, "printing") == -signal.SIGKILL
    assert kept(file) == issued | {"with files": 2, "papers": 4, "letters": 2}
    assert portal(file, "keeping") == -signal.SIGKILL
    assert kept(file) == issued | {"with files": 2, "papers": 4, "letters": 2}
    assert portal(file, "never") == 0
    assert kept(file) == issued | {"with files": 5, "papers": 10, "letters": 5}
