"""What activities ask the municipalities for, what these answer, and who is reminded."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from projects import resources
from projects.actions import resources as actions
from projects.models import Participation
from projects.people_blocks import resource_table
from projects.waiting import waiting_projects
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


@pytest.fixture
def by():
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def activity():
    return factories.activity("Gemensamt e-arkiv")


def takes_part(activity, name: str | None = None, **fields):
    """A municipality that takes part, and the account that answers for it."""
    place = factories.municipality(name)
    Participation.objects.create(activity=activity, municipality=place, joined_on=date(2022, 1, 10), **fields)
    return place, factories.user("preparatory", municipality=place)


def asked_of(request):
    (found,) = resources.asked_of(resources.with_answers().filter(pk=request.pk), timezone.localdate())
    return found


def test_those_who_take_part_are_asked_and_those_who_left_are_not(activity, by):
    stays, _ = takes_part(activity)
    takes_part(activity, left_on=date(2022, 2, 1))

    made = actions.ask_for_resources(activity, "En granskare", "", DAY, None, by=by)

    assert asked_of(made).missing == (stays,)


@pytest.mark.parametrize(
    ("asked_on", "answer_by", "field"),
    [
        (timezone.localdate() + timedelta(days=1), None, "asked_on"),
        (DAY, date(2022, 2, 28), "answer_by"),
        (DAY, date(2062, 3, 1), "answer_by"),
    ],
)
def test_a_question_of_days_that_cannot_be_is_refused(activity, by, asked_on, answer_by, field):
    takes_part(activity)
    with pytest.raises(Refused) as refusal:
        actions.ask_for_resources(activity, "En granskare", "", asked_on, answer_by, by=by)

    assert refusal.value.field == field


def test_nobody_is_asked_when_nobody_takes_part(activity, by):
    with pytest.raises(Refused, match="Ingen kommun deltar"):
        actions.ask_for_resources(activity, "En granskare", "", DAY, None, by=by)


def test_each_municipality_answers_for_itself_and_says_with_whom(activity, by):
    (own, somebody), (other, _) = takes_part(activity), takes_part(activity)
    outsider = factories.municipality()
    made = factories.resource_request(activity)

    with pytest.raises(Refused, match="Skriv vem eller hur mycket"):
        actions.answer_request(made, own, "partly", " ", by=somebody)
    actions.answer_request(made, own, "yes", "Registratorn, från maj", by=somebody)
    with pytest.raises(Refused, match=f"Du svarar för {own}"):
        actions.answer_request(made, other, "no", by=somebody)
    with pytest.raises(Refused, match="deltar inte"):
        actions.answer_request(made, outsider, "no", by=by)
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        actions.answer_request(made, own, "no", by=factories.user("member", municipality=own))

    asked = asked_of(made)
    assert [(each.municipality, each.answered_by) for each in asked.answers] == [(own, somebody)]
    assert (asked.promised, asked.number_asked, asked.missing) == (1, 2, (other,))


def test_an_answer_can_be_changed_until_the_request_is_closed(activity, by):
    own, somebody = takes_part(activity)
    made = factories.resource_request(activity)
    actions.answer_request(made, own, "yes", "Registratorn", by=somebody)
    changed = actions.answer_request(made, own, "no", by=somebody)
    actions.close_request(made, "Räcker så.", by=by)

    assert (changed.outcome, changed.history.count()) == ("no", 2)
    with pytest.raises(Refused, match="avslutades"):
        actions.answer_request(made, own, "yes", "Ändå", by=somebody)
    with pytest.raises(Refused, match="avslutades"):
        actions.remind_of_request(made, by=by)


def test_those_who_have_not_answered_are_reminded_where_somebody_answers(activity, by):
    (slow, somebody), (quick, _) = takes_part(activity), takes_part(activity)
    silent = factories.municipality()
    Participation.objects.create(activity=activity, municipality=silent, joined_on=DAY)
    made = factories.resource_request(activity, answer_by=date(2022, 4, 1))
    actions.answer_request(made, quick, "no", by=by)

    assert actions.remind_of_request(made, by=by) == ([slow.name], [silent.name])
    letter = Letter.objects.get()
    assert letter.to_address == somebody.email
    assert reverse("projects:request_answer", args=[activity.pk, made.pk, slow.pk]) in letter.body
    assert "senast 1 april 2022" in letter.body


def test_a_question_waits_for_the_municipality_and_a_late_one_for_the_samordnare(activity, by):
    own, somebody = takes_part(activity)
    made = factories.resource_request(activity, answer_by=timezone.localdate() - timedelta(days=1))
    today = timezone.localdate()

    (waits,) = waiting_projects(somebody, today)
    assert (waits.what, waits.due_on) == ("Svara på resursbegäran från Gemensamt e-arkiv", made.answer_by)
    assert "Påminn om resurser till Gemensamt e-arkiv" in [each.what for each in waiting_projects(by, today)]

    actions.answer_request(made, own, "no", by=somebody)
    assert waiting_projects(somebody, today) == []
    assert "Påminn om resurser till Gemensamt e-arkiv" not in [each.what for each in waiting_projects(by, today)]


def test_min_kommun_shows_what_waits_and_what_was_answered(activity, by, client_as):
    client = client_as("preparatory")
    own = factories.municipality()
    client.user.grants.update(municipality=own)
    Participation.objects.create(activity=activity, municipality=own, joined_on=DAY)
    waits = factories.resource_request(activity, what="En projektledare")
    done = factories.resource_request(activity, what="En testare")
    actions.answer_request(done, own, "no", by=by)
    factories.assignment(activity, municipality=own)
    given = factories.commission(own, factories.municipality())

    page = client.get(reverse("projects:municipality"))

    assert [(each.activity, each.what) for each in page.context["questions"]] == [
        (activity, f"Resursbegäran: {waits.what}.")
    ]
    assert [each.request for each in page.context["answers"]] == [done]
    assert [each.name for each in page.context["working"]] == ["Beda Wennström"]
    assert [each.commission for each in page.context["commissions"]] == [given]
    assert reverse("projects:request_answer", args=[activity.pk, waits.pk, own.pk]) in page.content.decode()


def test_the_spreadsheet_has_a_row_for_each_municipality_that_is_asked(activity, by, client_as):
    (own, _), _ = takes_part(activity, "Boden"), takes_part(activity, "Kalix")
    made = factories.resource_request(activity)
    actions.answer_request(made, own, "yes", "Registratorn", by=by)

    content = client_as("auditor").get(reverse("projects:request_file")).content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)

    assert [row[5:] for row in rows[1:]] == [("Boden", "Ja", "Registratorn"), ("Kalix", "Har inte svarat", None)]


def test_the_block_says_who_has_answered_what(activity, by):
    (own, _), _ = takes_part(activity, "Boden"), takes_part(activity, "Kalix")
    made = factories.resource_request(activity, extent="20 timmar")
    actions.answer_request(made, own, "partly", "10 timmar", by=by)

    html = resource_table({"request": made.pk})

    assert "Gemensamt e-arkiv: En granskare av kravspecifikationen (20 timmar), begärt 1 mars 2022." in html
    assert "<td><p>Boden</p></td><td><p>Delvis</p></td><td><p>10 timmar</p></td>" in html
    assert "<td><p>Kalix</p></td><td><p>Har inte svarat</p></td>" in html


def test_the_page_of_an_activity_asks_as_many_questions_of_many(
    activity, by, client_as, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as("coordinator")

    def more(number):
        for _ in range(number):
            own, _ = takes_part(activity)
            made = factories.resource_request(activity)
            actions.answer_request(made, own, "yes", "Någon", by=by)
            factories.assignment(activity, municipality=own)
            activity.stakeholders.create(name=f"Intressent {made.pk}")
            factories.commission(activity=activity, is_accepted=True, decision="§ 1")

    more(2)
    client.get(activity.get_absolute_url())
    with django_assert_max_num_queries(40) as few:
        client.get(activity.get_absolute_url())
    more(5)
    with django_assert_num_queries(len(few)):
        client.get(activity.get_absolute_url())


def test_the_numbers_are_those_of_the_answers_also_when_somebody_has_left(activity, by):
    (left, _), (stays, _), _ = takes_part(activity), takes_part(activity), takes_part(activity)
    made, other = factories.resource_request(activity), factories.resource_request(activity)
    actions.answer_request(made, left, "yes", "Någon", by=by)
    actions.answer_request(made, stays, "no", by=by)
    Participation.objects.filter(municipality=left).update(left_on=date(2022, 4, 1))

    tally, of_other = resources.tallies_of([made, other], timezone.localdate())

    assert (tally.answered, tally.promised, tally.silent) == (2, 1, 1)
    assert (of_other.answered, of_other.promised, of_other.silent) == (0, 0, 2)
    for each in (tally, of_other):
        asked = asked_of(each.request)
        assert (asked.answered, asked.promised, asked.silent) == (each.answered, each.promised, each.silent)
