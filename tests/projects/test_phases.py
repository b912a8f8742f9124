"""The way through the phases: what a gate asks for, and who may say that it is there."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from projects.actions import deliverables
from projects.actions import phases as actions
from projects.models import ActivityBody, Participation, Phase
from projects.process import phases_in_use, stages_of
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)


@pytest.fixture
def by():
    return factories.user("coordinator")


@pytest.fixture
def phases(by):
    return actions.begin_with_usual_phases(by=by)


@pytest.fixture
def study(phases):
    return factories.activity(in_phase=phases[2])


def approve_all(activity, by):
    for each in activity.steps.get(ended_on=None).deliverables.all():
        deliverables.approve_deliverable(each, DAY, "Styrgruppen 2023-02-20 § 1", by=by)


def enter(activity, phase, by, **more):
    return actions.enter_phase(activity, phase, more.pop("started_on", DAY), by=by, **more)


def ready_to_start(activity, by, parties=2):
    activity.financed_on = date(2023, 1, 1)
    activity.save()
    for _ in range(parties):
        Participation.objects.create(
            activity=activity, municipality=factories.municipality(), joined_on=date(2022, 1, 1)
        )
    approve_all(activity, by)


def test_a_phase_starts_when_the_one_before_is_approved(study, phases, by):
    with pytest.raises(Refused, match=r"Förstudierapport.*är inte godkänt"):
        enter(study, phases[3], by, decision="§ 4")

    ready_to_start(study, by)
    step = enter(study, phases[3], by, decision="§ 4")

    assert [each.text for each in step.deliverables.all()] == phases[3].deliverable_lines
    assert study.steps.get(phase=phases[2]).ended_on == DAY


def test_going_on_without_asks_for_a_reason_that_stays(study, phases, by):
    study.financed_on = DAY
    study.kind = "procurement"
    study.save()

    step = enter(study, phases[3], by, decision="§ 4", reason="Kostnaden räknas fram i upphandlingen.")

    assert step.reason == "Kostnaden räknas fram i upphandlingen."


def test_a_phase_out_of_order_asks_for_a_reason(study, phases, by):
    approve_all(study, by)

    with pytest.raises(Refused, match="Efter förstudie kommer utveckling/realisering") as refusal:
        enter(study, phases[5], by)
    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ("decision", "kräver ett beslut"),
        ("financing", "finansieringen är säkrad"),
        ("parties", "minst två kommuner, och bara en kommun deltar"),
    ],
)
def test_a_project_starts_with_decision_financing_and_two_parties(study, phases, by, lacks, said):
    ready_to_start(study, by, parties=1 if lacks == "parties" else 2)
    if lacks == "financing":
        study.financed_on = None
        study.save()

    with pytest.raises(Refused, match=said):
        enter(study, phases[3], by, decision="" if lacks == "decision" else "2023-02-28 § 4", reason="Brådskar")
    assert study.steps.count() == 1


def test_a_phase_cannot_begin_before_the_one_before_or_tomorrow(study, phases, by):
    with pytest.raises(Refused, match="kan inte börja före"):
        enter(study, phases[3], by, started_on=date(2021, 1, 1), reason="x")
    with pytest.raises(Refused, match="har inte varit än"):
        enter(study, phases[3], by, started_on=timezone.localdate() + timedelta(days=1), reason="x")


def test_the_same_phase_is_not_entered_twice(study, phases, by):
    with pytest.raises(Refused, match="redan i fasen Förstudie"):
        enter(study, phases[2], by, reason="x")


def test_two_who_move_the_activity_at_once_do_not_move_it_twice(study, phases, by):
    shown = study.steps.get().pk
    enter(study, phases[1], by, reason="Behoven ska utredas igen.", after=shown)

    with pytest.raises(Refused, match="Någon har just flyttat aktiviteten till Behovsanalys"):
        enter(study, phases[0], by, reason="Samma sak", after=shown)


def test_the_last_phase_closes_the_activity_and_another_opens_it_again(study, phases, by):
    enter(study, phases[-1], by, reason="Behovet har försvunnit.")
    study.refresh_from_db()
    assert study.closed_on == DAY

    enter(study, phases[2], by, reason="Behovet kom tillbaka.")
    study.refresh_from_db()
    assert study.closed_on is None


def test_a_gate_is_not_approved_by_somebody_without_the_right(study):
    deliverable = study.steps.get().deliverables.first()

    with pytest.raises(Refused, match=r"godkänns av styrgruppen\. Du kan inte godkänna det"):
        deliverables.approve_deliverable(deliverable, DAY, "Jag", by=factories.user("member"))


def test_the_steering_group_approves_what_is_its_own(study, phases):
    group = factories.body(kind="steering")
    ActivityBody.objects.create(activity=study, body=group, role="steering")
    who = factories.user("member", person=factories.office(group).person)
    deliverable = study.steps.get().deliverables.first()

    assert deliverables.approve_deliverable(deliverable, DAY, "Styrgruppen", by=who).approved_on == DAY

    other = factories.activity(in_phase=phases[4]).steps.get().deliverables.first()
    with pytest.raises(Refused, match="godkänns av nämnden"):
        deliverables.approve_deliverable(other, DAY, "Styrgruppen", by=who)


def test_a_phase_that_something_is_in_stays_in_use(study, phases, by):
    with pytest.raises(Refused, match="Flytta den först"):
        actions.set_phase_retired(phases[2], True, by=by)
    assert actions.set_phase_retired(phases[1], True, by=by).retired_on


def test_who_does_not_lead_projects_moves_nothing(study, phases):
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        enter(study, phases[3], factories.user("secretary"))


def test_the_picture_says_what_is_done_passed_over_and_to_come(phases, by):
    activity = factories.activity(in_phase=phases[0])
    enter(activity, phases[2], by, reason="Behovet är känt.")
    states = [each.state for each in stages_of(phases_in_use(), activity.steps.select_related("phase"))]

    assert states[:5] == ["done", "passed", "now", "coming", "coming"]


def test_the_usual_phases_are_only_a_beginning(phases, by):
    with pytest.raises(Refused, match="har redan faser"):
        actions.begin_with_usual_phases(by=by)
    assert Phase.objects.get(ends_boards_role=True).name == "Avtal"
    assert not Phase.objects.get(name="Upphandling").is_boards


def test_a_day_written_wrong_is_corrected_with_a_reason_and_the_phase_before_follows(by, phases, study, client_as):
    begun = enter(study, phases[4], by, started_on=date(2023, 5, 1), reason="Bråttom", decision="§ 1")
    before = study.steps.get(phase=phases[2])
    client, address = client_as("coordinator"), reverse("projects:correction", args=[study.pk, begun.pk])

    without = client.post(address, {"started_on": "2023-04-01", "reason": ""})
    client.post(address, {"started_on": "2023-04-01", "reason": "Felskriven månad"})
    page = client.get(study.get_absolute_url()).content.decode()

    assert 'value="2023-04-01"' in without.content.decode()
    begun.refresh_from_db()
    before.refresh_from_db()
    assert (begun.started_on, before.ended_on) == (date(2023, 4, 1), date(2023, 4, 1))
    assert begun.history.filter(started_on=date(2023, 5, 1)).exists()
    assert "rättad: Felskriven månad" in page
    assert "började, från 1 maj 2023 till 1 april 2023: Felskriven månad" in page


@pytest.mark.parametrize(
    ("day", "reason", "said"),
    [
        (date(2022, 1, 1), "Fel", "Fasen innan, förstudie, började"),
        (date(2199, 1, 1), "Fel", "har inte varit än"),
        (date(2023, 4, 1), " ", "Skriv varför dagen rättas"),
        (date(2023, 5, 1), "Fel", "började redan 1 maj 2023"),
    ],
)
def test_a_day_is_not_corrected_to_what_cannot_be(by, phases, study, day, reason, said):
    study.steps.update(started_on=date(2023, 1, 1))
    begun = enter(study, phases[4], by, started_on=date(2023, 5, 1), reason="Bråttom", decision="§ 1")

    with pytest.raises(Refused, match=said):
        actions.correct_step(begun, day, reason, by=by)


def test_the_end_of_an_activity_follows_the_day_of_its_last_phase_and_a_phase_does_not_begin_after_its_end(by, phases):
    activity = factories.activity()
    first = enter(activity, phases[0], by, started_on=date(2023, 1, 1))
    last = enter(activity, phases[-1], by, started_on=date(2023, 5, 1), reason="Läggs ned")

    actions.correct_step(last, date(2023, 6, 1), "Fel månad", by=by)

    activity.refresh_from_db()
    assert activity.closed_on == date(2023, 6, 1)
    with pytest.raises(Refused, match="slutade 1 juni 2023"):
        actions.correct_step(first, date(2023, 7, 1), "Fel", by=by)


def test_who_joined_after_the_start_is_marked_anew_when_its_day_is_corrected(by, phases, study):
    ready_to_start(study, by)
    begun = enter(study, phases[3], by, started_on=date(2023, 3, 1), decision="§ 1")
    late = Participation.objects.create(
        activity=study, municipality=factories.municipality(), joined_on=date(2023, 3, 15), is_late=True
    )

    actions.correct_step(begun, date(2023, 4, 1), "Fel månad", by=by)

    late.refresh_from_db()
    assert not late.is_late
