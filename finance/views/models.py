"""The pages of allocation models: versions, parts, adoption."""

from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, refusal_of, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from finance import rules
from finance.actions import models as actions
from finance.allocation import check_parts
from finance.forms.decisions import DecisionForm
from finance.forms.models import ModelForm, NewModelForm, PartForm, VersionForm
from finance.models import AllocationModel, ModelPart, ModelVersion
from finance.weighing import method_in_words, model_in_words, plain_parts, size_in_words

FORM = "finance/form.html"
PARTS = Prefetch("parts", ModelPart.objects.select_related("kind").order_by("position"))


def _versions():
    return ModelVersion.objects.select_related("model", "paragraph__meeting", "made_by").prefetch_related(PARTS)


@requires(Permission.READ_ECONOMY)
def model_list(request):
    """The models in use, what each says, and since when."""
    rows = AllocationModel.objects.prefetch_related(Prefetch("versions", _versions().order_by("-number")))
    found = [(model, _shown(model)) for model in rows]
    context = {
        "models": [each for each in found if not each[0].retired_on],
        "retired": [each for each in found if each[0].retired_on],
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "finance/model_list.html", context)


def _shown(model: AllocationModel) -> dict:
    """The latest adopted version, and the draft if there is one."""
    versions = list(model.versions.all())
    adopted = next((each for each in versions if each.is_adopted), None)
    draft = next((each for each in versions if not each.is_adopted), None)
    says = model_in_words(adopted or draft) if adopted or draft else ""
    return {"adopted": adopted, "draft": draft, "says": says}


@requires(Permission.KEEP_ECONOMY)
def model_new(request):
    def act(data):
        return actions.add_model(**data, by=request.user).versions.get().get_absolute_url()

    return form_page(
        request,
        NewModelForm(request.POST or None),
        act,
        template=FORM,
        title="Ny fördelningsmodell",
        lead="Delarna läggs till på nästa sida.",
        back=reverse("finance:model_list"),
    )


@requires(Permission.READ_ECONOMY)
def model(request, model_id):
    """A model: its versions, which items use it, what has been divided by it."""
    found = get_object_or_404(AllocationModel, pk=model_id)
    versions = _versions().filter(model=found).annotate(used=Count("allocations")).order_by("-number")
    context = {
        "model": found,
        "versions": [(each, model_in_words(each)) for each in versions],
        "items": found.items.all(),
        "has_draft": any(not each.is_adopted for each in versions),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "steps": trail_of(found),
    }
    return render(request, "finance/model.html", context)


@requires(Permission.KEEP_ECONOMY)
def model_change(request, model_id):
    found = get_object_or_404(AllocationModel, pk=model_id)

    def act(data):
        return actions.change_model(AllocationModel(pk=model_id), **data, by=request.user).get_absolute_url()

    form = ModelForm(request.POST or None, instance=found)
    return form_page(request, form, act, template=FORM, title=f"Ändra {found}", back=found.get_absolute_url())


@require_POST
@requires(Permission.KEEP_ECONOMY)
def version_new(request, model_id):
    """A new version to change, a copy of the latest."""
    found = get_object_or_404(AllocationModel, pk=model_id)
    try:
        return redirect(actions.add_version(found, by=request.user))
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(found)


@requires(Permission.READ_ECONOMY)
def version(request, version_id):
    """A version: its parts, whether they make the whole, and where it was adopted."""
    found = get_object_or_404(_versions(), pk=version_id)
    parts = found.parts.prefetch_related("fixed_shares__municipality")
    context = {
        "version": found,
        "says": model_in_words(found),
        "parts": [(each, size_in_words(each), method_in_words(each)) for each in parts],
        "trouble": None if found.is_adopted else refusal_of(check_parts, plain_parts(found)),
        "may_change": not found.is_adopted and is_allowed(rules.check_can_keep, request.user),
        "steps": trail_of(found),
    }
    return render(request, "finance/model_version.html", context)


@requires(Permission.KEEP_ECONOMY)
def version_change(request, version_id):
    found = get_object_or_404(ModelVersion.objects.select_related("model"), pk=version_id)

    def act(data):
        return actions.change_version(ModelVersion(pk=version_id), **data, by=request.user).get_absolute_url()

    form = VersionForm(request.POST or None, instance=found)
    return form_page(request, form, act, template=FORM, title=f"Ändra {found}", back=found.get_absolute_url())


@requires(Permission.KEEP_ECONOMY)
def part_new(request, version_id):
    found = get_object_or_404(ModelVersion.objects.select_related("model"), pk=version_id)

    def act(data):
        actions.add_part(found, **data, by=request.user)
        return found.get_absolute_url()

    form = PartForm(request.POST or None)
    return form_page(
        request, form, act, template=FORM, title="Ny del", back=found.get_absolute_url(), button="Lägg till"
    )


@require_POST
@requires(Permission.KEEP_ECONOMY)
def part_removal(request, version_id, part_id):
    part = get_object_or_404(ModelPart.objects.select_related("version"), pk=part_id, version=version_id)
    try:
        actions.remove_part(part, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("finance:model_version", version_id)


@requires(Permission.KEEP_ECONOMY)
def version_adoption(request, version_id):
    """Keep where a version was adopted."""
    found = get_object_or_404(ModelVersion.objects.select_related("model"), pk=version_id)

    def act(data):
        day = data.pop("decided_on")
        return actions.adopt_version(found, **data, adopted_on=day, by=request.user).get_absolute_url()

    return form_page(
        request,
        DecisionForm(request.POST or None),
        act,
        template=FORM,
        title="Antagande",
        lead=f"När {found.model} har antagits ändras den inte mer. En ändring blir en ny version.",
        back=found.get_absolute_url(),
        button="För in antagandet",
    )
