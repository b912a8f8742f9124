"""The page that takes in the tables of a plan."""

from django.shortcuts import render

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.refusal import Refused
from projects.actions.importing import load_activities
from projects.forms.activities import ImportForm
from projects.spreadsheets import read_rows


@requires(Permission.KEEP_PROJECTS)
def importing(request):
    """A file in; row by row what was understood."""
    form = ImportForm(request.POST or None, request.FILES or None)
    taken = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = load_activities(read_rows(file.read(), file.name), by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
            problems = refusal.lines
        else:
            problems = ()
    else:
        problems = ()
    context = {"form": form, "taken": taken, "problems": problems if len(problems) > 1 else ()}
    return render(request, "projects/import.html", context, status=422 if form.errors else 200)
