"""What in the budget pays for the goals: linked, read where the budget stands, and told."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enamnd.refusal import Refused
from finance.models import BudgetDecision
from meetings.text.markup import clean
from riskcontrol.actions import goal_money as actions
from riskcontrol.actions.goals import begin_goals, remove_goal
from riskcontrol.goals import blocks, money
from riskcontrol.governing.goal_blocks import goals as plan_block
from riskcontrol.models import Goal, GoalMoney, GoverningDocument
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return factories.user("coordinator")


@pytest.fixture
def year():
    """2022 with two goals and a decided budget: 640 000 kr for an archive, 1 100 000 kr for the office."""
    archive, office = factories.cost_item("E-arkiv"), factories.cost_item("Kansli")
    version = factories.budget_version(2022, {archive: (640_000, 640_000), office: (1_100_000, 1_100_000)})
    BudgetDecision.objects.create(version=version, decided_on=date(2021, 12, 1), decision="2021-12-01 § 40")
    factories.budget_version(2022, {archive: (1, 1)})  # a proposal, which does not hold
    plan = factories.goal_plan(2022, goals=2)
    return {"plan": plan, "archive": archive, "office": office, "goals": list(plan.goals.order_by("number"))}


def said(plan) -> dict[int, list[str]]:
    found = money.money_of_goals(plan.goals.values_list("pk", flat=True), money.budget_of(plan.year))
    return {Goal.objects.get(pk=key).number: [plain(each.words) for each in moneys] for key, moneys in found.items()}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_goal_has_the_whole_of_an_item_or_an_amount_as_the_budget_that_holds_says(year, keeper):
    first, second = year["goals"]
    actions.link_money(first, year["archive"], by=keeper)
    actions.link_money(second, year["office"], 180_000_00, by=keeper)

    assert said(year["plan"]) == {1: ["E-arkiv, 640 000 kr"], 2: ["180 000 kr av Kansli"]}


def test_what_several_goals_share_counts_once_and_more_than_the_budget_is_told(year, keeper):
    first, second = year["goals"]
    outside = factories.cost_item("Resor")
    actions.link_money(first, year["archive"], by=keeper)
    actions.link_money(second, year["archive"], 100_000_00, by=keeper)
    actions.link_money(first, year["office"], 600_000_00, by=keeper)
    actions.link_money(second, year["office"], 600_000_00, by=keeper)
    actions.link_money(second, outside, 5_000_00, by=keeper)
    found = money.money_of_goals([first.pk, second.pk], money.budget_of(2022))
    moneys = [each for rows in found.values() for each in rows]

    assert money.total(moneys) == (640_000 + 1_200_000 + 5_000) * 100
    assert [plain(each) for each in money.too_much(moneys)] == [
        "Kansli: målen tar 1 200 000 kr, budgeten har 1 100 000 kr.",
        "Resor: budgeten har inte posten.",
    ]


def test_no_money_at_all_and_the_same_item_twice_are_refused_beside_their_fields(year, keeper):
    goal = year["goals"][0]
    link = actions.link_money(goal, year["archive"], by=keeper)
    other = actions.link_money(goal, year["office"], by=keeper)

    for act, field in (
        (lambda: actions.link_money(goal, year["archive"], by=keeper), "item"),
        (lambda: actions.change_money(other, year["archive"], by=keeper), "item"),
        (lambda: actions.change_money(link, year["archive"], 0, by=keeper), "amount"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.field == field
    assert said(year["plan"]) == {1: ["E-arkiv, 640 000 kr", "Kansli, 1 100 000 kr"]}


def test_whole_items_follow_to_the_next_year_and_amounts_are_written_anew(year, keeper):
    goal = year["goals"][0]
    actions.link_money(goal, year["archive"], by=keeper, note="drift")
    actions.link_money(goal, year["office"], 5_00, by=keeper)

    after = begin_goals(2023, by=keeper, previous=year["plan"])

    (link,) = GoalMoney.objects.filter(goal__plan=after)
    assert (link.item, link.amount, link.note) == (year["archive"], None, "drift")
    assert said(after) == {1: ["E-arkiv, som budgeten inte har"]}
    goal.followed_by.all().update(follows=None)
    remove_goal(goal, by=keeper)
    assert not GoalMoney.objects.filter(goal__plan=year["plan"]).exists()


def test_money_stands_in_the_follow_up_and_in_the_plan(year, keeper):
    actions.link_money(year["goals"][0], year["archive"], by=keeper)
    period = factories.goal_period(year["plan"])

    html = blocks.goals_follow_up({"period": period.pk})
    drawn = plan_block(GoverningDocument(year=2022), {}).html

    assert clean(html) == html
    assert html.count("<p>Avsatta medel: E-arkiv, 640\u00a0000\u00a0kr.</p>") == 1
    assert drawn.count("<p>Avsatta medel: E-arkiv, 640\u00a0000\u00a0kr.</p></li>") == 1


def test_the_pages_show_and_keep_money_and_hold_what_was_written_in_a_refused_form(year, client_as):
    goal, client = year["goals"][0], client_as("coordinator")
    address = reverse("riskcontrol:goal_money_new", args=[goal.pk])

    wrong = client.post(address, {"item": year["archive"].pk, "amount": "mycket", "note": "drift"})
    client.post(address, {"item": year["archive"].pk, "amount": "180 000", "note": "drift"})
    page = client.get(goal.get_absolute_url()).content.decode()
    of_year = client.get(year["plan"].get_absolute_url()).content.decode()

    assert wrong.status_code == 422
    assert "”mycket” är inget belopp" in wrong.content.decode()
    assert 'value="drift"' in wrong.content.decode()
    assert "180\u00a0000\u00a0kr av E-arkiv" in page
    assert "Budget 2022 (fastställd)" in page
    assert "180\u00a0000\u00a0kr av E-arkiv" in of_year
    assert "Målen har tillsammans 180\u00a0000 kr i" in of_year
    client.post(reverse("riskcontrol:goal_money_removal", args=[goal.budget_money.get().pk]))
    assert not goal.budget_money.exists()


def test_money_of_many_goals_takes_as_many_queries_as_of_one(year, keeper):
    actions.link_money(year["goals"][0], year["archive"], by=keeper)
    with CaptureQueriesContext(connection) as one:
        said_of = money.money_of_goals([year["goals"][0].pk], money.budget_of(2022))
        assert [each.words for found in said_of.values() for each in found]
    actions.link_money(year["goals"][0], year["office"], by=keeper)
    actions.link_money(year["goals"][1], year["office"], by=keeper)
    with CaptureQueriesContext(connection) as many:
        said_of = money.money_of_goals([each.pk for each in year["goals"]], money.budget_of(2022))
        assert [each.words for found in said_of.values() for each in found]

    assert len(many) == len(one) == 3
