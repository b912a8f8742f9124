"""What the economy gives packages of a year's papers: the decided budget, and outcome and forecast held against it."""

from collections.abc import Iterable

from enamnd.documents.collecting import Contribution, Enclosure, Part
from enamnd.money import whole_kronor
from projects.spreadsheets import workbook

from . import budget_paper, budgets, follow_up
from .models import Budget

HEADINGS = ("Kronor", "", "", "")


def budget_and_follow_up(year: int) -> Contribution:
    """The year's budget as it is decided, and its follow-up as a table. A proposal is no budget yet."""
    version = budgets.holding_of(year)
    if version is None:
        return Contribution(missing=(f"Portalen har ingen budget för {year}.",))
    found, missing = [], []
    if hasattr(version, "decided"):
        found.append(Enclosure(f"Budget {year}.pdf", f"{version.budget}, fastställd", 0, lambda: _budget(version)))
    else:
        missing.append(f"Budgeten för {year} är inte fastställd.")
    tables = tables_of(version.budget)
    if tables:
        name = f"Uppföljning av budget {year}.xlsx"
        found.append(Enclosure(name, f"Utfall och prognos {year}", 0, lambda: _follow_up(year, tables)))
    else:
        missing.append(f"Varken utfall eller prognos är införda för {year}.")
    return Contribution(tuple(found), tuple(missing))


def _budget(version) -> bytes:
    return budget_paper.budget_pdf(budget_paper.compose_budget(version))


def _follow_up(year: int, tables: list) -> bytes:
    return workbook(f"Uppföljning {year}", HEADINGS, rows_of(tables))


def tables_of(budget: Budget) -> list:
    """The follow-up of a budget: the outcome that holds, then the latest forecast; empty when there is neither."""
    outcome = budget.outcomes.filter(replaced_by=None).select_related("budget").first()
    forecast = budget.forecasts.select_related("budget").first()
    tables = [follow_up.outcome_table(outcome)] if outcome else []
    return tables + ([follow_up.forecast_table(forecast)] if forecast else [])


def rows_of(tables: Iterable) -> list[tuple]:
    """Tables under each other as rows of a sheet, in whole kronor."""
    rows = []
    for table in tables:
        rows.append((table.title, *table.columns))
        rows += [
            (
                line.label,
                *(None if each is None else whole_kronor(each) for each in line.values),
                word or (None if gap is None else whole_kronor(gap)),
            )
            for line, gap, word in table.lines
        ]
    return rows


PART = Part("budget", "Budget och ekonomisk uppföljning", budget_and_follow_up)
