"""Goals, indicators and periods: what may be done with them, and what they read."""

from datetime import date, time
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.newer import Newer
from enamnd.refusal import Refused
from projects.models import Agreement
from riskcontrol.actions import goal_periods as keeping
from riskcontrol.actions import goals as actions
from riskcontrol.goals import outlooks
from riskcontrol.goals.measuring import readings_of
from riskcontrol.models import GoalPeriod, GoalPlan, Indicator, Outlook
from tests import factories

pytestmark = pytest.mark.django_db

FACTS = {"text": "Nämnden har sammanträtt", "kind": "at_least", "target": Decimal(4), "bodies": [], "goals": []}


@pytest.fixture
def keeper():
    return factories.user("coordinator")


def only(plan: GoalPlan, on: date):
    """The reading of the year's one indicator."""
    (reading,) = readings_of(plan, on).values()
    return reading


# What may be done -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"target": None}, "target"),
        ({"target": Decimal(0)}, "target"),
        ({"target": Decimal("3.5")}, "target"),
        ({"aim": Decimal(3)}, "aim"),
        ({"kind": "turnout", "target": Decimal(75), "counting": "members"}, "bodies"),
        ({"kind": "turnout", "target": Decimal(101), "counting": "members"}, "target"),
        ({"kind": "turnout", "target": Decimal(75), "counting": ""}, "counting"),
        ({"kind": "turnout", "target": Decimal("66.5"), "counting": "members"}, "target"),
        ({"kind": "by_hand", "target": None}, "target"),
        ({"kind": "parties", "target": None, "all_parties": False}, "target"),
    ],
)
def test_an_indicator_without_a_sound_target_is_refused_beside_its_field(facts, field, keeper):
    with pytest.raises(Refused) as refused:
        actions.add_indicator(factories.goal_plan(), **FACTS | facts, by=keeper)

    assert refused.value.field == field
    assert not Indicator.objects.exists()


def test_the_database_refuses_an_indicator_without_a_target():
    plan = factories.goal_plan()

    with pytest.raises(IntegrityError, match="an_indicator_has_a_target"), transaction.atomic():
        factories.indicator(plan, target=None)
    factories.indicator(plan, kind="parties", target=None, all_parties=True)


@pytest.mark.parametrize(
    ("first_on", "last_on", "field"),
    [
        (date(2022, 5, 31), date(2022, 8, 31), "first_on"),
        (date(2022, 2, 1), date(2022, 3, 1), "first_on"),
        (date(2022, 8, 31), date(2022, 6, 1), "last_on"),
        (date(2022, 10, 1), date(2023, 1, 31), "last_on"),
        (date(2021, 12, 1), date(2022, 1, 31), "first_on"),
    ],
)
def test_a_period_outside_the_year_or_over_another_is_refused(first_on, last_on, field, keeper):
    plan = factories.goal_plan(2022)
    factories.goal_period(plan)

    with pytest.raises(Refused) as refused:
        keeping.add_period(plan, name="Delår", first_on=first_on, last_on=last_on, by=keeper)

    assert refused.value.field == field
    assert GoalPeriod.objects.count() == 1


def test_a_period_may_begin_the_day_after_another_and_be_changed_within_itself(keeper):
    plan = factories.goal_plan(2022)
    first = factories.goal_period(plan)
    keeping.add_period(plan, name="Hösten", first_on=date(2022, 6, 1), last_on=date(2022, 8, 31), by=keeper)

    keeping.change_period(first, name="Våren", first_on=date(2022, 1, 1), last_on=date(2022, 4, 30), by=keeper)

    with pytest.raises(Refused, match="går in i Hösten"):
        keeping.change_period(first, name="Våren", first_on=date(2022, 1, 1), last_on=date(2022, 6, 1), by=keeper)


def test_the_thirds_of_a_year_leave_no_day_out(keeper):
    plan = factories.goal_plan(2024)
    actions.add_thirds(plan, by=keeper)

    days = [(each.first_on, each.last_on) for each in plan.periods.order_by("first_on")]
    assert (days[0][0], days[-1][1]) == (date(2024, 1, 1), date(2024, 12, 31))
    assert all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(days))
    with pytest.raises(Refused, match="redan perioder"):
        actions.add_thirds(plan, by=keeper)


