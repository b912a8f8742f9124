"""Pages of paragraphs: the drafting page, a new one, its title, case, place and removal."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_prose_editor.widgets import importmap
from js_asset import Media

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.newer import Newer
from enamnd.refusal import Refused
from meetings.text.desk import Desk, Facts, meeting_for_page, paragraph_for_page
from meetings.text.secret_items import hide_from
from meetings.text.sections import Conflict

from ..actions import paragraphs as actions
from ..actions.versions import restore_section
from ..forms.paragraphs import CaseForm, ParagraphForm, UndoForm, case_suggestions
from ..models import Paragraph
from .conflicts import conflict_answer
from .replies import done, refused


@require_GET
@requires(Permission.READ_MEETINGS)
def paragraph(request, meeting_id: int, paragraph_id: int):
    """The drafting page; for those who only read, the text."""
    found = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    desk = Desk(hide_from(request.user, found), request.user)
    context = {"desk": desk, "paragraph": desk.paragraph, "meeting": desk.meeting}
    if not desk.can_write:
        return render(request, "meetings/paragraph_reading.html", context)
    context |= {
        "editor_media": Media(importmap=importmap).with_nonce(request.csp_nonce),
        "draft": draft_data(desk),
    }
    return render(request, "meetings/paragraph.html", context)


def draft_data(desk: Desk) -> dict:
    """What the scripts of the drafting page need to know."""
    ids = [desk.meeting.pk, desk.paragraph.pk]
    names = ("open", "leave", "facts", "title", "undo")
    return {
        "user": desk.user.pk,
        "paragraph": desk.paragraph.pk,
        "title": desk.paragraph.title,
        "login": reverse(settings.LOGIN_URL),
        "urls": {name: reverse(f"meetings:paragraph_{name}", args=ids) for name in names}
        | {"sections": reverse("meetings:section_add", args=ids)},
        "sections": {each.key: section_data(each) for each in desk.sections},
        "phrases": [{"label": each.label, "text": each.text, "kind": each.kind} for each in desk.phrases],
    }


def section_data(section) -> dict:
    """A section as the scripts keep it: its revision, and html or the texts of its items."""
    content = {"items": [item.text for item in section.items]} if section.is_list else {"html": section.html}
    return {"revision": section.revision, "kind": section.kind} | content


@requires(Permission.WRITE_PROTOCOL)
def paragraph_new(request, meeting_id: int):
    """A new paragraph of a meeting."""
    meeting = get_object_or_404(meeting_for_page(meeting_id))
    form = ParagraphForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_paragraph(meeting, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("meetings:paragraph", meeting_id, made.pk)
    context = {"meeting": meeting, "form": form, "cases": case_suggestions()}
    return render(request, "meetings/paragraph_new.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def paragraph_title(request, meeting_id: int, paragraph_id: int):
    """Another title; a script says in `expected` what it started from."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    if request.POST.get("choice") == "theirs":
        return done(request, _address(paragraph), title=paragraph.title)
    try:
        row = actions.rename(
            paragraph, request.POST.get("title", ""), expected=request.POST.get("expected"), by=request.user
        )
    except Conflict as conflict:
        mine = {"html": "", "items": [request.POST.get("title", "")]}
        return conflict_answer(request, paragraph, conflict.current, mine)
    except Refused as refusal:
        return refused(request, refusal, _address(paragraph))
    return done(request, _address(paragraph), title=row.title, saved_at=clock_now())


def clock_now() -> str:
    """14.07, for "Sparat 14.07"."""
    return f"{timezone.localtime():%H.%M}"


def _address(paragraph: Paragraph) -> str:
    return reverse("meetings:paragraph", args=[paragraph.meeting_id, paragraph.pk])


@requires(Permission.WRITE_PROTOCOL)
def paragraph_case(request, meeting_id: int, paragraph_id: int):
    """Which case the paragraph is about."""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    form = CaseForm(request.POST or None, initial={"case": paragraph.case.number if paragraph.case else ""})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_case(paragraph, form.cleaned_data["case"], shown=form.shown.get("case"), by=request.user)
        except Newer as newer:
            form.tell_newer(newer)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(_address(paragraph))
    context = {"paragraph": paragraph, "meeting": paragraph.meeting, "form": form, "cases": case_suggestions()}
    return render(request, "meetings/paragraph_case.html", context, status=422 if form.errors else 200)


@requires(Permission.WRITE_PROTOCOL)
def paragraph_removal(request, meeting_id: int, paragraph_id: int):
    """Take the paragraph away, after a question."""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    if request.method != "POST":
        return render(
            request, "meetings/paragraph_removal.html", {"paragraph": paragraph, "meeting": paragraph.meeting}
        )
    try:
        actions.remove_paragraph(paragraph, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, _address(paragraph))
    messages.success(request, f"”{paragraph.title}” är borttagen. Texten finns kvar i historiken.")
    return redirect("meetings:meeting", meeting_id)


@require_GET
@requires(Permission.READ_MEETINGS)
def paragraph_facts(request, meeting_id: int, paragraph_id: int) -> HttpResponse:
    """The facts beside the text, as a part of the page."""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    context = {"paragraph": paragraph, "meeting": paragraph.meeting, "facts": Facts(paragraph, request.user)}
    return render(request, "meetings/parts/paragraph_facts.html", context)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def paragraph_undo(request, meeting_id: int, paragraph_id: int) -> JsonResponse:
    """Bring a removed section back from the version that has it."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return refused(request, Refused("Det som skulle ångras finns inte längre."), _address(paragraph))
    try:
        restore_section(paragraph, form.cleaned_data["version"], form.cleaned_data["key"], by=request.user)
    except Refused as refusal:
        return refused(request, refusal, _address(paragraph))
    return done(request, _address(paragraph), key=form.cleaned_data["key"])
