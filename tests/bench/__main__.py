"""`make bench`: pages, clocks, risks, papers, signatures. Each in a process of its own, with its own database."""

import subprocess
import sys

for subject in ("pages", "clocks", "riskcontrol", "paper", "signing"):
    subprocess.run([sys.executable, "-m", f"tests.bench.bench_{subject}"], check=True)
