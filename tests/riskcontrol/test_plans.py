"""The year's plan: its columns, its checks, its adoption, its follow-up, and the year after."""

from datetime import date

import pytest
from django.urls import reverse

from enamnd.documents.models import Paper
from enamnd.newer import Newer
from enamnd.refusal import Refused
from riskcontrol import carrying
from riskcontrol.actions import follow_ups, items, plans
from riskcontrol.actions import risks as risk_actions
from riskcontrol.actions.scales import change_scale
from riskcontrol.columns import KEYS
from riskcontrol.due import activities_of, standing_of
from riskcontrol.models import ControlItem
from riskcontrol.plan_table import plan_rows
from riskcontrol.scoring import read_scale
from tests import factories

pytestmark = pytest.mark.django_db
ADOPTED = {"decision": "2021-12-08 § 50"}
DAY = date(2021, 12, 8)


@pytest.fixture
def by():
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def plan(by):
    return factories.control_plan(2022, risks=2)


@pytest.fixture
def adopted(plan, by):
    plans.adopt_plan(plan, DAY, **ADOPTED, by=by)
    return plan


def told(plan, by, **more):
    """A follow-up in which every item is told of."""
    made = follow_ups.begin_follow_up(plan, "Helår", date(2022, 12, 31), by=by)
    for item in ControlItem.objects.filter(risk__plan=plan):
        facts = {"decision": "Risken accepteras", "analysis": "Gick bra.", "next_responsible": ""} | more
        follow_ups.tell_item(made, item, **facts, by=by)
    return made


# Adopting -------------------------------------------------------------------------------------------------------------


def test_an_adopted_plan_is_a_paper_and_does_not_change(adopted, by):
    (adoption,) = adopted.adoptions.all()

    assert bytes(adoption.paper.file.content).startswith(b"%PDF")
    assert adoption.paper.kind == "control_plan"
    for act in (
        lambda: plans.change_plan(adopted, title="Annan", by=by),
        lambda: items.choose_risk(factories.risk(adopted), by=by),
        lambda: items.leave_out(ControlItem.objects.first(), by=by),
        lambda: plans.adopt_plan(adopted, DAY, **ADOPTED, by=by),
    ):
        with pytest.raises(Refused, match="antogs 8 december 2021 och ändras inte"):
            act()


@pytest.mark.parametrize(
    ("lack", "said"),
    [
        (lambda plan: plan.risks.update(likelihood=None, consequence=None), "riskvärde saknas"),
        (lambda plan: plan.risks.update(responsible=""), "ansvarig saknas"),
        (lambda plan: activities_of(plan).delete(), "metod saknas"),
        (lambda plan: activities_of(plan).update(schedule="days", days=[]), "egna dagar saknas"),
        (lambda plan: type(plan).objects.update(scale=None), "ingen skala"),
    ],
)
def test_what_the_paper_must_have_is_asked_for_before_it_is_adopted(plan, by, lack, said):
    lack(plan)
    plan.refresh_from_db()

    with pytest.raises(Refused, match=said):
        plans.adopt_plan(plan, DAY, **ADOPTED, by=by)
    assert not Paper.objects.exists()


def test_an_empty_plan_and_one_that_nobody_decided_are_not_adopted(plan, by):
    with pytest.raises(Refused, match="inga kontrollmoment"):
        plans.adopt_plan(factories.control_plan(2023), DAY, **ADOPTED, by=by)
    with pytest.raises(Refused, match="Välj paragrafen"):
        plans.adopt_plan(plan, DAY, by=by)


def test_no_decision_in_words_is_needed_to_adopt(plan, by):
    """Adopted with empty Beslut and Analys, which the follow-up fills in (R211)."""
    assert {tuple(row[-2:]) for row in plan_rows(plan)} == {("", "")}
    assert plans.adopt_plan(plan, DAY, **ADOPTED, by=by).paper


def test_an_adoption_that_was_wrong_is_taken_back_and_its_paper_says_so(adopted, by):
    plans.withdraw_adoption(adopted, "Fel paragraf", by=by)

    assert adopted.adoptions.get().paper.withdrawal.reason == "Fel paragraf"
    assert plans.change_plan(adopted, title="Rättad plan", by=by).title == "Rättad plan"
    plans.adopt_plan(adopted, DAY, **ADOPTED, by=by)
    assert adopted.adoptions.filter(withdrawn_at=None).count() == 1


def test_a_scale_that_an_adopted_plan_stands_on_does_not_change(adopted, by):
    four = read_scale(
        {"likelihood": [{"word": w} for w in "abcd"], "consequence": [{"word": w} for w in "abcd"]}
        | {"bands": [{"from": 1, "word": "Låg", "tone": "green"}]}
    )

    with pytest.raises(Refused, match="är antagen med den här skalan"):
        change_scale(adopted.scale, adopted.scale.name, four, by=by)
    assert change_scale(adopted.scale, "Nytt namn", adopted.scale.scale, by=by).name == "Nytt namn"


