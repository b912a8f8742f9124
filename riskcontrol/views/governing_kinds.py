"""Templates of governing documents: the kinds, what a new document of each begins with, and earlier versions."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from riskcontrol.actions import governing_kinds as actions
from riskcontrol.forms.governing import BlockChoiceForm
from riskcontrol.forms.governing_kinds import KindForm, TemplateSectionForm
from riskcontrol.governing import living, template_versions
from riskcontrol.governing.numbering import numbers_of
from riskcontrol.governing.template import OWNERS, read_template
from riskcontrol.models import GoverningKind

from .kit import shown_page

FORM = "riskcontrol/governing/kind_form.html"


def kind_of(governing_kind_id: int) -> GoverningKind:
    return get_object_or_404(GoverningKind, pk=governing_kind_id)


def section_of(kind: GoverningKind, key: str):
    """A section of the template, or 404."""
    found = next((each for each in read_template(kind.structure) if each.key == key), None)
    if found is None:
        raise Http404
    return found


def address_of(kind: GoverningKind, key: str = "") -> str:
    if key:
        return reverse("riskcontrol:governing_kind_section", args=[kind.pk, key])
    return reverse("riskcontrol:governing_kind", args=[kind.pk])


@requires(Permission.KEEP_GOVERNING)
def governing_kinds(request):
    """All kinds, with how much there is in the template of each."""
    rows = GoverningKind.objects.annotate(number=Count("documents"))
    context = {"rows": [(kind, len(kind.structure)) for kind in rows]}
    return render(request, "riskcontrol/governing/kinds.html", context)


@requires(Permission.KEEP_GOVERNING)
def governing_kind_new(request):
    """A new kind, with an empty template."""

    def act(data):
        return address_of(actions.add_kind(**form.facts(), by=request.user))

    form = KindForm(request.POST or None)
    more = {"title": "Nytt slag av dokument", "button": "Lägg till", "back": reverse("riskcontrol:governing_kinds")}
    return form_page(request, form, act, template=FORM, **more)


@requires(Permission.KEEP_GOVERNING)
def governing_kind(request, governing_kind_id):
    """The template: its sections in order, with what each begins with."""
    kind = kind_of(governing_kind_id)
    sections = read_template(kind.structure)
    numbers = numbers_of([each.as_heading for each in sections])
    context = {
        "kind": kind,
        "lines": [(each, number, _told(each)) for each, number in zip(sections, numbers, strict=True)],
        "documents": kind.documents.count(),
        "versions": kind.history.count(),
        "steps": trail_of(kind),
    }
    return render(request, "riskcontrol/governing/kind.html", context)


def _told(section) -> dict:
    """What a section of a template holds, in words."""
    blocks = [(each, living.name_of(each.block), living.is_known(each.block)) for each in section.blocks]
    return {"owner": OWNERS.get(section.owner, ""), "blocks": blocks}


@requires(Permission.KEEP_GOVERNING)
def governing_kind_facts(request, governing_kind_id):
    """Name, contents and approval lines."""
    kind = kind_of(governing_kind_id)

    def act(facts, shown):
        actions.change_kind(kind, **facts, shown=shown, by=request.user)
        return address_of(kind)

    more = {"title": "Slagets uppgifter", "button": "Spara", "back": address_of(kind), "kind": kind}
    return shown_page(request, KindForm(request.POST or None, kind=kind), act, template=FORM, **more)


@requires(Permission.KEEP_GOVERNING)
def governing_kind_section_new(request, governing_kind_id):
    """A new section, last or after another (?efter=)."""
    kind = kind_of(governing_kind_id)
    after = next((each for each in read_template(kind.structure) if each.key == request.GET.get("efter")), None)

    def act(data):
        key = actions.add_template_section(kind, after=after.key if after else "", **form.facts(), by=request.user)
        return address_of(kind, key)

    form = TemplateSectionForm(request.POST or None, level=after.level if after else 1)
    title = f"Nytt avsnitt efter {after.heading}" if after else "Nytt avsnitt"
    more = {"title": title, "button": "Lägg till", "back": address_of(kind), "kind": kind}
    return form_page(request, form, act, template=FORM, **more)


@requires(Permission.KEEP_GOVERNING)
def governing_kind_section(request, governing_kind_id, template_key):
    """A section of the template: heading, level, who writes it, guidance, text to begin with, living blocks."""
    kind = kind_of(governing_kind_id)
    section = section_of(kind, template_key)

    def act(facts, shown):
        actions.change_template_section(kind, template_key, **facts, shown=shown, by=request.user)
        return address_of(kind)

    more = {"title": section.heading, "button": "Spara", "back": address_of(kind), "kind": kind, "section": section}
    form = TemplateSectionForm(request.POST or None, section=section)
    page = "riskcontrol/governing/kind_section.html"
    return shown_page(request, form, act, template=page, told=_told(section), **more)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def governing_kind_section_place(request, governing_kind_id, template_key):
    return _verb(
        request, governing_kind_id, actions.move_template_section, template_key, -1 if "up" in request.POST else 1
    )


@require_POST
@requires(Permission.KEEP_GOVERNING)
def governing_kind_section_removal(request, governing_kind_id, template_key):
    return _verb(request, governing_kind_id, actions.remove_template_section, template_key)


@requires(Permission.KEEP_GOVERNING)
def governing_kind_block_new(request, governing_kind_id, template_key):
    """Choose a living block (?del=), what it shows in every year, and its caption."""
    kind = kind_of(governing_kind_id)
    section = section_of(kind, template_key)
    choices = living.choices()
    chosen = next((each for each, _ in choices if each == request.GET.get("del")), choices[0][0])
    made = living.lasting_form_of(chosen)
    form, own = BlockChoiceForm(request.POST or None), made(request.POST or None) if made else None
    if request.method == "POST" and form.is_valid() and (own is None or own.is_valid()):
        try:
            options = own.options() if own else {}
            caption = form.cleaned_data["caption"]
            actions.add_template_block(kind, template_key, chosen, options, caption, by=request.user)
            return redirect(address_of(kind, template_key))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"kind": kind, "in_template": section, "choices": choices, "chosen": chosen}
    context |= {"form": form, "own": own, "name": living.name_of(chosen), "back": address_of(kind, template_key)}
    is_wrong = bool(form.errors or (own and own.errors))
    return render(request, "riskcontrol/governing/kind_block.html", context, status=422 if is_wrong else 200)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def governing_kind_block_removal(request, governing_kind_id, template_key):
    block = request.POST.get("key", "")
    return _verb(request, governing_kind_id, actions.remove_template_block, template_key, block, to=template_key)


@requires(Permission.KEEP_GOVERNING)
def governing_kind_versions(request, governing_kind_id):
    """What the template has been, the latest first, each version with what it changed."""
    kind = kind_of(governing_kind_id)
    context = {"kind": kind, "rows": template_versions.of_kind(kind)}
    return render(request, "riskcontrol/governing/kind_versions.html", context)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def governing_kind_restoring(request, governing_kind_id, template_version):
    kind = kind_of(governing_kind_id)
    try:
        actions.restore_template(kind, template_version, by=request.user)
        messages.success(request, "Den tidigare versionen gäller. Dokument som är påbörjade är som de var.")
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(address_of(kind))


def _verb(request, governing_kind_id, verb, *arguments, to: str = ""):
    kind = kind_of(governing_kind_id)
    try:
        verb(kind, *arguments, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(address_of(kind, to))
