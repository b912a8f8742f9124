"""What changed, word by word, between two versions of a paragraph. Finds it; pages show it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from meetings.text.markup import plain_text
from meetings.text.sections import Section, Sections

SAME, ADDED, REMOVED = "same", "added", "removed"

# A table of this many bits (words × words) is still found in a tenth of a second.
_LARGEST = 40_000_000
_WORD = re.compile(r"\n|\t|[^\s]+")


@dataclass(frozen=True)
class Change:
    """A stretch of words: `op` is same, added or removed. Line breaks and tabs stand between blocks and cells."""

    op: str
    text: str


@dataclass(frozen=True)
class SectionChange:
    """One section in both versions. `status` is same, changed, added or removed.

    `heading` is the newer heading; `old_heading` stands only when it was renamed.
    """

    key: str
    status: str
    heading: str
    old_heading: str | None
    is_moved: bool
    words: tuple[Change, ...]


@dataclass(frozen=True)
class Version:
    """What is compared: title, case number as printed (or ""), sections."""

    title: str
    case: str
    sections: Sections


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two versions."""

    title: tuple[Change, ...]
    case: tuple[Change, ...]
    sections: tuple[SectionChange, ...]
    is_same: bool


def compare(old: Version, new: Version) -> Comparison:
    """Everything that differs, the sections in the newer order with removed ones where they stood."""
    title, case = compare_words(old.title, new.title), compare_words(old.case, new.case)
    sections = tuple(_sections(old.sections, new.sections))
    is_same = not any(change.op != SAME for change in (*title, *case)) and not any(map(_differs, sections))
    return Comparison(title, case, sections, is_same)


def _differs(section: SectionChange) -> bool:
    return section.status != SAME or section.is_moved or section.old_heading is not None


def _sections(old: Sections, new: Sections) -> Iterator[SectionChange]:
    before = {section.key: section for section in old}
    after = {section.key for section in new}
    moved = _moved([each.key for each in old if each.key in after], [each.key for each in new if each.key in before])
    for section in _with_removed(old, new):
        if section.key not in after:
            yield _alone(section, REMOVED)
        elif section.key not in before:
            yield _alone(section, ADDED)
        else:
            yield _pair(before[section.key], section, section.key in moved)


def _with_removed(old: Sections, new: Sections) -> list[Section]:
    """The newer sections, and each removed one after that which stood before it."""
    together, after = list(new), {section.key for section in new}
    place = 0
    for section in old:
        if section.key in after:
            place = next(at for at, each in enumerate(together) if each.key == section.key) + 1
        else:
            together.insert(place, section)
            place += 1
    return together


def _moved(old: list[str], new: list[str]) -> set[str]:
    stayed = {old[at] for at, _ in _common(old, new)}
    return set(new) - stayed


def _alone(section: Section, op: str) -> SectionChange:
    text = section_text(section)
    return SectionChange(section.key, op, section.heading, None, False, (Change(op, text),) if text else ())


def _pair(old: Section, new: Section, is_moved: bool) -> SectionChange:
    words = compare_words(section_text(old), section_text(new))
    status = "changed" if any(change.op != SAME for change in words) else SAME
    old_heading = old.heading if old.heading != new.heading else None
    return SectionChange(new.key, status, new.heading, old_heading, is_moved, words)


def section_text(section: Section) -> str:
    """The section as plain text, a line for each block or item."""
    if section.items is None:
        return plain_text(section.html)
    return "\n".join(item.text for item in section.items)


def compare_words(old: str, new: str) -> tuple[Change, ...]:
    """Both texts as one row of stretches: same and removed together are the old, same and added the new.

    Spaces are single in what comes out; line breaks and tabs are kept.
    """
    ops = list(_ops(_WORD.findall(old), _WORD.findall(new)))
    changes = []
    for op, same_op in groupby(_settled(ops), key=lambda each: each[0]):
        changes.append(Change(op, _joined([word for _, word in same_op])))
    return tuple(changes)


def _joined(words: list[str]) -> str:
    return re.sub(r" ?([\n\t]) ?", r"\1", " ".join(words))


def _ops(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The least changes that make the new words of the old."""
    at_old = at_new = 0
    for old_index, new_index in [*_common(old, new), (len(old), len(new))]:
        yield from ((REMOVED, word) for word in old[at_old:old_index])
        yield from ((ADDED, word) for word in new[at_new:new_index])
        if old_index < len(old):
            yield SAME, old[old_index]
        at_old, at_new = old_index + 1, new_index + 1


def _common(old: Sequence, new: Sequence) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs of indexes. Common ends are taken off first."""
    shortest = min(len(old), len(new))
    head = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    inner = _longest(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((at, at) for at in range(head)),
        *((head + one, head + other) for one, other in inner),
        *((len(old) - at, len(new) - at) for at in range(tail, 0, -1)),
    ]


def _longest(old: Sequence, new: Sequence) -> list[tuple[int, int]]:
    """Longest common subsequence with one bit a word of `new` (Hyyrö 2004). Very long texts count as all changed."""
    if not old or not new or len(old) * len(new) > _LARGEST:
        return []
    places: dict = {}
    for at, word in enumerate(new):
        places[word] = places.get(word, 0) | 1 << at
    every = (1 << len(new)) - 1
    state, states = every, [every]
    for word in old:
        hits = state & places.get(word, 0)
        state = (state + hits | state - hits) & every
        states.append(state)
    return _walk_back(states, len(old), len(new))


def _walk_back(states: list[int], at_old: int, at_new: int) -> list[tuple[int, int]]:
    """A clear bit in row i says that the subsequence grows at that word of `new` within the first i words of `old`."""
    pairs = []
    while at_old and at_new:
        bit = at_new - 1
        if states[at_old] >> bit & 1:
            at_new -= 1
        elif not states[at_old - 1] >> bit & 1:
            at_old -= 1
        else:
            at_old, at_new = at_old - 1, at_new - 1
            pairs.append((at_old, at_new))
    return pairs[::-1]


def _settled(ops: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Removed before added in every change, and no lone short word ("att", "i") kept between two changes."""
    settled, removed, added = [], [], []
    for at, (op, word) in enumerate(ops):
        is_between = 0 < at < len(ops) - 1 and ops[at - 1][0] != SAME and ops[at + 1][0] != SAME
        if op == SAME and not (is_between and len(word) <= 3 and word not in "\n\t"):
            settled.extend([*removed, *added, (op, word)])
            removed, added = [], []
            continue
        if op in {SAME, REMOVED}:
            removed.append((REMOVED, word))
        if op in {SAME, ADDED}:
            added.append((ADDED, word))
    return [*settled, *removed, *added]