def test_a_scale_is_not_made_smaller_than_the_values_on_it(plan, by):
    risk_actions.set_value(plan.risks.first(), 5, 1, by=by)
    small = read_scale(
        {"likelihood": [{"word": w} for w in "abcd"], "consequence": [{"word": w} for w in "abcd"]}
        | {"bands": [{"from": 1, "word": "Låg", "tone": "green"}]}
    )

    with pytest.raises(Refused, match="sannolikhet 5"):
        change_scale(plan.scale, plan.scale.name, small, by=by)
    other = factories.risk_scale(4)
    with pytest.raises(Refused, match="Risk 1 har ett värde"):
        plans.change_plan(plan, scale=other, by=by)


def test_the_columns_are_the_years_own(plan, by):
    hidden = {f"show_{key}": False for key in KEYS if key not in ("text", "value")}
    plans.change_plan(plan, of_columns=hidden | {"heading_value": "Värde"}, by=by)
    plan.refresh_from_db()

    assert plan_rows(plan)[0] == ["Leverans 1 blir försenad", "6"]
    assert [each.heading for each in plan.shown_columns] == ["Risk", "Värde"]


def test_two_who_change_columns_keep_each_others_and_are_told_of_the_same(plan, by):
    shown = {f"heading_{key}": name for key, name in KEYS.items()} | {"show_method": True, "show_analysis": True}
    plans.change_plan(plan, of_columns={"heading_method": "Så kontrolleras det"}, shown=shown, by=by)
    plans.change_plan(plan, of_columns={"heading_text": "Moment", "show_analysis": False}, shown=shown, by=by)

    with pytest.raises(Newer) as newer:
        plans.change_plan(plan, title="Ny", of_columns={"heading_method": "Hur"}, shown=shown, by=by)

    assert newer.value.facts == {"heading_method": "Så kontrolleras det"}
    plan.refresh_from_db()
    told = [each.heading for each in plan.shown_columns]
    assert (told[0], "Så kontrolleras det" in told, "Analys" in told) == ("Moment", True, False)
    assert plan.title == "Internkontrollplan 2022"


# Checks ---------------------------------------------------------------------------------------------------------------


def check(activity, by, done_on: str, **more):
    facts = {"done_on": date.fromisoformat(done_on), "result": "fine", "note": ""} | more
    return items.keep_check(activity, **facts, by=by)


def test_a_check_covers_its_day_and_the_next_is_due(adopted, by):
    activity = activities_of(adopted).first()
    check(activity, by, "2022-04-04", covers_on=date(2022, 3, 31))

    (standing,) = standing_of([activities_of(adopted).get(pk=activity.pk)])
    assert standing.due.next == date(2022, 6, 30)
    assert [each.done_on for each in standing.checks] == [date(2022, 4, 4)]


def test_checks_at_the_boards_meetings_follow_the_calendar(plan):
    for day in ("2022-03-16", "2022-06-22", "2023-01-25"):
        factories.meeting(held_on=date.fromisoformat(day))
    activity = factories.control_activity(ControlItem.objects.first(), schedule="meetings")

    (standing,) = standing_of([activities_of(plan).get(pk=activity.pk)])
    assert standing.due.days == (date(2022, 3, 16), date(2022, 6, 22))


def test_a_deviation_says_what_it_is_and_nothing_happens_tomorrow(adopted, by):
    activity = activities_of(adopted).first()

    with pytest.raises(Refused, match="Skriv vad avvikelsen är"):
        check(activity, by, "2022-04-04", result="deviation")
    with pytest.raises(Refused, match="har inte varit än"):
        check(activity, by, "2199-01-01")


def test_recording_a_check_is_not_stopped_by_a_plan_that_is_no_longer_open(adopted, by):
    made = told(adopted, by)
    follow_ups.approve_follow_up(made, date(2022, 12, 31), decision="§ 5", by=by)

    assert check(activities_of(adopted).first(), by, "2022-11-01").pk


def test_days_of_ones_own_lie_in_the_year_of_the_plan(plan, by):
    item = ControlItem.objects.first()
    facts = {"method": "Stickprov", "schedule": "days"}

    with pytest.raises(Refused, match="Skriv dagarna"):
        items.add_activity(item, **facts, days=[], by=by)
    with pytest.raises(Refused, match="ligger inte i 2022"):
        items.add_activity(item, **facts, days=["2023-01-01"], by=by)


def test_an_item_with_checks_stays_in_the_plan(plan, by):
    item = ControlItem.objects.first()
    check(item.activities.first(), by, "2022-04-04")

    with pytest.raises(Refused, match="kan inte tas ut"):
        items.leave_out(item, by=by)


def test_items_change_places_and_one_without_checks_leaves(plan, by):
    first, second = ControlItem.objects.all()
    items.move_item(second, up=True, by=by)
    assert list(ControlItem.objects.all()) == [second, first]

    items.move_item(second, up=True, by=by)
    assert list(ControlItem.objects.all()) == [second, first]
    items.leave_out(second, by=by)
    assert plan.risks.count() == 2


# Following up ---------------------------------------------------------------------------------------------------------


