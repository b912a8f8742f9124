"""What has gone out by e-mail, to whom, and what did not get there."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.answers import is_allowed, page_of, query_without_page, tell_refusal
from enamnd.letters import rules, sending
from enamnd.letters.forms import FindLetters
from enamnd.letters.kinds import kind_name
from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from enamnd.search import matching

STATES = {
    "vantar": Q(sent_at=None, given_up_at=None),
    "skickade": ~Q(sent_at=None),
    "fel": ~Q(given_up_at=None),
}


def for_keepers(view):
    """403 with the reason for those who neither write protocols nor keep accounts."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            rules.check_can_read_letters(request.user)
        except Refused as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        return view(request, *args, **kwargs)

    return guarded


@for_keepers
def letter_list(request):
    """Letters, the latest first, narrowed by words, kind and state."""
    form = FindLetters(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = Letter.objects.filter(matching(asked.get("q", ""), "to_name", "to_address", "subject"))
    if asked.get("slag"):
        found = found.filter(kind=asked["slag"])
    found = found.filter(STATES.get(asked.get("lage"), Q()))
    page = page_of(request, found.defer("body"))
    context = {
        "form": form,
        "page": page,
        "rows": [(each, kind_name(each.kind)) for each in page],
        "query": query_without_page(request),
        "is_narrowed": any(asked.values()),
        "given_up": Letter.objects.given_up().count(),
    }
    return render(request, "letters/letter_list.html", context)


@for_keepers
def letter(request, letter_id):
    """One letter: what it said, and what became of it."""
    found = get_object_or_404(Letter.objects.select_related("created_by"), pk=letter_id)
    context = {
        "letter": found,
        "kind": kind_name(found.kind),
        "attachments": found.attachments.defer("content"),
        "may_read_text": rules.may_read_text(found, request.user),
        "may_try_again": is_allowed(rules.check_can_try_again, found),
    }
    return render(request, "letters/letter.html", context)


@require_POST
@for_keepers
def letter_attempt(request, letter_id):
    """Try a letter again."""
    found = get_object_or_404(Letter, pk=letter_id)
    try:
        sending.try_again(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.info(request, f"Brevet till {found.to_name or found.to_address} skickas nu. Läs in sidan om en stund.")
    return redirect("letters:letter", found.pk)
