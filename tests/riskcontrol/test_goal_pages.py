"""The pages of goals and attendance, their texts for protocols, their file, and what waits."""

import json
import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from meetings.text.markup import clean
from riskcontrol.actions.goal_import import load_goals
from riskcontrol.goals import blocks
from riskcontrol.goals.picture import picture
from riskcontrol.goals.turnout import Share
from riskcontrol.goals.waiting import waiting_goals
from riskcontrol.models import ControlPlan, Goal, GoalPlan, Indicator, Outlook
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """May 2022: a goal with two parts, a goal of one, an indicator of meetings and one of attendance."""
    factories.board()
    body, plan = factories.seated_body(4), factories.goal_plan(2022)
    period = factories.goal_period(plan)
    for month, came in ((3, 3), (6, 4)):
        meeting = factories.meeting(body=body, held_on=date(2022, month, 16))
        for number, seat in enumerate(body.seats.filter(kind="member").order_by("pk")):
            factories.attend(meeting, seat=seat, presence="serving" if number < came else "absent")
    both, plain = factories.goal(plan, depends_on_councils=True), factories.goal(plan)
    counted = factories.indicator(plan, body, unit="sammanträden")
    share = factories.indicator(plan, body, kind="turnout", target=75, counting="members")
    for subject in ({"goal": both, "councils": "unsure"}, {"goal": plain}, {"indicator": counted}):
        Outlook.objects.create(period=period, comment="Rad <ett>\n\nRad två", forecast="will", **subject)
    return {"body": body, "plan": plan, "period": period, "counted": counted, "share": share, "goal": both}


def test_the_goals_come_into_the_protocol_with_comment_and_a_forecast_in_two_parts(report):
    html = blocks.goals_follow_up({"period": report["period"].pk})

    assert clean(html) == html
    assert "<p>Kommentar:</p><p>Rad &lt;ett&gt;</p><p>Rad två</p>" in html
    assert "<p>Nämndens del: Prognosen är att målet kommer att nås.</p>" in html
    assert "<p>Fullmäktiges beslut: Prognosen är osäker.</p>" in html
    assert html.count("<p>Prognosen är att målet kommer att nås.</p>") == 1


def test_the_indicators_come_as_they_stood_on_the_last_day_with_what_was_held_struck_through(report):
    html = blocks.indicators_follow_up({"period": report["period"].pk})

    assert clean(html) == html
    assert "<s>16 mars kl. 09.00–12.00</s>" in html
    assert "<li><p>16 juni kl. 09.00–12.00</p></li>" in html
    assert "<p>1 har genomförts. Målet är minst 4 sammanträden.</p>" in html
    assert "16 mars 2022: 3 av 4 ledamöter deltog, 75 %" in html
    assert "Prognosen är att indikatorn kommer att nås." in html


def test_the_attendance_of_a_year_comes_as_a_table(report):
    html = blocks.attendance_table({"body": report["body"].pk, "year": 2022, "until": "2022-12-31"})

    assert clean(html) == html
    assert html.count("<tr>") == 1 + 4 + 1
    assert "<th><p>16/3</p></th><th><p>16/6</p></th>" in html
    assert "<p>7 av 8</p></td><td><p>88 %</p>" in html
    assert blocks.attendance_table({"body": report["body"].pk, "year": 2021, "until": None}) == ""


def test_the_page_of_a_year_points_out_goals_without_risks(report, client_as):
    report["goal"].risks.set([factories.risk()])

    page = client_as("member").get(reverse("riskcontrol:goal_year", args=[2022])).content.decode()

    assert "1 mål saknar riskanalys" in page
    assert "Nytt mål" not in page


def test_the_attendance_page_has_a_picture_a_table_and_a_file(report, client_as):
    client, query = client_as("auditor"), {"ar": 2022, "rakna": "members"}

    page = client.get(reverse("riskcontrol:attendance"), query).content.decode()
    answer = client.get(reverse("riskcontrol:attendance_file"), query)

    assert "<svg" in page
    assert "88 %" in page
    assert "3 av 4, 75 %" in page
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0] == ("Kommun", "2022-03-16", "2022-06-16", "Deltog", "Av", "Procent")
    assert rows[-1] == ("Alla", "3 av 4", "4 av 4", 7, 8, 88)
    assert sorted(row[1] for row in rows[1:-1]) == ["deltog", "deltog", "deltog", "deltog inte"]


@pytest.mark.parametrize("query", [{"ar": "x"}, {"ar": "99999"}, {"organ": "a"}, {"rakna": "x"}, {"ar": "1900"}])
def test_odd_wishes_show_something_that_is_there(query, report, client_as):
    assert client_as("auditor").get(reverse("riskcontrol:attendance"), query).status_code == 200


def test_a_column_below_the_target_is_marked_and_a_meeting_without_a_list_has_none():
    drawn = picture([(1, date(2022, 3, 1), Share(2, 4)), (2, date(2022, 4, 1), Share())], 75)

    first, second = drawn.columns
    assert (first.is_below, first.over, second.is_told, second.over) == (True, "50 %", False, "–")
    assert float(first.y) + float(first.height) == pytest.approx(float(drawn.lines[0].y))


