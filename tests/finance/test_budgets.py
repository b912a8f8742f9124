from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from enamnd.dates import long_date
from enamnd.documents.models import Document
from enamnd.journal.models import Event
from enamnd.letters.models import Letter
from enamnd.money import thousands
from enamnd.refusal import Refused
from finance import blocks, budgets
from finance.actions import budget_papers
from finance.actions import budgets as actions
from finance.actions.allocations import make_allocation
from finance.attached import lacks_shares
from finance.budget_checks import Comment, Item, amounts_in, findings
from finance.budget_table import Column, Entry, result_word, rounding_note, table, to_date
from finance.indexing import raised
from finance.models import BudgetRow, CostItem, IndexFigure
from finance.pasted import read_lines
from finance.printed import as_budget, faults, read_printed
from finance.waiting import waiting_finance
from meetings.actions.blocks import insert_block
from tests import factories

PRINTED = """Kronor\tBudget 2022
Intäkter
Grundbelopp\t100 000
Summa intäkter\t100 000
Kostnader
Kansli\t90 000
Summa kostnader\t100 000
Rörelseresultat\t0
"""


# The plain table ------------------------------------------------------------------------------------------------------


def entry(side, item, amount, label="", group=""):
    return Entry(side, item, label or f"Post {item}", amount, group)


def lines_of(*columns):
    return [(line.kind, line.label, line.values) for line in table(columns) if line.kind != "section"]


def test_years_stand_side_by_side_by_item_under_the_newest_label():
    old = Column("2021", (entry("income", 1, 100, "Grundbelopp och e-kontor"), entry("income", 2, 50, "Gammalt")))
    new = Column("2022", (entry("income", 1, 120, "Grundfinansiering"), entry("cost", 1, 120, "Kansli")))

    assert lines_of(old, new) == [
        ("row", "Grundfinansiering", (100, 120)),
        ("row", "Gammalt", (50, None)),
        ("total", "SUMMA INTÄKTER", (150, 120)),
        ("row", "Kansli", (None, 120)),
        ("total", "SUMMA KOSTNADER", (0, 120)),
        ("result", "RÖRELSERESULTAT", (150, 0)),
    ]


def test_rows_of_a_group_have_a_sum_of_their_own():
    wages = [entry("cost", 1, 70, group="lönekostnader"), entry("cost", 2, 30, group="lönekostnader")]

    assert ("subtotal", "SUMMA LÖNEKOSTNADER", (100,)) in lines_of(Column("2019", (*wages, entry("cost", 3, 5))))


@given(st.lists(st.tuples(st.sampled_from(["income", "cost"]), st.integers(1, 5), st.integers(-999, 999))))
def test_totals_are_always_the_sums_of_their_rows(rows):
    lines = table([Column("x", tuple(entry(*row) for row in rows))])

    sums = {side: sum(amount for its, _, amount in rows if its == side) for side in ("income", "cost")}
    assert [line.values[0] for line in lines if line.kind == "total"] == [sums["income"], sums["cost"]]
    assert lines[-1].values == (sums["income"] - sums["cost"],)


def test_the_result_has_a_word_unless_it_is_nought():
    assert [result_word(each) for each in (1, 0, -1)] == ["Överskott", "", "Underskott"]


@given(st.integers(-(10**12), 10**12), st.integers(0, 12))
def test_the_budget_to_date_is_within_half_a_krona_of_its_part(öre, months):
    so_far = to_date(öre, months)

    assert so_far % 100 == 0
    assert abs(so_far - Fraction(öre * months, 12)) <= 50


def test_rounded_amounts_that_do_not_add_up_get_a_note():
    income, cost = 1_792_400_00, 1_672_600_00

    assert thousands(income) - thousands(cost) == 119
    assert thousands(income - cost) == 120
    assert "avrundade var för sig" in rounding_note([income, -cost], income - cost)
    assert rounding_note([1_000_00, -400_00], 600_00) == ""


# What is wrong, in words ----------------------------------------------------------------------------------------------

ITEMS = {1: Item(1, "Grundbelopp"), 2: Item(2, "Fonden", is_balanced=False)}
WHOLE = [entry("income", 1, 1_177_400_00), entry("cost", 1, 1_177_400_00)]


def told(*texts, entries=WHOLE, stated=None):
    return findings(entries, ITEMS, stated=stated, comments=[Comment(text, 1) for text in texts])


