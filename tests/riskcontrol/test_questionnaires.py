"""The auditors' questions: answered with one mark or none, traced to evidence, handed over as a paper."""

import json
import re
import shutil
import subprocess
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enamnd.documents.models import PaperWithdrawal, Release
from enamnd.journal.models import Event
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from riskcontrol.actions import questionnaires as actions
from riskcontrol.audits import answer_paper
from riskcontrol.audits.blocks import audit_answers
from riskcontrol.audits.lists import lines_of
from riskcontrol.audits.rules import check_can_remove_audit
from riskcontrol.audits.sharing import earlier_of
from riskcontrol.audits.standing import State
from riskcontrol.audits.waiting import waiting_audits
from riskcontrol.models import Question, Questionnaire
from tests import factories

pytestmark = pytest.mark.django_db
HEADS = "Avsnitt;Nr;Fråga;Ja;Nej;Delvis;Kommentarer"


@pytest.fixture
def by():
    factories.board(name="Norra gemensamma nämnden", short_name="nämnden")
    return factories.user("coordinator")


@pytest.fixture
def question(by) -> Question:
    return factories.questionnaire().sections.get().questions.first()


def table(*lines: str) -> bytes:
    return "\n".join([HEADS, *lines]).encode()


def answer(question, by, **fields):
    return actions.answer_question(question, **{"mark": "yes", "comment": ""} | fields, by=by)


def test_a_table_becomes_a_questionnaire(by):
    made = actions.load_questionnaire(
        factories.audit(), table("Mål;1.1;Finns mål?;;;;", "Mål;1.1.1;Mäts de?;;x;;Bara ett"), "fragor.csv", by=by
    )

    asked = answer_paper.questions_of(made)
    assert [(each.number, each.mark, each.comment) for each in asked] == [("1.1", "", ""), ("1.1.1", "no", "Bara ett")]


def test_nothing_is_saved_of_a_table_with_two_marks(by):
    with pytest.raises(Refused, match=r"rad 3 \(1.2\): både Ja och Nej"):
        actions.load_questionnaire(
            factories.audit(), table("Mål;1.1;Finns mål?;;;;", "Mål;1.2;Mäts de?;x;x;;"), "fragor.csv", by=by
        )

    assert not Questionnaire.objects.exists()


def test_the_page_shows_every_problem_and_keeps_what_was_written(by, client_as):
    audit = factories.audit()
    file = SimpleUploadedFile("fragor.csv", table("Mål;1.1;;;;;", "Mål;1.2;Mäts de?;x;x;;"))

    sent = client_as("coordinator").post(
        reverse("riskcontrol:questionnaire_import", args=[audit.pk]), {"file": file, "answered_by": "Presidiet"}
    )

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "rad 2 (1.1): frågan saknas." in page
    assert "rad 3 (1.2): både Ja och Nej är markerade." in page
    assert 'value="Presidiet"' in page


def test_last_years_answers_stand_beside_the_questions(by):
    municipality = factories.municipality()
    before = actions.load_questionnaire(
        factories.audit(2020, municipality), table("Mål;1.1;Finns mål för 2020?;x;;;Sex mål"), "a.csv", by=by
    )

    made = actions.load_questionnaire(
        factories.audit(2021, municipality),
        table("Mål;1.2;Finns mål för  2021;;;;", "Mål;1.3;Mäts de?;;;;"),
        "b.csv",
        by=by,
    )

    first, second = answer_paper.questions_of(made)
    assert made.previous == before
    assert (first.follows.mark, first.follows.comment) == ("yes", "Sex mål")
    assert second.follows is None


def test_another_municipalitys_answers_are_not_last_years(by):
    actions.load_questionnaire(factories.audit(2020), table("Mål;1.1;Finns mål?;x;;;"), "a.csv", by=by)
    made = actions.load_questionnaire(factories.audit(2021), table("Mål;1.1;Finns mål?;;;;"), "b.csv", by=by)

    assert made.previous is None


def test_last_years_answer_is_a_start_and_saves_nothing_by_itself(by, client_as, question):
    earlier = factories.question(factories.questionnaire(factories.audit(2020)), mark="partly", comment="Delvis klart")
    Question.objects.filter(pk=question.pk).update(follows=earlier)

    page = client_as("coordinator").get(question.get_absolute_url(), {"utga": "1"})

    assert page.context["form"]["comment"].value() == "Delvis klart"
    assert page.context["form"]["mark"].value() == "partly"
    question.refresh_from_db()
    assert question.comment == ""


@pytest.mark.parametrize("mark", ["yes", "no", "partly", ""])
def test_a_question_takes_one_mark_or_none(by, question, mark):
    answer(question, by, mark=mark, comment="Se planen")

    question.refresh_from_db()
    assert (question.mark, question.answered_by) == (mark, by)


def test_two_marks_that_are_sent_are_refused_with_the_question(by, client_as, question):
    sent = client_as("coordinator").post(
        question.get_absolute_url(), {"mark": ["yes", "no"], "comment": "Min text", "revision": "0"}
    )

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Fråga 1.1: både Ja och Nej är markerade." in page
    assert "Min text" in page
    question.refresh_from_db()
    assert question.mark == ""


