"""Directives and final reports: read, written, verified, told of."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, query_without_page, refusal_of, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from projects import directive_rules as rules
from projects import directive_versions, directives
from projects.actions import directive_telling as telling
from projects.actions import directives as actions
from projects.forms.directives import TellingForm, VerificationForm, WritingForm, open_meetings
from projects.models import Activity, Directive

FORM = "projects/form.html"
KINDS = {slug: kind for kind, slug in directives.SLUGS.items()}


def kind_of(slug: str) -> Directive.Kind:
    """The kind that a part of an address names."""
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


@require_POST
@requires(Permission.READ_PROJECTS)
def directive_begin(request, activity_id, paper_kind):
    """Begin a directive or a final report, or a revision of it."""
    found = get_object_or_404(Activity, pk=activity_id)
    _check(rules.check_can_write, found, request.user)
    try:
        made = actions.begin_revision(found, kind_of(paper_kind), by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(f"{found.get_absolute_url()}#directives-title")
    return redirect("projects:directive_write", made.pk)


@requires(Permission.READ_PROJECTS)
def directive(request, directive_id):
    """One revision, as its paper says it, and what is left to do."""
    if discarded := directive_versions.discarded(directive_id):
        return _discarded(request, discarded)
    found = _find(directive_id)
    is_draft = found.verified_on is None
    may_write = is_draft and is_allowed(rules.check_can_write, found.activity, request.user)
    context = {
        "directive": found,
        "activity": found.activity,
        "paper": directives.paper_of(found),
        "revisions": directives.revisions_of(found.activity, found.kind),
        "may_write": may_write,
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "unfilled": directives.unfilled(found) if is_draft else [],
        "empty": directives.empty_ones(found) if is_draft else [],
        "may_tell": is_allowed(rules.check_can_tell, found, request.user),
        "may_untell": is_allowed(rules.check_can_untell, found, request.user),
        "is_to_be_told": not is_draft and not found.told_in_id and directives.telling().filter(pk=found.pk).exists(),
        "steps": trail_of(found),
    }
    return render(request, "projects/directive.html", context)


@require_safe
@requires(Permission.READ_PROJECTS)
def directive_pdf(request, directive_id):
    """The issued paper, or the draft as it stands."""
    found = _find(directive_id)
    content = bytes(found.paper.file.content) if found.paper else directives.directive_pdf(directives.compose(found))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{found.get_kind_display()}-{found.activity_id}{found.revision and f'-rev-{found.revision}'}".lower()
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.READ_PROJECTS)
def directive_write(request, directive_id):
    """Write in a draft. The page saves by itself where there is JavaScript; two who write are told of each other."""
    if discarded := directive_versions.discarded(directive_id):
        return _discarded(request, discarded)
    found = _find(directive_id)
    _check(rules.check_can_write, found.activity, request.user)
    refusal = refusal_of(rules.check_is_draft, found)
    if refusal and request.method != "POST":  # what is sent to a paper that has been verified meanwhile is shown again
        tell_refusal(request, refusal)
        return redirect("projects:directive", found.pk)
    headings = directives.headings(found.kind)
    form = WritingForm(request.POST or None, found, headings)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.write_directive(found, form.pieces(), base=form.cleaned_data["base"], by=request.user)
        except rules.WrittenMeanwhile as both:
            return _both_texts(request, found, headings, form, both)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return _saved(request, saved, form)
    if form.errors and _wants_json(request):
        return JsonResponse({"lines": [each for errors in form.errors.values() for each in errors]}, status=422)
    return _writing_page(request, found, form, status=422 if form.errors else 200)


def _discarded(request, last):
    """A draft that somebody has thrown away: what was written in it meanwhile, or stood there, to be copied."""
    if _wants_json(request):
        raise Http404
    activity = get_object_or_404(Activity, pk=last.activity_id)
    _check(rules.check_can_write, activity, request.user)
    headings = directives.headings(last.kind)
    form = WritingForm(request.POST or None, last.instance, headings)
    context = {"activity": activity, "last": last, "written": form.written(), "is_sent": request.method == "POST"}
    return render(request, "projects/directive_discarded.html", context, status=410)


def _both_texts(request, found, headings, form, both: rules.WrittenMeanwhile):
    """The page again: my text in its box and theirs under it; where only they wrote, their text."""
    if _wants_json(request):
        return JsonResponse({"lines": both.lines}, status=409)
    actions.put_pieces(found, both.whole)
    found.text_revision = both.base
    again = WritingForm(None, found, headings)
    again.theirs = {key: text for key, text in both.theirs.items() if isinstance(text, str)}
    return _writing_page(request, found, again, refusal=str(both), now=both.base, status=422)


def _writing_page(request, found: Directive, form: WritingForm, status: int, refusal: str = "", now=None):
    context = {
        "directive": found,
        "activity": found.activity,
        "form": form,
        "now": now if now is not None else form["base"].value(),
        "refusal": refusal,
        "their_facts": [(form.fields[key].label, text) for key, text in form.theirs.items() if key in form.fields],
        "unfilled": directives.unfilled(found),
        "back": reverse("projects:directive", args=[found.pk]),
    }
    return render(request, "projects/directive_write.html", context, status=status)


def _saved(request, saved: Directive, form: WritingForm):
    if _wants_json(request):
        now = WritingForm(None, saved, form.headings)
        mine = {name: form[name].value() for name in form.fields}
        theirs = {name: now[name].value() for name in now.fields if name != "base"}
        changed = {
            name: value
            for name, value in theirs.items()
            if isinstance(value, str) and value.strip() != str(mine.get(name) or "").replace("\r\n", "\n").strip()
        }
        clock = timezone.localtime(saved.edited_at).strftime("%H:%M")
        return JsonResponse({"base": saved.text_revision, "saved": f"Sparat {clock}", "changed": changed})
    messages.success(request, "Utkastet är sparat.")
    return redirect("projects:directive", saved.pk)


def _wants_json(request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@requires(Permission.KEEP_PROJECTS)
def directive_verification(request, directive_id):
    """Say by which decision it was verified, when nothing is left to fill in."""
    found = _find(directive_id)
    back = reverse("projects:directive", args=[found.pk])
    try:
        rules.check_can_verify(found, request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(back)

    def act(data):
        made = actions.verify_directive(found, **data, by=request.user)
        more = " Nämndsekreteraren ser på sin startsida att den ska anmälas." if made.changes_commission else ""
        messages.success(request, f"{made} är verifierad och utfärdad som papper.{more}")
        return back

    lead = "När den är verifierad ändras den inte mer: nästa ändring blir en ny revidering med nästa bokstav."
    more = {
        "title": f"Verifiera {found.revision_name}",
        "lead": lead,
        "button": "Verifiera",
        "activity": found.activity,
    }
    return form_page(request, VerificationForm(request.POST or None), act, template=FORM, back=back, **more)


@require_POST
@requires(Permission.READ_PROJECTS)
def directive_discarding(request, directive_id):
    """Throw a draft away."""
    found = _find(directive_id)
    _check(rules.check_can_write, found.activity, request.user)
    try:
        actions.discard_draft(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("projects:directive", found.pk)
    messages.success(request, "Utkastet är kastat. Texten finns kvar i historiken.")
    return redirect(found.activity.get_absolute_url())


@requires(Permission.WRITE_PROTOCOL)
def directive_telling(request, directive_id):
    """Put it on an agenda, or say where the board was told."""
    found = _find(directive_id)
    back = reverse("projects:directive", args=[found.pk])
    try:
        rules.check_can_tell(found, request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(back)

    def act(data):
        told = telling.tell_board(found, **data, by=request.user).told_in
        messages.success(request, f"Anmäld som ”{told.title}” på sammanträdet {told.meeting.held_on}.")
        return told.get_absolute_url()

    initial = {"meeting": open_meetings().first(), "title": telling.title_of(found)}
    lead = f"{found.frozen['title']}, verifierad: {found.verified_by}. {_where_it_goes(found)}"
    more = {"title": "Anmäl till nämnden", "lead": lead, "button": "Anmäl", "activity": found.activity, "back": back}
    return form_page(request, TellingForm(request.POST or None, initial=initial), act, template=FORM, **more)


def _where_it_goes(directive: Directive) -> str:
    case = directive.activity.case
    if case is None:
        return "Aktiviteten har inget ärende: papperet nämns bland beslutsunderlagen, men följer inte med som handling."
    return f"Papperet läggs i ärende {case.number} och följer med punkten."


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def directive_untelling(request, directive_id):
    found = _find(directive_id)
    try:
        telling.untell(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("projects:directive", found.pk)


@requires(Permission.READ_PROJECTS)
def directive_versions_page(request, directive_id):
    """What a revision has said, a row for each time that somebody wrote in it."""
    found = _find(directive_id)
    page = page_of(request, directive_versions.sittings(found), 20)
    context = {"directive": found, "activity": found.activity, "page": page, "query": query_without_page(request)}
    return render(request, "projects/directive_versions.html", context)


@requires(Permission.READ_PROJECTS)
def directive_version(request, directive_id, directive_version_id):
    """What a revision said then, and what differs from now; a draft may say it again."""
    found = _find(directive_id)
    version = get_object_or_404(found.history.select_related("history_user"), pk=directive_version_id)
    may_restore = found.verified_on is None and is_allowed(rules.check_can_write, found.activity, request.user)
    if request.method == "POST":
        _check(rules.check_can_write, found.activity, request.user)
        try:
            actions.restore_version(found, version, by=request.user)
        except Refused as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, "Versionen är framtagen. Det som stod innan finns kvar bland versionerna.")
        return redirect("projects:directive", found.pk)
    context = {
        "directive": found,
        "activity": found.activity,
        "version": version,
        "differences": directive_versions.differences(found, version),
        "may_restore": may_restore,
    }
    return render(request, "projects/directive_version.html", context)


def _find(directive_id: int) -> Directive:
    rows = Directive.objects.select_related("activity__case", "paper__file", "told_in__meeting", "edited_by")
    return get_object_or_404(rows, pk=directive_id)


def _check(rule, *args):
    try:
        rule(*args)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
