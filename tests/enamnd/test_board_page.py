"""What the board decides for itself: shown whole, changed part by part, with history."""

import pytest
from django.urls import reverse

from enamnd.journal.models import Event
from enamnd.newer import Newer
from enamnd.organisation.board_rules import DEFAULT_RULES
from enamnd.organisation.models import Board
from enamnd.organisation.words import DEFAULT_PAPER, DEFAULT_WORDS
from enamnd.refusal import Refused
from enamnd.register.board_actions import change_board
from enamnd.register.board_form import PartForm
from enamnd.register.board_parts import PARTS
from enamnd.register.changes import changes_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board(words={"decision": "Nämndens beslut"}, paper={}, rules={})


def posted(part: str, board: Board, **changes) -> dict:
    """What a browser sends from the page of a part: every field, what it showed, and the changes."""
    form = PartForm(PARTS[part], board)
    shown = {f"initial-{name}": form.fields[name].prepare_value(value) for name, value in form.initial.items()}
    fields = {
        name: form.fields[name].prepare_value(value) for name, value in form.initial.items() if value is not False
    }
    return {name: value for name, value in {**shown, **fields, **changes}.items() if value is not None}


def save(client, part: str, board: Board, **changes):
    return client.post(reverse("organisation:board_part", args=[part]), posted(part, board, **changes))


def test_every_word_field_and_rule_has_a_place_on_the_page():
    for store, usual in (("words", DEFAULT_WORDS), ("paper", DEFAULT_PAPER), ("rules", DEFAULT_RULES)):
        placed = [each.key for part in PARTS.values() if part.store == store for each in part.settings]
        assert sorted(placed) == sorted(usual)


def test_the_page_shows_what_holds_and_what_is_the_boards_own(board, client_as):
    page = client_as("member").get(reverse("organisation:board")).content.decode()

    assert "Nämndens beslut <span" in page
    assert "Sammanfattning av ärendet</dd>" in page
    assert reverse("organisation:board_part", args=["regler"]) not in page


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_saved_as_it_stands_changes_nothing(board, part, client_as):
    assert save(client_as("secretary"), part, board).status_code == 302

    assert not Event.objects.filter(verb="board.changed").exists()
    assert board.history.count() == 1


@pytest.mark.parametrize(
    ("part", "key", "written", "kept"),
    [
        ("namn", "short_name", "nämnden", "nämnden"),
        ("nummer", "case_number_format", "{prefix} {serial}/{year}", "{prefix} {serial}/{year}"),
        ("parter", "parties", "medlemmar", "medlemmar"),
        ("rubriker", "decision", "", "Beslut"),
        ("sidor", "footer", "Justerares signatur\r\n\r\nSida granskad", ["Justerares signatur", "Sida granskad"]),
        ("sidor", "footer", "", []),
        ("anslag", "court", "Förvaltningsrätten i Falun", "Förvaltningsrätten i Falun"),
        ("regler", "call_days", "10", 10),
        ("regler", "allows_remote", None, False),
        ("regler", "substitutes_from", "all", "all"),
    ],
)
def test_what_is_written_holds(board, client_as, part, key, written, kept):
    assert save(client_as("administrator"), part, board, **{key: written}).status_code == 302

    board.refresh_from_db()
    assert PARTS[part].value(board, key) == kept
    assert Event.objects.get(verb="board.changed").data["changed"] == [key]


@pytest.mark.parametrize(
    ("part", "key", "written", "reason"),
    [
        ("nummer", "case_number_format", "{year}-{nummer}", "{nummer}, som inte finns"),
        ("nummer", "document_number_format", "{serial}", "behöver både {year} och {serial}"),
        ("namn", "name", "", "måste fyllas i"),
        ("sidor", "contents_columns", "Paragraf\nÄrende", "tre kolumner. Här står 2 rader"),
        ("sidor", "footer", "a\nb\nc\nd\ne", "plats för 4 fält. Här står 5"),
        ("regler", "call_days", "snart", "heltal"),
    ],
)
def test_what_cannot_be_stands_in_the_form_with_its_reason(board, client_as, part, key, written, reason):
    answer = save(client_as("secretary"), part, board, **{key: written})

    assert answer.status_code == 400
    assert reason in answer.content.decode()
    assert board.history.count() == 1


def test_the_history_says_each_word_from_what_to_what(board):
    keeper = factories.user("secretary", name="Siv Sund")
    change_board(PARTS["rubriker"], {"decision": "", "motions": "Förslag"}, by=keeper)
    change_board(PARTS["regler"], {"allows_remote": False}, by=keeper)

    latest, before = changes_of(Board.objects.get())[:2]

    assert latest.who == "Siv Sund"
    assert latest.fields == ("Regler, ledamöter får delta på distans: ja → nej",)
    assert before.fields == (
        "Paragrafens rubriker, beslut: Nämndens beslut → Beslut",
        "Paragrafens rubriker, yrkanden: Yrkanden → Förslag",
    )


def test_two_change_different_words_and_both_hold(board, client_as):
    first, second = client_as("secretary"), client_as("administrator")
    early = posted("rubriker", board, motions="Förslag")
    late = posted("rubriker", board, recusals="Jäviga")
    address = reverse("organisation:board_part", args=["rubriker"])

    assert (first.post(address, early).status_code, second.post(address, late).status_code) == (302, 302)

    board.refresh_from_db()
    assert (board.word("motions"), board.word("recusals")) == ("Förslag", "Jäviga")


def test_two_change_the_same_word_and_the_second_is_told(board, client_as):
    early, late = posted("rubriker", board, motions="Förslag"), posted("rubriker", board, motions="Förslagen")
    address = reverse("organisation:board_part", args=["rubriker"])
    client_as("secretary", name="Siv Sund").post(address, early)

    answer = client_as("administrator").post(address, late)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Siv Sund sparade något annat" in page
    assert 'value="Förslagen"' in page
    board.refresh_from_db()
    assert board.word("motions") == "Förslag"


def test_the_verb_asks_for_the_permission_and_for_what_was_shown(board):
    with pytest.raises(Refused):
        change_board(PARTS["parter"], {"party": "part"}, by=factories.user("member"))
    with pytest.raises(Newer):
        change_board(PARTS["parter"], {"party": "part"}, shown={"party": "stad"}, by=factories.user("secretary"))
