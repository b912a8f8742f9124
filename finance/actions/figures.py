"""The verbs of key figures: kinds are kept, figures are entered and replaced, never changed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Problem, Refused

from .. import rules
from ..figure_rows import Understood
from ..figures import figures_on
from ..models import KeyFigure, KeyFigureKind, PrintedTotal

FACTS = ("name", "unit", "month", "day", "years_back", "jump_percent", "note")
NEW, SAME, REPLACED, TOTAL = "nytt", "oförändrat", "ersätter", "summa i källan"


@dataclass(frozen=True)
class Taken:
    """What became of a row: new, unchanged, takes another's place (`before`), or the source's sum."""

    number: int
    name: str
    what: str
    before: KeyFigure | None = None


@transaction.atomic
def add_kind(*, by: User, **facts) -> KeyFigureKind:
    """Begin to keep a kind of key figure (nytt nyckeltal)."""
    rules.check_can_keep(by)
    kind = KeyFigureKind.objects.create(**facts)
    record("key_figure_kind.added", kind, by=by)
    return kind


@transaction.atomic
def change_kind(kind: KeyFigureKind, *, by: User, **facts) -> KeyFigureKind:
    """Change what is said of a kind. Allocations that are made keep the day that they took."""
    rules.check_can_keep(by)
    kind = KeyFigureKind.objects.select_for_update().get(pk=kind.pk)
    for name, value in facts.items():
        setattr(kind, name, value)
    kind.save()
    record("key_figure_kind.changed", kind, by=by)
    return kind


@transaction.atomic
def load_figures(
    kind: KeyFigureKind, as_of: date, source: str, rows: list[Understood], *, by: User | None, because: str = ""
) -> list[Taken]:
    """Enter figures of a day, all or none (läs in nyckeltal).

    A figure that another holds already takes its place, which wants a reason. Refused with every row that is wrong,
    and for a day to come.
    """
    if by is not None:
        rules.check_can_keep(by)
    KeyFigureKind.objects.select_for_update().get(pk=kind.pk)
    taken = preview(kind, as_of, rows)
    if any(each.what == REPLACED for each in taken) and not because.strip():
        replaced = sum(each.what == REPLACED for each in taken)
        raise Refused(f"{replaced} tal ersätter andra från samma dag. Skriv varför.", field="because")
    for each, row in zip(taken, rows, strict=True):
        _keep(each, row, kind, as_of, source.strip(), because.strip(), by)
    record("key_figure.loaded", kind, by=by, number=sum(each.what in (NEW, REPLACED) for each in taken), day=str(as_of))
    return taken


def preview(kind: KeyFigureKind, as_of: date, rows: list[Understood]) -> list[Taken]:
    """What would become of the rows. Refused when there are none, and with every row that is wrong."""
    if not rows:
        raise Refused("Det finns inga rader att läsa in.", field="text")
    problems = tuple(
        Problem(f"rad {each.number} ({each.name or 'utan namn'})", each.problem) for each in rows if each.problem
    )
    if problems:
        raise Refused(problems=problems)
    there = figures_on(kind, as_of)
    return [_seen(row, there.get(row.municipality.pk) if row.municipality else None) for row in rows]


def _seen(row: Understood, before: KeyFigure | None) -> Taken:
    if row.is_sum:
        return Taken(row.number, row.name, TOTAL)
    if before is None:
        return Taken(row.number, row.name, NEW)
    return Taken(row.number, row.name, SAME if before.value == row.value else REPLACED, before)


def _keep(taken: Taken, row: Understood, kind, as_of: date, source: str, because: str, by):
    if taken.what == TOTAL:
        PrintedTotal.objects.create(kind=kind, as_of=as_of, value=row.value, source=source, by=by)
    elif taken.what == NEW:
        _figure(row, kind, as_of, source, "", by).save()
    elif taken.what == REPLACED:
        _replace(taken.before, _figure(row, kind, as_of, source, because, by))


def _figure(row: Understood, kind, as_of: date, source: str, because: str, by) -> KeyFigure:
    return KeyFigure(
        kind=kind, municipality=row.municipality, as_of=as_of, value=row.value, source=source, because=because, by=by
    )


def _replace(before: KeyFigure, after: KeyFigure):
    """One figure holds per day: the earlier points at itself for the moment between, then at its follower."""
    KeyFigure.objects.filter(pk=before.pk).update(replaced_by=before.pk)
    after.save()
    KeyFigure.objects.filter(pk=before.pk).update(replaced_by=after.pk)
