"""The parts of a board file that belong to the internal control: what risks are measured with, and sorted by."""

from enamnd.organisation.boardfile.reading import Field, text, whole_number
from enamnd.organisation.boardfile.tables import Table
from enamnd.refusal import Refused

from .models import RiskCategory, RiskScale
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
