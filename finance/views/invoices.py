"""Invoices: the list that each sees of their own, one invoice, its files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, query_without_page
from enamnd.journal.trail import trail_of
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from finance import invoice_rules as rules
from finance.actions import invoices as actions
from finance.forms.invoicing import QuestionForm
from finance.invoicing import bundle, reading
from finance.invoicing.composing import document_of
from finance.invoicing.printing import compose
from finance.invoicing.states import left_of, state_of
from finance.models import Invoice
from projects.spreadsheets import MEDIA_TYPE as EXCEL

MEDIA_TYPES = {"pdf": "application/pdf", "xml": "application/xml", "xlsx": EXCEL}
MOST_IN_ARCHIVE = 300


@requires(Permission.READ_INVOICES)
def invoice_list(request):
    """The invoices that a person may see, the latest first."""
    today = timezone.localdate()
    seen = reading.visible_to(request.user)
    wanted = _wanted(request)
    page = page_of(request, reading.narrowed(reading.for_list(seen), today, **wanted))
    reads_all = request.user.may(Permission.READ_ALL_INVOICES)
    own = Municipality.objects.filter(pk__in=rules.own_municipalities(request.user))
    context = {
        "page": page,
        "rows": reading.rows_of(page.object_list, today),
        "query": query_without_page(request),
        "wanted": wanted,
        "years": reading.years_of(seen),
        "states": reading.STATES,
        "municipalities": Municipality.objects.filter(is_party=True) if reads_all else (),
        "own": own,
        "reads_all": reads_all,
        "may_keep": is_allowed(rules.check_can_prepare, request.user),
    }
    return render(request, "finance/invoice_list.html", context)


def _wanted(request) -> dict:
    def number(name):
        value = request.GET.get(name, "")
        return int(value) if value.isdecimal() and len(value) < 10 else None

    return {"year": number("ar"), "state": request.GET.get("lage", ""), "municipality": number("kommun")}


def found(request, number: str) -> Invoice:
    """The invoice with its sums. 403 for another municipality's."""
    rows = Invoice.objects.with_sums().select_related("municipality", "run__issue", "files__pdf", "files__xml")
    shown = get_object_or_404(rows, number=number)
    try:
        rules.check_can_read(shown, request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return shown


@requires(Permission.READ_INVOICES)
def invoice(request, invoice_number):
    """One invoice: what it says, how it stands, its files, who has taken them, questions."""
    return invoice_page(request, found(request, invoice_number))


def invoice_page(request, shown: Invoice, question: QuestionForm | None = None) -> HttpResponse:
    """The page of an invoice, with a question as it was written when it could not be taken."""
    today = timezone.localdate()
    at = timezone.localtime(shown.run.issue.at)
    lines = shown.lines.select_related("share__allocation", "vat_rule__paragraph")
    paper = compose(document_of(shown), board_name=shown.facts["board"], created_at=at)
    left = left_of(shown)
    context = {
        "invoice": shown,
        "state": state_of(shown, today),
        "left": left,
        "overpaid": -left,
        "paper": paper,
        "rows": list(zip(lines, paper.rows, strict=True)),
        "files": getattr(shown, "files", None),
        "downloads": shown.downloads.select_related("by")[:20],
        "payments": shown.payments.select_related("by"),
        "reminders": shown.reminders.select_related("by"),
        "credits": shown.credits.select_related("credited"),
        "credited_by": shown.credited_by.select_related("credit"),
        "questions": shown.questions.select_related("by", "answered_by"),
        "question": question or QuestionForm(),
        "may_ask": is_allowed(rules.check_can_ask, shown, request.user),
        "may_keep": is_allowed(rules.check_can_prepare, request.user),
        "may_remind": is_allowed(rules.check_can_remind, shown, left, today),
        "may_credit": is_allowed(rules.check_can_credit, shown, request.user),
        "may_read_run": request.user.may(Permission.READ_ALL_INVOICES),
        "steps": trail_of(shown),
    }
    return render(request, "finance/invoice.html", context, status=422 if question and question.errors else 200)


@requires(Permission.READ_INVOICES)
def invoice_file(request, invoice_number, file_kind):
    """PDF, e-invoice or specification. That it was taken, when and by whom, is written down."""
    if file_kind not in MEDIA_TYPES:
        raise Http404
    shown = found(request, invoice_number)
    if not hasattr(shown, "files"):
        messages.info(request, f"{shown} har inga filer än. De görs just nu. Försök igen om en stund.")
        return redirect(shown)
    content = _content(shown, file_kind)
    actions.note_download([shown], file_kind, by=request.user)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[file_kind])
    kind = "inline" if file_kind == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{kind}; filename="faktura-{shown.number}.{file_kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _content(shown: Invoice, file_kind: str) -> bytes:
    if file_kind == "xlsx":
        return bundle.specification(shown)
    return bytes(getattr(shown.files, file_kind).file.content)


@requires(Permission.READ_INVOICES)
def invoice_archive(request):
    """All files of the invoices that the list is narrowed to, as ZIP."""
    today = timezone.localdate()
    seen = reading.narrowed(reading.for_list(reading.visible_to(request.user)), today, **_wanted(request))
    seen = seen.filter(files__isnull=False)
    if seen.count() > MOST_IN_ARCHIVE:
        messages.error(
            request,
            f"Listan har fler än {MOST_IN_ARCHIVE} fakturor, för många för en fil. "
            "Visa färre, till exempel ett år i taget, och hämta igen.",
        )
        query = query_without_page(request)
        return redirect(reverse("finance:invoice_list") + (f"?{query}" if query else ""))
    invoices = list(seen.select_related("files__pdf__file", "files__xml__file").prefetch_related("lines"))
    if not invoices:
        messages.info(request, "Det finns inga filer att hämta.")
        return redirect("finance:invoice_list")
    content = bundle.archive(invoices)
    actions.note_download(invoices, "zip", by=request.user)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="fakturor.zip"'
    return answer
