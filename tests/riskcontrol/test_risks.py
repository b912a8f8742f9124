"""The gross list: added by many, scored by everybody, merged and kept, valued by the board."""

from datetime import date

import pytest
from django.urls import reverse

from enamnd.refusal import Refused
from riskcontrol import gross_list
from riskcontrol.actions import risks as actions
from riskcontrol.actions.items import choose_risk
from riskcontrol.actions.plans import adopt_plan
from riskcontrol.models import Risk, Score
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def plan(by):
    return factories.control_plan()


@pytest.fixture
def workshop(plan, by):
    return actions.open_new_workshop(plan, name="Strategidag", held_on="2021-10-13", by=by)


def score(plan, risk, *pair, by):
    return actions.score_risks(plan, {risk.pk: pair}, by=by)


def spread(risk, by):
    (line,) = gross_list.lines_of([Risk.objects.get(pk=risk.pk)], by)
    return line.spread


def test_members_add_risks_while_a_workshop_is_open_and_not_after(plan, workshop, by):
    member = factories.user("member")
    made = actions.add_risk(plan, text="Avtal går ut", by=member)
    actions.close_workshop(plan, by=by)

    assert (made.number, made.raised_by, made.workshop) == (1, member, workshop)
    with pytest.raises(Refused, match="Ingen verkstad är öppen"):
        actions.add_risk(plan, text="En till", by=member)
    assert actions.add_risk(plan, text="Den som för listan kan alltid", by=by).number == 2


@pytest.mark.parametrize("role", ["auditor", "economist", "registrar"])
def test_who_only_reads_adds_and_scores_nothing(plan, workshop, role):
    reader, risk = factories.user(role), factories.risk(plan)

    with pytest.raises(Refused, match="Du saknar behörigheten"):
        actions.add_risk(plan, text="Ny", by=reader)
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        score(plan, risk, 2, 2, by=reader)


def test_everybody_scores_for_themselves_and_may_change_their_mind(plan, workshop, by):
    risk, member = factories.risk(plan), factories.user("member")
    score(plan, risk, 5, 4, by=member)
    score(plan, risk, 1, 2, by=by)
    score(plan, risk, 2, 2, by=member)

    assert (spread(risk, by).count, spread(risk, by).lowest, spread(risk, by).highest) == (2, 2, 4)
    assert [each.likelihood for each in Score.objects.get(by=member).history.all()] == [2, 5]
    risk.refresh_from_db()
    assert risk.value is None, "nämndens värde sätts av nämnden"


def test_scores_outside_the_scale_are_refused_with_their_place_and_nothing_is_saved(workshop, by):
    plan = workshop.plan
    risks = [factories.risk(plan) for _ in range(3)]

    with pytest.raises(Refused) as refused:
        actions.score_risks(plan, {risks[0].pk: (2, 2), risks[1].pk: (6, 1), risks[2].pk: (3, None)}, by=by)

    assert refused.value.lines == (
        "Risk 2: sannolikhet 6 ligger utanför skalan. Skriv 1 till 5.",
        "Risk 3: ange både sannolikhet och konsekvens.",
    )
    assert not Score.objects.exists()


def test_a_plan_without_a_scale_has_no_workshop_and_no_values(by):
    plan = factories.control_plan()
    plan.scale = None
    plan.save()
    risk = factories.risk(plan)

    with pytest.raises(Refused, match="Planen har ingen skala"):
        actions.open_new_workshop(plan, name="Strategidag", held_on="2021-10-13", by=by)
    with pytest.raises(Refused, match="Planen har ingen skala"):
        actions.set_value(risk, 1, 1, by=by)


def test_duplicates_are_merged_and_kept_and_their_scores_count_once_a_person(plan, workshop, by):
    kept, twin = factories.risk(plan, "Avtal går ut"), factories.risk(plan, "Avtal löper ut")
    member = factories.user("member")
    score(plan, kept, 2, 2, by=by)
    score(plan, twin, 5, 5, by=by)
    score(plan, twin, 3, 3, by=member)

    actions.merge_risk(twin, kept, by=by)

    assert [each.text for each in gross_list.find(plan)] == ["Avtal går ut"]
    assert [each.text for each in gross_list.find(plan, show="merged")] == ["Avtal löper ut"]
    assert (spread(kept, by).count, spread(kept, by).highest) == (2, 9)


def test_what_was_merged_follows_along_and_can_stand_alone_again(plan, by):
    first, second, third = (factories.risk(plan) for _ in range(3))
    actions.merge_risk(first, second, by=by)
    actions.merge_risk(second, third, by=by)

    first.refresh_from_db()
    assert first.merged_into == third
    assert actions.part_risk(first, by=by).merged_into is None
    with pytest.raises(Refused, match="inte sammanslagen"):
        actions.part_risk(first, by=by)


