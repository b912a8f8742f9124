"""The sections (avsnitt) of a paragraph: kept as a list in the paragraph, changed by pure functions.

A section holds either items (a decision in points, documents, recipients) or html, never both. The key names the
section as long as it lives and is not used again; the revision counts the changes of its content, so that the second
of two writers is told instead of overwriting the first.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from enamnd.refusal import Problem, Refused
from meetings.text.markup_tags import CONTROL

DECISION, TEXT, DOCUMENTS, RECIPIENTS = "decision", "text", "documents", "recipients"
KINDS = {
    DECISION: "Beslut",
    TEXT: "Text",
    DOCUMENTS: "Beslutsunderlag",
    RECIPIENTS: "Beslutet skickas till",
}


@dataclass(frozen=True)
class Item:
    """One point of a section: its text as printed, and what it stands for (at most one, by primary key)."""

    text: str
    document: int | None = None
    municipality: int | None = None
    body: int | None = None


@dataclass(frozen=True)
class Section:
    """One part of a paragraph under a heading: `items` (a tuple) or, when they are None, `html`.

    `stands_empty`: its heading is printed although there is nothing under it, as in a paper that was taken in.
    `made_from` says which records of the meeting the portal wrote the text from, and how both were then (see
    sitting/texts.py); empty for what somebody wrote.
    """

    key: str
    kind: str
    heading: str
    html: str = ""
    items: tuple[Item, ...] | None = None
    revision: int = 1
    edited_by: int | None = None
    edited_at: str | None = None
    stands_empty: bool = False
    made_from: str = ""

    @property
    def is_list(self) -> bool:
        return self.items is not None


Sections = tuple[Section, ...]


class Conflict(Refused):
    """Somebody else has written in the section since it was read. `current` is the newer section, as it stands."""

    def __init__(self, current: Section):
        super().__init__(
            "Någon annan har ändrat avsnittet medan du skrev. Båda texterna finns kvar: välj vad som ska gälla."
        )
        self.current = current


@dataclass(frozen=True)
class Standard:
    """A section that protocols usually have. `name` is the board's handle for its own word for the heading."""

    name: str
    kind: str
    heading: str
    starts_as_items: bool = False
    is_in_new_paragraph: bool = False


STANDARDS = (
    Standard("decision", DECISION, "Beslut", starts_as_items=True, is_in_new_paragraph=True),
    Standard("summary", TEXT, "Sammanfattning av ärendet", is_in_new_paragraph=True),
    Standard("description", TEXT, "Beskrivning av ärendet"),
    Standard("meeting", TEXT, "Sammanträdet"),
    Standard("recusals", TEXT, "Jäv"),
    Standard("motions", TEXT, "Yrkanden"),
    Standard("procedure", TEXT, "Beslutsgång"),
    Standard("additions", TEXT, "Tillägg"),
    Standard("reservations", TEXT, "Reservationer"),
    Standard("notes", TEXT, "Protokollsanteckningar"),
    Standard("documents", DOCUMENTS, "Beslutsunderlag", starts_as_items=True, is_in_new_paragraph=True),
    Standard("recipients", RECIPIENTS, "Beslutet skickas till", starts_as_items=True, is_in_new_paragraph=True),
)
FREE = Standard("free", TEXT, "Egen rubrik")


def standards(words: Mapping[str, str] = {}) -> tuple[Standard, ...]:
    """The standard sections in default order, with the board's own words ({"decision": "E-nämndens beslut"})."""
    return tuple(replace(each, heading=words.get(each.name) or each.heading) for each in STANDARDS)


def starting_sections(words: Mapping[str, str] = {}) -> Sections:
    """The empty sections of a new paragraph."""
    return tuple(from_standard(each) for each in standards(words) if each.is_in_new_paragraph)


def from_standard(standard: Standard) -> Section:
    return new_section(standard.kind, standard.heading, items=() if standard.starts_as_items else None)


def new_section(
    kind: str,
    heading: str,
    *,
    html: str = "",
    items: Sequence[Item] | None = None,
    by: int | None = None,
    at: str | None = None,
    stands_empty: bool = False,
) -> Section:
    """A section with a key of its own. `by` is a user's primary key, `at` an ISO instant."""
    return Section(
        key=secrets.token_hex(4),
        kind=kind,
        heading=heading,
        html=html,
        items=None if items is None else tuple(items),
        edited_by=by,
        edited_at=at,
        stands_empty=stands_empty,
    )


def find(sections: Sections, key: str) -> Section:
    """The section with that key. Refused when it has been removed."""
    for section in sections:
        if section.key == key:
            return section
    raise Refused("Avsnittet finns inte längre. Någon kan ha tagit bort det: läs in paragrafen på nytt.")


def replace_content(
    sections: Sections,
    key: str,
    base_revision: int,
    *,
    html: str = "",
    items: Sequence[Item] | None = None,
    by: int | None = None,
    at: str | None = None,
) -> Sections:
    """Put new content in a section: `items`, or `html` when items is None.

    `base_revision` is the revision that the writer started from. Content that is already there changes nothing.
    Raises Conflict, carrying the newer section, when somebody else has written in between.
    """
    current = find(sections, key)
    new = replace(current, html=html, items=None if items is None else tuple(items))
    if new == current:
        return sections
    if base_revision != current.revision:
        raise Conflict(current)
    new = replace(new, revision=current.revision + 1, edited_by=by, edited_at=at)
    check((new,))
    return _swap(sections, new)


