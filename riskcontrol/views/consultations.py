"""The remiss of a governing document: sent, read with its answers, answered, closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from riskcontrol.actions import consultations as actions
from riskcontrol.forms.governing import AnswerForm, ConsultationForm
from riskcontrol.governing import rules
from riskcontrol.models import Consultation

from .governing import FORM, document_of
from .kit import pdf_answer


@requires(Permission.KEEP_GOVERNING)
def consultation_new(request, governing_id):
    """Send a proposal to the municipalities."""
    document = document_of(governing_id)

    def act(data):
        made = actions.send_consultation(document, **data, by=request.user)
        messages.success(request, "Remissen är sänd.")
        return made.get_absolute_url()

    more = {"title": "Sänd på remiss", "button": "Sänd", "back": document.get_absolute_url()}
    lead = "Förslaget utfärdas som papper så som det är nu, och kommunerna får ett brev med länk till det."
    form = ConsultationForm(request.POST or None)
    return form_page(request, form, act, template=FORM, document=document, lead=lead, **more)


def _seen(request, consultation_id: int) -> Consultation:
    """A remiss for those who read documents or answer for a municipality; 403 with the reason for others."""
    try:
        rules.check_can_see_consultation(request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return get_object_or_404(Consultation.objects.select_related("document", "paper__file"), pk=consultation_id)


def consultation(request, consultation_id):
    """Who has answered what, and who has not."""
    found = _seen(request, consultation_id)
    answers = {each.municipality_id: each for each in found.answers.select_related("municipality")}
    parties = Municipality.objects.filter(is_party=True)
    own = rules.may_answer_for(request.user)
    may_keep = is_allowed(rules.check_can_keep, request.user)
    context = {
        "consultation": found,
        "document": found.document if request.user.may(Permission.READ_CONTROL) else None,
        "rows": [(each, answers.get(each.pk), each.pk in own or (may_keep and not own)) for each in parties],
        "answered": len(answers),
        "may_keep": may_keep,
    }
    return render(request, "riskcontrol/governing/consultation.html", context)


def consultation_pdf(request, consultation_id):
    """The very paper that was sent."""
    return pdf_answer(bytes(_seen(request, consultation_id).paper.file.content), "remiss")


def consultation_answer(request, consultation_id, municipality_id):
    """What a municipality answers."""
    found = _seen(request, consultation_id)
    municipality = get_object_or_404(Municipality, pk=municipality_id)
    try:
        rules.check_can_answer(found, municipality, request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal

    def act(data):
        actions.answer_consultation(found, municipality, **data, by=request.user)
        messages.success(request, f"Svaret från {municipality} är infört.")
        return found.get_absolute_url()

    row = found.answers.filter(municipality=municipality).first()
    initial = {"stand": row.stand, "text": row.text, "answered_on": row.answered_on} if row else None
    form = AnswerForm(request.POST or None, municipality=municipality, initial=initial)
    more = {"title": f"Svar från {municipality}", "button": "Spara svaret", "back": found.get_absolute_url()}
    return form_page(request, form, act, template=FORM, lead=str(found), **more)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def consultation_closing(request, consultation_id):
    found = get_object_or_404(Consultation, pk=consultation_id)
    try:
        actions.close_consultation(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(found)
