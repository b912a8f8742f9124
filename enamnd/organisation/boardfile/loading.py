"""Bringing a board file into the register: all of it, or nothing."""

from pathlib import Path

from django.db import transaction

from enamnd.journal.record import record
from enamnd.organisation.models import Board
from enamnd.refusal import Problem, Refused

from .reading import FORMAT, read_object
from .references import References
from .report import Report
from .rows import Rows
from .tables import REGISTER, Table

NOT_TABLES = {"format", "version", "accounts"}


@transaction.atomic
def load_board(path: Path, *, tables: tuple[Table, ...] = REGISTER) -> Report:
    """Read the board file at `path` into the register.

    `tables` are the parts to read, each after what it refers to; an app higher up adds its own (the board's phrases).
    Returns what changed. Refused with all problems, and nothing saved, when anything in the file is wrong.
    """
    data = read_object(path)
    problems = _unknown_parts(data, tables)
    report, references = Report(), References()
    for table in tables:
        if table.key in data:
            problems += _load_part(table, data[table.key], references, report)
    board = Board.objects.first()
    if board is None and not problems:
        problems.append(Problem("", "Filen har ingen nämnd (”board”), och portalen har ingen sedan tidigare."))
    if problems:
        raise Refused(problems=tuple(problems))
    if not report.is_empty:
        record("board.loaded", board, by=None, new=dict(report.new), changed=dict(report.changed))
    return report


def _unknown_parts(data: dict, tables: tuple[Table, ...]) -> list[Problem]:
    known = {table.key for table in tables} | NOT_TABLES
    return [Problem("", f"Delen ”{key}” finns inte i formatet {FORMAT}.") for key in data if key not in known]


def _load_part(table: Table, part, references: References, report: Report) -> list[Problem]:
    part = [part] if table.is_single else part
    if not isinstance(part, list):
        return [Problem(table.place, "ska vara en lista.")]
    rows = Rows(table, references, report)
    rows.load(part)
    return rows.problems
