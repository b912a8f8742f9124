"""The year's plan: begun, shown, printed, adopted, compared with the year before."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from projects.spreadsheets import spreadsheet_answer
from riskcontrol import carrying, paper, rules
from riskcontrol.actions import plans as actions
from riskcontrol.actions.importing import load_plan
from riskcontrol.due import activities_of, standing_of
from riskcontrol.forms.plans import AdoptForm, BeginPlanForm, PlanFactsForm, PlanFileForm, ReasonForm, WorkStepForm
from riskcontrol.models import ControlPlan, WorkStep
from riskcontrol.plan_table import cells_of, items_of, plan_rows

from .kit import FORM, of_plan, pdf_answer, plan_of, shown_page


@requires(Permission.READ_CONTROL)
def plan(request, plan_year):
    """The plan as it is printed, and how its checks stand."""
    found = plan_of(plan_year)
    items = list(items_of(found))
    columns = found.shown_columns
    standing: dict[int, list] = {}
    for each in standing_of(activities_of(found)):
        standing.setdefault(each.activity.item_id, []).append(each)
    today = timezone.localdate()
    context = of_plan(request, found) | {
        "columns": columns,
        "rows": [(item, list(zip(columns, cells_of(item, columns), strict=True))) for item in items],
        "lacking": [(item, rules.what_is_lacking(item)) for item in items if rules.what_is_lacking(item)],
        "checks": [(item, state_of_checks(standing.get(item.pk, []), today)) for item in items],
        "work": found.steps.select_related("body"),
        "follow_ups": found.follow_ups.select_related("paragraph__meeting", "paragraph__body"),
        "steps": trail_of(found),
    }
    return render(request, "riskcontrol/plan.html", context)


def state_of_checks(standing: list, today) -> dict:
    """How the checks of an item stand: how many are made, the last result, the next day, how many are late."""
    checks = sorted((check for each in standing for check in each.checks), key=lambda check: (check.done_on, check.pk))
    days = [each.due.next for each in standing if each.due.next]
    return {
        "made": len(checks),
        "last": checks[-1] if checks else None,
        "next": min(days, default=None),
        "late": sum(len(each.due.late_on(today)) for each in standing),
    }


@requires(Permission.READ_CONTROL)
def plan_pdf(request, plan_year):
    """The plan as PDF: the issued paper, or the proposal as it stands."""
    found = plan_of(plan_year)
    adoption = rules.adoption_of(found)
    if adoption and adoption.paper:
        content = bytes(adoption.paper.file.content)
    else:
        adopted = ""
        if adoption:
            adopted = paper.adopted_words(adoption.adopted_on, adoption.paragraph, adoption.decision)
        content = paper.as_pdf(paper.compose_plan(found, adopted))
    return pdf_answer(content, f"internkontrollplan-{found.year}")


@requires(Permission.READ_CONTROL)
def plan_file(request, plan_year):
    """The plan's table as an Excel file."""
    found = plan_of(plan_year)
    numbers = [column.is_number for column in found.shown_columns]
    rows = (
        [int(text) if is_number and text else text for is_number, text in zip(numbers, row, strict=True)]
        for row in plan_rows(found)
    )
    headings = [column.heading for column in found.shown_columns]
    return spreadsheet_answer(f"Internkontrollplan {found.year}", headings, rows)


@requires(Permission.READ_CONTROL)
def plan_changes(request, plan_year):
    """What differs from the plan that it builds on."""
    found = plan_of(plan_year)
    changed = carrying.changes_of(found)
    told = [each for each in changed if each.kind != "same"]
    context = of_plan(request, found) | {"changes": told, "same": len(changed) - len(told)}
    return render(request, "riskcontrol/plan_changes.html", context)


