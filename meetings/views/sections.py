"""Addresses of the sections of a paragraph: saved, settled, added, moved, named, removed."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.refusal import Refused
from meetings.text import sections
from meetings.text.desk import Desk, paragraph_for_page
from meetings.text.sections import Conflict

from ..actions import sections as actions
from ..actions.versions import keep_version
from ..forms.paragraphs import PlaceForm, SectionForm
from ..models import Paragraph
from .conflicts import conflict_answer
from .paragraphs import clock_now, section_data
from .replies import done, refused, wants_json


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def section(request, meeting_id: int, paragraph_id: int, key: str):
    """The section's new content (the autosave)."""
    paragraph = Paragraph(pk=paragraph_id, meeting_id=meeting_id)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return refused(request, Refused("Sidan är för gammal. Läs in den på nytt."), address(paragraph))
    content = form.content()
    try:
        saved = actions.save_section(paragraph, key, form.cleaned_data["base_revision"], **content, by=request.user)
    except Conflict as conflict:
        return conflict_answer(request, paragraph, conflict.current, content)
    except Refused as refusal:
        return _not_saved(request, paragraph, key, refusal)
    if form.cleaned_data["leaving"]:
        keep_version(paragraph, by=request.user)
    return done(request, f"{address(paragraph)}#{key}", revision=saved.revision, saved_at=clock_now())


def address(paragraph: Paragraph) -> str:
    return reverse("meetings:paragraph", args=[paragraph.meeting_id, paragraph.pk])


@require_GET
@requires(Permission.WRITE_PROTOCOL)
def section_now(request, meeting_id: int, paragraph_id: int, key: str):
    """The section as it stands now, for an open page whose text is older."""
    paragraph = get_object_or_404(paragraph_for_page(meeting_id, paragraph_id))
    try:
        found = sections.find(sections.from_json(paragraph.sections), key)
    except Refused as refusal:
        return refused(request, refusal, address(paragraph))
    by = str(paragraph.edited_by or "")
    return JsonResponse(section_data(found) | {"by": by, "saved_at": _clock(found)})


def _clock(found: sections.Section) -> str:
    return f"{timezone.localtime(parse_datetime(found.edited_at)):%H.%M}" if found.edited_at else ""


def _not_saved(request, paragraph, key, refusal):
    """The reason; for a plain form together with what was written, so that nothing has to be written again."""
    if wants_json(request):
        return refused(request, refusal, address(paragraph))
    paragraph = get_object_or_404(paragraph_for_page(paragraph.meeting_id, paragraph.pk))
    field = next((name for name in ("items", "lines", "html") if name in request.POST), "html")
    context = {
        "paragraph": paragraph,
        "meeting": paragraph.meeting,
        "key": key,
        "lines": refusal.lines,
        "field": field,
        "written": request.POST.get(field, ""),
        "base_revision": request.POST["base_revision"],
    }
    return render(request, "meetings/section_refused.html", context, status=422)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def section_choice(request, meeting_id: int, paragraph_id: int, key: str):
    """Choose between two texts of the same section."""
    paragraph = Paragraph(pk=paragraph_id, meeting_id=meeting_id)
    form = SectionForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["choice"]:
        return refused(request, Refused("Välj vilken text som ska gälla."), address(paragraph))
    content = form.content()
    try:
        saved = actions.settle_conflict(
            paragraph,
            key,
            form.cleaned_data["choice"],
            base_revision=form.cleaned_data["base_revision"],
            **content,
            by=request.user,
        )
    except Conflict as conflict:
        return conflict_answer(request, paragraph, conflict.current, content)
    except Refused as refusal:
        return _not_saved(request, paragraph, key, refusal)
    return done(request, f"{address(paragraph)}#{key}", **section_data(saved), saved_at=clock_now())


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def section_add(request, meeting_id: int, paragraph_id: int):
    """A new section: a standard one by name, or a free heading."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    try:
        added = actions.add_section(
            paragraph, request.POST.get("name", ""), heading=request.POST.get("heading", ""), by=request.user
        )
    except Refused as refusal:
        return refused(request, refusal, address(paragraph))
    return _part_answer(request, paragraph, added.key)


def _part_answer(request, paragraph: Paragraph, key: str):
    """The section as a part of the page, with its place, for a script to put in."""
    if not wants_json(request):
        return done(request, f"{address(paragraph)}#{key}")
    desk = Desk(paragraph_for_page(paragraph.meeting_id, paragraph.pk).get(), request.user)
    part = next(each for each in desk.parts if each.key == key)
    html = render_to_string("meetings/parts/section.html", {"part": part, "paragraph": desk.paragraph}, request)
    return JsonResponse({"key": key, "place": part.place, "part": html} | section_data(part.section))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def section_place(request, meeting_id: int, paragraph_id: int, key: str):
    """Another place in the order."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return refused(request, Refused("Platsen i ordningen ska vara ett tal."), address(paragraph))
    return _verb(request, paragraph, key, actions.move_section, form.cleaned_data["to_index"])


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def section_heading(request, meeting_id: int, paragraph_id: int, key: str):
    """Another heading."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    heading, shown = request.POST.get("heading", ""), request.POST.get("expected")
    return _verb(request, paragraph, key, actions.rename_heading, heading, shown)


def _verb(request, paragraph, key, action, *arguments):
    try:
        changed = action(paragraph, key, *arguments, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, address(paragraph))
    return done(request, f"{address(paragraph)}#{key}", heading=changed.heading)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def section_form(request, meeting_id: int, paragraph_id: int, key: str):
    """From points to running text, or back."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    try:
        actions.change_form(paragraph, key, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, address(paragraph))
    return _part_answer(request, paragraph, key)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def section_removal(request, meeting_id: int, paragraph_id: int, key: str):
    """Take the section away; the version that has it is named, to undo with."""
    paragraph = get_object_or_404(Paragraph, pk=paragraph_id, meeting=meeting_id)
    try:
        version = actions.remove_section(paragraph, key, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, address(paragraph))
    if not wants_json(request):
        messages.success(request, "Avsnittet är borttaget. Det finns kvar under Versioner och kan hämtas tillbaka.")
    return done(request, address(paragraph), version=version, key=key)
