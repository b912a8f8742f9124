"""Earlier versions of a kind and its template, each with what it changed."""

from dataclasses import dataclass

from enamnd.refusal import Refused
from meetings.text.comparison import Version, compare
from meetings.text.markup_tree import escaped
from meetings.text.sections import TEXT, Section

from ..models import GoverningKind
from .living import name_of
from .since_last import ChangedSection, is_other
from .template import OWNERS, PlannedSection, read_template

MOST = 50
FACTS = ("name", "is_yearly", "contents_levels", "contents_in_capitals", "approval_words", "approvers")


@dataclass(frozen=True)
class TemplateVersion:
    """A version: its row in the history, the facts that it changed (label, before, now), sections that it changed.

    `is_now` says that it holds; `is_first` that there is none before it to compare with.
    """

    row: object
    facts: tuple[tuple[str, str, str], ...]
    changed: tuple[ChangedSection, ...]
    is_now: bool
    is_first: bool


def of_kind(kind: GoverningKind) -> list[TemplateVersion]:
    """The latest versions first. A version that changed nothing is left out, unless it is the first."""
    rows = list(kind.history.select_related("history_user")[: MOST + 1])
    made = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        facts = _changed_facts(before, row) if before else ()
        changed = _changed_sections(before.structure, row.structure) if before else ()
        if facts or changed or before is None:
            made.append(TemplateVersion(row, facts, changed, row.history_id == rows[0].history_id, before is None))
    return made[:MOST]


def _changed_sections(before, now) -> tuple[ChangedSection, ...]:
    sections = compare(_as_text(before), _as_text(now)).sections
    return tuple(ChangedSection(each, ()) for each in sections if is_other(each))


def _changed_facts(before, now) -> tuple[tuple[str, str, str], ...]:
    fields = ((GoverningKind._meta.get_field(name), name) for name in FACTS)
    pairs = ((field.verbose_name, _said(getattr(before, name)), _said(getattr(now, name))) for field, name in fields)
    return tuple((label, old, new) for label, old, new in pairs if old != new)


def _said(value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(row.get("label", "") for row in value) or "inga"
    return str(value) or "tomt"


def _as_text(structure) -> Version:
    """A template as text: under each heading what it begins with, in words."""
    try:
        sections = read_template(structure)
    except Refused:  # as it once was read in, by rules of then
        return Version("", "", ())
    made = (Section(key=each.key, kind=TEXT, heading=each.heading, html=_words(each)) for each in sections)
    return Version("", "", tuple(made))


def _words(section: PlannedSection) -> str:
    told = [f"Nivå {section.level}."] + (["Utan nummer."] if not section.is_numbered else [])
    told += ["Står inte i innehållsförteckningen."] if not section.in_contents else []
    told += [f"Skrivs av {OWNERS.get(section.owner, section.owner)}."] if section.owner else []
    told += [f"Vägledning: {section.guidance}"] if section.guidance else []
    blocks = ((name_of(each.block), f" ({each.caption})" if each.caption else "") for each in section.blocks)
    living = [f"Levande del: {name}{caption}." for name, caption in blocks]
    return _paragraphs(told) + section.html + _paragraphs(living)


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{escaped(each)}</p>" for each in lines)
