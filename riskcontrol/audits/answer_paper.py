"""The answers to the auditors as a paper: composed as frozen values, printed once."""

from dataclasses import dataclass, replace
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.documents import pdf
from enamnd.documents.rules import is_unreleased
from enamnd.formats import listed
from enamnd.organisation.current import current_board

from ..models import Question, Questionnaire, QuestionSection
from .sharing import municipalities_of

SHEETS = (pdf.PRINT, "css/print-audit.css")
MARKS = (Question.Mark.YES, Question.Mark.NO, Question.Mark.PARTLY)


@dataclass(frozen=True)
class PaperAnswer:
    """A question with its answer. `marks` are three texts under Ja, Nej and Delvis: X or nothing."""

    number: str
    text: str
    law: str
    marks: tuple[str, str, str]
    comment: tuple[str, ...]
    evidence: tuple[str, ...]
    area: str
    asked_for: str
    is_earlier: bool
    note: str


@dataclass(frozen=True)
class PaperSection:
    """A table of the paper. `is_prose` tables have area, year and question with the answer under it."""

    heading: str
    intro: str
    number: str
    title: str
    requirement: str
    is_prose: bool
    answers: tuple[PaperAnswer, ...]


@dataclass(frozen=True)
class AnswerPaper:
    """A whole set of answers, ready to print. `submitted` is empty in drafts; `facts` are labels and texts."""

    board_name: str
    title: str
    submitted: str
    facts: tuple[tuple[str, str], ...]
    information: tuple[str, ...]
    sections: tuple[PaperSection, ...]
    created_at: str

    @property
    def is_draft(self) -> bool:
        return not self.submitted


def questions_of(questionnaire: Questionnaire) -> list[Question]:
    """All questions in order, with what their pages and papers show."""
    return list(
        Question.objects.filter(section__questionnaire=questionnaire)
        .select_related("section", "follows__section__questionnaire__audit", "answered_by")
        .prefetch_related("evidence__document__release", "evidence__paragraph__meeting")
    )


def compose(questionnaire: Questionnaire, submitted_on: date | None = None) -> AnswerPaper:
    """The questions and answers as they stand. `submitted_on` is None while they are being written."""
    board = current_board()
    audit = questionnaire.audit
    facts = (
        ("Kommun", listed(each.full_name for each in municipalities_of(questionnaire))),
        ("Granskat år", str(audit.year)),
        ("Frågorna kommer från", questionnaire.organisation),
        ("Nämnd", board.name),
        ("Namn", questionnaire.answered_by),
        ("Svaren lämnas till", questionnaire.answer_to),
        ("Besvaras", questionnaire.deadline or (long_date(questionnaire.due_on) if questionnaire.due_on else "")),
    )
    asked = questions_of(questionnaire)
    return AnswerPaper(
        board_name=board.name,
        title=questionnaire.title,
        submitted=long_date(submitted_on) if submitted_on else "",
        facts=tuple((label, text) for label, text in facts if text),
        information=_lines(questionnaire.information),
        sections=tuple(
            _section(each, [question for question in asked if question.section_id == each.pk])
            for each in questionnaire.sections.all()
        ),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
    )


def _section(section: QuestionSection, questions: list[Question]) -> PaperSection:
    return PaperSection(
        heading=section.heading,
        intro=section.intro,
        number=section.number,
        title=section.title or section.heading,
        requirement=section.requirement,
        is_prose=section.kind == QuestionSection.Kind.PROSE,
        answers=tuple(map(_answer, questions)),
    )


def _answer(question: Question) -> PaperAnswer:
    note = f"Besvaras bara av {question.only_for}." if question.only_for else ""
    if question.is_not_applicable and not question.comment.casefold().startswith("ej applicerbar"):
        note = "Ej applicerbart."
    return PaperAnswer(
        number=question.number,
        text=question.text,
        law=question.law,
        marks=tuple("X" if question.mark == mark else "" for mark in MARKS),
        comment=_lines(question.comment),
        evidence=tuple(map(evidence_words, question.evidence.all())),
        area=question.area,
        asked_for=str(question.asked_for or ""),
        is_earlier=question.is_earlier,
        note=note,
    )


def evidence_words(evidence) -> str:
    """2026/14-3 Verksamhetsplan; § 12, 2026-06-22. The number alone of what is held back by now."""
    told = []
    if evidence.document:
        hidden = evidence.document.secrecy or is_unreleased(evidence.document)
        told.append(f"handling {evidence.document.number}" if hidden else str(evidence.document))
    if evidence.paragraph:
        told.append(f"{evidence.paragraph.label}, {long_date(evidence.paragraph.meeting.held_on)}")
    return "; ".join(filter(None, [*told, evidence.text]))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.splitlines())))


def is_same(drawn: AnswerPaper, now: AnswerPaper) -> bool:
    """Whether nothing but the time of drawing differs."""
    return replace(drawn, created_at="") == replace(now, created_at="")


def as_pdf(paper: AnswerPaper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1."""
    sheets = (*SHEETS, "css/print-draft.css") if paper.is_draft else SHEETS
    return pdf.render_pdf(render_to_string("print/audit_answers.html", {"paper": paper}), sheets=sheets)
