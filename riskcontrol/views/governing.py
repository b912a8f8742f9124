"""Governing documents: the list, a document with what is left to do, its facts, papers, changes and adoption."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from riskcontrol.actions import governing as actions
from riskcontrol.actions.governing_sections import remind_owners
from riskcontrol.forms.governing import BeginDocumentForm, DocumentFactsForm, EditionForm, ReferenceForm
from riskcontrol.forms.plans import AdoptForm, ReasonForm
from riskcontrol.governing import paper, rules
from riskcontrol.governing.outline import left_around, outline_of
from riskcontrol.governing.since_last import changed_sections
from riskcontrol.governing.word import as_docx
from riskcontrol.models import GoverningDocument, GoverningEdition, GoverningKind, GoverningReference

from .kit import pdf_answer

FORM = "riskcontrol/governing/form.html"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document_of(governing_id: int) -> GoverningDocument:
    """A document with its kind and adoptions, or 404."""
    rows = GoverningDocument.objects.select_related("kind", "case", "previous").prefetch_related(
        "adoptions__paragraph__body", "adoptions__paragraph__meeting", "adoptions__paper"
    )
    return get_object_or_404(rows, pk=governing_id)


def of_document(request, document: GoverningDocument) -> dict:
    """The context of a page about a document: whether it is adopted, what the reader may do."""
    may_keep = is_allowed(rules.check_can_keep, request.user)
    adoption = rules.adoption_of(document)
    return {
        "document": document,
        "adoption": adoption,
        "may_keep": may_keep,
        "may_change": may_keep and adoption is None,
        "words": adopted_words(adoption),
    }


def adopted_words(adoption) -> str:
    return paper.adopted_words(adoption.adopted_on, adoption.paragraph, adoption.decision) if adoption else ""


@requires(Permission.READ_CONTROL)
def governing_list(request):
    """All documents, the latest year first."""
    is_ready = Count("sections", filter=Q(sections__ready_at__isnull=False))
    rows = GoverningDocument.objects.select_related("kind").prefetch_related("adoptions")
    rows = rows.annotate(section_count=Count("sections"), ready_count=is_ready)
    lines = [(each, rules.adoption_of(each)) for each in rows[:200]]
    context = {
        "lines": lines,
        "kinds": GoverningKind.objects.all(),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "riskcontrol/governing/list.html", context)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def kinds_usual(request):
    """The usual kinds, for a board without."""
    made = actions.begin_usual_kinds(by=request.user)
    messages.success(request, f"{len(made)} slag av dokument är upplagda." if made else "Alla finns redan.")
    return redirect("riskcontrol:governing_list")


@requires(Permission.KEEP_GOVERNING)
def governing_new(request):
    """A new document."""

    def act(data):
        return actions.begin_document(**data, by=request.user).get_absolute_url()

    initial = {"year": timezone.localdate().year + 1, "kind": request.GET.get("slag")}
    form = BeginDocumentForm(request.POST or None, initial=initial)
    more = {"title": "Nytt styrande dokument", "button": "Börja"}
    return form_page(request, form, act, template=FORM, back="..", **more)


@requires(Permission.READ_CONTROL)
def governing(request, governing_id):
    """The document's outline: who writes what, what is ready, what is left to fill in."""
    document = document_of(governing_id)
    sections = list(document.sections.select_related("owner", "ready_by"))
    lines = outline_of(sections)
    today = timezone.localdate()
    context = of_document(request, document) | left_of(document, lines)
    context |= {
        "lines": [(line, line.is_late(today)) for line in lines],
        "ready": sum(1 for each in sections if each.ready_at),
        "editions": document.editions.all(),
        "references": document.references.all(),
        "consultations": document.consultations.all(),
        "steps": trail_of(document),
    }
    return render(request, "riskcontrol/governing/document.html", context)


def left_of(document: GoverningDocument, lines) -> dict:
    """What keeps a document from being adopted, for the pages that lead there."""
    return {
        "left": [(line, each) for line in lines for each in line.placeholders],
        "unknown": [(line, each) for line in lines for each in line.unknown],
        "around": left_around(document),
    }


@requires(Permission.READ_CONTROL)
def governing_text(request, governing_id):
    """The whole document as it reads, on screen; with what its living blocks lack."""
    document = document_of(governing_id)
    drawn = paper.compose(document, adopted_words(rules.adoption_of(document)))
    context = of_document(request, document) | {"paper": drawn, "sections": paper.printed(drawn)}
    return render(request, "riskcontrol/governing/text.html", context)


@requires(Permission.READ_CONTROL)
def governing_pdf(request, governing_id):
    """The issued paper, or the proposal as it stands."""
    document = document_of(governing_id)
    adoption = rules.adoption_of(document)
    content = bytes(adoption.paper.file.content) if adoption else paper.as_pdf(paper.compose(document))
    return pdf_answer(content, f"{document.kind.key}-{document.year}")


