"""How a new document of a kind is laid out: the template of sections that a board has as data.

A template is a list of {heading, level (1), numbered (true), in_contents (true), text ("", protocol markup), blocks
([])}; a block is its key, or {block, options, caption}. In headings, texts and captions {year}, {next_year},
{previous_year}, {board} and {short} are put in. Plain Python.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from enamnd.refusal import Problem, Refused
from meetings.text.markup import problems_in

from .numbering import Heading, check_levels

WORDS = ("year", "next_year", "previous_year", "board", "short")
_WORD = re.compile(r"\{(" + "|".join(WORDS) + r")\}")


@dataclass(frozen=True)
class PlannedBlock:
    """A living block of a section to be: the block's key, what was chosen of it, its caption."""

    block: str
    options: dict
    caption: str = ""


@dataclass(frozen=True)
class PlannedSection:
    """A section to be."""

    heading: str
    level: int = 1
    is_numbered: bool = True
    in_contents: bool = True
    html: str = ""
    blocks: tuple[PlannedBlock, ...] = ()

    @property
    def as_heading(self) -> Heading:
        return Heading(self.level, self.heading, self.is_numbered, self.in_contents)


def read_template(rows) -> tuple[PlannedSection, ...]:
    """The sections of a template. Refused with every problem and its place."""
    if not isinstance(rows, list):
        raise Refused("Mallen ska vara en lista av avsnitt.")
    problems: list[Problem] = []
    made = [_section(row, f"avsnitt {number}", problems) for number, row in enumerate(rows, 1)]
    if problems:
        raise Refused(problems=tuple(problems))
    check_levels([each.as_heading for each in made])
    return tuple(made)


def _section(row, place: str, problems: list[Problem]) -> PlannedSection:
    if not isinstance(row, dict) or not str(row.get("heading", "")).strip():
        problems.append(Problem(place, "rubrik saknas"))
        return PlannedSection("")
    level = row.get("level", 1)
    if level not in (1, 2, 3):
        problems.append(Problem(place, "nivån ska vara 1, 2 eller 3"))
        level = 1
    html = str(row.get("text", ""))
    problems += [Problem(place, each) for each in problems_in(html)]
    return PlannedSection(
        str(row["heading"]).strip(),
        level,
        bool(row.get("numbered", True)),
        bool(row.get("in_contents", True)),
        html,
        tuple(_block(each, place, problems) for each in row.get("blocks", [])),
    )


def _block(row, place: str, problems: list[Problem]) -> PlannedBlock:
    row = {"block": row} if isinstance(row, str) else row
    if not isinstance(row, dict) or not isinstance(row.get("block"), str):
        problems.append(Problem(place, "en levande del ska ha en nyckel, block"))
        return PlannedBlock("", {})
    return PlannedBlock(row["block"], dict(row.get("options", {})), str(row.get("caption", "")))


def filled(sections: tuple[PlannedSection, ...], words: Mapping[str, str]) -> tuple[PlannedSection, ...]:
    """The same with the year and the names of the board put in."""
    return tuple(
        replace(
            each,
            heading=put_in(each.heading, words),
            html=put_in(each.html, words),
            blocks=tuple(replace(block, caption=put_in(block.caption, words)) for block in each.blocks),
        )
        for each in sections
    )


def put_in(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words.get(found[1], found[0]), text)


def next_years(text: str, year: int, later: int) -> str:
    """A heading of the year's document as it is in a later year's: ”Budget 2026” becomes ”Budget 2027”."""
    return re.sub(rf"(?<!\d){year}(?!\d)", str(later), text)
