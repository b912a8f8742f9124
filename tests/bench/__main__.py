"""`make bench`: pages, clocks, money, papers, signatures. Each in a process and a database of its own."""

import subprocess
import sys

for subject in ("pages", "clocks", "finance", "invoices", "paper", "signing"):
    subprocess.run([sys.executable, "-m", f"tests.bench.bench_{subject}"], check=True)
