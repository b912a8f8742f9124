"""A board with fifty years of meetings behind it: 200 meetings of 15 paragraphs and 28 rows of attendance each."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from enamnd.documents.models import Case
from enamnd.journal.models import Event
from enamnd.organisation.models import Body, Seat
from meetings.models import Attendance, ChairPeriod, Meeting, Paragraph
from meetings.text import sections
from tests import factories
from tests.bench import invented

YEARS, MEETINGS_A_YEAR, PARAGRAPHS, PARTIES = 50, 4, 15, 14
FIRST_YEAR = 1976
SENTENCES = 8


def fill() -> Meeting:
    """Make everything. The last meeting, which is not numbered yet and is the one to write in."""
    chance = random.Random(50)
    factories.board()
    body = factories.seated_body(PARTIES, name="Fjällbygdens gemensamma nämnd")
    cases = make_cases(chance)
    meetings = bulk_create_with_history(list(make_meetings(body)), Meeting)
    seats = list(body.seats.select_related("municipality").prefetch_related("mandates__person"))
    bulk_create_with_history([row for each in meetings for row in roll(each, seats)], Attendance)
    ChairPeriod.objects.bulk_create(
        ChairPeriod(meeting=each, name="Maria Alm", political_party="S") for each in meetings
    )
    numbers = dict.fromkeys(range(FIRST_YEAR, FIRST_YEAR + YEARS), 0)
    for meeting in meetings:
        bulk_create_with_history(list(paragraphs(meeting, numbers, cases, chance, meeting is meetings[-1])), Paragraph)
    Event.objects.bulk_create(event for each in meetings for event in trail(each))
    return meetings[-1]


def make_cases(chance) -> list[Case]:
    made = [
        Case(
            number=f"{FIRST_YEAR + number // 20}/{number % 20 + 1}-2.2",
            year=FIRST_YEAR + number // 20,
            serial=number % 20 + 1,
            title=sentence(chance)[:120],
            opened_on=date(FIRST_YEAR + number // 20, 1, 10),
        )
        for number in range(YEARS * 20)
    ]
    return bulk_create_with_history(made, Case)


def make_meetings(body: Body):
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        for month in (3, 6, 9, 12)[:MEETINGS_A_YEAR]:
            yield Meeting(
                body=body,
                held_on=date(year, month, 15),
                starts_at=time(9),
                ends_at=time(12),
                place="Sessionssalen",
                secretary_name="Elin Ek",
                numbered_at=timezone.make_aware(datetime(year, month, 20)),
            )


def roll(meeting: Meeting, seats: list[Seat]):
    for position, seat in enumerate(seats, 1):
        person = seat.mandates.all()[0].person
        yield Attendance(
            meeting=meeting,
            seat=seat,
            person=person,
            municipality=seat.municipality,
            seat_kind=seat.kind,
            position=position,
            name=person.name,
            political_party=person.political_party,
            municipality_name=seat.municipality.name,
            presence="serving" if seat.kind == Seat.Kind.MEMBER else "absent",
        )


def paragraphs(meeting: Meeting, numbers: dict[int, int], cases: list[Case], chance, is_last: bool):
    for position in range(1, PARAGRAPHS + 1):
        numbers[meeting.year] += 1
        yield Paragraph(
            meeting=meeting,
            body=meeting.body,
            year=meeting.year,
            position=position,
            number=None if is_last else numbers[meeting.year],
            title=sentence(chance)[:90],
            case=chance.choice(cases),
            sections=text(chance, numbers[meeting.year]),
        )


def text(chance, number: int) -> list[dict]:
    """What a paragraph usually holds, with a table and two references."""
    prose = "".join(f"<p>{sentence(chance)} Se § {max(1, number - 1)}.</p>" for _ in range(SENTENCES))
    rows = "".join(f"<tr><td>{place}</td><td>{chance.randrange(10**6)}</td></tr>" for place in invented.PLACES)
    table = f"<table><tbody><tr><th>Kommun</th><th>Belopp</th></tr>{rows}</tbody></table>"
    made = (
        sections.new_section(sections.DECISION, "Beslut", items=[sections.Item(sentence(chance)) for _ in range(2)]),
        sections.new_section(sections.TEXT, "Sammanfattning av ärendet", html=prose),
        sections.new_section(sections.TEXT, "Beskrivning av ärendet", html=prose + table),
        sections.new_section(sections.DOCUMENTS, "Beslutsunderlag", items=[sections.Item("Tjänsteskrivelse")]),
        sections.new_section(sections.RECIPIENTS, "Beslutet skickas till", items=[sections.Item("Samtliga kommuner")]),
    )
    return sections.to_json(made)


def sentence(chance) -> str:
    return " ".join(chance.choices(invented.WORDS, k=16)).capitalize() + "."


def trail(meeting: Meeting):
    for number in range(20):
        yield Event(
            actor_name="Elin Ek",
            verb="meeting.changed",
            subject=f"meetings.meeting:{meeting.pk}",
            subject_name=str(meeting),
            at=timezone.now() - timedelta(days=number),
        )
