"""From bytes to checked values: the JSON itself, and the fields of one row."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from enamnd.refusal import Problem, Refused

FORMAT, VERSION = "enamnd.board", 1
KINDS = {str: "text", list: "en lista av texter", bool: "true eller false", int: "ett heltal utan citattecken"}


def read_object(path: Path) -> dict:
    """The JSON object in the file at `path`. Refused, with line and column, when it is not one of our board files."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"), object_pairs_hook=_once)
    except OSError as error:
        raise Refused(f"Filen {path} går inte att läsa: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"Filen {path} är inte skriven i UTF-8 (byte {error.start}). Spara den som UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"rad {error.lineno}, tecken {error.colno}"
        raise Refused(f"Filen {path} är inte giltig JSON: läsningen stannade på {place}.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("version") != VERSION:
        raise Refused(f"Filen {path} är ingen nämndfil: den ska börja med format ”{FORMAT}” och version {VERSION}.")
    return data


def _once(pairs):
    """A JSON object in which a key stands twice says two things: refuse it rather than believe the last."""
    data = dict(pairs)
    if len(data) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Refused(f"Uppgiften ”{twice}” står två gånger i samma objekt. Ta bort den ena.")
    return data


@dataclass(frozen=True)
class Field:
    """A field that a row may have: its key in the file, and how its value is read (ValueError says what is wrong)."""

    key: str
    read: Callable
    required: bool = False


def text(value) -> str:
    if not isinstance(value, str):
        raise ValueError("ska vara text inom citattecken")
    return value.strip()


def day(value) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"”{value}” är inget datum, skriv till exempel 2022-06-22") from None


def whole_number(value) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise ValueError("ska vara ett heltal utan citattecken")
    return value


def yes_or_no(value) -> bool:
    if not isinstance(value, bool):
        raise ValueError("ska vara true eller false")
    return value


def text_or_nothing(value) -> str | None:
    return (text(value) or None) if value is not None else None


def one_of(choices) -> Callable:
    """A reader that takes one of the values of a TextChoices, or of pairs of value and name."""
    values = [value for value, _ in getattr(choices, "choices", choices)]

    def read(value):
        if value not in values:
            raise ValueError(f"”{value}” finns inte, välj bland {', '.join(f'”{v}”' for v in values)}")
        return value

    return read


def like(defaults: dict) -> Callable:
    """A reader that takes an object whose keys, and kinds of value, are those of `defaults`."""

    def read(value):
        if not isinstance(value, dict):
            raise ValueError("ska vara ett objekt med ord")
        for key, given in value.items():
            if key not in defaults:
                raise ValueError(f"”{key}” finns inte{_suggestion(key, defaults)}")
            if not _is_like(given, defaults[key]):
                raise ValueError(f"”{key}” ska vara {KINDS[type(defaults[key])]}")
        return value

    return read


def _is_like(given, usual) -> bool:
    if isinstance(usual, list):
        return isinstance(given, list) and all(isinstance(part, str) for part in given)
    return type(given) is type(usual)


def values_of(row: dict, fields: tuple[Field, ...], place: str) -> tuple[dict, list[Problem]]:
    """The read values of the keys that `row` has, and what is wrong in it."""
    if not isinstance(row, dict):
        return {}, [Problem(place, "ska vara ett objekt med uppgifter.")]
    known = {field.key: field for field in fields}
    problems = [
        Problem(place, f"uppgiften ”{key}” är okänd{_suggestion(key, known)}.") for key in row if key not in known
    ]
    values = {}
    for field in fields:
        if field.required and not row.get(field.key):
            problems.append(Problem(place, f"uppgiften ”{field.key}” saknas."))
        elif field.key in row:
            try:
                values[field.key] = field.read(row[field.key])
            except ValueError as error:
                problems.append(Problem(place, f"{field.key}: {error}."))
    return values, problems


def _suggestion(key: str, known) -> str:
    near = get_close_matches(key, list(known), n=1)
    return f" (menar du ”{near[0]}”?)" if near else ""
