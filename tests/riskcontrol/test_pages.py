"""Pages of risks and internal control: what they show, what they refuse, and that their queries do not grow."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from riskcontrol.actions.risks import open_new_workshop, set_value
from riskcontrol.models import Check, ControlItem, ControlPlan, ItemFollowUp, Measure, Risk, Score
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_as):
    factories.board()
    return client_as("coordinator")


def at(name: str, *ids) -> str:
    return reverse(f"riskcontrol:{name}", args=ids)


def html(answer) -> str:
    return answer.content.decode()


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def full_risk(plan, **more) -> Risk:
    """A risk with everything that a list says of it, in the plan, checked and scored."""
    risk = factories.risk(plan, likelihood=3, consequence=4, likelihood_after=2, consequence_after=2, **more)
    item = factories.control_item(risk)
    Check.objects.create(activity=item.activities.get(), done_on="2022-04-01", covers_on="2022-03-31", result="fine")
    Measure.objects.create(item=item, text="Se över", owner="Samordnaren", due_on="2022-09-01")
    Score.objects.create(risk=risk, by=factories.user("member"), likelihood=2, consequence=2)
    return risk


@pytest.mark.parametrize("name", ["matrix", "risk_list", "workshop", "plan", "plan_changes"])
def test_queries_do_not_grow_with_risks(client, name):
    before = factories.control_plan(2021)
    plan = factories.control_plan(2022, previous=before)
    for _ in range(2):
        full_risk(plan, follows=full_risk(before))
    few = queries(client, at(name, plan.year))
    for _ in range(5):
        full_risk(plan, follows=full_risk(before))

    assert queries(client, at(name, plan.year)) <= few


def test_queries_of_the_start_page_and_the_overview_do_not_grow(client):
    plan = factories.control_plan(date.today().year)
    plan.adoptions.create(adopted_on="2021-12-08", decision="§ 50")
    full_risk(plan)
    few = [queries(client, reverse("home")), queries(client, at("overview"))]
    for year in (2019, 2020, 2021):
        full_risk(factories.control_plan(year))
    for _ in range(4):
        full_risk(plan)

    assert queries(client, reverse("home")) <= few[0]
    assert queries(client, at("overview")) <= few[1]


def test_every_cell_says_value_level_and_risks_and_leads_to_them(client):
    plan = factories.control_plan()
    factories.risk(plan, "Avtal går ut", likelihood=2, consequence=4)
    page = html(client.get(at("matrix", plan.year)))

    assert page.count('<g class="cell') == 25
    assert 'aria-label="Sannolikhet 2, konsekvens 4: riskvärde 8, måttlig, 1 risk"' in page
    assert "?s=2&amp;k=4" in page
    assert '<th scope="col">5 Steg 5</th>' in page, "samma sak som tabell"

    narrowed = html(client.get(at("matrix", plan.year), {"s": 3, "k": 3}))
    assert "Ingen risk står i rutan." in narrowed


@pytest.mark.parametrize("query", [{"s": "x"}, {"s": "9" * 30, "k": 1}, {"s": -1, "k": 2}, {"q": "\0"}, {"sida": "z"}])
def test_odd_addresses_of_the_matrix_and_the_list_are_taken_as_they_can_be(client, query):
    plan = factories.control_plan()
    factories.risk(plan, likelihood=2, consequence=4)

    assert client.get(at("matrix", plan.year), query).status_code == 200
    assert client.get(at("risk_list", plan.year), query).status_code == 200


def test_a_four_by_four_matrix_has_sixteen_cells_and_no_plan_without_a_scale_has_any(client):
    four = factories.control_plan(2022, scale=factories.risk_scale(4))
    none = factories.control_plan(2023)
    ControlPlan.objects.filter(pk=none.pk).update(scale=None)

    assert html(client.get(at("matrix", four.year))).count('<g class="cell') == 16
    assert "Planen har ingen skala" in html(client.get(at("matrix", none.year)))


def test_a_score_outside_the_scale_is_told_in_words_and_what_was_chosen_is_still_there(client):
    plan = factories.control_plan(scale=factories.risk_scale(4))
    one, two = factories.risk(plan), factories.risk(plan)
    open_new_workshop(plan, name="Strategidag", held_on="2021-10-13", by=client.user)
    chosen = {f"l{one.pk}": 3, f"k{one.pk}": 4, f"l{two.pk}": 5, f"k{two.pk}": 1}

    answer = client.post(at("workshop_scores", plan.year), chosen)

    assert answer.status_code == 422
    assert "Risk 2: sannolikhet 5 ligger utanför skalan. Skriv 1 till 4." in html(answer)
    assert '<option value="4" selected>4 Steg 4</option>' in html(answer)
    assert not Score.objects.exists()


def test_a_value_outside_the_scale_stands_beside_its_field_with_the_rest_of_the_form_kept(client):
    plan = factories.control_plan()
    sent = {"text": "Avtal går ut", "cause": "Ingen bevakar", "likelihood": 6, "consequence": 2}
    answer = client.post(at("risk_new", plan.year), sent)

    assert answer.status_code == 422
    assert "Sannolikhet 6 ligger utanför skalan. Skriv 1 till 5." in html(answer)
    assert "Ingen bevakar" in html(answer)
    assert not plan.risks.exists()


def test_who_has_not_scored_sees_neither_spread_nor_value_to_be_led_by(client, client_as):
    plan = factories.control_plan()
    open_new_workshop(plan, name="Strategidag", held_on="2021-10-13", by=client.user)
    risk = factories.risk(plan, likelihood=5, consequence=5)
    Score.objects.create(risk=risk, by=factories.user("member"), likelihood=4, consequence=5)
    member = client_as("member")

    assert "Nämndens värde: 25" not in html(member.get(at("workshop", plan.year)))
    assert "Vad andra tycker visas när du har bedömt." in html(member.get(at("workshop", plan.year)))
    member.post(at("workshop_scores", plan.year), {f"l{risk.pk}": 1, f"k{risk.pk}": 1})
    assert "1–20, median 10,5" in html(member.get(at("workshop", plan.year)))


def test_a_deviation_leads_on_to_its_measure(client):
    activity = factories.control_item().activities.get()
    facts = {"done_on": "2022-04-01", "covers_on": "2022-03-31", "result": "deviation", "note": "Två avtal saknas"}

    answer = client.post(at("check_new", activity.pk), facts, follow=True)

    assert answer.request["PATH_INFO"] == at("measure_after", activity.item_id, Check.objects.get().pk)
    assert "Efter avvikelsen: Två avtal saknas" in html(answer)
    owner = {"text": "Teckna dem", "owner": "Samordnaren", "due_on": "2022-05-01"}
    client.post(answer.request["PATH_INFO"], owner)
    assert Measure.objects.get().check_made == Check.objects.get()


def shown_and_sent(client, address: str, **changes) -> dict:
    """What a browser sends of a page's form: what it showed, and what the person made of it."""
    form = client.get(address).context["form"]
    as_shown = {name: form[name].value() for name in form.fields}
    as_shown = {name: value for name, value in as_shown.items() if value not in (None, False, [])}
    return {form.add_initial_prefix(name): value for name, value in as_shown.items()} | as_shown | changes


