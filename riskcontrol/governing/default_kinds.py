"""The usual kinds of governing documents, for a board that has none of its own: `default_kinds.json`."""

import json
from pathlib import Path

FILE = Path(__file__).parent / "default_kinds.json"


def usual_kinds() -> list[dict]:
    """The attributes of each kind, in order."""
    return json.loads(FILE.read_text(encoding="utf-8"))
