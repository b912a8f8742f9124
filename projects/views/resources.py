"""What activities ask the municipalities for: asked, answered, reminded of, closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.formats import count, listed
from enamnd.journal.trail import trail_of
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from projects import participation_rules, people_rules, resources, rules
from projects.actions import resources as actions
from projects.forms.people import ClosingForm, ResourceAnswerForm, ResourceForm
from projects.models import Activity, ResourceRequest
from projects.spreadsheets import spreadsheet_answer

from .people import back_to

FORM = "projects/form.html"
HEADINGS = ("Begäran", "Aktivitet", "Omfattning", "Begärd", "Svar senast", "Kommun", "Svar", "Beredskap")


@requires(Permission.READ_PROJECTS)
def request_file(request):
    """All requests as an Excel file, a row for each municipality that is asked."""
    found = resources.asked_of(resources.with_answers(), timezone.localdate())
    return spreadsheet_answer("Resursbegäran", HEADINGS, (row for each in found for row in _rows(each)))


def _rows(asked: resources.Asked):
    each = asked.request
    facts = (each.what, each.activity.name, each.extent, each.asked_on, each.answer_by)
    for answer in asked.answers:
        yield *facts, answer.municipality.name, answer.get_outcome_display(), answer.readiness
    for municipality in asked.missing:
        yield *facts, municipality.name, "Har inte svarat", ""


@requires(Permission.READ_PROJECTS)
def resource_request(request, activity_id, request_id):
    """One request: what each municipality has answered."""
    found = get_object_or_404(resources.with_answers(), pk=request_id, activity=activity_id)
    (asked,) = resources.asked_of([found], timezone.localdate())
    may_keep = is_allowed(rules.check_can_keep, request.user)
    context = {
        "asked": asked,
        "activity": found.activity,
        "may_keep": may_keep,
        "may_change": may_keep and is_allowed(people_rules.check_is_open, found),
        "own": participation_rules.may_tell_for(request.user),
        "steps": trail_of(found),
    }
    return render(request, "projects/resource_request.html", context)


@requires(Permission.KEEP_PROJECTS)
def request_new(request, activity_id):
    """Ask those who take part."""
    found = get_object_or_404(Activity, pk=activity_id)

    def act(data):
        made = actions.ask_for_resources(found, **data, by=request.user)
        messages.success(request, "Begäran är gjord. Kommunerna ser den på sin startsida.")
        return made.get_absolute_url()

    more = {"title": "Ny resursbegäran", "lead": found.name, "button": "Fråga kommunerna", "activity": found}
    form = ResourceForm(request.POST or None)
    return form_page(request, form, act, template=FORM, back=back_to(found), **more)


@requires(Permission.KEEP_PROJECTS)
def request_change(request, activity_id, request_id):
    found = _found(activity_id, request_id)

    def act(data):
        return actions.change_request(found, **data, by=request.user).get_absolute_url()

    initial = {name: getattr(found, name) for name in ResourceForm.base_fields}
    form = ResourceForm(request.POST or None, initial=initial)
    return form_page(request, form, act, template=FORM, **_of(found, "Ändra begäran", "Spara"))


@requires(Permission.KEEP_PROJECTS)
def request_closing(request, activity_id, request_id):
    """Ask no more."""
    found = _found(activity_id, request_id)

    def act(data):
        return actions.close_request(found, **data, by=request.user).get_absolute_url()

    more = _of(found, "Avsluta begäran", "Avsluta")
    return form_page(request, ClosingForm(request.POST or None), act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def request_reminder(request, activity_id, request_id):
    """Write to those who have not answered."""
    found = _found(activity_id, request_id)
    try:
        reached, without = actions.remind_of_request(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(found)
    if reached:
        messages.success(request, f"Brev till {count(len(reached), 'kommun', 'kommuner')} på väg: {listed(reached)}.")
    if without:
        names = listed(without)
        messages.warning(request, f"{names} har inget konto som kan svara. Lägg upp ett, eller för in svaret själv.")
    return redirect(found)


@requires(Permission.READ_PROJECTS)
def request_answer(request, activity_id, request_id, municipality_id):
    """What one municipality answers: kept by itself."""
    found = _found(activity_id, request_id)
    party = get_object_or_404(Municipality, pk=municipality_id)
    try:
        participation_rules.check_can_tell(request.user, party)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal

    def act(data):
        actions.answer_request(found, party, **data, by=request.user)
        messages.success(request, f"Svaret för {party.full_name} är sparat.")
        return found.get_absolute_url()

    now = found.answers.filter(municipality=party).first()
    initial = {"outcome": now.outcome, "readiness": now.readiness} if now else None
    more = _of(found, f"Svar för {party.full_name}", "Spara svaret") | {"lead": _question(found)}
    return form_page(request, ResourceAnswerForm(request.POST or None, initial=initial), act, template=FORM, **more)


def _question(request: ResourceRequest) -> str:
    return f"{request.what} ({request.extent})" if request.extent else request.what


def _found(activity_id: int, request_id: int) -> ResourceRequest:
    return get_object_or_404(ResourceRequest.objects.select_related("activity"), pk=request_id, activity=activity_id)


def _of(request: ResourceRequest, title: str, button: str) -> dict:
    facts = {"title": title, "lead": request.what, "button": button}
    return facts | {"activity": request.activity, "back": request.get_absolute_url()}
