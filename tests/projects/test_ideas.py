"""The backlog of ideas, its order, and what ideas become; and the register of outside organisations."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from projects import ideas
from projects.actions import ideas as actions
from projects.actions.deliverables import approve_deliverable
from projects.actions.phases import enter_phase
from projects.models import Activity, ActivityLink, OutsideOrganisation, PhaseStep
from projects.people_blocks import idea_list
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


@pytest.fixture
def by():
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def backlog(by) -> list[Activity]:
    return [actions.note_idea(name, f"Syftet med {name}", by=by) for name in ("Kartor", "Språkstöd", "Växel")]


def names() -> list[str]:
    return [each.name for each in ideas.open_ideas()]


def test_a_new_idea_stands_last(by, backlog):
    assert names() == ["Kartor", "Språkstöd", "Växel"]
    assert [each.priority for each in ideas.open_ideas()] == [1, 2, 3]
    with pytest.raises(Refused, match="redan en idé"):
        actions.note_idea("Kartor", by=by)


@pytest.mark.parametrize(
    ("index", "order"),
    [
        (0, ["Växel", "Kartor", "Språkstöd"]),
        (1, ["Kartor", "Växel", "Språkstöd"]),
        (99, ["Kartor", "Språkstöd", "Växel"]),
    ],
)
def test_an_idea_is_moved_and_all_are_numbered_anew(by, backlog, index, order):
    actions.move_idea(backlog[2], index, by=by)

    assert names() == order
    assert [each.priority for each in ideas.open_ideas()] == [1, 2, 3]


def test_who_changes_an_idea_meanwhile_is_told_that_it_moved(by, backlog):
    before = backlog[0].revision

    actions.move_idea(backlog[2], 0, by=by)

    assert Activity.objects.get(pk=backlog[0].pk).revision == before + 1


def test_the_order_is_sent_by_hand_or_by_button(by, backlog, client_as):
    client, address = client_as("coordinator"), reverse("projects:idea_order")

    sent = client.post(address, {"item": backlog[2].pk, "index": 0}, headers={"accept": "application/json"})
    client.post(address, {"item": backlog[0].pk, "move": "down"})

    assert sent.status_code == 204
    assert names() == ["Växel", "Språkstöd", "Kartor"]
    assert client_as("preparatory").post(address, {"item": backlog[0].pk, "index": 0}).status_code == 403


def test_an_idea_becomes_a_new_activity_that_is_linked_and_not_copied(by, backlog):
    first, second = factories.phase("Kvalificering av idé", 10), factories.phase("Behovsanalys", 20)
    PhaseStep.objects.create(activity=backlog[0], phase=first, started_on=date(2022, 2, 1))
    assert ideas.first_phase(backlog[0]) == second

    made = actions.turn_idea(backlog[0], None, DAY, name="Karttjänst", kind="project", phase=second, by=by)

    idea = Activity.objects.get(pk=backlog[0].pk)
    assert (idea.closed_on, idea.steps.get().ended_on, idea.purpose) == (DAY, DAY, "Syftet med Kartor")
    assert (made.purpose, made.steps.get().phase) == ("", second)
    assert ActivityLink.objects.get(kind="became").other == made
    assert names() == ["Språkstöd", "Växel"]
    assert ideas.became([idea]) == {idea.pk: [made]}
    with pytest.raises(Refused, match="redan blivit"):
        actions.turn_idea(idea, None, DAY, name="Igen", kind="project", phase=None, by=by)


def test_the_activity_shows_the_idea_that_it_comes_from(by, backlog, client_as):
    made = actions.turn_idea(backlog[0], None, DAY, name="Karttjänst", kind="project", phase=None, by=by)

    page = client_as("auditor").get(made.get_absolute_url()).content.decode()

    assert "Kommer av idén" in page
    assert "Syftet med Kartor" in page


def test_an_idea_may_go_into_what_goes_on(by, backlog):
    activity = factories.activity()

    assert actions.turn_idea(backlog[1], activity, DAY, name="", kind="project", phase=None, by=by) == activity


def test_an_idea_is_not_gone_on_with_before_its_phase_nor_under_a_taken_name(by, backlog):
    PhaseStep.objects.create(activity=backlog[0], phase=factories.phase(), started_on=date(2022, 4, 1))
    factories.activity("Karttjänst")

    with pytest.raises(Refused, match="den dagen eller en senare"):
        actions.turn_idea(backlog[0], None, DAY, name="Karta", kind="project", phase=None, by=by)
    with pytest.raises(Refused, match="samma slag som heter Karttjänst"):
        actions.turn_idea(backlog[1], None, DAY, name="Karttjänst", kind="project", phase=None, by=by)
    assert len(names()) == 3


def test_nothing_is_kept_when_the_first_phase_asks_for_more(by, backlog):
    start = factories.phase("Realisering", 30, starts_project=True)

    with pytest.raises(Refused, match="kräver ett beslut"):
        actions.turn_idea(backlog[0], None, DAY, name="Karttjänst", kind="project", phase=start, by=by)

    assert not Activity.objects.filter(name="Karttjänst").exists()
    assert len(names()) == 3


def test_an_idea_is_put_aside_with_a_reason_and_taken_up_again(by, backlog, client_as):
    first = factories.phase("Kvalificering av idé", 10, deliverables="Idébeskrivning")
    step = enter_phase(backlog[0], first, date(2022, 2, 1), by=by)
    approve_deliverable(step.deliverables.get(), date(2022, 2, 2), "Samordnaren", by=by)
    client, aside = client_as("coordinator"), reverse("projects:idea_aside", args=[backlog[0].pk])

    without = client.post(aside, {"reason": " ", "day": "2022-03-01"})
    client.post(aside, {"reason": "Ingen kommun har råd i år.", "day": "2022-03-01"})

    assert without.status_code == 422
    assert "Skriv varför idén läggs åt sidan." in without.content.decode()
    assert names() == ["Språkstöd", "Växel"]
    idea = Activity.objects.get(pk=backlog[0].pk)
    assert (idea.closed_on, idea.steps.get().ended_on) == (DAY, DAY)
    page = client.get(reverse("projects:idea_list")).content.decode()
    assert "lagd åt sidan 1 mars 2022" in page
    assert "Ingen kommun har råd i år." in page
    with pytest.raises(Refused, match=r"lades åt sidan 1 mars 2022\. Ta upp den igen först"):
        actions.turn_idea(idea, None, DAY, name="Karttjänst", kind="project", phase=None, by=by)
    assert client.get(reverse("projects:idea_become", args=[idea.pk]))["Location"] == idea.get_absolute_url()

    client.post(reverse("projects:idea_taking_up", args=[idea.pk]))

    assert names() == ["Språkstöd", "Växel", "Kartor"]
    now = idea.steps.get(ended_on=None)
    assert (now.phase, now.started_on, now.deliverables.get().approved_by) == (
        first,
        timezone.localdate(),
        "Samordnaren",
    )
    with pytest.raises(Refused, match="inte lagd åt sidan"):
        actions.take_idea_up(idea, by=by)
    assert idea.history.filter(put_aside_because="Ingen kommun har råd i år.").exists()


def test_an_idea_that_rests_is_taken_up_by_being_taken_to_a_phase(by, backlog):
    actions.put_idea_aside(backlog[0], "Vilar", DAY, by=by)

    enter_phase(backlog[0], factories.phase(), date(2022, 4, 1), by=by)

    assert "Kartor" in names()


def test_the_form_asks_for_a_name_when_nothing_is_chosen(by, backlog, client_as):
    address = reverse("projects:idea_become", args=[backlog[0].pk])

    page = client_as("coordinator").post(address, {"name": " ", "kind": "project", "day": "2022-03-01"})

    assert page.status_code == 422
    assert "Skriv vad aktiviteten ska heta." in page.content.decode()


def test_the_block_and_the_spreadsheet_keep_the_order(by, backlog, client_as):
    actions.move_idea(backlog[2], 0, by=by)
    actions.put_idea_aside(actions.note_idea("Ljud", by=by), "Dyrt", DAY, by=by)

    content = client_as("auditor").get(reverse("projects:idea_file")).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert [row[:2] for row in sheet.values][1:4] == [(1, "Växel"), (2, "Kartor"), (3, "Språkstöd")]
    assert [row[1:2] + row[6:] for row in sheet.values][4:] == [("Ljud", "lagd åt sidan", datetime(2022, 3, 1), "Dyrt")]
    assert idea_list({"most": 2}) == (
        "<ol><li><p>Växel: Syftet med Växel</p></li><li><p>Kartor: Syftet med Kartor</p></li></ol>"
    )


def test_the_page_asks_as_many_questions_of_many(
    by, client_as, django_assert_max_num_queries, django_assert_num_queries
):
    client, address = client_as("auditor"), reverse("projects:idea_list")

    def more(number):
        for _ in range(number):
            made = factories.activity(kind="idea", in_phase=factories.phase())
            ended = factories.activity(kind="idea", closed_on=DAY)
            ActivityLink.objects.create(activity=ended, other=made, kind="became")

    more(2)
    client.get(address)
    with django_assert_max_num_queries(14) as few:
        client.get(address)
    more(5)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_an_outside_organisation_is_registered_once_and_can_end(by, client_as):
    client, address = client_as("coordinator"), reverse("projects:organisation_new")

    client.post(address, {"name": "Regionen", "website": "www.regionen.example"})
    again = client.post(address, {"name": "Regionen", "role": "Vård"})
    made = OutsideOrganisation.objects.get()
    client.post(reverse("projects:organisation", args=[made.pk]), {"name": "Regionen", "ended_on": "2022-03-01"})

    assert "Organisationen finns redan i registret." in again.content.decode()
    assert made.website == "https://www.regionen.example"
    made.refresh_from_db()
    assert (made.ended_on, made.history.count()) == (DAY, 2)