def test_two_who_answer_at_once_are_told(by, client_as, question):
    answer(question, by)

    sent = client_as("coordinator").post(
        question.get_absolute_url(), {"mark": "no", "comment": "Min text", "revision": "0"}
    )

    assert sent.status_code == 422
    assert "har besvarat frågan medan du skrev" in sent.content.decode()
    assert "Min text" in sent.content.decode()


def test_not_applicable_needs_a_reason(by, question):
    with pytest.raises(Refused, match="varför frågan inte är tillämplig"):
        answer(question, by, mark="", is_not_applicable=True)

    answer(question, by, mark="", is_not_applicable=True, comment="Målen nåddes")


def test_what_another_body_or_an_earlier_year_answers_is_left_alone(by, question):
    other = factories.question(question.section.questionnaire, only_for="KS")
    earlier = factories.question(question.section.questionnaire, is_earlier=True)

    with pytest.raises(Refused, match="besvaras bara av KS"):
        answer(other, by)
    with pytest.raises(Refused, match="tidigare år"):
        answer(earlier, by)


def test_a_question_to_us_by_name_is_ours(by):
    content = json.dumps(
        {"sections": [{"heading": "Mål", "questions": [{"fråga": "Finns mål?", "besvaras_av": "Nämnden"}]}]}
    ).encode()

    made = actions.load_questionnaire(factories.audit(), content, "a.json", by=by)

    assert answer_paper.questions_of(made)[0].is_to_answer


def test_evidence_points_at_something_that_may_be_shown(by, question):
    secret = factories.document(secrecy="OSL 19 kap. 1 §")

    with pytest.raises(Refused, match="Välj en handling"):
        actions.add_evidence(question, by=by)
    with pytest.raises(Refused, match="sekretessmarkerad"):
        actions.add_evidence(question, document=secret, by=by)
    working = factories.document(is_working=True)
    with pytest.raises(Refused, match=f"{working.number} är arbetsmaterial. Godkänn den först"):
        actions.add_evidence(question, document=working, by=by)
    Release.objects.create(document=working, by=by)
    assert actions.add_evidence(question, document=working, by=by).document == working


def test_the_trail_names_a_document_by_number(by, question):
    document = factories.document(title="Avtal med NN")
    actions.remove_evidence(actions.add_evidence(question, document=document, by=by), by=by)

    told = Event.objects.filter(verb__startswith="evidence.").values_list("data", flat=True)
    assert [each["what"] for each in told] == [f"handling {document.number}"] * 2


def test_evidence_that_comes_under_secrecy_later_is_named_by_number_alone(by, question):
    document = factories.document(title="Avtal med NN")
    actions.add_evidence(question, document=document, paragraph=factories.paragraph(number=12), by=by)
    document.secrecy = "OSL 19 kap. 1 §"
    document.save()

    (evidence,) = Question.objects.get(pk=question.pk).evidence.all()
    words = answer_paper.evidence_words(evidence)

    assert "NN" not in words
    assert words.startswith(f"handling {document.number}; § 12, ")


def test_evidence_that_nobody_has_approved_is_named_by_number_alone(by, question):
    """Such as was tied before it was refused."""
    document = factories.document(title="Avtal med NN", is_working=True)
    evidence = question.evidence.create(document=document)

    assert answer_paper.evidence_words(evidence) == f"handling {document.number}"


def test_answers_are_handed_over_once_as_a_paper_and_change_no_more(by, question):
    answer(question, by)
    form = question.section.questionnaire

    made = actions.submit_answers(form, date(2022, 2, 1), by=by)

    assert bytes(made.paper.file.content).startswith(b"%PDF")
    with pytest.raises(Refused, match="Svaren lämnades 1 februari 2022 och ändras inte"):
        answer(question, by)
    with pytest.raises(Refused, match="Svaren lämnades"):
        actions.submit_answers(form, date(2022, 2, 1), by=by)

    actions.take_back_submission(form, "Fel svar på 1.1", by=by)
    answer(question, by, mark="no")
    assert PaperWithdrawal.objects.get().paper == made.paper


def test_empty_answers_are_not_handed_over(by, question):
    with pytest.raises(Refused, match="Ingen fråga är besvarad än"):
        actions.submit_answers(question.section.questionnaire, date(2022, 2, 1), by=by)


def text_of(content: bytes, tmp_path) -> str:
    (tmp_path / "svar.pdf").write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "svar.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext finns inte")
def test_the_paper_has_questions_marks_and_evidence(by, question, tmp_path):
    actions.add_evidence(question, text="Verksamhetsplanen", by=by)
    answer(question, by, comment="Sex mål")

    text = text_of(answer_paper.as_pdf(answer_paper.compose(question.section.questionnaire)), tmp_path)

    assert "Ja Nej Delvis Kommentarer" in text
    assert "1.1 Har nämnden gjort sak 1? X Sex mål" in text
    assert "Underlag: Verksamhetsplanen" in text
    assert "Utkast till svar" in text