def test_what_was_written_stays_in_a_form_that_is_refused(report, client_as):
    address = reverse("riskcontrol:outlook_goal", args=[report["period"].pk, report["goal"].pk])
    given = {"comment": "Nytt läge", "forecast": "risk", "councils": ""}

    answer = client_as("coordinator").post(address, given)

    assert answer.status_code == 422
    assert "Nytt läge" in answer.content.decode()
    assert "två delar" in answer.content.decode()


def as_sent(client, address: str, **changes) -> dict:
    """What a browser sends of a page's form: what it showed, and what the person made of it."""
    form = client.get(address).context["form"]
    hidden = {
        form.add_initial_prefix(name): html_value(form[name].as_hidden(only_initial=True)) for name in form.fields
    }
    shown = {name: form[name].value() for name in form.fields}
    return hidden | {name: value for name, value in shown.items() if value not in (None, False, [])} | changes


def html_value(element: str) -> str:
    found = re.search(r'value="([^"]*)"', element)
    return found[1] if found else ""


def test_two_who_change_a_goal_keep_each_others_facts_and_are_told_of_the_same(report, client_as):
    goal, client = report["plan"].goals.last(), client_as("coordinator")
    risk, other = factories.risk(factories.control_plan(2022)), factories.risk(ControlPlan.objects.get())
    goal.risks.set([risk])
    address = reverse("riskcontrol:goal_change", args=[goal.pk])
    first = as_sent(client, address, risks=[risk.pk, other.pk], responsible="Presidiet")
    second = as_sent(client, address, text="Ett nytt mål", risks=[])

    assert client.post(address, first).status_code == 302
    answer = client.post(address, second)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"risks"}
    assert f"”{risk}”; ”{other}”" in str(answer.context["form"].errors["risks"])
    again = second | {"initial-risks": answer.context["form"].data["initial-risks"]}
    assert client.post(address, again).status_code == 302
    goal.refresh_from_db()
    assert (goal.text, goal.responsible, list(goal.risks.all())) == ("Ett nytt mål", "Presidiet", [])


def test_an_indicator_that_is_changed_puts_back_what_its_new_kind_does_not_have(report, client_as):
    client, indicator = client_as("coordinator"), report["counted"]
    address = reverse("riskcontrol:indicator_change", args=[indicator.pk])

    answer = client.post(address, as_sent(client, address, kind="by_hand", unit="betyg"))

    assert answer.status_code == 302
    indicator.refresh_from_db()
    assert (indicator.kind, indicator.unit, list(indicator.bodies.all())) == ("by_hand", "betyg", [])


def test_an_indicator_form_keeps_what_fits_its_kind_alone(report, client_as):
    given = {"text": "Alla är besökta", "kind": "parties", "all_parties": "on", "target": "3", "bodies": []}
    given |= {"counting": "members", "matter": factories.council_matter().pk}
    client_as("coordinator").post(reverse("riskcontrol:indicator_new", args=[2022]), given)
    made = Indicator.objects.get(text="Alla är besökta")
    assert (made.target, made.all_parties, made.matter is None) == (None, True, False)

    answer = client_as("coordinator").post(
        reverse("riskcontrol:indicator_new", args=[2022]), {"text": "Utan mål", "kind": "at_least"}
    )
    assert answer.status_code == 422
    assert "En indikator utan mål visar ingenting." in answer.content.decode()
    more = {"text": "Fler än alla", "kind": "parties", "target": "900"}
    answer = client_as("coordinator").post(reverse("riskcontrol:indicator_new", args=[2022]), more)
    assert "parter. Skriv högst så många." in answer.content.decode()


def test_a_whole_target_is_written_without_decimals_when_it_is_changed(report, client_as):
    page = client_as("coordinator").get(reverse("riskcontrol:indicator_change", args=[report["share"].pk]))

    assert 'name="target" value="75"' in page.content.decode()


@pytest.mark.parametrize("name", ["goal_year", "goal_period", "attendance"])
def test_queries_do_not_grow(name, report, client_as):
    client = client_as("coordinator")
    arguments = {"goal_year": [2022], "goal_period": [report["period"].pk], "attendance": []}[name]
    address = reverse(f"riskcontrol:{name}", args=arguments) + "?ar=2022"
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for number in range(5):
        goal = factories.goal(report["plan"])
        indicator = factories.indicator(report["plan"], report["body"], kind=("turnout", "at_least")[number % 2])
        Outlook.objects.create(period=report["period"], goal=goal, comment="Bra", forecast="will")
        Outlook.objects.create(period=report["period"], indicator=indicator, comment="Bra", forecast="will")
        meeting = factories.meeting(body=report["body"], held_on=date(2022, 2, number + 1))
        factories.attend(meeting, presence="serving")
    with CaptureQueriesContext(connection) as after:
        client.get(address)

    assert len(after) == len(before)


# What waits -----------------------------------------------------------------------------------------------------------


