"""The numbers of headings in up to three levels. Plain Python.

A numbered heading counts on from the one before it on its level. An unnumbered heading prints no number, but when it
has numbered headings under it they count in its place: ”Basfakta” without a number is followed by 1.1, 1.2 and then 2
(VP 2021 and 2024). Without any, it takes no place at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from enamnd.refusal import Refused

LEVELS = 3


@dataclass(frozen=True)
class Heading:
    """A heading before it is numbered: its level (1-3), its words, whether it prints a number, is in the contents."""

    level: int
    title: str
    is_numbered: bool = True
    in_contents: bool = True


def numbers_of(headings: Sequence[Heading]) -> list[str]:
    """The number of each heading as it is printed ("2.3.1"), "" for an unnumbered one."""
    counts = [0] * LEVELS
    numbers = []
    for at, heading in enumerate(headings):
        counts[heading.level :] = [0] * (LEVELS - heading.level)
        if heading.is_numbered or _holds_numbered(headings, at):
            counts[heading.level - 1] += 1
        numbers.append(".".join(map(str, counts[: heading.level])) if heading.is_numbered else "")
    return numbers


def _holds_numbered(headings: Sequence[Heading], at: int) -> bool:
    for each in headings[at + 1 :]:
        if each.level <= headings[at].level:
            return False
        if each.is_numbered:
            return True
    return False


def check_levels(headings: Sequence[Heading]) -> None:
    """Refused when a heading stands two levels below the one before it: ”2.1.1” needs a ”2.1”."""
    before = 0
    for heading in headings:
        if not 1 <= heading.level <= LEVELS:
            raise Refused(f"”{heading.title}”: nivån ska vara 1, 2 eller 3.", field="level")
        if heading.level > before + 1:
            above = "på nivå 1" if before == 0 else f"på nivå {before + 1}"
            raise Refused(
                f"”{heading.title}” kan inte stå på nivå {heading.level} här: det behövs en rubrik {above} före den.",
                field="level",
            )
        before = heading.level