def test_a_budget_that_is_whole_has_nothing_said_of_it():
    texts = ("Grundbeloppet är 1 177 400 kr.", "Det blir 84 100kr/kommun och 14 kommuner.", "Ingen siffra här.")

    assert told(*texts, stated={"income": 1_177_400_00, "cost": None}) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Beloppet är 1 046 900 kr.", "säger 1 046 900 kr, men tabellen har 1 177 400 kr"),
        ("Det blir 84 000 kr/kommun för 14 kommuner.", "84 000 kr var för 14, alltså 1 176 000 kr"),
    ],
)
def test_an_amount_in_a_text_that_the_table_has_not_is_said(text, sentence):
    (found,) = told(text)

    assert sentence in found.replace("\u00a0", " ")


def test_amounts_that_make_the_row_together_are_right():
    assert told("Kansliet 1 000 000 kr.", "Resor 177 400 kr.") == []


def test_an_item_that_may_be_unbalanced_is_only_said_of_in_the_result():
    (found,) = findings([entry("income", 2, 100_00)], ITEMS)

    assert "Resultatet blir 100\u00a0kr" in found


def test_amounts_are_found_in_texts():
    assert [(each.amount, each.is_each, each.is_tkr) for each in amounts_in("94 tkr, 84 100kr/kommun och 1,50 kr")] == [
        (94_000_00, False, True),
        (84_100_00, True, False),
        (1_50, False, False),
    ]


def test_a_printed_table_is_counted_again():
    printed = read_printed(read_lines(PRINTED))

    of_costs, of_result = faults(printed)
    assert "Summa kostnader står som 100\u00a0000, men raderna blir 90\u00a0000" in of_costs
    assert "Rörelseresultat står som 0, men raderna ger 10\u00a0000" in of_result


def test_subtotals_and_costs_below_zero_are_counted_as_the_table_means():
    """R315, R319: −43 − 46,4 − 20 is −109,4, printed −109."""
    rows = [
        *(["Tkr", "Budget"], ["Intäkter", ""], ["Basarvode", "914,4"], ["Summa intäkter", "914,4"], ["Kostnader", ""]),
        *(["Samordnare", "-700"], ["Summa lönekostnader", "-700"], ["Resor", "-43"], ["OH 10 %", "-46,4"]),
        *(["Möten", "-20"], ["Summa omkostnader", "-109"], ["Total", "105"]),
    ]

    printed = read_printed(rows)

    (of_overheads,) = faults(printed)
    assert "Summa omkostnader står som \u2212109, men raderna blir \u2212109,40" in of_overheads


def test_a_table_in_thousands_with_costs_below_zero_and_comments_is_a_budget(coordinator):
    """R315, R316: 914,4 and -46,4 in tkr, with words beside; it comes out in tkr as it went in, costs above zero."""
    rows = [
        *(["Tkr", "Budget", "Kommentar"], ["Intäkter"], ["Basarvode", "914,4", "101,6 för var och en av nio"]),
        *(["Kostnader"], ["Samordnare", "-805", ""], ["Summa lönekostnader", "-805"], ["Möten", "-46,4"]),
    ]
    version = factories.budget_version(2019)

    budget_papers.take_in(version, as_budget(read_printed(rows), 1000), 0, {}, by=coordinator)

    said = {row.label: (row.amount, row.group, row.note) for row in version.rows.all()}
    assert said == {
        "Basarvode": (914_400_00, "", "101,6 för var och en av nio"),
        "Samordnare": (805_000_00, "lönekostnader", ""),
        "Möten": (46_400_00, "", ""),
    }
    html = blocks.budget_table({"versions": [version.pk], "in_thousands": True, "notes": True})
    assert "<th><p>Budget 2019 (tkr)</p></th><th><p>Kommentar</p></th>" in html
    assert "<td><p>914,4</p></td><td><p>101,6 för var och en av nio</p></td>" in html
    assert "<td><p>SUMMA LÖNEKOSTNADER</p></td><td><p>805</p></td><td><p></p></td>" in html


def test_cells_that_are_no_amounts_are_refused_with_their_rows():
    with pytest.raises(Refused, match="rad 3"):
        read_printed([["", "Budget"], ["Intäkter", ""], ["Grundbelopp", "mycket"]])


# Index ----------------------------------------------------------------------------------------------------------------


def test_an_indexed_amount_is_whole_hundreds_for_each():
    """R074, R076: 80 500 each becomes 84 100 each, 1 177 400 in all."""
    found = raised(80_500_00 * 14, [Fraction("4.5")], 14, 100_00)

    assert (found.each_before, found.each, found.total) == (80_500_00, 84_100_00, 1_177_400_00)


