"""The verbs of questionnaires: taken in, answered, traced to evidence, handed over."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.documents.issuing import issue_paper, withdraw_paper
from enamnd.documents.rules import is_unreleased
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from projects.spreadsheets import MOST_BYTES, read_rows

from ..audits import answer_paper, rules, sharing
from ..audits.question_set import AskedSection, QuestionSet, likeness, read_json, read_table
from ..models import Audit, Evidence, Question, Questionnaire, QuestionSection, Submission
from .audits import begin_audit

FORM_FACTS = ("title", "organisation", "information", "answered_by", "answer_to", "email", "deadline")
FORM_DAYS = ("meeting_on", "due_on")


@transaction.atomic
def load_questionnaire(audit: Audit, content: bytes, name: str, *, by: User, **facts) -> Questionnaire:
    """Take in the auditors' questions (läsa in ett formulär) from JSON, CSV or Excel; whole, or not at all.

    `facts` are those of FORM_FACTS and FORM_DAYS that the person wrote; they go before what the file says. Each
    question is tied to the one that asked the same last year. Refused with every problem and its place.
    """
    rules.check_can_keep(by)
    audit = Audit.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=audit.pk)
    asked = _read(content, name, audit, facts.get("title", "").strip())
    given = _facts(asked, facts)
    if audit.questionnaires.filter(title__iexact=given["title"]).exists():
        raise Refused(f"Granskningen har redan formuläret ”{given['title']}”. Skriv en annan rubrik.", field="title")
    made = Questionnaire.objects.create(audit=audit, previous=sharing.earlier_of(audit, given["title"]), **given)
    earlier = _questions_of(made.previous)
    for position, section in enumerate(asked.sections, 1):
        _add_section(made, position, section, earlier)
    record(
        "questionnaire.loaded", made, by=by, within=audit, number=sum(len(each.questions) for each in asked.sections)
    )
    return made


def _read(content: bytes, name: str, audit: Audit, title: str) -> QuestionSet:
    if len(content) > MOST_BYTES:
        raise Refused("Filen är större än 5 MB. Dela upp den.", field="file")
    if name.lower().endswith(".json"):
        return read_json(content, current_board().name, audit.year)
    if not name.lower().endswith((".csv", ".txt", ".xlsx", ".xlsm")):
        raise Refused("Filen ska vara CSV, Excel (.xlsx) eller JSON.", field="file")
    return read_table(read_rows(content, name), title or f"Frågor inför granskning {audit.year}")


def _facts(asked: QuestionSet, facts: dict) -> dict:
    """What the person wrote, else what the file says, cut to what the columns hold."""
    of_file = {
        "title": asked.title,
        "organisation": asked.organisation,
        "information": "\n".join(asked.information),
        "answered_by": asked.answered_by,
        "answer_to": asked.answer_to,
        "deadline": asked.deadline,
    }
    given = {key: (facts.get(key) or "").strip() or of_file.get(key, "") for key in FORM_FACTS}
    for key in ("title", "organisation", "answered_by", "answer_to", "deadline"):
        given[key] = given[key][:200]
    return given | {key: facts.get(key) for key in FORM_DAYS}


def _questions_of(questionnaire: Questionnaire | None) -> dict[str, Question]:
    if questionnaire is None:
        return {}
    rows = Question.objects.filter(section__questionnaire=questionnaire, is_earlier=False)
    return {likeness(each.text): each for each in rows.order_by("-section__position", "-position")}


def _add_section(made: Questionnaire, position: int, asked: AskedSection, earlier: dict[str, Question]):
    section = QuestionSection.objects.create(
        questionnaire=made,
        position=position,
        kind=asked.kind,
        heading=asked.heading[:200],
        intro=asked.intro,
        number=asked.number[:20],
        title=asked.title[:300],
        requirement=asked.requirement,
        law=asked.law[:200],
    )
    board = current_board()
    ours = {board.name.casefold(), board.short_name.casefold()}
    for place, each in enumerate(asked.questions, 1):
        Question.objects.create(
            section=section,
            position=place,
            number=each.number[:20],
            text=each.text,
            law=each.law[:200],
            area=each.area[:200],
            asked_for=each.asked_for,
            is_earlier=each.is_earlier,
            only_for="" if each.only_for.casefold() in ours else each.only_for[:100],
            hint=each.hint[:200],
            follows=earlier.get(likeness(each.text)),
            mark=each.mark,
            comment=each.comment,
            is_not_applicable=each.is_not_applicable,
        )


@transaction.atomic
def change_questionnaire(questionnaire: Questionnaire, *, by: User, **facts) -> Questionnaire:
    """Correct from whom the questions came, who answers, by when, and (`also`) which other municipalities ask them."""
    rules.check_can_keep(by)
    questionnaire = _locked(questionnaire)
    rules.check_is_open(questionnaire)
    others = questionnaire.audit.questionnaires.exclude(pk=questionnaire.pk)
    if others.filter(title__iexact=facts["title"].strip()).exists():
        raise Refused("Granskningen har redan ett formulär med den rubriken.", field="title")
    for name in (*FORM_FACTS, *FORM_DAYS):
        setattr(questionnaire, name, facts[name])
    questionnaire.save()
    if "also" in facts:
        _share(questionnaire, facts["also"], by=by)
    record("questionnaire.changed", questionnaire, by=by, within=questionnaire.audit)
    return questionnaire


def _share(questionnaire: Questionnaire, others: Iterable[Municipality], *, by: User):
    """Say whose auditors ask the same questions. Their audits of the year are begun where they are not.

    Refused for a municipality whose own auditors have asked under the same heading. Called within a transaction.
    """
    year, audits = questionnaire.audit.year, []
    for each in others:
        if each.pk == questionnaire.audit.municipality_id:
            continue
        audit = Audit.objects.filter(year=year, municipality=each).first() or begin_audit(year, each, by=by)
        if audit.questionnaires.filter(title__iexact=questionnaire.title).exists():
            raise Refused(f"{each} har redan ett eget formulär med den rubriken för {year}.", field="also")
        audits.append(audit)
    questionnaire.also.set(audits)


@transaction.atomic
def remove_questionnaire(questionnaire: Questionnaire, *, by: User):
    """Remove questions that were taken in by mistake. Refused once anybody has answered one in the portal."""
    rules.check_can_keep(by)
    questionnaire = _locked(questionnaire)
    rules.check_can_remove_questionnaire(questionnaire)
    record("questionnaire.removed", questionnaire, by=by, within=questionnaire.audit)
    Question.objects.filter(section__questionnaire=questionnaire).delete()
    questionnaire.sections.all().delete()
    questionnaire.delete()


@transaction.atomic
def answer_question(
    question: Question,
    *,
    by: User,
    mark: str,
    comment: str,
    is_not_applicable: bool = False,
    revision: int | None = None,
) -> Question:
    """Answer a question with one mark or none, and a comment. `revision` is the one that the form was opened at."""
    rules.check_can_keep(by)
    question = _locked_question(question)
    rules.check_is_open(question.section.questionnaire)
    rules.check_not_changed_meanwhile(question, revision)
    rules.check_answer(question, mark, comment, is_not_applicable)
    question.mark, question.comment, question.is_not_applicable = mark, comment.strip(), is_not_applicable
    question.answered_by, question.answered_at, question.revision = by, timezone.now(), question.revision + 1
    question.save()
    record("question.answered", question, by=by, within=question.section.questionnaire)
    return question


@transaction.atomic
def add_evidence(question: Question, *, by: User, document=None, paragraph=None, text: str = "") -> Evidence:
    """Tie what shows that an answer is true to it (revisionsbevis)."""
    rules.check_can_keep(by)
    question = _locked_question(question)
    rules.check_is_open(question.section.questionnaire)
    if document is None and paragraph is None and not text.strip():
        raise Refused("Välj en handling eller en paragraf, eller skriv var underlaget finns.", field="text")
    if document and document.secrecy:
        raise Refused(
            f"Handlingen {document.number} är sekretessmarkerad. Hänvisa inte till den i ett svar som lämnas ut.",
            field="document",
        )
    if document and is_unreleased(document):
        raise Refused(f"Handlingen {document.number} är arbetsmaterial. Godkänn den först.", field="document")
    made = Evidence.objects.create(question=question, document=document, paragraph=paragraph, text=text.strip())
    record("evidence.added", question, by=by, within=question.section.questionnaire, what=str(made))
    return made


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User):
    rules.check_can_keep(by)
    question = _locked_question(evidence.question)
    rules.check_is_open(question.section.questionnaire)
    record("evidence.removed", question, by=by, within=question.section.questionnaire, what=str(evidence))
    evidence.delete()


def submit_answers(questionnaire: Questionnaire, submitted_on: date, *, by: User) -> Submission:
    """Hand the answers over to the auditors (lämna svaren): they are issued as a paper and do not change any more.

    Drawn before the transaction that keeps it; refused when somebody has changed an answer in between.
    """
    rules.check_can_keep(by)
    rules.check_can_submit(questionnaire, answer_paper.questions_of(questionnaire), submitted_on)
    drawn = answer_paper.compose(questionnaire, submitted_on)
    content = answer_paper.as_pdf(drawn)
    with transaction.atomic():
        questionnaire = _locked(questionnaire)
        rules.check_can_submit(questionnaire, answer_paper.questions_of(questionnaire), submitted_on)
        if not answer_paper.is_same(drawn, answer_paper.compose(questionnaire, submitted_on)):
            raise Refused("Svaren har just ändrats av någon annan. Se efter och lämna dem igen.")
        issued = issue_paper(content, kind="audit_answers", title=drawn.title, subject=questionnaire, by=by)
        made = Submission.objects.create(questionnaire=questionnaire, submitted_on=submitted_on, paper=issued, by=by)
        record("questionnaire.submitted", questionnaire, by=by, within=questionnaire.audit, on=str(submitted_on))
    return made


@transaction.atomic
def take_back_submission(questionnaire: Questionnaire, reason: str, *, by: User) -> Questionnaire:
    """Say that what was handed over was wrong: the answers may be changed again, and the paper is withdrawn."""
    rules.check_can_keep(by)
    questionnaire = _locked(questionnaire)
    submission = rules.submission_of(questionnaire)
    if submission is None:
        raise Refused("Svaren är inte lämnade.")
    if not reason.strip():
        raise Refused("Skriv varför inlämningen tas tillbaka.", field="reason")
    submission.withdrawn_at, submission.withdrawn_because = timezone.now(), reason.strip()
    submission.save()
    if submission.paper:
        withdraw_paper(submission.paper, reason, by=by)
    record("questionnaire.taken_back", questionnaire, by=by, within=questionnaire.audit, reason=reason.strip())
    return questionnaire


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    rows = Questionnaire.objects.select_for_update(of=("self",)).select_related("audit__municipality")
    return rows.get(pk=questionnaire.pk)


def _locked_question(question: Question) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related(
        "section__questionnaire__audit", "answered_by"
    )
    return rows.get(pk=question.pk)
