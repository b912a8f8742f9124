"""Texts for protocols out of the register of activities: status list, the plan's tables, the adoption matrix."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from enamnd.dates import long_date
from meetings.models import Paragraph
from meetings.text.markup_tree import escaped

from . import adoption, staffing
from .lines import Line, lines_of
from .models import Activity, Adoption, ResourceRequest

STATUS = "STATUS:"
COLUMNS = ("Benämning", "Status", "Tidplan", "Kommentar")
FOOTNOTE = "Tidpunkt anges för aktiviteter där förstudie eller projekt startat, samt uppskattas att avslutas."
BENEFITS = ("Aktivitet", "Verksamhet/Nytta", "Potentiellt utfall", "Resurser")
SIGNS = "¹²³"
TABLES = {
    "project": ("Projekt", (Activity.Kind.PROJECT, Activity.Kind.PROCUREMENT)),
    "management": ("Förvaltning", (Activity.Kind.MANAGEMENT,)),
    "running": ("Löpande verksamhet", (Activity.Kind.RUNNING,)),
}


def reported_activities():
    """What the status list is made of when nothing is chosen."""
    return Activity.objects.filter(is_reported=True, closed_on=None).exclude(kind=Activity.Kind.IDEA)


def status_list(options: dict) -> str:
    """The list of activities, each with its bullets under STATUS: (R149, R269).

    `activities` are keys, in the list's own order (none: all that are reported); `with_empty` keeps those of which
    nothing is told.
    """
    rows = reported_activities()
    if options.get("activities"):
        rows = Activity.objects.filter(pk__in=options["activities"])
    points = [_point(each) for each in lines_of(rows.order_by("position", "name", "pk"))]
    shown = [text for text, is_told in points if is_told or options.get("with_empty")]
    return f"<ul>{''.join(shown)}</ul>" if shown else ""


def _point(line: Line) -> tuple[str, bool]:
    told = list(line.report.lines) if line.report else []
    if line.report and line.report.separate_matter:
        told.append(f"Se separat ärende ({reference_to(line.report.separate_matter)})")
    bullets = "".join(f"<li><p>{escaped(text)}</p></li>" for text in told)
    under = f"<ul>{bullets}</ul>" if bullets else ""
    return f"<li><p>{escaped(line.activity.name_in_list)}</p><p>{STATUS}</p>{under}</li>", bool(told)


def reference_to(paragraph: Paragraph) -> str:
    """§ 12, 2022-06-22: words that the protocol knows for a reference; the title until there is a number."""
    return f"§ {paragraph.number}, {paragraph.meeting.held_on}" if paragraph.number else paragraph.title


def plan_tables(options: dict) -> str:
    """The tables of the operational plan with its four columns and a footnote each (R036, R037)."""
    wanted = [key for key in TABLES if key in options.get("tables", TABLES)]
    rows = Activity.objects.filter(in_plan=True, closed_on=None).order_by("position", "name", "pk")
    found = lines_of(rows)
    parts = []
    for sign, key in zip(SIGNS, wanted, strict=False):
        name, kinds = TABLES[key]
        within = [each for each in found if each.activity.kind in kinds]
        if within:
            parts.append(_plan_table(name, within, sign))
    return "".join(parts)


def _plan_table(name: str, found: Sequence[Line], sign: str) -> str:
    head = [f"{each} {sign}" if each == "Tidplan" else each for each in COLUMNS]
    rows = [(each.activity.name, each.status, each.activity.time_plan, each.activity.comment) for each in found]
    return f"<h4>{escaped(name)}</h4>{table(head, rows)}<p>{sign} {FOOTNOTE}</p>"


def benefit_table(options: dict) -> str:
    """Activities with what they are good for, what they may lead to and who works for them (R312).

    `activities` are keys (none: all that stand in the plan).
    """
    rows = Activity.objects.filter(in_plan=True, closed_on=None)
    if options.get("activities"):
        rows = Activity.objects.filter(pk__in=options["activities"])
    working = Prefetch("assignments", staffing.working(timezone.localdate()))
    asked = Prefetch("requests", ResourceRequest.objects.filter(closed_on=None).order_by("asked_on", "pk"))
    found = list(rows.order_by("position", "name", "pk").prefetch_related(working, asked))
    return table(BENEFITS, map(_benefit, found)) if found else ""


def _benefit(each: Activity) -> tuple[str, ...]:
    benefit = ": ".join(filter(None, (each.area, " ".join(each.benefit.split()))))
    at_work = [f"{work.get_role_display().lower()}, {work.comes_from}" for work in each.assignments.all()]
    asked = [" ".join(filter(None, (request.what, request.extent))) for request in each.requests.all()]
    return each.name, benefit or "–", " ".join(each.potential.split()) or "–", "; ".join(at_work + asked) or "–"


def adoption_table(options: dict) -> str:
    """How far each municipality has come with the chosen activities, on a day (R298)."""
    rows = adoption.shared_activities()
    if options.get("activities"):
        rows = rows.filter(pk__in=options["activities"])
    found = adoption.rows_of(list(rows), adoption.parties())
    if not found:
        return ""
    head = ["Kommun", *(row.activity.name_in_list for row in found)]
    lines = [
        (row_of[0].municipality.name, *(_cell(cell) for cell in row_of))
        for row_of in zip(*(row.cells for row in found), strict=True)
    ]
    sums = ("I drift", *(f"{row.in_use} av {row.taking_part}" for row in found))
    return table(head, [*lines, sums])


def _cell(cell: adoption.Cell) -> str:
    if not cell.state:
        return "Deltar" if cell.takes_part else "–"
    since = f" {_month(cell.since_on)}" if cell.state == Adoption.State.IN_USE else ""
    return f"{cell.words}{since}"


def _month(day: date) -> str:
    return long_date(day).split(" ", 1)[1]


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of protocol text."""
    first = "".join(f"<th><p>{escaped(each)}</p></th>" for each in head)
    body = "".join("<tr>" + "".join(f"<td><p>{escaped(each)}</p></td>" for each in row) + "</tr>" for row in rows)
    return f"<table><tbody><tr>{first}</tr>{body}</tbody></table>"
