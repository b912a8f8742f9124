"""The pages of allocations: the list, one, how a share came about, and making them."""

from fractions import Fraction

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, query_without_page
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.money import KRONA, with_decimals, with_unit
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from finance import explaining, rules
from finance.actions import allocations as actions
from finance.allocation import carried_in_words
from finance.budgeted import budgeted_for
from finance.forms.allocations import AllocationForm, BuyInForm
from finance.forms.decisions import DecisionForm
from finance.models import Allocation, AllocationShare
from finance.pictures import bars
from finance.starting import starting_values
from finance.weighing import model_in_words, work_out
from projects.spreadsheets import spreadsheet_answer

FORM = "finance/form.html"
DRAWN = 40  # bars: a picture of all the municipalities of the country tells nobody anything
WITH = ("version__model", "version__paragraph__meeting", "item", "activity", "made_by", "replaced_by", "replaces")
DECIDED = ("decided__paragraph__meeting",)


@requires(Permission.READ_ECONOMY)
def allocation_list(request):
    """The allocations that hold, newest year first."""
    rows = Allocation.objects.current().select_related("version__model", "item", "activity", *DECIDED)
    years = sorted(set(Allocation.objects.values_list("year", flat=True).order_by()), reverse=True)
    wanted = request.GET.get("ar", "")
    if wanted in map(str, years):
        rows = rows.filter(year=int(wanted))
    context = {
        "page": page_of(request, rows),
        "years": years,
        "wanted": wanted,
        "query": query_without_page(request),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "finance/allocation_list.html", context)


def _found(allocation_id: int) -> Allocation:
    return get_object_or_404(Allocation.objects.select_related(*WITH, *DECIDED), pk=allocation_id)


@requires(Permission.READ_ECONOMY)
def allocation(request, allocation_id):
    """An allocation: a row a municipality, what rounding did, and what it rests on."""
    found = _found(allocation_id)
    page = explaining.shown(found)
    context = {
        "allocation": found,
        "page": page,
        "budgeted": budgeted_for(found),
        "says": model_in_words(found.version),
        "rounding": explaining.rounding_in_words(page),
        "rows": explaining.written_rows(page),
        "figures": reverse("finance:figure", args=[0]).removesuffix("0/"),
        "picture": bars(("Betalar",), [(each.name, (each.amount,)) for each in page.paying[:DRAWN]], with_unit),
        "left_out": len(page.paying[DRAWN:]),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "is_decided": hasattr(found, "decided"),
        "steps": trail_of(found),
    }
    return render(request, "finance/allocation.html", context)


@requires(Permission.READ_ECONOMY)
def allocation_file(request, allocation_id):
    """The same rows as an Excel file."""
    page = explaining.shown(_found(allocation_id))
    headings = ("Kommun", *(part.name for part in page.parts), "Procent", "Exakt, kr", "Betalar, kr")
    rows = [
        (
            line.name,
            *(each and _plain(each.weight) for each in line.weights),
            with_decimals(line.percent, 4),
            with_decimals(line.exact / KRONA, 4),
            with_decimals(Fraction(line.amount, KRONA), 2),
        )
        for line in page.lines
    ]
    return spreadsheet_answer(page.allocation.title, headings, rows)


def _plain(weight) -> int | str:
    return int(weight) if weight == int(weight) else str(weight.normalize()).replace(".", ",")


@requires(Permission.READ_ECONOMY)
def share(request, allocation_id, municipality_id):
    """How one municipality's amount was counted (så räknades beloppet)."""
    found = _found(allocation_id)
    row = get_object_or_404(
        AllocationShare.objects.select_related("municipality"), allocation=found, municipality=municipality_id
    )
    row.allocation = found
    denominator = int(found.denominator)
    context = {
        "allocation": found,
        "share": row,
        "budgeted": budgeted_for(found),
        "taken": explaining.steps_of(row),
        "says": model_in_words(found.version),
        "exact": Fraction(int(row.numerator), denominator),
        "is_decided": hasattr(found, "decided"),
    }
    return render(request, "finance/share.html", context)


@requires(Permission.KEEP_ECONOMY)
def allocation_new(request):
    """Make an allocation: looked at first, then kept."""
    replaces = _replaced(request)
    form = AllocationForm(request.POST or None, initial=starting_values(request.GET, replaces, timezone.localdate()))
    context = {"form": form, "worked": None, "replaces": replaces}
    if request.method == "POST" and form.is_valid():
        try:
            if answer := _make(request, form.cleaned_data, replaces, context):
                return answer
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "finance/allocation_new.html", context, status=422 if form.errors else 200)


def _replaced(request) -> Allocation | None:
    wanted = request.GET.get("ersatter", "")
    return get_object_or_404(Allocation, pk=int(wanted)) if wanted.isdecimal() and len(wanted) < 18 else None


def _make(request, data: dict, replaces: Allocation | None, context: dict):
    if request.POST.get("do") == "save":
        return redirect(actions.make_allocation(**data, replaces=replaces, by=request.user))
    actions.check_participants(data["activity"], data["places"])
    worked = work_out(
        data["version"],
        list(data["places"]),
        data["amount"],
        data["year"],
        given=data["given"],
        outside=data["outside"],
    )
    rows = sorted(worked.shares, key=lambda each: -abs(each[1].numerator))
    context["worked"] = worked
    if data["item"] and not replaces:
        context["already"] = Allocation.objects.current().filter(item=data["item"], year=data["year"])
    context["rows"] = [(place, each, worked.allocated.percent(each)) for place, each in rows]
    context["rounding"] = carried_in_words(worked.allocated)
    return None


@requires(Permission.KEEP_ECONOMY)
def allocation_decision(request, allocation_id):
    """Keep where an allocation was decided."""
    found = _found(allocation_id)

    def act(data):
        actions.decide_allocation(found, **data, by=request.user)
        return found.get_absolute_url()

    form = DecisionForm(request.POST or None)
    title = f"Beslut om {found.title}"
    return form_page(
        request, form, act, template=FORM, title=title, back=found.get_absolute_url(), button="För in beslutet"
    )


@requires(Permission.KEEP_ECONOMY)
def buy_in(request, allocation_id):
    """Let a municipality buy in afterwards: shown first, who pays and who is credited, then done."""
    found = _found(allocation_id)
    form = BuyInForm(request.POST or None)
    before = {each.municipality.name: each.amount for each in found.shares.select_related("municipality")}
    inside = set(found.shares.filter(takes_part=True).values_list("municipality", flat=True))
    form.fields["municipality"].queryset = Municipality.objects.filter(is_party=True).exclude(pk__in=inside)
    context = {"allocation": found, "form": form, "changes": []}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if request.POST.get("do") == "save":
                made = actions.let_buy_in(
                    found, data["municipality"], given=data["given"], note=data["note"], by=request.user
                )
                return redirect(made)
            worked = actions.worked_with(found, data["municipality"], data["given"])
            context["changes"] = explaining.changes(worked, before)
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "finance/buy_in.html", context, status=422 if form.errors else 200)
