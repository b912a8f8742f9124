"""Who works in activities: the list of all, and the forms behind the activity's page."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import page_of, query_without_page
from enamnd.form_page import form_page
from projects import resources, staffing
from projects.actions import people as actions
from projects.forms.people import AssignmentForm, StakeholderForm, TaskForm
from projects.models import Activity, ActivityBody, Assignment, Stakeholder
from projects.spreadsheets import spreadsheet_answer

FORM = "projects/form.html"
WORK = ("Namn", "Roll", "Kommer från", "Aktivitet", "Från", "Till")


@requires(Permission.READ_PROJECTS)
def people(request):
    """Who works in what, and what the municipalities are asked for."""
    today = timezone.localdate()
    page = page_of(request, staffing.working(today))
    open_ones = resources.rows().filter(closed_on=None, activity__closed_on=None)
    context = {
        "page": page,
        "requests": resources.tallies_of(open_ones, today),
        "query": query_without_page(request),
    }
    return render(request, "projects/people.html", context)


@requires(Permission.READ_PROJECTS)
def people_file(request):
    """Who works in what, as an Excel file."""
    rows = staffing.working(timezone.localdate())
    return spreadsheet_answer("Bemanning", WORK, map(_cells, rows))


def _cells(each: Assignment) -> tuple:
    place = each.company or each.municipality.name
    return each.name, each.get_role_display(), place, each.activity.name, each.valid_from, each.valid_until


@requires(Permission.KEEP_PROJECTS)
def assignment_new(request, activity_id):
    """Let somebody begin."""
    found = get_object_or_404(Activity, pk=activity_id)

    def act(data):
        actions.add_assignment(found, **data, by=request.user)
        return back_to(found)

    form = AssignmentForm(request.POST or None)
    return form_page(request, form, act, template=FORM, **_of(found, "Ny i bemanningen", "Lägg till"))


@requires(Permission.KEEP_PROJECTS)
def assignment(request, activity_id, assignment_id):
    """Change what is known of somebody's work, or end it."""
    rows = Assignment.objects.select_related("activity")
    found = get_object_or_404(rows, pk=assignment_id, activity=activity_id)

    def act(data):
        actions.change_assignment(found, **data, by=request.user)
        return back_to(found.activity)

    form = AssignmentForm.of(found, request.POST or None)
    return form_page(request, form, act, template=FORM, **_of(found.activity, found.name, "Spara"))


@requires(Permission.KEEP_PROJECTS)
def task_new(request, activity_id):
    """Give a body a task in the activity."""
    found = get_object_or_404(Activity, pk=activity_id)

    def act(data):
        actions.give_task(found, **data, by=request.user)
        return back_to(found)

    more = _of(found, "Nytt organ", "Lägg till")
    return form_page(request, TaskForm(request.POST or None), act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def task_removal(request, activity_id, task_id):
    rows = ActivityBody.objects.select_related("activity", "body")
    found = get_object_or_404(rows, pk=task_id, activity=activity_id)
    actions.take_task(found, by=request.user)
    return redirect(back_to(found.activity))


@requires(Permission.KEEP_PROJECTS)
def stakeholder_new(request, activity_id):
    """Name somebody whom the activity concerns."""
    found = get_object_or_404(Activity, pk=activity_id)

    def act(data):
        actions.name_stakeholder(found, **data, by=request.user)
        return back_to(found)

    more = _of(found, "Ny intressent", "Lägg till")
    return form_page(request, StakeholderForm(request.POST or None), act, template=FORM, **more)


@requires(Permission.KEEP_PROJECTS)
def stakeholder(request, activity_id, stakeholder_id):
    rows = Stakeholder.objects.select_related("activity")
    found = get_object_or_404(rows, pk=stakeholder_id, activity=activity_id)

    def act(data):
        actions.change_stakeholder(found, **data, by=request.user)
        return back_to(found.activity)

    form = StakeholderForm(request.POST or None, initial={"name": found.name, "interest": found.interest})
    return form_page(request, form, act, template=FORM, **_of(found.activity, found.name, "Spara"))


@require_POST
@requires(Permission.KEEP_PROJECTS)
def stakeholder_removal(request, activity_id, stakeholder_id):
    rows = Stakeholder.objects.select_related("activity")
    found = get_object_or_404(rows, pk=stakeholder_id, activity=activity_id)
    actions.remove_stakeholder(found, by=request.user)
    return redirect(back_to(found.activity))


def back_to(activity: Activity) -> str:
    """The section about people of the activity's page."""
    return activity.get_absolute_url() + "#people-title"


def _of(activity: Activity, title: str, button: str) -> dict:
    return {"title": title, "lead": activity.name, "button": button, "activity": activity, "back": back_to(activity)}
