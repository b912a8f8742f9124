"""`make bench`: pages, clocks, papers, signatures. Each in a process of its own, with its own database and settings."""

import subprocess
import sys

for subject in ("pages", "projects", "clocks", "paper", "signing"):
    subprocess.run([sys.executable, "-m", f"tests.bench.bench_{subject}"], check=True)
