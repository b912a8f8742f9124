"""The text of directives and final reports: what is left to fill in, what two wrote, how it is set. Plain Python."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PARAGRAPH, POINTS, STEPS = "p", "ul", "ol"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLACEHOLDER = re.compile(r"<\s*[^\W\d_][^<>]{0,200}>")
_POINT = re.compile(r"\s*[-–•*]\s+")
_STEP = re.compile(r"\s*\d{1,2}[.)]\s+")


@dataclass(frozen=True)
class Block:
    """A paragraph (its lines), a list of points or a list of numbered steps."""

    kind: str
    lines: tuple[str, ...]


def placeholders(text: str) -> list[str]:
    """What a template left to be filled in: "<Ange mål>", in the order of the text, each once."""
    return list(dict.fromkeys(" ".join(each.split()) for each in _PLACEHOLDER.findall(text)))


def next_letter(letters: Iterable[str]) -> str:
    """The letter of the revision after these: none for the first, then A, B … Z, AA, AB."""
    taken = set(letters)
    if not taken:
        return ""
    doubled = (one + two for one in LETTERS for two in LETTERS)
    return next(each for each in (*LETTERS, *doubled) if each not in taken)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Text as people write it: an empty line between paragraphs, "- " before points and "1. " before steps."""
    found: list[tuple[str, list[str]]] = []
    is_new = True
    for line in text.splitlines():
        if not line.strip():
            is_new = True
            continue
        kind = _kind_of(line)
        if (is_new and kind == PARAGRAPH) or not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(_bare(line, kind))
        is_new = False
    return tuple(Block(kind, tuple(lines)) for kind, lines in found)


def list_of(kind: str, text: str) -> tuple[Block, ...]:
    """A line for each point, whether or not it begins with a dash or a number."""
    lines = tuple(_bare(line, _kind_of(line)) for line in text.splitlines() if line.strip())
    return (Block(kind, lines),) if lines else ()


def _kind_of(line: str) -> str:
    if _POINT.match(line):
        return POINTS
    return STEPS if _STEP.match(line) else PARAGRAPH


def _bare(line: str, kind: str) -> str:
    if kind == PARAGRAPH:
        return line.strip()
    return (_POINT if kind == POINTS else _STEP).sub("", line, count=1).strip()


def merged(base: Mapping, theirs: Mapping, mine: Mapping) -> tuple[dict, list]:
    """What two people made of the same pieces, and the keys of those that both have written differently.

    A piece that one of them has changed is taken from that one; where both have, mine stands and its key is listed.
    What is left out was not written; what is missing elsewhere is empty.
    """
    whole, both = dict(theirs), []
    for key, my in mine.items():
        was, their = base.get(key), theirs.get(key)
        if _same(my, was) or _same(my, their):
            whole.setdefault(key, my)
            continue
        whole[key] = my
        if not _same(their, was):
            both.append(key)
    return whole, both


def _same(one, other) -> bool:
    return (one or None) == (other or None)
