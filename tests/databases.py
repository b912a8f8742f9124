"""Which database the tests run on, and a quick start for it.

Without anything in the environment: SQLite, in a file (an in-memory database cannot be shared with the threads of a
live server). With DATABASE_URL: that one. `make test` runs everything on both at once by TEST_DATABASE; PostgreSQL is
then the throw-away cluster in the PG… variables that pg_virtualenv sets.

Migrating takes many times longer than most tests, so an empty, migrated SQLite file is kept and copied. Its name holds
a digest of all migrations and pinned packages: whenever one of them changes, the file is made anew. Workers that begin
together do not all migrate: the first holds a lock until it has kept its file, the others wait and copy it.
"""

import fcntl
import functools
import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
KEPT = "prov-{digest}.sqlite3"

# Removes itself, and nothing else, when the process ends.
_own_folder = tempfile.TemporaryDirectory(prefix="prov-", ignore_cleanup_errors=True)
_held: list[TextIO] = []  # the lock, while this process migrates


def address(environment) -> str | None:
    """The DATABASE_URL of this run; the throw-away cluster's when that is asked for."""
    if environment.get("TEST_DATABASE") == "postgresql":
        return "postgres://{PGUSER}:{PGPASSWORD}@{PGHOST}:{PGPORT}/postgres".format_map(environment)
    return environment.get("DATABASE_URL")


def for_tests(database: dict) -> dict:
    """The DATABASES entry of a test run, made of the installation's own."""
    if database["ENGINE"].endswith("sqlite3"):
        return database | {"TEST": {"NAME": str(Path(_own_folder.name) / "prov.sqlite3")}}
    return database


def is_own_file(database: dict) -> bool:
    """Whether the tests run on an SQLite file in the folder of this run."""
    test_name = database.get("TEST", {}).get("NAME") or ""
    return database["ENGINE"].endswith("sqlite3") and Path(test_name).parent == Path(_own_folder.name)


def start_from_template(database: dict, data_dir: Path):
    """Begin with the kept, migrated file. Where these migrations have none, others wait until this one is kept."""
    template = template_path(data_dir)
    template.parent.mkdir(parents=True, exist_ok=True)
    _hold_back_others(template)
    if template.exists():
        _let_others_on()
        shutil.copyfile(template, database["TEST"]["NAME"])


def keep_template(database: dict, data_dir: Path):
    """Keep the migrated file for the other workers and the next run."""
    template = template_path(data_dir)
    if template.exists():
        return
    unfinished = template.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(database["TEST"]["NAME"]) as source:
        source.execute("VACUUM INTO ?", [str(unfinished)])
    unfinished.replace(template)
    _let_others_on()


def _hold_back_others(template: Path):
    """Take the lock, or wait for it. The system lets go of it when the process ends, however it ends."""
    _held.append(template.with_suffix(".lock").open("w"))
    fcntl.flock(_held[-1], fcntl.LOCK_EX)


def _let_others_on():
    _held.pop().close()


@functools.cache
def template_path(data_dir: Path) -> Path:
    """The kept file of the migrations as they were when the run began."""
    digest = hashlib.sha256()
    for file in [*sorted(ROOT.glob("[!.]*/**/migrations/*.py")), ROOT / "requirements.lock"]:
        digest.update(file.name.encode() + file.read_bytes())
    return data_dir / KEPT.format(digest=digest.hexdigest()[:16])
