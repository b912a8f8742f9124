"""Rows of an operational plan's tables, read into activities: Benämning, Status, Tidplan, Kommentar and the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enamnd.refusal import Refused

from .models import Activity, Phase
from .time_plans import TimePlan, read_time_plan

NAME, STATUS, TIME_PLAN, COMMENT, TABLE = "benämning", "status", "tidplan", "kommentar", "grupp"
TABLES = {
    "projekt": Activity.Kind.PROJECT,
    "förvaltning": Activity.Kind.MANAGEMENT,
    "löpande verksamhet": Activity.Kind.RUNNING,
    "löpande": Activity.Kind.RUNNING,
    "upphandling": Activity.Kind.PROCUREMENT,
    "idé": Activity.Kind.IDEA,
}
STANDING = ("löpande", "pågående")


@dataclass(frozen=True)
class PlanRow:
    """A row as it was understood: `phase` when its status names one; `status_line` what the status says besides."""

    number: int
    name: str
    kind: str
    phase: Phase | None
    status_line: str
    plan: TimePlan
    comment: str


@dataclass(frozen=True)
class Understood:
    """What became of a row of the file: the row, or why it was not taken."""

    number: int
    name: str
    row: PlanRow | None
    problem: str = ""


def understand(rows: Iterable[Mapping[str, str]], phases: Sequence[Phase]) -> list[Understood]:
    """Each row as it was understood, or the reason why not. Refused when the file has no column Benämning."""
    rows = list(rows)
    if not rows or NAME not in rows[0]:
        raise Refused(
            "Filens första rad ska ha rubrikerna Benämning, Status, Tidplan, Kommentar och Grupp.", field="file"
        )
    seen: set[tuple[str, str]] = set()
    return [_one(number, row, phases, seen) for number, row in enumerate(rows, 2)]


def _one(number: int, row: Mapping[str, str], phases: Sequence[Phase], seen: set) -> Understood:
    name = row.get(NAME, "").strip()
    try:
        read = _read(number, row, phases)
        if (read.kind, name.casefold()) in seen:
            raise Refused("Samma benämning står två gånger i tabellen.")
    except Refused as refusal:
        return Understood(number, name, None, str(refusal))
    seen.add((read.kind, name.casefold()))
    return Understood(number, name, read)


def _read(number: int, row: Mapping[str, str], phases: Sequence[Phase]) -> PlanRow:
    name, status = row.get(NAME, "").strip(), row.get(STATUS, "").strip()
    if not name:
        raise Refused("Benämning saknas.")
    for label, value, most in (
        ("Benämningen", name, 200),
        ("Statusen", status, 200),
        ("Tidplanen", row.get(TIME_PLAN) or "", 200),
    ):
        if len(value) > most:
            raise Refused(f"{label} är längre än {most} tecken.")
    phase = phase_in(status, phases)
    line = "" if phase and phase.name == status else status
    return PlanRow(
        number, name, kind_of(row.get(TABLE, ""), status, phase), phase, line, read_time_plan(row.get(TIME_PLAN) or ""),
        (row.get(COMMENT) or "").strip(),
    )  # fmt: skip


def phase_in(status: str, phases: Sequence[Phase]) -> Phase | None:
    """The phase that a status names, alone or first among other words; the longest name wins."""
    words = status.casefold()
    named = [each for each in phases if words.startswith(each.name.casefold())]
    return max(named, key=lambda each: len(each.name), default=None)


def kind_of(table: str, status: str, phase: Phase | None) -> str:
    """The kind of activity by the table that the row stands in, else by its status."""
    name = table.strip().lstrip("0123456789. ").casefold()
    if name:
        if name not in TABLES:
            raise Refused(f"Gruppen ”{table}” finns inte. Skriv Projekt, Förvaltning eller Löpande verksamhet.")
        return TABLES[name]
    if status.casefold() in STANDING:
        return Activity.Kind.RUNNING
    return Activity.Kind.MANAGEMENT if phase and phase.name == "Förvaltning" else Activity.Kind.PROJECT