def add(sections: Sections, section: Section, index: int | None = None) -> Sections:
    """Put a new section before position `index`, or last."""
    index = len(sections) if index is None else index
    together = (*sections[:index], section, *sections[index:])
    _check_heading(section)
    check(together)
    return together


def remove(sections: Sections, key: str) -> Sections:
    """The others. Refused when the section is gone already."""
    gone = find(sections, key)
    return tuple(section for section in sections if section is not gone)


def move(sections: Sections, key: str, to_index: int) -> Sections:
    """Let the section stand at position `to_index` (0 = first) among the others."""
    moved = find(sections, key)
    others = list(remove(sections, key))
    others.insert(min(max(0, to_index), len(others)), moved)
    return tuple(others)


def rename(sections: Sections, key: str, heading: str) -> Sections:
    """Give the section another heading. A heading of nothing is refused."""
    renamed = replace(find(sections, key), heading=one_line(heading))
    _check_heading(renamed)
    return _swap(sections, renamed)


def default_index(sections: Sections, standard: Standard, words: Mapping[str, str] = {}) -> int:
    """Where a standard section goes so that the default order holds: after the last one that comes before it."""
    order = {(each.kind, each.heading): rank for rank, each in enumerate(standards(words))}
    rank = order.get((standard.kind, standard.heading))
    if rank is None:
        return len(sections)
    before = [at for at, each in enumerate(sections) if order.get((each.kind, each.heading), len(order)) < rank]
    return before[-1] + 1 if before else 0


def one_line(written: str) -> str:
    """Words on one line with single spaces, without the control characters that no database or paper takes."""
    return " ".join(CONTROL.sub(" ", written).split())


def _swap(sections: Sections, new: Section) -> Sections:
    return tuple(new if section.key == new.key else section for section in sections)


# Keeping


def to_json(sections: Sections) -> list[dict]:
    """What a paragraph's JSON field keeps: one dict a section, with either "items" or "html"."""
    return [_section_to_json(section) for section in sections]


def _section_to_json(section: Section) -> dict:
    kept = asdict(section)
    for name in ("stands_empty", "made_from"):
        if not kept[name]:
            del kept[name]
    if section.items is None:
        del kept["items"]
        return kept
    del kept["html"]
    kept["items"] = [{name: value for name, value in item.items() if value is not None} for item in kept["items"]]
    return kept


def from_json(kept: Sequence[Mapping]) -> Sections:
    """The sections of a paragraph's JSON field. What is not of that shape is refused."""
    if not isinstance(kept, list | tuple):
        raise Refused("Avsnitten ska vara en lista.")
    sections = tuple(_section_from_json(each, number) for number, each in enumerate(kept, 1))
    check(sections)
    return sections


def _section_from_json(kept: Mapping, number: int) -> Section:
    place = f"avsnitt {number}"
    _check_keys(kept, Section, place)
    if "html" in kept and "items" in kept:
        raise Refused(problems=(Problem(place, "har både text och punkter, ska ha det ena"),))
    items = kept.get("items")
    if items is not None:
        items = tuple(_item_from_json(item, f"{place}, punkt {at}") for at, item in enumerate(items, 1))
    return Section(**{**kept, "items": items})


def _item_from_json(kept: Mapping, place: str) -> Item:
    _check_keys(kept, Item, place)
    return Item(**kept)


def _check_keys(kept: Mapping, shape: type, place: str) -> None:
    if not isinstance(kept, Mapping):
        raise Refused(problems=(Problem(place, "har fel form"),))
    known = {field.name for field in fields(shape)}
    wrong = (set(kept) - known) | ({"key", "kind", "heading", "text"} & known - set(kept))
    if wrong:
        raise Refused(problems=(Problem(place, f"har fel form ({', '.join(sorted(wrong))})"),))


def check(sections: Sections) -> None:
    """Refuse sections that cannot stand in a paragraph, with every problem and its place."""
    problems = [
        Problem(f"avsnitt {number}", reason) for number, each in enumerate(sections, 1) for reason in _problems(each)
    ]
    if len({section.key for section in sections}) < len(sections):
        problems.append(Problem("", "Två avsnitt har samma nyckel. Läs in paragrafen på nytt."))
    if problems:
        raise Refused(problems=tuple(problems))


def _check_heading(section: Section) -> None:
    """Only a paper that was taken in may have a section without heading."""
    if not section.heading.strip():
        raise Refused(problems=(Problem("avsnittet", "saknar rubrik. Skriv en rubrik."),))


def _problems(section: Section) -> Iterator[str]:
    if not section.key:
        yield "saknar nyckel"
    if section.kind not in KINDS:
        yield f"sorten ”{section.kind}” finns inte"
    if section.items is not None and section.html:
        yield "har både text och punkter, ska ha det ena"
    for item in section.items or ():
        if sum(link is not None for link in (item.document, item.municipality, item.body)) > 1:
            yield f"punkten ”{item.text}” hör till flera saker, ska höra till högst en"
