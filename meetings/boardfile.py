"""The parts of a board file that belong to the meetings: the board's standard texts, and its annual wheel."""

from enamnd.organisation.boardfile.reading import Field, one_of, text, whole_number
from enamnd.organisation.boardfile.tables import Table
from enamnd.organisation.models import Body

from .models import Paragraph, Phrase, StandingItem

KINDS = [("", "Överallt"), *Phrase._meta.get_field("kind").choices]

PHRASES = Table(
    "phrases",
    "standardtexter",
    Phrase,
    (
        Field("label", text, required=True),
        Field("text", text, required=True),
        Field("kind", one_of(KINDS)),
        Field("order", whole_number),
    ),
    known_by=("label",),
    label=lambda row: row.get("label") or "",
)


def month(value) -> int:
    """1 to 12."""
    number = whole_number(value)
    if number is None or not 1 <= number <= 12:
        raise ValueError("skriv månaden som ett tal från 1 till 12")
    return number


def of_one_month(values: dict, references) -> dict:
    """An item that says no last month belongs to its first month alone."""
    return {"last_month": values["first_month"]} | values


def titled(row: dict) -> str:
    return row.get("title") or ""


STANDING_ITEMS = Table(
    "standing_items",
    "stående punkter",
    StandingItem,
    (
        Field("body", text, required=True),
        Field("title", text, required=True),
        Field("first_month", month, required=True),
        Field("last_month", month),
        Field("kind", one_of(Paragraph.Kind)),
        Field("order", whole_number),
    ),
    known_by=("body", "title", "first_month"),
    references={"body": Body},
    finish=of_one_month,
    label=titled,
)
