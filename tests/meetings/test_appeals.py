"""Appeals: whether they came in time, what they do to legal force, and what is told of them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions import appeals as actions
from meetings.models import Appeal, Meeting
from meetings.noticing import clock_rules
from meetings.noticing.appeal_rules import PlainAppeal, appealed_clock, came_in_time, force_beside
from meetings.noticing.appeals import next_step
from meetings.noticing.clocks import meeting_clocks, with_open_clocks
from meetings.waiting.steps import waiting_for
from tests import factories

UP = {"Arby": date(2026, 3, 13), "Boby": date(2026, 3, 12)}
TODAY = date(2026, 8, 1)
CAME = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("received_on", "posted", "expected", "words"),
    [
        (date(2026, 4, 7), UP, True, "7 april 2026"),  # day 21 is Good Friday: the next working day is the last
        (date(2026, 4, 8), UP, False, "7 april 2026"),
        (date(2026, 4, 8), UP | {"Ceby": None}, True, "inte börjat löpa"),
        (date(2026, 4, 8), UP | {"Ceby": date(2026, 3, 18)}, True, "8 april 2026"),
        (date(2026, 4, 8), {}, True, "inte börjat löpa"),
    ],
)
def test_an_appeal_is_in_time_by_the_last_of_the_boards(received_on, posted, expected, words):
    is_in_time, reason = came_in_time(received_on, posted)

    assert is_in_time is expected
    assert words in reason


BASE = clock_rules.force_clock(UP, {}, TODAY)
DECIDED = {"decided_on": date(2026, 6, 1)}
FINAL = DECIDED | {"final_on": date(2026, 6, 23)}


@pytest.mark.parametrize(
    ("appeals", "state", "due_on"),
    [
        ([PlainAppeal(CAME)], "held", None),
        ([PlainAppeal(CAME, is_late=False)], "held", None),
        ([PlainAppeal(CAME, is_late=True)], "done", date(2026, 4, 8)),
        ([PlainAppeal(CAME, False, "rejected", **DECIDED)], "held", None),
        ([PlainAppeal(CAME, False, "rejected", **FINAL)], "done", date(2026, 6, 23)),
        ([PlainAppeal(CAME, False, "withdrawn", **FINAL)], "done", date(2026, 6, 23)),
        ([PlainAppeal(CAME, False, "annulled", **FINAL)], "broken", None),
        ([PlainAppeal(CAME, False, "annulled", **DECIDED)], "held", None),
        ([PlainAppeal(CAME, False, "rejected", **FINAL), PlainAppeal(CAME)], "held", None),
        ([PlainAppeal(CAME, True, "dismissed", **FINAL)], "done", date(2026, 4, 8)),
    ],
)
def test_legal_force_waits_for_what_came_in_time(appeals, state, due_on):
    clock = appealed_clock("§ 5", "appealed-5", appeals, BASE, TODAY)

    assert (clock.state, clock.due_on, clock.label) == (state, due_on, "Laga kraft, § 5")
    assert clock.reason


def test_an_appeal_that_ended_before_the_time_is_out_does_not_hasten_it():
    early = clock_rules.force_clock(UP, {}, date(2026, 4, 5))
    appeals = [PlainAppeal(CAME, False, "withdrawn", date(2026, 4, 1), date(2026, 4, 1))]

    assert appealed_clock("§ 5", "k", appeals, early, date(2026, 4, 5)).state == "soon"


def test_the_rest_of_the_protocol_goes_its_own_way():
    assert force_beside(BASE, ["§ 5"]).word == "tiden har gått ut, utom § 5"
    assert force_beside(BASE, []) is BASE


@pytest.fixture
def secretary(db):
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def meeting(secretary) -> Meeting:
    """Adjusted, up on two boards since 8 July 2022, so that time ran out on 29 July."""
    made = factories.meeting(2)
    adjustment = factories.adjustment(made)
    for _ in range(2):
        factories.notice(adjustment, posted_on=date(2022, 7, 8))
    return made


def clocks(meeting) -> dict:
    return {each.key: each for each in meeting_clocks(Meeting.objects.get(pk=meeting.pk), date(2022, 9, 1))}


def test_an_appeal_holds_the_clock_of_its_paragraph_until_it_is_ended(meeting, secretary):
    first, second = meeting.paragraphs.order_by("position")
    appeal = actions.register_appeal(
        first,
        appellant=" Kim  Klagande ",
        received_on=date(2022, 7, 29),
        received_by=factories.municipality(),
        by=secretary,
    )
    assert appeal.appellant == "Kim Klagande"
    found = clocks(meeting)
    assert found["force"].state == "done"
    assert f"utom {first.label}" in found["force"].word
    assert found[f"appealed-{first.pk}"].state == "held"
    assert f"appealed-{second.pk}" not in found

    assert "rätt tid" in next_step(appeal)[0]
    appeal = actions.handle_appeal(appeal, assessment="in_time", by=secretary)
    assert (appeal.assessed_by, bool(appeal.assessed_at)) == (secretary, True)
    assert "Lämna" in next_step(appeal)[0]
    appeal = actions.handle_appeal(
        appeal, assessment="in_time", sent_on=date(2022, 8, 2), court_case="1234-22", by=secretary
    )
    assert next_step(appeal) == ("", "")
    assert meeting in with_open_clocks(Meeting.objects.all(), date(2022, 9, 1))
    appeal = actions.end_appeal(appeal, outcome="rejected", decided_on=date(2022, 11, 1), by=secretary)
    assert clocks(meeting)[f"appealed-{first.pk}"].state == "held"
    assert "laga kraft" in next_step(appeal)[0]
    actions.end_appeal(
        appeal, outcome="rejected", decided_on=date(2022, 11, 1), final_on=date(2022, 11, 23), by=secretary
    )
    assert clocks(meeting)[f"appealed-{first.pk}"].due_on == date(2022, 11, 23)
    assert [each.verb for each in Event.objects.filter(verb__startswith="appeal.").order_by("id")] == [
        "appeal.registered", "appeal.handled", "appeal.handled", "appeal.ended", "appeal.ended",
    ]  # fmt: skip


def test_what_cannot_be_is_refused_beside_its_field(meeting, secretary):
    paragraph = meeting.paragraphs.first()
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong, field in (
        ({"appellant": " ", "received_on": date(2022, 7, 1)}, "appellant"),
        ({"appellant": "Kim", "received_on": date(2022, 6, 21)}, "received_on"),
        ({"appellant": "Kim", "received_on": tomorrow}, "received_on"),
    ):
        with pytest.raises(Refused) as refused:
            actions.register_appeal(paragraph, **wrong, by=secretary)
        assert refused.value.field == field
    appeal = factories.appeal(paragraph)
    for wrong, field in (
        ({"outcome": "", "decided_on": date(2022, 8, 1)}, "outcome"),
        ({"outcome": "rejected", "decided_on": None}, "decided_on"),
        ({"outcome": "rejected", "decided_on": date(2022, 6, 1)}, "decided_on"),
        ({"outcome": "rejected", "decided_on": date(2022, 8, 1), "final_on": date(2022, 7, 31)}, "final_on"),
    ):
        with pytest.raises(Refused) as refused:
            actions.end_appeal(appeal, **wrong, by=secretary)
        assert refused.value.field == field
    with pytest.raises(Refused):
        actions.register_appeal(paragraph, appellant="K", received_on=date(2022, 7, 1), by=factories.user("member"))


def test_a_mistake_is_taken_away_with_its_reason_and_what_is_decided_stands(meeting, secretary):
    appeal = factories.appeal(meeting.paragraphs.first())
    with pytest.raises(Refused, match="varför"):
        actions.remove_appeal(appeal, " ", by=secretary)
    actions.remove_appeal(appeal, "fel paragraf", by=secretary)
    assert not Appeal.objects.exists()
    decided = factories.appeal(meeting.paragraphs.first(), outcome="rejected", decided_on=date(2022, 8, 1))
    with pytest.raises(Refused, match="står kvar"):
        actions.remove_appeal(decided, "fel", by=secretary)


def test_the_secretary_registers_and_ends_one_in_the_pages(meeting, secretary, client_as):
    client = client_as("secretary")
    paragraph = meeting.paragraphs.first()
    form = {"paragraph": paragraph.pk, "appellant": "Kim Klagande", "received_on": "2022-08-01", "received_by": ""}
    refused = client.post(reverse("meetings:appeal_new", args=[meeting.pk]), form | {"received_on": "2022-06-01"})
    assert refused.status_code == 422
    assert "Kim Klagande" in refused.content.decode()
    page = client.post(reverse("meetings:appeal_new", args=[meeting.pk]), form, follow=True).content.decode()
    assert "efter sista dagen" in page
    assert "29 juli 2022" in page
    appeal = Appeal.objects.get()
    overview = client.get(reverse("meetings:clocks", args=[meeting.pk])).content.decode()
    assert "överklagat" in overview
    assert "Kim Klagande" in overview
    wrong = client.post(reverse("meetings:appeal_end", args=[appeal.pk]), {"outcome": "rejected"})
    assert wrong.status_code == 422
    assert "vilken dag målet avgjordes" in wrong.content.decode()
    client.post(reverse("meetings:appeal", args=[appeal.pk]), {"assessment": "late"})
    appeal.refresh_from_db()
    assert appeal.assessment == "late"
    assert clocks(meeting)[f"appealed-{paragraph.pk}"].state == "done"


def test_an_appeal_waits_for_the_secretary_until_it_is_assessed(meeting, secretary):
    appeal = factories.appeal(meeting.paragraphs.first())
    told = [each.what for each in waiting_for(secretary, date(2022, 9, 1)) if "överklagandet" in each.what]
    assert len(told) == 1
    actions.handle_appeal(appeal, assessment="in_time", by=secretary)
    assert not [each for each in waiting_for(secretary, date(2022, 9, 1)) if "överklagandet" in each.what]