def test_indexes_are_multiplied():
    assert raised(100_00, [Fraction(10), Fraction(10)], 1, 1).total == 121_00


@pytest.fixture
def coordinator(db):
    factories.board()
    return factories.user("coordinator")


@pytest.fixture
def item(db):
    return factories.cost_item("Grundbelopp")


def test_rows_are_raised_from_what_they_were_and_remember_by_what(coordinator, item):
    version = factories.budget_version(2024, {item: (1_127_000, 1_127_000)})
    index = IndexFigure.objects.create(
        name="PKV", year=2024, percent=Decimal("4.5"), published_on=date(2023, 4, 27), source="SKR"
    )

    actions.raise_by_index(version, item, [index], 14, 100_00, by=coordinator)
    actions.raise_by_index(version, item, [index], 14, 100_00, by=coordinator)

    for row in version.rows.all():
        assert (row.before, row.amount, list(row.indexes.all())) == (1_127_000_00, 1_177_400_00, [index])


def test_a_row_written_by_hand_forgets_its_index(coordinator, item):
    version = factories.budget_version(2024, {item: (100, 100)})
    row = version.rows.first()
    BudgetRow.objects.filter(pk=row.pk).update(before=90_00)

    actions.write_rows(version, {row.pk: actions.Written({"label": "Kansli", "amount": 105_00})}, by=coordinator)

    row.refresh_from_db()
    assert (row.label, row.amount, row.before) == ("Kansli", 105_00, None)


# Versions and what happens to them ------------------------------------------------------------------------------------


def test_a_year_begins_like_another_and_only_once(coordinator, item):
    before = factories.budget_version(2023, {item: (100, 100)})

    version = actions.begin_budget(2024, like=before, by=coordinator)

    assert [(row.side, row.label, row.amount) for row in version.rows.all()] == [
        ("income", "Grundbelopp", 100_00),
        ("cost", "Grundbelopp", 100_00),
    ]
    with pytest.raises(Refused, match="finns redan en budget för 2024"):
        actions.begin_budget(2024, by=coordinator)


def test_the_latest_decided_version_holds_and_later_ones_are_revisions(coordinator, item):
    first = factories.budget_version(2022, {item: (100, 100)})
    actions.decide_budget(first, decided_on=date(2021, 6, 16), decision="§ 12", by=coordinator)
    second = actions.add_version(first, by=coordinator)
    assert budgets.holding_of(2022) == first

    actions.decide_budget(second, decided_on=date(2022, 3, 16), decision="§ 5", by=coordinator)

    found = list(budgets.versions().filter(budget__year=2022))
    assert budgets.holding_of(2022) == second
    assert [budgets.state_of(each, found)[0] for each in found] == ["reviderad", "fastställd"]


def test_a_redistribution_on_delegation_stays_within_the_frame(coordinator, item):
    first = factories.budget_version(2022, {item: (100, 100)})
    actions.decide_budget(first, decided_on=date(2021, 6, 16), decision="§ 12", by=coordinator)
    second = factories.budget_version(2022, {item: (110, 110)})

    actions.decide_budget(
        second, decided_on=date(2022, 3, 1), decided_by="delegated", decision="D 3/2022", by=coordinator
    )

    (found,) = budgets.findings_of(budgets.holding_of(2022))
    assert "kostar 110\u00a0kr, mer än totalramen 100\u00a0kr" in found


@pytest.mark.parametrize("happens", ["consulted", "decided", "on agenda"])
def test_a_version_that_has_left_the_desk_does_not_change(coordinator, item, happens):
    version = factories.budget_version(2022, {item: (100, 100)})
    if happens == "consulted":
        yesterday = timezone.localdate() - timedelta(days=1)
        actions.send_for_consultation(version, yesterday, timezone.localdate(), by=coordinator)
    elif happens == "decided":
        actions.decide_budget(version, decided_on=date(2021, 6, 16), decision="§ 12", by=coordinator)
    else:
        version.document = factories.document()
        version.save()

    with pytest.raises(Refused, match="ändras inte"):
        actions.add_row(version, factories.cost_item(), {"cost": ("Ny", 1)}, by=coordinator)


