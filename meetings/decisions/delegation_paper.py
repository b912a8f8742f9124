"""The delegation order as a paper: composed as frozen values, printed once."""

from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.documents import pdf
from enamnd.organisation.current import current_board
from meetings.decisions import delegation, delegation_rules
from meetings.models import DelegationOrder, DelegationPoint


@dataclass(frozen=True)
class PaperPoint:
    """A row of the list: number, matter, delegate (with substitute on a line of its own), limit."""

    number: str
    text: str
    delegate: str
    substitute: str
    limit: str


@dataclass(frozen=True)
class OrderPaper:
    """A whole delegation order, ready to print. `head` are labels and texts of the document's head (R197)."""

    board_name: str
    title: str
    head: tuple[tuple[str, str], ...]
    general_terms: tuple[str, ...]
    points: tuple[PaperPoint, ...]
    created_at: str
    is_draft: bool


def compose_order(order: DelegationOrder) -> OrderPaper:
    """The order with its head, general terms and points, as it stands now."""
    board = current_board()
    return OrderPaper(
        board_name=board.name,
        title=order.title,
        head=head_of(order),
        general_terms=tuple(filter(None, map(str.strip, order.general_terms.split("\n")))),
        points=tuple(_point(each) for each in order.points.all()),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        is_draft=not delegation_rules.is_adopted(order),
    )


def head_of(order: DelegationOrder) -> tuple[tuple[str, str], ...]:
    """The rows of the document's head: what the portal knows, and what is written by hand."""
    until = f" till {long_date(order.valid_until)}" if order.valid_until else " tills vidare"
    known = {
        "Dokumenttyp": "Delegationsordning",
        "Fastställt": delegation.adopted_in(order) or "inte antagen",
        "Giltighetstid": f"från {long_date(order.valid_from)}{until}",
        "Beslutsinstans": order.body.name,
    }
    written = {key: str(value).strip() for key, value in order.header.items() if str(value).strip()}
    both = known | written
    more = [key for key in both if key not in delegation.HEADER]
    return tuple((key, both[key]) for key in (*delegation.HEADER, *more) if key in both)


def _point(point: DelegationPoint) -> PaperPoint:
    limits = [point.limit] if point.limit else []
    if point.amount_limit is not None:
        limits.append(f"Högst {delegation_rules.kronor(point.amount_limit)}")
    if point.is_urgent:
        limits.append("Brådskande ärenden, kommunallagen 6 kap. 39 §")
    return PaperPoint(point.number, point.text, point.delegate, point.substitute, ". ".join(limits))


def is_same(drawn: OrderPaper, now: OrderPaper) -> bool:
    """Whether nothing but the time of drawing differs."""
    return replace(drawn, created_at="") == replace(now, created_at="")


def order_pdf(paper: OrderPaper) -> bytes:
    """The order as PDF/A-2a and PDF/UA-1."""
    sheets = (pdf.PRINT, "css/print-draft.css") if paper.is_draft else (pdf.PRINT,)
    return pdf.render_pdf(render_to_string("print/delegation.html", {"paper": paper}), sheets=sheets)
