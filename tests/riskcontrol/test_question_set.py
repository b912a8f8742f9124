"""The auditors' questions are read whole, or refused with every place."""

import json

import pytest

from enamnd.refusal import Refused
from riskcontrol.audits.question_set import likeness, read_json, read_table


def rows(*lines: str) -> list[dict[str, str]]:
    """Rows as the reader of tables gives them, out of lines with bars."""
    heads = ["avsnitt", "nr", "fråga", "ja", "nej", "delvis", "kommentarer"]
    return [dict(zip(heads, map(str.strip, line.split("|")), strict=True)) for line in lines]


def as_file(**facts) -> bytes:
    question = {"nr": "1.1", "fråga": "Finns mål?"} | facts
    return json.dumps({"sections": [{"heading": "Mål", "questions": [question]}]}).encode()


def read(**facts):
    return read_json(as_file(**facts), "Gemensamma nämnden", 2024).sections[0].questions[0]


@pytest.mark.parametrize(("key", "mark"), [("ja", "yes"), ("nej", "no"), ("delvis", "partly")])
def test_a_question_has_the_mark_that_is_set(key, mark):
    assert read(**{key: True}).mark == mark


def test_a_question_may_have_no_mark():
    assert read().mark == ""


def test_two_marks_are_refused_by_place():
    with pytest.raises(Refused) as refused:
        read(ja=True, delvis=True)

    assert refused.value.lines == (
        "avsnitt 1, fråga 1.1: både Ja och Delvis är markerade. Välj ett svar, eller inget.",
    )


def test_two_marks_in_a_table_are_refused_with_the_row():
    table = rows("Mål | 1.1 | Finns mål? | x | | |", "Mål | 1.2 | Mäts de? | x | X | |", "Mål | 1.3 | | | | |")

    with pytest.raises(Refused) as refused:
        read_table(table, "Frågor")

    assert refused.value.lines == (
        "rad 3 (1.2): både Ja och Nej är markerade. Välj ett svar, eller inget.",
        "rad 4 (1.3): frågan saknas.",
    )


def test_what_is_no_mark_is_refused():
    with pytest.raises(Refused, match="kolumnen Nej ska ha ett x eller vara tom, inte ”kanske”"):
        read_table(rows("Mål | 1.1 | Finns mål? | | kanske | |"), "Frågor")


def test_a_table_without_questions_says_what_it_should_have():
    with pytest.raises(Refused, match="ingen kolumn som heter Fråga"):
        read_table([{"text": "Finns mål?"}], "Frågor")


def test_sections_of_a_table_follow_their_headings():
    table = rows(
        "Mål | 1.1 | Finns mål? | | | |", " | 1.1.1 | Mäts de? | | x | |", "Kontroll | | Finns plan? | x | | | Ja"
    )
    found = read_table(table, "Frågor")

    assert [(each.heading, [one.number for one in each.questions]) for each in found.sections] == [
        ("Mål", ["1.1", "1.1.1"]),
        ("Kontroll", [""]),
    ]


@pytest.mark.parametrize("number", ["1.1", "1.1.1", "12", "3.", ""])
def test_numbers_may_have_parts_or_be_empty(number):
    assert read(nr=number).number == number.rstrip(".")


def test_a_number_that_is_none_is_refused():
    with pytest.raises(Refused, match="numret ”A-1” ska vara siffror med punkt emellan"):
        read(nr="A-1")


def test_a_question_to_another_body_says_so():
    assert read(fråga="Frågan besvaras endast av KS. Har styrelsen sett det?").only_for == "KS"


def test_not_applicable_is_a_comment_with_its_reason():
    assert read(kommentar="Ej applicerbart, målen nåddes.").is_not_applicable
    assert not read(kommentar="Målen nåddes.").is_not_applicable


def test_a_hint_to_attach_is_no_answer():
    asked = read(kommentar="Bifoga")

    assert (asked.hint, asked.comment) == ("Bifoga", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "rad 1, tecken 2"),
        (b"[]", "ska vara ett JSON-objekt"),
        (b'{"sections": []}', "Filen har inga frågor"),
        (b"\xff\xfe{", "UTF-8"),
        (b'{"sections": [1]}', "sections ska vara en lista av objekt"),
        (b'{"sections": [{"heading": "A", "questions": [{"nr": 1, "fr\xc3\xa5ga": "B"}]}]}', "nr ska vara text"),
    ],
)
def test_what_cannot_be_read_says_why(content, words):
    with pytest.raises(Refused, match=words):
        read_json(content, "Nämnden", 2024)


def test_a_sign_that_no_database_keeps_is_left_out():
    assert read(fråga="Finns\x00 mål?", kommentar="\x00Ja").text == "Finns mål?"
    assert read_table(rows("Mål\x00 | 1.1 | Finns\x00 mål? | | | |"), "Frågor").sections[0].heading == "Mål"


def test_two_years_ask_the_same_though_the_year_differs():
    assert likeness("Har nämnden en plan för år 2025?") == likeness("Har nämnden en plan för  år 2026")
    assert likeness("Har nämnden en plan?") != likeness("Har nämnden två planer?")


@pytest.mark.golden
def test_the_questions_of_2020_are_read_as_the_paper_prints_them(shared_folder):
    content = (shared_folder / "golden" / "audit_questions.json").read_bytes()
    told = json.loads(content)
    found = read_json(content, told["nämnd"], 2020)
    marked = [each for each in found.sections if each.kind == "marks"]
    asked = [question for section in marked for question in section.questions]
    words = {"Ja": "yes", "Nej": "no", "Delvis": "partly", None: ""}

    assert [each.heading for each in marked] == [each["heading"] for each in told["sections"]]
    assert [each.law for each in marked] == ["KL 6 kap. 6 §", "KL 11 kap. 5 §", "KL 6 kap. 6 §"]
    assert [each.number or None for each in asked] == told["question_numbers"]
    printed = [question for section in told["sections"] for question in section["questions"]]
    assert [(each.text, each.mark, each.comment or each.hint) for each in asked] == [
        (each["fråga"], words[each["svar"]], each["kommentar"]) for each in printed
    ]
    assert [each.number for each in asked if each.only_for] == ["3.6"]
    assert [each.number for each in asked if each.is_not_applicable] == ["1.4", "2.3", "2.4"]
    own = found.sections[-1].questions
    assert [each.area for each in own] == ["Internkontroll"] * 4 + ["Risker"]
    assert [each.comment for each in own[1:4]] == ["Ja, på verksamhetsnivå", "Ja", "Ja"]
