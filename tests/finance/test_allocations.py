from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.urls import reverse

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from finance import explaining
from finance.actions import models as model_actions
from finance.actions.allocations import decide_allocation, let_buy_in, make_allocation
from finance.comparing import compare
from finance.models import Allocation, AllocationModel, AllocationShare, KeyFigure, ModelVersion
from finance.weighing import model_in_words
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE = {"Boden": 3000, "Kalix": 1000, "Piteå": 4000}


@pytest.fixture
def coordinator():
    return factories.user("coordinator")


@pytest.fixture
def places():
    return {name: factories.municipality(name) for name in PEOPLE}


@pytest.fixture
def kind(places):
    made = factories.key_figure_kind("Folkmängd")
    factories.key_figures(made, {places[name]: value for name, value in PEOPLE.items()})
    return made


@pytest.fixture
def by_people(kind):
    return factories.model_version({"method": "figure", "size": "rest", "kind": kind})


def allocate(version, places, by, amount=1_000_00, **more):
    return make_allocation("Projektet 2022", 2022, version, places, amount, by=by, **more)


def paid(allocation) -> dict:
    return {each.municipality.name: each.amount for each in allocation.shares.select_related("municipality")}


def test_every_row_is_frozen_with_its_figures(by_people, places, coordinator):
    made = allocate(by_people, [places["Boden"], places["Piteå"]], coordinator)

    assert paid(made) == {"Boden": 429_00, "Kalix": 0, "Piteå": 571_00}
    page = explaining.shown(made)
    assert [line.takes_part for line in page.lines] == [True, True, False]
    boden = next(line for line in page.lines if line.name == "Boden")
    figure = KeyFigure.objects.get(pk=boden.weights[0].figure_id)
    assert (figure.value, figure.as_of) == (3000, date(2020, 12, 31))
    assert boden.exact * 7 == 3_000_00
    assert Event.objects.get(verb="allocation.made").actor == coordinator.pk


def test_a_new_figure_changes_no_allocation_that_is_made(by_people, places, coordinator, kind):
    made = allocate(by_people, list(places.values()), coordinator)
    before = paid(made)
    kind.figures.update(replaced_by=None)

    figure = kind.figures.get(municipality=places["Boden"])
    figure.replaced_by = figure
    figure.save()
    factories.key_figures(kind, {places["Boden"]: 9000})

    assert paid(made) == before
    weight = explaining.shown(made).lines[1].weights[0]
    assert KeyFigure.objects.get(pk=weight.figure_id).value == weight.weight == 3000


def test_a_participant_without_a_figure_is_named(by_people, places, coordinator):
    other = factories.municipality("Överkalix")

    with pytest.raises(Refused, match="Överkalix saknar tal för folkmängd den 31 december 2020"):
        allocate(by_people, [*places.values(), other], coordinator)


def test_a_draft_and_a_version_not_yet_in_force_are_not_allocated_by(places, coordinator):
    draft = factories.model_version(is_adopted=False)
    later = factories.model_version(valid_from=date(2023, 1, 1))

    for version, reason in ((draft, "är inte antagen"), (later, "gäller först från")):
        with pytest.raises(Refused, match=reason):
            allocate(version, list(places.values()), coordinator)


def test_a_project_is_paid_by_two_at_least(places, coordinator):
    project = factories.activity(kind="project")

    with pytest.raises(Refused, match="minst två kommuner"):
        allocate(factories.model_version(), [places["Boden"]], coordinator, activity=project)


def test_what_is_met_from_outside_goes_first(places, coordinator):
    version = factories.model_version(
        {"method": "outside", "size": "percent", "percent": Decimal(25), "note": "bidrag"},
        {"method": "equal", "size": "rest"},
    )

    made = allocate(version, list(places.values()), coordinator, outside=150_00, outside_source="Regionen")

    assert made.outside == 400_00
    assert made.outside_source == "bidrag och Regionen"
    assert set(paid(made).values()) == {200_00}


def test_use_is_given_with_the_allocation(places, coordinator):
    version = factories.model_version({"method": "use", "size": "rest"})

    made = allocate(version, list(places.values()), coordinator, given={"Boden": Decimal(1), "Kalix": 3, "Piteå": 0})

    assert paid(made) == {"Boden": 250_00, "Kalix": 750_00, "Piteå": 0}


