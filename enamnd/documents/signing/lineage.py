"""Which issued paper a file is, or begins as, and what has become of that paper since."""

import hashlib
import mmap
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from enamnd.documents.models import Paper

END = re.compile(rb"%%EOF(?:\r\n|\n|\r|)")
MOST_ENDS = 200  # revisions that are looked for; an honest file has a handful
START = 1024  # within so many bytes a PDF says that it is one (ISO 32000-1, implementation note 13)


@dataclass(frozen=True)
class Digests:
    """SHA-256 (hex) of a whole file, and of each beginning of it that was a whole file before something was added."""

    whole: str
    beginnings: tuple[str, ...]
    is_pdf: bool


@dataclass(frozen=True)
class Life:
    """What has become of a paper: its latest revision, what replaced it, when it was withdrawn."""

    latest: Paper
    replaced_by: Paper | None
    withdrawn_at: datetime | None


def digests(path: Path) -> Digests:
    """Read through a file once, without holding it in memory."""
    if not path.stat().st_size:
        return Digests(hashlib.sha256().hexdigest(), (), False)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        counted, at, beginnings = hashlib.sha256(), 0, []
        for number, match in enumerate(END.finditer(data)):
            if number >= MOST_ENDS:
                break
            for end in {match.start() + len(b"%%EOF"), match.end()}:
                ahead = counted.copy()
                ahead.update(memoryview(data)[at:end])
                beginnings.append(ahead.hexdigest())
            counted.update(memoryview(data)[at : match.start()])
            at = match.start()
        counted.update(memoryview(data)[at:])
        return Digests(counted.hexdigest(), tuple(beginnings), b"%PDF-" in data[:START])


def issued(sha256: str) -> Paper | None:
    """The issued paper that has these bytes; the latest, should the same bytes have been issued twice."""
    return Paper.objects.filter(file=sha256).order_by("-id").first()


def issued_any(digests: Iterable[str]) -> Paper | None:
    """The latest issued paper that a file begins as."""
    return Paper.objects.filter(file__in=list(digests)).order_by("-id").first()


def life_of(paper: Paper) -> Life:
    """Follow a paper to its latest revision and to what has replaced it."""
    revisions = [paper]
    while earlier := revisions[0].previous:
        revisions.insert(0, earlier)
    while later := Paper.objects.filter(previous=revisions[-1]).first():
        revisions.append(later)
    successor = Paper.objects.filter(replaces__in=revisions).order_by("-id").first()
    withdrawn = next((each.withdrawal.at for each in revisions if hasattr(each, "withdrawal")), None)
    return Life(revisions[-1], successor, withdrawn)


def missing(expected: Iterable[str], found: Iterable[str]) -> list[str]:
    """The names that are expected and not found; a person who signs twice is expected twice.

    Other signing services write STRAND, ELIN: case, order of the words and marks between them make no difference.
    """
    left = Counter(map(_words, found))
    lacking = []
    for name in expected:
        if left[_words(name)]:
            left[_words(name)] -= 1
        else:
            lacking.append(name)
    return lacking


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\w+", name.casefold())))
