"""Has a stranger's PDF looked at by `findings` in a process of its own, and keeps the answer for a while."""

import hashlib
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from enamnd.refusal import Refused

from .certificates import own_roots, stamp_roots

SECONDS = 40  # until a file that takes too long is given up
KEPT = 3600  # seconds that what was found is kept, under the file's checksum
AT_ONCE = threading.BoundedSemaphore(2)  # in each process of the web server
PATIENCE = 20  # seconds to wait for one's turn

CRASHED, TOO_SLOW = "crashed", "too slow"  # beside the problems that `findings` tells of


@dataclass(frozen=True)
class Progress:
    """So many signatures have been looked at, of so many; of none while it is not known how many there are."""

    done: int
    of: int


@dataclass(frozen=True)
class Answer:
    """What was found: signatures as `findings.Finding` writes them, or the problem with the file."""

    signatures: tuple[dict, ...] = ()
    problem: str = ""


def inspect(path: Path, sha256: str) -> Iterator[Progress | Answer]:
    """Progress, and the answer last. Refused when too many are being looked at."""
    roots, stamps = own_roots(), stamp_roots()
    key = f"inspection:{sha256}:{hashlib.sha256(roots + stamps).hexdigest()}"
    kept = cache.get(key)
    if kept is not None:
        yield kept
        return
    yield Progress(0, 0)
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused("Många kontrollerar papper just nu. Vänta en minut och försök igen.")
    try:
        for step in _asked(path, roots, stamps):
            if isinstance(step, Answer) and step.problem not in (CRASHED, TOO_SLOW):
                cache.set(key, step, KEPT)
            yield step
    finally:
        AT_ONCE.release()


def _asked(path: Path, roots: bytes, stamps: bytes) -> Iterator[Progress | Answer]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "roots.pem", Path(folder) / "stamps.pem"]
        for file, content in zip(files, (roots, stamps), strict=True):
            file.write_bytes(content)
        command = [sys.executable, "-m", "enamnd.documents.signing.findings", str(path), *map(str, files)]
        process = subprocess.Popen(  # noqa: S603 - our own program, a path of ours, and none of our secrets
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR, env={"LANG": "C.UTF-8"}
        )
        overdue = threading.Event()
        clock = threading.Timer(SECONDS, lambda: (overdue.set(), process.kill()))
        clock.start()
        try:
            yield from _told(process, overdue)
        finally:
            clock.cancel()
            process.kill()
            process.wait()


def _told(process: subprocess.Popen, overdue: threading.Event) -> Iterator[Progress | Answer]:
    for line in process.stdout:
        told = json.loads(line)
        if "done" in told:
            yield Progress(told["done"], told["of"])
        else:
            yield Answer(tuple(told.get("signatures", ())), told.get("problem", ""))
            return
    yield Answer(problem=TOO_SLOW if overdue.is_set() else CRASHED)
