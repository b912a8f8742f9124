"""Pages of the standard texts, which the board keeps itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.refusal import Refused

from .. import rules
from ..actions import phrases as actions
from ..forms.paragraphs import PlaceForm
from ..forms.phrases import PhraseForm
from ..models import Phrase
from .replies import done, refused


@require_GET
@requires(Permission.READ_MEETINGS)
def phrase_list(request):
    """All standard texts in the order that the list offers them."""
    phrases = list(Phrase.objects.order_by("order", "label"))
    context = {
        "phrases": [each for each in phrases if not each.is_retired],
        "retired": [each for each in phrases if each.is_retired],
        "can_write": is_allowed(rules.check_can_write, request.user),
    }
    return render(request, "meetings/phrase_list.html", context)


@requires(Permission.WRITE_PROTOCOL)
def phrase_new(request):
    """A new standard text."""
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and _saved(form, actions.add_phrase, request.user):
        messages.success(request, f"”{form.cleaned_data['label']}” finns nu bland standardtexterna.")
        return redirect("meetings:phrase_list")
    return render(request, "meetings/phrase.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.WRITE_PROTOCOL)
def phrase(request, phrase_id: int):
    """Change a standard text."""
    found = get_object_or_404(Phrase, pk=phrase_id)
    form = PhraseForm(request.POST or None, instance=found)
    if request.method == "POST" and _saved(form, actions.change_phrase, request.user, found):
        messages.success(request, f"”{form.cleaned_data['label']}” är ändrad.")
        return redirect("meetings:phrase_list")
    context = {"form": form, "phrase": found}
    return render(request, "meetings/phrase.html", context, status=422 if form.errors else 200)


def _saved(form: PhraseForm, action, user, *subject) -> bool:
    if not form.is_valid():
        return False
    try:
        action(*subject, **form.facts(), by=user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def phrase_place(request, phrase_id: int):
    """Another place in the order."""
    to = reverse("meetings:phrase_list")
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return refused(request, Refused("Platsen i ordningen ska vara ett tal."), to)
    found = get_object_or_404(Phrase, pk=phrase_id)
    moved = actions.move_phrase(found, form.cleaned_data["to_index"], by=request.user)
    return done(request, to, position=moved.order)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def phrase_retirement(request, phrase_id: int):
    """Offer the text no more, or again."""
    found = get_object_or_404(Phrase, pk=phrase_id)
    if found.is_retired:
        actions.bring_back_phrase(found, by=request.user)
        messages.success(request, f"”{found.label}” erbjuds igen.")
    else:
        actions.retire_phrase(found, by=request.user)
        messages.success(request, f"”{found.label}” erbjuds inte längre. Texter som redan är skrivna ändras inte.")
    return redirect("meetings:phrase_list")