@requires(Permission.READ_CONTROL)
def governing_word(request, governing_id):
    """The document as a Word file."""
    document = document_of(governing_id)
    content = as_docx(paper.compose(document, adopted_words(rules.adoption_of(document))))
    answer = HttpResponse(content, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{document.kind.key}-{document.year}.docx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires(Permission.READ_CONTROL)
def governing_changes(request, governing_id):
    """What differs from the document that this one goes on from."""
    document = document_of(governing_id)
    changed = changed_sections(document) if document.previous else []
    is_adopted = document.previous and rules.adoption_of(document.previous) is not None
    context = of_document(request, document) | {"changed": changed, "is_previous_adopted": is_adopted}
    return render(request, "riskcontrol/governing/changes.html", context)


@requires(Permission.KEEP_GOVERNING)
def governing_facts(request, governing_id):
    """Title and case."""
    document = document_of(governing_id)

    def act(data):
        return actions.change_document(document, **data, by=request.user).get_absolute_url()

    case = document.case.number if document.case else ""
    form = DocumentFactsForm(request.POST or None, initial={"title": document.title, "case": case})
    more = {"title": "Dokumentets uppgifter", "button": "Spara", "back": document.get_absolute_url()}
    return form_page(request, form, act, template=FORM, document=document, **more)


@requires(Permission.KEEP_GOVERNING)
def governing_adoption(request, governing_id):
    """Say where the document was adopted; with what keeps it from that, each with its place."""
    document = document_of(governing_id)

    def act(data):
        facts = {"paragraph": data["paragraph"], "decision": data["decision"]}
        actions.adopt_document(document, data["day"], **facts, by=request.user)
        messages.success(request, f"{document.title} är antagen och utfärdad som papper.")
        return document.get_absolute_url()

    sections = list(document.sections.all())
    context = {
        "title": "För in antagandet",
        "button": "Anta och utfärda",
        "back": document.get_absolute_url(),
        "document": document,
        "warnings": rules.warnings_of(document, sections),
    } | left_of(document, outline_of(sections))
    form = AdoptForm(request.POST or None)
    return form_page(request, form, act, template="riskcontrol/governing/adoption.html", **context)


@requires(Permission.KEEP_GOVERNING)
def governing_withdrawal(request, governing_id):
    """Take back an adoption that was wrong."""
    document = document_of(governing_id)

    def act(data):
        actions.withdraw_adoption(document, data["reason"], by=request.user)
        return document.get_absolute_url()

    more = {"title": "Ta tillbaka antagandet", "button": "Ta tillbaka", "back": document.get_absolute_url()}
    lead = "Papperet finns kvar, men den som kontrollerar det får veta att det är återkallat."
    form = ReasonForm(request.POST or None)
    return form_page(request, form, act, template=FORM, document=document, lead=lead, **more)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def governing_reminder(request, governing_id):
    """Write to those whose sections are not ready."""
    document = document_of(governing_id)
    try:
        number = remind_owners(document, by=request.user)
        messages.success(request, f"Påminnelse är skriven till {number} {'person' if number == 1 else 'personer'}.")
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(document)


@requires(Permission.KEEP_GOVERNING)
def edition_new(request, governing_id):
    document = document_of(governing_id)
    last = document.editions.last()
    form = EditionForm(request.POST or None, initial={"number": last.number + 1 if last else 1})
    return _row_page(request, document, form, actions.keep_edition, "Ny utgåva")


@requires(Permission.KEEP_GOVERNING)
def edition(request, edition_id):
    row = get_object_or_404(GoverningEdition.objects.select_related("document"), pk=edition_id)
    form = EditionForm(request.POST or None, instance=row)
    return _row_page(request, row.document, form, actions.keep_edition, str(row), edition=row)


@requires(Permission.KEEP_GOVERNING)
def reference_new(request, governing_id):
    return _row_page(
        request, document_of(governing_id), ReferenceForm(request.POST or None), actions.keep_reference, "Ny referens"
    )


@requires(Permission.KEEP_GOVERNING)
def reference(request, reference_id):
    row = get_object_or_404(GoverningReference.objects.select_related("document"), pk=reference_id)
    form = ReferenceForm(request.POST or None, instance=row)
    return _row_page(request, row.document, form, actions.keep_reference, "Referens", reference=row)


def _row_page(request, document, form, verb, title, **row):
    def act(data):
        verb(document, **data, **row, by=request.user)
        return document.get_absolute_url()

    more = {"title": title, "button": "Spara", "back": document.get_absolute_url()}
    return form_page(request, form, act, template=FORM, document=document, **more)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def edition_removal(request, edition_id):
    return _remove(request, get_object_or_404(GoverningEdition.objects.select_related("document"), pk=edition_id))


@require_POST
@requires(Permission.KEEP_GOVERNING)
def reference_removal(request, reference_id):
    return _remove(request, get_object_or_404(GoverningReference.objects.select_related("document"), pk=reference_id))


def _remove(request, row):
    try:
        actions.remove_row(row, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(row.document)