def test_a_late_joiner_pays_what_the_others_are_credited(by_people, places, coordinator):
    first = allocate(by_people, [places["Boden"], places["Piteå"]], coordinator)

    made = let_buy_in(first, places["Kalix"], by=coordinator)

    assert paid(made) == {"Boden": 375_00, "Kalix": 125_00, "Piteå": 500_00}
    first.refresh_from_db()
    assert first.replaced_by == made
    assert list(Allocation.objects.current()) == [made]
    with pytest.raises(Refused, match="redan ersatt"):
        let_buy_in(first, places["Kalix"], by=coordinator)
    with pytest.raises(Refused, match="deltar redan"):
        let_buy_in(made, places["Kalix"], by=coordinator)


def test_a_buy_in_is_shown_before_it_is_done(client_as, by_people, places, coordinator):
    first = allocate(by_people, [places["Boden"], places["Piteå"]], coordinator)
    client = client_as("coordinator")
    address = reverse("finance:buy_in", args=[first.pk])

    looked = client.post(address, {"municipality": places["Kalix"].pk, "do": "look"})

    assert [(each.who, each.difference) for each in looked.context["changes"]] == [
        ("Piteå", -71_00),
        ("Boden", -54_00),
        ("Kalix", 125_00),
    ]
    assert Allocation.objects.count() == 1
    client.post(address, {"municipality": places["Kalix"].pk, "do": "save"})
    assert Allocation.objects.count() == 2


def test_a_decision_is_kept_once(by_people, places, coordinator):
    made = allocate(by_people, list(places.values()), coordinator)

    with pytest.raises(Refused, match="Ange paragrafen"):
        decide_allocation(made, by=coordinator, decided_on=date(2022, 6, 22))
    decide_allocation(made, by=coordinator, decided_on=date(2022, 6, 22), paragraph=factories.paragraph(number=12))
    with pytest.raises(Refused, match="redan infört"):
        decide_allocation(made, by=coordinator, decided_on=date(2022, 6, 22), decision="§ 13")


def test_a_model_is_written_adopted_and_then_never_changes(kind, coordinator):
    model = model_actions.add_model(by=coordinator, name="Blandat", valid_from=date(2022, 1, 1), unit=100)
    version = model.versions.get()
    model_actions.add_part(version, "equal", "percent", percent=Decimal(30), by=coordinator)

    with pytest.raises(Refused, match="tillsammans 30 %"):
        model_actions.adopt_version(version, by=coordinator, adopted_on=date(2022, 1, 2), decision="Avtalet")
    model_actions.add_part(version, "figure", "rest", kind=kind, by=coordinator)
    version = model_actions.adopt_version(version, by=coordinator, adopted_on=date(2022, 1, 2), decision="Avtalet")

    assert model_in_words(version) == "30 % i lika delar och resten efter folkmängd"
    with pytest.raises(Refused, match="ändras inte"):
        model_actions.add_part(version, "equal", "rest", by=coordinator)
    second = model_actions.add_version(model, by=coordinator)
    assert [each.method for each in second.parts.all()] == ["equal", "figure"]
    with pytest.raises(Refused, match="redan ett utkast"):
        model_actions.add_version(model, by=coordinator)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"method": "equal", "size": "percent"}, "hur många procent"),
        ({"method": "equal", "size": "amount"}, "hur många kronor"),
        ({"method": "outside", "size": "rest"}, "procent eller kronor"),
        ({"method": "figure", "size": "rest"}, "Välj nyckeltal"),
        ({"method": "fixed", "size": "rest", "fixed": {}}, "De ska bli 100 %"),
    ],
)
def test_a_part_that_says_nothing_is_refused(coordinator, facts, reason):
    version = factories.model_version(is_adopted=False)

    with pytest.raises(Refused, match=reason):
        model_actions.add_part(version, by=coordinator, **facts)


def test_fixed_shares_make_a_hundred(places, coordinator):
    version = factories.model_version(is_adopted=False)
    version.parts.all().delete()
    fixed = {places["Boden"]: Decimal(60), places["Kalix"]: Decimal(39)}
    with pytest.raises(Refused, match="99,0000 %"):
        model_actions.add_part(version, "fixed", "rest", fixed=fixed, by=coordinator)

    fixed = {places["Boden"]: Decimal("66.6"), places["Kalix"]: Decimal("33.4")}
    model_actions.add_part(version, "fixed", "rest", fixed=fixed, by=coordinator)
    version = model_actions.adopt_version(version, by=coordinator, adopted_on=date(2022, 1, 2), decision="Avtalet")

    assert paid(allocate(version, [places["Boden"], places["Kalix"]], coordinator)) == {
        "Boden": 666_00,
        "Kalix": 334_00,
        "Piteå": 0,
    }


