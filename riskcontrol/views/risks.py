"""The gross list, the matrix, and one risk."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import page_of, query_without_page, refusal_of, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from projects.spreadsheets import spreadsheet_answer
from riskcontrol import gross_list, matrix, rules
from riskcontrol.actions import items as item_actions
from riskcontrol.actions import risks as actions
from riskcontrol.forms.risks import AfterForm, ChooseForm, FindRisks, MergeForm, RiskForm, ValueForm
from riskcontrol.marks import marks_of
from riskcontrol.models import Risk

from .kit import FORM, decisions, of_plan, plan_of, shown_page

BESIDE = 12
HEADINGS = (
    *(
        "Nr",
        "Risk",
        "Kategori",
        "Intern eller extern",
        "Orsak",
        "Verkan",
        "Ansvarig",
        "Hotar mål",
        "Sannolikhet",
        "Konsekvens",
    ),
    *("Riskvärde", "Sannolikhet efter", "Konsekvens efter", "Riskvärde efter", "Hur den hanteras", "Beslut", "Analys"),
    *("Med i planen", "Sammanslagen med"),
)


@requires(Permission.READ_CONTROL)
def risk_matrix(request, plan_year):
    """The year's risks on the matrix; a cell narrows the list beside it."""
    plan = plan_of(plan_year)
    form = FindRisks(request.GET)
    asked = form.asked()
    cell = asked.pop("cell")
    marked = gross_list.find(plan, **asked).exclude(likelihood=None)
    picture = matrix.picture(plan.scale.scale, marks_of(marked), cell) if plan.scale_id else None
    beside = gross_list.find(plan, **asked, cell=cell)
    query = query_without_page(request)
    context = of_plan(request, plan) | {
        "form": form,
        "picture": picture,
        "base": f"?{_without_cell(request)}",
        "risks": page_of(request, beside if cell else beside.exclude(likelihood=None), BESIDE),
        "cell": _words(picture, cell),
        "unvalued": gross_list.find(plan, **asked).filter(likelihood=None).count(),
        "query": query,
        "is_narrowed": bool(request.GET.keys() - {"sida", "s", "k"}),
    }
    return render(request, "riskcontrol/matrix.html", context)


def _words(picture: matrix.Picture | None, cell: tuple[int, int] | None) -> matrix.Cell | None:
    """The chosen cell, when it is on the matrix."""
    return next((each for each in picture.cells if each.is_chosen), None) if picture and cell else None


def _without_cell(request) -> str:
    query = request.GET.copy()
    for name in ("s", "k", "sida"):
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""


@requires(Permission.READ_CONTROL)
def risk_list(request, plan_year):
    """The gross list: narrowed, the highest values first."""
    plan = plan_of(plan_year)
    form = FindRisks(request.GET)
    page = page_of(request, gross_list.find(plan, **form.asked()))
    context = of_plan(request, plan) | {
        "form": form,
        "page": page,
        "lines": gross_list.lines_of(page, request.user),
        "scale": plan.scale.scale if plan.scale_id else None,
        "query": query_without_page(request),
        "is_narrowed": bool(request.GET.keys() - {"sida"}),
        "workshop": actions.open_workshop(plan),
    }
    return render(request, "riskcontrol/risk_list.html", context)


@requires(Permission.READ_CONTROL)
def risk_file(request, plan_year):
    """The gross list, all that it is narrowed to, as an Excel file."""
    plan = plan_of(plan_year)
    found = gross_list.find(plan, **FindRisks(request.GET).asked()).prefetch_related("goals")
    rows = (_cells(each) for each in found)
    return spreadsheet_answer(f"Bruttolista {plan.year}", HEADINGS, rows)


def _cells(risk: Risk) -> tuple:
    facts = (risk.number, risk.text, str(risk.category or ""), risk.get_source_display(), risk.cause, risk.effect)
    goals = ", ".join(str(each.number) for each in risk.goals.all())
    before = (risk.answers_for_it, goals, risk.likelihood, risk.consequence, risk.value)
    after = (risk.likelihood_after, risk.consequence_after, risk.value_after, risk.treatment)
    chosen = "ja" if hasattr(risk, "item") else ""
    return *facts, *before, *after, risk.decision, risk.analysis, chosen, risk.merged_into and risk.merged_into.number


@requires(Permission.READ_CONTROL)
def risk(request, risk_id):
    """One risk, whole."""
    rows = Risk.objects.select_related("category", "responsible_body", "merged_into", "follows__plan", "raised_by")
    found = get_object_or_404(rows.prefetch_related("activities", "goals", "merged", "followed_by__plan"), pk=risk_id)
    plan = plan_of(found.plan_id and found.plan.year)
    scale = plan.scale.scale if plan.scale_id else None
    (line,) = gross_list.lines_of([found], request.user)
    item = getattr(found, "item", None)
    context = of_plan(request, plan) | {
        "risk": found,
        "line": line,
        "scale": scale,
        "item": item,
        "band": scale.band_of(found.value) if scale and found.value else None,
        "band_after": scale.band_of(found.value_after) if scale and found.value_after else None,
        "picture": matrix.picture(scale, marks_of([found])) if scale and found.value else None,
        "may_edit": refusal_of(rules.check_can_keep, request.user) is None
        and refusal_of(rules.check_may_change, found) is None,
        "may_choose": refusal_of(rules.check_can_choose, found) is None,
        "steps": trail_of(found),
    }
    return render(request, "riskcontrol/risk.html", context)


