"""How a new document of a kind is laid out: the template of sections that a board has as data.

A template is a list of {heading, level (1), numbered (true), in_contents (true), text ("", protocol markup), guidance
("", for those who write), owner ("", the role of the account that writes it), blocks ([])}; a block is its key, or
{block, options, caption}. Sections and blocks take a `key` when the template is changed on its pages. In headings,
texts, guidance and captions {year}, {next_year}, {previous_year}, {board} and {short} are put in.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from enamnd.accounts.roles import ROLES, Permission
from enamnd.refusal import Problem, Refused
from meetings.text.markup import problems_in

from .numbering import Heading, check_levels

LONGEST_HEADING, LONGEST_GUIDANCE = 200, 2000
# Who may be given a section: those who read documents and take part in the work. Auditors read and change nothing.
WRITERS = frozenset({Permission.READ_CONTROL, Permission.ASSESS_RISKS})
OWNERS = {key: role.name for key, role in ROLES.items() if role.permissions >= WRITERS}

WORDS = ("year", "next_year", "previous_year", "board", "short")
_BRACES = re.compile(r"\{[^{}\s]*\}")
_WORD = re.compile(r"\{(" + "|".join(WORDS) + r")\}")


@dataclass(frozen=True)
class PlannedBlock:
    """A living block of a section to be: the block's key, what was chosen of it, its caption."""

    block: str
    options: dict
    caption: str = ""
    key: str = ""


@dataclass(frozen=True)
class PlannedSection:
    """A section to be."""

    heading: str
    level: int = 1
    is_numbered: bool = True
    in_contents: bool = True
    html: str = ""
    blocks: tuple[PlannedBlock, ...] = ()
    guidance: str = ""
    owner: str = ""
    key: str = ""

    @property
    def as_heading(self) -> Heading:
        return Heading(self.level, self.heading, self.is_numbered, self.in_contents)


def read_template(rows) -> tuple[PlannedSection, ...]:
    """The sections of a template. Refused with every problem and its place."""
    if not isinstance(rows, list):
        raise Refused("Mallen ska vara en lista av avsnitt.")
    problems: list[Problem] = []
    keys = _Keys()
    made = [_section(row, f"avsnitt {number}", problems, keys) for number, row in enumerate(rows, 1)]
    if problems:
        raise Refused(problems=tuple(problems))
    check_levels([each.as_heading for each in made])
    return tuple(made)


class _Keys:
    """A key for what has none: the same one each time the same template is read, never one twice."""

    def __init__(self):
        self.seen: Counter[str] = Counter()

    def of(self, row: dict, *words: str) -> str:
        found = str(row.get("key") or sha256("|".join(words).encode()).hexdigest()[:8])
        self.seen[found] += 1
        return found if self.seen[found] == 1 else f"{found}-{self.seen[found]}"


def _section(row, place: str, problems: list[Problem], keys: _Keys) -> PlannedSection:
    if not isinstance(row, dict) or not str(row.get("heading", "")).strip():
        problems.append(Problem(place, "rubrik saknas"))
        return PlannedSection("")
    level = row.get("level", 1)
    if level not in (1, 2, 3):
        problems.append(Problem(place, "nivån ska vara 1, 2 eller 3"))
        level = 1
    html, owner, guidance = (str(row.get(name, "")) for name in ("text", "owner", "guidance"))
    problems += [Problem(place, each) for each in problems_in(html)]
    if owner and owner not in OWNERS:
        problems.append(Problem(place, f"rollen ”{owner}” finns inte, eller läser inte dokument"))
    heading = str(row["heading"]).strip()
    if len(heading) > LONGEST_HEADING:
        problems.append(Problem(place, f"rubriken har {len(heading)} tecken och {LONGEST_HEADING} ryms"))
    return PlannedSection(
        heading,
        level,
        bool(row.get("numbered", True)),
        bool(row.get("in_contents", True)),
        html,
        tuple(_block(each, place, problems, keys, heading) for each in row.get("blocks", [])),
        guidance.strip(),
        owner,
        keys.of(row, heading),
    )


def _block(row, place: str, problems: list[Problem], keys: _Keys, heading: str) -> PlannedBlock:
    row = {"block": row} if isinstance(row, str) else row
    if not isinstance(row, dict) or not isinstance(row.get("block"), str):
        problems.append(Problem(place, "en levande del ska ha en nyckel, block"))
        return PlannedBlock("", {})
    key = keys.of(row, heading, row["block"])
    return PlannedBlock(row["block"], dict(row.get("options", {})), str(row.get("caption", "")), key)


def written(sections: Sequence[PlannedSection]) -> list[dict]:
    """The template as its kind keeps it. What `read_template` reads is what was written."""
    return [
        {
            "key": each.key,
            "heading": each.heading,
            "level": each.level,
            "numbered": each.is_numbered,
            "in_contents": each.in_contents,
            "text": each.html,
            "guidance": each.guidance,
            "owner": each.owner,
            "blocks": [
                {"key": block.key, "block": block.block, "options": block.options, "caption": block.caption}
                for block in each.blocks
            ],
        }
        for each in sections
    ]


def filled(sections: tuple[PlannedSection, ...], words: Mapping[str, str]) -> tuple[PlannedSection, ...]:
    """The same with the year and the names of the board put in."""
    return tuple(
        replace(
            each,
            heading=put_in(each.heading, words),
            html=put_in(each.html, words),
            guidance=put_in(each.guidance, words),
            blocks=tuple(replace(block, caption=put_in(block.caption, words)) for block in each.blocks),
        )
        for each in sections
    )


def put_in(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words.get(found[1], found[0]), text)


def check_words(text: str) -> None:
    """Refused when something in braces would be printed as it stands: ”{yaer}” is no word of ours."""
    if unknown := [found for found in _BRACES.findall(text) if not _WORD.fullmatch(found)]:
        known = ", ".join(f"{{{word}}}" for word in WORDS)
        raise Refused(f"{unknown[0]} byts inte ut mot något. De ord som byts ut är {known}.")


def next_years(text: str, year: int, later: int) -> str:
    """A heading of the year's document as it is in a later year's: ”Budget 2026” becomes ”Budget 2027”."""
    return re.sub(rf"(?<!\d){year}(?!\d)", str(later), text)
