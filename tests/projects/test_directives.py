"""Directives and final reports: begun, written by two, verified, issued as papers, told to the board."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enamnd.documents.models import Document, Paper
from enamnd.refusal import Refused
from meetings.actions.paragraphs import remove_paragraph
from projects import directive_rules as rules
from projects import directive_versions, directives
from projects.actions import directive_telling as telling
from projects.actions import directives as actions
from projects.actions.headings import begin_with_usual_headings, set_heading_retired
from projects.models import Directive, DirectiveHeading
from projects.waiting import waiting_projects
from tests import factories
from tests.meetings.test_printing import pages_of

pytestmark = pytest.mark.django_db
DAY = date(2022, 5, 4)
DECISION = "Styrgruppen 2022-05-04 § 3"
RANKED = {"rank_result": 1, "rank_time": 2, "rank_cost": 3}


@pytest.fixture
def by():
    return factories.user("coordinator", name="Siv Sundell")


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def goal(board):
    return factories.heading("Projektmål", is_required=True)


def verified(goal, by, activity=None, **fields) -> Directive:
    made = factories.directive(activity, content={str(goal.pk): "Ett system."}, **fields)
    return actions.verify_directive(made, DAY, DECISION, by=by)


def write(directive, by, base=None, **pieces):
    return actions.write_directive(directive, pieces, base=base, by=by)


# Begun and written ----------------------------------------------------------------------------------------------------


def test_the_usual_directive_has_all_that_must_be_written_and_begins_with_what_is_to_be_filled_in(board, by):
    begin_with_usual_headings("directive", by=by)
    activity = factories.activity(in_phase=factories.phase(order=1))
    factories.phase(order=2, gate="BP2")
    factories.phase(order=3, gate="BP3")

    made = actions.begin_revision(activity, "directive", by=by)

    names = set(DirectiveHeading.objects.values_list("name", flat=True))
    assert names >= {"Effektmål", "Styrgruppens befogenheter", "Juridiska förutsättningar", "Finansiering"}
    assert [row["gate"] for row in made.preparations] == ["BP2", "BP3"]
    assert dict(directives.unfilled(made))["Förberedelser"][:2] == ["<Ange datum>", "<Ange milstolpar>"]
    assert "Juridiska förutsättningar" in dict(directives.unfilled(made))
    assert {"Effektmål", "Kostnad"} <= set(directives.empty_ones(made))
    with pytest.raises(Refused, match="har redan rubriker"):
        begin_with_usual_headings("directive", by=by)


def test_a_board_without_headings_is_asked_for_them_and_a_draft_is_gone_on_with(board, by):
    activity = factories.activity()
    with pytest.raises(Refused, match="Nämnden har inga rubriker för projektdirektiv"):
        actions.begin_revision(activity, "directive", by=by)
    factories.heading()
    actions.begin_revision(activity, "directive", by=by)
    with pytest.raises(Refused, match="Ett utkast finns redan"):
        actions.begin_revision(activity, "directive", by=by)


def test_a_revision_is_a_copy_with_the_next_letter(goal, by):
    activity = factories.activity()
    verified(goal, by, activity)
    made = actions.begin_revision(activity, "directive", by=by)

    assert (made.revision, made.revision_name) == ("A", "Rev A")
    assert made.content == {str(goal.pk): "Ett system."}
    assert made.verified_on is None
    assert made.frozen == {}


def test_who_leads_nothing_writes_nothing(goal):
    draft = factories.directive()

    with pytest.raises(Refused, match="behörigheten"):
        write(draft, factories.user("preparatory"), author="Någon")


def test_two_who_write_under_different_headings_both_keep_their_text(goal, by):
    other = factories.heading("Behov")
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    first, second = str(goal.pk), str(other.pk)
    write(draft, factories.user("coordinator"), base=0, **{first: "Deras mål.", second: ""})

    saved = write(draft, by, base=0, **{first: "", second: "Mina behov."})

    assert saved.content == {first: "Deras mål.", second: "Mina behov."}
    assert saved.text_revision == 2


def test_two_who_write_under_the_same_heading_are_told_and_both_texts_are_shown(goal, by, client_as):
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    write(draft, by, base=0, **{str(goal.pk): "Sivs mål.", "author": "Siv"})
    client, address = client_as("coordinator"), reverse("projects:directive_write", args=[draft.pk])
    mine = {f"h{goal.pk}": "Mitt mål.", "base": "0", "author": by.name}

    answer = client.post(address, mine)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Siv Sundell har skrivit på samma ställe" in page
    assert "Mitt mål.</textarea>" in page
    assert "Sivs mål." in page
    assert 'value="Siv"' in page, "det som bara den andra ändrade kommer med"
    assert client.post(address, mine | {"base": answer.context["now"], "author": "Siv"}).status_code == 302
    draft.refresh_from_db()
    assert draft.content == {str(goal.pk): "Mitt mål."}
    mine[f"h{goal.pk}"] = "Ett tredje mål."
    assert client.post(address, mine, headers={"accept": "application/json"}).status_code == 409


def test_the_page_saves_by_itself_and_is_told_what_others_wrote(goal, by, client_as):
    other = factories.heading("Behov")
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    write(draft, by, base=0, **{str(other.pk): "Sivs behov."})
    client, address = client_as("coordinator"), reverse("projects:directive_write", args=[draft.pk])
    mine = {f"h{goal.pk}": "Mitt\r\nmål.", f"h{other.pk}": "", "base": "0", "author": by.name}

    answer = client.post(address, mine, headers={"accept": "application/json"}).json()

    assert answer["base"] == 2
    assert answer["changed"] == {f"h{other.pk}": "Sivs behov."}
    assert answer["saved"].startswith("Sparat ")


def test_what_is_sent_to_a_draft_that_was_thrown_away_is_shown_with_who_did_it(goal, by, client_as):
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    write(draft, by, **{str(goal.pk): "Sparat mål."})
    actions.discard_draft(draft, by=by)
    client, address = client_as("coordinator"), reverse("projects:directive_write", args=[draft.pk])
    mine = {f"h{goal.pk}": "Mitt <mål>.", "base": "0"}

    answer = client.post(address, mine)
    page = answer.content.decode()

    assert answer.status_code == 410
    assert "Siv Sundell kastade utkastet till projektdirektiv, första utgåvan" in page
    assert "Mitt &lt;mål&gt;." in page
    assert "Projektmål" in page
    assert client.post(address, mine, headers={"accept": "application/json"}).status_code == 404
    assert (
        f'href="{reverse("projects:directive", args=[draft.pk])}"'
        in client.get(draft.activity.get_absolute_url()).content.decode()
    ), "kastade utkast går att hitta igen"
    assert "Sparat mål." in client.get(reverse("projects:directive", args=[draft.pk])).content.decode()
    assert client_as("auditor").post(address, mine).status_code == 403


def test_each_rank_is_used_once(goal, by, client_as):
    factories.heading("Rang", shape="ranking")
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    with pytest.raises(Refused, match="Resultat och kostnad har båda rang 1"):
        write(draft, by, rank_result=1, rank_time=2, rank_cost=1)
    form = {"rank_result": "1", "rank_time": "2", "rank_cost": "1", f"h{goal.pk}": "Står kvar.", "base": "0"}

    answer = client_as("coordinator").post(reverse("projects:directive_write", args=[draft.pk]), form)

    assert answer.status_code == 422
    assert "Kostnad: Resultat och kostnad har båda rang 1" in answer.content.decode()
    assert "Står kvar." in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=draft.pk).update(rank_result=2, rank_time=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=draft.pk).update(rank_result=4)


def test_a_table_of_preparations_is_written_and_empty_rows_fall_away(goal, by, client_as):
    factories.heading("Förberedelser", shape="preparations")
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    form = {"p1-gate": "BP2", "p1-on": "senare", "base": "0"}

    client_as("coordinator").post(reverse("projects:directive_write", args=[draft.pk]), form)

    draft.refresh_from_db()
    empty = {"milestones": "", "hours": "", "cost": "", "staff": ""}
    assert draft.preparations == [{"gate": "BP2", "on": "senare"} | empty]


def test_versions_are_a_row_for_each_time_somebody_wrote_and_a_draft_may_say_an_earlier_one(goal, by):
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    key = str(goal.pk)
    for text in ("Ett.", "Ett mål.", "Ett mål till."):
        write(draft, by, **{key: text})
    write(draft, factories.user("coordinator"), **{key: "Allt är bortskrivet."})

    rows = directive_versions.sittings(draft)
    assert [row.text_revision for row in rows] == [4, 3]
    version = draft.history.get(text_revision=3)
    draft.refresh_from_db()
    (difference,) = directive_versions.differences(draft, version)
    assert difference.name == "Projektmål"
    assert actions.restore_version(draft, version, by=by).content == {key: "Ett mål till."}


def test_what_the_board_writes_in_its_headings_is_text_and_never_a_page(goal, by, client_as):
    goal.name, goal.hint, goal.template = "<b>Mål</b>", "<script>hint</script>", "<Ange & skriv>"
    goal.save()
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    client = client_as("coordinator")

    for name in ("directive", "directive_write"):
        page = client.get(reverse(f"projects:{name}", args=[draft.pk])).content.decode()
        assert "<script>hint" not in page
        assert "<b>Mål" not in page
        assert "&lt;Ange &amp; skriv&gt;" in page


def test_what_is_sent_to_a_paper_that_was_verified_meanwhile_is_shown_again(goal, by, client_as):
    made = verified(goal, by)
    client, address = client_as("coordinator"), reverse("projects:directive_write", args=[made.pk])

    answer = client.post(address, {f"h{goal.pk}": "Kom för sent.", "base": "0"})

    assert answer.status_code == 422
    assert "ändras inte mer" in answer.content.decode()
    assert "Kom för sent." in answer.content.decode()
    assert client.get(address)["Location"] == reverse("projects:directive", args=[made.pk])


def test_a_thrown_draft_leaves_its_text_in_the_history(goal, by):
    draft = factories.directive(content={str(goal.pk): "Text."})
    actions.discard_draft(draft, by=by)

    assert not Directive.objects.exists()
    assert Directive.history.first().content == {str(goal.pk): "Text."}
    with pytest.raises(Refused, match="har kastats"):
        write(draft, by, author="Någon")


# Verified -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("<Ange mål>", {}, r"1 platshållare är inte ifylld än: Projektmål \(<Ange mål>\)"),
        (" ", {}, "”Projektmål” är tom"),
        ("Mål.", {"rank_result": 1, "rank_time": 2}, "ska ha var sin rang"),
        ("Mål.", {"revision": "A"} | RANKED, "vad som har ändrats"),
        ("Mål.", {"author": "<Ange namn>"} | RANKED, "Författare"),
    ],
)
def test_nothing_is_verified_while_something_is_left_to_fill_in(goal, by, text, fields, said):
    factories.heading("Rang", shape="ranking")
    draft = factories.directive(content={str(goal.pk): text}, **fields)

    with pytest.raises(Refused, match=said):
        actions.verify_directive(draft, DAY, DECISION, by=by)
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("day", "decision", "said"),
    [(DAY, " ", "styrgruppens beslut"), (timezone.localdate() + timedelta(days=1), DECISION, "har inte varit än")],
)
def test_a_verification_says_when_and_by_which_decision(goal, by, day, decision, said):
    draft = factories.directive(content={str(goal.pk): "Mål."})

    with pytest.raises(Refused, match=said):
        actions.verify_directive(draft, day, decision, by=by)


def test_what_is_verified_is_a_paper_that_never_changes(goal, by):
    activity = factories.activity("Datacenter")
    first = verified(goal, by, activity)
    goal.name = "Annat namn"
    goal.save()
    set_heading_retired(goal, True, by=by)

    assert [part.name for part in directives.paper_of(first).parts] == ["Projektmål"]
    assert first.paper.title == "Projektdirektiv Datacenter"
    with pytest.raises(Refused, match="ändras inte mer"):
        write(first, by, author="Någon")
    with pytest.raises(Refused, match="ändras inte mer"):
        actions.discard_draft(first, by=by)


def test_a_revision_replaces_the_paper_before_and_is_not_older_than_it(goal, by):
    activity = factories.activity()
    first = verified(goal, by, activity)
    draft = actions.begin_revision(activity, "directive", by=by)
    write(draft, by, changes="Också e-arkiv.")
    with pytest.raises(Refused, match="verifierades 4 maj 2022"):
        actions.verify_directive(draft, DAY - timedelta(days=1), DECISION, by=by)

    second = actions.verify_directive(draft, DAY, DECISION, by=by)

    assert second.paper.replaces == first.paper
    assert directives.paper_of(second).revisions == (
        ("–", "4 maj 2022", "Första utgåvan", DECISION),
        ("Rev A", "4 maj 2022", "Också e-arkiv.", DECISION),
    )


def test_nothing_is_kept_of_a_verification_when_somebody_wrote_meanwhile(goal, by, monkeypatch):
    draft = actions.begin_revision(factories.activity(), "directive", by=by)
    write(draft, by, **{str(goal.pk): "Mål."})

    def printing(paper):
        write(draft, by, author="En annan")
        return b"%PDF"

    monkeypatch.setattr(directives, "directive_pdf", printing)

    with pytest.raises(Refused, match="Någon skrev i utkastet just nu"):
        actions.verify_directive(draft, DAY, DECISION, by=by)
    assert not Paper.objects.exists()


@pytest.mark.golden
def test_the_paper_is_archival_and_accessible_and_a_draft_says_so_on_each_page(board, by, conformance_of, tmp_path):
    begin_with_usual_headings("directive", by=by)
    phase = factories.phase(gate="BP1", ends_boards_role=True)
    activity = factories.activity("Gemensam elevhälsa", in_phase=phase)
    draft = directives.compose(actions.begin_revision(activity, "directive", by=by))
    files = [tmp_path / f"{name}.pdf" for name in ("utkast", "verifierat")]
    for file, paper in zip(files, (draft, replace(draft, is_draft=False)), strict=True):
        file.write_bytes(directives.directive_pdf(paper))

    said = conformance_of("2a,ua1", *files)
    drafted, finished = (pages_of(file.read_bytes()) for file in files)

    assert said.count("PASS") == 4
    assert all("UTKAST" in text for text in drafted)
    assert not any("UTKAST" in text for text in finished)
    assert "Nämndens roll upphör" in "".join(finished), "bilden av projektmodellen"
    assert "1 INLEDNING" in drafted[0]
    assert "<Ange vilka lagar som gäller, och vad de kräver>" in " ".join("".join(drafted).split())


# Told -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def revised(goal, by):
    """A verified revision that changes the commission, of an activity with a case."""
    activity = factories.activity("HR-system", case=factories.case())
    verified(goal, by, activity)
    draft = actions.begin_revision(activity, "directive", by=by)
    write(draft, by, changes="Bara <strong> lön ingår.", changes_commission=True)
    Directive.objects.filter(pk=draft.pk).update(changes="Bara lön & tid ingår.")
    return actions.verify_directive(draft, DAY, DECISION, by=by)


@pytest.fixture
def coming(board):
    return factories.meeting(held_on=timezone.localdate() + timedelta(days=7))


def test_a_changed_commission_waits_for_the_secretary_and_is_told_with_one_click(revised, coming, client_as):
    client = client_as("secretary")
    (waiting,) = waiting_projects(client.user, timezone.localdate())
    page = client.get(waiting.href)
    form = {"meeting": coming.pk, "title": page.context["form"]["title"].value()}

    answer = client.post(waiting.href, form)

    revised.refresh_from_db()
    item = revised.told_in
    assert answer["Location"] == item.get_absolute_url()
    assert (item.title, item.kind) == ("Revidering av projektdirektiv HR-system, Rev A", "information")
    assert item.case == revised.activity.case
    document = Document.objects.get(case=item.case)
    assert document.file == revised.paper.file
    assert f'"document": {document.pk}'.replace(" ", "") in str(item.sections).replace("'", '"').replace(" ", "")
    assert "Bara lön &amp; tid ingår." in str(item.sections)
    assert waiting_projects(client.user, timezone.localdate()) == []
    with pytest.raises(Refused, match="redan anmäld"):
        telling.tell_board(revised, meeting=coming, by=client.user)


def test_a_paragraph_where_it_is_told_stays_until_the_telling_is_taken_back(revised, coming):
    secretary = factories.user("secretary")
    item = telling.tell_board(revised, meeting=coming, by=secretary).told_in
    with pytest.raises(Refused, match="direktiv och slutrapporter"):
        remove_paragraph(item, by=secretary)

    telling.untell(revised, by=secretary)
    remove_paragraph(item, by=secretary)
    again = telling.tell_board(revised, meeting=coming, by=secretary)

    assert again.told_in.title == item.title
    assert Document.objects.count() == 1, "papperet registreras en gång"


def test_what_the_board_already_knows_is_linked_to_where_it_was_told(revised):
    known = factories.paragraph(number=11)

    assert telling.tell_board(revised, paragraph=known, by=factories.user("secretary")).told_in == known


def test_nobody_tells_of_a_draft_and_nothing_waits_when_the_commission_is_the_same(goal, by, coming):
    secretary = factories.user("secretary")
    with pytest.raises(Refused, match="inte verifierad än"):
        telling.tell_board(factories.directive(), meeting=coming, by=secretary)
    with pytest.raises(Refused, match="behörigheten"):
        telling.tell_board(verified(goal, by), meeting=coming, by=by)
    assert waiting_projects(secretary, timezone.localdate()) == []


def test_a_final_report_is_always_told(by, board, coming):
    result = factories.heading("Slutsatser", kind="final_report")
    report = factories.directive(kind="final_report", content={str(result.pk): "Klart."})
    rules.check_can_verify(report, by)
    actions.verify_directive(report, DAY, DECISION, by=by)

    (waiting,) = waiting_projects(factories.user("secretary"), timezone.localdate())
    assert waiting.what.startswith("Anmäl Slutrapport")


def test_pages_ask_as_many_questions_whatever_the_number_of_revisions(goal, by, client_as):
    activity = factories.activity()
    client = client_as("coordinator")
    few = [factories.directive(activity, revision="", verified_on=DAY, verified_by=DECISION)]
    pages = (activity.get_absolute_url(), reverse("projects:directive", args=[few[0].pk]))
    before = [questions(client, page) for page in pages]
    for letter in "ABCDEFGH":
        told_in = factories.paragraph()
        factories.directive(activity, revision=letter, verified_on=DAY, verified_by=DECISION, told_in=told_in)

    assert [questions(client, page) for page in pages] == before


def questions(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
