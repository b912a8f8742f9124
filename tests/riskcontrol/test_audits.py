"""What is registered about audits, and how their state follows from it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enamnd.refusal import Refused
from riskcontrol.actions import audits as actions
from riskcontrol.audits import lists
from riskcontrol.audits.blocks import audit_findings
from riskcontrol.audits.standing import Facts, State, state_of
from riskcontrol.audits.waiting import waiting_audits
from riskcontrol.models import Audit, AuditMeasure
from tests import factories

TODAY = date(2022, 8, 1)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(), State.WITH_AUDITORS),
        (Facts(open_questionnaires=1), State.TO_ANSWER),
        (Facts(has_report=True), State.TO_DECIDE),
        (Facts(has_report=True, open_questionnaires=1), State.TO_DECIDE),
        (Facts(has_report=True, has_reply=True), State.CLOSED),
        (Facts(has_report=True, has_reply=True, open_measures=1), State.MEASURES),
        (Facts(has_report=True, has_reply=True, open_measures=2, late_measures=1), State.LATE),
    ],
)
def test_the_state_says_what_comes_next(facts, state):
    assert state_of(facts) == state


@pytest.fixture
def by(db):
    factories.board()
    return factories.user("coordinator")


def received(**fields) -> Audit:
    return factories.audit(received_on=date(2022, 3, 1), **fields)


def reply(audits, by, **fields):
    return actions.reply_to_audits(
        audits, **{"decided_on": date(2022, 6, 22), "decision": "2022-06-22 § 8"} | fields, by=by
    )


def test_a_municipality_audits_a_year_once(by):
    audit = factories.audit(2022, factories.municipality("Kalix"))

    with pytest.raises(Refused, match=r"^Granskningen av 2022 för Kalix är redan upplagd"):
        actions.begin_audit(audit.year, audit.municipality, by=by)


def test_an_audit_is_removed_while_nothing_is_in_it(by):
    audit, filled = factories.audit(), received()

    actions.remove_audit(audit, by=by)
    with pytest.raises(Refused, match="kan inte tas bort"):
        actions.remove_audit(filled, by=by)

    assert list(Audit.objects.all()) == [filled]


def test_a_discharge_is_questioned_for_a_reason(by):
    with pytest.raises(Refused, match="varför revisorerna ifrågasätter") as refused:
        actions.change_audit(received(), discharge="questioned", discharge_note=" ", by=by)

    assert refused.value.field == "discharge_note"


def test_one_decision_answers_several_audits(by):
    first, second, third = received(), received(), received()

    made = reply([first, second], by)

    assert set(made.audits.all()) == {first, second}
    third.refresh_from_db()
    assert third.reply is None


def test_an_audit_is_answered_once(by):
    audit = received()
    reply([audit], by)

    with pytest.raises(Refused, match="är redan besvarad"):
        reply([audit], by)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision": ""}, "Välj paragrafen där nämnden svarade"),
        ({"decided_on": date(2022, 2, 1)}, "efter beslutet"),
        ({"decided_on": date(2199, 1, 1)}, "har inte varit än"),
    ],
)
def test_a_reply_says_where_and_when(by, fields, words):
    with pytest.raises(Refused, match=words):
        reply([received()], by, **fields)


def test_a_report_that_came_after_the_reply_is_named_by_its_municipality(by):
    audit = factories.audit(2022, factories.municipality("Kalix"), received_on=date(2022, 5, 1))

    with pytest.raises(Refused, match=r"^Rapporten från Kalix kom 1 maj 2022, efter beslutet"):
        reply([audit], by, decided_on=date(2022, 2, 1))


def test_an_observation_needs_no_recommendation_but_something(by):
    audit = received()
    actions.add_finding(audit, text="Egna anvisningar saknas", by=by)

    with pytest.raises(Refused, match="Skriv iakttagelsen"):
        actions.add_finding(audit, by=by)

    line = lists.line_of(lists.audits_for_page().get(pk=audit.pk), TODAY)
    assert (line.observations, line.recommendations) == (1, 0)


def test_a_measure_may_answer_several_municipalities(by):
    findings = [factories.finding(received()), factories.finding(received())]
    facts = {"text": "Rapportera", "owner": "Samordnaren", "due_on": date(2022, 9, 1)}

    measure = actions.add_audit_measure(findings=findings, **facts, by=by)

    for finding in findings:
        assert lists.measures_of(lists.audits_for_page().get(pk=finding.audit_id)) == [measure]


def test_a_recommendation_with_a_measure_is_not_removed(by):
    finding = factories.finding(received())
    factories.audit_measure(finding)

    with pytest.raises(Refused, match="har en åtgärd"):
        actions.remove_finding(finding, by=by)
    with pytest.raises(Refused, match="har en åtgärd"):
        actions.change_finding(finding, text="Annat", recommendation="", by=by)


def test_a_measure_is_not_done_before_it_is(by):
    with pytest.raises(Refused, match="har inte varit än") as refused:
        actions.add_audit_measure(
            findings=[factories.finding()],
            text="Rapportera",
            owner="Samordnaren",
            due_on=date(2022, 9, 1),
            done_on=date(2199, 1, 1),
            by=by,
        )
    assert refused.value.field == "done_on"


def test_every_party_stands_in_the_table_of_a_year(by):
    audit = received(year=2021)
    left = factories.municipality(is_party=False)

    lines = lists.lines_of(2021, TODAY)

    assert [each.state for each in lines if each.municipality == audit.municipality] == [State.TO_DECIDE]
    assert State.NOT_BEGUN in {each.state for each in lines}, "värden har inte granskat"
    assert left not in {each.municipality for each in lines}


def test_the_text_for_the_protocol_names_those_together_who_recommend_the_same(by):
    first = received(of=factories.municipality("Norrby"), quotes=["Nämnden är bra <b>skött</b>."])
    second = received(of=factories.municipality("Söderby"), purposeful="mostly")
    third = received(of=factories.municipality("Västerby"))
    for audit in (first, second):
        factories.audit_measure(factories.finding(audit, recommendation="att nämnden följer upp"))
    factories.finding(third, recommendation="att nämnden annat")
    factories.finding(third, text="Anvisning saknas")

    text = audit_findings({"audits": [first.pk, second.pk, third.pk]})

    assert "<p>Norrby kommun och Söderby kommun lämnar samma rekommendation:</p>" in text
    assert "<li><p>”Nämnden är bra &lt;b&gt;skött&lt;/b&gt;.”</p></li>" in text
    assert "ändamålsenligt: i allt väsentligt." in text
    assert "Västerby kommun har noterat utan att rekommendera något:</p><ul><li><p>Anvisning saknas" in text


def test_reports_without_reply_and_measures_near_their_day_wait(by):
    audit = received()
    factories.audit_measure(factories.finding(audit), due_on=date(2022, 8, 20))
    factories.audit_measure(factories.finding(audit), due_on=date(2023, 8, 20))

    whats = [each.what for each in waiting_audits(by, TODAY)]

    assert whats == ["Åtgärd efter granskning: Rapportera kontrollerna", "Ta upp 1 granskning av 2021 i nämnden"]


def test_a_measure_waits_for_its_owner_and_for_nobody_else(by):
    owner = factories.user("member", person=factories.person())
    factories.audit_measure(due_on=date(2022, 8, 20), owner_person=owner.person)

    assert len(waiting_audits(owner, TODAY)) == 1
    assert waiting_audits(factories.user("member"), TODAY) == []


def test_what_was_written_stands_in_the_form_when_it_is_refused(by, client_as):
    client = client_as("coordinator")
    audit = received()

    answer = client.post(
        reverse("riskcontrol:audit_change", args=[audit.pk]),
        {"discharge": "questioned", "quotes": "Ett citat.\n\n”Ett till.”", "report_name": "Kf 41"},
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "varför revisorerna ifrågasätter" in page
    assert "Ett citat." in page
    assert "Kf 41" in page
    audit.refresh_from_db()
    assert audit.discharge == ""


def test_quotes_are_kept_one_a_line_without_their_marks(by, client_as):
    audit = received()
    client_as("coordinator").post(
        reverse("riskcontrol:audit_change", args=[audit.pk]), {"quotes": "Ett citat.\n\n”Ett till.”"}
    )

    audit.refresh_from_db()
    assert audit.quotes == ["Ett citat.", "Ett till."]


@pytest.mark.parametrize("name", ["audit_year", "audit"])
def test_a_page_asks_the_database_no_more_for_more_rows(name, by, client_as):
    client = client_as("coordinator")
    audit = received()
    factories.audit_measure(factories.finding(audit))
    address = reverse(f"riskcontrol:{name}", args=[audit.year if name == "audit_year" else audit.pk])
    client.get(address)
    few = queries(client, address)
    for _ in range(4):
        factories.audit_measure(factories.finding(audit), factories.finding(received()))
        reply([received()], by)

    assert queries(client, address) == few


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_history_keeps_who_changed_a_measure(by):
    measure = factories.audit_measure(factories.finding(received()))
    facts = {"text": "Annat", "owner": "Ordföranden", "due_on": date(2022, 10, 1), "done_on": date(2022, 9, 1)}

    actions.change_audit_measure(measure, findings=measure.findings.all(), **facts, by=by)

    assert AuditMeasure.objects.get().done_on == date(2022, 9, 1)
    assert [each.text for each in AuditMeasure.history.all()] == ["Annat", "Rapportera kontrollerna"]


def test_a_municipality_sees_its_own_audits_on_its_page(by, client_as):
    own, others = received(), received()
    reply([own], by)

    page = client_as("coordinator").get(reverse("my_municipality"), {"kommun": own.municipality_id}).content.decode()

    assert own.get_absolute_url() in page
    assert "Nämndens svar: 2022-06-22 § 8" in page
    assert others.get_absolute_url() not in page
