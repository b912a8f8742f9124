"""The auditors' package: what goes into it, what it lacks, and the file it becomes."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.template.loader import render_to_string

from enamnd.documents.collecting import Enclosure, keys, parts_of
from enamnd.organisation.current import current_board

# What auditors ask for of a year, in the order of the package. An app that has it registers under the key.
EXPECTED = (
    ("protocols", "Protokoll"),
    ("decisions", "Beslutslogg"),
    ("delegation", "Delegationsordning och delegationsbeslut"),
    ("governing", "Verksamhetsplan och rapporter"),
    ("goals", "Mål och utfall"),
    ("control", "Internkontrollplan och uppföljning"),
    ("budget", "Budget och ekonomisk uppföljning"),
    ("audits", "Granskningar och svar"),
)
INDEX = "00 Innehåll.html"
MOST_AT_ONCE = 40  # files
MOST_BYTES_AT_ONCE = 15_000_000
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


@dataclass(frozen=True)
class Folder:
    """A part of the package: its name, files, and sentences about what it lacks."""

    name: str
    enclosures: tuple[Enclosure, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What a package of a year would hold, part by part, before any file is read."""

    year: int
    folders: tuple[Folder, ...]

    @property
    def number(self) -> int:
        return sum(len(folder.enclosures) for folder in self.folders)

    @property
    def is_large(self) -> bool:
        """Whether it is made by the task queue instead of while somebody waits."""
        size = sum(each.size for folder in self.folders for each in folder.enclosures)
        return self.number > MOST_AT_ONCE or size > MOST_BYTES_AT_ONCE

    @property
    def missing(self) -> list[dict[str, str]]:
        return [{"part": folder.name, "why": why} for folder in self.folders for why in folder.missing]


@dataclass(frozen=True)
class Package:
    """A finished package: its bytes, and the files in it as {"part", "name", "title", "sha256"}."""

    content: bytes
    contents: list[dict[str, str]]


def plan_package(year: int) -> Plan:
    """What there is of a year. A part that no app has, or that gives nothing without a word, is told as missing."""
    names = dict(EXPECTED)
    others = [(key, parts_of(key)[0].name) for key in keys() if key not in names]
    return Plan(year, tuple(_folder(number, *each, year) for number, each in enumerate((*EXPECTED, *others), 1)))


def _folder(number: int, key: str, name: str, year: int) -> Folder:
    given = [part.collect(year) for part in parts_of(key)]
    enclosures = tuple(each for one in given for each in one.enclosures)
    missing = tuple(why for one in given for why in one.missing)
    if not given:
        missing = (f"{name} förs inte i portalen.",)
    elif not enclosures and not missing:
        missing = (f"Portalen har inget utfärdat för {year}.",)
    return Folder(f"{number:02} {name}", _apart(enclosures), missing)


def _apart(enclosures: Iterable[Enclosure]) -> tuple[Enclosure, ...]:
    """The files under names that every file system takes, each name once."""
    taken: set[str] = set()
    made = []
    for each in enclosures:
        stem, _, ending = each.name.rpartition(".")
        stem = " ".join(_UNSAFE.sub(" ", stem).split()).strip(" .")[:100] or "namnlös"
        name, number = f"{stem}.{ending}", 2
        while name.casefold() in taken:
            name, number = f"{stem} {number}.{ending}", number + 1
        taken.add(name.casefold())
        made.append(replace(each, name=name))
    return tuple(made)


def make_package(plan: Plan, made_at: datetime) -> Package:
    """The whole package as one ZIP with an index page, read file by file. `made_at` is local time."""
    out = io.BytesIO()
    contents = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for folder in plan.folders:
            for each in folder.enclosures:
                content = each.read()
                zipped.writestr(f"{folder.name}/{each.name}", content)
                digest = hashlib.sha256(content).hexdigest()
                contents.append({"part": folder.name, "name": each.name, "title": each.title, "sha256": digest})
        zipped.writestr(INDEX, index_page(plan, contents, made_at))
    return Package(out.getvalue(), contents)


def index_page(plan: Plan, contents: list[dict[str, str]], made_at: datetime) -> str:
    """The page that leads into the package: its parts with links, digests, and what is missing."""
    folders = [(folder, [each for each in contents if each["part"] == folder.name]) for folder in plan.folders]
    context = {"board_name": current_board().name, "year": plan.year, "folders": folders, "made_at": made_at}
    return render_to_string("print/audit_package.html", context)