def test_a_period_that_lacks_comments_waits_for_those_who_keep_the_goals(report):
    keeper, reader = factories.user("coordinator"), factories.user("member")

    (waiting,) = waiting_goals(keeper, date(2022, 6, 3))

    assert (waiting.what, waiting.due_on) == ("Skriv om 1 indikator", date(2022, 5, 31))
    assert waiting_goals(keeper, date(2022, 3, 1)) == []
    assert waiting_goals(reader, date(2022, 6, 3)) == []
    Outlook.objects.create(period=report["period"], indicator=report["share"], comment="Bra", forecast="will")
    assert waiting_goals(keeper, date(2022, 6, 3)) == []


def test_a_measure_waits_for_its_owner(report):
    owner, other = factories.person(), factories.user("member", person=factories.person())
    day = date(2022, 6, 1)
    report["goal"].measures.create(text="Ring", owner="Lo", owner_person=owner, due_on=day + timedelta(days=7))

    assert [each.what for each in waiting_goals(factories.user("member", person=owner), day)] == ["Åtgärd: Ring"]
    assert waiting_goals(other, day) == []


# The file -------------------------------------------------------------------------------------------------------------

FILE = {
    "format": "enamnd.goals",
    "version": 1,
    "year": 2024,
    "direction": "Tillsammans",
    "effects": ["god service"],
    "goals": ["Nämnden sammanträder", {"text": "Reglementet antas", "depends_on_councils": True, "effects": [1]}],
    "indicators": [{"text": "Minst fyra", "kind": "at_least", "target": 4, "bodies": ["Nämnden"], "goals": [1]}],
    "periods": [
        {
            "name": "Delår",
            "first_on": "2024-01-01",
            "last_on": "2024-05-31",
            "goals": [{"number": 2, "comment": "Klart", "forecast": "will", "councils": "unsure"}],
        }
    ],
}


def as_file(**changes) -> bytes:
    return json.dumps(FILE | changes).encode()


def test_a_year_is_read_from_a_file():
    body = factories.body("Nämnden")

    plan = load_goals(as_file(), by=factories.user("coordinator"))

    first, second = plan.goals.all()
    assert (first.text, second.depends_on_councils) == ("Nämnden sammanträder", True)
    assert [each.text for each in second.effects.all()] == ["god service"]
    indicator = plan.indicators.get()
    assert (list(indicator.bodies.all()), list(indicator.goals.all())) == ([body], [first])
    assert plan.periods.get().outlooks.get().councils == "unsure"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"year": "2024"}, "year: ska vara ett år"),
        ({"extra": 1}, "”extra” finns inte"),
        ({"goals": [{"text": ""}]}, "goals, rad 1: uppgiften ”text” saknas"),
        ({"goals": ["a", 3]}, "goals, rad 2: ska vara en text eller ett objekt"),
        ({"indicators": [{"text": "a", "kind": "at_least"}]}, "indicators, rad 1: Skriv vad som är målet"),
        ({"indicators": [{"text": "a", "kind": "x", "target": 1}]}, "”x” finns inte, välj bland"),
        ({"indicators": [{"text": "a", "target": True}]}, "target ska vara ett tal"),
        ({"indicators": [{"text": "a", "target": 1, "bodies": ["Okänt"]}]}, "organet ”Okänt” finns inte"),
        ({"indicators": [{"text": "a", "target": 1, "goals": [9]}]}, "nummer från 1 till 2"),
        ({"periods": FILE["periods"] * 2}, "periods, rad 2: Perioden går in i Delår"),
        ({"periods": [{"name": "a", "first_on": "x", "last_on": "2024-01-01"}]}, "first_on ska vara en dag"),
        (
            {"periods": [FILE["periods"][0] | {"goals": [{"number": 2, "forecast": "will"}]}]},
            "periods, rad 1, goals 2: Målet kräver beslut",
        ),
    ],
)
def test_a_file_with_something_wrong_is_refused_with_the_place_and_nothing_is_saved(changes, told):
    factories.body("Nämnden")

    with pytest.raises(Refused) as refused:
        load_goals(as_file(**changes), by=None)

    assert told in str(refused.value)
    assert not GoalPlan.objects.exists()
    assert not Goal.objects.exists()


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b'{"format": "annat"}', b"[" * 100_000])
def test_what_is_no_such_file_is_told_on_the_page(content, client_as):
    file = SimpleUploadedFile("mal.json", content)

    answer = client_as("coordinator").post(reverse("riskcontrol:goals_import"), {"file": file})

    assert answer.status_code == 422
    assert "Filen" in answer.content.decode()


def test_a_year_is_begun_and_its_periods_laid_out_on_the_pages(client_as):
    client, year = client_as("coordinator"), timezone.localdate().year
    client.post(reverse("riskcontrol:goals_new"), {"year": year})
    client.post(reverse("riskcontrol:period_thirds", args=[year]))

    page = client.get(reverse("riskcontrol:goal_home")).content.decode()

    assert f"Mål {year}" in page
    assert "Tertial 3" in page