def test_every_item_is_followed_up_before_the_follow_up_is_approved(adopted, by):
    made = follow_ups.begin_follow_up(adopted, "Helår", date(2022, 12, 31), by=by)

    with pytest.raises(Refused, match="Beslut saknas för: Leverans 1 blir försenad; Leverans 2"):
        follow_ups.approve_follow_up(made, date(2022, 12, 31), decision="§ 5", by=by)


def test_an_approved_follow_up_is_a_paper_and_does_not_change(adopted, by):
    made = told(adopted, by)
    follow_ups.assess(made, "Tillräcklig.", by=by)
    follow_ups.approve_follow_up(made, date(2022, 12, 31), decision="§ 5", by=by)
    made.refresh_from_db()

    assert made.paper.kind == "control_follow_up"
    with pytest.raises(Refused, match="godkändes 31 december 2022 och ändras inte"):
        follow_ups.assess(made, "Otillräcklig.", by=by)


def test_the_second_follow_up_begins_from_the_first(adopted, by):
    told(adopted, by)
    second = follow_ups.begin_follow_up(adopted, "Bokslut", date(2023, 1, 31), by=by)

    assert {row.analysis for row in second.rows.all()} == {"Gick bra."}
    with pytest.raises(Refused, match="finns redan"):
        follow_ups.begin_follow_up(adopted, "helår", date(2023, 1, 31), by=by)


# The year after -------------------------------------------------------------------------------------------------------


def test_the_next_year_begins_with_what_the_follow_up_said(adopted, by):
    told(adopted, by, next_responsible="Förvaltningen")
    after = plans.begin_plan(2023, "Plan 2023", previous=adopted, with_decisions=True, by=by)

    rows = list(after.risks.all())
    assert {(risk.responsible, risk.decision, risk.analysis) for risk in rows} == {
        ("Förvaltningen", "Risken accepteras", "Gick bra.")
    }
    assert [change.kind for change in carrying.changes_of(after)] == ["changed", "changed"]
    fields = {field.heading: (field.before, field.after) for field in carrying.changes_of(after)[0].fields}
    assert fields["Ansvarig"] == ("Samordnaren", "Förvaltningen")


def test_an_item_that_needs_reports_of_the_municipalities_says_so_wherever_it_is_handled(adopted, by, client_as):
    item = ControlItem.objects.filter(risk__plan=adopted).first()
    ControlItem.objects.filter(pk=item.pk).update(needs_reports=True)
    follow_up = adopted.follow_ups.create(name="Helår", followed_on="2022-12-31")
    after, client = plans.begin_plan(2023, "Plan 2023", previous=adopted, by=by), client_as("coordinator")

    for address in (
        adopted.get_absolute_url(),
        item.get_absolute_url(),
        reverse("riskcontrol:check_new", args=[item.activities.get().pk]),
        reverse("riskcontrol:follow_up_item", args=[follow_up.pk, item.pk]),
        after.get_absolute_url(),
    ):
        assert "bygger på det som kommunerna rapporterar" in client.get(address).content.decode()
    assert [each.needs_reports for each in ControlItem.objects.filter(risk__plan=after)] == [True, False]


def test_what_is_new_and_what_is_gone_shows(adopted, by):
    mandatory = factories.control_item(factories.risk(adopted, "Årets moment", likelihood=1, consequence=1))
    ControlItem.objects.filter(pk=mandatory.pk).update(is_mandatory=True)
    factories.risk(adopted, "Bara på listan", likelihood=1, consequence=1)
    after = plans.begin_plan(2023, "Plan 2023", previous=adopted, with_gross_list=True, by=by)
    items.choose_risk(factories.risk(after, "Ny risk"), by=by)

    kinds = {change.name: change.kind for change in carrying.changes_of(after)}
    assert kinds == {
        "Leverans 1 blir försenad": "same",
        "Leverans 2 blir försenad": "same",
        "Ny risk": "new",
        "Årets moment": "gone",
    }
    assert after.risks.filter(text="Bara på listan").exists()


def test_a_risk_begins_the_year_with_what_it_was_worth_after_treatment(adopted, by):
    risk = adopted.risks.first()
    risk_actions.tell_after(risk, treatment="", likelihood_after=1, consequence_after=2, by=by)

    after = plans.begin_plan(2023, "Plan 2023", previous=adopted, by=by)

    assert [(each.value, each.value_after) for each in after.risks.all()] == [(2, None), (6, None)]


def test_another_scale_leaves_the_values_to_be_set_anew(adopted, by):
    after = plans.begin_plan(2023, "Plan 2023", previous=adopted, scale=factories.risk_scale(4), by=by)

    assert {each.value for each in after.risks.all()} == {None}


def test_a_year_is_begun_once_and_after_the_one_it_builds_on(adopted, by):
    for year, previous, said in ((2022, None, "redan en plan för 2022"), (2021, adopted, "kan inte bygga på")):
        with pytest.raises(Refused, match=said):
            plans.begin_plan(year, "Plan", previous=previous, by=by)
