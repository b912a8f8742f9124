"""What may be done with audits and their questionnaires, when and by whom."""

from datetime import date

from enamnd.accounts.roles import READING, Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.refusal import Refused

from ..models import Audit, AuditReply, Evidence, Finding, Question, Questionnaire, Submission
from ..rules import check_can_keep, check_has_been

__all__ = ["check_can_keep", "check_has_been"]


def check_can_take_package(by):
    """A package holds protocols, plans and economy: it is for those who may read all of them."""
    for permission in sorted(READING):
        check_may(by, Permission(permission))


def check_discharge(discharge: str, note: str):
    if discharge == Audit.Discharge.QUESTIONED and not note.strip():
        raise Refused("Skriv varför revisorerna ifrågasätter ansvarsfriheten.", field="discharge_note")


def check_can_reply(audits: list[Audit], decided_on: date, paragraph, decision: str):
    """A reply answers audits that have none, after their reports came, and says where it was decided."""
    check_has_been(decided_on, "decided_on")
    if not audits:
        raise Refused("Välj minst en granskning som beslutet svarar på.", field="audits")
    if paragraph is None and not decision.strip():
        raise Refused("Välj paragrafen där nämnden svarade, eller skriv datum och paragraf.", field="decision")
    for each in audits:
        if each.reply_id:
            raise Refused(f"{each} är redan besvarad ({each.reply}).", field="audits")
        if each.received_on and decided_on < each.received_on:
            raise Refused(
                f"Rapporten från {each.municipality} kom {long_date(each.received_on)}, efter beslutet. "
                "Kontrollera dagarna.",
                field="decided_on",
            )


def check_can_remove_audit(audit: Audit):
    """Only an audit that was registered by mistake: nothing has come, been asked or been answered."""
    is_asked = audit.questionnaires.exists() or audit.shared_questionnaires.exists()
    if audit.received_on or audit.reply_id or audit.findings.exists() or is_asked:
        raise Refused(f"{audit} har uppgifter, frågor eller iakttagelser och kan inte tas bort.")


def check_can_remove_questionnaire(questionnaire: Questionnaire):
    """Only a file that was read in by mistake: nobody has answered in the portal, and nothing builds on it."""
    questions = Question.objects.filter(section__questionnaire=questionnaire)
    if questionnaire.submissions.exists():
        raise Refused("Svaren har varit lämnade, så formuläret kan inte tas bort.")
    if questions.exclude(answered_by=None).exists() or Evidence.objects.filter(question__in=questions).exists():
        raise Refused("Frågor är redan besvarade i portalen, så formuläret kan inte tas bort.")
    if Questionnaire.objects.filter(previous=questionnaire).exists():
        raise Refused("Ett senare års formulär bygger på det här, så det kan inte tas bort.")


def check_finding(text: str, recommendation: str):
    if not text.strip() and not recommendation.strip():
        raise Refused("Skriv iakttagelsen, rekommendationen eller båda.", field="text")


def check_can_remove_finding(finding: Finding):
    if finding.measures.exists():
        raise Refused("Rekommendationen har en åtgärd och kan inte tas bort. Rätta den i stället.")


def submission_of(questionnaire: Questionnaire) -> Submission | None:
    """The submission that holds; None while the answers are being written."""
    return next((each for each in questionnaire.submissions.all() if each.withdrawn_at is None), None)


def check_is_open(questionnaire: Questionnaire):
    submission = submission_of(questionnaire)
    if submission:
        raise Refused(
            f"Svaren lämnades {long_date(submission.submitted_on)} och ändras inte. Ta tillbaka inlämningen först om "
            "något är fel."
        )


def check_answer(question: Question, mark: str, comment: str, is_not_applicable: bool):
    """One mark or none; what another body or an earlier year answers is left alone; "ej applicerbart" has a reason."""
    if question.is_earlier:
        raise Refused("Frågan hör till ett tidigare år och ska inte besvaras.")
    if question.only_for and (mark or comment.strip()):
        raise Refused(f"Frågan besvaras bara av {question.only_for}. Lämna den tom.", field="mark")
    if is_not_applicable and not comment.strip():
        raise Refused("Skriv varför frågan inte är tillämplig.", field="comment")


def check_one_mark(question: Question, marks: list[str]):
    """Refused when two marks are set on the same question, with its place."""
    given = [each for each in marks if each]
    if len(given) > 1:
        words = " och ".join(Question.Mark(each).label for each in given if each in Question.Mark.values)
        place = f"Fråga {question.number}" if question.number else "Frågan"
        raise Refused(f"{place}: både {words} är markerade. Välj ett svar, eller inget.", field="mark")


def check_not_changed_meanwhile(question: Question, revision: int | None):
    if revision is not None and revision != question.revision:
        raise Refused(
            f"{question.answered_by or 'Någon annan'} har besvarat frågan medan du skrev. Det du skrev står kvar här. "
            "Se efter i formuläret och spara en gång till om det är ditt svar som ska gälla."
        )


def check_can_submit(questionnaire: Questionnaire, questions: list[Question], submitted_on: date):
    check_is_open(questionnaire)
    check_has_been(submitted_on, "submitted_on")
    if not any(each.is_answered for each in questions if each.is_to_answer):
        raise Refused("Ingen fråga är besvarad än. Svara först, och lämna sedan svaren.")


def check_measure(done_on: date | None, findings):
    if not findings:
        raise Refused("Välj minst en rekommendation som åtgärden svarar på.", field="findings")
    if done_on:
        check_has_been(done_on, "done_on")


def check_can_change_reply(reply: AuditReply, decided_on: date, paragraph, decision: str):
    check_has_been(decided_on, "decided_on")
    if paragraph is None and not decision.strip():
        raise Refused("Välj paragrafen där nämnden svarade, eller skriv datum och paragraf.", field="decision")
