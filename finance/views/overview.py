"""The economy's first page, one municipality's part of it, and a table counted again."""

from decimal import Decimal

from django.shortcuts import render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed
from enamnd.money import KRONA, with_unit
from enamnd.refusal import Refused
from finance import budgets, follow_up, municipality_page, rules
from finance.budget_checks import told_amounts
from finance.consulting import asked_of
from finance.forms.budgets import PrintedForm
from finance.models import Outcome
from finance.pictures import curves
from finance.printed import faults, missing_totals, read_printed
from finance.standing import standing
from projects.spreadsheets import spreadsheet_answer


@requires(Permission.READ_ECONOMY)
def overview(request):
    """How the money stands: this year and the next, and what is to be done."""
    today = timezone.localdate()
    years = {each.budget.year: each for each in budgets.holding_versions()}
    outcome = Outcome.objects.filter(replaced_by=None, budget__year=today.year).select_related("budget").first()
    context = {
        "years": [(year, years.get(year), _facts(years.get(year))) for year in (today.year, today.year + 1)],
        "outcome": outcome,
        "table": follow_up.outcome_table(outcome) if outcome else None,
        "todo": standing(today),
        "is_empty": not years,
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "finance/overview.html", context)


def _facts(version) -> dict:
    if version is None:
        return {}
    return {"totals": budgets.totals_of(version), "state": budgets.state_of(version)}


@requires(Permission.READ_ECONOMY)
def municipality(request):
    """What one municipality pays, year by year and item by item, each amount leading to how it was counted."""
    found, is_own = municipality_page.whose(request.user, request.GET.get("kommun", ""))
    page = municipality_page.page_for(found, request.GET.get("ar", ""), timezone.localdate()) if found else None
    context = {
        "municipality": found,
        "is_own": is_own,
        "parties": municipality_page.parties(),
        "page": page,
        "asked": asked_of([found.pk]) if found else [],
        "may_answer": bool(found) and is_allowed(rules.check_can_answer, request.user, found),
        "picture": curves(
            [year for year, _ in page.years], [("Betalar", [amount for _, amount in page.years])], with_unit
        )
        if page and len(page.years) > 1
        else None,
    }
    return render(request, "finance/municipality.html", context)


@requires(Permission.READ_ECONOMY)
def municipality_file(request):
    """The same rows as an Excel file."""
    found, _ = municipality_page.whose(request.user, request.GET.get("kommun", ""))
    page = municipality_page.page_for(found, request.GET.get("ar", ""), timezone.localdate()) if found else None
    rows = [
        (each.allocation.title, each.allocation.year, Decimal(each.amount) / KRONA)
        for each in (page.shares if page else ())
    ]
    name = f"Ekonomi {found.name}" if found else "Ekonomi"
    return spreadsheet_answer(name, ("Fördelning", "År", "Betalar, kr"), rows)


@requires(Permission.READ_ECONOMY)
def printed(request):
    """A printed table counted again: every figure that is another is said. Nothing is kept."""
    form = PrintedForm(request.POST or None, request.FILES or None)
    context = {"form": form, "counted": False}
    if request.method == "POST" and form.is_valid():
        try:
            table = read_printed(form.rows())
            context |= {"counted": True, "told": _told(table, form.cleaned_data), "rows": len(table.of("row"))}
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "finance/printed.html", context, status=422 if form.errors else 200)


def _told(table, data: dict) -> list[str]:
    unit = data["unit"]
    known = {
        f"{table.columns[at].lower()} för {row.label}": value * unit
        for row in table.rows
        for at, value in enumerate(row.values)
        if value
    }
    counted = {
        f"skillnaden för {row.label}": (row.values[1] - row.values[0]) * unit
        for row in table.of("row")
        if len(row.values) > 1 and None not in row.values[:2] and row.values[1] != row.values[0]
    }
    said = told_amounts(data["notes"].splitlines(), known | counted)
    return [*faults(table, unit=unit), *missing_totals(table), *said]
