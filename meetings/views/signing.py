"""The page of one who signs: the protocol to read, and the signature."""

from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, refusal_of
from enamnd.dates import long_instant
from enamnd.refusal import Refused
from meetings.actions import adjusting as actions
from meetings.adjusting import rules
from meetings.adjusting.frozen import frozen_paper
from meetings.adjusting.overview import view_of, with_signatories
from meetings.forms.adjusting import DeclineForm, IdentityForm, PasskeyForm, has_passkey
from meetings.models import Adjustment, Signatory
from meetings.paper import printing


@require_GET
@requires(Permission.READ_MEETINGS)
def adjustment(request, adjustment_id):
    """The frozen protocol, who has signed it, and, for whoever is next, where to sign."""
    return sign_page(request, _adjustment(adjustment_id))


def sign_page(request, found: Adjustment, *, status: int = 200, **bound):
    view = view_of(found)
    own = _own(found, request.user)
    context = {"adjustment": view, "meeting": found.meeting, "own": own, "may_write": _may_write(request.user)}
    if own and is_allowed(rules.check_can_sign, own, found, request.user):
        context |= _ways_to_sign(request, bound)
    elif own:
        context["why_not"] = _why_not(own, found, request.user)
    if own and is_allowed(rules.check_can_decline, own, found, request.user):
        context["decline_form"] = bound.get("decline_form") or DeclineForm()
    return render(request, "meetings/adjustment.html", context, status=status)


def _ways_to_sign(request, bound) -> dict:
    user = request.user
    ways = {"may_sign": True}
    if user.has_usable_password():
        ways["form"] = bound.get("form") or IdentityForm(user=user)
    if has_passkey(user):
        ways["passkey_form"] = bound.get("passkey_form") or PasskeyForm(user=user)
        ways["passkey_data"] = {"request_options": auth.begin_authentication(user)}
    return ways


def _why_not(own: Signatory, found: Adjustment, user) -> str:
    if own.signed_at and not found.withdrawn_at:
        return f"Du skrev under {long_instant(timezone.localtime(own.signed_at))}."
    refusal = refusal_of(rules.check_can_sign, own, found, user)
    return str(refusal) if refusal else ""


@require_POST
@sensitive_post_parameters("password", "code", "credential")
@requires(Permission.READ_MEETINGS)
def signature(request, adjustment_id):
    """Sign, having shown who one is by password (and code) or passkey."""
    found = _adjustment(adjustment_id)
    own = _own(found, request.user)
    if own is None:
        return _refused(request, found, _nobody(request.user))
    is_passkey = "credential" in request.POST
    form = PasskeyForm(request.POST, user=request.user) if is_passkey else _identity(request)
    name = "passkey_form" if is_passkey else "form"
    if not form.is_valid():
        return sign_page(request, found, status=422, **{name: form})
    try:
        actions.sign(own, by=request.user, evidence=form.evidence)
    except Refused as refusal:
        if is_passkey:
            return _refused(request, found, refusal)
        add_refusal(form, refusal)
        return sign_page(request, found, status=422, form=form)
    messages.success(request, _thanks(found))
    return redirect("adjusting:adjustment", found.pk)


def _identity(request) -> IdentityForm:
    return IdentityForm(request.POST, user=request.user)


def _nobody(user) -> Refused:
    if user.person_id is None:
        return Refused(
            "Ditt konto är inte kopplat till någon person i registret. Be nämndens administratör koppla det."
        )
    return Refused("Du står inte bland dem som skriver under det här protokollet.")


def _refused(request, found: Adjustment, refusal: Refused):
    messages.error(request, str(refusal))
    return sign_page(request, found, status=422)


def _thanks(found: Adjustment) -> str:
    left = [each.name for each in found.signatories.filter(signed_at=None).order_by("order")]
    if not left:
        return "Din underskrift är sparad. Alla har skrivit under: protokollet är justerat."
    return f"Din underskrift är sparad. Nu är det {left[0]} som skriver under."


@require_POST
@requires(Permission.READ_MEETINGS)
def declining(request, adjustment_id):
    """Say no, and why."""
    found = _adjustment(adjustment_id)
    own = _own(found, request.user)
    if own is None:
        return _refused(request, found, _nobody(request.user))
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            actions.decline(own, form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Sekreteraren har fått veta att du inte skriver under, och varför.")
            return redirect("adjusting:adjustment", found.pk)
    return sign_page(request, found, decline_form=form, status=422)


@require_GET
@requires(Permission.READ_MEETINGS)
@xframe_options_sameorigin
def paper(request, adjustment_id):
    """The protocol as it stands, with the signatures that it has."""
    found = get_object_or_404(Adjustment.objects.select_related("paper__file", "meeting"), pk=adjustment_id)
    return pdf_answer(bytes(found.paper.file.content), f"protokoll-{found.meeting.held_on}.pdf")


@require_GET
@requires(Permission.READ_MEETINGS)
def frozen(request, adjustment_id):
    """The frozen bytes themselves, for signing elsewhere."""
    found = get_object_or_404(Adjustment.objects.select_related("frozen__file", "meeting"), pk=adjustment_id)
    name = f"protokoll-{found.meeting.held_on}-att-skriva-under.pdf"
    return pdf_answer(bytes(found.frozen.file.content), name, is_attachment=True)


@require_GET
@requires(Permission.READ_MEETINGS)
def text(request, adjustment_id):
    """The frozen protocol as a page."""
    found = get_object_or_404(Adjustment.objects.select_related("meeting__body"), pk=adjustment_id)
    if not found.content:
        raise Http404
    content = frozen_paper(found)
    context = {
        "adjustment": found,
        "meeting": found.meeting,
        "paper": content,
        "sheets": printing.protocol_sheets(content),
    }
    return render(request, "meetings/adjustment_text.html", context)


def pdf_answer(content: bytes, name: str, *, is_attachment: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{"attachment" if is_attachment else "inline"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _adjustment(adjustment_id: int) -> Adjustment:
    return get_object_or_404(with_signatories(Adjustment.objects.all()), pk=adjustment_id)


def _own(found: Adjustment, user) -> Signatory | None:
    """The row where `user` signs: the first that is not signed, else the last that is."""
    own = [each for each in found.signatories.all() if user.person_id and each.person_id == user.person_id]
    return next((each for each in own if not each.signed_at), own[-1] if own else None)


def _may_write(user) -> bool:
    return is_allowed(rules.check_can_adjust, user)
