"""Texts for protocols: budgets, outcome and forecast, and what each municipality pays, as the papers print them."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from enamnd.formats import fraction, grouped
from enamnd.money import KRONA, kronor, thousands
from meetings.text.markup_tree import escaped
from projects.blocks import table as html_table

from . import budgets, explaining, follow_up
from .budget_table import INCOME, Column, Line, rounding_note
from .budget_table import table as table_of
from .figures import figure
from .models import Allocation, AllocationShare, Budget, BudgetVersion, Forecast, Outcome

DASH = "-"


def budget_table(options: dict) -> str:
    """The budget of a year, or several side by side, with its comments (R087, R220, R259).

    `versions` are keys of versions, in the order of their columns; `forecasts` keys of forecasts, each in a column
    after its year's budget; `comments` adds the points of the last, `notes` a column of what its rows say, and
    `in_thousands` writes tkr with a decimal (R315).
    """
    found = budgets.versions().prefetch_related(budgets.ROWS).in_bulk(options.get("versions", []))
    chosen = [found[key] for key in options.get("versions", []) if key in found]
    if not chosen:
        return ""
    columns = _columns(chosen, options.get("forecasts", []))
    lines = table_of(columns)
    amount = in_thousands if options.get("in_thousands") else written
    names = [f"{each.name} (tkr)" if options.get("in_thousands") else each.name for each in columns]
    notes = _notes(chosen[-1], lines) if options.get("notes") else None
    html = lines_table(lines, names, amount=amount, notes=notes)
    return html + (points([each.text for each in chosen[-1].comments.all()]) if options.get("comments") else "")


def _columns(versions: Sequence[BudgetVersion], forecasts: Sequence[int]) -> list[Column]:
    told = {each.budget_id: each for each in Forecast.objects.filter(pk__in=forecasts).select_related("budget")}
    last = {each.budget_id: each.pk for each in versions}
    columns = []
    for each in versions:
        columns.append(budgets.column_of(each))
        if each.budget_id in told and last[each.budget_id] == each.pk:
            columns.append(follow_up.forecast_column(told[each.budget_id], each))
    return columns


def _notes(version: BudgetVersion, lines: Sequence[Line]) -> list[str]:
    """What the version's rows say, one for each line of the table."""
    told = {(each.side, each.item_id, each.label): each.note for each in version.rows.all()}
    return [told.get((each.side, each.item, each.label), "") for each in lines]


def lines_table(lines: Sequence[Line], names: Sequence[str], *, amount=None, notes: Sequence[str] | None = None) -> str:
    """The first section's heading stands in the head, as in the papers (INTÄKTER | Budget 2024).

    `amount` writes a value, in kronor unless said otherwise; `notes`, one for each line, are a last column.
    """
    first, *others = lines
    more = [[]] * len(lines) if notes is None else [[each] for each in notes]
    rows = [
        (each.label, *([""] * len(names) if each.kind == "section" else map(amount or written, each.values)), *told)
        for each, told in zip(others, more[1:], strict=True)
    ]
    return html_table([first.label, *names, *(["Kommentar"] if notes is not None else [])], rows)


def in_thousands(value: int | None) -> str:
    """914,4 and -805: thousands of kronor with one decimal, which whole thousands do without."""
    return "" if value is None else fraction(Fraction(value, 1000 * KRONA), 1).removesuffix(",0")


def written(value: int | None) -> str:
    return "" if value is None else kronor(value)


def outcome_table(options: dict) -> str:
    """Outcome against budget to date, with its points in two groups (R138–R143). `in_thousands` writes tkr."""
    outcome = Outcome.objects.select_related("budget").filter(pk=options.get("outcome")).first()
    if outcome is None:
        return ""
    html = compared(follow_up.outcome_table(outcome), bool(options.get("in_thousands")))
    for heading, text in (
        ("Kommentarer till utfall", outcome.notes),
        ("Avvikelser jämfört med budget", outcome.deviation_notes),
    ):
        lines = follow_up.note_lines(text)
        html += f"<h4>{heading}</h4>{points(lines)}" if lines else ""
    return html


def forecast_table(options: dict) -> str:
    """The year's budget against a forecast, with its points (R138). `in_thousands` writes tkr."""
    forecast = Forecast.objects.select_related("budget").filter(pk=options.get("forecast")).first()
    if forecast is None:
        return ""
    html = compared(follow_up.forecast_table(forecast), bool(options.get("in_thousands")))
    return html + points(follow_up.note_lines(forecast.notes))