def test_the_parties_answers_are_kept_and_may_be_given_anew(coordinator, item):
    version = factories.budget_version(2022, {item: (100, 100)})
    place, day = factories.municipality(), timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="inte varit ute på samråd"):
        actions.answer_consultation(version, place, "accepts", day, by=coordinator)
    actions.send_for_consultation(version, day, day + timedelta(days=30), by=coordinator)

    actions.answer_consultation(version, place, "remarks", day, text="För dyrt.", by=coordinator)
    actions.answer_consultation(version, place, "accepts", day, decision="KS § 3", by=coordinator)

    answer = version.answers.get()
    assert (answer.answer, answer.decision, answer.history.count()) == ("accepts", "KS § 3", 2)


def test_a_municipality_answers_for_itself_until_the_budget_is_decided(coordinator, item):
    factories.board()
    host = factories.Board.objects.first().host
    version, own, other = sent(item), factories.municipality("Alfors"), factories.municipality("Bergby")
    economist = factories.user("economist", municipality=own)
    day = timezone.localdate()

    with pytest.raises(Refused, match="inte en av de parter"):
        actions.answer_consultation(version, host, "accepts", day, by=factories.user("economist", municipality=host))
    (asked,) = waiting_finance(economist, day)
    assert (asked.what, asked.verb) == ("Samråd om budget 2022", "Svara")
    answer = actions.answer_consultation(version, own, "remarks", day, text="Dyrt.", by=economist)
    assert (answer.is_own, answer.by) == (True, economist)
    assert Event.objects.filter(verb="budget_version.answered_by_itself", actor=economist.pk).exists()
    assert waiting_finance(economist, day) == []
    with pytest.raises(Refused, match="Du svarar inte för Bergby"):
        actions.answer_consultation(version, other, "accepts", day, by=economist)
    with pytest.raises(Refused, match="Svaret är senare") as early:
        actions.answer_consultation(version, own, "accepts", version.consulted_on - timedelta(days=1), by=economist)
    assert early.value.field == "answered_on"
    assert not actions.answer_consultation(version, own, "accepts", day, by=coordinator).is_own
    actions.decide_budget(version, decided_on=day, decision="§ 12", by=coordinator)
    with pytest.raises(Refused, match="är redan fastställd"):
        actions.answer_consultation(version, own, "declines", day, by=economist)
    assert actions.answer_consultation(version, own, "declines", day, by=coordinator)


def test_the_parties_economists_are_asked_by_letter(coordinator, item):
    factories.board()
    own = factories.municipality("Alfors")
    economist = factories.user("economist", municipality=own)
    version, today = factories.budget_version(rows={item: (100, 100)}), timezone.localdate()

    actions.send_for_consultation(version, today, today + timedelta(days=30), tell=True, by=coordinator)

    letter = Letter.objects.get()
    assert (letter.kind, letter.to_address) == ("budget_consultation", economist.email)
    assert f"Svara för Alfors kommun senast {long_date(today + timedelta(days=30))}" in letter.body
    assert reverse("finance:consultation_answer", args=[2022, version.number, own.pk]) in letter.body


def test_an_economist_answers_on_the_municipalitys_own_page(client_as, item):
    factories.board()
    version, own = sent(item), factories.municipality("Alfors")
    client = client_as("economist", municipality=own)
    there = reverse("finance:consultation_answer", args=[2022, version.number, own.pk])

    assert there in client.get(reverse("finance:municipality")).content.decode()
    told = {"answer": "accepts", "answered_on": str(timezone.localdate()), "decision": "KS § 7", "text": ""}
    assert client.post(there, told).status_code == 302
    assert version.answers.get().decision == "KS § 7"
    page = client.get(version.get_absolute_url()).content.decode()
    assert "svarade själv" in page
    elsewhere = reverse("finance:consultation_answer", args=[2022, version.number, factories.municipality("Bergby").pk])
    assert client.post(elsewhere, told).status_code == 403


def sent(item):
    version = factories.budget_version(rows={item: (100, 100)})
    today = timezone.localdate()
    version.consulted_on, version.answer_by = today - timedelta(days=3), today + timedelta(days=30)
    version.save()
    return version


def test_a_budget_that_disagrees_with_itself_wants_a_reason_to_go_to_the_board(coordinator, item):
    version = factories.budget_version(2022, {item: (100, 90)})
    case = factories.case()

    with pytest.raises(Refused, match="inte stämmer"):
        budget_papers.put_before_board(version, case, "Budget 2022", by=coordinator)
    assert not Document.objects.exists()
    budget_papers.put_before_board(version, case, "Budget 2022", by=coordinator, reason="Fonden används.")

    document = Document.objects.get()
    assert document.file.content.startswith(b"%PDF")
    assert Event.objects.get(verb="budget_version.put_before_board").data["reason"] == "Fonden används."
    with pytest.raises(Refused, match="redan lagd"):
        budget_papers.put_before_board(version, case, "Budget 2022", by=coordinator)


