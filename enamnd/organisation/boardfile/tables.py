"""The parts of a board file: which fields a row has, what it is known by, and what it refers to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from enamnd.organisation import models, rules
from enamnd.organisation.board_rules import DEFAULT_RULES
from enamnd.organisation.numbering import check_number_format
from enamnd.organisation.words import DEFAULT_PAPER, DEFAULT_WORDS
from enamnd.refusal import Problem, Refused

from .reading import Field, day, like, one_of, text, text_or_nothing, whole_number, yes_or_no


def named(row: dict) -> str:
    return row.get("name") or ""


@dataclass(frozen=True)
class Table:
    """One part of the file.

    key         the part's key in the file
    place       its Swedish name, in sentences about what is wrong
    known_by    attributes that say whether a row is in the register already; none for the board, which is one
    references  key of a row → model that the text names (replaced by the object itself)
    finish      turns the values of a row into attributes of the model (a mandate's body, municipality into its seat)
    after       looks at all rows that were saved and returns Problems
    label       what a row is called in sentences
    """

    key: str
    place: str
    model: type
    fields: tuple[Field, ...]
    known_by: tuple[str, ...]
    references: dict[str, type] = field(default_factory=dict)
    finish: Callable | None = None
    after: Callable | None = None
    label: Callable = named

    @property
    def is_single(self) -> bool:
        return not self.known_by


def number_format(value) -> str:
    try:
        check_number_format(text(value))
    except Refused as refusal:
        raise ValueError(str(refusal).rstrip(".")) from refusal
    return text(value)


def first_in_order(values: dict, references) -> dict:
    return {"order": 1} | values


def seat_of(values: dict, references) -> dict:
    """A mandate's body, municipality, kind and order of seat become the seat itself."""
    known = (values.pop("body"), values.pop("municipality"), values.pop("seat"), values.pop("order", 1))
    return values | {"seat": references.seat(*known)}


def overlapping(saved: dict) -> list[Problem]:
    """Two persons on one seat at the same time. `saved`: mandate → the place in the file that it came from."""
    places = {mandate.pk: place for mandate, place in saved.items()}
    seats = {mandate.seat_id for mandate in saved}
    mandates = models.Mandate.objects.filter(seat__in=seats).select_related("person")
    return [
        Problem(places.get(later.pk) or places.get(earlier.pk, "uppdrag"), rules.overlap_sentence(earlier, later))
        for earlier, later in rules.overlaps(mandates)
    ]


def of_person(row: dict) -> str:
    return row.get("person") or ""


def of_municipality(row: dict) -> str:
    return row.get("municipality") or ""


MUNICIPALITIES = Table(
    "municipalities",
    "kommuner",
    models.Municipality,
    (
        Field("name", text, required=True),
        Field("full_name", text, required=True),
        Field("kind", one_of(models.Municipality.Kind)),
        Field("org_number", text_or_nothing),
        Field("code", text),
        Field("population", whole_number),
        Field("population_on", day),
        Field("postal_address", text),
        Field("email", text),
        Field("website", text),
        Field("notice_board", text),
        Field("is_party", yes_or_no),
    ),
    known_by=("name",),
)
BOARD = Table(
    "board",
    "nämnden",
    models.Board,
    (
        Field("name", text, required=True),
        Field("short_name", text, required=True),
        Field("host", text, required=True),
        Field("diary_prefix", text),
        Field("case_number_format", number_format),
        Field("document_number_format", number_format),
        Field("words", like(DEFAULT_WORDS)),
        Field("paper", like(DEFAULT_PAPER)),
        Field("rules", like(DEFAULT_RULES)),
    ),
    known_by=(),
    references={"host": models.Municipality},
)
PERSONS = Table(
    "persons",
    "personer",
    models.Person,
    (
        Field("name", text, required=True),
        Field("political_party", text),
        Field("organisation", text),
        Field("title", text),
        Field("email", text),
        Field("phone", text),
    ),
    known_by=("name",),
)
BODIES = Table(
    "bodies",
    "organ",
    models.Body,
    (
        Field("name", text, required=True),
        Field("short_name", text),
        Field("kind", one_of(models.Body.Kind), required=True),
        Field("numbers_paragraphs", yes_or_no),
        Field("valid_from", day),
        Field("valid_until", day),
    ),
    known_by=("name",),
)
SEATS = Table(
    "seats",
    "platser",
    models.Seat,
    (
        Field("body", text, required=True),
        Field("municipality", text, required=True),
        Field("kind", one_of(models.Seat.Kind), required=True),
        Field("order", whole_number),
        Field("valid_from", day),
        Field("valid_until", day),
    ),
    known_by=("body", "municipality", "kind", "order"),
    references={"body": models.Body, "municipality": models.Municipality},
    finish=first_in_order,
    label=of_municipality,
)
MANDATES = Table(
    "mandates",
    "uppdrag",
    models.Mandate,
    (
        Field("body", text, required=True),
        Field("municipality", text, required=True),
        Field("seat", one_of(models.Seat.Kind), required=True),
        Field("order", whole_number),
        Field("person", text, required=True),
        Field("political_party", text),
        Field("appointed_by", text),
        Field("appointed_on", day),
        Field("decision", text),
        Field("decides_as_officer", yes_or_no),
        Field("valid_from", day, required=True),
        Field("valid_until", day),
    ),
    known_by=("seat", "person", "valid_from"),
    references={"body": models.Body, "municipality": models.Municipality, "person": models.Person},
    finish=seat_of,
    after=overlapping,
    label=of_person,
)
OFFICES = Table(
    "offices",
    "roller",
    models.Office,
    (
        Field("body", text, required=True),
        Field("person", text, required=True),
        Field("role", one_of(models.Office.Role), required=True),
        Field("valid_from", day, required=True),
        Field("valid_until", day),
    ),
    known_by=("body", "role", "person", "valid_from"),
    references={"body": models.Body, "person": models.Person},
    label=of_person,
)
REGISTER = (MUNICIPALITIES, BOARD, PERSONS, BODIES, SEATS, MANDATES, OFFICES)
