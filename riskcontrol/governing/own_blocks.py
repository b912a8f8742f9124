"""The blocks that governing documents have of their own: approval, editions, references, seats, pictures."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.organisation.models import Body, Mandate, Office
from meetings.models import Meeting, Paragraph, PlannedDay, StandingItem
from meetings.planning import wheel_picture
from meetings.planning.wheel import span_of
from meetings.text.markup_tree import escaped
from projects import model_picture
from projects.blocks import table
from projects.models import OutsideOrganisation
from projects.process import model_of, phases_in_use

from .. import matrix
from ..blocks import risk_matrix
from ..marks import marks_of
from ..models import ControlPlan, GoverningDocument
from .living import Drawn, OwnBlock, register_own

EDITION_COLUMNS = ("Utgåva", "Datum", "Kommentar")
MEETING_COLUMNS = ("Möte", "Ämnesområde", "Föredragande")
REFERENCE_COLUMNS = ("Ref.nr", "Dokumentnamn och dokumentbeteckning", "Utgåva, datum")


def day_of(document: GoverningDocument) -> date:
    """The day of the document's year that is nearest to now: whose names and seats are its own."""
    return min(max(timezone.localdate(), date(document.year, 1, 1)), date(document.year, 12, 31))


def approval(document: GoverningDocument, options: dict) -> Drawn:
    """The approval lines of the kind, with the names of the document's year (R005, R006)."""
    kind = document.kind
    if not kind.approvers:
        return _missing(f"{kind.name} har inga rader för godkännande.")
    signers = tuple((row["label"], _name_of_office(row["role"], day_of(document))) for row in kind.approvers)
    return Drawn("", "", words=kind.approval_words or "Godkänd av:", signers=signers)


def _name_of_office(role: str, day: date) -> str:
    offices = Office.objects.filter(role=role, body__kind=Body.Kind.BOARD).valid_on(day)
    found = offices.select_related("person").order_by("-valid_from").first()
    return found.person.name if found else ""


def without_names(drawn: Drawn) -> list[str]:
    """The labels of approval lines that nobody holds the office of."""
    return [label for label, name in drawn.signers if not name]


def editions(document: GoverningDocument, options: dict) -> Drawn:
    """The edition history as a table (R208)."""
    rows = [(str(each.number), str(each.dated_on), each.comment) for each in document.editions.all()]
    return Drawn("", "", html=table(EDITION_COLUMNS, rows) if rows else "")


def references(document: GoverningDocument, options: dict) -> Drawn:
    """The references as a table."""
    rows = [(str(number), each.name, each.edition) for number, each in enumerate(document.references.all(), 1)]
    return Drawn("", "", html=table(REFERENCE_COLUMNS, rows) if rows else "")


def organisation(document: GoverningDocument, options: dict) -> Drawn:
    """Who sits where in the bodies of the document's year: for the board by municipality, for others who leads them."""
    day = day_of(document)
    bodies = list(Body.objects.valid_on(day).prefetch_related("offices__person").order_by("name"))
    boards = [each for each in bodies if each.kind == Body.Kind.BOARD]
    others = [each for each in bodies if each.kind not in (Body.Kind.BOARD, Body.Kind.STRATEGY_DAY, Body.Kind.TRAINING)]
    parts = [_seats(each, day) for each in boards]
    if others:
        parts.append(table(("Organ", "Slag", "Leds av"), [_body_row(each, day) for each in others]))
    return Drawn("", "", html="".join(parts))


def _seats(body: Body, day: date) -> str:
    mandates = Mandate.objects.filter(seat__body=body).valid_on(day).select_related("person", "seat__municipality")
    held: dict[str, dict[str, list[str]]] = {}
    for each in mandates.order_by("seat__municipality__name", "seat__order"):
        row = held.setdefault(each.seat.municipality.name, {"member": [], "substitute": []})
        row[each.seat.kind].append(each.name_with_party)
    if not held:
        return ""
    rows = [(name, ", ".join(row["member"]) or "–", ", ".join(row["substitute"]) or "–") for name, row in held.items()]
    return table(("Part", "Ledamot", "Ersättare"), rows)


def _body_row(body: Body, day: date) -> tuple[str, str, str]:
    chairs = [
        each.person.name
        for each in body.offices.all()
        if each.role == Office.Role.CHAIR
        and each.valid_from <= day
        and (each.valid_until is None or each.valid_until >= day)
    ]
    return body.name, body.get_kind_display(), ", ".join(chairs) or "–"