@pytest.mark.golden
def test_the_paper_can_be_archived_and_read_by_all(by, shared_folder, tmp_path, conformance_of):
    content = (shared_folder / "golden" / "audit_questions.json").read_bytes()
    form = actions.load_questionnaire(factories.audit(2020), content, "fragor.json", by=by)
    file = tmp_path / "svar.pdf"
    file.write_bytes(answer_paper.as_pdf(answer_paper.compose(form, date(2021, 1, 28))))

    conformance_of("2a,ua1", file)


def test_the_text_for_the_protocol_has_a_table_a_section(by, question):
    answer(question, by, mark="partly", comment="Sex <mål>\nFler nästa år")

    text = audit_answers({"questionnaire": question.section.questionnaire_id})

    assert text.count("<table>") == 1
    assert (
        "<td><p></p></td><td><p></p></td><td><p>X</p></td><td><p>Sex &lt;mål&gt;</p><p>Fler nästa år</p></td>" in text
    )


def test_questions_wait_until_the_answers_are_handed_over(by, question):
    (line,) = waiting_audits(by, date(2022, 1, 1))
    assert line.why == "2 frågor utan svar."

    answer(question, by)
    actions.submit_answers(question.section.questionnaire, date(2022, 2, 1), by=by)
    assert waiting_audits(by, date(2022, 1, 1)) == []


def test_the_page_asks_the_database_no_more_for_more_questions(by, client_as, question):
    client = client_as("coordinator")
    form = question.section.questionnaire

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(form.get_absolute_url()).status_code == 200
        return len(asked)

    document, paragraph = factories.document(), factories.paragraph(number=3)
    question.evidence.create(document=document, paragraph=paragraph)
    queries()
    few = queries()
    before = factories.question(factories.questionnaire(factories.audit(2020)), mark="yes")
    for _ in range(5):
        more = factories.question(form, follows=before)
        more.evidence.create(document=document, paragraph=paragraph)

    assert queries() == few


def test_questions_that_were_read_by_mistake_are_removed_and_read_again(by):
    audit, content = factories.audit(), table("Mål;1.1;Finns mål?;x;;;")
    made = actions.load_questionnaire(audit, content, "a.csv", by=by)

    actions.remove_questionnaire(made, by=by)
    again = actions.load_questionnaire(audit, content, "a.csv", by=by)

    assert Questionnaire.objects.get() == again


def test_questions_that_somebody_has_answered_are_not_removed(by, question):
    answer(question, by)

    with pytest.raises(Refused, match="redan besvarade"):
        actions.remove_questionnaire(question.section.questionnaire, by=by)


def test_the_years_plan_is_suggested_as_evidence(by, client_as, question):
    plan = factories.control_plan(question.section.questionnaire.audit.year)
    plan.adoptions.create(adopted_on=date(2020, 12, 9), decision="2020-12-09 § 50")

    page = client_as("coordinator").get(reverse("riskcontrol:evidence_new", args=[question.pk]))

    assert f'value="{plan.title}, antagen 9 december 2020"' in page.content.decode()


def test_questions_that_three_municipalities_ask_together_are_answered_once(by, client_as):
    own, piteå = factories.municipality("Luleå"), factories.municipality("Piteå")
    älvsbyn = factories.municipality("Älvsbyn")
    asked = factories.questionnaire(factories.audit(2025, own), title="Gemensamma frågor")
    facts = {name: getattr(asked, name) for name in (*actions.FORM_FACTS, *actions.FORM_DAYS)}
    actions.change_questionnaire(asked, **facts, also=[piteå, älvsbyn], by=by)

    lines = {each.municipality: each.state for each in lines_of(2025, date(2026, 1, 10))}
    assert [lines[each] for each in (own, piteå, älvsbyn)] == [State.TO_ANSWER] * 3
    theirs = piteå.audits.get()
    page = client_as("auditor", municipality=piteå).get(theirs.get_absolute_url()).content.decode()
    assert "gemensamt med Luleå" in page
    assert dict(answer_paper.compose(asked).facts)["Kommun"] == "Luleå kommun, Piteå kommun och Älvsbyn kommun"
    assert [each.what for each in waiting_audits(by, date(2026, 1, 10))] == [
        "Lämna svar till revisorerna i Luleå, Piteå och Älvsbyn"
    ]
    later = factories.audit(2026, älvsbyn)
    assert earlier_of(later, "Gemensamma frågor") == asked, "nästa års frågor har förra årets svar bredvid sig"
    with pytest.raises(Refused, match="kan inte tas bort"):
        check_can_remove_audit(theirs)
    factories.questionnaire(factories.audit(2025, factories.municipality("Boden")), title="Gemensamma frågor")
    with pytest.raises(Refused, match="Boden har redan ett eget formulär"):
        actions.change_questionnaire(asked, **facts, also=[Municipality.objects.get(name="Boden")], by=by)
    assert asked.also.count() == 2
