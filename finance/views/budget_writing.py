"""The pages where budgets are written: rows, comments, index, consultation, the board, the decision."""

from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, tell_refusal
from enamnd.dates import long_date
from enamnd.form_page import form_page
from enamnd.newer import Newer
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from finance import budgets, rules
from finance.actions import budget_papers
from finance.actions import budgets as actions
from finance.answers import refuse_file
from finance.figures import parties
from finance.forms.budgets import (
    AnswerForm,
    BudgetDecisionForm,
    ChangeCommentForm,
    CommentForm,
    ConsultationForm,
    NewBudgetForm,
    RaiseForm,
    RowForm,
    TableForm,
    ToBoardForm,
    WriteRowsForm,
)
from finance.indexing import raised
from finance.models import BudgetComment, ConsultationAnswer, CostItem
from finance.printed import as_budget, read_printed
from finance.views.budgets import version_or_404
from meetings.forms.paragraphs import case_suggestions

FORM = "finance/form.html"


@requires(Permission.KEEP_ECONOMY)
def budget_new(request):
    """Begin a year's budget."""
    latest = budgets.holding_versions(years=1)
    initial = (
        {"year": latest[0].budget.year + 1, "like": latest[0]} if latest else {"year": timezone.localdate().year + 1}
    )

    def act(data):
        return actions.begin_budget(**data, by=request.user).get_absolute_url()

    form = NewBudgetForm(request.POST or None, initial=initial)
    back = reverse("finance:budget_list")
    return form_page(request, form, act, template=FORM, title="Ny budget", back=back, button="Börja")


def _form(request, version, form, act, title: str, **more):
    """A page that is one form about a version."""
    context = {
        "title": f"{title}, {str(version.budget).lower()}",
        "back": version.get_absolute_url(),
        "version": version,
        **{"place": "finance:budget_list", "place_name": "Budget", "up": version},
    }
    return form_page(request, form, act, **{"template": FORM} | context | more)


@requires(Permission.KEEP_ECONOMY)
def row_new(request, year, number):
    """Put an item in the budget."""
    version = version_or_404(year, number)
    form = RowForm(request.POST or None)

    def act(data):
        actions.add_row(
            version, data["item"], form.written(), by=request.user, group=data["group"], decided_by=data["decided_by"]
        )
        return version.get_absolute_url()

    return _form(request, version, form, act, "Ny rad", button="Lägg till")


@requires(Permission.KEEP_ECONOMY)
def rows_write(request, year, number):
    """All rows at once."""
    version = version_or_404(year, number)
    form = WriteRowsForm(request.POST or None, version.rows.all())

    def act(data):
        try:
            actions.write_rows(version, form.written(), shown=form.shown, by=request.user)
        except Newer as newer:
            form.tell_newer(newer)
            raise
        return version.get_absolute_url()

    return _form(request, version, form, act, "Rader", template="finance/budget_rows.html")


@requires(Permission.KEEP_ECONOMY)
def table_import(request, year, number):
    """A table as printed, into the version's rows: unknown labels are asked about before anything is kept."""
    version = version_or_404(year, number)
    form = TableForm(request.POST or None, request.FILES or None)
    context = {
        "version": version,
        "form": form,
        "unknown": [],
        "items": CostItem.objects.all(),
        "table": None,
        "problems": (),
    }
    if request.method == "POST" and form.is_valid():
        try:
            if answer := _take_table(request, version, form, context):
                return answer
        except Refused as refusal:
            context["problems"] = refuse_file(form, refusal)
    return render(request, "finance/budget_import.html", context, status=422 if form.errors else 200)


def _take_table(request, version, form: TableForm, context: dict):
    cells = form.rows()
    table = as_budget(read_printed(cells), form.cleaned_data["unit"])
    column = form.cleaned_data["column"] - 1
    if column >= len(table.columns):
        raise Refused(f"Tabellen har {len(table.columns)} kolumner med belopp.", field="column")
    if request.POST.get("do") == "save":
        budget_papers.take_in(version, table, column, _chosen(request, table), by=request.user)
        return redirect(version)
    kept = request.POST.copy()
    kept["text"] = "\n".join("\t".join(row) for row in cells)
    context |= {
        "form": TableForm(kept),
        "table": table,
        "column": table.columns[column],
        "rows": [(each, each.values[column] if each.values else None) for each in table.rows],
        "unknown": budget_papers.unknown_labels(table),
    }
    return None


def _chosen(request, table) -> dict[int, CostItem]:
    """Which items unknown labels stand for, by row number: item-7=3; those that are new are left out."""
    asked = {row.number: request.POST.get(f"item-{row.number}", "") for row in table.of("row")}
    wanted = {number: int(key) for number, key in asked.items() if key.isdecimal() and len(key) < 18}
    items = CostItem.objects.in_bulk(wanted.values())
    return {number: items[key] for number, key in wanted.items() if key in items}


