"""What belongs to an agreement: options, call-offs, the procurement's steps. Added, corrected, taken away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import tell_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from projects.actions import agreements as actions
from projects.forms.agreements import AnswerOptionForm, CallOffForm, OptionForm, StepForm
from projects.models import Agreement, CallOff, ProcurementStep, ProlongOption

FORM = "projects/agreement_form.html"


def _added(request, agreement_id: int, form_class, verb, title: str):
    """A page that adds something to an agreement."""
    found = get_object_or_404(Agreement, pk=agreement_id)

    def act(data):
        verb(found, **data, by=request.user)
        return found.get_absolute_url()

    return form_page(request, form_class(request.POST or None), act, template=FORM, title=title, agreement=found)


def _changed(request, found, form_class, verb, title: str, removal: str):
    """A page that corrects such a thing. `removal` names the address that takes it away."""

    def act(data):
        verb(found, **data, by=request.user)
        return found.agreement.get_absolute_url()

    form = form_class(request.POST or None, initial={name: getattr(found, name) for name in form_class.base_fields})
    away = reverse(removal, args=[found.agreement_id, found.pk])
    return form_page(request, form, act, template=FORM, title=title, agreement=found.agreement, removal=away)


def _done(request, found, verb, message: str):
    """Do a verb that asks for nothing, and go back to the agreement."""
    try:
        verb(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, message)
    return redirect(found.agreement.get_absolute_url())


def _find(model, agreement_id: int, key: int):
    return get_object_or_404(model.objects.select_related("agreement"), pk=key, agreement=agreement_id)


@requires(Permission.KEEP_PROJECTS)
def option_new(request, agreement_id):
    return _added(request, agreement_id, OptionForm, actions.add_option, "Ny option att förlänga")


@requires(Permission.KEEP_PROJECTS)
def option_change(request, agreement_id, option_id):
    found = _find(ProlongOption, agreement_id, option_id)
    return _changed(request, found, OptionForm, actions.change_option, "Ändra optionen", "projects:option_removal")


@require_POST
@requires(Permission.KEEP_PROJECTS)
def option_removal(request, agreement_id, option_id):
    found = _find(ProlongOption, agreement_id, option_id)
    return _done(request, found, actions.remove_option, "Optionen är borttagen.")


@requires(Permission.KEEP_PROJECTS)
def option_answer(request, agreement_id, option_id):
    """Use an option, or let it go."""
    found = _find(ProlongOption, agreement_id, option_id)

    def act(data):
        actions.answer_option(found, **data, by=request.user)
        return found.agreement.get_absolute_url()

    form = AnswerOptionForm(request.POST or None)
    return form_page(request, form, act, template=FORM, title="Förlänga avtalet", agreement=found.agreement)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def option_withdrawal(request, agreement_id, option_id):
    """Take back what was said of an option."""
    found = _find(ProlongOption, agreement_id, option_id)
    return _done(request, found, actions.withdraw_answer, "Svaret om optionen är tillbakataget.")


@requires(Permission.KEEP_PROJECTS)
def step_new(request, agreement_id):
    return _added(request, agreement_id, StepForm, actions.add_step, "Upphandlingens gång")


@requires(Permission.KEEP_PROJECTS)
def step(request, agreement_id, procurement_id):
    found = _find(ProcurementStep, agreement_id, procurement_id)
    return _changed(request, found, StepForm, actions.change_step, "Ändra steget", "projects:step_removal")


@require_POST
@requires(Permission.KEEP_PROJECTS)
def step_removal(request, agreement_id, procurement_id):
    found = _find(ProcurementStep, agreement_id, procurement_id)
    return _done(request, found, actions.remove_step, "Steget är borttaget.")


@requires(Permission.KEEP_PROJECTS)
def call_off_new(request, agreement_id):
    return _added(request, agreement_id, CallOffForm, actions.add_call_off, "Nytt avrop")


@requires(Permission.KEEP_PROJECTS)
def call_off(request, agreement_id, call_off_id):
    found = _find(CallOff, agreement_id, call_off_id)
    return _changed(request, found, CallOffForm, actions.change_call_off, "Ändra avropet", "projects:call_off_removal")


@require_POST
@requires(Permission.KEEP_PROJECTS)
def call_off_removal(request, agreement_id, call_off_id):
    found = _find(CallOff, agreement_id, call_off_id)
    return _done(request, found, actions.remove_call_off, "Avropet är borttaget.")
