"""The verbs of audits: begun, filled in, answered by a decision, followed by measures."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.models import Paragraph

from ..audits import rules
from ..models import Audit, AuditMeasure, AuditReply, Finding

AUDIT_FACTS = (
    *("auditors", "case", "report", "report_name", "received_on", "purposeful", "economical", "controlled"),
    *("discharge", "discharge_note", "quotes"),
)


@transaction.atomic
def begin_audit(year: int, municipality: Municipality, *, by: User) -> Audit:
    """Register that a municipality audits a year (lägga upp en granskning). Refused when it is registered already."""
    rules.check_can_keep(by)
    if Audit.objects.filter(year=year, municipality=municipality).exists():
        raise Refused(f"Granskningen av {year} för {municipality} är redan upplagd.", field="municipality")
    audit = Audit.objects.create(year=year, municipality=municipality)
    record("audit.begun", audit, by=by)
    return audit


@transaction.atomic
def remove_audit(audit: Audit, *, by: User):
    """Remove an audit that was registered by mistake. Refused once there is anything in it."""
    rules.check_can_keep(by)
    audit = _locked(audit)
    rules.check_can_remove_audit(audit)
    record("audit.removed", audit, by=by)
    audit.delete()


@transaction.atomic
def change_audit(audit: Audit, *, by: User, **facts) -> Audit:
    """Register what the auditors found: their report, assessment in three dimensions, discharge, their own words."""
    rules.check_can_keep(by)
    audit = _locked(audit)
    if facts.get("received_on"):
        rules.check_has_been(facts["received_on"], "received_on")
    rules.check_discharge(facts.get("discharge", audit.discharge), facts.get("discharge_note", audit.discharge_note))
    for name in facts.keys() & set(AUDIT_FACTS):
        setattr(audit, name, facts[name])
    audit.save()
    record("audit.changed", audit, by=by)
    return audit


@transaction.atomic
def add_finding(audit: Audit, *, by: User, text: str = "", recommendation: str = "") -> Finding:
    """Register an observation, with or without a recommendation (iakttagelse)."""
    rules.check_can_keep(by)
    rules.check_finding(text, recommendation)
    audit = _locked(audit)
    finding = Finding.objects.create(audit=audit, text=text.strip(), recommendation=recommendation.strip())
    record("finding.added", finding, by=by, within=audit)
    return finding


@transaction.atomic
def change_finding(finding: Finding, *, by: User, text: str, recommendation: str) -> Finding:
    rules.check_can_keep(by)
    rules.check_finding(text, recommendation)
    finding = Finding.objects.select_for_update(of=("self",)).select_related("audit").get(pk=finding.pk)
    if finding.recommendation and not recommendation.strip():
        rules.check_can_remove_finding(finding)
    finding.text, finding.recommendation = text.strip(), recommendation.strip()
    finding.save()
    record("finding.changed", finding, by=by, within=finding.audit)
    return finding


@transaction.atomic
def remove_finding(finding: Finding, *, by: User):
    """Remove a finding that was registered by mistake. Refused once a measure answers it."""
    rules.check_can_keep(by)
    finding = Finding.objects.select_for_update(of=("self",)).select_related("audit__municipality").get(pk=finding.pk)
    rules.check_can_remove_finding(finding)
    record("finding.removed", finding, by=by, within=finding.audit)
    finding.delete()


@transaction.atomic
def reply_to_audits(
    audits: Iterable[Audit],
    decided_on: date,
    *,
    by: User,
    paragraph: Paragraph | None = None,
    decision: str = "",
    text: str = "",
) -> AuditReply:
    """Register the board's decision about audits (svara på granskningar): one for each, or one for several."""
    rules.check_can_keep(by)
    rows = Audit.objects.select_for_update(of=("self",)).select_related("municipality", "reply__paragraph")
    found = list(rows.filter(pk__in=[each.pk for each in audits]).order_by("pk"))
    rules.check_can_reply(found, decided_on, paragraph, decision)
    reply = AuditReply.objects.create(
        decided_on=decided_on, paragraph=paragraph, decision=decision.strip(), text=text.strip(), by=by
    )
    for audit in found:
        audit.reply = reply
        audit.save()
        record("audit.answered", audit, by=by, on=str(decided_on), where=str(reply))
    return reply


@transaction.atomic
def change_reply(reply: AuditReply, *, by: User, decided_on: date, paragraph, decision: str, text: str) -> AuditReply:
    """Correct what is registered about a decision. The history keeps what it said."""
    rules.check_can_keep(by)
    reply = AuditReply.objects.select_for_update().get(pk=reply.pk)
    rules.check_can_change_reply(reply, decided_on, paragraph, decision)
    reply.decided_on, reply.paragraph, reply.decision, reply.text = (
        decided_on,
        paragraph,
        decision.strip(),
        text.strip(),
    )
    reply.save()
    for audit in reply.audits.select_related("municipality"):
        record("audit.reply_changed", audit, by=by, where=str(reply))
    return reply


@transaction.atomic
def add_audit_measure(*, by: User, findings: Iterable[Finding], **facts) -> AuditMeasure:
    """Say what is to be done because of recommendations, by whom and by when (åtgärd)."""
    rules.check_can_keep(by)
    findings = list(findings)
    rules.check_measure(facts.get("done_on"), findings)
    measure = AuditMeasure.objects.create(**facts)
    measure.findings.set(findings)
    _tell("audit_measure.added", measure, by, due_on=str(measure.due_on))
    return measure


@transaction.atomic
def change_audit_measure(measure: AuditMeasure, *, by: User, findings: Iterable[Finding], **facts) -> AuditMeasure:
    """Change a measure, or keep that it is done and what became of it."""
    rules.check_can_keep(by)
    findings = list(findings)
    rules.check_measure(facts.get("done_on"), findings)
    measure = AuditMeasure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    was_done = measure.done_on
    for name, value in facts.items():
        setattr(measure, name, value)
    measure.save()
    measure.findings.set(findings)
    _tell("audit_measure.done" if measure.done_on and not was_done else "audit_measure.changed", measure, by)
    return measure


def _tell(verb: str, measure: AuditMeasure, by: User, **data):
    """One event in the trail of each audit that the measure answers."""
    audits = Audit.objects.filter(findings__measures=measure).select_related("municipality").distinct()
    for audit in audits:
        record(verb, measure, by=by, within=audit, **data)


def _locked(audit: Audit) -> Audit:
    return Audit.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=audit.pk)
