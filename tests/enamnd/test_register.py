"""The register over the organisation: terms, seats, and pages that show who sat where then."""

from datetime import date

import pytest
from django.urls import reverse

from enamnd.organisation import rules
from enamnd.organisation.models import Mandate, Municipality, Office, Person, Seat
from enamnd.refusal import Refused
from enamnd.register import actions
from enamnd.register.changes import changes_of
from enamnd.register.forms import MunicipalityForm
from enamnd.register.sitting import parties_on, vacancies
from tests import factories


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        (("2023-01-01", "2026-12-31"), ("2027-01-01", None), False),
        (("2023-01-01", "2026-12-31"), ("2026-12-31", None), True),
        (("2023-01-01", None), ("2019-01-01", "2022-12-31"), False),
        (("2023-01-01", None), ("2019-01-01", "2023-01-01"), True),
        (("2023-01-01", None), ("2030-01-01", None), True),
        (("2023-01-01", "2026-12-31"), ("2024-01-01", "2024-06-30"), True),
        (("2024-01-01", "2024-06-30"), ("2023-01-01", "2026-12-31"), True),
    ],
)
def test_two_terms_share_a_day(first, second, share):
    terms = [*map(day, first), *map(day, second)]

    assert rules.share_a_day(*terms) is share


@pytest.fixture
def secretary(db):
    return factories.user("secretary")


@pytest.fixture
def seat(db):
    return factories.seat(factories.body(), municipality=factories.municipality("Tallberga"))


def test_a_seat_is_held_by_one_at_a_time(seat, secretary):
    siv = factories.person("Siv Alm", political_party="S")
    actions.add_mandate(seat, siv, valid_from=date(2023, 1, 1), valid_until=date(2026, 12, 31), by=secretary)

    with pytest.raises(Refused, match=r"Siv Alm \(S\) har den 1 januari 2023–31 december 2026") as refusal:
        actions.add_mandate(seat, factories.person(), valid_from=date(2026, 12, 31), by=secretary)
    assert refusal.value.field == "valid_from"

    actions.add_mandate(seat, factories.person(), valid_from=date(2027, 1, 1), by=secretary)


def test_a_term_ends_after_it_begins(seat, secretary):
    with pytest.raises(Refused, match="slutar 31 december 2022, före det börjar 1 januari 2023") as refusal:
        actions.add_mandate(
            seat, factories.person(), valid_from=date(2023, 1, 1), valid_until=date(2022, 12, 31), by=secretary
        )
    assert refusal.value.field == "valid_until"


def test_a_mandate_that_ends_early_leaves_the_seat_to_the_next(seat, secretary):
    mandate = factories.mandate(seat, valid_from=date(2023, 1, 1), valid_until=date(2026, 12, 31))

    with pytest.raises(Refused, match="slutar redan 31 december 2026"):
        actions.end_mandate(mandate, on=date(2027, 1, 1), by=secretary)
    actions.end_mandate(mandate, on=date(2024, 10, 31), by=secretary)
    following = actions.add_mandate(seat, factories.person(), valid_from=date(2024, 11, 1), by=secretary)

    assert list(seat.mandates.valid_on(date(2024, 10, 31))) == [mandate]
    assert list(seat.mandates.valid_on(date(2024, 11, 1))) == [following]


def test_a_correction_is_held_to_the_same_rules(seat, secretary):
    first = factories.mandate(seat, valid_from=date(2019, 1, 1), valid_until=date(2022, 12, 31))
    factories.mandate(seat, valid_from=date(2023, 1, 1))

    with pytest.raises(Refused, match="Platsen är upptagen"):
        actions.change_mandate(first, valid_until=date(2023, 1, 1), by=secretary)
    actions.change_mandate(first, decision="§ 12", by=secretary)

    first.refresh_from_db()
    assert (first.decision, first.valid_until) == ("§ 12", date(2022, 12, 31))


def test_nobody_is_chair_twice_at_once(secretary):
    body, siv = factories.body(), factories.person("Siv Alm")
    actions.add_office(body, siv, Office.Role.CHAIR, valid_from=date(2023, 1, 1), by=secretary)

    with pytest.raises(Refused, match="Siv Alm är redan ordförande från 1 januari 2023"):
        actions.add_office(body, siv, Office.Role.CHAIR, valid_from=date(2024, 1, 1), by=secretary)
    actions.add_office(body, siv, Office.Role.SECRETARY, valid_from=date(2024, 1, 1), by=secretary)


