"""The verbs of agreements: kept, prolonged, called off from."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality

from .. import agreement_rules, rules
from ..models import Agreement, CallOff, ProcurementStep, ProlongOption

FACTS = (
    *("name", "kind", "supplier", "activity", "case", "value", "valid_from", "valid_until", "for_municipalities"),
    *("for_companies", "for_foundations", "terms", "followed_up_by", "follow_up_on", "ended_because"),
)


@transaction.atomic
def add_agreement(*, by: User, **facts) -> Agreement:
    """Register an agreement, or one that is being procured (nytt avtal)."""
    rules.check_can_keep(by)
    agreement_rules.check_agreement(facts.get("valid_from"), facts.get("valid_until"))
    agreement = Agreement.objects.create(**facts)
    record("agreement.added", agreement, by=by)
    return agreement


@transaction.atomic
def change_agreement(agreement: Agreement, *, by: User, seen: int | None = None, **facts) -> Agreement:
    """Change facts of an agreement. `seen` is the version that the form began from; refused when there is a newer."""
    rules.check_can_keep(by)
    agreement = _locked(agreement)
    agreement_rules.check_not_changed_since(agreement, seen)
    for name, value in facts.items():
        setattr(agreement, name, value)
    agreement_rules.check_agreement(agreement.valid_from, agreement.valid_until)
    agreement.save()
    record("agreement.changed", agreement, by=by)
    return agreement


@transaction.atomic
def add_option(agreement: Agreement, until: date, say_by: date, *, by: User) -> ProlongOption:
    """Keep a right to prolong (förlängningsoption)."""
    rules.check_can_keep(by)
    agreement = _locked(agreement)
    agreement_rules.check_option(agreement, until, say_by)
    option = ProlongOption.objects.create(agreement=agreement, until=until, say_by=say_by)
    record("agreement.option_added", agreement, by=by, until=str(until))
    return option


@transaction.atomic
def answer_option(option: ProlongOption, is_used: bool, day: date, decision: str = "", *, by: User) -> ProlongOption:
    """Use an option (förläng), or let it go."""
    rules.check_can_keep(by)
    option = ProlongOption.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=option.pk)
    agreement_rules.check_can_answer(option, day)
    option.used_on, option.declined_on = (day, None) if is_used else (None, day)
    option.decision = decision.strip()
    option.save()
    verb = "agreement.prolonged" if is_used else "agreement.not_prolonged"
    record(verb, option.agreement, by=by, until=str(option.until))
    return option


@transaction.atomic
def add_step(agreement: Agreement, kind: str, on: date, note: str = "", *, by: User) -> ProcurementStep:
    """Keep what has happened in the procurement (upphandlingens gång)."""
    rules.check_can_keep(by)
    rules.check_has_been(on, "on")
    step = ProcurementStep.objects.create(agreement=agreement, kind=kind, on=on, note=note.strip())
    record("agreement.step_added", agreement, by=by, step=step.get_kind_display().lower())
    return step


@transaction.atomic
def add_call_off(
    agreement: Agreement,
    municipality: Municipality,
    called_on: date,
    what: str,
    *,
    by: User,
    caller: str = CallOff.Caller.MUNICIPALITY,
    company: str = "",
    value: int | None = None,
) -> CallOff:
    """Keep what somebody has called off (avrop). `value` is in whole kronor."""
    rules.check_can_keep(by)
    agreement = _locked(agreement)
    agreement_rules.check_call_off(agreement, caller, company, called_on, timezone.localdate())
    made = CallOff.objects.create(
        agreement=agreement,
        municipality=municipality,
        caller=caller,
        company=company.strip(),
        called_on=called_on,
        what=what.strip(),
        value=value,
    )
    record("agreement.called_off", agreement, by=by, who=company.strip() or municipality.name)
    return made


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
