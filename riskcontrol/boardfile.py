"""The parts of a board file that belong to the internal control: what risks are measured with, and sorted by."""

from enamnd.organisation.boardfile.reading import Field, text, whole_number, yes_or_no
from enamnd.organisation.boardfile.tables import Table
from enamnd.organisation.models import Office
from enamnd.refusal import Refused

from .governing.template import read_template
from .models import GoverningKind, RiskCategory, RiskScale
from .scoring import as_data, read_scale


def rows(value) -> list:
    if not isinstance(value, list):
        raise ValueError("ska vara en lista")
    return value


def whole_scale(values: dict, references) -> dict:
    """A scale is read as one thing: its levels must fit its steps."""
    try:
        return values | as_data(read_scale(values))
    except Refused as refusal:
        raise ValueError("; ".join(line.rstrip(".") for line in refusal.lines)) from refusal


RISK_SCALES = Table(
    "risk_scales",
    "riskskalor",
    RiskScale,
    (
        Field("name", text, required=True),
        Field("likelihood_word", text),
        Field("consequence_word", text),
        Field("likelihood", rows, required=True),
        Field("consequence", rows, required=True),
        Field("bands", rows, required=True),
    ),
    known_by=("name",),
    finish=whole_scale,
)
RISK_CATEGORIES = Table(
    "risk_categories",
    "riskkategorier",
    RiskCategory,
    (Field("name", text, required=True), Field("meaning", text), Field("order", whole_number)),
    known_by=("name",),
)


def template(value) -> list:
    """A template is read as one thing: its levels must hang together and its texts be protocol text."""
    try:
        read_template(value)
    except Refused as refusal:
        raise ValueError("; ".join(line.rstrip(".") for line in refusal.lines)) from refusal
    return value


def approval_lines(value) -> list:
    for row in rows(value):
        if not isinstance(row, dict) or row.get("role") not in Office.Role.values or not row.get("label"):
            raise ValueError(f"varje rad ska ha role ({', '.join(Office.Role.values)}) och label")
    return value


GOVERNING_KINDS = Table(
    "governing_kinds",
    "slag av styrande dokument",
    GoverningKind,
    (
        Field("key", text, required=True),
        Field("name", text, required=True),
        Field("order", whole_number),
        Field("is_yearly", yes_or_no),
        Field("contents_levels", whole_number),
        Field("contents_in_capitals", yes_or_no),
        Field("approval_words", text),
        Field("approvers", approval_lines),
        Field("structure", template, required=True),
    ),
    known_by=("key",),
)
