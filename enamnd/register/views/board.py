"""What the board decides for itself: its words, numbers, papers and rules."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.newer import Newer
from enamnd.organisation.current import current_board
from enamnd.register.board_actions import change_board
from enamnd.register.board_form import PartForm
from enamnd.register.board_parts import PARTS, Part, in_words
from enamnd.register.changes import changes_of

from .saving import form_page


@requires(Permission.READ_ORGANISATION)
def board(request):
    """All that holds, part by part, and what has been changed."""
    found, may_keep = current_board(), request.user.may(Permission.KEEP_ORGANISATION)
    context = {
        "parts": [(part, _shown(part, found)) for part in PARTS.values()],
        "may_keep": may_keep,
        "changes": changes_of(found) if may_keep else [],
    }
    return render(request, "organisation/board.html", context)


def _shown(part: Part, found) -> list[tuple]:
    """Each setting with its value, and whether the board has chosen another than the usual."""
    rows = [(setting, part.value(found, setting.key)) for setting in part.settings]
    return [
        (setting, in_words(setting.key, value), bool(part.store) and value != part.usual(setting.key))
        for setting, value in rows
    ]


@requires(Permission.KEEP_ORGANISATION)
def board_part(request, part: str):
    """Change one part."""
    if part not in PARTS:
        raise Http404
    chosen, back = PARTS[part], reverse("organisation:board")
    form = PartForm(chosen, current_board(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_board(chosen, form.changed_facts, shown=form.shown, by=request.user)
        except Newer as newer:
            form.tell_newer(newer)
        else:
            messages.success(request, f"{chosen.title}: sparat.")
            return redirect(f"{back}#{chosen.key}")
    return form_page(request, form, f"Ändra {chosen.title.lower()}", back, lead=chosen.lead)
