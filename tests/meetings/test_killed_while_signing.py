"""Killing the portal between two signatures, or in the middle of one, loses none and leaves none half done."""

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
    command = [sys.executable, "-m", "tests.meetings.killed", moment]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, timeout=A_WHILE, check=False
    ).returncode


def kept(file: Path) -> dict[str, int]:
    """What stands in the database: signatures, revisions of the paper, events, signatures in the newest file."""
    asked = {
        "signatures": "SELECT count(*) FROM meetings_signatory WHERE signed_at IS NOT NULL",
        "revisions": "SELECT count(*) FROM documents_paper WHERE kind = 'protocol'",
        "events": "SELECT count(*) FROM journal_event WHERE verb = 'adjustment.signed'",
        "in the file": (
            "SELECT (length(text) - length(replace(text, 'signed Signatur', ''))) / 15 FROM (SELECT CAST(f.content AS "
            "TEXT) AS text FROM meetings_adjustment a JOIN documents_paper p ON p.id = a.paper_id "
            "JOIN documents_storedfile f ON f.sha256 = p.file_id)"
        ),
    }
    with sqlite3.connect(file) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in asked.items()}


def test_a_portal_that_is_killed_while_signing_loses_nothing_and_leaves_nothing_half_done(file):
    one = {"signatures": 1, "revisions": 2, "events": 1, "in the file": 1}

    assert portal(file, "between") == -signal.SIGKILL
    assert kept(file) == one
    assert portal(file, "during") == -signal.SIGKILL
    assert kept(file) == one
    assert portal(file, "keeping") == -signal.SIGKILL
    assert kept(file) == one
    assert portal(file, "never") == 0
    assert kept(file) == {"signatures": 3, "revisions": 4, "events": 3, "in the file": 3}
