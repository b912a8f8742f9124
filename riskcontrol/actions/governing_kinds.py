"""The verbs of templates: kinds of documents, and what a new one begins with. Documents begun stay as they are."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils.text import slugify

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.refusal import Refused
from meetings.actions.own_text import check_markup
from meetings.text.markup import is_empty

from ..governing import living, rules
from ..governing.numbering import check_levels
from ..governing.placing import moved, place_after, without
from ..governing.template import PlannedBlock, PlannedSection, check_words, read_template, written
from ..models import GoverningKind
from .governing import new_key

Sections = list[PlannedSection]
RESTORED = ("name", "is_yearly", "contents_levels", "contents_in_capitals", "approval_words", "approvers", "structure")


@transaction.atomic
def add_kind(*, by: User, **facts) -> GoverningKind:
    """Add a kind of document (slag) with an empty template."""
    rules.check_can_keep(by)
    _check_name(facts["name"])
    key = slugify(facts["name"])[:50] or "slag"
    while GoverningKind.objects.filter(key=key).exists():
        key = f"{key[:50]}-{new_key()}"
    last = GoverningKind.objects.order_by("-order").first()
    kind = GoverningKind.objects.create(key=key, order=last.order + 10 if last else 10, **facts)
    record("governing_kind.begun", kind, by=by)
    return kind


def _check_name(name: str, kind: GoverningKind | None = None):
    if GoverningKind.objects.filter(name__iexact=name).exclude(pk=kind.pk if kind else None).exists():
        raise Refused(f"Det finns redan ett slag som heter {name}.", field="name")


def _locked(kind: GoverningKind, by: User) -> GoverningKind:
    rules.check_can_keep(by)
    return GoverningKind.objects.select_for_update().get(pk=kind.pk)


@transaction.atomic
def change_kind(kind: GoverningKind, *, by: User, shown: dict | None = None, **facts) -> GoverningKind:
    """Change name, contents or approval lines. Refused, as Newer, over what somebody else has just changed."""
    row = _locked(kind, by)
    check_facts(row, facts, shown or {})
    if "name" in facts:
        _check_name(facts["name"], row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    record("governing_kind.changed", row, by=by)
    return row


def _change(kind: GoverningKind, by: User, verb: str, change: Callable[[Sections], tuple[Sections, str]]):
    """Let `change` make other sections of a template's, and give what it was about. Levels must still hang together."""
    row = _locked(kind, by)
    sections, about = change(list(read_template(row.structure)))
    check_levels([each.as_heading for each in sections])
    row.structure = written(sections)
    row.save()
    record(f"governing_template.{verb}", row, by=by, about=about)
    return row


def place_of(key: str, sections: Sections) -> int:
    """The place of a section in a template. Refused when it has gone."""
    found = next((at for at, each in enumerate(sections) if each.key == key), None)
    if found is None:
        raise Refused("Avsnittet finns inte längre i mallen. Någon kan ha tagit bort det: läs in mallen på nytt.")
    return found


@transaction.atomic
def add_template_section(kind: GoverningKind, *, by: User, after: str = "", **facts) -> str:
    """Add a section after another with all that is under it, or last. Gives its key."""
    _check_texts(facts)
    made = PlannedSection(key=new_key(), **facts)

    def change(sections: Sections):
        known = [each.key for each in sections]
        at = place_after(sections, known.index(after), made.level) if after in known else len(sections)
        return [*sections[:at], made, *sections[at:]], made.heading

    _change(kind, by, "section_added", change)
    return made.key


def _check_texts(facts: dict):
    check_markup(facts.get("html", ""))
    for name in ("heading", "html", "guidance"):
        check_words(facts.get(name, ""))


@transaction.atomic
def change_template_section(kind: GoverningKind, key: str, *, by: User, shown: dict | None = None, **facts):
    """Change a section of a template. Refused, as Newer, over what somebody else has just changed."""
    _check_texts(facts)
    if is_empty(facts.get("html", "-")):
        facts["html"] = ""

    def change(sections: Sections):
        at = place_of(key, sections)
        check_facts(kind, facts, shown or {}, now=lambda name: getattr(sections[at], name))
        sections[at] = replace(sections[at], **facts)
        return sections, sections[at].heading

    return _change(kind, by, "section_changed", change)


@transaction.atomic
def move_template_section(kind: GoverningKind, key: str, step: int, *, by: User):
    """Let a section with all under it change places with the one before (-1) or after (1) on its level."""

    def change(sections: Sections):
        at = place_of(key, sections)
        return moved(sections, at, step) or sections, sections[at].heading

    return _change(kind, by, "section_moved", change)


@transaction.atomic
def remove_template_section(kind: GoverningKind, key: str, *, by: User):
    """Take a section out of a template. Refused while others stand under it. The history keeps it."""

    def change(sections: Sections):
        at = place_of(key, sections)
        return without(sections, at), sections[at].heading

    return _change(kind, by, "section_removed", change)


@transaction.atomic
def add_template_block(kind: GoverningKind, key: str, block: str, options: dict, caption: str = "", *, by: User):
    """Put a living block last in a section of a template."""
    if not living.is_known(block):
        raise Refused("Den delen finns inte. Välj en i listan.", field="block")
    check_words(caption)
    made = PlannedBlock(block, options, caption.strip(), new_key())

    def change(sections: Sections):
        at = place_of(key, sections)
        sections[at] = replace(sections[at], blocks=(*sections[at].blocks, made))
        return sections, f"{sections[at].heading}, {living.name_of(block)}"

    return _change(kind, by, "block_added", change)


@transaction.atomic
def remove_template_block(kind: GoverningKind, key: str, block_key: str, *, by: User):
    """Take a living block out of a section of a template."""

    def change(sections: Sections):
        at = place_of(key, sections)
        left = tuple(each for each in sections[at].blocks if each.key != block_key)
        if left == sections[at].blocks:
            raise Refused("Delen finns inte längre i avsnittet. Läs in sidan på nytt.")
        sections[at] = replace(sections[at], blocks=left)
        return sections, sections[at].heading

    return _change(kind, by, "block_removed", change)


@transaction.atomic
def restore_template(kind: GoverningKind, version: int, *, by: User) -> GoverningKind:
    """Let an earlier version of a kind and its template hold again (återställ). The history keeps what held."""
    row = _locked(kind, by)
    earlier = row.history.filter(history_id=version).first()
    if earlier is None:
        raise Refused("Den versionen finns inte.")
    _check_name(earlier.name, row)
    for name in RESTORED:
        setattr(row, name, getattr(earlier, name))
    row.save()
    record("governing_template.restored", row, by=by, version=version)
    return row
