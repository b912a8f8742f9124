"""Meetings with paragraphs and attendance: planned, called and held."""

from datetime import date, time, timedelta

from django.utils import timezone

from enamnd.documents.issuing import issue_paper
from enamnd.organisation.models import Body, Seat
from meetings.models import (
    Adjuster,
    Attendance,
    Call,
    ChairPeriod,
    Meeting,
    Moment,
    Paragraph,
    PlannedDay,
    StandingItem,
    YearPlan,
)
from meetings.text import sections

from .accounts import user
from .organisation import body, municipality, person, seat
from .serial import numbers


def meeting(paragraphs: int = 0, attendance: int = 0, **fields) -> Meeting:
    """A meeting on 22 June 2022 with so many paragraphs (unnumbered) and so many rows of attendance (unmarked)."""
    of = fields.pop("body", None) or body()
    defaults = {"held_on": date(2022, 6, 22), "starts_at": time(9), "ends_at": time(12), "place": "Sessionssalen"}
    made = Meeting.objects.create(body=of, **defaults | fields)
    for _ in range(paragraphs):
        paragraph(made)
    for number in range(attendance):
        attend(made, seat_kind=(Seat.Kind.MEMBER, Seat.Kind.SUBSTITUTE)[number % 2])
    return made


def paragraph(of: Meeting | None = None, title: str | None = None, **fields) -> Paragraph:
    """The next paragraph of a meeting, with the standard sections, empty."""
    of = of or meeting()
    position = fields.pop("position", of.paragraphs.count() + 1)
    defaults = {
        "body": of.body,
        "year": of.year,
        "title": title or f"Ärende nummer {position}",
        "sections": sections.to_json(sections.starting_sections()),
    }
    return Paragraph.objects.create(meeting=of, position=position, **defaults | fields)


def text_section(html: str, heading: str = "Sammanfattning av ärendet") -> dict:
    """A section of text as a paragraph keeps it."""
    return sections.to_json((sections.new_section(sections.TEXT, heading, html=html),))[0]


def decision(*items: str, heading: str = "Beslut") -> dict:
    """A decision in points as a paragraph keeps it."""
    points = [sections.Item(text) for text in items]
    return sections.to_json((sections.new_section(sections.DECISION, heading, items=points),))[0]


def attend(at: Meeting, seat_kind: str = Seat.Kind.MEMBER, **fields) -> Attendance:
    """A row of attendance: on a seat of its own, or, with seat_kind "", as somebody else who was there."""
    who = fields.pop("person", None) or person()
    defaults = {"position": at.attendance.count() + 1, "name": who.name, "political_party": who.political_party}
    if seat_kind:
        on = fields.pop("seat", None) or seat(at.body, kind=seat_kind)
        defaults |= {"seat": on, "municipality": on.municipality, "municipality_name": on.municipality.name}
    return Attendance.objects.create(meeting=at, person=who, seat_kind=seat_kind, **defaults | fields)


def chair(of: Meeting, **fields) -> ChairPeriod:
    who = fields.pop("person", None) or person()
    defaults = {"person": who, "name": who.name, "political_party": who.political_party}
    return ChairPeriod.objects.create(meeting=of, **defaults | fields)


def adjuster(of: Meeting, **fields) -> Adjuster:
    who = fields.pop("person", None) or person()
    defaults = {"person": who, "name": who.name, "political_party": who.political_party}
    return Adjuster.objects.create(meeting=of, **defaults | fields)


def planned_day(of: Body | None = None, held_on: date = date(2022, 6, 22), **fields) -> PlannedDay:
    """A day in the plan of its year."""
    plan, _ = YearPlan.objects.get_or_create(body=of or body(), year=held_on.year)
    return PlannedDay.objects.create(plan=plan, held_on=held_on, **{"starts_at": time(13), "place": "Teams"} | fields)


def standing_item(of: Body | None = None, title: str | None = None, months=(6, 6), **fields) -> StandingItem:
    """An item of the annual wheel, from one month to another."""
    first, last = months
    title = title or f"Stående punkt {next(numbers)}"
    return StandingItem.objects.create(body=of or body(), title=title, first_month=first, last_month=last, **fields)


def call(to: Meeting, **fields) -> Call:
    """A call to the meeting as it stands now, without recipients, whose papers say nothing."""
    items = [{"paragraph": each.pk, "title": each.title, "documents": []} for each in to.paragraphs.all()]
    by = fields.pop("issued_by", None) or user("secretary")
    defaults = {
        "paper": issue_paper(b"%PDF-1.7", kind="call", title="Kallelse", subject=to, by=by),
        "archive": issue_paper(b"PK", kind="call_archive", title="Kallelse", subject=to, by=by),
        "agenda": {"when": "", "place": "", "items": items},
    }
    return Call.objects.create(meeting=to, issued_by=by, **defaults | fields)


def sitting(members: int = 3, paragraphs: int = 3, *, opened: bool = True, **fields) -> Meeting:
    """A meeting today, open: so many municipalities whose member serves and whose substitute is there.

    The first member chairs. Needs a board. Numbered paragraphs from § 1.
    """
    made = meeting(**{"held_on": timezone.localdate(), "ends_at": None} | fields)
    for number in range(1, paragraphs + 1):
        paragraph(made, number=number)
    for _ in range(members):
        party = municipality()
        for kind, presence in ((Seat.Kind.MEMBER, "serving"), (Seat.Kind.SUBSTITUTE, "present")):
            attend(made, kind, seat=seat(made.body, municipality=party, kind=kind), presence=presence)
    first = made.attendance.filter(seat_kind="member").select_related("person").first()
    if first:
        chair(made, person=first.person)
    if opened:
        Moment.objects.create(meeting=made, kind=Moment.Kind.OPENED, at=timezone.now() - timedelta(hours=1))
    return made
