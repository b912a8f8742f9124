"""The plan of a year: its days, what is worth a thought about them, its paragraph and its meetings."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions.meetings import change_meeting
from meetings.actions.paragraphs import add_paragraph, remove_paragraph
from meetings.actions.planning import (
    cancel_day,
    create_meetings,
    link_decision,
    move_day,
    plan_day,
    propose_plan,
    remove_day,
)
from meetings.finding import state_of
from meetings.models import Meeting, PlannedDay, YearPlan
from meetings.planning import year_plan
from meetings.samples import planning as sample_planning
from meetings.text import sections
from tests import factories

pytestmark = pytest.mark.django_db
NEXT_YEAR = timezone.localdate().year + 1
DAY = date(NEXT_YEAR, 3, 17)


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def body():
    return factories.seated_body(2, name="Provningsnämnden")


def test_the_first_day_begins_the_plan(body, secretary):
    day = plan_day(body, DAY, time(13), time(16), " Teams ", by=secretary)

    assert YearPlan.objects.get() == day.plan
    assert year_plan.when(day).endswith(f"17 mars {NEXT_YEAR}, kl. 13.00–16.00, Teams")
    assert Event.objects.get(verb="planned_day.added").data == {"day": f"17 mars {NEXT_YEAR}"}


@pytest.mark.parametrize(
    ("day", "remark"),
    [
        (date(2027, 3, 26), "26 mars är långfredagen."),
        (date(2027, 6, 25), "25 juni är midsommarafton."),
        (date(2027, 3, 20), "20 mars är lördag."),
        (date(2027, 3, 17), None),
        (date(2027, 3, 25), None),
    ],
)
def test_a_day_off_is_remarked_on(body, day, remark):
    planned = factories.planned_day(body, day)

    assert year_plan.remarks_on(planned) == ((remark,) if remark else ())


def test_a_day_twice_in_the_plan_is_remarked_on(body):
    first = factories.planned_day(body, date(2027, 3, 17))
    factories.planned_day(body, date(2027, 3, 17), starts_at=time(9))

    assert all("två gånger" in line.remarks[0] for line in year_plan.lines_of(first.plan))


def test_a_day_of_another_year_is_refused(body, secretary):
    with pytest.raises(Refused, match=f"hör inte till {NEXT_YEAR}"):
        plan_day(body, DAY.replace(year=NEXT_YEAR + 1), year=NEXT_YEAR, by=secretary)
    assert not PlannedDay.objects.exists()


def test_the_days_become_meetings_once(body, secretary):
    plan_day(body, DAY, time(13), time(16), "Teams", True, by=secretary)
    cancelled = plan_day(body, DAY + timedelta(days=7), by=secretary)
    cancel_day(cancelled, "Krockar med fullmäktige.", by=secretary)
    plan = YearPlan.objects.get()

    (meeting,) = create_meetings(plan, by=secretary)

    assert (meeting.held_on, meeting.starts_at, meeting.place, meeting.is_remote) == (DAY, time(13), "Teams", True)
    assert meeting.attendance.count() == 4
    assert meeting.planned_day.plan == plan
    with pytest.raises(Refused, match="redan sammanträden"):
        create_meetings(plan, by=secretary)


def test_a_day_that_moves_takes_its_meeting_along_and_keeps_its_history(body, secretary):
    day = plan_day(body, DAY, time(13), place="Teams", by=secretary)
    (meeting,) = create_meetings(day.plan, by=secretary)

    move_day(day, held_on=DAY + timedelta(days=1), place="Stadshuset", by=secretary)

    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.place) == (DAY + timedelta(days=1), "Stadshuset")
    event = Event.objects.get(verb="planned_day.moved")
    assert f"17 mars {NEXT_YEAR}" in event.data["before"]
    assert "Stadshuset" in event.data["after"]
    assert [row.held_on for row in PlannedDay.history.order_by("history_id")][-2:] == [DAY, DAY + timedelta(days=1)]


def test_a_cancelled_day_stays_with_its_reason_and_its_meeting_is_shown_as_cancelled(body, secretary):
    day = plan_day(body, DAY, time(13), by=secretary)
    (meeting,) = create_meetings(day.plan, by=secretary)

    cancel_day(day, "För få ärenden.", by=secretary)

    meeting = Meeting.objects.select_related("planned_day").get(pk=meeting.pk)
    assert state_of(meeting, timezone.localdate()) == ("Inställt", "late")
    with pytest.raises(Refused, match="är inställt: För få ärenden"):
        move_day(day, place="Teams", by=secretary)
    with pytest.raises(Refused, match="Ställ in den"):
        remove_day(day, by=secretary)


def test_a_day_is_cancelled_with_a_reason_only(body, secretary):
    day = plan_day(body, DAY, by=secretary)

    with pytest.raises(Refused, match="Skriv varför"):
        cancel_day(day, "  ", by=secretary)


def test_a_slip_is_removed_while_the_plan_is_a_proposal(body, secretary):
    day = plan_day(body, DAY, by=secretary)
    other = plan_day(body, DAY + timedelta(days=7), by=secretary)
    remove_day(day, by=secretary)

    meeting = factories.meeting(body=body, held_on=timezone.localdate())
    link_decision(day.plan, add_paragraph(meeting, title="Sammanträdesdagar", by=secretary), by=secretary)

    with pytest.raises(Refused, match="Planen är beslutad"):
        remove_day(other, by=secretary)
    assert list(PlannedDay.objects.all()) == [other]


def test_the_paragraph_names_every_day_and_the_plan_knows_where_it_is_decided(body, secretary):
    plan_day(body, DAY, time(13), time(16), "Hus <B>", by=secretary)
    day = plan_day(body, DAY + timedelta(days=7), time(9), by=secretary)
    meeting = factories.meeting(body=body, held_on=timezone.localdate() + timedelta(days=10))

    paragraph = propose_plan(day.plan, meeting, by=secretary)

    decision, text, *_ = sections.from_json(paragraph.sections)
    assert paragraph.title == f"Sammanträdesdagar {NEXT_YEAR}"
    assert decision.items[0].text == (
        f"Prövningsnämnden fastställer följande sammanträdesdagar för {NEXT_YEAR}: 17 mars och 24 mars."
    )
    assert "kl. 13.00–16.00, Hus &lt;B&gt;</li>" in text.html
    day.plan.refresh_from_db()
    assert day.plan.decided_in == paragraph
    with pytest.raises(Refused, match="Planen står redan"):
        propose_plan(day.plan, meeting, by=secretary)


def test_a_plan_whose_proposal_is_removed_can_be_proposed_again(body, secretary):
    day = plan_day(body, DAY, by=secretary)
    meeting = factories.meeting(body=body, held_on=timezone.localdate() + timedelta(days=10))
    remove_paragraph(propose_plan(day.plan, meeting, by=secretary), by=secretary)

    again = propose_plan(day.plan, meeting, by=secretary)

    assert YearPlan.objects.get().decided_in == again


def test_a_meeting_that_moves_by_itself_is_not_the_plan_s_matter(body, secretary):
    day = plan_day(body, DAY, time(13), by=secretary)
    (meeting,) = create_meetings(day.plan, by=secretary)

    change_meeting(meeting, place="Stadshuset", by=secretary)

    day.refresh_from_db()
    assert day.place == ""


def test_readers_see_the_plan_and_only_the_secretary_writes_in_it(client_as, body):
    factories.board()
    day = factories.planned_day(body, DAY)
    page = reverse("meetings:year_plan", args=[body.pk, NEXT_YEAR])
    member = client_as("member")

    text = member.get(page).content.decode()
    assert f"17 mars {NEXT_YEAR}" in text
    assert "Lägg till en dag" not in text
    assert member.post(page, {"held_on": str(DAY)}).status_code == 403

    answer = client_as("secretary").post(page, {"held_on": f"26/3 {NEXT_YEAR}", "starts_at": "kl. 9", "place": "Teams"})
    assert answer.status_code == 302
    assert day.plan.days.count() == 2


def test_what_was_written_wrong_is_still_there(client_as, body):
    factories.board()
    page = reverse("meetings:year_plan", args=[body.pk, NEXT_YEAR])

    answer = client_as("secretary").post(page, {"held_on": "32 mars", "place": "Stadshuset"})

    assert answer.status_code == 400
    assert 'value="Stadshuset"' in answer.content.decode()
    assert not YearPlan.objects.exists()


@pytest.mark.parametrize("number", [2, 12])
def test_the_pages_ask_as_much_for_many_days_as_for_few(client_as, body, number, django_assert_max_num_queries):
    factories.board()
    for month in range(1, number + 1):
        meeting = factories.meeting(body=body, held_on=date(NEXT_YEAR, month, 3))
        factories.planned_day(body, date(NEXT_YEAR, month, 3), meeting=meeting)
    client = client_as("secretary")

    with django_assert_max_num_queries(14):
        client.get(reverse("meetings:year_plan", args=[body.pk, NEXT_YEAR]))
    with django_assert_max_num_queries(12):
        client.get(reverse("meetings:planning"))


def test_the_sample_board_s_plan_is_decided_in_its_own_paragraph(body, secretary):
    meeting = factories.meeting(body=body, held_on=date(sample_planning.YEAR - 1, 10, 7))
    paragraph = factories.paragraph(meeting, f"Sammanträdesdagar {sample_planning.YEAR}")

    sample_planning.load_planning()

    plan = YearPlan.objects.get()
    assert (plan.body, plan.decided_in) == (body, paragraph)
    assert [line.remarks for line in year_plan.lines_of(plan)] == [()] * 4
