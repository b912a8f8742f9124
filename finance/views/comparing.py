"""Models side by side."""

from django.shortcuts import render

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.money import with_unit
from enamnd.refusal import Refused
from finance.comparing import compare
from finance.forms.allocations import CompareForm
from finance.pictures import bars

MOST_MODELS = 4


@requires(Permission.READ_ECONOMY)
def comparison(request):
    """What each municipality would pay by each model, as a table and a picture. Nothing is kept."""
    asked = "amount" in request.GET
    form = CompareForm(request.GET if asked else None, initial=CompareForm.starting())
    context = {"form": form}
    if asked and form.is_valid():
        data = form.cleaned_data
        try:
            context |= _compared(data)
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "finance/comparison.html", context, status=422 if form.errors else 200)


def _compared(data: dict) -> dict:
    versions = list(data["versions"].prefetch_related("parts__kind"))
    if len(versions) > MOST_MODELS:
        raise Refused(f"Välj högst {MOST_MODELS} modeller åt gången.", field="versions")
    found = compare(versions, list(data["places"]), data["amount"], data["year"], data["given"])
    counted = [at for at, each in enumerate(found.columns) if not each.trouble]
    names = [f"{found.columns[at].version.model.name}, version {found.columns[at].version.number}" for at in counted]
    rows = [(place.name, [cells[at].amount for at in counted]) for place, cells in found.rows]
    return {"found": found, "picture": bars(names, rows, with_unit) if counted else None, "amount": data["amount"]}
