"""A control plan and its follow-ups as papers: composed as frozen values, printed once."""

from dataclasses import dataclass, replace
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.documents import pdf
from enamnd.organisation.current import current_board
from meetings.models import Paragraph

from . import matrix
from .columns import Column, widths
from .marks import marks_of
from .models import ControlPlan, FollowUp
from .plan_table import follow_up_rows, plan_rows

SHEETS = (pdf.PRINT, "css/print-control.css")


@dataclass(frozen=True)
class ControlPaper:
    """A plan or a follow-up, ready to print. `matrix` is None where there is no scale; `adopted` is empty in drafts.

    `levels` are the levels of the scale in words, `risks` number, text, value before and after of each in the matrix.
    """

    board_name: str
    title: str
    adopted: str
    intro: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    assessment: tuple[str, ...]
    matrix: matrix.Picture | None
    levels: tuple[tuple[str, str], ...]
    risks: tuple[tuple[str, ...], ...]
    created_at: str

    @property
    def is_draft(self) -> bool:
        return not self.adopted

    @property
    def column_widths(self) -> list[str]:
        """Per cent of the table, as CSS writes them."""
        return [f"{thousandths / 10}%" for thousandths in widths(self.columns)]

    @property
    def lines(self) -> list[list[tuple[Column, str]]]:
        """The rows, each text with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def compose_plan(plan: ControlPlan, adopted: str = "") -> ControlPaper:
    """The plan as it stands: introduction, table, matrix with its risks."""
    return _compose(plan, plan.title, adopted, plan.intro, plan_rows(plan), "")


def compose_follow_up(follow_up: FollowUp, approved: str = "") -> ControlPaper:
    """A follow-up of a plan: the table with its decisions and analyses, and the overall assessment."""
    plan = follow_up.plan
    rows = follow_up_rows(follow_up, plan.shown_columns)
    title = f"Uppföljning av {plan.title[:1].lower()}{plan.title[1:]}"
    intro = f"{follow_up.name}, per den {long_date(follow_up.followed_on)}."
    return _compose(plan, title, approved, intro, rows, follow_up.assessment)


def _compose(plan: ControlPlan, title: str, adopted: str, intro: str, rows, assessment: str) -> ControlPaper:
    scale = plan.scale.scale if plan.scale_id else None
    chosen = plan.risks.filter(item__isnull=False).exclude(likelihood=None).order_by("item__position", "number")
    return ControlPaper(
        board_name=current_board().name,
        title=title,
        adopted=adopted,
        intro=_paragraphs(intro),
        columns=plan.shown_columns,
        rows=tuple(map(tuple, rows)),
        assessment=_paragraphs(assessment),
        matrix=matrix.picture(scale, marks_of(chosen)) if scale and chosen else None,
        levels=tuple((levels_words(scale, band), band.meaning) for band in scale.bands) if scale else (),
        risks=tuple((str(each.number), each.text, str(each.value), str(each.value_after or "–")) for each in chosen),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
    )


def levels_words(scale, band) -> str:
    """Måttlig, 5–9."""
    lowest, highest = scale.reach_of(band)
    return f"{band.word}, {lowest}–{highest}" if highest > lowest else f"{band.word}, {lowest}"


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.splitlines())))


def adopted_words(day: date, paragraph: Paragraph | None, decision: str) -> str:
    """13 december 2023, § 41; the decision as it was written where the paragraph is not in the portal."""
    if paragraph is None:
        return decision.strip()
    return f"{paragraph.body.name} {long_date(day)}, {paragraph.label}"


def is_same(drawn: ControlPaper, now: ControlPaper) -> bool:
    """Whether nothing but the time of drawing differs."""
    return replace(drawn, created_at="") == replace(now, created_at="")


def as_pdf(paper: ControlPaper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1, on sheets that lie down: the table is wide."""
    sheets = (*SHEETS, "css/print-draft.css") if paper.is_draft else SHEETS
    return pdf.render_pdf(render_to_string("print/control_plan.html", {"paper": paper}), sheets=sheets)
