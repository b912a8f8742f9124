"""Agreements: how long they last, what must be said in time, and who may call off."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from enamnd.refusal import Refused
from projects import agreements
from projects.actions import agreements as actions
from projects.models import Agreement, CallOff
from projects.waiting import waiting_projects
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def by():
    return factories.user("coordinator")


def agreement(**fields) -> Agreement:
    defaults = {"kind": "framework", "valid_from": date(2022, 1, 1), "valid_until": date(2028, 12, 31)}
    return Agreement.objects.create(**{"name": "Konsulttjänster"} | defaults | fields)


def line(of: Agreement):
    return agreements.line_of(agreements.for_lists().get(pk=of.pk), TODAY)


@pytest.mark.parametrize(
    ("last_day", "state", "tone"),
    [
        (date(2028, 12, 31), "gäller", "ok"),
        (TODAY + timedelta(days=180), "går ut 21 maj 2027", "soon"),
        (TODAY - timedelta(days=1), "gick ut 21 november 2026", "late"),
    ],
)
def test_what_ends_soon_is_warned_of_in_time(last_day, state, tone):
    found = line(agreement(valid_until=last_day))

    assert (found.state, found.tone) == (state, tone)


def test_an_option_warns_before_its_last_day_and_prolongs_when_used(by):
    made = agreement(valid_until=date(2027, 1, 31))
    option = actions.add_option(made, date(2028, 1, 31), timezone.localdate() + timedelta(days=20), by=by)
    assert line(made).option == option

    actions.answer_option(option, True, timezone.localdate(), "2026-10-07 § 3", by=by)

    assert line(made).last_day == date(2028, 1, 31)
    with pytest.raises(Refused, match="redan utnyttjad"):
        actions.answer_option(option, False, timezone.localdate(), by=by)


def test_an_option_that_was_let_pass_is_not_used_afterwards(by):
    made = agreement()
    option = made.options.create(until=date(2030, 1, 1), say_by=timezone.localdate() - timedelta(days=3))

    with pytest.raises(Refused, match="Sista dagen att säga till var"):
        actions.answer_option(option, True, timezone.localdate(), by=by)


@pytest.mark.parametrize(
    ("until", "say_by", "said"),
    [(date(2028, 1, 1), date(2027, 1, 1), "gäller redan till"), (date(2030, 1, 1), date(2030, 1, 1), "före den nya")],
)
def test_an_option_that_cannot_be_is_refused(by, until, say_by, said):
    with pytest.raises(Refused, match=said):
        actions.add_option(agreement(), until, say_by, by=by)


def test_an_end_before_its_start_is_refused(by):
    with pytest.raises(Refused, match="ligger före början"):
        actions.add_agreement(
            name="A", kind="contract", valid_from=date(2026, 1, 1), valid_until=date(2025, 1, 1), by=by
        )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"caller": "foundation", "company": "Stiftelsen"}, "Stiftelse får inte avropa"),
        ({"caller": "company"}, "Skriv vad bolaget"),
        ({"called_on": date(2021, 1, 1)}, "började gälla 1 januari 2022"),
    ],
)
def test_only_those_who_may_call_off_and_in_time(by, facts, said):
    facts = {"called_on": date(2023, 1, 1), "what": "Utredning"} | facts
    called_on = facts.pop("called_on")

    with pytest.raises(Refused, match=said):
        actions.add_call_off(agreement(), factories.municipality(), called_on, by=by, **facts)


def test_agreements_in_force_are_counted():
    begun, later = date(2019, 1, 1), date(2028, 1, 1)
    for name, first, last, because in (
        ("Gäller", begun, later, ""),
        ("Gick ut", begun, date(2020, 1, 1), ""),
        ("Tills vidare", begun, None, ""),
        ("Inte tecknat", None, None, ""),
        ("Börjar senare", later, None, ""),
        ("Uppsagt", begun, later, "Leverantören lade ned."),
    ):
        agreement(name=name, valid_from=first, valid_until=last, ended_because=because)

    lines = agreements.lines(TODAY)
    assert {each.agreement.name for each in lines if each.holds} == {"Gäller", "Tills vidare"}
    assert agreements.in_force(lines) == 2
    assert "börjar gälla 1 januari 2028" in [each.state for each in lines]


def test_what_must_be_said_soon_stands_on_the_start_page():
    soon = agreement(valid_until=timezone.localdate() + timedelta(days=30))
    agreement(name="Långt kvar", valid_until=timezone.localdate() + timedelta(days=900))

    (waiting,) = waiting_projects(factories.user("coordinator"), timezone.localdate())
    assert (waiting.what, waiting.due_on) == (f"Ersätt avtalet {soon}?", soon.valid_until)
    assert waiting_projects(factories.user("auditor"), timezone.localdate()) == []


def test_the_list_comes_out_as_a_spreadsheet_and_a_calendar(client_as):
    factories.board()
    made = agreement(supplier="=HYPERLINK()", value=9100000)
    client = client_as("auditor")

    sheet = openpyxl.load_workbook(io.BytesIO(client.get(reverse("projects:agreement_file")).content)).active
    entries = Calendar.from_ical(client.get(reverse("projects:calendar")).content).walk("VEVENT")

    factories.call_off(made, municipality=factories.municipality("Boden"), value=6400)
    called = openpyxl.load_workbook(io.BytesIO(client.get(reverse("projects:call_off_file")).content)).active
    assert [*called.values][1][:3] == (made.name, "Boden", None)
    assert [*called.values][1][4:] == ("Utredning", 6400)
    assert str(entries[0]["url"]).endswith(made.get_absolute_url())
    assert [cell.value for cell in sheet[2]][:4] == [made.name, "Ramavtal", "'=HYPERLINK()", 9100000]
    assert [(str(each["summary"]), each.decoded("dtstart")) for each in entries] == [
        (f"Avtalet går ut: {made}", made.valid_until)
    ]


def test_a_call_off_that_was_put_in_wrong_is_corrected_or_taken_away_and_the_history_keeps_it(client_as):
    factories.board()
    made = factories.call_off(agreement(), value=100)
    client = client_as("coordinator")
    address = reverse("projects:call_off", args=[made.agreement_id, made.pk])
    facts = {
        "municipality": made.municipality_id,
        "caller": "municipality",
        "what": "Utredning av larm",
        "value": "6 400",
    }

    early = client.post(address, facts | {"called_on": "2021-12-31"})
    client.post(address, facts | {"called_on": "2022-05-01"})

    assert "Avtalet började gälla 1 januari 2022." in early.content.decode()
    made.refresh_from_db()
    assert (made.what, made.value, made.called_on) == ("Utredning av larm", 6400, date(2022, 5, 1))
    client.post(reverse("projects:call_off_removal", args=[made.agreement_id, made.pk]))
    assert not made.agreement.call_offs.exists()
    assert [each.value for each in CallOff.history.filter(id=made.pk)] == [6400, 6400, 100]
    page = client.get(made.agreement.get_absolute_url()).content.decode()
    assert f"tog bort avropet av {made.municipality.name}, Utredning av larm" in page


def test_an_option_is_corrected_while_nobody_has_answered_and_an_answer_is_taken_back(by):
    made = actions.add_option(agreement(), date(2030, 12, 31), date(2028, 6, 30), by=by)
    actions.change_option(made, date(2029, 12, 31), date(2028, 6, 30), by=by)
    actions.answer_option(made, True, date(2026, 1, 1), "§ 4", by=by)

    assert line(made.agreement).last_day == date(2029, 12, 31)
    with pytest.raises(Refused, match="Ta tillbaka svaret först"):
        actions.change_option(made, date(2030, 12, 31), date(2028, 6, 30), by=by)
    with pytest.raises(Refused, match="Ta tillbaka svaret först"):
        actions.remove_option(made, by=by)

    actions.withdraw_answer(made, by=by)

    assert line(made.agreement).last_day == date(2028, 12, 31)
    with pytest.raises(Refused, match="inget svar att ta tillbaka"):
        actions.withdraw_answer(made, by=by)
    actions.remove_option(made, by=by)
    with pytest.raises(Refused, match="just tagit bort"):
        actions.change_option(made, date(2029, 12, 31), date(2028, 6, 30), by=by)


def test_a_step_of_a_procurement_is_corrected_or_taken_away(by, client_as):
    factories.board()
    made = actions.add_step(agreement(), "awarded", date(2022, 2, 1), by=by)
    client, address = client_as("coordinator"), reverse("projects:step", args=[made.agreement_id, made.pk])

    client.post(address, {"kind": "signed", "on": "2022-02-02", "note": ""})

    made.refresh_from_db()
    assert (made.kind, made.on, made.history.count()) == ("signed", date(2022, 2, 2), 2)
    client.post(reverse("projects:step_removal", args=[made.agreement_id, made.pk]))
    assert not made.agreement.procurement.exists()


def test_who_may_call_off_is_said_in_words():
    assert Agreement(for_municipalities=False, for_foundations=True).callers == [
        "kommunala bolag som ägs till minst hälften",
        "stiftelser",
    ]
