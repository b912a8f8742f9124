"""The pages of follow-up: outcome and forecast against the budget, the ledger's accounts, the closing of a year."""

import hashlib

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, refusal_of, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.money import with_unit
from enamnd.refusal import Refused
from finance import budgets, collected, follow_up, rules
from finance.actions import follow_up as actions
from finance.actions.year_end import close_year, outcome_of_year
from finance.answers import refuse_file
from finance.forms.decisions import DecisionForm
from finance.forms.follow_up import ForecastForm, LedgerForm, MappingForm, NotesForm, OutcomeForm
from finance.ledger import read_ledger
from finance.ledger_files import rows_of_sie
from finance.models import CarriedItem, CostItem, Forecast, LedgerMapping, Outcome
from finance.pictures import bars
from finance.views.budgets import budget_or_404
from projects.spreadsheets import read_table, spreadsheet_answer

FORM = "finance/form.html"
SIE_NAMES = (".se", ".si", ".sie")


@requires(Permission.READ_ECONOMY)
def overview(request, year):
    """A year's outcome and forecast against its budget, notes, and what was carried over."""
    budget = budget_or_404(year)
    outcomes = list(budget.outcomes.filter(replaced_by=None).select_related("budget", "by"))
    forecast = budget.forecasts.select_related("budget", "by").first()
    chosen = _chosen(request, outcomes)
    outcome_table = follow_up.outcome_table(chosen) if chosen else None
    context = {
        "budget": budget,
        "in_tkr": request.GET.get("enhet") == "tkr",
        "outcomes": outcomes,
        "outcome": chosen,
        "table": outcome_table,
        "unmapped": chosen.rows.filter(item=None) if chosen else [],
        "notes": follow_up.note_lines(chosen.notes) if chosen else [],
        "deviation_notes": follow_up.note_lines(chosen.deviation_notes) if chosen else [],
        "odd": follow_up.notes_against(outcome_table, chosen.notes, chosen.deviation_notes) if chosen else [],
        "picture": _picture(outcome_table) if chosen else None,
        "forecast": forecast,
        "forecasts": budget.forecasts.select_related("by"),
        "forecast_table": follow_up.forecast_table(forecast) if forecast else None,
        "forecast_notes": follow_up.note_lines(forecast.notes) if forecast else [],
        "year_end": getattr(budget, "year_end", None),
        "carried": CarriedItem.objects.filter(year_end__budget__year=year - 1).select_related("item", "year_end"),
        "carried_on": CarriedItem.objects.filter(year_end__budget=budget).select_related("item"),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "is_open": is_allowed(rules.check_year_is_open, budget),
        "steps": trail_of(budget),
    }
    return render(request, "finance/follow_up.html", context)


def _chosen(request, outcomes: list[Outcome]) -> Outcome | None:
    wanted = request.GET.get("utfall", "")
    return next((each for each in outcomes if str(each.pk) == wanted), outcomes[0] if outcomes else None)


def _picture(table: follow_up.Compared):
    """Costs against the budget to date; incomes stand in the table."""
    rows = [
        (_short(line.label), [value or 0 for value in line.values])
        for line, _, _ in table.lines
        if line.kind == "row" and line.side == "cost" and any(line.values)
    ]
    return bars(table.columns[:2], rows, with_unit) if rows else None


def _short(label: str, most: int = 27) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


@requires(Permission.READ_ECONOMY)
def follow_up_file(request, year):
    """The tables as an Excel file: outcome first, then forecast."""
    budget = budget_or_404(year)
    rows = collected.rows_of(collected.tables_of(budget))
    return spreadsheet_answer(f"Uppföljning {year}", collected.HEADINGS, rows)


def _amounts_page(request, budget, form, act, title: str):
    """A page with an amount for each row of the year's budget."""
    version = budgets.holding_of(budget.year)
    entries = budgets.entries_of(version.rows.all()) if version else ()
    inside = {each.item for each in entries}
    form.add_rows(entries, [each for each in CostItem.objects.all() if each.pk not in inside], {})
    back = reverse("finance:follow_up", args=[budget.year])
    return form_page(request, form, act, template="finance/amounts.html", title=title, back=back, budget=budget)


@requires(Permission.KEEP_ECONOMY)
def outcome_new(request, year):
    """An outcome by hand."""
    budget = budget_or_404(year)
    form = OutcomeForm(request.POST or None)

    def act(data):
        actions.enter_outcome(budget, data["through_on"], form.amounts(), by=request.user)
        return reverse("finance:follow_up", args=[year])

    return _amounts_page(request, budget, form, act, f"Utfall {year}")