def test_only_those_who_keep_the_register_change_it(seat):
    member = factories.user("member")

    with pytest.raises(Refused, match="Du saknar behörigheten"):
        actions.add_mandate(seat, factories.person(), valid_from=date(2023, 1, 1), by=member)

    assert not Mandate.objects.exists()


def test_empty_places_are_pointed_out_for_the_day(db):
    body = factories.body()
    filled, half, empty = (factories.municipality(name) for name in ("Arnäs", "Ytterby", "Åsarna"))
    for place in (filled, half, empty):
        for kind in Seat.Kind:
            factories.seat(body, municipality=place, kind=kind)
    for seat in body.seats.exclude(municipality=empty).exclude(municipality=half, kind=Seat.Kind.SUBSTITUTE):
        factories.mandate(seat, valid_from=date(2023, 1, 1))

    parties = parties_on(body, date(2023, 5, 2))

    assert [party.municipality.name for party in parties] == ["Arnäs", "Ytterby", "Åsarna"]
    assert vacancies(parties) == ["Ytterby saknar ersättare", "Åsarna saknar ledamot och ersättare"]
    assert len(vacancies(parties_on(body, date(2022, 12, 31)))) == 3


def test_changes_say_who_changed_what_from_what_to_what(client_as):
    client = client_as("secretary")
    siv = factories.person("Siv Alm", political_party="S")

    client.post(reverse("organisation:person_change", args=[siv.pk]), {"name": "Siv Alm", "political_party": "V"})

    latest = changes_of(siv)[0]
    assert latest.who == client.user.name
    assert latest.fields == ("parti: S → V",)


# Pages ----------------------------------------------------------------------------------------------------------------


def test_a_body_shows_who_sat_there_then(client_as, seat):
    before = factories.mandate(seat, valid_until=date(2022, 12, 31))
    after = factories.mandate(seat, valid_from=date(2023, 1, 1))
    client, page = client_as("member"), reverse("organisation:body", args=[seat.body_id])

    now = client.get(page).content.decode()
    then = client.get(page, {"dag": "2022-06-22"}).content.decode()

    assert after.person.name in now
    assert before.person.name not in now
    assert before.person.name in then
    assert after.person.name not in then


def test_a_mandate_is_given_to_a_new_person_in_the_browser(client_as, seat):
    client = client_as("secretary")
    asked = {"new_person": "Siv Alm", "political_party": "S", "valid_from": "2023-01-01", "decision": "§ 12"}

    answer = client.post(reverse("organisation:mandate_new", args=[seat.pk]), asked, follow=True)

    assert "Siv Alm (S)" in answer.content.decode()
    mandate = Mandate.objects.get()
    assert (mandate.person.political_party, mandate.decision) == ("S", "§ 12")


def test_a_refused_mandate_leaves_nobody_behind_in_the_register(client_as, seat):
    client = client_as("secretary")
    factories.mandate(seat)
    before = Person.objects.count()

    answer = client.post(
        reverse("organisation:mandate_new", args=[seat.pk]), {"new_person": "Siv Alm", "valid_from": "2023-01-01"}
    )

    assert answer.status_code == 400
    assert "Platsen är upptagen" in answer.content.decode()
    assert "Siv Alm" in answer.content.decode()
    assert Person.objects.count() == before


@pytest.mark.parametrize(
    ("number", "said"),
    [("212000-2743", "Organisationsnumret 212000-2743 stämmer inte"), ("212000-2742", None)],
)
def test_a_wrong_check_digit_is_refused(client_as, number, said):
    client, place = client_as("secretary"), factories.municipality("Tallberga")
    asked = {"name": "Tallberga", "full_name": "Tallberga kommun", "kind": "municipality", "org_number": number}

    answer = client.post(reverse("organisation:municipality_change", args=[place.pk]), asked)

    assert (answer.status_code == 400) is bool(said)
    assert said is None or said in answer.content.decode()
    assert Municipality.objects.get(pk=place.pk).org_number == (None if said else number)


