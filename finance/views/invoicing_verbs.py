"""What is done with an issued invoice: asked about, answered, paid, reminded of, credited."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, tell_refusal
from enamnd.form_page import form_page
from enamnd.money import with_unit
from enamnd.refusal import Refused
from finance.actions import invoice_runs
from finance.actions import invoices as actions
from finance.forms.invoicing import AnswerForm, CreditForm, PaymentForm, QuestionForm
from finance.invoicing.states import left_of
from finance.models import InvoiceQuestion

from .invoices import found, invoice_page

FORM = "finance/form.html"


@require_POST
@requires(Permission.READ_INVOICES)
def question(request, invoice_number):
    """Ask the e-office about an invoice."""
    shown = found(request, invoice_number)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            actions.ask(shown, form.cleaned_data["text"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Frågan är ställd. Svaret kommer hit och med e-post.")
            return redirect(shown.get_absolute_url() + "#questions-title")
    return invoice_page(request, shown, form)


@requires(Permission.KEEP_ECONOMY)
def answer(request, invoice_number, question_id):
    """Answer a question."""
    shown = found(request, invoice_number)
    asked = get_object_or_404(InvoiceQuestion.objects.select_related("by"), pk=question_id, invoice=shown)

    def act(data):
        actions.answer(asked, data["text"], by=request.user)
        return shown.get_absolute_url() + "#questions-title"

    more = {"title": "Svara", "lead": f"{asked.by} frågar: {asked.text}", "button": "Svara", "up": shown}
    return form_page(
        request, AnswerForm(request.POST or None), act, template=FORM, back=shown.get_absolute_url(), **more
    )


@requires(Permission.KEEP_ECONOMY)
def payment(request, invoice_number):
    """Write in a payment."""
    shown = found(request, invoice_number)

    def act(data):
        actions.add_payment(shown, **data, by=request.user)
        return shown.get_absolute_url()

    left = left_of(shown)
    form = PaymentForm(request.POST or None, initial={"amount": left})
    lead = f"{with_unit(left)} återstår av {with_unit(shown.total)}."
    more = {"title": f"Betalning av {str(shown).lower()}", "lead": lead, "button": "För in", "up": shown}
    return form_page(request, form, act, template=FORM, back=shown.get_absolute_url(), **more)


@require_POST
@requires(Permission.KEEP_ECONOMY)
def reminder(request, invoice_number):
    """Remind of an overdue invoice."""
    shown = found(request, invoice_number)
    try:
        actions.remind(shown, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, f"Påminnelsen till {shown.municipality} är på väg.")
    return redirect(shown)


@requires(Permission.KEEP_ECONOMY)
def credit(request, invoice_number):
    """Make a run that gives an invoice back."""
    shown = found(request, invoice_number)

    def act(data):
        made = invoice_runs.make_credit(shown, data["reason"], by=request.user)
        messages.success(request, "Krediteringen väntar på beslutsattest. Sedan kan den utfärdas.")
        return made.get_absolute_url()

    lead = f"Hela fakturan, {with_unit(shown.total)}, ges tillbaka till {shown.municipality.full_name}."
    more = {"title": f"Kreditera {str(shown).lower()}", "lead": lead, "button": "Gör krediteringen", "up": shown}
    return form_page(
        request, CreditForm(request.POST or None), act, template=FORM, back=shown.get_absolute_url(), **more
    )
