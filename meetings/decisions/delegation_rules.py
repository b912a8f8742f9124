"""Who may write in the register of delegated decisions, and what is worth a warning there (KL 6 kap. 37-40 §§).

A decision that has been taken is registered as it is: what breaks the order is told and logged, not stopped.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.formats import decimal, grouped
from enamnd.organisation.models import Office, Person
from enamnd.refusal import Refused
from meetings.models import DelegatedDecision, DelegationOrder, DelegationPoint
from meetings.rules import check_can_write

DELEGATES = (
    Office.Role.CHAIR,
    Office.Role.VICE_CHAIR,
    Office.Role.SECOND_VICE_CHAIR,
    Office.Role.COORDINATOR,
)

# What a board may never let anybody else decide (KL 6 kap. 38 §), as a pattern of words and as the law puts it.
NOT_DELEGABLE = (
    (r"\b(mål|inriktning|omfattning|kvalitet)\w*\b.*\bverksamhet|\bverksamhet\w*\s+(mål|inriktning|omfattning|kvalitet)",
     "ärenden om verksamhetens mål, inriktning, omfattning eller kvalitet"),
    (r"\b(framställning|yttrande)\w*\b.*fullmäktige", "framställningar och yttranden till fullmäktige"),
    (r"\byttrande\w*\b.*\böverklag", "yttranden när ett beslut av nämnden eller fullmäktige har överklagats"),
    (r"\bmyndighetsutövning\w*\b.*\b(princip|större vikt)",
     "myndighetsutövning mot enskilda av principiell beskaffenhet eller större vikt"),
    (r"\bmedborgarförslag", "ärenden som har väckts genom medborgarförslag och överlåtits till nämnden"),
    (r"\b(föreskrift|taxa|taxor)\w*\b", "ärenden som enligt särskilda föreskrifter inte får delegeras"),
)  # fmt: skip


# Who may


def check_can_keep_order(by):
    """The delegation order is written by those who write the protocol."""
    check_can_write(by)


def check_can_register(by, person: Person | None = None):
    """Refused unless `by` registers delegated decisions, or holds an office and registers his or her own."""
    if by is not None and by.is_authenticated and not by.may(Permission.TAKE_DELEGATED_DECISIONS) and is_delegate(by):
        if person is None or person == by.person:
            return
        raise Refused("Du kan registrera de beslut som du själv har fattat. Välj dig själv.", field="decided_by")
    check_may(by, Permission.TAKE_DELEGATED_DECISIONS)


def is_delegate(user) -> bool:
    """Whether the account is that of somebody who presides over a body or coordinates its work today."""
    held = Office.objects.valid_on(timezone.localdate()).filter(role__in=DELEGATES)
    return user.person_id is not None and held.filter(person=user.person_id).exists()


# What is refused


def check_is_draft(order: DelegationOrder):
    """An order that has been adopted is what decisions rest on: it is followed by a new one, never changed."""
    if is_adopted(order):
        raise Refused("Delegationsordningen är antagen och ändras inte. Skriv en ny version som gäller efter den.")


def is_adopted(order: DelegationOrder) -> bool:
    return bool(order.decided_in_id or order.decided_text)


def check_decided_on(day: date):
    if day > timezone.localdate():
        raise Refused(f"{long_date(day)} har inte varit än. Skriv dagen då beslutet fattades.", field="decided_on")


def check_urgent(is_urgent: bool, because: str):
    """An urgent decision says why the board's own could not be awaited (KL 6 kap. 39 §)."""
    if is_urgent and not because.strip():
        raise Refused(
            "Skriv varför nämndens beslut inte kunde avvaktas. Det ska framgå av ett brådskande beslut.",
            field="urgent_because",
        )


def check_unreported(decision: DelegatedDecision):
    """What stands in a protocol is changed there first."""
    if decision.reported_in_id:
        raise Refused(
            f"{decision.number} är anmält i {decision.reported_in} och ändras inte. Ta det ur anmälan först, "
            "eller registrera ett nytt beslut som rättar det."
        )


def check_not_voided(decision: DelegatedDecision):
    if decision.voided_because:
        raise Refused(f"{decision.number} är redan makulerat: {decision.voided_because}")


# What is warned about


def not_delegable(text: str) -> tuple[str, ...]:
    """The kinds of matter in `text` that KL 6 kap. 38 § keeps from delegation, as far as its words show."""
    return tuple(what for pattern, what in NOT_DELEGABLE if re.search(pattern, text.lower(), re.DOTALL))


def warnings_about(
    decision: DelegatedDecision, held: Iterable[str], in_the_same_case: Decimal = Decimal(0)
) -> tuple[str, ...]:
    """What does not follow the delegation order, in sentences.

    `held` are the roles that the delegate held that day ("ordförande"); `in_the_same_case` the sum of other decisions
    on the same point in the same case, in kronor: a matter is not split to go round a limit.
    """
    point = decision.point
    if point is None:
        return ("Beslutet vilar inte på någon punkt i delegationsordningen.",)
    said = (
        _out_of_force(point.order, point, decision.decided_on),
        _not_the_delegate(point, {each.lower() for each in held}),
        _too_much(point, decision.amount, in_the_same_case),
        _not_for_urgent(point, decision),
    )
    return tuple(filter(None, said))


def _out_of_force(order: DelegationOrder, point: DelegationPoint, day: date) -> str:
    if not is_adopted(order):
        return f"Punkt {point.number} står i en delegationsordning som inte är antagen."
    if order.valid_from <= day and (order.valid_until is None or day <= order.valid_until):
        return ""
    until = f" till {long_date(order.valid_until)}" if order.valid_until else ""
    return (
        f"Punkt {point.number} gällde inte {long_date(day)}: delegationsordningen gäller från "
        f"{long_date(order.valid_from)}{until}."
    )


def _not_the_delegate(point: DelegationPoint, held: set[str]) -> str:
    """Only delegates that are offices of the body can be tried: others are named in words."""
    known = {label.lower() for label in Office.Role.labels}
    may = {word.strip().lower() for word in (point.delegate, point.substitute) if word.strip()}
    if not may <= known or may & held:
        return ""
    who = point.delegate + (f" (ersättare: {point.substitute.lower()})" if point.substitute else "")
    return f"Punkt {point.number} är delegerad till {who[0].lower()}{who[1:]}, som delegaten inte var den dagen."


def _too_much(point: DelegationPoint, amount: Decimal | None, before: Decimal) -> str:
    if point.amount_limit is None or amount is None:
        return ""
    limit = f"Gränsen i punkt {point.number} är {kronor(point.amount_limit)}"
    if amount > point.amount_limit:
        return f"{limit}, beslutet gäller {kronor(amount)}."
    if amount + before > point.amount_limit:
        return (
            f"{limit}, besluten i ärendet gäller tillsammans {kronor(amount + before)}. Ett ärende får inte delas upp."
        )
    return ""


def _not_for_urgent(point: DelegationPoint, decision: DelegatedDecision) -> str:
    if not decision.is_urgent or point.is_urgent:
        return ""
    return f"Punkt {point.number} ger ingen rätt att besluta i brådskande ärenden (kommunallagen 6 kap. 39 §)."


def kronor(amount: Decimal) -> str:
    """57 300 kr; öre are written only when there are any."""
    written = grouped(int(amount)) if amount == amount.to_integral_value() else decimal(amount, 2)
    return f"{written} kr"
