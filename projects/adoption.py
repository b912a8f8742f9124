"""The matrix of municipalities and activities: who takes part, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from enamnd.organisation.models import Municipality

from .models import Activity, Adoption, Participation

MOST_CELLS = 2000
State = Adoption.State
SIGNS = {
    State.UNDECIDED: "○",
    State.DECIDED: "◔",
    State.INTRODUCING: "◑",
    State.IN_USE: "●",
    State.ABSTAINS: "–",
}
UNDERWAY = (State.UNDECIDED, State.DECIDED, State.INTRODUCING)
NOT_TOLD, NOT_IN = "?", "·"
KEY = [*((SIGNS[each], each.label) for each in State), (NOT_TOLD, "Läget inte angivet"), (NOT_IN, "Deltar inte")]


@dataclass(frozen=True)
class Cell:
    """How a municipality stands to an activity; an empty state when nothing is told."""

    municipality: Municipality
    state: str = ""
    since_on: object = None
    note: str = ""
    takes_part: bool = False
    is_late: bool = False
    joined_on: object = None
    planned_on: object = None

    @property
    def sign(self) -> str:
        return SIGNS.get(self.state, NOT_TOLD if self.takes_part else NOT_IN)

    @property
    def words(self) -> str:
        if self.state:
            return State(self.state).label
        return "Deltar, läget inte angivet" if self.takes_part else "Deltar inte"


@dataclass(frozen=True)
class Row:
    """An activity with a cell for each municipality, and how many use it."""

    activity: Activity
    cells: tuple[Cell, ...]

    @property
    def in_use(self) -> int:
        return sum(cell.state == State.IN_USE for cell in self.cells)

    @property
    def taking_part(self) -> int:
        return sum(cell.takes_part for cell in self.cells)


def shared_activities() -> QuerySet[Activity]:
    """What goes on and at least one municipality takes part in, or has told of."""
    joined = Participation.objects.filter(activity=OuterRef("pk"))
    told = Adoption.objects.filter(activity=OuterRef("pk"))
    return Activity.objects.filter(Exists(joined) | Exists(told), closed_on=None).order_by("name", "pk")


def parties() -> list[Municipality]:
    return list(Municipality.objects.filter(is_party=True).order_by("name"))


def rows_of(activities: Sequence[Activity], municipalities: Sequence[Municipality]) -> list[Row]:
    """The rows of the matrix: two queries, however many cells."""
    asked = {"activity__in": [each.pk for each in activities], "municipality__in": [each.pk for each in municipalities]}
    told = {(each.activity_id, each.municipality_id): each for each in Adoption.objects.filter(**asked)}
    standing = Participation.objects.filter(**asked, left_on=None)
    joined = {(each.activity_id, each.municipality_id): each for each in standing}
    return [Row(each, tuple(_cell(each.pk, party, told, joined) for party in municipalities)) for each in activities]


def _cell(activity: int, party: Municipality, told: dict, joined: dict) -> Cell:
    adoption, part = told.get((activity, party.pk)), joined.get((activity, party.pk))
    return Cell(
        party,
        adoption.state if adoption else "",
        adoption.since_on if adoption else None,
        adoption.note if adoption else "",
        part is not None,
        bool(part and part.is_late),
        part.joined_on if part else None,
        adoption.planned_on if adoption and adoption.state in UNDERWAY else None,
    )


def rows_on_a_page(municipalities: int) -> int:
    return max(5, min(50, MOST_CELLS // max(municipalities, 1)))
