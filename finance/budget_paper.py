"""A budget as a paper for the board: composed as frozen values, printed once."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from enamnd.documents import pdf
from enamnd.money import kronor
from enamnd.organisation.current import current_board

from .budget_table import Line, table
from .budgets import column_of, findings_of
from .models import BudgetVersion
from .origins import costs_of, origin_of


@dataclass(frozen=True)
class BudgetPaper:
    """A budget ready to print: lines of (kind, label, amounts), comments, and what the portal has pointed out.

    `origins` say how amounts were counted that nobody wrote by hand.
    """

    board_name: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, str, tuple[str, ...]], ...]
    comments: tuple[str, ...]
    origins: tuple[str, ...]
    findings: tuple[str, ...]
    created_at: str


def compose_budget(version: BudgetVersion) -> BudgetPaper:
    """The version as it stands. Its rows must be prefetched."""
    column = column_of(version)
    return BudgetPaper(
        board_name=current_board().name,
        title=str(version.budget),
        columns=(column.name,),
        lines=tuple(_printed(each) for each in table([column])),
        comments=tuple(each.text for each in version.comments.all()),
        origins=tuple(_origins(version)),
        findings=tuple(findings_of(version)),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
    )


def _origins(version: BudgetVersion) -> Iterator[str]:
    rows = list(version.rows.all())
    costs = costs_of(rows)
    for row in rows:
        if told := origin_of(row, costs):
            yield f"{row.label} ({row.get_side_display().lower()}): {told}"


def _printed(line: Line) -> tuple[str, str, tuple[str, ...]]:
    return line.kind, line.label, tuple("" if value is None else kronor(value) for value in line.values)


def budget_pdf(paper: BudgetPaper) -> bytes:
    """The budget as PDF/A-2a and PDF/UA-1."""
    return pdf.render_pdf(
        render_to_string("print/budget.html", {"paper": paper}), sheets=(pdf.PRINT, "css/print-budget.css")
    )
