"""The backlog of ideas: noted, put in order, turned into activities."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, refusal_of, tell_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from projects import idea_rules, ideas, lines, rules
from projects.actions import ideas as actions
from projects.forms.commissions import AsideForm, BeginningForm, IdeaForm
from projects.models import Activity
from projects.spreadsheets import spreadsheet_answer

FORM = "projects/register_form.html"
HEADINGS = ("Prioritet", "Idé", "Syfte", "Nytta", "Kommer från", "Fas", "Läge", "Från", "Varför")


@requires(Permission.READ_PROJECTS)
def idea_list(request):
    """What is wanted, the most wanted first; and what became of what was wanted before."""
    page = page_of(request, ideas.ended_ideas(), 30)
    what = ideas.became(page.object_list)
    context = {
        "lines": lines.lines_of(ideas.open_ideas()),
        "page": page,
        "ended": [(each, what.get(each.pk, [])) for each in page.object_list],
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "projects/idea_list.html", context)


@requires(Permission.READ_PROJECTS)
def idea_file(request):
    """The open ideas as an Excel file, in their order, and under them those of before."""
    ended = list(ideas.ended_ideas())
    what = ideas.became(ended)
    rows = [_cells(each, "öppen") for each in lines.lines_of(ideas.open_ideas())]
    rows += [_cells(each, ideas.end_of(each.activity, what)) for each in lines.lines_of(ended)]
    return spreadsheet_answer("Idéer", HEADINGS, rows)


def _cells(line: lines.Line, state: str) -> tuple:
    each = line.activity
    phase = line.phase.name if line.phase else ""
    said = (each.priority, each.name, each.purpose, each.benefit, each.responsible, phase)
    return *said, state, each.closed_on, each.put_aside_because


@requires(Permission.KEEP_PROJECTS)
def idea_new(request):
    def act(data):
        made = actions.note_idea(**data, by=request.user)
        messages.success(request, f"{made} står sist bland idéerna. Flytta den dit den hör.")
        return reverse("projects:idea_list")

    more = _place() | {"title": "Ny idé", "button": "Lägg till"}
    return form_page(request, IdeaForm(request.POST or None), act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def idea_order(request):
    """Move one idea: `item` and `index` (from reorder.js), or `item` and `move` up or down (plain buttons)."""
    idea = get_object_or_404(ideas.open_ideas(), pk=_whole(request.POST.get("item")))
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        actions.move_idea(idea, _index(request.POST, idea), by=request.user)
    except Refused as refusal:
        if wants_json:
            return JsonResponse({"reason": str(refusal)}, status=409)
        tell_refusal(request, refusal)
    return HttpResponse(status=204) if wants_json else redirect("projects:idea_list")


def _index(data, idea: Activity) -> int:
    step = {"up": -1, "down": 1}.get(data.get("move"))
    if step is None:
        return _whole(data.get("index"))
    return list(ideas.open_ideas().values_list("pk", flat=True)).index(idea.pk) + step


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@requires(Permission.KEEP_PROJECTS)
def idea_become(request, idea_id):
    """Go on with an idea."""
    found = _find(idea_id)
    if request.method != "POST" and (refusal := refusal_of(idea_rules.check_is_open, found)):
        return _refused(request, found, refusal)

    def act(data):
        made = actions.turn_idea(found, **data, by=request.user)
        messages.success(request, f"Idén har blivit {made}. Lägg till deltagarna.")
        return made.get_absolute_url()

    initial = {"name": found.name, "phase": ideas.first_phase(found)}
    more = _place(found) | {"title": "Gå vidare med idén", "lead": found.name, "button": "Gå vidare"}
    return form_page(request, BeginningForm(request.POST or None, initial=initial), act, template=FORM, **more)


@requires(Permission.KEEP_PROJECTS)
def idea_aside(request, idea_id):
    """Put an idea aside."""
    found = _find(idea_id)
    if request.method != "POST" and (refusal := refusal_of(idea_rules.check_is_open, found)):
        return _refused(request, found, refusal)

    def act(data):
        actions.put_idea_aside(found, **data, by=request.user)
        messages.success(request, f"{found} är lagd åt sidan. Den står kvar bland tidigare idéer.")
        return reverse("projects:idea_list")

    more = _place(found) | {"title": "Lägg idén åt sidan", "lead": found.name, "button": "Lägg åt sidan"}
    return form_page(request, AsideForm(request.POST or None), act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def idea_taking_up(request, idea_id):
    """Take an idea up again."""
    found = _find(idea_id)
    try:
        actions.take_idea_up(found, by=request.user)
    except Refused as refusal:
        return _refused(request, found, refusal)
    messages.success(request, f"{found} står sist bland idéerna igen. Flytta den dit den hör.")
    return redirect("projects:idea_list")


def _find(idea_id: int) -> Activity:
    return get_object_or_404(Activity, kind=Activity.Kind.IDEA, pk=idea_id)


def _refused(request, found: Activity, refusal: Refused):
    tell_refusal(request, refusal)
    return redirect(found.get_absolute_url())


def _place(under: Activity | None = None) -> dict:
    return {"register": "projects:idea_list", "register_name": "Idéer", "under": under}
