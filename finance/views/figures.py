"""The pages of key figures."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from finance import figures, rules
from finance.actions import figures as actions
from finance.answers import refuse_file
from finance.figure_rows import understand
from finance.forms.figures import FiguresForm, KindForm
from finance.models import AllocationShare, KeyFigure, KeyFigureKind
from projects.spreadsheets import spreadsheet_answer

FORM = "finance/form.html"


@requires(Permission.READ_ECONOMY)
def kind_list(request):
    """The kinds of key figures, how fresh each is, and which figures next year's allocations take."""
    year = timezone.localdate().year + 1
    parties = figures.parties()
    kinds = []
    for kind in KeyFigureKind.objects.all():
        day = figures.as_of_for(kind, year)
        kinds.append((kind, day, len(figures.figures_on(kind, day))))
    context = {
        "kinds": kinds,
        "year": year,
        "parties": len(parties),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "finance/kind_list.html", context)


@requires(Permission.KEEP_ECONOMY)
def kind_new(request):
    def act(data):
        return actions.add_kind(**data, by=request.user).get_absolute_url()

    back = reverse("finance:kind_list")
    return form_page(
        request, KindForm(request.POST or None), act, template=FORM, title="Nytt nyckeltal", back=back, button="Spara"
    )


@requires(Permission.KEEP_ECONOMY)
def kind_change(request, kind_id):
    found = get_object_or_404(KeyFigureKind, pk=kind_id)

    def act(data):
        return actions.change_kind(KeyFigureKind(pk=kind_id), **data, by=request.user).get_absolute_url()

    form = KindForm(request.POST or None, instance=found)
    more = {"title": f"Ändra {found.name}", "back": found.get_absolute_url(), "button": "Spara"}
    return form_page(request, form, act, template=FORM, **more)


@requires(Permission.READ_ECONOMY)
def figure_table(request, kind_id):
    """The figures of a kind: a row a municipality, a column a day, and what is odd about them."""
    kind = get_object_or_404(KeyFigureKind, pk=kind_id)
    context = {
        "kind": kind,
        "table": figures.table_of(kind),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "steps": trail_of(kind),
    }
    return render(request, "finance/figures.html", context)


@requires(Permission.READ_ECONOMY)
def figure_file(request, kind_id):
    """The same table as an Excel file."""
    kind = get_object_or_404(KeyFigureKind, pk=kind_id)
    table = figures.table_of(kind, days_shown=40)
    rows = [
        (row.municipality.name, *(each and figures.number(each.value) for each in row.figures)) for row in table.rows
    ]
    rows.append(("Summa", *map(figures.number, table.sums)))
    return spreadsheet_answer(kind.name, ("Kommun", *map(str, table.days)), rows)


@requires(Permission.READ_ECONOMY)
def figure(request, figure_id):
    """One figure: where it comes from, what it replaces, and what has been counted from it."""
    found = get_object_or_404(
        KeyFigure.objects.select_related("kind", "municipality", "by", "replaced_by", "replaces"), pk=figure_id
    )
    used = AllocationShare.objects.filter(parts__figure=found).select_related("allocation").order_by("-pk")
    return render(request, "finance/figure.html", {"figure": found, "used": used[:200]})


@requires(Permission.KEEP_ECONOMY)
def figure_import(request, kind_id):
    """Figures in: row by row what is understood, then saved."""
    kind = get_object_or_404(KeyFigureKind, pk=kind_id)
    initial = {"as_of": figures.as_of_for(kind, timezone.localdate().year + 1)}
    form = FiguresForm(request.POST or None, request.FILES or None, initial=initial)
    context = {"kind": kind, "form": form, "seen": [], "problems": ()}
    if request.method == "POST" and form.is_valid():
        try:
            if answer := _take(request, kind, form, context):
                return answer
        except Refused as refusal:
            context["problems"] = refuse_file(form, refusal)
    return render(request, "finance/figure_import.html", context, status=422 if form.errors else 200)


def _take(request, kind: KeyFigureKind, form: FiguresForm, context: dict):
    """Save the rows and go on, or show what they would become, with the rows as text to save."""
    data = form.cleaned_data
    cells = form.rows()
    rows = understand(cells, figures.parties())
    if request.POST.get("do") == "save":
        taken = actions.load_figures(
            kind, data["as_of"], data["source"], rows, by=request.user, because=data["because"]
        )
        messages.success(request, f"{sum(each.what != actions.TOTAL for each in taken)} tal lästes in.")
        return redirect(kind)
    context["seen"] = list(zip(rows, actions.preview(kind, data["as_of"], rows), strict=True))
    kept = request.POST.copy()
    kept["text"] = "\n".join("\t".join(row) for row in cells)
    context["form"] = FiguresForm(kept)
    return None