def test_two_who_follow_up_the_same_item_keep_each_others_facts_and_are_told_of_the_same(client):
    item = factories.control_item()
    follow_up = item.risk.plan.follow_ups.create(name="Helår", followed_on="2022-12-31")
    row = ItemFollowUp.objects.create(follow_up=follow_up, item=item, decision="Risken hanteras", analysis="Bra.")
    address = at("follow_up_item", follow_up.pk, item.pk)
    first, second = (
        shown_and_sent(client, address, analysis="Mycket bra."),
        shown_and_sent(client, address, decision="Risken accepteras"),
    )
    third = shown_and_sent(client, address, analysis="Inte så bra.")

    assert [client.post(address, sent).status_code for sent in (first, second)] == [302, 302]
    row.refresh_from_db()
    assert (row.decision, row.analysis) == ("Risken accepteras", "Mycket bra.")

    told = client.post(address, third)
    assert told.status_code == 422
    assert "sparade något annat" in html(told)
    assert "”Mycket bra.”" in html(told)
    assert "Inte så bra." in html(told)


def test_what_a_follow_up_begins_with_from_the_plan_is_said_when_it_is_saved_as_it_stands(client):
    item = factories.control_item(factories.risk(likelihood=1, consequence=1, decision="Risken accepteras"))
    follow_up = item.risk.plan.follow_ups.create(name="Helår", followed_on="2022-12-31")
    address = at("follow_up_item", follow_up.pk, item.pk)

    client.post(address, shown_and_sent(client, address))

    assert follow_up.rows.get().decision == "Risken accepteras"


