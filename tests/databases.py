"""Which database the tests run on, and a quick start for it.

Without anything in the environment: SQLite, in a file (an in-memory database cannot be shared with the threads of a
live server). With DATABASE_URL: that one. `make test` runs everything on both at once by TEST_DATABASE; PostgreSQL is
then the throw-away cluster in the PG… variables that pg_virtualenv sets.

Migrating takes many times longer than most tests, so an empty, migrated SQLite file is kept and copied. Its name holds
a digest of all migrations and pinned packages: whenever one of them changes, the file is made anew.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = "prov-{digest}.sqlite3"

# Removes itself, and nothing else, when the process ends.
_own_folder = tempfile.TemporaryDirectory(prefix="prov-", ignore_cleanup_errors=True)


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
    """Begin with the kept, migrated file, where there is one for these migrations."""
    template = template_path(data_dir)
    if template.exists():
        shutil.copyfile(template, database["TEST"]["NAME"])


def keep_template(database: dict, data_dir: Path):
    """Keep the migrated file for the next run."""
    template = template_path(data_dir)
    if template.exists():
        return
    template.parent.mkdir(parents=True, exist_ok=True)
    unfinished = template.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(database["TEST"]["NAME"]) as source:
        source.execute("VACUUM INTO ?", [str(unfinished)])
    unfinished.replace(template)


def template_path(data_dir: Path) -> Path:
    digest = hashlib.sha256()
    for file in [*sorted(ROOT.glob("[!.]*/**/migrations/*.py")), ROOT / "requirements.lock"]:
        digest.update(file.name.encode() + file.read_bytes())
    return data_dir / KEPT.format(digest=digest.hexdigest()[:16])
