"""Documents of a case: registering, marking, voiding, and the file itself."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.documents import actions, rules
from enamnd.documents.forms import DocumentForm, ReasonForm, SecrecyForm
from enamnd.documents.models import Case, Document
from enamnd.refusal import Refused

# What a browser may show by itself without running anything that somebody else wrote.
SHOWN = {"application/pdf", "image/png", "image/jpeg", "text/plain"}


@requires(Permission.REGISTER_CASES)
def document_new(request, case_id):
    """Register a document in the case."""
    case = get_object_or_404(Case, pk=case_id)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = register(case, dict(form.cleaned_data), request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            tell_registered(request, document)
            return redirect("documents:case", case.pk)
    context = {"case": case, "form": form}
    return render(request, "documents/document_new.html", context, status=400 if form.errors else 200)


def register(case: Case, data: dict, by) -> Document:
    upload = data.pop("upload")
    upload = actions.Upload.of(upload) if upload else None
    return actions.register_document(case, **data, upload=upload, by=by)


def tell_registered(request, document: Document):
    messages.success(request, f"Handlingen har fått numret {document.number}.")
    if late := rules.late_sentence(document):
        messages.warning(request, late)


@requires(Permission.REGISTER_CASES)
def document_voiding(request, document_id):
    """Void a document, with the reason."""
    document = get_object_or_404(Document.objects.select_related("case"), pk=document_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_document(document, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("documents:case", document.case_id)
    context = {"document": document, "form": form}
    return render(request, "documents/document_voiding.html", context, status=400 if form.errors else 200)


@requires(Permission.REGISTER_CASES)
def document_secrecy(request, document_id):
    """Mark a document as secret, or take the mark away."""
    document = get_object_or_404(Document.objects.select_related("case"), pk=document_id)
    form = SecrecyForm(request.POST or None, initial={"secrecy": document.secrecy})
    if request.method == "POST" and form.is_valid():
        marked = actions.mark_secret(document, form.cleaned_data["secrecy"], by=request.user)
        if marked.secrecy and document.case.paragraphs.exists():
            messages.warning(
                request,
                "Ärendet har behandlats vid ett sammanträde. Nämns handlingen i ett publicerat protokoll visas det "
                "inte för alla förrän rubriken är maskad.",
            )
        return redirect("documents:case", document.case_id)
    context = {"document": document, "form": form}
    return render(request, "documents/document_secrecy.html", context, status=400 if form.errors else 200)


@require_POST
@requires(Permission.RELEASE_DOCUMENTS)
def document_release(request, document_id):
    """Approve working material."""
    document = get_object_or_404(Document.objects.select_related("case"), pk=document_id)
    actions.release_document(document, by=request.user)
    messages.success(request, f"{document.number} är godkänd och kan läsas av alla som läser ärenden.")
    return redirect("documents:case", document.case_id)


@require_safe
@requires(Permission.READ_CASES)
def document_file(request, document_id):
    """The file of a document.

    Files come from outside: only kinds that cannot act are shown in the browser, all others are saved; and whatever
    it is, the answer's own policy lets nothing in it run or load anything.
    """
    document = get_object_or_404(Document.objects.select_related("file", "release"), pk=document_id)
    try:
        rules.check_can_read_file(document, request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    if document.file is None:
        raise Http404("Handlingen har ingen fil.")
    media_type = document.file.media_type
    shown = media_type in SHOWN
    answer = HttpResponse(
        bytes(document.file.content), content_type=media_type if shown else "application/octet-stream"
    )
    answer["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; {file_name(document)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = (
        "private, no-store" if document.secrecy or document.is_working else "private, max-age=3600"
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def file_name(document: Document) -> str:
    """The file's name for browsers old and new (RFC 6266)."""
    plain = document.file_name.encode("ascii", "replace").decode().translate({ord(mark): "_" for mark in '"\\?/'})
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(document.file_name)}"
