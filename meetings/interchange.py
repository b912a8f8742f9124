"""The meeting interchange format, version 1: one meeting with its protocol as a JSON file.

`read` takes a file to frozen records or refuses it with every problem and its place; `write` gives the same JSON
object back. Nothing is repaired on the way: markup is kept to the letter, so that an export of an import is equal.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import Any

from enamnd.refusal import Refused
from meetings.interchange_parsing import Reading, object_of
from meetings.interchange_reading import meeting_of
from meetings.interchange_records import (
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
    return replace(meeting, unusual=tuple(_unusual(as_object(meeting), kept)))


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
    return not isinstance(value, SectionFile)


def _unusual(written: Any, kept: Any, path: str = "") -> Iterator[str]:
    """Where the file `kept` wrote something empty otherwise than `write` would: "path" absent, "path=null" null."""
    if isinstance(written, list) and isinstance(kept, list):
        for at, (ours, theirs) in enumerate(zip(written, kept, strict=True)):
            yield from _unusual(ours, theirs, f"{path}{at}.")
    elif isinstance(written, dict) and isinstance(kept, dict):
        for name in (*written, *(name for name in kept if name not in written)):
            here = f"{path}{name}"
            if name not in kept:
                yield here
            elif kept[name] is None and (name not in written or written[name] is not None):
                yield f"{here}=null"
            else:
                yield from _unusual(written.get(name), kept[name], f"{here}.")


def _put_as_it_was(written: Any, note: str) -> None:
    """Do what a note of `_unusual` says, unless the meeting has something to say at that place by now."""
    path, _, null = note.partition("=")
    *way, name = path.split(".")
    for step in way:
        if isinstance(written, list):
            written = written[int(step)] if step.isdigit() and int(step) < len(written) else None
        else:
            written = written.get(step) if isinstance(written, dict) else None
    if not isinstance(written, dict) or not _is_empty(written.get(name)):
        return
    if null:
        written[name] = None
    else:
        written.pop(name, None)


def _is_empty(part: Any) -> bool:
    if isinstance(part, dict):
        return all(map(_is_empty, part.values()))
    return part is None or part is False or part == []
