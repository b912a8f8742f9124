"""Runs: the list, a new one, its preview, attest and issue, its files and its way into the ledger."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, tell_refusal
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from finance import invoice_rules as rules
from finance.actions import invoice_runs as actions
from finance.answers import refuse_file
from finance.forms.invoicing import RunForm, UseForm, YearForm
from finance.invoicing import ledger, reading
from finance.invoicing.files import LOOK_AGAIN
from finance.invoicing.preview import preview_of
from finance.invoicing.use_list import drafts_of, rows_of
from finance.models import Allocation, InvoiceRun
from projects.spreadsheets import MEDIA_TYPE as EXCEL
from projects.spreadsheets import read_table, workbook


@requires(Permission.READ_ALL_INVOICES)
def run_list(request):
    """All runs, the latest first."""
    page = page_of(request, reading.runs_for_list())
    context = {"page": page, "may_keep": is_allowed(rules.check_can_prepare, request.user)}
    return render(request, "finance/run_list.html", context)


@requires(Permission.KEEP_ECONOMY)
def run_new(request):
    """A run of allocations: first the year, then what of it."""
    year = _year(request)
    form = RunForm(request.POST or None, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_run(
                form.cleaned_data["allocations"], form.cleaned_data["rule"], by=request.user, **form.facts()
            )
            return redirect(made)
        except Refused as refusal:
            add_refusal(form, refusal)
    years = Allocation.objects.current().order_by("-year").values_list("year", flat=True).distinct()
    context = {"form": form, "year": year, "years": years}
    return render(request, "finance/run_new.html", context, status=422 if form.errors else 200)


@requires(Permission.KEEP_ECONOMY)
def run_of_use(request):
    """A run of a list of what each municipality has used."""
    year = _year(request)
    form = UseForm(request.POST or None, request.FILES or None, year=year)
    problems = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = read_table(file.read(), file.name, formulas=False)
            drafts = drafts_of(rows_of(table), form.cleaned_data["item"], form.cleaned_data["rule"])
            return redirect(actions.make_run_of_use(drafts, by=request.user, **form.facts()))
        except Refused as refusal:
            problems = refuse_file(form, refusal)
    context = {"form": form, "year": year, "problems": problems}
    return render(request, "finance/run_of_use.html", context, status=422 if form.errors else 200)


def _year(request) -> int:
    asked = YearForm(request.GET)
    return asked.cleaned_data["ar"] if asked.is_valid() else timezone.localdate().year


@requires(Permission.READ_ALL_INVOICES)
def run(request, run_id):
    """One run: before its issue a preview, after it its invoices."""
    found = get_object_or_404(reading.runs_for_list().select_related("credits"), pk=run_id)
    user = request.user
    context = {"run": found, "issue": getattr(found, "issue", None), "attest": getattr(found, "attest", None)}
    context |= {"may_keep": is_allowed(rules.check_can_prepare, user), "steps": trail_of(found)}
    if context["issue"]:
        return render(request, "finance/run_issued.html", context | _issued(found))
    context |= {
        "preview": preview_of(found, timezone.localdate()),
        "may_attest": is_allowed(rules.check_can_attest, found, user),
        "may_take_back": is_allowed(rules.check_can_take_back_attest, found, user),
        "may_issue": is_allowed(rules.check_can_issue, found, user),
        "is_own": found.made_by_id == user.pk,
        "sources": found.sources.select_related("allocation"),
        "not_replaced": reading.not_replaced(found),
    }
    return render(request, "finance/run.html", context)


def _issued(found: InvoiceRun) -> dict:
    """The invoices of a run, how many of them have files, and which should have had them by now."""
    today = timezone.localdate()
    rows = reading.rows_of(reading.for_list(found.invoices.all()).order_by("serial"), today)
    counts = found.invoices.aggregate(all=Count("pk"), made=Count("files"))
    waited = timezone.now() - found.issue.at > LOOK_AGAIN
    late = [each.invoice for each in rows if waited and not hasattr(each.invoice, "files")]
    return {"rows": rows, "counts": counts, "is_done": counts["all"] == counts["made"], "late": late}


def _verb(request, run_id: int, act, done: str):
    """Do something with a run and come back to it, with what was done or why it was not."""
    found = get_object_or_404(InvoiceRun, pk=run_id)
    try:
        act(found, by=request.user)
    except Refused as refusal:
        for line in refusal.lines:
            tell_refusal(request, Refused(line))
    else:
        messages.success(request, done)
    return redirect(found) if found.pk else redirect("finance:run_list")


@require_POST
@requires(Permission.ATTEST_INVOICES)
def attest(request, run_id):
    """Attest a run."""
    return _verb(request, run_id, actions.attest_run, "Körningen är attesterad. E-kontoret kan utfärda den.")


@require_POST
@requires(Permission.ATTEST_INVOICES)
def attest_withdrawal(request, run_id):
    """Take an attest back."""
    return _verb(request, run_id, actions.take_back_attest, "Attesten är tillbakatagen.")


@require_POST
@requires(Permission.KEEP_ECONOMY)
def issue(request, run_id):
    """Issue a run."""
    return _verb(
        request, run_id, actions.issue_run, "Fakturorna är utfärdade. Filerna görs nu, och kommunerna får brev."
    )


@require_POST
@requires(Permission.KEEP_ECONOMY)
def removal(request, run_id):
    """Take a run away."""
    return _verb(request, run_id, actions.remove_run, "Körningen är borttagen.")


@require_POST
@requires(Permission.KEEP_ECONOMY)
def files(request, run_id):
    """Ask anew for files that were never made."""
    return _verb(request, run_id, actions.ask_for_files, "Filerna görs nu.")


@requires(Permission.READ_ALL_INVOICES)
def export(request, run_id, ledger_kind):
    """The run's way into the host's ledger: SIE 4I, CSV or Excel."""
    found = get_object_or_404(InvoiceRun, pk=run_id, issue__isnull=False)
    makers = {"sie": _sie, "csv": _csv, "excel": _excel}
    if ledger_kind not in makers:
        raise Http404
    try:
        answer = makers[ledger_kind](found)
    except Refused as refusal:
        for line in refusal.lines:
            tell_refusal(request, Refused(line))
        return redirect(found)
    actions.note_export(found, ledger_kind, by=request.user)
    return answer


def _sie(found: InvoiceRun) -> HttpResponse:
    return _file(ledger.sie_of(found), "application/octet-stream", f"korning-{found.pk}.si")


def _csv(found: InvoiceRun) -> HttpResponse:
    return _file(ledger.csv_of(found), "text/csv; charset=utf-8", f"korning-{found.pk}.csv")


def _excel(found: InvoiceRun) -> HttpResponse:
    content = workbook("Körning", ledger.HEADINGS, ledger.rows_of(found))
    return _file(content, EXCEL, f"korning-{found.pk}.xlsx")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
