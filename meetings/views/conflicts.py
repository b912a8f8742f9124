"""When two people have written in the same place: both texts side by side."""

from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from enamnd.accounts.models import User
from meetings.text import markup
from meetings.text.comparison import ADDED, REMOVED, compare_words, section_text
from meetings.text.sections import Section

from ..models import Paragraph
from .replies import wants_json


def conflict_answer(request, paragraph: Paragraph, theirs: Section, mine: dict):
    """Both texts with what differs marked: a part of the page for a script, a page to choose on for a form.

    `theirs` is the newer section, `mine` ({"html", "items"}) what the person wrote. Nothing has been saved.
    """
    context = conflict_context(paragraph, theirs, mine, request.user)
    if not wants_json(request):
        return render(request, "meetings/section_conflict.html", context, status=409)
    content = {"items": [item.text for item in theirs.items]} if theirs.is_list else {"html": theirs.html}
    panel = render_to_string("meetings/parts/conflict.html", context, request)
    return JsonResponse({"revision": theirs.revision, "panel": panel} | content, status=409)


def conflict_context(paragraph: Paragraph, theirs: Section, mine: dict, user) -> dict:
    written = markup.plain_text(mine["html"]) if mine["items"] is None else "\n".join(mine["items"])
    changes = compare_words(section_text(theirs), written)
    return {
        "paragraph": paragraph,
        "theirs": theirs,
        "writer": writer_of(theirs),
        "is_own": theirs.edited_by == user.pk,
        "at": parse_datetime(theirs.edited_at) if theirs.edited_at else None,
        "my_words": [change for change in changes if change.op != REMOVED],
        "their_words": [change for change in changes if change.op != ADDED],
        "mine": mine,
        "my_items": "\n".join(mine["items"] or ()),
    }


def writer_of(section: Section) -> str:
    """Whose text it is, as a possessive that stands before "text"."""
    name = User.objects.filter(pk=section.edited_by).values_list("name", flat=True).first()
    if not name:
        return "Någon annans"
    return name if name.endswith(("s", "x", "z")) else f"{name}s"
