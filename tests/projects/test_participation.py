"""Who takes part, who came late, and how far each municipality says that it has come."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from projects import adoption
from projects.actions import participation as actions
from projects.models import PhaseStep
from projects.waiting import waiting_projects
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


@pytest.fixture
def by():
    return factories.user("coordinator")


@pytest.fixture
def activity():
    return factories.activity(in_phase=factories.phase("Realisering", starts_project=True))


def test_who_joins_after_the_start_is_marked_with_the_day(activity, by):
    early = actions.add_participant(activity, factories.municipality(), joined_on=date(2021, 12, 1), by=by)
    late = actions.add_participant(activity, factories.municipality(), joined_on=DAY, by=by)

    assert (early.is_late, late.is_late) == (False, True)
    assert not actions.change_participant(late, joined_on=date(2021, 12, 1), by=by).is_late


def test_a_municipality_joins_once_and_leaves_after_it_joined(activity, by):
    party = factories.municipality()
    part = actions.add_participant(activity, party, joined_on=DAY, by=by)

    with pytest.raises(Refused, match="deltar redan"):
        actions.add_participant(activity, party, joined_on=DAY, by=by)
    with pytest.raises(Refused, match="kan inte lämna 1 januari 2022, före den dag"):
        actions.change_participant(part, joined_on=DAY, left_on=date(2022, 1, 1), by=by)


def test_each_municipality_tells_of_itself_alone(activity):
    own, other = factories.municipality(), factories.municipality()
    somebody = factories.user("preparatory", municipality=own)

    told = actions.tell_adoption(activity, own, "in_use", DAY, by=somebody)

    assert (told.state, told.told_by) == ("in_use", somebody)
    with pytest.raises(Refused, match=f"Du svarar för {own} och kan inte ändra uppgifterna för {other}"):
        actions.tell_adoption(activity, other, "in_use", DAY, by=somebody)
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        actions.tell_adoption(activity, own, "in_use", DAY, by=factories.user("member", municipality=own))


def test_what_is_in_use_was_not_put_in_use_tomorrow(activity, by):
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(Refused, match="har inte varit än"):
        actions.tell_adoption(activity, factories.municipality(), "in_use", tomorrow, by=by)
    assert (
        actions.tell_adoption(activity, factories.municipality(), "introducing", tomorrow, by=by).since_on == tomorrow
    )


def test_the_matrix_counts_those_who_use_it_among_those_who_take_part(activity, by):
    parties = [factories.municipality() for _ in range(3)]
    for party in parties[:2]:
        actions.add_participant(activity, party, joined_on=DAY, by=by)
    actions.tell_adoption(activity, parties[0], "in_use", DAY, by=by)

    (row,) = adoption.rows_of([activity], parties)

    assert (row.in_use, row.taking_part) == (1, 2)
    assert [cell.words for cell in row.cells] == ["I drift", "Deltar, läget inte angivet", "Deltar inte"]


def test_a_municipality_sees_its_own_page_and_what_waits_for_it(activity, client_as):
    factories.board()
    own = factories.municipality()
    activity.answer_by = timezone.localdate() + timedelta(days=5)
    activity.save()
    client = client_as("preparatory", person=None)
    client.user.grants.update(municipality=own)
    actions.add_participant(activity, own, joined_on=DAY, by=factories.user("coordinator"))
    client.user.refresh_from_db()

    page = client.get(reverse("projects:municipality"))
    waiting = waiting_projects(type(client.user).objects.get(pk=client.user.pk), timezone.localdate())

    assert page.context["municipality"] == own
    assert [each.activity for each in page.context["questions"]] == [activity]
    assert [each.what for each in waiting] == [f"Svara om {activity.name}"]


def test_the_matrix_asks_as_many_questions_of_many(
    client_as, by, django_assert_max_num_queries, django_assert_num_queries
):
    factories.board()
    client, address = client_as("secretary"), reverse("projects:matrix")

    def more(number):
        for _ in range(number):
            each = factories.activity()
            actions.add_participant(each, factories.municipality(), joined_on=DAY, by=by)

    more(2)
    client.get(address)
    with django_assert_max_num_queries(16) as few:
        client.get(address)
    more(8)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_a_closed_activity_leaves_the_matrix(activity, by):
    actions.add_participant(activity, factories.municipality(), joined_on=DAY, by=by)
    assert list(adoption.shared_activities()) == [activity]

    PhaseStep.objects.filter(activity=activity).update(ended_on=DAY)
    activity.closed_on = DAY
    activity.save()
    assert not adoption.shared_activities().exists()


def test_each_municipality_plans_its_own_introduction(activity, client_as):
    factories.board()
    own = factories.municipality("Norrvik")
    client = client_as("preparatory", municipality=own)
    form = {"state": "decided", "since_on": "2022-01-10", "planned_on": "2023-09-01", "note": ""}

    actions.add_participant(activity, own, joined_on=DAY, by=factories.user("coordinator"))

    client.post(reverse("projects:tell", args=[activity.pk, own.pk]), form)

    for page in (reverse("projects:municipality"), activity.get_absolute_url()):
        assert "i drift 1 september 2023 enligt planen" in client.get(page).content.decode()
    client.post(reverse("projects:tell", args=[activity.pk, own.pk]), form | {"state": "in_use"})
    assert "enligt planen" not in client.get(reverse("projects:municipality")).content.decode()


def test_many_join_at_once_or_none_of_them(activity, client_as):
    factories.board()
    one, two = factories.municipality("Norrvik"), factories.municipality("Sörvik")
    client, address = client_as("coordinator"), reverse("projects:participant_new", args=[activity.pk])

    nobody = client.post(address, {"joined_on": "2022-01-10"})
    wrong = client.post(
        address, {"municipalities": [one.pk, two.pk], "joined_on": "2022-01-10", "left_on": "2021-01-01"}
    )
    client.post(address, {"municipalities": [one.pk, two.pk], "joined_on": "2022-01-10"})

    assert "Välj minst en kommun." in nobody.content.decode()
    assert "Kommunen kan inte lämna 1 januari 2021" in wrong.content.decode()
    assert {each.municipality for each in activity.participations.all()} == {one, two}
    assert "Norrvik" not in str(client.get(address).context["form"]["municipalities"]), "den som deltar väljs inte igen"
