"""The delegation order and the register of delegated decisions, as pages and papers read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from enamnd.dates import long_date
from enamnd.organisation.models import Body, Office, Person
from enamnd.search import matching
from meetings.decisions import delegation_rules
from meetings.models import DelegatedDecision, DelegationOrder, DelegationPoint, Meeting

ADOPTED = Q(decided_in__isnull=False) | ~Q(decided_text="")
HEADER = (
    "Dokumenttyp",
    "Ärendenummer",
    "Fastställt",
    "Giltighetstid",
    "Dokumentansvarig",
    "Tidigare reviderad",
    "Beslutsinstans",
    "Dokumentet gäller för",
)


@dataclass(frozen=True)
class State:
    """Where a version of the order stands, in a word and a tone for the tag."""

    word: str
    tone: str


def orders() -> QuerySet[DelegationOrder]:
    """All versions, the latest first."""
    return DelegationOrder.objects.select_related("body", "decided_in__meeting").order_by("-valid_from", "-id")


def order_in_force(day: date, body: Body | None = None) -> DelegationOrder | None:
    """The adopted order that holds on `day`."""
    found = DelegationOrder.objects.valid_on(day).filter(ADOPTED)
    if body is not None:
        found = found.filter(body=body)
    return found.select_related("body", "decided_in__meeting").order_by("-valid_from", "-id").first()


def state_of(order: DelegationOrder, today: date) -> State:
    if not delegation_rules.is_adopted(order):
        return State("utkast", "soon")
    if order.valid_from > today:
        return State(f"gäller från {long_date(order.valid_from)}", "soon")
    if order.valid_until and order.valid_until < today:
        return State(f"gällde till {long_date(order.valid_until)}", "")
    return State("gäller", "ok")


def adopted_in(order: DelegationOrder) -> str:
    """17 juni 2026 § 12, or as it was written where the paragraph is not in the portal."""
    if order.decided_in:
        return f"{long_date(order.decided_in.meeting.held_on)} {order.decided_in.label}"
    return order.decided_text


def points_to_choose(body: Body | None = None) -> QuerySet[DelegationPoint]:
    """Points of adopted orders, those of the latest order first."""
    adopted = DelegationOrder.objects.filter(ADOPTED)
    found = DelegationPoint.objects.filter(order__in=adopted).select_related("order")
    if body is not None:
        found = found.filter(order__body=body)
    return found.order_by("-order__valid_from", "order_id", "position", "id")


# Decisions


def register_of(year: int | None = None, words: str = "", state: str = "") -> QuerySet[DelegatedDecision]:
    """The register, the latest first. `state` is "unreported", "urgent" or nothing."""
    found = DelegatedDecision.objects.select_related("decided_by", "point", "case", "reported_in__meeting", "body")
    if year:
        found = found.filter(decided_on__year=year)
    if words:
        found = found.filter(matching(words, "number", "subject", "decision", "decided_by__name", "case__number"))
    if state == "unreported":
        found = found.filter(UNREPORTED)
    if state == "urgent":
        found = found.filter(is_urgent=True)
    return found


UNREPORTED = Q(reported_in__isnull=True, voided_because="")


def years() -> list[int]:
    found = DelegatedDecision.objects.dates("decided_on", "year", order="DESC")
    return [each.year for each in found]


def to_report(meeting: Meeting) -> QuerySet[DelegatedDecision]:
    """Decisions that have not been reported and were taken no later than the meeting, in order of time (KL 6:40)."""
    waiting = DelegatedDecision.objects.filter(UNREPORTED, body=meeting.body_id, decided_on__lte=meeting.held_on)
    return waiting.select_related("decided_by", "point").order_by("decided_on", "id")


def warnings_of(decision: DelegatedDecision) -> tuple[str, ...]:
    """What does not follow the delegation order in a decision, saved or about to be."""
    held = roles_of(decision.decided_by, decision.body, decision.decided_on)
    return delegation_rules.warnings_about(decision, held, _in_the_same_case(decision))


def roles_of(person: Person, body: Body, day: date) -> list[str]:
    """The roles that somebody holds in the body on `day`, as they are printed."""
    held = Office.objects.valid_on(day).filter(body=body, person=person)
    return [each.get_role_display() for each in held]


def _in_the_same_case(decision: DelegatedDecision) -> Decimal:
    """What other decisions on points of the same number in the same case come to, in kronor."""
    if decision.case_id is None or decision.point is None:
        return Decimal(0)
    others = DelegatedDecision.objects.filter(
        case=decision.case_id, point__number=decision.point.number, voided_because=""
    ).exclude(pk=decision.pk)
    return others.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def by_order(points: Iterable[DelegationPoint]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Points as choices under the name of their order."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for each in points:
        name = f"{each.order.title}, från {long_date(each.order.valid_from)}"
        groups.setdefault(name, []).append((each.pk, point_name(each)))
    return list(groups.items())


def point_name(point: DelegationPoint) -> str:
    """3.2 Inköp inom budget (samordnare)."""
    text = point.text if len(point.text) <= 90 else f"{point.text[:88].rstrip()} …"
    return f"{point.number} {text} ({point.delegate.lower()})"