@requires(Permission.KEEP_ECONOMY)
def forecast_new(request, year):
    """A forecast of the whole year."""
    budget = budget_or_404(year)
    form = ForecastForm(request.POST or None, initial={"author": str(request.user)})

    def act(data):
        actions.make_forecast(
            budget, data["made_on"], data["author"], form.amounts(), notes=data["notes"], by=request.user
        )
        return reverse("finance:follow_up", args=[year])

    return _amounts_page(request, budget, form, act, f"Prognos {year}")


@requires(Permission.KEEP_ECONOMY)
def outcome_import(request, year):
    """An outcome out of the host's ledger; rows that belong to no item are kept and shown."""
    budget = budget_or_404(year)
    form = LedgerForm(request.POST or None, request.FILES or None)
    context = {"budget": budget, "form": form, "problems": ()}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            _load(budget, data, request.user)
            return redirect("finance:follow_up", year)
        except Refused as refusal:
            context["problems"] = refuse_file(form, refusal)
    return render(request, "finance/outcome_import.html", context, status=422 if form.errors else 200)


def _load(budget, data: dict, by):
    file = data["file"]
    content, name = file.read(), file.name
    if name.lower().endswith(SIE_NAMES):
        rows = rows_of_sie(content, budget.starts_on, data["through_on"], data["dimension"] or "6")
        origin = Outcome.Origin.SIE
    else:
        rows, origin = read_ledger(read_table(content, name, formulas=False)), Outcome.Origin.CSV
    digest = hashlib.sha256(content).hexdigest()
    actions.load_outcome(budget, data["through_on"], rows, origin, by=by, file_name=name, sha256=digest)


@requires(Permission.KEEP_ECONOMY)
def outcome_notes(request, year, outcome_id):
    """The points under an outcome's table."""
    outcome = get_object_or_404(Outcome.objects.select_related("budget"), pk=outcome_id, budget__year=year)
    initial = {"notes": outcome.notes, "deviation_notes": outcome.deviation_notes}
    back = reverse("finance:follow_up", args=[year])

    def act(data):
        actions.write_notes(outcome, **data, by=request.user)
        return back

    form = NotesForm(request.POST or None, initial=initial)
    return form_page(request, form, act, template=FORM, title=f"Kommentarer, {str(outcome).lower()}", back=back)


@requires(Permission.READ_ECONOMY)
def forecast(request, year, forecast_id):
    """An earlier forecast."""
    found = get_object_or_404(Forecast.objects.select_related("budget", "by"), pk=forecast_id, budget__year=year)
    table = follow_up.forecast_table(found)
    context = {"forecast": found, "table": table, "notes": follow_up.note_lines(found.notes), "budget": found.budget}
    return render(request, "finance/forecast.html", context)


@requires(Permission.READ_ECONOMY)
def mapping_list(request):
    """Which accounts and projects of the ledger belong to which item."""
    context = {
        "mappings": LedgerMapping.objects.select_related("item"),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "finance/mapping_list.html", context)


@requires(Permission.KEEP_ECONOMY)
def mapping_new(request):
    back = reverse("finance:mapping_list")
    account, project = request.GET.get("konto", ""), request.GET.get("projekt", "")
    initial = {"first_account": account, "last_account": account, "project": project}

    def act(data):
        actions.add_mapping(**data, by=request.user)
        return back

    form = MappingForm(request.POST or None, initial=initial)
    return form_page(request, form, act, template=FORM, title="Ny kontering", back=back)


@require_POST
@requires(Permission.KEEP_ECONOMY)
def mapping_removal(request, mapping_id):
    mapping = get_object_or_404(LedgerMapping.objects.select_related("item"), pk=mapping_id)
    try:
        actions.remove_mapping(mapping, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("finance:mapping_list")


@requires(Permission.KEEP_ECONOMY)
def year_end(request, year):
    """Close a year: what each item has left and each municipality's part are shown, then frozen."""
    budget = budget_or_404(year)
    back = reverse("finance:follow_up", args=[year])
    trouble = refusal_of(rules.check_year_is_open, budget) or refusal_of(outcome_of_year, budget)
    left = [] if trouble else follow_up.left_over(outcome_of_year(budget))

    def act(data):
        close_year(budget, **data, by=request.user)
        return back

    form = DecisionForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    more = {"budget": budget, "left": left, "trouble": trouble, "back": back}
    return form_page(request, form, act, template="finance/year_end.html", **more)
