"""The sections of governing documents: written in, settled, laid out, given living blocks, said to be ready."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from meetings.text.comparison import compare_words
from meetings.text.markup import plain_text
from meetings.views import own_text
from riskcontrol.actions import governing_sections as actions
from riskcontrol.forms.governing import BlockChoiceForm, SectionFactsForm
from riskcontrol.governing import living, paper, rules
from riskcontrol.governing.outline import outline_of
from riskcontrol.models import GoverningSection

from .governing import FORM, document_of, of_document

SECTION = "riskcontrol/governing/section.html"


def section_of(section_id: int) -> GoverningSection:
    rows = GoverningSection.objects.select_related("document__kind", "document__previous", "owner", "edited_by")
    return get_object_or_404(rows.prefetch_related("document__adoptions"), pk=section_id)


def _may_write(request, section: GoverningSection):
    """403 with the reason for those who neither own the section nor keep documents."""
    try:
        rules.check_can_write(section, request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal


@requires(Permission.READ_CONTROL)
def governing_section(request, governing_section_id):
    """Write in a section; for others, and once it is adopted, read it. A POST is the autosave, or the plain form."""
    section = section_of(governing_section_id)
    if request.method == "POST":
        return own_text.saved(request, _text_of(request, section))
    return _page(request, section)


def _page(request, section: GoverningSection, status: int = 200, **more):
    document = section.document
    lines = outline_of(document.sections.all())
    at = next(place for place, line in enumerate(lines) if line.section.pk == section.pk)
    can_write = is_allowed(rules.check_can_write, section, request.user) and not rules.adoption_of(document)
    drawn = living.drawn_of(document, section)
    context = of_document(request, document) | {
        "section": section,
        "line": lines[at],
        "before": lines[at - 1] if at else None,
        "after": lines[at + 1] if at + 1 < len(lines) else None,
        "can_write": can_write,
        "blocks": [(each, paper.printed_block(each, section.level + 1)) for each in drawn],
        "shown": paper.shown(section),
        "changes": _changes(section),
        "versions": section.history.count(),
    }
    if can_write:
        context |= own_text.writing(request, section, f"styrande-{section.pk}")
    return render(request, SECTION, context | more, status=status)


def _changes(section: GoverningSection):
    """What differs from the same section of the document that this one goes on from; None without one."""
    previous = section.document.previous_id
    before = GoverningSection.objects.filter(document=previous, key=section.key).first() if previous else None
    return compare_words(plain_text(before.html), plain_text(section.html)) if before else None


def _text_of(request, section: GoverningSection) -> own_text.OwnText:
    _may_write(request, section)
    return own_text.OwnText(
        section,
        save=actions.save_text,
        settle=actions.settle_text,
        page=lambda status, **more: _page(request, section, status, **more),
        choice_url=reverse("riskcontrol:governing_section_choice", args=[section.pk]),
        frame="riskcontrol/governing/base.html",
    )


@require_POST
@requires(Permission.READ_CONTROL)
def governing_section_choice(request, governing_section_id):
    """Choose between two texts of the section."""
    return own_text.chosen(request, _text_of(request, section_of(governing_section_id)))


@requires(Permission.READ_CONTROL)
def governing_section_versions(request, governing_section_id):
    """What the section has said, the latest first, each version with what it changed."""
    section = section_of(governing_section_id)
    shown = [each for each in own_text.versions_of(section) if each[1] or each[0].history_change_reason]
    can_write = is_allowed(rules.check_can_write, section, request.user) and not rules.adoption_of(section.document)
    context = {"document": section.document, "section": section, "rows": shown, "can_write": can_write}
    return render(request, "riskcontrol/governing/versions.html", context)


@requires(Permission.KEEP_GOVERNING)
def governing_section_new(request, governing_id):
    """A new section, last or after another (?efter=)."""
    document = document_of(governing_id)
    after = document.sections.filter(pk=_number(request.GET.get("efter"))).first()

    def act(data):
        return actions.add_section(document, after=after, **form.facts(), by=request.user).get_absolute_url()

    initial = {"level": after.level if after else 1, "is_numbered": True, "in_contents": True}
    form = SectionFactsForm(request.POST or None, initial=initial)
    more = {"title": f"Nytt avsnitt efter {after}" if after else "Nytt avsnitt", "button": "Lägg till"}
    return form_page(request, form, act, template=FORM, document=document, back=document.get_absolute_url(), **more)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


@requires(Permission.KEEP_GOVERNING)
def governing_section_facts(request, governing_section_id):
    """Heading, level, number, owner and day."""
    section = section_of(governing_section_id)

    def act(data):
        return actions.change_section(section, **form.facts(), by=request.user).get_absolute_url()

    form = SectionFactsForm(request.POST or None, instance=section)
    more = {"title": "Avsnittets uppgifter", "button": "Spara", "back": section.get_absolute_url()}
    return form_page(request, form, act, template=FORM, document=section.document, section=section, **more)


@requires(Permission.READ_CONTROL)
def governing_block_new(request, governing_section_id):
    """Choose a living block (?del=), what it shows and its caption."""
    section = section_of(governing_section_id)
    _may_write(request, section)
    choices = living.choices()
    chosen = next((key for key, _ in choices if key == request.GET.get("del")), choices[0][0])
    made = living.form_of(chosen)
    form, own = BlockChoiceForm(request.POST or None), made(request.POST or None) if made else None
    if request.method == "POST" and form.is_valid() and (own is None or own.is_valid()):
        try:
            options = own.options() if own else {}
            actions.add_block(section, chosen, options, form.cleaned_data["caption"], by=request.user)
            return redirect(section)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"document": section.document, "section": section, "choices": choices, "chosen": chosen}
    context |= {"form": form, "own": own, "name": living.name_of(chosen)}
    is_wrong = bool(form.errors or (own and own.errors))
    return render(request, "riskcontrol/governing/block.html", context, status=422 if is_wrong else 200)


@require_POST
@requires(Permission.READ_CONTROL)
def governing_block_removal(request, governing_section_id):
    section = section_of(governing_section_id)
    _may_write(request, section)
    return _verb(request, section, actions.remove_block, request.POST.get("key", ""))


@require_POST
@requires(Permission.READ_CONTROL)
def governing_section_ready(request, governing_section_id):
    """Ready, or not."""
    section = section_of(governing_section_id)
    _may_write(request, section)
    return _verb(request, section, actions.set_ready, "open" not in request.POST)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def governing_section_place(request, governing_section_id):
    section = section_of(governing_section_id)
    return _verb(request, section, actions.move_section, -1 if "up" in request.POST else 1, to=section.document)


@require_POST
@requires(Permission.KEEP_GOVERNING)
def governing_section_removal(request, governing_section_id):
    section = section_of(governing_section_id)
    return _verb(request, section, actions.remove_section, to=section.document)


def _verb(request, section, verb, *arguments, to=None):
    try:
        verb(section, *arguments, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(to or section)
