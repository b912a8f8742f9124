"""The audits of the sample board: three years, questions that are answered and questions that wait."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Municipality

from ..actions import audits, packages, questionnaires
from ..models import Audit, Finding, Question

SAMPLE = Path(__file__).parent.parent / "samples" / "norrbotten-audits.json"
TEXTS = ("auditors", "report_name", "purposeful", "economical", "controlled", "discharge")


@transaction.atomic
def load_audits():
    """Register the sample audits. The sample board, its accounts and its control plans must be there."""
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = User.objects.get(pk=RoleGrant.objects.filter(role="coordinator").values("user")[:1])
    made = {(row["year"], row["municipality"]): _audit(row, by) for row in told["audits"]}
    for row in told["replies"]:
        answered = [made[tuple(each)] for each in row["audits"]]
        facts = {"decision": row["decision"], "text": row["text"]}
        audits.reply_to_audits(answered, date.fromisoformat(row["on"]), **facts, by=by)
    for row in told["measures"]:
        _measure(row, made, by)
    for row in told["questionnaires"]:
        _questionnaire(row, made, by)
    packages.order_package(told["package"], by=by)


def _audit(row: dict, by: User) -> Audit:
    audit = audits.begin_audit(row["year"], Municipality.objects.get(name=row["municipality"]), by=by)
    if row.get("received_on"):
        facts = {name: row.get(name, "") for name in TEXTS}
        received_on = date.fromisoformat(row["received_on"])
        audits.change_audit(audit, **facts, received_on=received_on, quotes=row["quotes"], by=by)
    for text, recommendation in row["findings"]:
        audits.add_finding(audit, text=text, recommendation=recommendation, by=by)
    return audit


def _measure(row: dict, made: dict, by: User):
    findings = Finding.objects.filter(audit__in=[made[tuple(each)] for each in row["for"]])
    days = {name: date.fromisoformat(row[name]) for name in ("due_on", "done_on") if row.get(name)}
    texts = {name: row.get(name, "") for name in ("text", "owner", "reported_at", "outcome")}
    audits.add_audit_measure(findings=findings, **texts, **days, owner_person=by.person, by=by)


def _questionnaire(row: dict, made: dict, by: User):
    facts = {name: row[name] for name in ("answered_by", "answer_to")}
    facts |= {name: date.fromisoformat(row[name]) for name in ("due_on", "meeting_on") if row.get(name)}
    content = json.dumps(row["file"]).encode()
    asked = questionnaires.load_questionnaire(made[tuple(row["audit"])], content, "fragor.json", **facts, by=by)
    for number, text in row["evidence"].items():
        question = Question.objects.get(section__questionnaire=asked, number=number)
        questionnaires.add_evidence(question, text=text, by=by)
    if row.get("submitted_on"):
        questionnaires.submit_answers(asked, date.fromisoformat(row["submitted_on"]), by=by)