def test_a_forecast_has_two_parts_where_councils_also_decide(keeper):
    period = factories.goal_period()
    goal = factories.goal(period.plan, depends_on_councils=True)
    plain = factories.goal(period.plan)
    say = {"comment": "Översynen är klar.", "by": keeper}

    with pytest.raises(Refused, match="två delar") as refused:
        keeping.tell_outlook(period, goal, forecast="will", **say)
    assert refused.value.field == "councils"
    with pytest.raises(Refused, match="inget beslut i fullmäktige"):
        keeping.tell_outlook(period, plain, forecast="will", councils="unsure", **say)
    made = keeping.tell_outlook(period, goal, forecast="will", councils="unsure", **say)

    assert not outlooks.lacks(goal, made)
    assert outlooks.lacks(goal, Outlook(comment="Klar", forecast="will"))


def test_who_writes_last_does_not_overwrite_what_was_written_meanwhile(keeper):
    period = factories.goal_period()
    goal = factories.goal(period.plan)
    blank = {"comment": "", "forecast": ""}
    keeping.tell_outlook(period, goal, comment="Första", shown=blank, by=keeper)

    with pytest.raises(Newer, match="medan du skrev") as newer:
        keeping.tell_outlook(period, goal, comment="Andra", forecast="risk", shown=blank, by=keeper)

    assert newer.value.facts == {"comment": "Första"}
    assert Outlook.objects.get().comment == "Första"
    keeping.tell_outlook(period, goal, forecast="will", shown=blank, by=keeper)
    keeping.tell_outlook(period, goal, comment="Tredje", shown={"comment": "Första"}, by=keeper)
    told = Outlook.objects.get()
    assert (told.comment, told.forecast, told.history.count()) == ("Tredje", "will", 3)


def test_an_approved_period_stays_until_the_approval_is_taken_back(keeper):
    period = factories.goal_period()
    goal = factories.goal(period.plan)
    say = {"comment": "Det går bra.", "forecast": "will", "by": keeper}
    with pytest.raises(Refused, match="saknas för mål 1"):
        keeping.approve_period(period, date(2022, 6, 22), decision="2022-06-22 § 16", by=keeper)
    keeping.tell_outlook(period, goal, **say)
    with pytest.raises(Refused, match="Välj paragrafen"):
        keeping.approve_period(period, date(2022, 6, 22), by=keeper)
    keeping.approve_period(period, date(2022, 6, 22), decision="2022-06-22 § 16", by=keeper)

    with pytest.raises(Refused, match="godkändes 22 juni 2022"):
        keeping.tell_outlook(period, goal, **say)
    keeping.withdraw_approval(period, "Fel period", by=keeper)
    keeping.tell_outlook(period, goal, **say)

    assert Event.objects.filter(verb="goal_period.approval_withdrawn").count() == 1


def test_a_goal_goes_while_nothing_is_said_of_it(keeper):
    period = factories.goal_period()
    goal, spoken_of = factories.goal(period.plan), factories.goal(period.plan)
    keeping.tell_outlook(period, spoken_of, comment="Bra", forecast="will", by=keeper)

    actions.remove_goal(goal, by=keeper)

    with pytest.raises(Refused, match="kan inte tas bort"):
        actions.remove_goal(spoken_of, by=keeper)


def test_what_is_kept_for_an_indicator_holds_its_kind(keeper):
    indicator = factories.indicator(factories.goal_plan(2022))
    keeping.add_occasion(indicator, held_on=date(2022, 3, 1), name="Utbildning", by=keeper)

    with pytest.raises(Refused, match="redan införda"):
        actions.change_indicator(indicator, **FACTS | {"kind": "by_hand"}, by=keeper)
    with pytest.raises(Refused, match="tar inte emot värden"):
        keeping.keep_value(indicator, measured_on=date(2022, 3, 1), value=1, by=keeper)
    with pytest.raises(Refused, match="ligger inte i 2022"):
        keeping.add_occasion(indicator, held_on=date(2023, 3, 1), name="Utbildning", by=keeper)


@pytest.mark.parametrize("role", ["secretary", "member", "auditor"])
def test_those_who_only_read_change_nothing(role):
    with pytest.raises(Refused):
        actions.add_goal(factories.goal_plan(), text="Nytt", by=factories.user(role))


