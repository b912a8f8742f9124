"""Activities: registered, changed by two at once, linked; and the pages that show them."""

from datetime import date

import pytest
from django.urls import reverse

from enamnd.refusal import Refused
from projects.actions import activities as actions
from projects.models import Activity, ActivityLink, Participation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_as):
    factories.board()
    return client_as("coordinator")


def form_of(activity, **changed):
    return {"name": activity.name, "kind": activity.kind, "position": 0, "revision": activity.revision} | changed


def test_days_come_out_of_the_time_plan_unless_they_are_written():
    by = factories.user("coordinator")
    read = actions.add_activity(name="E-arkiv", kind="project", time_plan="2017 - 2021", by=by)
    written = actions.add_activity(
        name="Kursportal", kind="project", time_plan="2017 - 2021", starts_on=date(2018, 2, 1), ends_on=None, by=by
    )

    assert (read.starts_on, read.ends_on) == (date(2017, 1, 1), date(2021, 12, 31))
    assert (written.starts_on, written.ends_on) == (date(2018, 2, 1), None)


def test_a_new_time_plan_gives_new_days():
    by = factories.user("coordinator")
    activity = actions.add_activity(name="E-arkiv", kind="project", time_plan="2017 - 2021", by=by)

    assert actions.change_activity(activity, time_plan="Löpande", by=by).starts_on is None


def test_an_end_before_its_start_is_told_beside_the_field_and_what_was_written_stays(client):
    answer = client.post(
        reverse("projects:activity_new"),
        {"name": "Bakvänd", "kind": "project", "position": 0, "time_plan": "2024–2017", "comment": "Skrivet"},
    )

    assert answer.status_code == 422
    assert "ligger före början" in answer.context["form"].errors["time_plan"][0]
    assert "Skrivet" in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_date_in_the_wrong_century_is_told(client):
    answer = client.post(
        reverse("projects:activity_new"), {"name": "A", "kind": "project", "position": 0, "starts_on": "0202-01-01"}
    )

    assert "kan inte stämma" in answer.context["form"].errors["starts_on"][0]


def test_who_saves_second_is_told_who_was_first_and_keeps_the_text(client):
    activity = factories.activity()
    address = reverse("projects:activity_change", args=[activity.pk])
    mine = form_of(activity, comment="Min kommentar")
    actions.change_activity(activity, purpose="Hennes syfte", by=factories.user("coordinator", name="Siv Sundell"))

    answer = client.post(address, mine)

    assert answer.status_code == 422
    assert "har ändrat aktiviteten medan du skrev (syfte)" in answer.content.decode()
    assert "Min kommentar" in answer.content.decode()
    again = client.post(address, mine | {"revision": answer.context["now"], "purpose": "Hennes syfte"})
    assert again.status_code == 302
    activity.refresh_from_db()
    assert (activity.purpose, activity.comment) == ("Hennes syfte", "Min kommentar")


def test_two_activities_do_not_wait_for_each_other():
    by = factories.user("coordinator")
    one, other = factories.activity(), factories.activity()
    actions.link_activities(one, other, "needs", by=by)

    with pytest.raises(Refused, match="kan inte vänta på varandra"):
        actions.link_activities(other, one, "needs", by=by)
    with pytest.raises(Refused, match="med sig själv"):
        actions.link_activities(one, one, "same", by=by)


def test_the_page_of_an_activity_tells_why_it_went_on(client):
    phase = factories.phase("Avtal", ends_boards_role=True)
    after = factories.phase("Införande")
    activity = factories.activity(in_phase=after, purpose="Ett gemensamt arkiv.")
    activity.steps.update(reason="Avtalet är gammalt.")

    page = client.get(activity.get_absolute_url()).content.decode()

    assert "Avtalet är gammalt." in page
    assert f"Nämndens roll upphör efter {phase.name.lower()}" in page


def test_the_table_is_narrowed_by_words_kind_phase_and_state(client):
    phase = factories.phase("Förstudie")
    factories.activity("Kursportal", in_phase=phase)
    factories.activity("Datacenter", kind="management")
    factories.activity("Personalsystem", closed_on=date(2022, 1, 1))

    def names(**asked):
        return [each.activity.name for each in client.get(reverse("projects:table"), asked).context["lines"]]

    assert names() == ["Kursportal", "Datacenter"]  # in the order of the plan: projects before management
    assert names(q="kurs") == ["Kursportal"]
    assert names(slag="management") == ["Datacenter"]
    assert names(fas=phase.pk) == ["Kursportal"]
    assert names(lage="closed") == ["Personalsystem"]


@pytest.mark.parametrize("name", ["projects:overview", "projects:table", "projects:timeline"])
def test_lists_ask_as_many_questions_of_three_activities_as_of_thirty(
    client, name, django_assert_max_num_queries, django_assert_num_queries
):
    phase = factories.phase()
    for _ in range(3):
        factories.activity(in_phase=phase)
    client.get(reverse(name))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse(name))
    for _ in range(27):
        factories.activity(in_phase=phase)

    with django_assert_num_queries(len(few)):
        client.get(reverse(name))


def test_the_overview_keeps_ideas_apart_and_says_nothing_twice(client):
    phase = factories.phase("Införande")
    factories.activity("Elevhälsa", in_phase=phase, status_line="införande")
    factories.activity("Datacenter", in_phase=phase, status_line="flytten pågår")
    factories.activity("Nyhetsbrev", kind="running")
    factories.activity("Delade kurser", kind="idea")

    page = client.get(reverse("projects:overview"))

    (_, lines), *_ = page.context["columns"]
    assert {each.activity.name: each.says_more for each in lines} == {"Elevhälsa": False, "Datacenter": True}
    assert [each.activity.name for each in page.context["outside"]] == ["Nyhetsbrev"]
    assert "1 idé i prioritetsordning" in page.content.decode()


def test_a_municipality_tells_of_itself_from_the_page_of_the_activity(client_as):
    factories.board()
    activity, own, other = factories.activity(), factories.municipality(), factories.municipality()
    for each in (own, other):
        Participation.objects.create(activity=activity, municipality=each, joined_on=date(2022, 1, 10))
    somebody = client_as("preparatory")
    somebody.user.grants.update(municipality=own)

    page = somebody.get(activity.get_absolute_url()).content.decode()

    assert reverse("projects:tell", args=[activity.pk, own.pk]) in page
    assert reverse("projects:tell", args=[activity.pk, other.pk]) not in page


def test_the_page_to_the_next_phase_says_what_the_activity_is_dependent_on(client_as):
    factories.board()
    waiting, needed = factories.activity(), factories.activity("Ramavtal konsulter", in_phase=factories.phase("Avtal"))
    ActivityLink.objects.create(activity=waiting, other=needed, kind="needs")

    page = client_as("coordinator").get(reverse("projects:enter", args=[waiting.pk])).content.decode()

    assert "Aktiviteten är beroende av:" in page
    assert "Ramavtal konsulter</a>, i avtal" in page