@pytest.mark.parametrize(
    ("name", "changes", "of"),
    [
        ("activity", {"schedule": "days", "days": "2022-05-02\n1 mars 2022"}, lambda row: row.days),
        ("measure", {"done_on": "2022-09-01", "outcome": "Klart"}, lambda row: [row.done_on.isoformat(), row.outcome]),
        ("item_change", {"text": "Säkerställa"}, lambda row: row.text),
        ("risk_after", {"likelihood_after": "1", "consequence_after": "2"}, lambda row: row.value_after),
    ],
)
def test_a_form_that_is_changed_saves_what_was_changed(client, name, changes, of):
    item = factories.control_item()
    measure = Measure.objects.create(item=item, text="Se över", owner="Kim", due_on="2022-09-01")
    row = {"activity": item.activities.get(), "measure": measure, "item_change": item, "risk_after": item.risk}[name]
    address = at(name, row.pk)

    assert client.post(address, shown_and_sent(client, address, **changes)).status_code == 302
    row.refresh_from_db()
    wanted = {
        "activity": ["2022-03-01", "2022-05-02"],
        "measure": ["2022-09-01", "Klart"],
        "item_change": "Säkerställa",
        "risk_after": 2,
    }
    assert of(row) == wanted[name]


def test_a_form_for_a_plan_keeps_its_columns_in_order_and_never_loses_the_first(client):
    plan = factories.control_plan()
    sent = {"title": "Plan", "scale": plan.scale_id, "mandatory_words": ""}
    sent |= {f"heading_{key}": key for key in ("text", "value", "category", "responsible", "frequency", "method")}
    sent |= {f"heading_{key}": key for key in ("likelihood", "consequence", "decision", "analysis")}

    refused = client.post(at("plan_facts", plan.year), sent | {"show_value": "on"})
    assert "Planen måste ha kolumnen med risken" in html(refused)
    client.post(at("plan_facts", plan.year), sent | {"show_value": "on", "show_text": "on", "heading_text": "Moment"})
    plan.refresh_from_db()
    assert plan.columns == [{"key": "text", "heading": "Moment"}, {"key": "value", "heading": "value"}]


def test_a_risk_is_linked_to_the_goals_of_its_year_from_either_side(client):
    risk = factories.risk(factories.control_plan(2022))
    address = at("risk_change", risk.pk)
    assert "Hotar målen" not in html(client.get(address))
    goal, other = factories.goal(factories.goal_plan(2022)), factories.goal(factories.goal_plan(2021))
    other.risks.set([risk])

    assert client.post(address, shown_and_sent(client, address, goals=[goal.pk])).status_code == 302

    assert list(goal.risks.all()) == [risk]
    assert not other.risks.exists()
    assert f'Hotar målen</dt><dd><a href="{goal.get_absolute_url()}">1. {goal.text}</a>' in html(
        client.get(risk.get_absolute_url())
    )


def test_who_sets_the_boards_value_second_sees_what_was_set(client):
    risk = factories.risk(factories.control_plan(), likelihood=1, consequence=1)
    address = at("risk_value", risk.pk)
    first, second = (shown_and_sent(client, address, likelihood=value, consequence=2) for value in (3, 4))

    assert client.post(address, first).status_code == 302
    answer = client.post(address, second)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["likelihood"]
    assert "”3”. Spara igen" in str(answer.context["form"].errors["likelihood"])
    risk.refresh_from_db()
    assert risk.value == 6


def test_who_renames_a_column_second_is_told_beside_it(client):
    plan = factories.control_plan()
    address = at("plan_facts", plan.year)
    first, second = (shown_and_sent(client, address, heading_method=name) for name in ("Så kontrolleras det", "Hur"))

    assert client.post(address, first).status_code == 302
    answer = client.post(address, second)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["heading_method"]
    assert "”Så kontrolleras det”. Spara igen" in str(answer.context["form"].errors["heading_method"])
    assert 'value="Hur"' in html(answer)


def test_the_lists_are_excel_files_and_what_people_wrote_is_no_formula(client):
    plan = factories.control_plan()
    factories.control_item(factories.risk(plan, "=1+1", likelihood=2, consequence=4))

    for name, value_at in (("risk_file", 10), ("plan_file", 6)):
        answer = client.get(at(name, plan.year))
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert "'=1+1" in rows[1]
        assert rows[1][value_at] == 8