@requires(Permission.KEEP_CONTROL)
def plan_new(request):
    """Begin a year's risk work."""
    latest = ControlPlan.objects.first()

    def act(data):
        made = actions.begin_plan(**data, by=request.user)
        messages.success(request, f"{made} är påbörjad.")
        address = "plan_changes" if made.previous_id else "risk_list"
        return reverse(f"riskcontrol:{address}", args=[made.year])

    initial = {"year": latest.year + 1 if latest else timezone.localdate().year, "previous": latest}
    form = BeginPlanForm(request.POST or None, initial=initial)
    lead = "Kontrollmomenten följer med från planen du börjar från. De obligatoriska hör till sitt år och gör det inte."
    more = {"title": "Nytt år", "button": "Börja", "back": reverse("riskcontrol:overview")}
    return form_page(request, form, act, template=FORM, lead=lead if latest else "", **more)


@requires(Permission.KEEP_CONTROL)
def plan_import(request):
    """A plan from a file."""
    form = PlanFileForm(request.POST or None, request.FILES or None)
    problems = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = load_plan(form.cleaned_data["file"].read(), by=request.user)
            messages.success(request, f"{made} är inläst.")
            return redirect(made)
        except Refused as refusal:
            problems = refusal.lines if len(refusal.lines) > 1 else ()
            add_refusal(form, refusal)
    context = {"form": form, "problems": problems}
    return render(request, "riskcontrol/import.html", context, status=422 if form.errors else 200)


@requires(Permission.KEEP_CONTROL)
def plan_facts(request, plan_year):
    """Heading, introduction, scale and columns."""
    found = plan_of(plan_year)

    form = PlanFactsForm(request.POST or None, instance=found)
    back = found.get_absolute_url()

    def act(facts, shown):
        actions.change_plan(ControlPlan(pk=found.pk), **form.facts(), by=request.user)
        return back

    return shown_page(request, form, act, template="riskcontrol/plan_facts.html", plan=found, back=back)


@requires(Permission.KEEP_CONTROL)
def plan_adoption(request, plan_year):
    """Say where the plan was adopted."""
    found = plan_of(plan_year)

    def act(data):
        actions.adopt_plan(found, data["day"], paragraph=data["paragraph"], decision=data["decision"], by=request.user)
        messages.success(request, f"{found} är antagen och utfärdad som papper.")
        return found.get_absolute_url()

    lead = "Planen utfärdas som papper. Efter det ändras inte momenten; kontroller och uppföljning förs in som vanligt."
    more = {"title": "För in att planen är antagen", "button": "Anta", "lead": lead, "back": found.get_absolute_url()}
    return form_page(request, AdoptForm(request.POST or None), act, template=FORM, plan=found, **more)


@requires(Permission.KEEP_CONTROL)
def plan_withdrawal(request, plan_year):
    """Take back an adoption that was wrong."""
    found = plan_of(plan_year)

    def act(data):
        actions.withdraw_adoption(found, data["reason"], by=request.user)
        messages.success(request, "Antagandet är återtaget. Planen är ett förslag igen.")
        return found.get_absolute_url()

    lead = "Gör det bara om antagandet fördes in fel. Papperet som utfärdades märks som återkallat."
    more = {"title": "Ta tillbaka antagandet", "button": "Ta tillbaka", "lead": lead, "back": found.get_absolute_url()}
    return form_page(request, ReasonForm(request.POST or None), act, template=FORM, plan=found, **more)


@requires(Permission.KEEP_CONTROL)
def plan_step_new(request, plan_year):
    """Keep a step of the year's risk work."""
    found = plan_of(plan_year)

    def act(data):
        actions.add_step(found, **data, by=request.user)
        return found.get_absolute_url()

    more = {"title": "Nytt steg i riskarbetet", "button": "Lägg till", "back": found.get_absolute_url()}
    return form_page(request, WorkStepForm(request.POST or None), act, template=FORM, plan=found, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def plan_step_removal(request, plan_year, plan_step_id):
    step = get_object_or_404(WorkStep.objects.select_related("plan"), pk=plan_step_id, plan__year=plan_year)
    actions.remove_step(step, by=request.user)
    return redirect(step.plan)
