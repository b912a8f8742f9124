"""The pages of cost items and index figures."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.money import with_unit
from finance import budgets, rules
from finance.actions import items as actions
from finance.budget_checks import total
from finance.forms.budgets import IndexFigureForm, ItemForm
from finance.models import Allocation, CostItem, IndexFigure, LedgerMapping, Overhead
from finance.pictures import curves

FORM = "finance/form.html"


@requires(Permission.READ_ECONOMY)
def item_list(request):
    """What the money goes to, how each is divided, and the ledger's accounts."""
    rows = CostItem.objects.select_related("model", "activity").prefetch_related(
        Prefetch("mappings", LedgerMapping.objects.order_by("first_account"))
    )
    context = {"items": rows, "may_keep": is_allowed(rules.check_can_keep, request.user)}
    return render(request, "finance/item_list.html", context)


@requires(Permission.KEEP_ECONOMY)
def item_new(request):
    def act(data):
        return actions.add_item(**data, by=request.user).get_absolute_url()

    back = reverse("finance:item_list")
    return form_page(request, ItemForm(request.POST or None), act, template=FORM, title="Ny kostnadspost", back=back)


@requires(Permission.READ_ECONOMY)
def item(request, cost_item_id):
    """One item over the years: what it was called, what it cost, and its allocations."""
    found = get_object_or_404(CostItem.objects.select_related("model", "activity"), pk=cost_item_id)
    years = list(reversed(budgets.holding_versions(years=20)))
    rows = [row for row in ((each, *_of_year(each, found)) for each in years) if row[1]]
    known = [(version.budget.year, income, cost) for version, _, income, cost in rows]
    context = {
        "item": found,
        "rows": list(reversed(rows)),
        "picture": _development(known) if len(known) > 1 else None,
        "allocations": Allocation.objects.current()
        .filter(item=found)
        .select_related("version__model")
        .order_by("-year"),
        "mappings": found.mappings.all(),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "steps": trail_of(found),
    }
    return render(request, "finance/item.html", context)


def _of_year(version, found: CostItem) -> tuple:
    """What an item is called in a year, its income and its cost."""
    rows = [each for each in version.rows.all() if each.item_id == found.pk]
    entries = budgets.entries_of(rows)
    return " / ".join(dict.fromkeys(each.label for each in rows)), total(entries, "income"), total(entries, "cost")


def _development(known):
    incomes, costs = [each[1] for each in known], [each[2] for each in known]
    series = [("Intäkt", incomes)] if incomes == costs else [("Intäkt", incomes), ("Kostnad", costs)]
    return curves([each[0] for each in known], series, with_unit)


@requires(Permission.KEEP_ECONOMY)
def item_change(request, cost_item_id):
    found = get_object_or_404(CostItem, pk=cost_item_id)

    def act(data):
        return actions.change_item(CostItem(pk=cost_item_id), **data, by=request.user).get_absolute_url()

    form = ItemForm(request.POST or None, instance=found)
    return form_page(request, form, act, template=FORM, title=f"Ändra {found}", back=found.get_absolute_url())


@requires(Permission.READ_ECONOMY)
def index_list(request):
    """Index figures by name and year, every vintage, and what is put on top of salaries."""
    context = {
        "figures": IndexFigure.objects.select_related("by"),
        "overheads": _overheads(),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "finance/index_list.html", context)


def _overheads() -> list[tuple[Overhead, bool]]:
    """Overhead by year, the latest first, and whether a later row has taken its place."""
    found, seen = [], set()
    for each in Overhead.objects.select_related("paragraph__meeting", "by"):
        found.append((each, each.year in seen))
        seen.add(each.year)
    return found


@requires(Permission.KEEP_ECONOMY)
def index_new(request):
    def act(data):
        actions.add_index(**data, by=request.user)
        return reverse("finance:index_list")

    back = reverse("finance:index_list")
    return form_page(
        request, IndexFigureForm(request.POST or None), act, template=FORM, title="Nytt indextal", back=back
    )
