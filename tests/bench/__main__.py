"""`make bench`: pages, papers, signatures. Each in a process of its own: each has its own database and settings."""

import subprocess
import sys

for module in ("tests.bench.bench_pages", "tests.bench.bench_paper", "tests.bench.bench_signing"):
    subprocess.run([sys.executable, "-m", module], check=True)
