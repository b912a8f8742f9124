"""What must hold of agreements, options and call-offs."""

from datetime import date

from enamnd.dates import long_date
from enamnd.refusal import Refused

from .agreements import line_of
from .models import Agreement, CallOff, ProlongOption
from .rules import check_has_been
from .time_plans import check_order


def check_agreement(valid_from: date | None, valid_until: date | None):
    check_order(valid_from, valid_until, field="valid_until")


def check_not_changed_since(agreement: Agreement, seen: int | None):
    """Refused when somebody has saved the agreement since the form was opened at the version `seen`."""
    latest = agreement.history.select_related("history_user").first()
    if seen is None or latest is None or latest.pk == seen:
        return
    raise Refused(
        f"{latest.history_user or 'Någon'} har ändrat avtalet medan du skrev. Det du skrev står kvar här. Se efter på "
        "avtalets sida och spara en gång till om det är din text som ska gälla."
    )


def check_option(agreement: Agreement, until: date, say_by: date, changed: ProlongOption | None = None):
    """Refused for an option that prolongs nothing, or that is to be used after the agreement has ended.

    `changed` is the option that is changed, None for a new one.
    """
    if agreement.valid_until is None:
        raise Refused("Avtalet har ingen sista dag att förlänga. Skriv in den först.")
    if until <= agreement.valid_until:
        raise Refused(f"Avtalet gäller redan till {long_date(agreement.valid_until)}.", field="until")
    if say_by >= until:
        raise Refused("Sista dagen att säga till måste ligga före den nya sista dagen.", field="say_by")
    if agreement.options.filter(until=until).exclude(pk=changed and changed.pk).exists():
        raise Refused(f"Avtalet har redan en option att förlänga till {long_date(until)}.", field="until")


def check_is_unanswered(option: ProlongOption):
    if option.used_on or option.declined_on:
        raise Refused("Optionen är redan utnyttjad eller avböjd. Ta tillbaka svaret först om det är fel.")


def check_is_answered(option: ProlongOption):
    if not (option.used_on or option.declined_on):
        raise Refused("Optionen har inget svar att ta tillbaka.")


def check_can_answer(option: ProlongOption, day: date):
    """Refused when it is answered already, or when the last day to say so had passed."""
    check_is_unanswered(option)
    check_has_been(day, "day")
    if day > option.say_by:
        raise Refused(
            f"Sista dagen att säga till var {long_date(option.say_by)}. Skriv den dag då det sades, om det var före.",
            field="day",
        )


def check_call_off(agreement: Agreement, caller: str, company: str, called_on: date, today: date):
    """Refused for those who may not call off, and outside the time of the agreement."""
    may = {
        CallOff.Caller.MUNICIPALITY: agreement.for_municipalities,
        CallOff.Caller.COMPANY: agreement.for_companies,
        CallOff.Caller.FOUNDATION: agreement.for_foundations,
    }
    if not may[CallOff.Caller(caller)]:
        raise Refused(f"{CallOff.Caller(caller).label} får inte avropa från avtalet.", field="caller")
    if caller != CallOff.Caller.MUNICIPALITY and not company.strip():
        raise Refused("Skriv vad bolaget eller stiftelsen heter.", field="company")
    check_has_been(called_on, "called_on")
    last_day = line_of(agreement, today).last_day
    if agreement.valid_from and called_on < agreement.valid_from:
        raise Refused(f"Avtalet började gälla {long_date(agreement.valid_from)}.", field="called_on")
    if last_day and called_on > last_day:
        raise Refused(f"Avtalet gick ut {long_date(last_day)}. Efter den dagen kan inget avropas.", field="called_on")
