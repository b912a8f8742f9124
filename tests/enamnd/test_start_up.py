"""The checklist of a new board says what is there and what is not, and nobody ticks it."""

from datetime import date

import pytest

from enamnd.start_up import money_and_machine, points
from enamnd.start_up.checklist import all_but, missing
from enamnd.start_up.views import PARTS
from tests import factories

TODAY = date(2026, 11, 29)


def said(part) -> dict[str, tuple[bool, str]]:
    return {each.what: (each.is_set, each.said) for each in part.points}


def test_those_who_lack_something_are_named_and_counted():
    assert all_but([], 14, "Alla har.") == "Alla har."
    assert all_but(["Boden"], 14, "") == "Saknas för Boden."
    assert all_but(list("ABCDEFG"), 14, "") == "Saknas för A, B, C, D, E och 2 till."
    assert all_but([], 0, "Alla har.") == "Inga parter är införda."


@pytest.mark.django_db
def test_an_empty_portal_says_what_comes_first_and_a_board_makes_it_less():
    before = missing(part(TODAY) for part in PARTS)
    assert said(points.board(TODAY))["Nämnden och dess värd"] == (False, "Läs in den: manage.py load_board FIL.")

    made = factories.board(name="Gemensamma nämnden")
    body = factories.body(kind="board", name="Nämnden")
    boden = factories.municipality("Boden", email="registrator@boden.example")
    factories.seat(body, municipality=boden)
    factories.office(body, "chair", person=factories.person("Ida Ek"), valid_from=date(2026, 1, 1))
    factories.user("secretary")
    found, people = said(points.board(TODAY)), said(points.people(TODAY))
    assert found["Nämnden och dess värd"] == (True, f"Gemensamma nämnden, med {made.host.full_name} som värd.")
    assert found["Platser, ledamöter och ersättare"][0] is False
    assert people["Ordförande"] == (True, "Ida Ek.")
    assert people["Samordnare"] == (False, "Ingen är införd.")
    assert people["Konto: Nämndsekreterare"] == (True, "1 konto.")
    assert len(missing(part(TODAY) for part in PARTS)) < len(before)


@pytest.mark.django_db
def test_how_far_the_councils_have_come_is_counted(django_assert_max_num_queries):
    assert said(points.decisions(TODAY))["Fullmäktiges beslut"][0] is False
    factories.board()
    one, _ = factories.municipality("Boden"), factories.municipality("Kalix")
    matter = factories.council_matter(title="Samverkansavtal")
    matter.decisions.create(municipality=one, decided_on=TODAY, outcome="approved")
    is_set, words = said(points.decisions(TODAY))["Fullmäktiges beslut"]

    assert not is_set
    assert words.startswith("Samverkansavtal: 1 av ")
    with django_assert_max_num_queries(45):
        [part(TODAY) for part in PARTS]


@pytest.mark.django_db
def test_letters_that_only_reach_the_log_and_a_lost_certificate_are_told(settings, tmp_path):
    settings.EMAIL_BACKEND = money_and_machine.LETTERS_TO_LOG
    settings.SIGNING_DIR = tmp_path
    found = said(money_and_machine.installation(TODAY))
    assert found["Brev"] == (False, "Breven skrivs bara i loggen: EMAIL_URL saknas.")
    assert found["Certifikat för underskrifter"][0]
    assert not list(tmp_path.iterdir()), "sidan gör ingen nyckel"

    settings.SIGNING_PKCS12 = str(tmp_path / "borta.p12")
    is_set, words = said(money_and_machine.installation(TODAY))["Certifikat för underskrifter"]
    assert not is_set
    assert "går inte att läsa" in words


def test_a_point_leads_only_where_one_may_go(board_page):
    assert "/konton/" in board_page("administrator")
    assert 'href="/konton/"' not in board_page("secretary").split("start-up")[1]


@pytest.fixture
def board_page(client_as):
    factories.board()
    return lambda role: client_as(role).get("/organisation/kom-i-gang/").content.decode()
