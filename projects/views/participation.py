"""Who takes part in what: the matrix, and the forms behind it and the activity's page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import page_of, query_without_page
from enamnd.form_page import form_page
from enamnd.formats import listed
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from projects import adoption, participation_rules
from projects.actions import participation as actions
from projects.forms.participation import AdoptionForm, NewParticipantForm, ParticipantForm
from projects.models import Activity, Adoption, Participation
from projects.spreadsheets import spreadsheet_answer

FORM = "projects/form.html"


@requires(Permission.READ_PROJECTS)
def matrix(request):
    """Activities down, municipalities across."""
    parties = adoption.parties()
    page = page_of(request, adoption.shared_activities(), adoption.rows_on_a_page(len(parties)))
    rows = adoption.rows_of(page.object_list, parties)
    context = {
        "parties": parties,
        "page": page,
        "rows": rows,
        "has_late": any(cell.is_late for row in rows for cell in row.cells),
        "key": adoption.KEY,
        "query": query_without_page(request),
    }
    return render(request, "projects/matrix.html", context)


@requires(Permission.READ_PROJECTS)
def matrix_file(request):
    """The whole matrix as an Excel file, with words in its cells."""
    parties = adoption.parties()
    rows = adoption.rows_of(list(adoption.shared_activities()), parties)
    table = ((row.activity.name, *(cell.words for cell in row.cells), row.in_use) for row in rows)
    return spreadsheet_answer("Anslutning", ("Aktivitet", *(each.name for each in parties), "I drift"), table)


@requires(Permission.KEEP_PROJECTS)
def participant_new(request, activity_id):
    """Let municipalities join."""
    found = get_object_or_404(Activity, pk=activity_id)

    def act(data):
        made = actions.add_participants(found, **data, by=request.user)
        names = listed(each.municipality.name for each in made)
        late = ", och tillkom efter starten" if any(each.is_late for each in made) else ""
        messages.success(request, f"{names} deltar{late}.")
        return found.get_absolute_url() + "#participants-title"

    more = {"title": "Nya deltagare", "button": "Lägg till", "activity": found, "back": found.get_absolute_url()}
    return form_page(request, NewParticipantForm(found, request.POST or None), act, template=FORM, **more)


@requires(Permission.KEEP_PROJECTS)
def participant(request, activity_id, municipality_id):
    """Change what is known of a municipality's part."""
    rows = Participation.objects.select_related("activity", "municipality")
    found = get_object_or_404(rows, activity=activity_id, municipality=municipality_id)

    def act(data):
        actions.change_participant(found, **data, by=request.user)
        return found.activity.get_absolute_url() + "#participants-title"

    more = {"title": found.municipality.full_name, "button": "Spara", "activity": found.activity}
    form = ParticipantForm.of(found, request.POST or None)
    return form_page(request, form, act, template=FORM, back=found.activity.get_absolute_url(), **more)


@requires(Permission.READ_PROJECTS)
def tell(request, activity_id, municipality_id):
    """How far one municipality has come: kept by itself."""
    found = get_object_or_404(Activity, pk=activity_id)
    party = get_object_or_404(Municipality, pk=municipality_id)
    try:
        participation_rules.check_can_tell(request.user, party)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    now = Adoption.objects.filter(activity=found, municipality=party).first()
    back = f"{reverse('projects:municipality')}?kommun={party.pk}"

    def act(data):
        actions.tell_adoption(found, party, **data, by=request.user)
        return back

    initial = (
        {"state": now.state, "since_on": now.since_on, "note": now.note, "planned_on": now.planned_on} if now else None
    )
    more = {"title": party.full_name, "lead": found.name, "button": "Spara", "activity": found, "back": back}
    return form_page(request, AdoptionForm(request.POST or None, initial=initial), act, template=FORM, **more)
