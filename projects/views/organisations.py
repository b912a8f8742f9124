"""The register of outside organisations."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from projects import rules
from projects.actions import organisations as actions
from projects.forms.commissions import OrganisationForm
from projects.models import OutsideOrganisation
from projects.spreadsheets import spreadsheet_answer

FORM = "projects/register_form.html"
HEADINGS = ("Namn", "Vad den gör", "Kontaktperson", "E-post", "Telefon", "Webbplats", "Anmärkning", "Avslutat")


@requires(Permission.READ_PROJECTS)
def organisation_list(request):
    """All of them, those that the board works with first."""
    found = list(OutsideOrganisation.objects.all())
    context = {
        "organisations": [each for each in found if not each.ended_on] + [each for each in found if each.ended_on],
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "projects/organisation_list.html", context)


@requires(Permission.READ_PROJECTS)
def organisation_file(request):
    """The register as an Excel file."""
    fields = ("name", "role", "contact", "email", "phone", "website", "note", "ended_on")
    rows = OutsideOrganisation.objects.values_list(*fields)
    return spreadsheet_answer("Externa organisationer", HEADINGS, rows)


@requires(Permission.KEEP_PROJECTS)
def organisation_new(request):
    def act(data):
        actions.add_organisation(**data, by=request.user)
        return reverse("projects:organisation_list")

    more = {"title": "Ny extern organisation", "button": "Lägg till"}
    return form_page(request, OrganisationForm(request.POST or None), act, template=FORM, **_place() | more)


@requires(Permission.KEEP_PROJECTS)
def organisation(request, organisation_id):
    """Change what is known, or write that the work together has ended."""
    found = get_object_or_404(OutsideOrganisation, pk=organisation_id)
    steps = trail_of(found)

    def act(data):
        actions.change_organisation(OutsideOrganisation(pk=organisation_id), **data, by=request.user)
        return reverse("projects:organisation_list")

    title = found.name
    form = OrganisationForm(request.POST or None, instance=found)
    return form_page(
        request, form, act, template=FORM, **_place() | {"title": title, "button": "Spara", "steps": steps}
    )


def _place() -> dict:
    return {"register": "projects:organisation_list", "register_name": "Externa organisationer"}