def test_a_scale_that_is_none_is_told_with_its_place_and_kept_in_the_form(client):
    sent = {"name": "Tre", "likelihood_word": "S", "likelihood": "Låg\nHög", "consequence_word": "K"}
    sent |= {"consequence": "Liten – märks knappt\nliten", "from0": 2, "word0": "Låg", "tone0": "green"}
    answer = client.post(at("scale_new"), sent)

    assert answer.status_code == 422
    assert "Konsekvens: två steg har samma ord." in html(answer)
    assert "den lägsta nivån ska börja på 1" in html(answer)
    assert "Liten – märks knappt" in html(answer)


def test_a_scale_with_many_levels_keeps_them_all_when_it_is_changed(client):
    bands = [{"from": at, "word": f"Nivå {at}", "tone": "grey", "meaning": ""} for at in range(1, 10)]
    row = factories.risk_scale(5, bands=bands)
    form = client.get(at("scale", row.pk)).context["form"]
    client.post(at("scale", row.pk), form.initial | {"name": "Nio nivåer"})

    row.refresh_from_db()
    assert (row.name, len(row.bands)) == ("Nio nivåer", 9)


def test_a_scale_of_ones_own_words_is_made_from_lines(client):
    sent = {"name": "Tre gånger två", "likelihood_word": "Trolighet", "consequence_word": "Skada"}
    sent |= {"likelihood": "Knappast\nKanske – någon gång\nSäkert", "consequence": "Liten\nStor"}
    sent |= {"from0": 1, "word0": "Grön", "tone0": "green", "from1": 4, "word1": "Röd", "tone1": "red"}
    client.post(at("scale_new"), sent)

    page = html(client.get(at("scale_list")))
    assert "3 × 2 steg, högsta riskvärde 6" in page
    assert "Röd, 4–6" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "inte giltig JSON: rad 1"),
        (b"\xff\xfe", "inte skriven i UTF-8"),
        (b"[]", "ingen internkontrollplan"),
        (
            b'{"format": "enamnd.control_plan", "version": 1, "year": 1, "risks": [{"txt": "A"}]}',
            "uppgiften ”text” saknas",
        ),
    ],
)
def test_a_file_that_is_no_plan_is_told_with_its_place(client, content, said):
    file = io.BytesIO(content)
    file.name = "plan.json"
    answer = client.post(at("plan_import"), {"file": file})

    assert answer.status_code == 422
    assert said in html(answer)
    assert not ControlPlan.objects.exists()


def test_the_pdf_of_a_proposal_is_drawn_and_that_of_an_adopted_plan_is_the_issued_bytes(client):
    plan = factories.control_plan(risks=1)
    assert client.get(at("plan_pdf", plan.year)).content.startswith(b"%PDF")

    plan.adoptions.create(adopted_on="2021-12-08", decision="§ 50", paper=factories.paper(b"%PDF-1.7 utfardad"))
    assert client.get(at("plan_pdf", plan.year)).content == b"%PDF-1.7 utfardad"


def test_an_auditor_reads_and_sees_no_button(client, client_as):
    plan = factories.control_plan(risks=1)
    auditor = client_as("auditor")

    for name, key in (("matrix", 2022), ("plan", 2022), ("workshop", 2022), ("item", ControlItem.objects.get().pk)):
        page = html(auditor.get(at(name, key)))
        assert '<form method="post"' not in page.replace('<form method="post" action="/inloggning', "")
        assert "Ny risk" not in page
    assert plan.risks.count() == 1


def test_a_page_that_asks_what_is_new_in_the_workshop_is_answered_with_nothing_until_something_is(client):
    plan = factories.control_plan()
    risk = factories.risk(plan)
    workshop = open_new_workshop(plan, name="Strategidag", held_on="2021-10-13", by=client.user)
    address = at("workshop", plan.year)

    def news() -> int:
        return client.get(address, {"sedan": mark}).status_code

    mark = client.get(address).context["mark"]
    assert news() == 204
    for change in (
        lambda: Score.objects.create(risk=risk, by=factories.user("member"), likelihood=4, consequence=5),
        lambda: set_value(risk, 2, 3, by=client.user),
        lambda: factories.risk(plan),
        lambda: type(workshop).objects.update(closed_at=timezone.now(), closed_by=client.user),
    ):
        change()
        assert news() == 200
        mark = client.get(address).context["mark"]
        assert news() == 204
