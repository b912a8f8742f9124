"""The pages of one activity: what it is, where it stands, its facts and links."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from meetings.forms.paragraphs import case_suggestions
from projects import directive_versions, directives, participation_rules, report_rules, rules, staffing, timeline
from projects.actions import activities as actions
from projects.forms.activities import ActivityForm, LinkForm
from projects.lines import activity_for_page, lines_of
from projects.models import Activity, ActivityLink
from projects.process import ends_role_before, phases_in_use, stages_of

from .overview import drawn_of


@requires(Permission.READ_PROJECTS)
def activity(request, activity_id):
    """One activity, whole."""
    found = get_object_or_404(activity_for_page().prefetch_related("agreements"), pk=activity_id)
    (line,) = lines_of([found])
    phases = phases_in_use()
    may_keep = is_allowed(rules.check_can_keep, request.user)
    context = {
        "activity": found,
        "line": line,
        "last_of_role": next((each for each in phases if each.ends_boards_role), None),
        "stages": stages_of(phases, found.steps.all()),
        "role_ended": ends_role_before(phases, line.phase) if line.phase else None,
        "deliverables": [
            (each, is_allowed(rules.check_can_approve, each, request.user)) for each in line.step.deliverables.all()
        ]
        if line.step
        else [],
        "picture": timeline.picture([drawn_of(found)], timezone.localdate()),
        "width": timeline.WIDTH,
        "participations": (joined := participations_of(found)),
        "is_alone": found.kind == Activity.Kind.PROJECT and sum(part.left_on is None for part, _ in joined) == 1,
        "financing": sum(bool(part.financing_accepted_on) for part, _ in joined if part.left_on is None),
        "discarded": directive_versions.discarded_of(found),
        "papers": directives.papers_of(found),
        "people": staffing.people_of(found, timezone.localdate()),
        "origin": staffing.origin_of(found),
        "own": participation_rules.may_tell_for(request.user),
        "may_keep": may_keep,
        "today": timezone.localdate(),
        "may_report": is_allowed(report_rules.check_can_report, found, request.user),
        "steps": trail_of(found),
    }
    return render(request, "projects/activity.html", context)


def participations_of(found: Activity) -> list:
    """Who takes part, each with how far it has come (None: not told)."""
    told = {each.municipality_id: each for each in found.adoptions.all()}
    return [(each, told.get(each.municipality_id)) for each in found.participations.select_related("municipality")]


@requires(Permission.KEEP_PROJECTS)
def activity_new(request):
    """Register an activity."""

    def act(data):
        data.pop("revision")
        made = actions.add_activity(**data, by=request.user)
        messages.success(request, f"{made} är registrerad. Lägg till deltagare och för den till sin fas.")
        return made.get_absolute_url()

    form = ActivityForm(request.POST or None, initial={"kind": request.GET.get("slag")})
    more = {"title": "Ny aktivitet", "button": "Registrera", "cases": case_suggestions()}
    return form_page(request, form, act, template="projects/activity_form.html", **more)


@requires(Permission.KEEP_PROJECTS)
def activity_change(request, activity_id):
    """Change the facts. Who comes second is told, and keeps what they wrote."""
    found = get_object_or_404(Activity, pk=activity_id)
    revision = found.revision

    def act(data):
        actions.change_activity(Activity(pk=activity_id), **data, by=request.user)
        return found.get_absolute_url()

    form = ActivityForm(request.POST or None, instance=found, initial={"revision": revision})
    more = {"title": f"Ändra {found.name}", "button": "Spara", "activity": found, "back": found.get_absolute_url()}
    template = "projects/activity_form.html"
    return form_page(request, form, act, template=template, now=revision, cases=case_suggestions(), **more)


@requires(Permission.KEEP_PROJECTS)
def link_new(request, activity_id):
    """Say that two activities belong together."""
    found = get_object_or_404(Activity, pk=activity_id)

    def act(data):
        actions.link_activities(found, data["other"], data["kind"], data["note"], by=request.user)
        return found.get_absolute_url()

    more = {"title": "Nytt samband", "button": "Lägg till", "activity": found, "back": found.get_absolute_url()}
    return form_page(request, LinkForm(request.POST or None), act, template="projects/form.html", **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def link_removal(request, activity_id, link_id):
    link = get_object_or_404(ActivityLink.objects.select_related("activity", "other"), pk=link_id, activity=activity_id)
    actions.unlink_activities(link, by=request.user)
    return redirect(link.activity.get_absolute_url())
