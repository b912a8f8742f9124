"""Governing documents: begun, carried over, written by two, laid out, sent on remiss, adopted, taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from enamnd.documents.models import PaperWithdrawal
from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from meetings.blocks import Block, register_block
from meetings.text.sections import Conflict
from riskcontrol.actions import consultations, governing, governing_sections
from riskcontrol.forms.governing import writers
from riskcontrol.governing import living, rules
from riskcontrol.governing.as_text import compare_documents
from riskcontrol.governing.outline import outline_of
from riskcontrol.governing.waiting import waiting_governing
from riskcontrol.models import GoverningDocument, GoverningSection
from tests import factories

pytestmark = pytest.mark.django_db
STRUCTURE = [
    {"heading": "Basfakta", "numbered": False, "in_contents": False},
    {"heading": "Godkännande", "level": 2, "blocks": ["approval"]},
    {"heading": "Mål för {year}", "text": "<p>Vi ska nå fler.</p>"},
    {"heading": "Budget {year}", "text": "<p>Beslutad xxxx-xx-xx § xx.</p>"},
]
APPROVERS = [{"role": "chair", "label": "Ordförande:"}, {"role": "coordinator", "label": "Samordnare:"}]


@pytest.fixture
def by():
    return factories.user("coordinator")


@pytest.fixture
def kind():
    factories.board(name="Gemensamma nämnden")
    return factories.governing_kind("verksamhetsplan", structure=STRUCTURE, approvers=APPROVERS)


@pytest.fixture
def plan(kind, by) -> GoverningDocument:
    return governing.begin_document(kind, 2026, by=by)


def section(document, heading) -> GoverningSection:
    return document.sections.get(heading__startswith=heading)


def fill(document, by):
    budget = section(document, "Budget")
    governing_sections.save_text(budget, budget.revision, "<p>Beslutad 2025-12-10 § 44.</p>", by=by)


def adopt(document, by):
    fill(document, by)
    return governing.adopt_document(document, date(2025, 12, 10), decision="2025-12-10 § 44", by=by)


def test_a_document_begins_from_the_template_of_its_kind(plan):
    lines = outline_of(plan.sections.all())

    assert plan.title == "Verksamhetsplan 2026"
    assert [line.label for line in lines] == ["Basfakta", "1.1 Godkännande", "2 Mål för 2026", "3 Budget 2026"]
    assert plan.editions.get().number == 1
    assert lines[-1].placeholders == ("xxxx-xx-xx § xx",)


def test_next_year_goes_on_from_this_and_shows_what_changed(plan, kind, by):
    governing.keep_reference(plan, name="Reglemente", edition="2023-03-03", by=by)
    later = governing.begin_document(kind, 2027, by=by, previous=plan)
    goals = section(later, "Mål")
    governing_sections.save_text(goals, goals.revision, "<p>Vi ska nå alla.</p>", by=by)

    changed = compare_documents(plan.sections.all(), later.sections.all()).sections
    of_goals = next(each for each in changed if each.key == goals.key)
    assert [(each.op, each.text) for each in of_goals.words] == [
        *(("same", "Vi ska nå"), ("removed", "fler."), ("added", "alla."))
    ]
    assert (of_goals.old_heading, of_goals.heading) == ("Mål för 2026", "Mål för 2027")
    assert [each.number for each in later.editions.all()] == [1, 2]
    assert later.references.get().name == "Reglemente"


@pytest.mark.parametrize(("year", "words"), [(2026, "finns redan"), (2025, "kan inte bygga på")])
def test_a_document_that_cannot_be_begun_says_why(plan, kind, by, year, words):
    with pytest.raises(Refused, match=words):
        governing.begin_document(kind, year, by=by, previous=plan)


def test_the_second_of_two_writers_is_told_and_both_texts_survive(plan, by):
    goals = section(plan, "Mål")
    other = factories.user("secretary")
    governing_sections.save_text(goals, 1, "<p>Min text.</p>", by=by)

    with pytest.raises(Conflict) as conflict:
        governing_sections.save_text(goals, 1, "<p>Din text.</p>", by=other)
    assert conflict.value.current.html == "<p>Min text.</p>"

    governing_sections.settle_text(goals, "theirs", conflict.value.current.revision, "<p>Din text.</p>", by=other)
    goals.refresh_from_db()
    assert goals.html == "<p>Min text.</p>"
    assert goals.history.filter(html="<p>Din text.</p>").exists(), "det som valdes bort finns kvar"

    governing_sections.settle_text(goals, "both", goals.revision, "<p>Din text.</p>", by=other)
    goals.refresh_from_db()
    assert goals.html == "<p>Min text.</p><p>Din text.</p>"
    assert goals.history.filter(html="<p>Vi ska nå fler.</p>").exists(), "det som stod från början finns kvar"


def test_what_one_writes_in_one_sitting_is_one_version(plan, by):
    goals = section(plan, "Mål")
    for number in range(1, 6):
        goals = governing_sections.save_text(goals, number, f"<p>Text {number}.</p>", by=by)
    assert [each.html for each in goals.history.all()] == ["<p>Text 5.</p>", "<p>Vi ska nå fler.</p>"]

    GoverningSection.objects.filter(pk=goals.pk).update(edited_at=timezone.now() - timedelta(hours=1))
    governing_sections.save_text(goals, 6, "<p>Dagen efter.</p>", by=by)
    assert goals.history.count() == 3


def test_text_that_the_paper_cannot_hold_is_refused(plan, by):
    goals = section(plan, "Mål")
    with pytest.raises(Refused, match="<script>"):
        governing_sections.save_text(goals, 1, "<script>alert(1)</script>", by=by)


def test_the_owner_of_a_section_writes_in_that_one_alone(plan, by):
    owner = factories.user("preparatory", municipality=factories.municipality())
    goals = governing_sections.change_section(section(plan, "Mål"), owner=owner, by=by)

    assert governing_sections.save_text(goals, 1, "<p>Mina mål.</p>", by=owner).html == "<p>Mina mål.</p>"
    with pytest.raises(Refused, match="saknar behörigheten"):
        governing_sections.save_text(section(plan, "Budget"), 1, "<p>x</p>", by=owner)
    assert [each.what for each in waiting_governing(owner, date(2026, 1, 1))] == ["Skriv ”Mål för 2026”"]

    governing_sections.set_ready(goals, True, by=owner)
    assert waiting_governing(owner, date(2026, 1, 1)) == []


def test_an_auditor_is_offered_no_section_and_writes_in_none(plan, by):
    auditor, member = factories.user("auditor"), factories.user("member")
    goals = governing_sections.change_section(section(plan, "Mål"), owner=auditor, by=by)
    assert set(writers()) & {auditor, member} == {member}
    with pytest.raises(Refused, match="saknar behörigheten"):
        governing_sections.save_text(goals, 1, "<p>x</p>", by=auditor)


def test_a_section_with_something_to_fill_in_is_not_ready(plan, by):
    with pytest.raises(Refused, match="xxxx-xx-xx § xx"):
        governing_sections.set_ready(section(plan, "Budget"), True, by=by)


def test_what_was_ready_is_not_when_somebody_changes_it(plan, by):
    goals = governing_sections.set_ready(section(plan, "Mål"), True, by=by)
    assert governing_sections.save_text(goals, goals.revision, "<p>Nytt.</p>", by=by).ready_at is None


def test_those_who_have_not_written_get_one_letter_each(plan, by):
    owner = factories.user("preparatory", municipality=factories.municipality())
    with pytest.raises(Refused, match="Ingen har ett avsnitt"):
        governing_sections.remind_owners(plan, by=by)
    for heading in ("Mål", "Budget"):
        governing_sections.change_section(section(plan, heading), owner=owner, by=by)

    assert governing_sections.remind_owners(plan, by=by) == 1
    letter = Letter.objects.get(kind="governing_reminder")
    assert letter.to_address == owner.email
    assert "Mål för 2026" in letter.body
    assert "Budget 2026" in letter.body


def test_sections_are_added_moved_and_taken_out_with_all_under_them(plan, by):
    made = governing_sections.add_section(plan, heading="Indikatorer", level=2, after=section(plan, "Mål"), by=by)
    governing_sections.move_section(section(plan, "Budget"), -1, by=by)
    labels = [line.label for line in outline_of(plan.sections.all())]
    assert labels == ["Basfakta", "1.1 Godkännande", "2 Budget 2026", "3 Mål för 2026", "3.1 Indikatorer"]

    with pytest.raises(Refused, match="andra under sig"):
        governing_sections.remove_section(section(plan, "Mål"), by=by)
    with pytest.raises(Refused, match="kan inte stå på nivå 3"):
        governing_sections.change_section(section(plan, "Mål"), level=3, by=by)
    governing_sections.remove_section(made, by=by)
    assert "Indikatorer" not in str([each.heading for each in plan.sections.all()])
    assert [each.position for each in plan.sections.all()] == [1, 2, 3, 4]


def test_the_first_section_moves_no_further_up_and_the_last_no_further_down(plan, by):
    before = [each.heading for each in plan.sections.all()]
    governing_sections.move_section(section(plan, "Basfakta"), -1, by=by)
    governing_sections.move_section(section(plan, "Budget"), 1, by=by)
    assert [each.heading for each in plan.sections.all()] == before


def test_placeholders_block_adoption_with_a_list_of_where(plan, by):
    governing.keep_reference(plan, name="Avtal […]", by=by)
    with pytest.raises(Refused) as refusal:
        governing.adopt_document(plan, date(2025, 12, 10), decision="2025-12-10 § 44", by=by)

    assert refusal.value.lines == (
        "3 Budget 2026: fyll i xxxx-xx-xx § xx",
        "Referens Avtal […]: fyll i […]",
    )
    assert not plan.adoptions.exists()


def test_a_block_that_nobody_offers_says_so_and_blocks_adoption(plan, by):
    goals = section(plan, "Mål")
    goals.blocks = [governing.new_block("no_such_block", {}, "")]
    goals.save()
    fill(plan, by)

    assert living.drawn_of(plan, goals)[0].missing.startswith("Delen ”no_such_block” finns inte i portalen")
    with pytest.raises(Refused, match="delen ”no_such_block” finns inte"):
        governing.adopt_document(plan, date(2025, 12, 10), decision="2025-12-10 § 44", by=by)


def test_living_blocks_are_drawn_anew_until_the_document_is_adopted_then_frozen(plan, by, monkeypatch):
    told = {"text": "<p>Sju mål.</p>"}
    monkeypatch.setattr("meetings.blocks._BLOCKS", {})
    register_block(Block("goal_list", "Mål", lambda options: told["text"] + f"<p>{options['year']}</p>", "målen", None))
    goals = governing_sections.add_block(section(plan, "Mål"), "goal_list", {}, by=by)
    assert living.drawn_of(plan, goals)[0].html == "<p>Sju mål.</p><p>2026</p>"

    told["text"] = "<p>Åtta mål.</p>"
    assert living.drawn_of(plan, goals)[0].html == "<p>Åtta mål.</p><p>2026</p>"
    adopt(plan, by)
    told["text"] = "<p>Nio mål.</p>"
    goals.refresh_from_db()
    assert living.drawn_of(plan, goals)[0].html == "<p>Åtta mål.</p><p>2026</p>"


def test_goals_budget_and_periods_are_those_of_the_documents_own_year(plan, by):
    for year in (2025, 2026):
        goals = factories.goal_plan(year, goals=1, direction=f"Riktning {year}")
        goals.goals.update(text=f"Mål {year}")
        factories.goal_period(goals)
        factories.budget_version(year, {factories.cost_item(f"Post {year}"): (100, 100)})
    blocks = ("direction", "goals", "goals_follow_up", "budget")
    drawn = [living.draw(plan, governing.new_block(each, {}, "")) for each in blocks]

    assert all(not each.missing for each in drawn), [each.missing for each in drawn]
    texts = [each.html for each in drawn]
    assert ["2026" in each for each in texts] == [True] * 4
    assert ["2025" in each for each in texts] == [False] * 4


def test_a_block_of_a_year_without_anything_says_so(plan):
    factories.goal_period(factories.goal_plan(2025, goals=1))
    for key in ("goals", "goals_follow_up", "budget", "wheel", "project_model"):
        assert living.draw(plan, governing.new_block(key, {}, "")).missing


def test_an_adopted_document_is_a_paper_and_changes_no_more(plan, by):
    made = adopt(plan, by)

    assert made.paper.kind == "governing_document"
    assert bytes(made.paper.file.content).startswith(b"%PDF")
    plan = GoverningDocument.objects.get(pk=plan.pk)
    goals = section(plan, "Mål")
    for change in (
        lambda: governing_sections.save_text(goals, goals.revision, "<p>x</p>", by=by),
        lambda: governing_sections.add_section(plan, heading="Nytt", level=1, by=by),
        lambda: governing.change_document(plan, title="Annat", by=by),
        lambda: governing.keep_edition(plan, number=9, dated_on=date(2026, 1, 1), by=by),
    ):
        with pytest.raises(Refused, match="ändras inte"):
            change()


def test_an_adoption_that_was_wrong_is_taken_back_for_a_reason(plan, by):
    made = adopt(plan, by)
    with pytest.raises(Refused, match="varför"):
        governing.withdraw_adoption(plan, " ", by=by)
    governing.withdraw_adoption(plan, "Fel paragraf.", by=by)

    assert PaperWithdrawal.objects.get(paper=made.paper).reason == "Fel paragraf."
    plan = GoverningDocument.objects.get(pk=plan.pk)
    assert rules.adoption_of(plan) is None
    assert all(each.frozen == {} for each in plan.sections.all())


def test_nothing_is_kept_when_the_text_changes_while_the_paper_is_drawn(plan, by, monkeypatch):
    fill(plan, by)

    def draw_slowly(paper):
        goals = section(plan, "Mål")
        governing_sections.save_text(goals, goals.revision, "<p>Sent inskrivet.</p>", by=by)
        return b"%PDF"

    monkeypatch.setattr("riskcontrol.governing.paper.as_pdf", draw_slowly)
    with pytest.raises(Refused, match="har just ändrats"):
        governing.adopt_document(plan, date(2025, 12, 10), decision="2025-12-10 § 44", by=by)
    assert not plan.adoptions.exists()


def test_approval_lines_keep_the_names_of_the_documents_own_year(plan, by):
    board = factories.body(kind="board")
    for name, year in (("Ida Ek", 2026), ("Bo Lind", 2027)):
        who = factories.person(name)
        factories.office(board, "chair", person=who, valid_from=date(year, 1, 1), valid_until=date(year, 12, 31))
    adopt(plan, by)

    plan = GoverningDocument.objects.get(pk=plan.pk)
    drawn = living.drawn_of(plan, section(plan, "Godkännande"))[0]
    assert drawn.signers == (("Ordförande:", "Ida Ek"), ("Samordnare:", ""))


@pytest.fixture
def sent(plan, by):
    factories.municipality("Granvik", email="registrator@granvik.example")
    factories.municipality("Åby")
    return consultations.send_consultation(plan, timezone.localdate() + timedelta(days=30), "Svara gärna.", by=by)


def test_a_remiss_goes_to_the_parties_with_the_very_paper(sent, plan, by):
    letter = Letter.objects.get(kind="consultation", to_address="registrator@granvik.example")
    assert "Svara gärna." in letter.body
    assert bytes(sent.paper.file.content).startswith(b"%PDF")
    with pytest.raises(Refused, match="redan på remiss"):
        consultations.send_consultation(plan, sent.answer_by, by=by)


def test_a_municipality_answers_for_itself(sent, by):
    from enamnd.organisation.models import Municipality

    granvik, aby = Municipality.objects.get(name="Granvik"), Municipality.objects.get(name="Åby")
    registrar = factories.user("registrar", municipality=granvik)
    assert [each.verb for each in waiting_governing(registrar, timezone.localdate())] == ["Svara"]

    with pytest.raises(Refused, match="Du svarar för Granvik"):
        consultations.answer_consultation(sent, aby, stand="approves", by=registrar)
    with pytest.raises(Refused, match="Skriv synpunkterna"):
        consultations.answer_consultation(sent, granvik, stand="opposes", by=registrar)
    consultations.answer_consultation(sent, granvik, stand="opposes", text="För dyrt.", by=registrar)
    consultations.answer_consultation(sent, granvik, stand="comments", text="Dyrt men bra.", by=registrar)
    consultations.answer_consultation(sent, aby, stand="approves", by=by)

    assert [str(each) for each in sent.answers.all()] == ["Granvik: tillstyrker med synpunkter", "Åby: tillstyrker"]
    assert waiting_governing(registrar, timezone.localdate()) == []
    consultations.close_consultation(sent, by=by)
    with pytest.raises(Refused, match="avslutad"):
        consultations.answer_consultation(sent, granvik, stand="approves", by=registrar)


def test_a_member_may_read_and_change_nothing(plan):
    member = factories.user("member", municipality=factories.municipality())
    for change in (
        lambda: governing.begin_document(plan.kind, 2030, by=member),
        lambda: governing_sections.save_text(section(plan, "Mål"), 1, "<p>x</p>", by=member),
        lambda: governing.adopt_document(plan, date(2025, 12, 10), decision="x", by=member),
    ):
        with pytest.raises(Refused, match="saknar behörigheten"):
            change()