def outside(document: GoverningDocument, options: dict) -> Drawn:
    """The organisations outside the board that it works with in the document's year, as a list (R012)."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gte=date(document.year, 1, 1))
    rows = OutsideOrganisation.objects.filter(ended)
    points = [f"{each.name}: {each.role}" if each.role else each.name for each in rows]
    html = "".join(f"<li><p>{escaped(each)}</p></li>" for each in points)
    return Drawn("", "", html=f"<ul>{html}</ul>" if html else "")


def wheel(document: GoverningDocument, options: dict) -> Drawn:
    """The board's annual wheel as a picture, with the table that says what its numbers are."""
    body = Body.objects.filter(kind=Body.Kind.BOARD).valid_on(day_of(document)).order_by("pk").first()
    items = list(body.standing_items.filter(retired_on=None).order_by("first_month", "order", "pk")) if body else []
    if not items:
        return _missing("Årshjulet har inga punkter. Lägg upp dem under Sammanträden, Årshjul.")
    drawn = [(each.title, span_of(each), each.kind == Paragraph.Kind.DECISION) for each in items]
    days = Meeting.objects.filter(body=body, held_on__year=document.year).order_by("held_on")
    picture = wheel_picture.picture(drawn, list(days.values_list("held_on", flat=True)))
    svg = render_to_string("print/wheel.svg", {"picture": picture, "year": document.year})
    rows = [(str(number), each.title, span_of(each).name) for number, each in enumerate(items, 1)]
    alt = f"Årshjul för {body}: tolv månader medsols med numrerade bågar. Tabellen efter bilden säger vad numren är."
    return Drawn("", "", html=table(("Nr", "Punkt", "Månader"), rows), picture=svg, alt=alt)


def project_model(document: GoverningDocument, options: dict) -> Drawn:
    """The board's phases as a picture, with who owns each and where its role ends, and the same as a table (R033)."""
    model = model_of(phases_in_use())
    if not model:
        return _missing("Nämnden har inga faser. Lägg upp dem under Projekt, Faser.")
    svg = render_to_string("projects/parts/model_picture.html", {"picture": model_picture.picture(model)})
    rows = [(each.name, each.gate or "–", each.owner or "–") for each in model]
    words = model_picture.in_words(model)
    html = (f"<p>{escaped(words)}</p>" if words else "") + table(("Fas", "Beslutspunkt", "Ägare"), rows)
    alt = "Projektmodellen: faserna i ordning med beslutspunkter och ägare. Tabellen efter bilden har samma uppgifter."
    return Drawn("", "", html=html, picture=svg, alt=alt)


def matrix_picture(document: GoverningDocument, options: dict) -> Drawn:
    """The risk matrix of the year's plan as a picture, with its table."""
    plan = ControlPlan.objects.filter(year=document.year).select_related("scale").first()
    risks = list(plan.risks.filter(item__isnull=False).exclude(likelihood=None).order_by("number")) if plan else []
    if not plan or plan.scale_id is None or not risks:
        return _missing(f"Det finns ingen internkontrollplan för {document.year} med bedömda risker.")
    picture = matrix.picture(plan.scale.scale, marks_of(risks))
    svg = render_to_string("riskcontrol/parts/matrix.html", {"picture": picture, "base": ""})
    alt = "Riskmatris med sannolikhet åt höger och konsekvens uppåt. Tabellen efter bilden har samma uppgifter."
    return Drawn("", "", html=risk_matrix({"plan": plan.pk}), picture=svg, alt=alt)


def meeting_plan(document: GoverningDocument, options: dict) -> Drawn:
    """The year's planned meetings with the subjects of their months, and who presents them where the wheel says so.

    A meeting without a subject stays in it (R325, R326).
    """
    planned = PlannedDay.objects.filter(plan__year=document.year, plan__body__kind=Body.Kind.BOARD)
    days = list(planned.filter(cancelled_because="").select_related("plan__body").order_by("held_on"))
    bodies = {each.plan.body for each in days}
    items = {body: list(body.standing_items.filter(retired_on=None)) for body in bodies}
    found = [(each, list(_subjects(each.held_on.month, items[each.plan.body]))) for each in days]
    rows = [
        (long_date(day.held_on), _told(each.title for each in subjects), _told(each.presenter for each in subjects))
        for day, subjects in found
    ]
    if not any(presenters for _, _, presenters in rows):
        return Drawn("", "", html=table(MEETING_COLUMNS[:2], [row[:2] for row in rows]) if rows else "")
    return Drawn("", "", html=table(MEETING_COLUMNS, rows))


def _subjects(month: int, items: Iterable[StandingItem]) -> Iterator[StandingItem]:
    for each in items:
        span = span_of(each)
        if month in span.months and not span.is_whole_year:
            yield each


def _told(words: Iterable[str]) -> str:
    """Each once, in order."""
    return ", ".join(dict.fromkeys(filter(None, words)))


def _missing(sentence: str) -> Drawn:
    return Drawn("", "", missing=sentence)


def register():
    """Offer them all; called when the app starts."""
    for key, name, draw in (
        ("approval", "Godkännande med underskriftsrader", approval),
        ("editions", "Utgåvehistorik", editions),
        ("references", "Referenser", references),
        ("organisation", "Organ och platser", organisation),
        ("outside", "Andra organisationer", outside),
        ("wheel", "Årshjul, bild och tabell", wheel),
        ("project_model", "Projektmodell, bild och tabell", project_model),
        ("matrix_picture", "Riskmatris, bild och tabell", matrix_picture),
        ("meeting_plan", "Årets möten med ämnen", meeting_plan),
    ):
        register_own(OwnBlock(key, name, draw))
