"""The verbs of agreements: kept, prolonged, called off from."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

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
    record("agreement.option_added", agreement, by=by, until=long_date(until))
    return option


@transaction.atomic
def answer_option(option: ProlongOption, is_used: bool, day: date, decision: str = "", *, by: User) -> ProlongOption:
    """Use an option (förläng), or let it go."""
    rules.check_can_keep(by)
    option = _row(option)
    agreement_rules.check_can_answer(option, day)
    option.used_on, option.declined_on = (day, None) if is_used else (None, day)
    option.decision = decision.strip()
    option.save()
    verb = "agreement.prolonged" if is_used else "agreement.not_prolonged"
    record(verb, option.agreement, by=by, until=long_date(option.until))
    return option


@transaction.atomic
def withdraw_answer(option: ProlongOption, *, by: User) -> ProlongOption:
    """Take back what was said of an option (ta tillbaka svaret). The history keeps it."""
    rules.check_can_keep(by)
    option = _row(option)
    agreement_rules.check_is_answered(option)
    option.used_on, option.declined_on, option.decision = None, None, ""
    option.save()
    record("agreement.answer_withdrawn", option.agreement, by=by, until=long_date(option.until))
    return option


@transaction.atomic
def change_option(option: ProlongOption, until: date, say_by: date, *, by: User) -> ProlongOption:
    """Correct the days of an option that nobody has answered."""
    rules.check_can_keep(by)
    option = _row(option)
    agreement_rules.check_is_unanswered(option)
    agreement_rules.check_option(option.agreement, until, say_by, option)
    option.until, option.say_by = until, say_by
    option.save()
    record("agreement.option_changed", option.agreement, by=by, until=long_date(until))
    return option


@transaction.atomic
def remove_option(option: ProlongOption, *, by: User):
    """Take away an option that was put in by mistake. The history keeps it."""
    rules.check_can_keep(by)
    option = _row(option)
    agreement_rules.check_is_unanswered(option)
    record("agreement.option_removed", option.agreement, by=by, until=long_date(option.until))
    option.delete()


@transaction.atomic
def add_step(agreement: Agreement, kind: str, on: date, note: str = "", *, by: User) -> ProcurementStep:
    """Keep what has happened in the procurement (upphandlingens gång)."""
    rules.check_can_keep(by)
    rules.check_has_been(on, "on")
    step = ProcurementStep.objects.create(agreement=agreement, kind=kind, on=on, note=note.strip())
    record("agreement.step_added", agreement, by=by, step=step.get_kind_display().lower())
    return step


@transaction.atomic
def change_step(step: ProcurementStep, kind: str, on: date, note: str = "", *, by: User) -> ProcurementStep:
    """Correct a step of a procurement."""
    rules.check_can_keep(by)
    rules.check_has_been(on, "on")
    step = _row(step)
    step.kind, step.on, step.note = kind, on, note.strip()
    step.save()
    record("agreement.step_changed", step.agreement, by=by, step=step.get_kind_display().lower())
    return step


@transaction.atomic
def remove_step(step: ProcurementStep, *, by: User):
    """Take away a step that was put in by mistake. The history keeps it."""
    rules.check_can_keep(by)
    step = _row(step)
    record("agreement.step_removed", step.agreement, by=by, step=step.get_kind_display().lower())
    step.delete()


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
    made = CallOff(agreement=_locked(agreement))
    facts = {"municipality": municipality, "called_on": called_on, "what": what, "caller": caller, "company": company}
    _keep_call_off(made, facts | {"value": value})
    record("agreement.called_off", made.agreement, by=by, who=made.who)
    return made


@transaction.atomic
def change_call_off(call_off: CallOff, *, by: User, **facts) -> CallOff:
    """Correct a call-off; `facts` as add_call_off takes them."""
    rules.check_can_keep(by)
    call_off = _row(call_off)
    _keep_call_off(call_off, facts)
    record("agreement.call_off_changed", call_off.agreement, by=by, who=call_off.who)
    return call_off


@transaction.atomic
def remove_call_off(call_off: CallOff, *, by: User):
    """Take away a call-off that was put in by mistake. The history keeps it."""
    rules.check_can_keep(by)
    call_off = _row(call_off)
    record("agreement.call_off_removed", call_off.agreement, by=by, who=call_off.who, what=call_off.what)
    call_off.delete()


def _keep_call_off(call_off: CallOff, facts: dict):
    for name, value in facts.items():
        setattr(call_off, name, value.strip() if isinstance(value, str) else value)
    caller, company, today = call_off.caller, call_off.company, timezone.localdate()
    agreement_rules.check_call_off(call_off.agreement, caller, company, call_off.called_on, today)
    call_off.save()


def _row(row):
    """A row of an agreement, locked; refused when somebody has just taken it away."""
    found = type(row).objects.select_for_update(of=("self",)).select_related("agreement").filter(pk=row.pk).first()
    if found is None:
        raise Refused("Någon har just tagit bort raden.")
    return found


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
