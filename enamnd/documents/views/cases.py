"""The register: the list of cases, one case, and what is done with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, query_without_page, tell_refusal
from enamnd.documents import actions, finding, rules
from enamnd.documents.forms import CaseForm, FindCases, ReasonForm, TitleForm
from enamnd.documents.models import Case
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused


@requires(Permission.READ_CASES)
def case_list(request):
    """Cases, the latest first, narrowed by words and year."""
    form = FindCases(request.GET, years=finding.years())
    asked = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, finding.find_cases(asked.get("q", ""), asked.get("ar"), by=request.user))
    context = {
        "form": form,
        "page": page,
        "query": query_without_page(request),
        "is_narrowed": any(asked.values()),
        "may_register": request.user.may(Permission.REGISTER_CASES),
    }
    return render(request, "documents/case_list.html", context)


@requires(Permission.READ_CASES)
def case_page(request, case_id):
    """One case: its documents, and the paragraphs that handled it."""
    case = get_object_or_404(Case, pk=case_id)
    may_register = request.user.may(Permission.REGISTER_CASES)
    context = {
        "case": case,
        "documents": finding.listed(case, request.user),
        "paragraphs": paragraphs_of(case) if request.user.may(Permission.READ_MEETINGS) else [],
        "steps": trail_of(case) if request.user.may(Permission.READ_JOURNAL) and may_register else [],
        "may_register": may_register,
        "is_open": is_allowed(rules.check_open, case),
    }
    return render(request, "documents/case_page.html", context)


def paragraphs_of(case: Case):
    """The paragraphs that handled the case, the earliest first: they belong to an app above this one."""
    paragraphs = case.paragraphs.select_related("meeting__body")
    return paragraphs.order_by("meeting__held_on", "position").defer("sections")


@requires(Permission.REGISTER_CASES)
def case_new(request):
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.open_case(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Ärendet har fått numret {case.number}. Nu kan du registrera handlingar i det.")
            return redirect("documents:case", case.pk)
    return render(request, "documents/case_new.html", {"form": form}, status=400 if form.errors else 200)


@requires(Permission.REGISTER_CASES)
def case_title(request, case_id):
    """Write the title anew."""
    case = get_object_or_404(Case, pk=case_id)
    form = TitleForm(request.POST or None, initial={"title": case.title})
    if request.method == "POST" and form.is_valid():
        actions.change_case(case, **form.cleaned_data, by=request.user)
        return redirect("documents:case", case.pk)
    context = {"case": case, "form": form}
    return render(request, "documents/case_title.html", context, status=400 if form.errors else 200)


@require_POST
@requires(Permission.REGISTER_CASES)
def case_closing(request, case_id):
    """Close the case, or open a closed one again."""
    case = get_object_or_404(Case, pk=case_id)
    action = actions.reopen_case if "reopen" in request.POST else actions.close_case
    try:
        action(case, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("documents:case", case.pk)


@requires(Permission.REGISTER_CASES)
def case_voiding(request, case_id):
    """Void the case, with the reason."""
    case = get_object_or_404(Case, pk=case_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_case(case, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("documents:case", case.pk)
    context = {"case": case, "form": form}
    return render(request, "documents/case_voiding.html", context, status=400 if form.errors else 200)
