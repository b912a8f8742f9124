"""`make bench`: each subject in a process of its own, with its own database and settings.

A new subject is a module `bench_<subject>` with a `run()` that prints its rows by `figures.report`, and a word here.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import figures

SUBJECTS = (
    "pages",
    "projects",
    "finance",
    "invoices",
    "riskcontrol",
    "goals",
    "governing",
    "audits",
    "clocks",
    "paper",
    "signing",
)


def run(subjects) -> None:
    """Measure the subjects, one after another, and say which targets were met."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results")
        results.touch()
        print(f"Före:  {figures.machine()}", flush=True)
        for subject in subjects:
            module = [sys.executable, "-m", f"tests.bench.bench_{subject}"]
            subprocess.run(module, env=os.environ | {figures.RESULTS: str(results)}, check=True)
        print(f"\nEfter: {figures.machine()}")
        print(f"\n{figures.last_words(results)}")


if __name__ == "__main__":
    run(sys.argv[1:] or SUBJECTS)