def test_a_printed_table_becomes_rows_and_its_own_sums_are_held_against_them(coordinator):
    version = factories.budget_version(2022)
    kept = factories.cost_item("Grundbelopp")
    printed = read_printed(read_lines(PRINTED))
    assert [each.label for each in budget_papers.unknown_labels(printed)] == ["Kansli"]

    budget_papers.take_in(version, printed, 0, {6: kept}, by=coordinator)

    version = budgets.holding_of(2022)
    assert {(row.side, row.label): row.item.name for row in version.rows.all()} == {
        ("income", "Grundbelopp"): "Grundbelopp",
        ("cost", "Kansli"): "Grundbelopp",
    }
    assert version.stated_cost == 100_000_00
    assert any("Summa kostnader står som" in each for each in budgets.findings_of(version))


def test_a_table_is_looked_at_asked_about_and_taken_in(client_as):
    version, client = factories.budget_version(2022), client_as("coordinator")
    address = reverse("finance:budget_import", args=[2022, 1])

    seen = client.post(address, {"text": PRINTED, "column": 1, "do": "look"})
    assert not version.rows.exists()
    saved = client.post(address, {"text": seen.context["form"]["text"].value(), "column": 1, "do": "save"})

    assert saved.status_code == 302
    assert CostItem.objects.count() == 2
    assert version.rows.count() == 2


def test_amounts_that_cannot_be_read_stay_in_the_form(client_as, item):
    version = factories.budget_version(2022, {item: (100, 100)})
    income, cost = version.rows.all()
    data = {f"label-{income.pk}": "Grundbelopp", f"amount-{income.pk}": "mycket", f"label-{cost.pk}": "Kansli"}

    answer = client_as("coordinator").post(reverse("finance:budget_rows", args=[2022, 1]), data)

    assert answer.status_code == 422
    assert "mycket" in answer.content.decode()
    income.refresh_from_db()
    assert income.amount == 100_00


def test_two_who_write_in_the_same_budget_keep_each_others_rows(client_as, item):
    version = factories.budget_version(2022, {item: (100, 100)})
    income, cost = version.rows.all()
    address = reverse("finance:budget_rows", args=[2022, 1])
    first, second = client_as("coordinator"), client_as("coordinator")
    page = {
        f"{prefix}{name}-{row.pk}": value
        for row in (income, cost)
        for name, value in (("label", "Grundbelopp"), ("amount", "100"), ("note", ""))
        for prefix in ("", "initial-")
    }

    first.post(address, page | {f"amount-{income.pk}": "120"})
    second.post(address, page | {f"amount-{cost.pk}": "130"})
    told = second.post(address, page | {f"amount-{income.pk}": "140"})

    income.refresh_from_db()
    cost.refresh_from_db()
    assert (income.amount, cost.amount) == (120_00, 130_00)
    assert told.status_code == 422
    assert "”120”. Spara igen om det du har skrivit ska gälla." in told.content.decode()


def test_the_queries_of_a_budget_do_not_grow_with_its_rows(client_as, django_assert_max_num_queries):
    client = client_as("economist")
    for year, rows in ((2021, 1), (2022, 1), (2023, 20), (2024, 20)):
        factories.budget_version(year, {factories.cost_item(): (1, 1) for _ in range(rows)})
    with django_assert_max_num_queries(20) as first:
        client.get(reverse("finance:budget", args=[2022]))

    with django_assert_max_num_queries(len(first)):
        client.get(reverse("finance:budget", args=[2024]))


def test_a_decision_without_what_each_municipality_pays_is_said_to_lack_it(coordinator, item):
    version, party = factories.budget_version(rows={item: (100, 100)}), factories.municipality("Alfors")
    paragraph = factories.meeting(paragraphs=1).paragraphs.get()
    actions.decide_budget(version, decided_on=date(2021, 6, 16), paragraph=paragraph, by=coordinator)

    assert lacks_shares(version)
    make_allocation("Grundbelopp 2022", 2022, factories.model_version(), [party], 100_00, item=item, by=None)
    insert_block(paragraph, "year_allocation", {"year": 2022}, by=factories.user("secretary"))
    version.decided.paragraph.refresh_from_db()
    assert not lacks_shares(version)
