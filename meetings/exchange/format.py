"""The meeting interchange format, version 1: one meeting with its protocol as a JSON file.

`read` takes a file to frozen records or refuses it with every problem and its place; `write` gives the same JSON
object back. Nothing is repaired on the way: markup is kept to the letter, so that an export of an import is equal.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import Any

from enamnd.refusal import Refused
from meetings.exchange.parsing import Reading, object_of
from meetings.exchange.reading import meeting_of
from meetings.exchange.records import (
    FORMAT,
    VERSION,
    Adjustment,
    AttendanceRow,
    Chair,
    MeetingFile,
    Notice,
    ParagraphFile,
    SectionFile,
    Signature,
)

__all__ = [
    "FORMAT",
    "VERSION",
    "Adjustment",
    "AttendanceRow",
    "Chair",
    "MeetingFile",
    "Notice",
    "ParagraphFile",
    "SectionFile",
    "Signature",
    "as_object",
    "read",
    "squeezed",
    "unusual",
    "write",
]

OTHERS_KEYS = frozenset({"name", "seat", "presence", "organisation"})


def read(content: str | bytes) -> MeetingFile:
    """The meeting of a file's text or bytes (UTF-8, with or without byte order mark, at most 20 MB).

    Raises Refused whose `problems` hold everything that is wrong, each with its place ("§ 12, avsnitt 2").
    """
    kept = object_of(content)
    reading = Reading()
    meeting = meeting_of(kept, reading)
    if reading.problems:
        raise Refused(problems=tuple(reading.problems))
    return replace(meeting, unusual=tuple(unusual(as_object(meeting), kept)))


def write(meeting: MeetingFile) -> str:
    """The meeting as JSON in the order of the format's description, ending with a line break."""
    return json.dumps(as_object(meeting), ensure_ascii=False, indent=2) + "\n"


def as_object(meeting: MeetingFile) -> dict[str, Any]:
    """The JSON object that `write` writes."""
    written = {"format": FORMAT, "version": VERSION, **_record(meeting)}
    del written["unusual"]
    for note in meeting.unusual:
        _put_as_it_was(written, note)
    return written


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _record(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _record(value: Any) -> dict[str, Any]:
    record = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return {name: part for name, part in record.items() if part is not None or _is_written_empty(value, name)}


def _is_written_empty(value: Any, name: str) -> bool:
    """Whether the key stands as null when there is nothing to say."""
    if isinstance(value, AttendanceRow):
        return name in OTHERS_KEYS if value.seat is None else name != "organisation"
    return not isinstance(value, SectionFile) and name != "ends_on"


def unusual(written: Any, kept: Any, path: str = "") -> Iterator[str]:
    """Where the file `kept` says the same as `written` in other words: "path" has no such key, "path=null" has null.

    Empty is the same as nothing; in a text, white space and capitals make no difference. Rows of the attendance list
    that stand in another order are told first: "attendance@0 2 1".
    """
    if isinstance(written, list) and isinstance(kept, list):
        if path == "attendance." and (order := _order(written, kept)):
            yield f"attendance@{' '.join(map(str, order))}"
            written = [written[at] for at in order]
        for at, (ours, theirs) in enumerate(zip(written, kept, strict=False)):
            yield from unusual(ours, theirs, f"{path}{at}.")
    elif isinstance(written, dict) and isinstance(kept, dict):
        for name in dict.fromkeys((*written, *kept)):
            yield from _unusual_part(written, kept, name, f"{path}{name}")


def _unusual_part(written: dict, kept: dict, name: str, here: str) -> Iterator[str]:
    ours, theirs = written.get(name), kept.get(name)
    if name not in kept:
        yield here
    elif isinstance(ours, dict | list) and isinstance(theirs, dict | list) and theirs:
        yield from unusual(ours, theirs, f"{here}.")
    elif (name not in written or ours != theirs) and _means_the_same(ours, theirs):
        yield f"{here}={json.dumps(theirs, ensure_ascii=False)}"


def _order(written: list, kept: list) -> list[int]:
    """Where each row of `kept` stands in `written`; nothing when that is where it stands, or some row is another."""
    left, order = list(range(len(written))), []
    for row in kept:
        found = next((at for at in left if _means_the_same(written[at], row)), None)
        if found is None:
            return []
        left.remove(found)
        order.append(found)
    return order if order != sorted(order) else []


def _means_the_same(ours: Any, theirs: Any) -> bool:
    if _is_empty(ours) and _is_empty(theirs):
        return True
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(_means_the_same(ours.get(name), theirs.get(name)) for name in (*ours, *theirs))
    if isinstance(ours, str) and isinstance(theirs, str):
        return squeezed(ours) == squeezed(theirs)
    return ours == theirs


def squeezed(text: str) -> str:
    """What is left of a text when capitals, white space and how its letters are put together make no difference."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _put_as_it_was(written: Any, note: str) -> None:
    """Do what a note of `unusual` says, unless the meeting says something else at that place by now."""
    if "@" in note.partition("=")[0]:
        _put_in_order(written, note)
        return
    path, _, value = note.partition("=")
    *way, name = path.split(".")
    for step in way:
        if isinstance(written, list):
            written = written[int(step)] if step.isdigit() and int(step) < len(written) else None
        else:
            written = written.get(step) if isinstance(written, dict) else None
    kept = json.loads(value) if value else None
    if not isinstance(written, dict) or not _means_the_same(written.get(name), kept):
        return
    if value:
        written[name] = kept
    else:
        written.pop(name, None)


def _put_in_order(written: dict, note: str) -> None:
    key, _, order = note.partition("@")
    places = [int(at) for at in order.split()]
    if len(places) == len(written[key]):
        written[key] = [written[key][at] for at in places]


def _is_empty(part: Any) -> bool:
    if isinstance(part, dict):
        return all(map(_is_empty, part.values()))
    return part is None or part is False or part == [] or (isinstance(part, str) and not part.strip())
