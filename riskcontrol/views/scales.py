"""The pages of scales and categories."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from riskcontrol import rules
from riskcontrol.actions import scales as actions
from riskcontrol.forms.scales import CategoryForm, ScaleForm
from riskcontrol.models import RiskCategory, RiskScale
from riskcontrol.paper import levels_words

from .kit import FORM


@requires(Permission.READ_CONTROL)
def scale_list(request):
    """What risks are measured with, and sorted by."""
    rows = [(row, row.scale) for row in RiskScale.objects.prefetch_related("plans")]
    context = {
        "scales": [(row, scale, [(levels_words(scale, band), band) for band in scale.bands]) for row, scale in rows],
        "categories": RiskCategory.objects.all(),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "riskcontrol/scale_list.html", context)


@require_POST
@requires(Permission.KEEP_CONTROL)
def scales_usual(request):
    """Begin with the usual scales and categories."""
    actions.begin_with_usual(by=request.user)
    messages.success(request, "De vanliga skalorna och kategorierna är upplagda. Ändra dem som nämnden vill ha dem.")
    return redirect("riskcontrol:scale_list")


@requires(Permission.KEEP_CONTROL)
def scale_new(request):
    def act(data):
        actions.add_scale(data["name"], data["scale"], by=request.user)
        return reverse("riskcontrol:scale_list")

    return _scale_page(request, ScaleForm.of(None, request.POST or None), act, "Ny skala")


@requires(Permission.KEEP_CONTROL)
def scale(request, scale_id):
    """Change a scale."""
    found = get_object_or_404(RiskScale, pk=scale_id)

    def act(data):
        actions.change_scale(found, data["name"], data["scale"], by=request.user)
        return reverse("riskcontrol:scale_list")

    return _scale_page(request, ScaleForm.of(found, request.POST or None), act, f"Skalan {found}")


def _scale_page(request, form, act, title: str):
    more = {"title": title, "back": reverse("riskcontrol:scale_list")}
    return form_page(request, form, act, template="riskcontrol/scale.html", **more)


@requires(Permission.KEEP_CONTROL)
def category_new(request):
    def act(data):
        actions.add_category(**data, by=request.user)
        return reverse("riskcontrol:scale_list")

    more = {"title": "Ny kategori", "button": "Lägg till", "back": reverse("riskcontrol:scale_list")}
    return form_page(request, CategoryForm(request.POST or None), act, template=FORM, **more)


@requires(Permission.KEEP_CONTROL)
def category(request, risk_category_id):
    """Change a category."""
    found = get_object_or_404(RiskCategory, pk=risk_category_id)

    def act(data):
        actions.change_category(RiskCategory(pk=risk_category_id), **data, by=request.user)
        return reverse("riskcontrol:scale_list")

    form = CategoryForm(request.POST or None, instance=found)
    more = {"title": f"Kategorin {found}", "button": "Spara", "back": reverse("riskcontrol:scale_list")}
    return form_page(request, form, act, template=FORM, **more)
