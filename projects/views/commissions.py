"""Commissions that municipalities hand over: received, answered by the board, and what came of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from meetings.forms.paragraphs import case_suggestions
from projects import commission_rules, commissions, ideas, rules
from projects.actions import commissions as actions
from projects.actions.ideas import turn_commission
from projects.forms.commissions import BeginningForm, CommissionAnswerForm, CommissionClosingForm, CommissionForm
from projects.models import Commission
from projects.spreadsheets import spreadsheet_answer

FORM = "projects/register_form.html"
HEADINGS = ("Uppdrag", "Överlämnat av", "Överlämnat", "Läge", "Nämndens beslut", "Vad det blev av uppdraget")


@requires(Permission.READ_PROJECTS)
def commission_list(request):
    """All commissions, what is open first."""
    context = {"lines": commissions.lines(), "may_keep": is_allowed(rules.check_can_keep, request.user)}
    return render(request, "projects/commission_list.html", context)


@requires(Permission.READ_PROJECTS)
def commission_file(request):
    """The list as an Excel file."""
    return spreadsheet_answer("Uppdrag", HEADINGS, map(_cells, commissions.lines()))


def _cells(line: commissions.CommissionLine) -> tuple:
    each = line.commission
    return each.title, line.givers, each.received_on, line.state, line.decision, line.result


@requires(Permission.READ_PROJECTS)
def commission(request, commission_id):
    """One commission, whole."""
    found = get_object_or_404(commissions.for_lists(), pk=commission_id)
    may_keep = is_allowed(rules.check_can_keep, request.user)
    context = {
        "commission": found,
        "line": commissions.CommissionLine(found),
        "may_keep": may_keep,
        "may_answer": may_keep and is_allowed(commission_rules.check_is_open, found),
        "may_become": may_keep and is_allowed(commission_rules.check_may_become, found),
        "steps": trail_of(found),
    }
    return render(request, "projects/commission.html", context)


@requires(Permission.KEEP_PROJECTS)
def commission_new(request):
    def act(data):
        made = actions.receive_commission(**data, by=request.user)
        messages.success(request, "Uppdraget är infört. Nämndsekreteraren ser att det väntar på nämndens beslut.")
        return made.get_absolute_url()

    more = {"title": "Nytt uppdrag", "button": "För in", "cases": case_suggestions()}
    return form_page(request, CommissionForm(request.POST or None), act, template=FORM, **_place() | more)


@requires(Permission.KEEP_PROJECTS)
def commission_change(request, commission_id):
    found = get_object_or_404(Commission, pk=commission_id)

    def act(data):
        return actions.change_commission(found, **data, by=request.user).get_absolute_url()

    form = CommissionForm.of(found, request.POST or None)
    more = _place(found) | {"title": "Ändra uppdraget", "button": "Spara", "cases": case_suggestions()}
    return form_page(request, form, act, template=FORM, **more)


@requires(Permission.KEEP_PROJECTS)
def commission_answer(request, commission_id):
    """What the board has decided."""
    found = get_object_or_404(Commission, pk=commission_id)

    def act(data):
        return actions.answer_commission(found, **data, by=request.user).get_absolute_url()

    accepted = {True: "1", False: "0"}.get(found.is_accepted)
    initial = {"is_accepted": accepted, "paragraph": found.paragraph_id, "decision": found.decision}
    form = CommissionAnswerForm(request.POST or None, initial=initial)
    more = _place(found) | {"title": "Nämndens beslut", "lead": found.title, "button": "Spara beslutet"}
    return form_page(request, form, act, template=FORM, **more)


@requires(Permission.KEEP_PROJECTS)
def commission_closing(request, commission_id):
    """What came of it."""
    found = get_object_or_404(Commission, pk=commission_id)

    def act(data):
        return actions.close_commission(found, **data, by=request.user).get_absolute_url()

    form = CommissionClosingForm(request.POST or None, initial={"outcome": found.outcome})
    more = _place(found) | {"title": "Avsluta uppdraget", "lead": found.title, "button": "Avsluta"}
    return form_page(request, form, act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def commission_reopening(request, commission_id):
    found = get_object_or_404(Commission, pk=commission_id)
    return redirect(actions.reopen_commission(found, by=request.user))


@requires(Permission.KEEP_PROJECTS)
def commission_become(request, commission_id):
    """Let it become an activity."""
    found = get_object_or_404(Commission, pk=commission_id)

    def act(data):
        made = turn_commission(found, **data, by=request.user)
        messages.success(request, f"Uppdraget har blivit {made}. Lägg till deltagarna.")
        return made.get_absolute_url()

    form = BeginningForm(request.POST or None, initial={"name": found.title, "phase": ideas.first_phase()})
    more = _place(found) | {"title": "Uppdraget blir en aktivitet", "lead": found.title, "button": "Gå vidare"}
    return form_page(request, form, act, template=FORM, **more)


def _place(under: Commission | None = None) -> dict:
    """Where the form stands, for its crumbs and its way back."""
    return {"register": "projects:commission_list", "register_name": "Uppdrag", "under": under}