def test_what_is_no_pair_is_not_merged(plan, by):
    risk, chosen = factories.risk(plan), factories.control_item(factories.risk(plan)).risk
    elsewhere = factories.risk(factories.control_plan(2023))

    for one, other, said in (
        (risk, risk, "en annan risk"),
        (risk, elsewhere, "olika år"),
        (chosen, risk, "står i planen"),
    ):
        with pytest.raises(Refused, match=said):
            actions.merge_risk(one, other, by=by)


def test_the_value_and_the_value_after_are_those_of_the_scale(plan, by):
    risk = factories.risk(plan)
    actions.set_value(risk, 5, 4, by=by)
    actions.tell_after(risk, treatment="Reservdrift", likelihood_after=2, consequence_after=4, by=by)
    risk.refresh_from_db()

    assert (risk.value, risk.value_after) == (20, 8)
    with pytest.raises(Refused) as refused:
        actions.tell_after(risk, treatment="", likelihood_after=2, consequence_after=6, by=by)
    assert refused.value.field == "consequence_after"
    with pytest.raises(Refused, match="Ange både") as refused:
        actions.set_value(risk, 3, None, by=by)
    assert refused.value.field == "consequence"


def test_a_risk_in_an_adopted_plan_is_not_changed_but_what_became_of_it_is_told(plan, by):
    risk = factories.control_item(factories.risk(plan, likelihood=3, consequence=3)).risk
    adopt_plan(plan, date(2021, 12, 8), decision="2021-12-08 § 50", by=by)

    with pytest.raises(Refused, match="antogs 8 december 2021 och ändras inte"):
        actions.change_risk(risk, text="Något annat", by=by)
    assert actions.tell_after(risk, treatment="", likelihood_after=1, consequence_after=3, by=by).value_after == 3
    assert actions.change_risk(factories.risk(plan), text="Bara på bruttolistan", by=by).text == "Bara på bruttolistan"


def test_two_who_change_a_risk_keep_each_others_facts_and_see_both_values_of_the_same(client_as, plan):
    client, other = client_as("coordinator"), factories.user("coordinator", name="Maja Ek")
    one, two = factories.activity("Elevhälsa"), factories.activity("E-arkiv")
    risk = factories.risk(plan, "Avtal går ut", likelihood=2, consequence=2, source="internal")
    address = reverse("riskcontrol:risk_change", args=[risk.pk])
    form = client.get(address).context["form"]
    page = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [], "")}
    page |= {form.add_initial_prefix(name): page.get(name, "") for name in form.fields}
    shown = {"text": risk.text, "source": "internal", "activities": []}
    theirs = {"text": "Avtal går ut i mars", "cause": "Ingen bevakar", "source": "external", "activities": [one]}
    actions.change_risk(risk, **theirs, shown=shown, by=other)
    Risk.history.filter(id=risk.pk).update(history_user=other)
    mine = {"text": "Avtal går ut i april", "source": "", "activities": [two.pk], "effect": "Dyrare"}

    answer = client.post(address, page | mine)
    told = {name: str(errors) for name, errors in answer.context["form"].errors.items()}

    assert answer.status_code == 422
    assert set(told) == {"text", "source", "activities"}
    assert "Maja Ek sparade något annat kl." in told["text"]
    assert "”Avtal går ut i mars”. Spara igen" in told["text"]
    assert "”Extern”" in told["source"]
    assert "”Elevhälsa”" in told["activities"]
    assert "Avtal går ut i april" in answer.content.decode()
    form = answer.context["form"]
    again = page | mine | {form.add_initial_prefix(name): form.data[form.add_initial_prefix(name)] for name in told}
    assert client.post(address, again).status_code == 302
    risk.refresh_from_db()
    assert (risk.text, risk.cause, risk.effect) == ("Avtal går ut i april", "Ingen bevakar", "Dyrare")
    assert list(risk.activities.all()) == [two]


def test_a_merged_or_chosen_risk_is_not_chosen_again(plan, by):
    risk = factories.risk(plan)
    choose_risk(risk, by=by)

    with pytest.raises(Refused, match="står redan i planen"):
        choose_risk(risk, by=by)


def test_the_list_is_narrowed_to_a_cell_where_risks_stand_now(plan):
    stays = factories.risk(plan, likelihood=3, consequence=3)
    moved = factories.risk(plan, likelihood=3, consequence=3, likelihood_after=1, consequence_after=3)

    assert list(gross_list.find(plan, cell=(3, 3))) == [stays]
    assert list(gross_list.find(plan, cell=(1, 3))) == [moved]
    assert list(gross_list.find(plan, show="unvalued")) == []