def compared(found: follow_up.Compared, as_tkr: bool = False) -> str:
    """A table of two columns and their difference, which is only printed where it is not zero (R141)."""
    (first, _, _), *others = found.lines
    amount, unit = (in_thousands, " (tkr)") if as_tkr else (written, "")
    rows = []
    for line, gap, word in others:
        values = ["", ""] if line.kind == "section" else list(map(amount, line.values))
        rows.append((line.label, *values, word or amount(gap)))
    return f"<h4>{escaped(found.title)}{unit}</h4>" + html_table([first.label, *found.columns], rows)


def summary_table(options: dict) -> str:
    """The board's income, costs and difference in tkr: outcome, budget, forecast (R284, R287)."""
    budget = Budget.objects.filter(pk=options.get("budget")).first()
    if budget is None:
        return ""
    outcome = budget.outcomes.filter(replaced_by=None).first()
    forecast = budget.forecasts.first()
    version = budgets.holding_of(budget.year)
    parts = []
    if outcome:
        found = follow_up.outcome_table(replace_budget(outcome, budget))
        parts.append((f"{found.title} (tkr)", *_sums([line for line, _, _ in found.lines], 1)))
    if version:
        totals = budgets.totals_of(version)
        parts.append((f"Budget {budget.year} (tkr)", totals.income, totals.cost))
    if forecast:
        lines = [line for line, _, _ in follow_up.forecast_table(replace_budget(forecast, budget)).lines]
        parts.append((f"Prognos {budget.year} (tkr) ({forecast.made_on:%Y-%m})", *_sums(lines, 1)))
    unit = options.get("unit", "Nämnden")
    notes = {rounding_note([income, -cost], income - cost) for _, income, cost in parts} - {""}
    tables = "".join(_in_thousands(title, unit, income, cost) for title, income, cost in parts)
    return tables + "".join(f"<p>{each}</p>" for each in notes)


def replace_budget(row, budget: Budget):
    row.budget = budget
    return row


def _sums(lines: Iterable[Line], column: int) -> tuple[int, int]:
    totals = {line.side: line.values[column] or 0 for line in lines if line.kind == "total"}
    return totals[INCOME], totals["cost"]


def _in_thousands(title: str, unit: str, income: int, cost: int) -> str:
    row = (unit, *(grouped(thousands(each)) for each in (income, cost, income - cost)))
    return f"<h4>{escaped(title)}</h4>" + html_table(["", "Intäkter", "Kostnader", "Avvikelse"], [row])


def allocation_table(options: dict) -> str:
    """An allocation per municipality: figures, per cent, kronor; who does not take part has a dash (R176–R179)."""
    found = Allocation.objects.select_related("version__model").filter(pk=options.get("allocation")).first()
    if found is None:
        return ""
    page = explaining.shown(found)
    by_figure = [at for at, part in enumerate(page.parts) if part.kind]
    head = ["Kommun", *(page.parts[at].kind.name for at in by_figure), "Procent", f"{kronor(found.divided)} kr"]
    rows = [
        (
            line.name,
            *(_plain(line.weights[at].weight) if line.weights[at] else "0" for at in by_figure),
            f"{fraction(line.percent, 2)}%",
            f"{kronor(line.amount)} kr" if line.amount else f"{DASH} kr",
        )
        for line in page.lines
    ]
    sums = ("Summa:", *(_plain(page.parts[at].weight) for at in by_figure), "100,00%", f"{kronor(found.divided)} kr")
    told = "".join(f"<p>{escaped(each)}</p>" for each in explaining.rounding_in_words(page))
    return html_table(head, [*rows, sums]) + told


def _plain(weight) -> str:
    """76739: figures of the table have no space between thousands (R182)."""
    return figure(weight).replace("\u00a0", "")


def year_allocation(options: dict) -> str:
    """What each municipality pays of each item of a year, and in all (R265, R266)."""
    year = options.get("year")
    chosen = Allocation.objects.current().filter(year=year)
    if options.get("allocations"):
        chosen = chosen.filter(pk__in=options["allocations"])
    chosen = list(chosen.order_by("item__position", "title"))
    shares = AllocationShare.objects.filter(allocation__in=chosen).select_related("municipality")
    by_place: dict[str, dict[int, int]] = {}
    for each in shares.order_by("municipality__name"):
        by_place.setdefault(each.municipality.name, {})[each.allocation_id] = each.amount
    rows = [
        (name, *(kronor(paid.get(each.pk, 0)) for each in chosen), kronor(sum(paid.values())))
        for name, paid in by_place.items()
    ]
    sums = ("Summa", *(kronor(each.divided) for each in chosen), kronor(sum(each.divided for each in chosen)))
    return html_table(["Kommun", *(each.title for each in chosen), "Summa, kr"], [*rows, sums]) if chosen else ""


def points(texts: Iterable[str]) -> str:
    items = "".join(f"<li><p>{escaped(each)}</p></li>" for each in texts)
    return f"<ul>{items}</ul>" if items else ""
