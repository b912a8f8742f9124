"""The parts of a board file that belong to the meetings: standard texts, annual wheel, delegation order."""

from decimal import Decimal

from enamnd.organisation.boardfile.reading import Field, day, one_of, text, whole_number, yes_or_no
from enamnd.organisation.boardfile.tables import Table
from enamnd.organisation.models import Body

from .models import DelegationOrder, DelegationPoint, Paragraph, Phrase, StandingItem

KINDS = [("", "Överallt"), *Phrase._meta.get_field("kind").choices]

PHRASES = Table(
    "phrases",
    "standardtexter",
    Phrase,
    (
        Field("label", text, required=True),
        Field("text", text, required=True),
        Field("kind", one_of(KINDS)),
        Field("order", whole_number),
    ),
    known_by=("label",),
    label=lambda row: row.get("label") or "",
)


def month(value) -> int:
    """1 to 12."""
    number = whole_number(value)
    if number is None or not 1 <= number <= 12:
        raise ValueError("skriv månaden som ett tal från 1 till 12")
    return number


def of_one_month(values: dict, references) -> dict:
    """An item that says no last month belongs to its first month alone."""
    return {"last_month": values["first_month"]} | values


def titled(row: dict) -> str:
    return row.get("title") or ""


STANDING_ITEMS = Table(
    "standing_items",
    "stående punkter",
    StandingItem,
    (
        Field("body", text, required=True),
        Field("title", text, required=True),
        Field("first_month", month, required=True),
        Field("last_month", month),
        Field("kind", one_of(Paragraph.Kind)),
        Field("order", whole_number),
        Field("presenter", text),
    ),
    known_by=("body", "title", "first_month"),
    references={"body": Body},
    finish=of_one_month,
    label=titled,
)


def texts(value) -> dict[str, str]:
    """An object whose values are texts."""
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise ValueError("ska vara ett objekt med texter")
    return value


def whole_kronor(value) -> Decimal | None:
    """An amount in whole kronor."""
    number = whole_number(value)
    return None if number is None else Decimal(number)


DELEGATION_ORDERS = Table(
    "delegation_orders",
    "delegationsordningar",
    DelegationOrder,
    (
        Field("body", text, required=True),
        Field("title", text, required=True),
        Field("valid_from", day, required=True),
        Field("valid_until", day),
        Field("decided_text", text, required=True),
        Field("header", texts),
        Field("general_terms", text),
    ),
    known_by=("body", "valid_from"),
    references={"body": Body},
    label=titled,
)


def in_its_order(values: dict, references) -> dict:
    """A point's body and valid_from become the version of the order that it belongs to; points stand as in the file."""
    body, valid_from = values.pop("body"), values.pop("valid_from")
    if not isinstance(body, Body):
        return values | {"order": body}
    order = DelegationOrder.objects.filter(body=body, valid_from=valid_from).first()
    if order is None:
        raise ValueError(f"{body} har ingen delegationsordning från {valid_from}")
    known = order.points.filter(number=values["number"]).values_list("position", flat=True).first()
    return values | {"order": order, "position": known or order.points.count() + 1}


DELEGATION_POINTS = Table(
    "delegation_points",
    "delegationspunkter",
    DelegationPoint,
    (
        Field("body", text, required=True),
        Field("valid_from", day, required=True),
        Field("number", text, required=True),
        Field("text", text, required=True),
        Field("delegate_kind", one_of(DelegationPoint.Delegate), required=True),
        Field("delegate", text, required=True),
        Field("substitute", text),
        Field("limit", text),
        Field("amount_limit", whole_kronor),
        Field("is_urgent", yes_or_no),
    ),
    known_by=("order", "number"),
    references={"body": Body},
    finish=in_its_order,
    label=lambda row: row.get("number") or "",
)
