"""`make bench`: pages, then papers. Each in a process of its own, since each has its own database and settings."""

import subprocess
import sys

for module in ("tests.bench.bench_pages", "tests.bench.bench_paper"):
    subprocess.run([sys.executable, "-m", module], check=True)
