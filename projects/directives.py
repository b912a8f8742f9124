"""Directives and final reports as papers: composed as frozen values, shown on the page and printed once.

What is verified is kept as it was composed (Directive.frozen): its headings stay when the board changes its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.documents import pdf
from enamnd.organisation.current import current_board

from .directive_text import POINTS, STEPS, Block, blocks_of, list_of, next_letter, placeholders
from .model_picture import ModelPhase, Picture, in_words, picture
from .models import Activity, Directive, DirectiveHeading, Participation
from .process import model_of, next_phase, phases_in_use

Shape = DirectiveHeading.Shape
RANKED = (("rank_result", "Resultat"), ("rank_time", "Tidpunkt"), ("rank_cost", "Kostnad"))
PREPARED = (
    ("gate", "Beslutspunkt"),
    ("on", "Datum"),
    ("milestones", "Milstolpar"),
    ("hours", "Timmar"),
    ("cost", "Kostnad"),
    ("staff", "Personal"),
)
TO_FILL = "<Ange {}>"
SLUGS = {Directive.Kind.DIRECTIVE: "direktiv", Directive.Kind.FINAL_REPORT: "slutrapport"}
SHEETS = (pdf.PRINT, "css/print-directive.css")


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it: blocks of text, and a table (its first row heads the columns).

    `model` holds the phases of the project model, drawn as a picture over the table, with `caption` under it.
    """

    key: str
    number: str
    name: str
    level: int
    blocks: tuple[Block, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    model: tuple[ModelPhase, ...] = ()
    caption: str = ""

    @property
    def picture(self) -> Picture | None:
        return picture(self.model) if self.model else None


@dataclass(frozen=True)
class DirectivePaper:
    """A whole directive or final report. `revisions` are rows of revision, day, what changed, decision."""

    board_name: str
    kind_name: str
    activity_name: str
    title: str
    head: tuple[tuple[str, str], ...]
    revisions: tuple[tuple[str, ...], ...]
    parts: tuple[Part, ...]
    created_at: str
    is_draft: bool


def headings(kind: str) -> list[DirectiveHeading]:
    """The headings that the board has now."""
    return list(DirectiveHeading.objects.filter(kind=kind, retired_on=None))


def revisions_of(activity: Activity, kind: str = "") -> QuerySet[Directive]:
    """The revisions of an activity's papers without their text, the latest first."""
    rows = activity.directives.defer("content", "preparations", "frozen").select_related("told_in__meeting")
    return (rows.filter(kind=kind) if kind else rows).order_by("kind", "-pk")


def papers_of(activity: Activity) -> list[tuple[str, str, list[Directive], bool]]:
    """Each kind of paper of an activity: its name, its part of the address, its revisions, whether one is a draft."""
    rows = list(revisions_of(activity))
    of_kind = {kind: [each for each in rows if each.kind == kind] for kind in Directive.Kind}
    return [
        (kind.label, SLUGS[kind], found, any(each.verified_on is None for each in found))
        for kind, found in of_kind.items()
    ]


def next_revision(activity: Activity, kind: str) -> str:
    """The letter that the next revision gets."""
    return next_letter(activity.directives.filter(kind=kind).values_list("revision", flat=True))


def first_content(kind: str) -> dict[str, str]:
    """What a new paper begins with: the templates of the headings."""
    return {str(each.pk): each.template for each in headings(kind) if each.is_written and each.template}


def first_preparations(activity: Activity) -> list[dict[str, str]]:
    """Rows for the two gates ahead of the activity, to be filled in."""
    phases = phases_in_use()
    step = activity.steps.filter(ended_on=None).select_related("phase").first()
    ahead, current = [], step.phase if step else None
    while len(ahead) < 2 and (current := next_phase(phases, current)):
        if current.gate:
            ahead.append({key: TO_FILL.format(name.lower()) for key, name in PREPARED} | {"gate": current.gate})
    return ahead


def unfilled(directive: Directive) -> list[tuple[str, list[str]]]:
    """The headings where placeholders are left, each with them."""
    rows = headings(directive.kind)
    texts = [(each.name, directive.content.get(str(each.pk), "")) for each in rows if each.is_written]
    if table := next((each for each in rows if each.shape == Shape.PREPARATIONS), None):
        texts.append((table.name, "\n".join(cell for row in directive.preparations for cell in row.values())))
    texts += [("Vad som har ändrats", directive.changes), ("Författare", directive.author)]
    found = ((name, placeholders(text)) for name, text in texts)
    return [(name, left) for name, left in found if left]


def empty_ones(directive: Directive) -> list[str]:
    """The headings that may not be empty and are."""
    rows = (each for each in headings(directive.kind) if each.is_required and each.is_written)
    return [each.name for each in rows if not directive.content.get(str(each.pk), "").strip()]


def asks_for_ranks(kind: str) -> bool:
    return DirectiveHeading.objects.filter(kind=kind, retired_on=None, shape=Shape.RANKING).exists()


# Composed -------------------------------------------------------------------------------------------------------------


def paper_of(directive: Directive) -> DirectivePaper:
    """The paper as it was verified, or the draft as it stands."""
    return from_frozen(directive.frozen) if directive.frozen else compose(directive)


def compose(directive: Directive) -> DirectivePaper:
    """All that the paper says, out of the revision, the board's headings and the registers."""
    activity, board = directive.activity, current_board()
    name = directive.revision_name if directive.revision else ""
    return DirectivePaper(
        board_name=board.name,
        kind_name=directive.get_kind_display(),
        activity_name=activity.name,
        title=", ".join(filter(None, (f"{directive.get_kind_display()} {activity.name}", name))),
        head=_head(directive),
        revisions=tuple(map(revision_row, _with_itself(directive))),
        parts=tuple(_parts(directive)),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        is_draft=directive.verified_on is None,
    )


def _head(directive: Directive) -> tuple[tuple[str, str], ...]:
    activity, day = directive.activity, directive.verified_on
    rows = (
        ("Projekt", activity.name),
        ("Utgåva", directive.revision_name[0].upper() + directive.revision_name[1:]),
        ("Författare", directive.author),
        ("Ärende", f"{activity.case.number} {activity.case.title}" if activity.case else ""),
        ("Verifierad", f"{long_date(day)} genom {directive.verified_by}" if day else "inte verifierad"),
    )
    return tuple((label, text) for label, text in rows if text)


def _with_itself(directive: Directive) -> list[Directive]:
    earlier = directive.activity.directives.filter(kind=directive.kind, pk__lt=directive.pk).order_by("pk")
    return [*earlier.exclude(verified_on=None), directive]


def revision_row(directive: Directive) -> tuple[str, ...]:
    """A row of the table of revisions."""
    what = directive.changes or ("–" if directive.revision else "Första utgåvan")
    day = long_date(directive.verified_on) if directive.verified_on else "utkast"
    return directive.revision_name if directive.revision else "–", day, what, directive.verified_by or "–"


def _parts(directive: Directive) -> Iterable[Part]:
    main = under = 0
    for each in headings(directive.kind):
        if each.level == 1:
            main, under = main + 1, 0
        else:
            under += 1
        number = str(main) if each.level == 1 else f"{max(main, 1)}.{under}"
        text = directive.content.get(str(each.pk), "")
        set_out = _process(directive) if each.shape == Shape.PROCESS else {"table": _table(each, directive)}
        yield Part(f"rubrik-{each.pk}", number, each.name, each.level, _blocks(each, text), **set_out)


def _blocks(heading: DirectiveHeading, text: str) -> tuple[Block, ...]:
    if heading.shape == Shape.TEXT:
        return blocks_of(text)
    if heading.shape in (Shape.POINTS, Shape.STEPS):
        return list_of(POINTS if heading.shape == Shape.POINTS else STEPS, text)
    return ()


def _table(heading: DirectiveHeading, directive: Directive) -> tuple[tuple[str, ...], ...]:
    tables = {Shape.RANKING: _ranking, Shape.PREPARATIONS: _preparations, Shape.PARTIES: _parties}
    made = tables[heading.shape](directive) if heading.shape in tables else []
    return tuple(map(tuple, made)) if len(made) > 1 else ()


def _ranking(directive: Directive) -> Sequence:
    return [("Mål", "Rang"), *((name, str(getattr(directive, field) or "–")) for field, name in RANKED)]


def _preparations(directive: Directive) -> Sequence:
    head = tuple(name for _, name in PREPARED)
    return [head, *(tuple(row.get(key, "") for key, _ in PREPARED) for row in directive.preparations)]


def _process(directive: Directive) -> dict:
    """The phases as table and picture, where the project stands among them, and what the picture marks in words."""
    phases, activity = phases_in_use(), directive.activity
    model = model_of(phases, activity.steps.select_related("phase"))
    rows = (
        (each.name, each.gate or "–", each.owner or "–", ", ".join(each.deliverable_lines) or "–", drawn.word)
        for each, drawn in zip(phases, model, strict=True)
    )
    table = (("Fas", "Beslutspunkt", "Ägare", "Ska levereras", "Läge"), *rows)
    return {"table": table, "model": model, "caption": in_words(model, activity.role_continues)} if model else {}


def _parties(directive: Directive) -> Sequence:
    rows = Participation.objects.filter(activity=directive.activity, left_on=None).select_related("municipality")
    return [
        ("Kommun", "Kontaktperson"),
        *((each.municipality.name, each.contact or "–") for each in rows.order_by("municipality__name")),
    ]


# Kept and printed -----------------------------------------------------------------------------------------------------


def as_frozen(paper: DirectivePaper) -> dict:
    return asdict(paper)


def from_frozen(kept: dict) -> DirectivePaper:
    """The paper that `as_frozen` kept."""
    parts = tuple(
        Part(
            **each
            | {
                "blocks": tuple(Block(**block) for block in each["blocks"]),
                "table": _rows(each["table"]),
                "model": tuple(ModelPhase(**phase) for phase in each.get("model", ())),
            }
        )
        for each in kept["parts"]
    )
    tables = {name: _rows(kept[name]) for name in ("head", "revisions")}
    return DirectivePaper(**kept | tables | {"parts": parts})


def _rows(kept: Iterable) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in kept)


def directive_pdf(paper: DirectivePaper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1; a draft bears UTKAST on each page."""
    sheets = (*SHEETS, "css/print-draft.css") if paper.is_draft else SHEETS
    return pdf.render_pdf(render_to_string("print/directive.html", {"paper": paper}), sheets=sheets)


def telling() -> QuerySet[Directive]:
    """What the board is still to be told: final reports, and revisions that change the commission (R255, R267)."""
    rows = Directive.objects.exclude(verified_on=None).filter(told_in=None)
    return (rows.filter(kind=Directive.Kind.FINAL_REPORT) | rows.filter(changes_commission=True)).select_related(
        "activity"
    )
