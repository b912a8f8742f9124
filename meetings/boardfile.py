"""The part of a board file that belongs to the meetings: the board's standard texts."""

from enamnd.organisation.boardfile.reading import Field, one_of, text, whole_number
from enamnd.organisation.boardfile.tables import Table

from .models import Phrase

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
