"""Decisions taken by delegates: registered with a number, corrected until they are reported, or voided."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.documents.models import Case, Document
from enamnd.documents.rules import check_reason
from enamnd.documents.series import next_number
from enamnd.journal.record import record
from enamnd.organisation.models import Body, Person
from meetings.decisions import delegation
from meetings.decisions import delegation_rules as rules

from ..models import DelegatedDecision, DelegationPoint
from ..rules import check_can_write

FACTS = (
    "decided_on",
    "decided_by",
    "capacity",
    "point",
    "subject",
    "decision",
    "amount",
    "case",
    "document",
    "is_urgent",
    "urgent_because",
    "recusal",
)


@transaction.atomic
def register_decision(
    body: Body,
    *,
    decided_on: date,
    decided_by: Person,
    subject: str,
    decision: str,
    point: DelegationPoint | None = None,
    capacity: str = "",
    amount: Decimal | None = None,
    case: Case | None = None,
    document: Document | None = None,
    is_urgent: bool = False,
    urgent_because: str = "",
    recusal: str = "",
    by: User,
) -> DelegatedDecision:
    """Register a delegated decision (registrera ett delegationsbeslut) with the next number of its body and year.

    `amount` is in kronor; `capacity` the role that the delegate had, found in the register when left out; `recusal`
    who stood aside because of jäv. What breaks the delegation order is a warning, kept in the journal. Refused: a day
    to come, and an urgent decision without its reason (KL 6 kap. 39 §).
    """
    rules.check_can_register(by, decided_by)
    made = DelegatedDecision(
        body=body,
        decided_on=decided_on,
        decided_by=decided_by,
        capacity=capacity.strip() or _capacity(decided_by, body, decided_on, point),
        point=point,
        subject=subject.strip(),
        decision=decision.strip(),
        amount=amount,
        case=case,
        document=document,
        is_urgent=is_urgent,
        urgent_because=urgent_because.strip(),
        recusal=recusal.strip(),
        registered_by=by,
    )
    _check(made)
    made.number = _next_number(body, decided_on.year)
    _keep(made, by)
    record("delegated.registered", made, by=by, warnings=list(delegation.warnings_of(made)))
    return made


@transaction.atomic
def change_decision(decision: DelegatedDecision, *, by: User, **facts) -> DelegatedDecision:
    """Correct a decision that has not been reported: any of FACTS. Its number stays, also when the year changes."""
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"Not facts of a delegated decision: {', '.join(sorted(unknown))}")
    row = _locked(decision)
    rules.check_can_register(by, row.decided_by)
    rules.check_can_register(by, facts.get("decided_by", row.decided_by))
    rules.check_unreported(row)
    rules.check_not_voided(row)
    changed = sorted(name for name, value in facts.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, facts[name])
    _check(row)
    if changed:
        _keep(row, by)
        warnings = list(delegation.warnings_of(row))
        record("delegated.changed", row, by=by, changed=changed, warnings=warnings)
    return row


@transaction.atomic
def void_decision(decision: DelegatedDecision, reason: str, *, by: User) -> DelegatedDecision:
    """Void a decision that was registered by mistake (makulera): number and reason stay."""
    check_can_write(by)
    check_reason(reason)
    row = _locked(decision)
    rules.check_not_voided(row)
    rules.check_unreported(row)
    row.voided_because = reason.strip()
    _keep(row, by)
    record("delegated.voided", row, by=by, reason=row.voided_because)
    return row


def _locked(decision: DelegatedDecision) -> DelegatedDecision:
    return DelegatedDecision.objects.select_for_update().get(pk=decision.pk)


def _check(decision: DelegatedDecision):
    rules.check_decided_on(decision.decided_on)
    rules.check_urgent(decision.is_urgent, decision.urgent_because)


def _keep(decision: DelegatedDecision, by: User):
    decision._history_user = by
    decision.save()


def _next_number(body: Body, year: int) -> str:
    """D 12/2026. A second body of the installation adds its own key, for the numbers of all stand in one register."""
    number = f"D {next_number(f'delegated:{body.pk}:{year}')}/{year}"
    return f"{number}-{body.pk}" if DelegatedDecision.objects.filter(number=number).exists() else number


def _capacity(person: Person, body: Body, day: date, point: DelegationPoint | None) -> str:
    """The role that the point asks for, when the delegate held it, else any role that the delegate held."""
    held = delegation.roles_of(person, body, day)
    wanted = [each for each in held if point and each.lower() in (point.delegate.lower(), point.substitute.lower())]
    return next(iter(wanted or held), "")
