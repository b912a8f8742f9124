"""The sections of the protocol that the portal writes from the records, and how they stand against them.

A section that was written here remembers in `made_from` what it was made of: its name, and a digest of the text as it
was proposed. So it can be told whether the records say something else by now, and whether somebody has edited it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from enamnd.organisation.models import Board
from meetings.text import sections
from meetings.text.markup_tree import escaped
from meetings.text.sections import Section

from . import sentences
from .records import Counted, Records

MISSING, CURRENT, EDITED, STALE, STALE_EDITED, OWN = "missing", "current", "edited", "stale", "stale_edited", "own"
IN_WORDS = {
    MISSING: "Inte skriven än",
    CURRENT: "Skriven",
    EDITED: "Skriven, och sedan ändrad för hand",
    STALE: "Underlaget har ändrats sedan texten skrevs",
    STALE_EDITED: "Underlaget har ändrats sedan texten skrevs, och texten är ändrad för hand",
    OWN: "Skriven för hand",
}


@dataclass(frozen=True)
class WrittenText:
    """One section as the records would have it (`lines`, plain text), and how the paragraph's section stands to that.

    `section` is None while the paragraph has none. `name` is the standard section's.
    """

    name: str
    heading: str
    lines: tuple[str, ...]
    section: Section | None

    @property
    def is_list(self) -> bool:
        """A decision is kept in points."""
        return self.name == "decision"

    @property
    def html(self) -> str:
        return "".join(f"<p>{escaped(line)}</p>" for line in self.lines)

    @property
    def made_from(self) -> str:
        return f"{self.name}:{_digest(self._content(self.html, self.lines))}"

    @property
    def state(self) -> str:
        if self.section is None or not _text_of(self.section):
            return MISSING if self.lines else CURRENT
        if not self.section.made_from:
            return OWN
        made_of = self.section.made_from.partition(":")[2]
        items = tuple(item.text for item in self.section.items or ())
        is_edited = _digest(self._content(self.section.html, items)) != made_of
        if self.made_from == self.section.made_from:
            return EDITED if is_edited else CURRENT
        return STALE_EDITED if is_edited else STALE

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.state]

    @property
    def is_stale(self) -> bool:
        return self.state in (STALE, STALE_EDITED)

    @property
    def may_be_written(self) -> bool:
        """Whether nobody's words would be lost."""
        return self.state in (MISSING, STALE)

    @property
    def would_overwrite(self) -> bool:
        """Whether somebody's own words stand there and the records have something else to say."""
        return bool(self.lines) and self.state in (EDITED, STALE_EDITED, OWN)

    def _content(self, html: str, lines: tuple[str, ...]) -> str:
        return "\n".join(lines) if self.is_list else html


def texts_of(records: Records, board: Board) -> tuple[WrittenText, ...]:
    """The sections that the records have something to say in, or once had, in printed order."""
    now = sections.from_json(records.paragraph.sections)
    words = {each.name: board.word(each.name) for each in sections.STANDARDS}
    found = (
        WrittenText(name, words[name], lines(records, board), _find(now, name, words)) for name, lines in LINES.items()
    )
    return tuple(each for each in found if each.lines or (each.section and each.section.made_from))


def stale_texts(records: Records, board: Board) -> tuple[WrittenText, ...]:
    """Sections whose records have changed since they were written (underlaget har ändrats)."""
    return tuple(each for each in texts_of(records, board) if each.is_stale)


def unwritten_texts(records: Records, board: Board) -> tuple[WrittenText, ...]:
    """Sections that the records have something to say in, and that stand empty or are not there."""
    return tuple(each for each in texts_of(records, board) if each.state == MISSING)


def _find(now: sections.Sections, name: str, words: Mapping[str, str]) -> Section | None:
    """The section that was made for it, else the one under the board's word for it."""
    made = next((each for each in now if each.made_from.partition(":")[0] == name), None)
    return made or next((each for each in now if each.heading == words[name]), None)


def _text_of(section: Section) -> str:
    return "".join(item.text for item in section.items).strip() if section.is_list else section.html


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


# What the records say


def _decision(records: Records, board: Board) -> tuple[str, ...]:
    sentence = records.closing and sentences.outcome_sentence(records.closing.outcome, capitalised(board.short_name))
    return (sentence,) if sentence else ()


def _recusals(records: Records, board: Board) -> tuple[str, ...]:
    return tuple(sentences.recusal_sentence(each) for each in records.recusals)


def _motions(records: Records, board: Board) -> tuple[str, ...]:
    return tuple(sentences.motion_sentence(each, records.supporters(each)) for each in records.standing)


def _procedure(records: Records, board: Board) -> tuple[str, ...]:
    put = _paragraphs(records.procedure.text) if records.procedure else ()
    return (*put, *(line for each in records.ballots if each.is_finished for line in _ballot(each, board)))


def _ballot(each: Counted, board: Board) -> tuple[str, ...]:
    return (
        sentences.question_sentence(each.ballot),
        *sentences.vote_lines(each.ballot, each.choices),
        result_of(each, board),
    )


def result_of(each: Counted, board: Board) -> str:
    """The result in the secretary's own words, or the portal's."""
    return each.ballot.result or sentences.result_sentence(each.ballot, each.tally, capitalised(board.short_name))


def capitalised(name: str) -> str:
    """E-nämnden, at the beginning of a sentence."""
    return f"{name[:1].upper()}{name[1:]}"


def _reservations(records: Records, board: Board) -> tuple[str, ...]:
    return tuple(
        line
        for each in records.reservations
        for line in (sentences.reservation_sentence(each), *_paragraphs(each.text))
    )


def _notes(records: Records, board: Board) -> tuple[str, ...]:
    return tuple(line for each in records.notes for line in (sentences.note_sentence(each), *_paragraphs(each.text)))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


LINES: dict[str, Callable[[Records, Board], tuple[str, ...]]] = {
    "decision": _decision,
    "recusals": _recusals,
    "motions": _motions,
    "procedure": _procedure,
    "reservations": _reservations,
    "notes": _notes,
}
