"""The annual wheel: which items a month asks for, when they are missing, and how the wheel is drawn."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from enamnd.dates import MONTHS
from enamnd.journal.models import Event
from enamnd.management.commands.load_board import TABLES
from enamnd.organisation.boardfile.loading import load_board
from enamnd.refusal import Refused
from meetings.actions.wheel import fill_agenda, raise_item, set_retired, take_up_case, take_up_item
from meetings.models import Paragraph, StandingItem
from meetings.planning.wheel import Wheel
from meetings.planning.wheel_months import Span
from meetings.planning.wheel_picture import picture, rings_of
from meetings.text.sections import from_json
from meetings.waiting.steps import waiting_for
from tests import factories

MONTH = st.integers(1, 12)


# Months


@pytest.mark.parametrize(
    ("span", "day", "around"),
    [
        (Span(6, 6), date(2022, 6, 22), (date(2022, 6, 1), date(2022, 6, 30))),
        (Span(9, 10), date(2022, 10, 12), (date(2022, 9, 1), date(2022, 10, 31))),
        (Span(9, 10), date(2022, 11, 1), None),
        (Span(11, 1), date(2022, 12, 14), (date(2022, 11, 1), date(2023, 1, 31))),
        (Span(11, 1), date(2023, 1, 31), (date(2022, 11, 1), date(2023, 1, 31))),
        (Span(12, 2), date(2024, 1, 1), (date(2023, 12, 1), date(2024, 2, 29))),
        (Span(1, 12), date(2022, 6, 1), (date(2022, 1, 1), date(2022, 12, 31))),
    ],
)
def test_a_span_of_months_lies_around_a_day(span, day, around):
    assert span.around(day) == around


@given(MONTH, MONTH, st.integers(0, 40_000))
def test_a_day_lies_in_its_span_or_outside_all_its_months(first, last, days):
    span, day = Span(first, last), date(1990, 1, 1) + timedelta(days=days)
    around = span.around(day)

    assert (around is not None) == (day.month in span.months)
    if around:
        assert around[0] <= day <= around[1]
        assert around[0].month == first
        assert around[1].month == last
        assert (around[1] + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("span", "name"), [(Span(6, 6), "juni"), (Span(9, 10), "september–oktober"), (Span(1, 12), "hela året")]
)
def test_a_span_has_a_name(span, name):
    assert span.name == name


# What is missing


@pytest.fixture
def body(db):
    factories.board()
    return factories.body()


def missing(meeting):
    return [each.item.title for each in Wheel([meeting]).missing(meeting)]


def test_a_meeting_lacks_what_its_month_asks_for(body):
    factories.standing_item(body, "Budget", (6, 6), order=2)
    factories.standing_item(body, "Delårsrapport 1", (6, 6), order=1)
    factories.standing_item(body, "Verksamhetsplan", (12, 12))
    factories.standing_item(title="Annat organs punkt", months=(6, 6))

    assert missing(factories.meeting(body=body)) == ["Delårsrapport 1", "Budget"]


@pytest.mark.parametrize("title", ["Budget", "budget 2023", "Budget för 2023", "Budget för år 2023"])
def test_a_title_written_by_hand_counts(body, title):
    factories.standing_item(body, "Budget", (6, 6))
    meeting = factories.meeting(body=body)
    factories.paragraph(meeting, title)

    assert missing(meeting) == []


def test_another_matter_with_the_same_beginning_does_not_count(body):
    factories.standing_item(body, "Budget", (6, 6))
    meeting = factories.meeting(body=body)
    factories.paragraph(meeting, "Budget för projektet Elevhälsa")

    assert missing(meeting) == ["Budget"]


def test_an_item_of_two_months_is_asked_for_once(body):
    item = factories.standing_item(body, "Delårsrapport 2", (9, 10))
    september = factories.meeting(body=body, held_on=date(2022, 9, 14))
    october = factories.meeting(body=body, held_on=date(2022, 10, 12))

    (asked,) = Wheel([september]).missing(september)
    assert not asked.is_last_chance
    assert asked.why == "Hör till september–oktober. Kan också tas upp 12 oktober 2022."
    (asked,) = Wheel([october]).missing(october)
    assert asked.is_last_chance

    factories.paragraph(september, "Rapport", standing_item=item)
    assert missing(october) == []
    assert missing(factories.meeting(body=body, held_on=date(2023, 10, 11))) == ["Delårsrapport 2"]


def test_a_cancelled_meeting_takes_nothing_up_and_is_no_later_chance(body):
    item = factories.standing_item(body, "Delårsrapport 2", (9, 10))
    september = factories.meeting(body=body, held_on=date(2022, 9, 14))
    october = factories.meeting(body=body, held_on=date(2022, 10, 12))
    factories.paragraph(october, "Rapport", standing_item=item)
    factories.planned_day(body, date(2022, 10, 12), meeting=october, cancelled_because="Sjukdom.")

    (asked,) = Wheel([september]).missing(september)

    assert asked.is_last_chance


def test_an_item_of_the_whole_year_belongs_to_every_meeting(body):
    item = factories.standing_item(body, "Godkännande av dagordning", (1, 12))
    first, second = (factories.meeting(body=body, held_on=date(2022, month, 1)) for month in (3, 6))
    factories.paragraph(first, "Dagordning", standing_item=item)

    assert missing(first) == []
    assert missing(second) == ["Godkännande av dagordning"]


def test_a_retired_item_is_not_asked_for(body):
    item = factories.standing_item(body, months=(6, 6))
    secretary = factories.user("secretary")
    meeting = factories.meeting(body=body, held_on=date(timezone.localdate().year + 1, 6, 1))

    set_retired(item, True, by=secretary)
    assert missing(meeting) == []
    set_retired(item, False, by=secretary)
    assert missing(meeting) == [item.title]


@pytest.mark.parametrize("number", [1, 10])
def test_the_wheel_asks_as_much_for_many_meetings_as_for_few(body, number, django_assert_num_queries):
    for month in range(1, number + 1):
        factories.standing_item(body, months=(month, month))
    meetings = [factories.meeting(body=body, held_on=date(2022, month, 1)) for month in range(1, number + 1)]

    with django_assert_num_queries(3):
        wheel = Wheel(meetings)
        assert all(len(wheel.missing(meeting)) == 1 for meeting in meetings)


# Filling the agenda


def test_the_agenda_is_filled_with_what_is_missing_once(body):
    secretary = factories.user("secretary")
    section = factories.decision("Nämnden lägger informationen till handlingarna.")
    factories.standing_item(body, "Budget", (6, 6), order=1)
    factories.standing_item(body, "Information", (6, 6), order=2, kind="information", sections=[section])
    meeting = factories.meeting(body=body)

    fill_agenda(meeting, by=secretary)

    first, second = meeting.paragraphs.order_by("position")
    assert (first.title, first.origin, first.kind) == ("Budget", "standing", "decision")
    assert (second.title, second.kind, second.sections) == ("Information", "information", [section])
    assert Event.objects.get(verb="meeting.agenda_filled").data == {"number": 2}
    with pytest.raises(Refused, match="har redan"):
        fill_agenda(meeting, by=secretary)


def test_one_item_is_taken_up(body):
    secretary = factories.user("secretary")
    item = factories.standing_item(body, "Budget", (6, 6))
    factories.standing_item(body, "Delårsrapport 1", (6, 6))
    meeting = factories.meeting(body=body)

    take_up_item(meeting, item, by=secretary)

    assert [each.title for each in meeting.paragraphs.all()] == ["Budget"]
    with pytest.raises(Refused, match="redan på en dagordning"):
        take_up_item(meeting, item, by=secretary)


def test_a_case_is_taken_up_with_its_open_papers(body):
    secretary = factories.user("secretary")
    case = factories.case("Upphandling")
    named = factories.document(case, "Tjänsteskrivelse")
    factories.document(case, "Hemlig bilaga", secrecy="OSL 19 kap. 1 §")
    factories.document(case, "Makulerad", voided_because="Fel fil.")
    meeting = factories.meeting(body=body)

    paragraph = take_up_case(meeting, case, by=secretary)

    items = [item for each in from_json(paragraph.sections) if each.kind == "documents" for item in each.items]
    assert [(item.text, item.document) for item in items] == [("Tjänsteskrivelse", named.pk)]
    assert paragraph.origin == Paragraph.Origin.CASE
    with pytest.raises(Refused, match="står redan"):
        take_up_case(meeting, case, by=secretary)


def test_what_comes_after_the_call_is_late_and_what_a_member_raises_is_marked(body):
    secretary = factories.user("secretary")
    meeting = factories.meeting(1, body=body, held_on=timezone.localdate() + timedelta(days=5))
    factories.call(meeting)
    member = factories.person("Lo Berg")

    late = take_up_case(meeting, factories.case(), by=secretary)
    raised = raise_item(meeting, member, "Fråga om e-arkiv", by=secretary)

    assert late.origin == Paragraph.Origin.LATE
    assert (raised.origin, raised.raised_by) == (Paragraph.Origin.MEMBER, member)


def test_a_board_file_brings_the_wheel(body, tmp_path):
    row = {"body": body.name, "title": "Delårsrapport 2", "first_month": 9, "last_month": 10}
    rows = [row, {"body": body.name, "title": "Budget", "first_month": 6, "kind": "information", "order": 5}]
    file = tmp_path / "board.json"
    file.write_text(json.dumps({"format": "enamnd.board", "version": 1, "standing_items": rows}))

    load_board(file, tables=TABLES)

    found = StandingItem.objects.order_by("order").values_list("title", "first_month", "last_month", "kind")
    assert list(found) == [("Budget", 6, 6, "information"), ("Delårsrapport 2", 9, 10, "decision")]


def test_a_month_that_does_not_exist_is_told_with_its_place(body, tmp_path):
    rows = [{"body": body.name, "title": "Budget", "first_month": 13}]
    file = tmp_path / "board.json"
    file.write_text(json.dumps({"format": "enamnd.board", "version": 1, "standing_items": rows}))

    with pytest.raises(Refused, match=r"stående punkter, rad 1 \(Budget\): .*månaden som ett tal från 1 till 12"):
        load_board(file, tables=TABLES)
    assert not StandingItem.objects.exists()


# Warnings


def test_the_start_page_and_the_meeting_tell_what_is_missing(client_as, body):
    client = client_as("secretary")
    day = timezone.localdate() + timedelta(days=20)
    factories.standing_item(body, "Delårsrapport 1", (day.month, day.month))
    meeting = factories.meeting(1, body=body, held_on=day)

    (waiting,) = waiting_for(client.user, timezone.localdate())
    page = client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()

    assert waiting.what.startswith("Komplettera dagordningen")
    assert "”Delårsrapport 1”" in waiting.why
    assert "Årshjulet säger ”Delårsrapport 1”" in page


# The picture


def spans():
    return st.lists(st.builds(Span, MONTH, MONTH), max_size=20)


@given(spans())
def test_no_bow_hides_another(found):
    taken = set()
    for span, ring in zip(found, rings_of(found), strict=True):
        places = {(ring, month) for month in span.months}
        assert not places & taken
        taken |= places


@given(spans())
def test_every_place_in_the_picture_is_within_it(found):
    drawn = picture([(f"Punkt {place}", span, True) for place, span in enumerate(found)], [date(2022, 6, 22)])

    for each in (*drawn.months, *drawn.bows, *drawn.dots):
        assert 0 < float(each.x) < 640
        assert 0 < float(each.y) < 640
    for bow in drawn.bows:
        assert all(0 <= float(number) <= 640 for number in re.findall(r"-?[0-9.]+", bow.path))


def test_the_page_shows_picture_and_table(client_as, body):
    factories.standing_item(body, "Budget & bokslut", (6, 6))
    factories.standing_item(body, "Information", (9, 10), kind="information")
    factories.meeting(body=body, held_on=date(timezone.localdate().year, 6, 22))

    text = client_as("member").get(reverse("meetings:wheel", args=[body.pk])).content.decode()

    svg = ElementTree.fromstring(re.search(r"<svg.*</svg>", text, re.DOTALL).group())
    assert [each.text for each in svg.iter("title")][1:3] == ["1. Budget & bokslut", "2. Information"]
    assert len(list(svg.iter("circle"))) == 1
    assert "september–oktober" in text
    assert "Ny punkt" not in text


def test_an_item_is_written_and_changed(client_as, body):
    client = client_as("secretary")
    facts = {"title": "Budget", "kind": "decision", "first_month": 6, "last_month": 6, "order": 10}

    client.post(reverse("meetings:wheel_item_new", args=[body.pk]), facts)
    item = StandingItem.objects.get()
    client.post(reverse("meetings:wheel_item", args=[item.pk]), facts | {"last_month": 7})
    client.post(reverse("meetings:wheel_item_retirement", args=[item.pk]))

    item.refresh_from_db()
    assert (item.first_month, item.last_month, item.retired_on) == (6, 7, timezone.localdate())
    verbs = ["standing_item.added", "standing_item.changed", "standing_item.retired"]
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == verbs


@pytest.mark.golden
def test_the_wheel_of_the_committee_fits(shared_folder, body):
    """Spans, months and items of the plan for 2024 (6.1.1), with the warnings that they give."""
    for month in json.loads((shared_folder / "golden" / "annual_wheel.json").read_text())["wheel_2024"]["months"]:
        first, *last = (MONTHS.index(name.lower()) + 1 for name in month["month"].split("/"))
        for title in month["items"]:
            factories.standing_item(body, title, (first, (last or [first])[0]))

    assert missing(factories.meeting(body=body, held_on=date(2024, 6, 12))) == [
        "Beslut om budget",
        "Beslut om delårsrapport 1",
        "Information om ekonomi och verksamhet",
    ]
    assert len(missing(factories.meeting(body=body, held_on=date(2024, 10, 9)))) == 3
    assert missing(factories.meeting(body=body, held_on=date(2024, 5, 2))) == []