def test_a_new_year_carries_goals_indicators_and_effects_that_still_hold(keeper):
    plan = factories.goal_plan(2022, direction="Tillsammans")
    lasting = actions.add_effect(text="god service", position=1, first_year=2020, by=keeper)
    ended = actions.add_effect(text="förstudie", position=2, first_year=2020, last_year=2022, by=keeper)
    goal, body = factories.goal(plan), factories.body()
    goal.effects.set([lasting, ended])
    goal.risks.set([factories.risk()])
    factories.indicator(plan, body, target=10).goals.set([goal])

    later = actions.begin_goals(2023, previous=plan, by=keeper)

    carried = later.goals.get()
    assert (later.direction, carried.text, carried.follows) == ("Tillsammans", goal.text, goal)
    assert list(carried.effects.all()) == [lasting]
    assert not carried.risks.exists()
    indicator = later.indicators.get()
    assert (indicator.target, list(indicator.bodies.all()), list(indicator.goals.all())) == (10, [body], [carried])
    assert outlooks.without_risks(later) == [carried]
    with pytest.raises(Refused, match="redan mål för 2023"):
        actions.begin_goals(2023, by=keeper)
    with pytest.raises(Refused, match="bygger redan på"):
        actions.begin_goals(2024, previous=plan, by=keeper)


# What indicators read -------------------------------------------------------------------------------------------------


def test_cancelled_days_and_planned_days_do_not_count_as_held(keeper):
    body, plan = factories.body(), factories.goal_plan(2022)
    factories.meeting(body=body, held_on=date(2022, 2, 1))
    called_off = factories.meeting(body=body, held_on=date(2022, 3, 1))
    factories.planned_day(body, date(2022, 3, 1), meeting=called_off, cancelled_because="Sjukdom")
    factories.planned_day(body, date(2022, 4, 1))
    factories.planned_day(body, date(2022, 10, 1))
    factories.meeting(body=body, held_on=date(2021, 12, 1))
    indicator = factories.indicator(plan, body, target=2)
    keeping.add_occasion(indicator, held_on=date(2022, 5, 1), name="utbildning", by=keeper)

    reading = only(plan, date(2022, 6, 30))

    assert [(each.first.month, each.is_held) for each in reading.happenings] == [
        (2, True),
        (4, False),
        (5, True),
        (10, False),
    ]
    assert reading.is_reached is True


def test_board_meetings_the_groups_meetings_strategy_days_and_training_are_all_counted_from_the_calendar():
    """None of them is kept by hand: the days of those who keep no protocol have been held when they have been."""
    plan, hours = factories.goal_plan(2022), {"starts_at": time(13), "ends_at": time(15)}
    board, group = factories.body(), factories.body(kind="preparatory", numbers_paragraphs=False)
    strategy = factories.body(kind="strategy_day", numbers_paragraphs=False)
    training = factories.body(kind="training")
    factories.meeting(body=board, held_on=date(2022, 2, 1), **hours)
    factories.planned_day(group, date(2022, 3, 1), **hours)
    for day in (5, 6):
        factories.planned_day(strategy, date(2022, 4, day), **hours)
    factories.planned_day(training, date(2022, 5, 2), **hours)
    factories.planned_day(training, date(2022, 5, 9), cancelled_because="Läraren sjuk", **hours)
    factories.planned_day(training, date(2022, 9, 2), **hours)
    factories.meeting(body=training, held_on=date(2022, 9, 12), ends_on=date(2022, 9, 13), **hours)
    factories.indicator(plan, board, group, strategy, training)

    reading = only(plan, date(2022, 9, 12))

    assert [(each.words, each.is_held) for each in reading.happenings] == [
        ("1 februari kl. 13.00–15.00", True),
        ("1 mars kl. 13.00–15.00", True),
        ("5–6 april, strategidagar", True),
        ("2 maj kl. 13.00–15.00, utbildning", True),
        ("2 september kl. 13.00–15.00, utbildning", True),
        ("12–13 september, utbildning", False),
    ]
    assert reading.words == "5 hittills"


def test_somebody_who_came_for_a_part_of_the_meeting_came():
    body, plan = factories.seated_body(2), factories.goal_plan(2022)
    meeting = factories.meeting(1, body=body, held_on=date(2022, 2, 1))
    there, away = (factories.attend(meeting, seat=each) for each in body.seats.filter(kind="member").order_by("pk"))
    there.periods.create(presence="serving", first=meeting.paragraphs.get())
    type(away).objects.filter(pk=away.pk).update(presence="absent")
    factories.indicator(plan, body, kind="turnout", target=50, counting="members")

    reading = only(plan, date(2022, 6, 30))

    assert reading.words == "50 % i snitt (1 av 2)"
    assert reading.is_reached is True


