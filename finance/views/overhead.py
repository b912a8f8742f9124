"""The pages of overhead on salaries: deciding it, and counting it in a budget."""

from django.shortcuts import redirect, render
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from finance.actions import overhead as actions
from finance.forms.overhead import OverheadCountForm, OverheadForm
from finance.origins import overhead_in_force
from finance.views.budgets import version_or_404


@requires(Permission.KEEP_ECONOMY)
def overhead_new(request):
    """What is put on top of salaries from a year on."""
    back = reverse("finance:index_list") + "#overhead-title"

    def act(data):
        actions.decide_overhead(**data, by=request.user)
        return back

    lead = "Påslaget gäller från sitt år tills ett senare år har ett eget. Budgetar som redan är räknade ändras inte."
    form = OverheadForm(request.POST or None)
    return form_page(
        request, form, act, template="finance/form.html", title="Nytt påslag för overhead", back=back, lead=lead
    )


@requires(Permission.KEEP_ECONOMY)
def overhead_count(request, year, number):
    """Count an item's overhead in a budget: shown first, then done."""
    version = version_or_404(year, number)
    form = OverheadCountForm(request.POST or None, version=version)
    context = {"version": version, "form": form, "holds": overhead_in_force(year), "shown": None}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if request.POST.get("do") == "save":
                actions.count_overhead(version, **data, by=request.user)
                return redirect(version)
            context["shown"] = actions.worked_out(version, data["item"], data["group"])
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "finance/overhead_count.html", context, status=422 if form.errors else 200)
