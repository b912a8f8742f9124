"""The register of delegated decisions, and the order that they rest on."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from enamnd.documents.models import Paper
from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions import delegated, telling
from meetings.actions import delegation as order_actions
from meetings.actions.paragraphs import remove_paragraph
from meetings.decisions import delegation, delegation_paper
from meetings.models import DelegatedDecision, DelegationOrder, DelegationPoint
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def body(secretary):
    return factories.body("Nämnden")


def register(body, by, **fields) -> DelegatedDecision:
    facts = {"decided_on": date(2022, 5, 3), "subject": "Inköp av licenser", "decision": "Licenser köps in."}
    facts |= {"decided_by": fields.get("decided_by") or factories.person()}
    return delegated.register_decision(body, **facts | fields, by=by)


# The register


def test_numbers_run_without_gaps_per_body_and_year(body, secretary):
    first, second = register(body, secretary), register(body, secretary)
    with pytest.raises(Refused):
        register(body, secretary, is_urgent=True)
    third, other_year = register(body, secretary), register(body, secretary, decided_on=date(2021, 12, 30))

    assert [first.number, second.number, third.number] == ["D 1/2022", "D 2/2022", "D 3/2022"]
    assert other_year.number == "D 1/2021"


def test_another_body_has_its_own_numbers(body, secretary):
    register(body, secretary)
    other = factories.body()

    assert register(other, secretary).number == f"D 1/2022-{other.pk}"


def test_an_urgent_decision_says_why(body, secretary):
    with pytest.raises(Refused, match="kunde avvaktas") as refusal:
        register(body, secretary, is_urgent=True, urgent_because="  ")

    assert refusal.value.field == "urgent_because"
    assert not DelegatedDecision.objects.exists()


def test_a_day_to_come_is_refused(body, secretary):
    with pytest.raises(Refused, match="har inte varit än"):
        register(body, secretary, decided_on=timezone.localdate() + timedelta(days=1))


def test_warnings_are_kept_in_the_journal(body, secretary):
    register(body, secretary)

    event = Event.objects.get(verb="delegated.registered")
    assert event.data["warnings"] == ["Beslutet vilar inte på någon punkt i delegationsordningen."]


def test_the_capacity_comes_from_the_register(body, secretary):
    chair = factories.office(body, "chair").person
    point = factories.delegation_point(factories.delegation_order(0, body=body), delegate="Ordförande")

    made = register(body, secretary, decided_by=chair, point=point)

    assert made.capacity == "Ordförande"
    assert delegation.warnings_of(made) == ()


def test_amounts_in_the_same_case_are_added_up(body, secretary):
    coordinator = factories.office(body, "coordinator").person
    order = factories.delegation_order(0, body=body)
    facts = {"point": factories.delegation_point(order, amount_limit=Decimal(1000)), "case": factories.case()}
    facts |= {"decided_by": coordinator, "amount": Decimal(600)}

    assert delegation.warnings_of(register(body, secretary, **facts)) == ()
    (warning,) = delegation.warnings_of(register(body, secretary, **facts))
    assert "får inte delas upp" in warning


def test_a_delegate_registers_his_own_decisions_alone(body):
    factories.board()
    chair = factories.office(body, "chair").person
    account = factories.user("member", person=chair)

    assert register(body, account, decided_by=chair).decided_by == chair
    with pytest.raises(Refused, match="själv har fattat"):
        register(body, account)


@pytest.mark.parametrize("role", ["member", "registrar", "auditor"])
def test_others_do_not_register(body, role):
    with pytest.raises(Refused, match="Registrera delegationsbeslut".lower()):
        register(body, factories.user(role))


def test_a_voided_decision_keeps_its_number_and_is_never_reported(body, secretary):
    made = register(body, secretary)

    delegated.void_decision(made, "Registrerat två gånger", by=secretary)

    meeting = factories.meeting(body=body)
    assert not delegation.to_report(meeting)
    assert register(body, secretary).number == "D 2/2022"


# Reporting


def test_what_is_not_reported_builds_the_standing_paragraph(body, secretary):
    person = factories.person("Alva Nordin <x>")
    mine = register(body, secretary, decided_by=person, capacity="Ordförande")
    later = register(body, secretary, decided_on=date(2022, 7, 1))
    meeting = factories.meeting(1, body=body)

    paragraph = telling.report_decisions(meeting, by=secretary)

    section = next(each for each in paragraph.sections if each["heading"] == "Anmälda delegationsbeslut")
    assert paragraph.title == "Anmälan av delegationsbeslut"
    assert "<td><p>D 1/2022</p></td><td><p>2022-05-03</p></td>" in section["html"]
    assert "Alva Nordin &lt;x&gt;, ordförande" in section["html"]
    assert "lägger redovisningen till handlingarna" in str(paragraph.sections)
    mine.refresh_from_db()
    later.refresh_from_db()
    assert (mine.reported_in, later.reported_in) == (paragraph, None)


def test_the_paragraph_that_stands_there_is_used_and_added_to(body, secretary):
    meeting = factories.meeting(body=body)
    standing = factories.paragraph(meeting, "Anmälan av delegationsbeslut")
    register(body, secretary)
    telling.report_decisions(meeting, by=secretary)
    register(body, secretary)

    paragraph = telling.report_decisions(meeting, by=secretary)

    assert paragraph.pk == standing.pk
    (table,) = [each for each in paragraph.sections if each["heading"] == "Anmälda delegationsbeslut"]
    assert [f"D {number}/2022" in table["html"] for number in (1, 2)] == [True, True]


def test_nothing_to_report_is_said(body, secretary):
    with pytest.raises(Refused, match="inga delegationsbeslut att anmäla"):
        telling.report_decisions(factories.meeting(body=body), by=secretary)


def test_removing_the_paragraph_lets_the_decisions_wait_again(body, secretary):
    made, meeting = register(body, secretary), factories.meeting(body=body)
    paragraph = telling.report_decisions(meeting, by=secretary)

    remove_paragraph(paragraph, by=secretary)

    made.refresh_from_db()
    assert made.reported_in is None
    assert list(delegation.to_report(meeting)) == [made]
    assert made.history.count() == 3


def test_a_decision_taken_out_leaves_the_table(body, secretary):
    first, second = register(body, secretary), register(body, secretary)
    paragraph = telling.report_decisions(factories.meeting(body=body), by=secretary)

    telling.take_out_decision(first, by=secretary)
    paragraph.refresh_from_db()
    assert "D 1/2022" not in str(paragraph.sections)
    assert "D 2/2022" in str(paragraph.sections)

    telling.take_out_decision(second, by=secretary)
    paragraph.refresh_from_db()
    assert "Anmälda delegationsbeslut" not in str(paragraph.sections)


def test_what_stands_in_a_protocol_is_not_changed_in_the_register(body, secretary):
    made = register(body, secretary)
    telling.report_decisions(factories.meeting(body=body), by=secretary)

    with pytest.raises(Refused, match="Ta det ur anmälan först"):
        delegated.change_decision(made, subject="Något annat", by=secretary)
    with pytest.raises(Refused, match="Ta det ur anmälan först"):
        delegated.void_decision(made, "Fel", by=secretary)


def test_a_frozen_protocol_is_told_nothing_more(body, secretary):
    register(body, secretary)
    meeting = factories.meeting(1, body=body)
    factories.paragraph(meeting, "Anmälan av delegationsbeslut")
    factories.adjustment(meeting)

    with pytest.raises(Refused, match="ändras inte mer"):
        telling.report_decisions(meeting, by=secretary)
    assert delegation.to_report(meeting).count() == 1


# The order


def test_a_new_version_is_a_copy_that_is_adopted_and_follows_the_old(body, secretary):
    old = factories.delegation_order(2, body=body)
    new = order_actions.write_order(body, title="Ny", valid_from=date(2022, 7, 1), by=secretary)
    added = order_actions.add_point(
        new, number="3", text="Avrop", delegate_kind="employee", delegate="Samordnare", by=secretary
    )
    assert delegation.order_in_force(date(2022, 8, 1)) == old

    order_actions.adopt_order(new, decided_text="2022-06-22 § 12", by=secretary)

    old.refresh_from_db()
    assert old.valid_until == date(2022, 6, 30)
    assert delegation.order_in_force(date(2022, 6, 30)) == old
    assert delegation.order_in_force(date(2022, 7, 1)) == new
    assert [each.number for each in new.points.all()] == ["1", "2", added.number]
    paper = Paper.objects.of(new).get()
    assert bytes(paper.file.content).startswith(b"%PDF")


def test_an_adopted_order_is_not_changed(body, secretary):
    order = factories.delegation_order(1, body=body)

    for change in (
        lambda: order_actions.change_order(order, title="Annat", by=secretary),
        lambda: order_actions.add_point(order, number="9", by=secretary),
        lambda: order_actions.remove_point(order.points.get(), by=secretary),
    ):
        with pytest.raises(Refused, match="antagen och ändras inte"):
            change()


def test_an_order_is_adopted_with_its_points_and_its_paragraph(body, secretary):
    empty = order_actions.write_order(body, title="Tom", valid_from=date(2022, 1, 1), by=secretary)
    with pytest.raises(Refused, match="inga punkter"):
        order_actions.adopt_order(empty, decided_text="2022-01-01 § 1", by=secretary)
    factories.delegation_point(empty)
    with pytest.raises(Refused, match="Välj paragrafen"):
        order_actions.adopt_order(empty, by=secretary)


def test_an_order_is_printed_before_anything_is_locked(body, secretary, monkeypatch):
    order = factories.delegation_order(1, body=body, decided_text="")
    depths = []
    monkeypatch.setattr(
        delegation_paper, "order_pdf", lambda paper: depths.append(len(connection.savepoint_ids)) or b"%PDF"
    )
    before = len(connection.savepoint_ids)

    order_actions.adopt_order(order, decided_text="2022-06-22 § 12", by=secretary)

    assert depths == [before]


def test_an_order_that_changed_while_it_was_printed_is_not_adopted(body, secretary, monkeypatch):
    order = factories.delegation_order(1, body=body, decided_text="")

    def meanwhile(paper):
        order_actions.change_order(order, general_terms="Något nytt.", by=secretary)
        return b"%PDF"

    monkeypatch.setattr(delegation_paper, "order_pdf", meanwhile)
    with pytest.raises(Refused, match="har just ändrats"):
        order_actions.adopt_order(order, decided_text="2022-06-22 § 12", by=secretary)

    order.refresh_from_db()
    assert order.decided_text == ""
    assert not Paper.objects.of(order).exists()


def test_two_points_do_not_share_a_number(body, secretary):
    order = factories.delegation_order(1, body=body, decided_text="")

    with pytest.raises(Refused, match="Punkt 1 finns redan"):
        order_actions.add_point(order, number="1", by=secretary)


def test_the_order_is_read_from_the_boards_file(tmp_path, body, secretary):
    point = {"body": "Nämnden", "valid_from": "2022-01-01", "number": "1", "text": "Inköp", "amount_limit": 59200}
    content = {
        "format": "enamnd.board",
        "version": 1,
        "delegation_orders": [
            {"body": "Nämnden", "title": "Ordning", "valid_from": "2022-01-01", "decided_text": "2021-12-01 § 9"}
        ],
        "delegation_points": [point | {"delegate_kind": "employee", "delegate": "Samordnare"}],
    }
    file = tmp_path / "board.json"
    file.write_text(json.dumps(content), encoding="utf-8")

    call_command("load_board", file)
    call_command("load_board", file)

    assert DelegationOrder.objects.get().points.get().amount_limit == 59200
    content["delegation_points"][0]["valid_from"] = "2020-01-01"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError, match="ingen delegationsordning från 2020-01-01"):
        call_command("load_board", file)
    assert DelegationPoint.objects.count() == 1