@requires(Permission.KEEP_CONTROL)
def risk_new(request, plan_year):
    """Put a risk on the gross list."""
    plan = plan_of(plan_year)

    def act(data):
        made = actions.add_risk(plan, **data, by=request.user)
        messages.success(request, f"Risk {made.number} finns på bruttolistan.")
        return made.get_absolute_url()

    form = RiskForm(request.POST or None, plan=plan)
    back = reverse("riskcontrol:risk_list", args=[plan.year])
    more = {"title": "Ny risk", "button": "Lägg till", "plan": plan, "back": back, "decisions": decisions()}
    return form_page(request, form, act, template="riskcontrol/risk_form.html", **more)


@requires(Permission.KEEP_CONTROL)
def risk_change(request, risk_id):
    """Change a risk. Who comes second is told, and keeps what they wrote."""
    found = get_object_or_404(Risk.objects.select_related("plan__scale"), pk=risk_id)
    back = found.get_absolute_url()

    def act(facts, shown):
        actions.change_risk(Risk(pk=risk_id), **facts, shown=shown, by=request.user)
        return back

    form = RiskForm(request.POST or None, instance=found, plan=found.plan)
    more = {"title": f"Ändra risk {found.number}", "button": "Spara", "plan": found.plan, "risk": found, "back": back}
    more["decisions"] = decisions()
    return shown_page(request, form, act, template="riskcontrol/risk_form.html", **more)


@requires(Permission.KEEP_CONTROL)
def risk_value(request, risk_id):
    """Set the board's own value, with what people scored in sight."""
    found = get_object_or_404(Risk.objects.select_related("plan__scale"), pk=risk_id)

    def act(facts, shown):
        actions.set_value(found, **form.cleaned_data, shown=shown, by=request.user)
        if request.GET.get("sedan") == "verkstad":
            return f"{reverse('riskcontrol:workshop', args=[found.plan.year])}#risk-{found.number}"
        return found.get_absolute_url()

    initial = {"likelihood": found.likelihood, "consequence": found.consequence}
    form = ValueForm(request.POST or None, initial=initial, plan=found.plan)
    (line,) = gross_list.lines_of([found], request.user)
    more = {"title": f"Nämndens värde på risk {found.number}", "button": "Spara värdet", "risk": found}
    more |= {"plan": found.plan, "lead": found.text, "line": line, "back": found.get_absolute_url()}
    return shown_page(request, form, act, template="riskcontrol/risk_value.html", **more)


@requires(Permission.KEEP_CONTROL)
def risk_after(request, risk_id):
    """Say how the risk was treated and what it is worth after that."""
    found = get_object_or_404(Risk.objects.select_related("plan__scale"), pk=risk_id)
    back = found.get_absolute_url()

    def act(facts, shown):
        actions.tell_after(Risk(pk=risk_id), **facts, shown=shown, by=request.user)
        return back

    form = AfterForm(request.POST or None, instance=found, plan=found.plan)
    more = {"title": f"Efter behandling, risk {found.number}", "button": "Spara", "lead": found.text}
    return shown_page(request, form, act, plan=found.plan, risk=found, back=back, **more)


@requires(Permission.KEEP_CONTROL)
def risk_merging(request, risk_id):
    """Let the risk be the same as another."""
    found = get_object_or_404(Risk.objects.select_related("plan"), pk=risk_id)

    def act(data):
        actions.merge_risk(found, data["into"], by=request.user)
        messages.success(request, f"Risk {found.number} är sammanslagen med risk {data['into'].number} och finns kvar.")
        return data["into"].get_absolute_url()

    form = MergeForm(request.POST or None, risk=found)
    lead = f"{found.text}. Risken finns kvar och går att skilja ut igen; det som bedömts räknas till den andra."
    more = {"title": f"Slå ihop risk {found.number}", "button": "Slå ihop", "lead": lead}
    return form_page(
        request, form, act, template=FORM, plan=found.plan, risk=found, back=found.get_absolute_url(), **more
    )


@require_POST
@requires(Permission.KEEP_CONTROL)
def risk_parting(request, risk_id):
    """Let a merged risk stand by itself again."""
    found = get_object_or_404(Risk, pk=risk_id)
    try:
        actions.part_risk(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(found)


@requires(Permission.KEEP_CONTROL)
def risk_choosing(request, risk_id):
    """Take the risk into the plan."""
    found = get_object_or_404(Risk.objects.select_related("plan"), pk=risk_id)

    def act(data):
        return item_actions.choose_risk(found, **data, by=request.user).get_absolute_url()

    more = {"title": f"Ta med risk {found.number} i planen", "button": "Ta med", "lead": found.text}
    form = ChooseForm(request.POST or None)
    back = found.get_absolute_url()
    return form_page(request, form, act, template=FORM, plan=found.plan, risk=found, back=back, **more)
