"""From the bytes of a meeting file to checked values: JSON, and one object in it with its place."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from enamnd.refusal import Problem, Refused
from meetings.exchange.records import FORMAT, VERSION

LARGEST = 20_000_000
LONGEST_LINE = 1000
LAST_PARAGRAPH = 9999

# Characters that no database or paper takes: control characters and halves of surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def object_of(content: str | bytes) -> dict[str, Any]:
    """The JSON object of a file, when it says that it is a meeting of this format and version. Else refused."""
    kept = _parsed(_text_of(content))
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        said = kept.get("format") if isinstance(kept, dict) else None
        which = f"format är {shown(said)}, ska vara ”{FORMAT}”" if said is not None else f"”format”: ”{FORMAT}” saknas"
        raise Refused(f"Filen är inte en sammanträdesfil: {which}.")
    if isinstance(kept.get("version"), bool) or kept.get("version") != VERSION:
        raise Refused(f"Filen har version {shown(kept.get('version'))} av formatet. Portalen läser version {VERSION}.")
    return kept


def _text_of(content: str | bytes) -> str:
    if len(content) > LARGEST:
        raise Refused("Filen är större än 20 MB. En sammanträdesfil är mycket mindre än så.")
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"Filen är inte skriven i UTF-8 (byte {error.start + 1}). Spara den som UTF-8.") from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise Refused(f"Filen är inte JSON: felet finns på rad {error.lineno}, kolumn {error.colno}.") from None
    except (RecursionError, ValueError):
        raise Refused("Filen är inte en sammanträdesfil: den har för många nivåer eller ett orimligt tal.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    kept = dict(pairs)
    if len(kept) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"Nyckeln {shown(twice)} står två gånger på samma ställe i filen.")
    return kept


def _refuse_constant(written: str) -> None:
    raise Refused(f"Filen är inte JSON: {written} är inget tal.")


def shown(value: Any) -> str:
    """A value as it can stand in a sentence."""
    if isinstance(value, str):
        text = _UNPRINTABLE.sub("\ufffd", value)
        return f"”{text[:60]}…”" if len(text) > 60 else f"”{text}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    return {dict: "ett objekt", list: "en lista", type(None): "null"}.get(type(value)) or str(value)[:20]


class Reading:
    """What has been found wrong so far."""

    def __init__(self):
        self.problems: list[Problem] = []

    def refuse(self, place: str, reason: str) -> None:
        self.problems.append(Problem(place, reason))


class Record:
    """A JSON object being read: gives its values by key, tells `reading` what is wrong and gives None for that.

    A key that is missing is the same as null, and so is a text of nothing.
    Keys outside `keys` (names with spaces between) are refused.
    """

    def __init__(self, kept: Any, place: str, keys: str, reading: Reading):
        self.reading = reading
        self.place = place
        self.is_object = isinstance(kept, dict)
        self.kept = kept if self.is_object else {}
        if not self.is_object:
            self.refuse(f"är {shown(kept)}, ska vara ett objekt")
        for name in self.kept:
            if name not in keys.split():
                self.refuse(f"nyckeln {shown(name)} finns inte i formatet")

    def refuse(self, reason: str) -> None:
        self.reading.refuse(self.place, reason)

    def has(self, key: str) -> bool:
        return self.kept.get(key) is not None

    def text(self, key: str, *, is_required: bool = False, longest: int = LONGEST_LINE) -> str | None:
        value = self._taken(key, "text", lambda value: value if isinstance(value, str) else None, is_required)
        if value is None:
            return None
        if is_required and not value.strip():
            self.refuse(f"{key} är tom")
        self._check_text(key, value, longest)
        return value if value.strip() or is_required else None

    def texts(self, key: str) -> tuple[str, ...] | None:
        values = self.list(key)
        if values is None:
            return None
        for number, value in enumerate(values, 1):
            if not isinstance(value, str) or not value.strip():
                self.refuse(f"{key}, punkt {number} är {shown(value)}, ska vara text")
            else:
                self._check_text(f"{key}, punkt {number}", value, LARGEST)
        return tuple(values)

    def list(self, key: str, *, is_required: bool = False) -> list | None:
        return self._taken(key, "en lista", lambda value: value if isinstance(value, list) else None, is_required)

    def number(self, key: str) -> int | None:
        return self._taken(key, "ett heltal från 1", paragraph_number)

    def flag(self, key: str) -> bool:
        return bool(self._taken(key, "true eller false", lambda value: value if isinstance(value, bool) else None))

    def day(self, key: str, *, is_required: bool = False) -> date | None:
        return self._taken(key, "ett datum som 2022-06-22", _day, is_required)

    def clock(self, key: str) -> time | None:
        return self._taken(key, "ett klockslag som 13:00", _clock)

    def choice(self, key: str, choices: tuple[str, ...], *, is_required: bool = False) -> str | None:
        wanted = " eller ".join([", ".join(choices[:-1]), choices[-1]])
        take = lambda value: value if isinstance(value, str) and value in choices else None  # noqa: E731
        return self._taken(key, wanted, take, is_required)

    def paragraphs(self) -> tuple[int | None, int | None]:
        """A range of § numbers that is not backwards."""
        first, last = self.number("from_paragraph"), self.number("to_paragraph")
        if first and last and first > last:
            self.refuse(f"from_paragraph ({first}) är större än to_paragraph ({last})")
        return first, last

    def _taken(self, key: str, wanted: str, take: Callable[[Any], Any], is_required: bool = False) -> Any:
        value = self.kept.get(key)
        if value is None:
            if is_required and self.is_object:
                self.refuse(f"{key} saknas")
            return None
        taken = take(value)
        if taken is None:
            self.refuse(f"{key} är {shown(value)}, ska vara {wanted}")
        return taken

    def _check_text(self, key: str, value: str, longest: int) -> None:
        if _UNPRINTABLE.search(value):
            self.refuse(f"{key} har styrtecken eller trasiga tecken")
        if len(value) > longest:
            self.refuse(f"{key} har {len(value)} tecken, får ha högst {longest}")


def paragraph_number(value: Any) -> int | None:
    """The number when it can be that of a paragraph, else None."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 1 <= value <= LAST_PARAGRAPH else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except (TypeError, ValueError):
        return None


def _clock(value: Any) -> time | None:
    try:
        return time.fromisoformat(value) if re.fullmatch(r"[0-9]{2}:[0-9]{2}", value) else None
    except (TypeError, ValueError):
        return None


def is_instant(written: str) -> bool:
    """Whether the text is a time as signatures have it: 2022-06-28 14:34, with seconds or zone or without time too."""
    clock = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{3,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
    pattern = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[ T]{clock})?"
    try:
        return bool(re.fullmatch(pattern, written) and datetime.fromisoformat(written))
    except ValueError:
        return False