def test_models_are_compared_and_one_that_cannot_be_counted_says_why(by_people, places):
    bare = factories.model_version({"method": "figure", "size": "rest", "kind": factories.key_figure_kind("Elevantal")})

    found = compare([by_people, factories.model_version(), bare], list(places.values()), 800_00, 2022)

    boden = next(cells for place, cells in found.rows if place.name == "Boden")
    assert [cell and cell.amount for cell in boden] == [300_00, 267_00, None]
    assert boden[0].per_inhabitant == 10
    assert "saknar tal för elevantal" in found.columns[2].trouble


def test_the_page_of_a_share_leads_to_model_figure_source_and_decision(client_as, by_people, places, coordinator):
    made = allocate(by_people, list(places.values()), coordinator)
    decide_allocation(made, by=coordinator, decided_on=date(2022, 6, 22), paragraph=factories.paragraph(number=12))

    page = client_as("economist").get(reverse("finance:share", args=[made.pk, places["Boden"].pk])).content.decode()

    figure = by_people.parts.get().kind.figures.get(municipality=places["Boden"])
    for wanted in (
        "375\u00a0kr",
        reverse("finance:figure", args=[figure.pk]),
        "Källa: SCB",
        by_people.get_absolute_url(),
        "Samverkansavtalet",
        "§ 12",
    ):
        assert wanted in page


def test_an_allocation_is_looked_at_then_kept_and_bad_input_stays(client_as, by_people, places):
    client, address = client_as("coordinator"), reverse("finance:allocation_new")
    facts = {
        "title": "Projektet",
        "year": 2022,
        "amount": "1 000",
        "version": by_people.pk,
        "places": [each.pk for each in places.values()],
    }

    too_much = client.post(address, facts | {"amount": "1 000 000 000 000 000", "do": "save"})
    looked = client.post(address, facts | {"do": "look"})
    saved = client.post(address, facts | {"do": "save"})

    assert too_much.status_code == 422
    assert "kan inte stämma" in too_much.content.decode()
    assert "1 000 000 000 000 000" in too_much.content.decode()
    assert looked.context["worked"].allocated.divided == 1_000_00
    assert saved.status_code == 302
    assert AllocationShare.objects.aggregate(sum=Sum("amount"))["sum"] == 1_000_00


def test_an_item_that_is_divided_already_is_said_to_be(client_as, by_people, places, coordinator):
    item = factories.cost_item("Grundbelopp")
    made = allocate(by_people, list(places.values()), coordinator, item=item)
    facts = {"title": "Igen", "year": 2022, "amount": "1 000", "version": by_people.pk, "item": item.pk}

    looked = client_as("coordinator").post(
        reverse("finance:allocation_new"), facts | {"places": [each.pk for each in places.values()], "do": "look"}
    )

    assert "Grundbelopp är redan fördelad för 2022" in looked.content.decode()
    assert f"?ersatter={made.pk}" in looked.content.decode()


def test_the_queries_of_the_page_do_not_grow_with_the_municipalities(
    client_as, by_people, kind, places, coordinator, django_assert_max_num_queries
):
    client = client_as("economist")
    few = allocate(by_people, list(places.values()), coordinator)
    more = [factories.municipality() for _ in range(20)]
    factories.key_figures(kind, dict.fromkeys(more, 500))
    many = allocate(by_people, [*places.values(), *more], coordinator)
    with django_assert_max_num_queries(20) as first:
        client.get(few.get_absolute_url())

    with django_assert_max_num_queries(len(first)):
        client.get(many.get_absolute_url())


def test_the_database_keeps_one_draft_of_a_model_at_a_time(coordinator):
    model = AllocationModel.objects.create(name="Ny")
    ModelVersion.objects.create(model=model, number=1, valid_from=date(2022, 1, 1))

    with pytest.raises(Refused):
        model_actions.add_version(model, by=coordinator)