@requires(Permission.KEEP_ECONOMY)
def index_raise(request, year, number):
    """Raise an item by index: shown first, then done."""
    version = version_or_404(year, number)
    initial = {"item": request.GET.get("post"), "parties": len(parties())}
    form = RaiseForm(request.POST or None, version=version, initial=initial)
    context = {"version": version, "form": form, "shown": None}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if request.POST.get("do") == "save":
                actions.raise_by_index(
                    version, data["item"], list(data["indexes"]), data["parties"], data["unit"], by=request.user
                )
                return redirect(version)
            context["shown"] = _raised(version, data)
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "finance/index_raise.html", context, status=422 if form.errors else 200)


def _raised(version, data: dict):
    """The item's rows as they would be."""
    percents = [Fraction(each.percent) for each in data["indexes"]]
    rows = actions.rows_to_raise(version, data["item"])
    return [
        (row, raised(row.amount if row.before is None else row.before, percents, data["parties"], data["unit"]))
        for row in rows
    ]


@requires(Permission.KEEP_ECONOMY)
def comment_new(request, year, number):
    version = version_or_404(year, number)

    def act(data):
        actions.add_comment(version, data["text"], item=data["item"], by=request.user)
        return version.get_absolute_url()

    return _form(request, version, CommentForm(request.POST or None), act, "Kommentar")


@requires(Permission.KEEP_ECONOMY)
def comment_change(request, year, number, comment_id):
    version = version_or_404(year, number)
    comment = get_object_or_404(BudgetComment.objects.select_related("version"), pk=comment_id, version=version)
    initial = {"text": comment.text, "item": comment.item_id}

    def act(data):
        actions.change_comment(comment, data["text"], item=data["item"], by=request.user)
        return version.get_absolute_url()

    return _form(request, version, ChangeCommentForm(request.POST or None, initial=initial), act, "Ändra kommentar")


@requires(Permission.KEEP_ECONOMY)
def consultation(request, year, number):
    version = version_or_404(year, number)

    def act(data):
        return actions.send_for_consultation(version, **data, by=request.user).get_absolute_url()

    lead = "Värdkommunen samråder med de andra innan budgeten upprättas. Versionen ändras inte efter utskicket."
    return _form(request, version, ConsultationForm(request.POST or None), act, "Samråd", lead=lead)


@requires(Permission.READ_ECONOMY)
def consultation_answer(request, year, number, municipality_id):
    """What a municipality answers: given by itself, or written down by those who keep the economy."""
    version = version_or_404(year, number)
    place = get_object_or_404(Municipality, pk=municipality_id)
    try:
        rules.check_can_answer(request.user, place)
        rules.check_is_asked(place)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    earlier = version.answers.filter(municipality=place).select_related("by").first()
    form = AnswerForm(request.POST or None, instance=earlier, initial={"answered_on": timezone.localdate()})

    def act(data):
        actions.answer_consultation(version, place, **data, by=request.user)
        return version.get_absolute_url()

    until = f"Svaret ska vara inne {long_date(version.answer_by)}." if version.answer_by else ""
    lead = _said_before(earlier) or until
    return _form(request, version, form, act, f"Svar från {place.full_name}", lead=lead, button="Spara svaret")


def _said_before(earlier: ConsultationAnswer | None) -> str:
    if earlier is None:
        return ""
    who = "Kommunen har själv svarat" if earlier.is_own else "Ett svar är infört"
    by = f" av {earlier.by}" if earlier.by else ""
    return f"{who}{by}, {long_date(earlier.answered_on)}. Det du skriver ersätter svaret, som finns kvar i historiken."


@requires(Permission.KEEP_ECONOMY)
def to_board(request, year, number):
    """Register the budget as a document of a case, for the board; what does not add up is said first."""
    version = get_object_or_404(budgets.versions().prefetch_related(budgets.ROWS), budget__year=year, number=number)
    form = ToBoardForm(request.POST or None, initial={"title": f"Förslag till {str(version.budget).lower()}"})

    def act(data):
        return budget_papers.put_before_board(version, **data, by=request.user).get_absolute_url()

    more = {"findings": budgets.findings_of(version), "cases": case_suggestions()}
    return _form(request, version, form, act, "Handling till nämnden", template="finance/budget_to_board.html", **more)


@requires(Permission.KEEP_ECONOMY)
def decision(request, year, number):
    """Keep where a version was decided."""
    version = version_or_404(year, number)

    def act(data):
        actions.decide_budget(version, **data, by=request.user)
        return version.get_absolute_url()

    form = BudgetDecisionForm(request.POST or None)
    return _form(request, version, form, act, "Beslut", button="För in beslutet")


@require_POST
@requires(Permission.KEEP_ECONOMY)
def version_new(request, year, number):
    """A new version to change, with the same rows."""
    version = version_or_404(year, number)
    try:
        return redirect(actions.add_version(version, by=request.user))
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(version)
