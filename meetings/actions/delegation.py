"""The delegation order: a new version is written as a copy of the last, adopted in a paragraph, and then kept."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.documents.issuing import issue_paper
from enamnd.journal.record import record
from enamnd.organisation.models import Body
from enamnd.refusal import Refused
from meetings.decisions import delegation_paper, delegation_rules
from meetings.decisions.delegation import ADOPTED

from ..models import DelegationOrder, DelegationPoint, Paragraph

POINT_FACTS = ("number", "text", "delegate_kind", "delegate", "substitute", "limit", "amount_limit", "is_urgent")


@transaction.atomic
def write_order(body: Body, *, title: str, valid_from: date, by: User) -> DelegationOrder:
    """Begin a new version of the delegation order (delegationsordning) as a copy of the body's latest."""
    delegation_rules.check_can_keep_order(by)
    last = DelegationOrder.objects.filter(body=body).order_by("-valid_from", "-id").first()
    order = DelegationOrder(body=body, title=title.strip(), valid_from=valid_from)
    if last:
        order.header, order.general_terms = dict(last.header), last.general_terms
    _keep(order, by)
    for point in last.points.all() if last else ():
        copied = DelegationPoint(
            order=order, position=point.position, **{name: getattr(point, name) for name in POINT_FACTS}
        )
        _keep(copied, by)
    record("delegation_order.written", order, by=by)
    return order


@transaction.atomic
def change_order(order: DelegationOrder, *, by: User, **facts) -> DelegationOrder:
    """Change title, day, head of the document or general terms of a version that is not adopted."""
    order = _draft(order, by)
    for name, value in facts.items():
        setattr(order, name, value)
    _keep(order, by)
    record("delegation_order.changed", order, by=by)
    return order


@transaction.atomic
def add_point(order: DelegationOrder, *, by: User, **facts) -> DelegationPoint:
    """Put a point last in the order. Refused when its number is taken."""
    order = _draft(order, by)
    _check_number(order, facts["number"])
    last = order.points.aggregate(last=Max("position"))["last"] or 0
    point = DelegationPoint(order=order, position=last + 1, **facts)
    _keep(point, by)
    record("delegation_point.added", point, by=by, within=order, number=point.number)
    return point


@transaction.atomic
def change_point(point: DelegationPoint, *, by: User, **facts) -> DelegationPoint:
    """Change a point of a version that is not adopted."""
    order = _draft(point.order, by)
    _check_number(order, facts["number"], besides=point)
    for name, value in facts.items():
        setattr(point, name, value)
    _keep(point, by)
    record("delegation_point.changed", point, by=by, within=order, number=point.number)
    return point


@transaction.atomic
def remove_point(point: DelegationPoint, *, by: User):
    """Take a point out of a version that is not adopted."""
    order = _draft(point.order, by)
    record("delegation_point.removed", point, by=by, within=order, number=point.number)
    point._history_user = by
    point.delete()


def adopt_order(
    order: DelegationOrder, *, decided_in: Paragraph | None = None, decided_text: str = "", by: User
) -> DelegationOrder:
    """Say in which paragraph the version was adopted (anta). It is issued as a paper and never changes again.

    The version before it ends the day before this one begins. Refused without points, without the decision, and when
    an adopted version begins on the same day or later. Drawn before the transaction that keeps it; when the version has
    changed meanwhile, nothing is kept.
    """
    delegation_rules.check_can_keep_order(by)
    order = DelegationOrder.objects.select_related("body").get(pk=order.pk)
    delegation_rules.check_is_draft(order)
    _check_can_adopt(order, decided_in, decided_text)
    order.decided_in, order.decided_text = decided_in, decided_text.strip()
    drawn = delegation_paper.compose_order(order)
    return _adopt(order, drawn, delegation_paper.order_pdf(drawn), by)


@transaction.atomic
def _adopt(read: DelegationOrder, drawn: delegation_paper.OrderPaper, content: bytes, by: User) -> DelegationOrder:
    order = _draft(read, by)
    _check_can_adopt(order, read.decided_in, read.decided_text)
    order.decided_in, order.decided_text = read.decided_in, read.decided_text
    if not delegation_paper.is_same(drawn, delegation_paper.compose_order(order)):
        raise Refused("Delegationsordningen har just ändrats. Se efter vad som är nytt och anta den igen.")
    earlier = DelegationOrder.objects.filter(ADOPTED, body=order.body)
    for before in earlier.select_for_update().valid_on(order.valid_from):
        before.valid_until = order.valid_from - timedelta(days=1)
        _keep(before, by)
    _keep(order, by)
    issue_paper(content, kind="delegation_order", title=order.title, subject=order, by=by, is_public=True)
    record("delegation_order.adopted", order, by=by, valid_from=order.valid_from.isoformat())
    return order


def _check_can_adopt(order: DelegationOrder, decided_in: Paragraph | None, decided_text: str):
    if decided_in is None and not decided_text.strip():
        raise Refused("Välj paragrafen där den antogs, eller skriv datum och paragraf.", field="decided_in")
    if not order.points.exists():
        raise Refused("Delegationsordningen har inga punkter. Lägg till dem innan den antas.")
    later = DelegationOrder.objects.filter(ADOPTED, body=order.body, valid_from__gte=order.valid_from).first()
    if later:
        raise Refused(
            f"En antagen delegationsordning gäller redan från {long_date(later.valid_from)}. "
            "Låt den nya gälla från en senare dag.",
            field="valid_from",
        )


def _check_number(order: DelegationOrder, number: str, besides: DelegationPoint | None = None):
    if order.points.filter(number=number).exclude(pk=besides.pk if besides else None).exists():
        raise Refused(f"Punkt {number} finns redan. Ge den nya ett annat nummer.", field="number")


def _draft(order: DelegationOrder, by: User) -> DelegationOrder:
    delegation_rules.check_can_keep_order(by)
    order = DelegationOrder.objects.select_for_update(of=("self",)).select_related("body").get(pk=order.pk)
    delegation_rules.check_is_draft(order)
    return order


def _keep(row, by: User):
    row._history_user = by
    row.save()