def test_offices_and_mandates_end_in_the_browser(client_as, seat):
    client = client_as("secretary")
    mandate = factories.mandate(seat, valid_from=date(2023, 1, 1))
    office = factories.office(seat.body, valid_from=date(2023, 1, 1))

    client.post(reverse("organisation:mandate_end", args=[mandate.pk]), {"on": "2024-10-31"})
    client.post(reverse("organisation:office_end", args=[office.pk]), {"on": "2024-10-31"})
    refused = client.post(reverse("organisation:office_end", args=[office.pk]), {"on": "2022-01-01"})

    assert Mandate.objects.get().valid_until == Office.objects.get().valid_until == date(2024, 10, 31)
    assert "före det börjar 1 januari 2023" in refused.content.decode()


def test_persons_are_found_whatever_the_case_of_letters(client_as):
    factories.person("Östen Ås")
    factories.person("Siv Alm")

    page = client_as("member").get(reverse("organisation:person_list"), {"q": "östen"}).content.decode()

    assert "Östen Ås" in page
    assert "Siv Alm" not in page


@pytest.mark.parametrize("name", ["overview", "municipality_list", "body_list", "person_list"])
def test_pages_load_while_there_is_nothing(client_as, name):
    assert client_as("secretary").get(reverse(f"organisation:{name}")).status_code == 200


@pytest.mark.parametrize("address", ["body", "overview", "municipality_list", "person_list"])
def test_pages_ask_the_same_number_of_questions_for_many_rows(client_as, django_assert_max_num_queries, address):
    factories.board()
    client, body = client_as("member"), factories.seated_body(2)
    url = reverse(f"organisation:{address}", args=[body.pk] if address == "body" else [])

    def questions():
        with django_assert_max_num_queries(25) as counted:
            client.get(url)
        return len(counted)

    few = questions()
    for _ in range(12):
        party = factories.municipality()
        factories.mandate(factories.seat(body, municipality=party))
        factories.office(body)
    assert questions() == few


def municipality_form(one: Municipality, **changes) -> dict:
    """What a browser sends from the page that changes a municipality."""
    values = {name: "" if value is None else value for name, value in MunicipalityForm(instance=one).initial.items()}
    return {**{f"initial-{name}": value for name, value in values.items()}, **values, **changes}


def test_two_change_the_same_municipality_and_neither_takes_back_the_others_facts(client_as):
    one = factories.municipality("Tallberga", postal_address="Torget 1\n123 45 Tallberga")
    address = reverse("organisation:municipality_change", args=[one.pk])
    early = municipality_form(one, email="registrator@tallberga.example")
    late = municipality_form(one, postal_address="Torget 2\r\n123 45 Tallberga", code="9901")
    late["initial-postal_address"] = "Torget 1\r\n123 45 Tallberga"

    assert client_as("secretary").post(address, early).status_code == 302
    assert client_as("administrator").post(address, late).status_code == 302

    one.refresh_from_db()
    assert (one.email, one.code) == ("registrator@tallberga.example", "9901")
    assert one.postal_address.startswith("Torget 2")


def test_two_change_the_same_fact_of_a_municipality_and_the_second_is_told(client_as):
    one = factories.municipality("Tallberga")
    address = reverse("organisation:municipality_change", args=[one.pk])
    early, late = (
        municipality_form(one, email="a@tallberga.example"),
        municipality_form(one, email="b@tallberga.example"),
    )

    client_as("secretary", name="Siv Sund").post(address, early)
    answer = client_as("administrator").post(address, late)

    assert answer.status_code == 400
    assert "Siv Sund sparade något annat" in answer.content.decode()
    assert Municipality.objects.get(pk=one.pk).email == "a@tallberga.example"


def test_a_mandate_says_whether_its_person_may_take_an_officer_s_decisions(client_as):
    factories.board()
    seat = factories.seat(factories.body("Beredningsgruppen"))
    facts = {"new_person": "Siv Provberg", "valid_from": "2022-01-01", "decides_as_officer": "on"}
    secretary = client_as("secretary")

    secretary.post(reverse("organisation:mandate_new", args=[seat.pk]), facts)

    mandate = seat.mandates.get()
    assert mandate.decides_as_officer
    assert "tjänstemannabeslut" in secretary.get(reverse("organisation:person", args=[mandate.person_id])).text
