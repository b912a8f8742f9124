"""A protocol as the checks see it: plain frozen values, loaded once; and what a check says."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from meetings.attending import roll
from meetings.days import Begun
from meetings.text import markup, sections

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Remark:
    """What a check has to say: `paragraph` is the key of the § or None, `href` the place where it is mended."""

    code: str
    level: str
    sentence: str
    paragraph: int | None
    href: str

    @property
    def key(self) -> str:
        """Names the remark as long as it says the same of the same place, so that it can be confirmed."""
        said = f"{self.code}:{self.paragraph}:{self.sentence}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Found:
    """One thing that a check has found: a sentence, in which paragraph, or on which of the meeting's pages.

    `in_records`: it is mended where things are recorded of the paragraph, not in its text.
    """

    sentence: str
    matter: "Matter | None" = None
    place: str = "facts"
    in_records: bool = False


@dataclass(frozen=True)
class Check:
    """A rule: its code in the journal, how grave it is, and the pure function that finds what breaks it."""

    code: str
    level: str
    find: Callable[["LoadedProtocol"], Iterable[Found]]


@dataclass(frozen=True)
class PlainMotion:
    """A motion: of what kind, by whom (a key of the roll), and whether it was withdrawn."""

    mover: str | None
    is_withdrawn: bool = False
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlainBallot:
    """A ballot. `counts` (yes, no, abstain) are the totals that were noted, None where only the votes were."""

    method: str
    is_finished: bool = True
    is_election: bool = False
    counts: tuple[int, int, int] | None = None
    votes: tuple[tuple[str, str], ...] = ()
    casting_vote: str = ""
    lot_outcome: str = ""

    def counted(self, choice: str) -> int:
        return sum(1 for _, chosen in self.votes if chosen == choice)


@dataclass(frozen=True)
class PlainStatement:
    """A reservation, or a note in the protocol, by a row of the roll."""

    by: str
    is_reservation: bool = True


@dataclass(frozen=True)
class Matter:
    """One paragraph with all that was done in it. People are keys of the roll.

    `stale` and `unwritten` are headings of sections that say something else than the records, or nothing of them;
    `records_href` is where they are written anew.
    """

    pk: int
    position: int
    number: int | None
    title: str
    is_decision: bool = True
    case_number: str = ""
    text: sections.Sections = ()
    outcome: str = ""
    recused: frozenset[str] = frozenset()
    motions: tuple[PlainMotion, ...] = ()
    ballots: tuple[PlainBallot, ...] = ()
    statements: tuple[PlainStatement, ...] = ()
    href: str = ""
    records_href: str = ""
    stale: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"§ {self.number}" if self.number else f"”{self.title}”"

    @property
    def is_to_decide(self) -> bool:
        """Neither information nor dropped from the agenda: a decision must stand in it."""
        return self.is_decision and self.outcome not in ("informed", "dropped")

    def of_kind(self, kind: str) -> list[sections.Section]:
        return [each for each in self.text if each.kind == kind]

    def is_written(self, kind: str) -> bool:
        return any(not is_blank(each) for each in self.of_kind(kind))

    @cached_property
    def words(self) -> str:
        """Title and text without markup, a line for each piece."""
        return "\n".join((self.title, *(plain(each) for each in self.text)))


@dataclass(frozen=True)
class Named:
    """Chair, adjuster or secretary: the name on the cover, the register's name, and which positions it is for."""

    name: str
    label: str
    registered: str = ""
    first: int | None = None
    last: int | None = None
    has_account: bool = True
    has_address: bool = True

    def covers(self, position: int) -> bool:
        return (self.first is None or self.first <= position) and (self.last is None or position <= self.last)


@dataclass(frozen=True)
class LoadedProtocol:
    """Everything that the checks look at. `chosen` are the keys of the paragraphs to adjust.

    Of a meeting that went on for more than a day: `begun` says where its days begin, `days_untold` are those of which
    that is not known, and `terms` the first and last day of each row's mandate.
    """

    held_on: date
    today: date
    matters: tuple[Matter, ...]
    chosen: frozenset[int]
    is_immediate: bool = False
    numbers_paragraphs: bool = True
    number_before: int | None = None
    latest_on: date | None = None
    rows: tuple[roll.Row, ...] = ()
    seats: int = 0
    secretary: Named | None = None
    chairs: tuple[Named, ...] = ()
    adjusters: tuple[Named, ...] = ()
    adjusters_needed: int = 1
    allows_remote: bool = True
    registered: Mapping[str, str] = field(default_factory=dict)
    without_file: frozenset[int] = frozenset()
    procedure_heading: str = "Beslutsgång"
    known_references: frozenset[tuple] = frozenset()
    year: int = 0
    hrefs: Mapping[str, str] = field(default_factory=dict)
    begun: tuple[Begun, ...] = ()
    days_untold: tuple[date, ...] = ()
    terms: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)

    @cached_property
    def to_adjust(self) -> tuple[Matter, ...]:
        return tuple(each for each in self.matters if each.pk in self.chosen)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {row.key: row.label for row in self.rows}

    def name(self, key: str | None) -> str:
        return self.labels.get(key, "Någon som inte står i närvarolistan")

    def serving(self, matter: Matter) -> frozenset[str]:
        """Keys of those who served at the paragraph, without whoever had a conflict of interest."""
        return frozenset(row.key for row in roll.serving_at(self.rows, matter.position)) - matter.recused

    def remark(self, check: Check, found: Found) -> Remark:
        matter = found.matter
        place = matter.records_href if matter and found.in_records else matter.href if matter else None
        href = self.hrefs.get(found.place, "") if place is None else place
        return Remark(check.code, check.level, found.sentence, matter.pk if matter else None, href)


def is_blank(section: sections.Section) -> bool:
    if section.is_list:
        return not any(item.text.strip() for item in section.items)
    return markup.is_empty(section.html)


def plain(section: sections.Section) -> str:
    """What stands in a section, heading first, without markup."""
    if section.is_list:
        return "\n".join((section.heading, *(item.text for item in section.items)))
    return f"{section.heading}\n{markup.plain_text(section.html)}"
