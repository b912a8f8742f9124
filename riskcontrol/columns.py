"""The columns of a year's control plan: which it has, in which order, and what they are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enamnd.refusal import Problem, Refused

KEYS = {
    "text": "Risk",
    "category": "Kategori",
    "responsible": "Ansvarig",
    "frequency": "Frekvens",
    "method": "Metod",
    "likelihood": "Sannolikhet",
    "consequence": "Konsekvens",
    "value": "Riskvärde",
    "decision": "Beslut",
    "analysis": "Analys",
}
NUMBERS = {"likelihood", "consequence", "value"}
# How much room a column needs beside the others.
ROOM = {"text": 17, "analysis": 22, "method": 16, "decision": 13, "responsible": 11, "frequency": 10, "category": 9}
ROOM |= dict.fromkeys(NUMBERS, 7)
USUAL = ("text", "responsible", "frequency", "method", "likelihood", "consequence", "value", "decision", "analysis")


@dataclass(frozen=True)
class Column:
    """A column: what it holds (a key of KEYS) and its heading."""

    key: str
    heading: str

    @property
    def is_number(self) -> bool:
        return self.key in NUMBERS


def usual_columns() -> list[dict]:
    """Nine columns, the first called Risk."""
    return [{"key": key, "heading": KEYS[key]} for key in USUAL]


def read_columns(rows: Iterable) -> tuple[Column, ...]:
    """The columns that a form, a plan or a file says. Refused when one is unknown, twice or unnamed."""
    columns, problems = [], []
    for number, row in enumerate(rows, 1):
        key, heading = (row.get("key"), row.get("heading")) if isinstance(row, dict) else (None, None)
        place = f"Kolumn {number}"
        if key not in KEYS:
            problems.append(Problem(place, f"”{key}” finns inte. Välj bland {', '.join(KEYS)}."))
        elif not isinstance(heading, str) or not heading.strip():
            problems.append(Problem(place, "saknar rubrik."))
        elif any(each.key == key for each in columns):
            problems.append(Problem(place, f"{KEYS[key].lower()} står två gånger."))
        else:
            columns.append(Column(key, heading.strip()))
    if not problems and not any(each.key == "text" for each in columns):
        problems.append(Problem("Kolumner", "planen måste ha kolumnen med risken eller kontrollmomentet."))
    if problems:
        raise Refused(problems=tuple(problems))
    return tuple(columns)


def fact_of(columns: Iterable[Column], name: str) -> bool | str:
    """A fact of a column by its name: show_method says whether it is there, heading_method what it is called."""
    what, _, key = name.partition("_")
    found = {each.key: each.heading for each in columns}
    return key in found if what == "show" else found.get(key, KEYS[key])


def with_facts(columns: Iterable[Column], facts: Mapping[str, bool | str]) -> tuple[Column, ...]:
    """The columns with some of their facts changed; one that is new to the table comes last."""
    now = tuple(columns)
    known = [each.key for each in now]
    keys = [*known, *(key for key in KEYS if key not in known)]
    told = {key: [facts.get(name, fact_of(now, name)) for name in (f"show_{key}", f"heading_{key}")] for key in keys}
    return tuple(Column(key, heading) for key, (is_shown, heading) in told.items() if is_shown)


def widths(columns: Iterable[Column]) -> list[int]:
    """How wide each column is on paper, in thousands of the table; together they fill it."""
    room = [ROOM[each.key] for each in columns]
    return [each * 1000 // sum(room) for each in room]


def as_rows(columns: Iterable[Column]) -> list[dict]:
    return [{"key": each.key, "heading": each.heading} for each in columns]