def test_a_municipality_without_a_row_in_the_list_has_its_seat_of_the_register():
    body, plan = factories.seated_body(4), factories.goal_plan(2022)
    meeting = factories.meeting(body=body, held_on=date(2022, 2, 1))
    factories.attend(meeting, seat=body.seats.filter(kind="member").first(), presence="serving")
    factories.indicator(plan, body, kind="turnout", target=50)

    assert only(plan, date(2022, 6, 30)).words == "25 % i snitt (1 av 4)"


def test_a_meeting_that_nobody_is_marked_at_tells_nothing():
    body, plan = factories.seated_body(2), factories.goal_plan(2022)
    meeting = factories.meeting(body=body, held_on=date(2022, 2, 1))
    factories.attend(meeting, seat=body.seats.first())
    factories.indicator(plan, body, kind="turnout", target=50)

    reading = only(plan, date(2022, 6, 30))

    assert reading.is_reached is None
    assert reading.words == "ingen närvaro är förd"


def test_agreements_that_hold_on_the_day_are_counted():
    plan = factories.goal_plan(2022)
    days = [("2020-01-01", "2022-12-31"), ("2020-01-01", "2022-05-30"), ("2022-06-01", None), (None, None)]
    for number, (first, last) in enumerate(days):
        Agreement.objects.create(name=f"Avtal {number}", kind="framework", valid_from=first, valid_until=last)
    factories.indicator(plan, kind="agreements", target=1)

    assert only(plan, date(2022, 5, 31)).words == "1 avtal"
    assert only(plan, date(2022, 6, 1)).words == "2 avtal"


def test_municipalities_are_counted_by_mark_and_by_their_councils_decision(keeper):
    factories.board()
    parties = [factories.municipality() for _ in range(2)]
    plan, matter = factories.goal_plan(2022), factories.council_matter()
    visits = factories.indicator(plan, kind="parties", target=None, all_parties=True)
    decided = factories.indicator(plan, kind="parties", target=2, matter=matter)
    keeping.mark_party(visits, parties[0], done_on=date(2022, 3, 1), by=keeper)
    for party, day, outcome in ((0, 1, "approved"), (1, 2, "rejected")):
        matter.decisions.create(municipality=parties[party], decided_on=date(2022, 3, day), outcome=outcome)

    found = readings_of(plan, date(2022, 5, 31))

    assert found[visits.pk].words == "1 av 3 kommuner"
    assert found[visits.pk].target == "alla kommuner"
    assert found[decided.pk].words == "1 av 3 kommuner"
    assert found[decided.pk].is_reached is False
    keeping.mark_party(visits, parties[0], done_on=None, by=keeper)
    assert readings_of(plan, date(2022, 5, 31))[visits.pk].words == "0 av 3 kommuner"


def test_the_latest_value_by_the_day_counts(keeper):
    plan = factories.goal_plan(2022)
    indicator = factories.indicator(plan, kind="by_hand", target=Decimal("4.5"), unit="poäng")
    for day, value in ((date(2022, 2, 1), "4.25"), (date(2022, 9, 1), "4.75")):
        keeping.keep_value(indicator, measured_on=day, value=Decimal(value), by=keeper)

    assert only(plan, date(2022, 5, 31)).words == "4,25 poäng den 1 februari 2022"
    assert only(plan, date(2022, 5, 31)).is_reached is False
    assert only(plan, date(2022, 12, 31)).is_reached is True
    with pytest.raises(Refused, match="har inte varit än"):
        keeping.keep_value(indicator, measured_on=timezone.localdate().replace(year=2199), value=1, by=keeper)


def test_queries_do_not_grow_with_goals_indicators_and_meetings(django_assert_num_queries):
    few, many = filled(2021, 1), filled(2022, 6)
    with CaptureQueriesContext(connection) as captured:
        readings_of(few, date(2021, 12, 31))

    with django_assert_num_queries(len(captured)):
        readings_of(many, date(2022, 12, 31))


def filled(year: int, number: int) -> GoalPlan:
    """A year with so many indicators of each kind, and meetings with attendance."""
    plan, body = factories.goal_plan(year), factories.seated_body(number)
    for month in range(1, number + 1):
        meeting = factories.meeting(body=body, held_on=date(year, month, 1))
        for seat in body.seats.all():
            factories.attend(meeting, seat=seat, presence="serving")
        for kind in ("at_least", "turnout", "agreements", "parties", "by_hand"):
            factories.indicator(plan, body, kind=kind, matter=factories.council_matter() if kind == "parties" else None)
    return plan
