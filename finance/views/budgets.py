"""The pages where budgets are read: the years, one version, and as a file."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.journal.trail import trail_of
from enamnd.money import whole_kronor, with_unit
from finance import budgets, follow_up, rules
from finance.attached import lacks_shares
from finance.budget_table import Column, table
from finance.figures import consulted_parties
from finance.models import Allocation, Budget, BudgetVersion, Forecast
from finance.origins import costs_of, origin_of
from finance.pictures import curves
from projects.spreadsheets import spreadsheet_answer


@requires(Permission.READ_ECONOMY)
def budget_list(request):
    """The years: what holds, side by side, and as a picture."""
    found = budgets.holding_versions()
    years = list(reversed(found))
    sums = [budgets.totals_of(each) for each in years]
    context = {
        "versions": [(each, budgets.state_of(each), budgets.totals_of(each)) for each in found],
        "lines": budgets.side_by_side(years) if years else [],
        "columns": years,
        "picture": _development(years, sums) if len(years) > 1 else None,
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "finance/budget_list.html", context)


def _development(years, sums):
    incomes = [each.income for each in sums]
    costs = [each.cost for each in sums]
    series = [("Intäkter", incomes)] if incomes == costs else [("Intäkter", incomes), ("Kostnader", costs)]
    return curves([each.budget.year for each in years], series, with_unit)


@requires(Permission.READ_ECONOMY)
def budget_file(request):
    """The same years side by side as an Excel file."""
    years = list(reversed(budgets.holding_versions(years=20)))
    headings = ("Kronor", *(f"Budget {each.budget.year}" for each in years))
    rows = [
        (line.label, *(None if value is None else whole_kronor(value) for value in line.values))
        for line in (budgets.side_by_side(years) if years else [])
    ]
    return spreadsheet_answer("Budget", headings, rows)


@requires(Permission.READ_ECONOMY)
def budget(request, year):
    """The version of a year that holds."""
    found = list(_versions_of(year))
    if not found:
        raise Http404
    return _page(request, budgets.holding(found), found)


@requires(Permission.READ_ECONOMY)
def budget_version(request, year, number):
    """One version of a year's budget."""
    found = list(_versions_of(year))
    version = next((each for each in found if each.number == number), None)
    if version is None:
        raise Http404
    return _page(request, version, found)


def _versions_of(year: int):
    rows = budgets.versions().filter(budget__year=year).order_by("-number")
    return rows.select_related("made_by", "based_on__budget").prefetch_related(budgets.ROWS)


def _page(request, version: BudgetVersion, found: list[BudgetVersion]):
    before = budgets.holding_of(version.budget.year - 1)
    columns = _columns(before, version)
    rows = list(version.rows.all())
    comments = list(version.comments.select_related("item"))
    context = {
        "version": version,
        "versions": [(each, budgets.state_of(each, found)) for each in found],
        "state": budgets.state_of(version, found),
        "holds": budgets.holding(found) == version,
        "columns": columns,
        "lines": table(columns),
        "findings": [*budgets.found_in(version, rows, comments), *budgets.outside_frame(version)],
        "comments": comments,
        "noted": _noted(rows),
        "answers": _answers(version, request.user),
        "lacks_shares": lacks_shares(version),
        "allocations": Allocation.objects.current()
        .filter(year=version.budget.year)
        .select_related("item", "version__model"),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "is_passed": any(hasattr(each, "decided") and each.number > version.number for each in found),
        "may_change": is_allowed(rules.check_can_keep, request.user)
        and is_allowed(rules.check_can_change_budget, version),
        "steps": trail_of(version.budget),
    }
    return render(request, "finance/budget.html", context)


def _columns(before: BudgetVersion | None, version: BudgetVersion) -> list[Column]:
    """The year before, how it is thought to go, and the year itself (R220)."""
    if before is None:
        return [budgets.column_of(version)]
    forecast = Forecast.objects.filter(budget=before.budget_id).select_related("budget").first()
    told = [follow_up.forecast_column(forecast, before)] if forecast else []
    return [budgets.column_of(before), *told, budgets.column_of(version)]


def _noted(rows):
    """The rows that have something to say besides their amount, with how it was counted."""
    costs = costs_of(rows)
    told = [(each, origin_of(each, costs)) for each in rows]
    return [(each, origin) for each, origin in told if origin or each.note or each.decided_by != "board"]


def _answers(version: BudgetVersion, user):
    """Each party with its answer and whether `user` may give it, when the version has been sent to them."""
    if not version.consulted_on:
        return []
    told = {each.municipality_id: each for each in version.answers.select_related("by")}
    keeps, own = user.may(Permission.KEEP_ECONOMY), rules.answers_for(user)
    return [(each, told.get(each.pk), keeps or each.pk in own) for each in consulted_parties()]


def version_or_404(year: int, number: int) -> BudgetVersion:
    rows = BudgetVersion.objects.select_related("budget")
    return get_object_or_404(rows, budget__year=year, number=number)


def budget_or_404(year: int) -> Budget:
    return get_object_or_404(Budget, year=year)
