"""Inserting text from the portal's registers into a paragraph."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.refusal import Refused
from meetings import blocks
from meetings.actions.blocks import insert_block
from meetings.forms.blocks import PlaceForm
from meetings.text import sections
from meetings.text.desk import paragraph_for_page


@requires(Permission.WRITE_PROTOCOL)
def block(request, meeting_id: int, paragraph_id: int):
    """Choose a text, look at it, insert it."""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    chosen = _chosen(request)
    form = chosen.form(request.POST or None) if chosen else None
    place = PlaceForm(request.POST or None, sections.from_json(paragraph.sections))
    shown = ""
    if request.method == "POST" and chosen and form.is_valid() and place.is_valid():
        try:
            if "insert" in request.POST:
                insert_block(paragraph, chosen.key, form.options(), **place.cleaned_data, by=request.user)
                messages.success(request, f"{chosen.name} är infogad. Texten hör nu till paragrafen och kan ändras.")
                return redirect(paragraph.get_absolute_url())
            shown = mark_safe(blocks.text_of(chosen, form.options()))  # noqa: S308 - cleaned as protocol text
        except Refused as refusal:
            add_refusal(place, refusal)
    context = {"paragraph": paragraph, "meeting": paragraph.meeting, "blocks": blocks.blocks(), "chosen": chosen}
    is_wrong = bool(place.errors or (form and form.errors))
    context |= {"form": form, "place": place, "shown": shown, "is_shown": request.method == "POST" and not is_wrong}
    return render(request, "meetings/block.html", context, status=422 if is_wrong else 200)


def _chosen(request) -> blocks.Block | None:
    """The block that the address asks for, else the first."""
    every = blocks.blocks()
    return next((each for each in every if each.key == request.GET.get("text")), every[0] if every else None)
