"""What waits for people: due checks, measures, risks to score, follow-ups."""

from datetime import date

import pytest

from riskcontrol.actions.risks import open_new_workshop
from riskcontrol.models import Check, ControlActivity, Measure, Score
from riskcontrol.waiting import waiting_control
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2022, 4, 4)


@pytest.fixture
def plan():
    factories.board()
    plan = factories.control_plan(2022, risks=1)
    plan.adoptions.create(adopted_on="2021-12-08", decision="2021-12-08 § 50")
    return plan


def told(user, today=TODAY) -> list[tuple]:
    return [(each.due_on, each.what, each.why) for each in waiting_control(user, today)]


def test_a_check_is_on_the_list_near_its_day_until_it_is_made(plan):
    keeper = factories.user("coordinator")
    activity = ControlActivity.objects.get()

    assert told(keeper, date(2022, 3, 1)) == []
    assert told(keeper) == [(date(2022, 3, 31), "Kontrollera: Stickprov", "Leverans 1 blir försenad.")]
    assert "2 kontroller är försenade" in told(keeper, date(2022, 7, 4))[0][2]
    Check.objects.create(activity=activity, done_on=TODAY, covers_on="2022-03-31", result="fine")
    assert told(keeper) == []


def test_nothing_is_due_in_a_proposal_or_once_the_year_has_been_followed_up(plan):
    keeper = factories.user("coordinator")
    made = plan.follow_ups.create(name="Helår", followed_on="2022-12-31")

    assert [each[1] for each in told(keeper, date(2023, 1, 10))] == [
        "Kontrollera: Stickprov",
        "Följ upp Internkontrollplan 2022",
    ]
    made.approved_on, made.decision = date(2023, 1, 5), "§ 5"
    made.save()
    assert told(keeper, date(2023, 1, 10)) == []
    plan.adoptions.update(withdrawn_at="2022-01-01T12:00Z", withdrawn_because="Fel")
    assert told(keeper) == []


def test_who_is_reminded_sees_their_own_checks_and_measures_and_no_others(plan):
    person = factories.person()
    member, other = factories.user("member", person=person), factories.user("member", person=factories.person())
    ControlActivity.objects.update(responsible_person=person)
    item = ControlActivity.objects.get().item
    Measure.objects.create(item=item, text="Teckna avtal", owner="Kim", owner_person=person, due_on="2022-04-10")
    Measure.objects.create(item=item, text="Klart", owner="Kim", owner_person=person, due_on=TODAY, done_on=TODAY)

    assert [each[1] for each in told(member)] == ["Kontrollera: Stickprov", "Åtgärd: Teckna avtal"]
    assert told(other) == []
    assert {each.href for each in waiting_control(member, TODAY)} == {item.get_absolute_url()}


def test_risks_to_score_wait_until_they_are_scored_or_the_workshop_is_closed(plan):
    by, member = factories.user("coordinator"), factories.user("member")
    after = factories.control_plan(2023)
    workshop = open_new_workshop(after, name="Strategidag", held_on=date(2022, 10, 12), by=by)
    assert [each[1] for each in told(member)] == ["Säg vad som kan gå fel inför 2023"]
    one, two = factories.risk(after), factories.risk(after)

    assert told(member) == [(date(2022, 10, 12), "Bedöm 2 risker inför 2023", "Strategidag, 12 oktober 2022.")]
    Score.objects.create(risk=one, by=member, likelihood=1, consequence=1)
    assert told(member)[0][1] == "Bedöm 1 risk inför 2023"
    assert told(factories.user("auditor")) == []
    two.merged_into = one
    two.save()
    assert told(member) == []
    workshop.delete()


def test_nobody_without_the_permission_is_told_anything(plan):
    assert told(factories.user("economist")) == []
