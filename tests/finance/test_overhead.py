"""Overhead on salaries: counted, remembered, pointed out when it no longer holds, seen where amounts are explained."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from enamnd.refusal import Refused
from finance import budgets
from finance.actions import budgets as budget_actions
from finance.actions import overhead as actions
from finance.actions.allocations import make_allocation
from finance.models import BudgetRow, IndexFigure, Overhead
from finance.overhead import Cost, overhead, salaries_of
from tests import factories


def test_ten_per_cent_on_805_000_kr_is_80_500_kr_and_less_than_a_krona_is_rounded():
    assert overhead(805_000_00, Fraction(10)) == 80_500_00
    assert overhead(1_005_00, Fraction(10)) == 101_00
    assert overhead(-1_005_00, Fraction(10)) == -101_00


def test_it_is_counted_on_the_items_own_salaries_or_on_all_where_it_has_none():
    costs = [Cost(1, "Löner", 500), Cost(2, "Löner", 300), Cost(1, "Löner", 50, is_overhead=True), Cost(1, "Annat", 70)]

    assert salaries_of(costs, 1, "Löner") == 500
    assert salaries_of(costs, 3, "Löner") == 800


@pytest.fixture
def coordinator(db):
    return factories.user("coordinator")


@pytest.fixture
def version(db):
    """2027: an item with 940 000 kr of salaries, and 10 per cent decided from 2026."""
    decide(2026, 10)
    item = factories.cost_item("Utvecklare")
    made = factories.budget_version(2027, {item: (1_034_000, 940_000)})
    made.rows.filter(side="cost").update(group="Löner")
    return made


def decide(year, percent):
    return Overhead.objects.create(
        year=year, percent=Decimal(percent), decision="Nämnden § 4", decided_on=date(2025, 6, 1)
    )


def count(version, by, **more):
    return actions.count_overhead(version, version.rows.first().item, "Löner", "OH", by=by, **more)


def findings(version):
    found = budgets.findings_of(budgets.versions().prefetch_related(budgets.ROWS).get(pk=version.pk))
    return [each.replace("\xa0", " ") for each in found]


def test_it_is_written_as_a_row_and_said_to_be_wrong_once_the_salaries_change(version, coordinator):
    row = count(version, coordinator, under="Omkostnader")

    assert (row.side, row.amount, row.group, row.overhead.percent) == ("cost", 94_000_00, "Omkostnader", 10)
    assert findings(version) == []
    version.rows.filter(label="Utvecklare").update(amount=1_000_000_00)
    assert any("OH är 94 000 kr, men 10 % på löner 1 000 000 kr är 100 000 kr." in each for each in findings(version))
    assert count(version, coordinator) == row
    assert BudgetRow.objects.get(pk=row.pk).amount == 100_000_00


def test_an_index_raises_salaries_and_their_overhead_is_counted_anew(version, coordinator):
    row = count(version, coordinator)
    index = IndexFigure.objects.create(
        name="AKI", year=2027, percent=Decimal(3), published_on=date(2026, 4, 27), source="SKR"
    )
    budget_actions.raise_by_index(version, row.item, [index], 1, 100, by=coordinator)

    row.refresh_from_db()
    assert (row.amount, row.before, row.indexes.count()) == (94_000_00, None, 0)
    assert any("Räkna påslaget på nytt" in each for each in findings(version))
    assert count(version, coordinator).amount == 96_820_00


def test_the_latest_decided_for_the_year_or_before_holds(version, coordinator):
    decide(2027, 12)
    decide(2027, 15)
    decide(2028, 20)

    assert count(version, coordinator).amount == 141_000_00


def test_a_new_version_keeps_it_another_year_takes_what_holds_then_and_by_hand_it_is_no_overhead(version, coordinator):
    decide(2028, 20)
    row = count(version, coordinator)

    again = budget_actions.add_version(version, by=coordinator)
    next_year = budget_actions.begin_budget(2028, like=version, by=coordinator)
    budget_actions.write_rows(version, {row.pk: budget_actions.Written({"amount": 1_00})}, by=coordinator)

    assert again.rows.get(label="OH").overhead.percent == 10
    assert next_year.rows.get(label="OH").overhead.percent == 20
    assert any("20 % på löner 940 000 kr är 188 000 kr" in each for each in findings(next_year))
    assert BudgetRow.objects.get(pk=row.pk).overhead is None


def test_it_is_refused_without_a_decision_without_salaries_and_under_a_label_that_is_taken(version, coordinator):
    item = version.rows.first().item
    with pytest.raises(Refused, match="Delsumman Resor har inga belopp"):
        actions.count_overhead(version, item, "Resor", "OH", by=coordinator)
    with pytest.raises(Refused, match="har redan en rad som heter Utvecklare"):
        actions.count_overhead(version, item, "Löner", "Utvecklare", by=coordinator)
    Overhead.objects.all().delete()
    with pytest.raises(Refused, match="Inget påslag är beslutat för 2027"):
        count(version, coordinator)
    with pytest.raises(Refused, match="vilket beslut"):
        actions.decide_overhead(year=2027, percent=10, decided_on=date(2026, 1, 1), by=coordinator)


def test_an_allocated_amount_tells_the_overhead_in_it(version, coordinator, client):
    factories.board()
    party = factories.municipality("Alfors")
    item = version.rows.first().item
    count(version, coordinator)
    made = make_allocation(
        "Utvecklare 2027", 2027, factories.model_version(), [party], 1_034_000_00, item=item, by=None
    )
    client.force_login(coordinator)

    text = client.get(reverse("finance:share", args=[made.pk, party.pk])).content.decode().replace("\xa0", " ")

    assert 'Enligt <a href="/ekonomi/budget/2027/1/">Budget 2027, version 1</a> är det 1 034 000 kr:' in text
    assert "<li>OH: 94 000 kr, 10 % på löner 940 000 kr. Beslut: Nämnden § 4, 1 juni 2025.</li>" in text


def test_it_is_decided_and_counted_on_its_pages(version, coordinator, client):
    factories.board()
    client.force_login(coordinator)
    decided = {"year": 2027, "percent": "12,5", "decision": "Nämnden 2026-06-12 § 9", "decided_on": "2026-06-12"}
    asked = {"item": version.rows.first().item_id, "group": "Löner", "label": "OH"}

    assert client.post(reverse("finance:overhead_new"), decided).status_code == 302
    there = reverse("finance:overhead_count", args=[2027, version.number])
    shown = client.post(there, asked | {"do": "look"}).content.decode().replace("\xa0", " ")
    assert "117 500" in shown
    assert not version.rows.filter(overhead__isnull=False).exists()
    assert client.post(there, asked | {"do": "save"}).status_code == 302
    assert version.rows.get(label="OH").amount == 117_500_00
    assert "12,5" in client.get(reverse("finance:index_list")).content.decode()
