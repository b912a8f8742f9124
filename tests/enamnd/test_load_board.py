"""A board from a file: all of it or nothing, again without harm, and any board at all."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from stdnum.se import orgnr

from enamnd.accounts.models import User
from enamnd.documents import actions as documents
from enamnd.journal.models import Event
from enamnd.management.commands.load_sample import SAMPLE
from enamnd.organisation.models import Board, Body, Mandate, Municipality, Office, Person, Seat
from enamnd.organisation.words import DEFAULT_WORDS
from meetings.models import Phrase
from tests import factories

REGION = Path(__file__).parents[1] / "boards" / "region.json"


def load(path) -> str:
    out = StringIO()
    call_command("load_board", str(path), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    """`file(change)`: the region's board in a file of its own, after `change(data)`."""

    def write(change=lambda data: None):
        data = json.loads(REGION.read_text(encoding="utf-8"))
        change(data)
        path = tmp_path / "namnd.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def refusal(path) -> str:
    with pytest.raises(CommandError) as error:
        load(path)
    return str(error.value)


def counts():
    return [model.objects.count() for model in (Board, Municipality, Person, Body, Seat, Mandate, Office, Phrase)]


@pytest.mark.django_db
def test_the_sample_board_has_its_municipalities_seats_and_terms():
    load(SAMPLE)

    parties = Municipality.objects.filter(is_party=True)
    assert parties.count() == 14
    assert all(orgnr.is_valid(party.org_number) for party in parties)
    assert sum(party.population for party in parties) == 248_480
    assert set(parties.values_list("population_on", flat=True)) == {date(2023, 12, 31)}
    board_body = Body.objects.get(kind=Body.Kind.BOARD)
    for day, members, substitutes in [
        (date(2023, 3, 1), 14, 14),
        (date(2022, 6, 22), 14, 14),
        (date(2026, 9, 1), 14, 13),
    ]:
        sitting = Mandate.objects.valid_on(day).filter(seat__body=board_body)
        assert sitting.filter(seat__kind=Seat.Kind.MEMBER).count() == members
        assert sitting.filter(seat__kind=Seat.Kind.SUBSTITUTE).count() == substitutes
    assert not Mandate.objects.filter(decision="").exists()
    assert Board.objects.get().word("decision") == "E-nämndens beslut"
    assert Phrase.objects.count() >= 10
    assert not User.objects.exists()


@pytest.mark.django_db
def test_another_board_is_another_file():
    load(REGION)

    board = Board.objects.select_related("host").get()
    assert board.host.kind == Municipality.Kind.REGION
    assert Municipality.objects.filter(is_party=True).count() == 9
    assert [board.word(key) for key in ("all_parties", "decision", "summary")] == [
        "Parterna",
        "Nämndens beslut",
        DEFAULT_WORDS["summary"],
    ]
    assert board.paper_field("footer") == ["Justerares signatur"]
    case = documents.open_case("Plan", opened_on=date(2018, 4, 1), by=factories.user("secretary"))
    assert case.number == "GNX/1/2018"


@pytest.mark.django_db
def test_reading_the_same_file_again_changes_nothing():
    load(REGION)
    before, history, events = counts(), Person.history.count(), Event.objects.count()

    assert "Inget har ändrats" in load(REGION)

    assert (counts(), Person.history.count(), Event.objects.count()) == (before, history, events)


@pytest.mark.django_db
def test_reading_a_changed_file_updates_and_says_what(file):
    load(REGION)

    def change(data):
        data["municipalities"][1]["population"] = 1234
        data["mandates"][0]["valid_until"] = "2020-06-30"
        data["board"]["words"]["decision"] = "Beslut i nämnden"
        data["persons"].append({"name": "Tage Kvarnås"})

    said = load(file(change))

    assert "kommuner: 0 nya, 1 ändrade, 8 oförändrade" in said
    assert "Gråvik: folkmängd – → 1234" in said
    assert "till 2022-12-31 → 2020-06-30" in said
    assert "personer: 1 nya, 0 ändrade, 19 oförändrade" in said
    assert "ord ändrat (decision)" in said
    assert Mandate.objects.order_by("pk").first().valid_until == date(2020, 6, 30)
    assert Municipality.history.filter(name="Gråvik").first().history_change_reason == "Inläst nämndfil"


@pytest.mark.django_db
def test_a_field_that_is_not_mentioned_keeps_its_value(file):
    load(REGION)
    Municipality.objects.filter(name="Gråvik").update(email="registrator@gravik.example")

    load(file())

    assert Municipality.objects.get(name="Gråvik").email == "registrator@gravik.example"


@pytest.mark.django_db
def test_every_problem_is_told_with_its_place_and_nothing_is_saved(file):
    def spoil(data):
        data["municipalities"][2]["org_number"] = "212000-2743"
        data["municipalities"][3]["folkmangd"] = 12
        data["persons"][0]["email"] = "inte en adress"
        data["bodies"][1]["kind"] = "grupp"
        data["mandates"][1]["valid_from"] = "1 januari"
        data["mandates"][2]["person"] = "Ingen Alls"
        data["offices"][0]["role"] = "boss"
        data["fraser"] = []

    said = refusal(file(spoil))

    for sentence in [
        "Inget har sparats.",
        "kommuner, rad 3 (Lomsele): organisationsnumret 212000-2743 stämmer inte",
        "kommuner, rad 4 (Myrhed): uppgiften ”folkmangd” är okänd",
        "personer, rad 1 (Ada Alvik): e-post: ",
        "organ, rad 2 (Tjänstemannagruppen): kind: ”grupp” finns inte, välj bland ”board”",
        "uppdrag, rad 2 (Bo Berghed): valid_from: ”1 januari” är inget datum, skriv till exempel 2022-06-22",
        "uppdrag, rad 3 (Ingen Alls): person: ”Ingen Alls” finns varken i filen eller i registret",
        "roller, rad 1 (Ada Alvik): role: ”boss” finns inte",
        "Delen ”fraser” finns inte",
    ]:
        assert sentence in said
    assert counts() == [0] * 8
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_rows_that_stand_on_a_refused_row_are_not_complained_about_too(file):
    def spoil(data):
        data["municipalities"][0]["org_number"] = "212000-2743"

    said = refusal(file(spoil))

    assert len(said.splitlines()) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["mandates"].append(d["mandates"][0] | {"person": "Bo Berghed"}), "platsen är upptagen: "),
        (
            lambda d: d["mandates"][0].update(valid_until="2018-01-01"),
            "uppdrag, rad 1 (Ada Alvik): uppdraget slutar före det börjar.",
        ),
        (lambda d: d["seats"].append(d["seats"][0]), "står redan i platser, rad 1"),
        (
            lambda d: d["persons"].append({"name": "Ada Alvik"}),
            "personer, rad 20 (Ada Alvik): står redan i personer, rad 1",
        ),
        (lambda d: d["board"].update(host="Okända"), "nämnden: host: ”Okända” finns varken"),
        (lambda d: d["board"].update(case_number_format="{år}/{serial}"), "nämnden: case_number_format: "),
        (lambda d: d["board"].update(rules={"call_days": "sju"}), "”call_days” ska vara ett heltal utan citattecken"),
        (lambda d: d["board"].update(rules={"allows_remote": 1}), "”allows_remote” ska vara true eller false"),
        (lambda d: d["board"]["words"].update(decison="Beslut"), "”decison” finns inte (menar du ”decision”?)"),
        (lambda d: d["board"]["paper"].update(footer="Signatur"), "”footer” ska vara en lista av texter"),
        (lambda d: d["municipalities"][0].pop("full_name"), "uppgiften ”full_name” saknas"),
        (lambda d: d["municipalities"][0].update(population="många"), "population: ska vara ett heltal"),
        (lambda d: d["municipalities"].append("Boden"), "kommuner, rad 10: ska vara ett objekt"),
        (lambda d: d.update(seats={}), "platser: ska vara en lista"),
        (lambda d: d.pop("board"), "Filen har ingen nämnd"),
        (lambda d: d.update(version=2), "version 1"),
        (lambda d: d["mandates"][0].update(order=2), "har ingen plats för ledamot (ordning 2)"),
    ],
)
@pytest.mark.django_db
def test_a_file_with_one_thing_wrong_is_refused_whole(file, change, said):
    assert said in refusal(file(change))
    assert counts() == [0] * 8


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"format": "enamnd.board",\n "version": }', "rad 2, tecken 13"),
        ('{"format": "Nämnd"}'.encode("latin-1"), "UTF-8"),
        (b"[]", "är ingen nämndfil"),
        (b'{"format": "enamnd.board", "version": 1, "version": 1}', "”version” står två gånger"),
        (None, "går inte att läsa"),
    ],
)
@pytest.mark.django_db
def test_a_file_that_is_no_board_file_says_why(tmp_path, content, said):
    path = tmp_path / "fil.json"
    if content is not None:
        path.write_bytes(content)

    assert said in refusal(path)


@pytest.mark.django_db
def test_two_persons_with_one_name_are_told_apart_by_their_address(file):
    def two(data):
        data["persons"][0]["email"] = "ada@gravik.example"
        data["persons"].append({"name": "Ada Alvik", "email": "ada@norra.example"})

    assert "flera heter ”Ada Alvik”; skriv e-postadressen" in refusal(file(two))

    def two_and_named(data):
        two(data)
        for row in (*data["mandates"], *data["offices"]):
            row["person"] = "ada@norra.example" if row["person"] == "Ada Alvik" else row["person"]

    load(file(two_and_named))
    assert "Inget har ändrats" in load(file(two_and_named))
    assert Person.objects.filter(name="Ada Alvik").count() == 2
    assert Mandate.objects.filter(person__email="ada@norra.example").exists()


@pytest.mark.django_db
def test_the_sample_opens_one_account_for_each_role_and_prints_how_to_log_in(client):
    out = StringIO()
    call_command("load_sample", stdout=out)

    said = out.getvalue()
    assert "Elin Strand" in said
    assert User.objects.count() == 10  # two members: chair and adjuster of the protocol that waits for signatures
    assert {grant.role for user in User.objects.all() for grant in user.grants_in_force} >= {"secretary", "auditor"}
    password = said.split("lösenordet ")[1].split()[0]
    client.post(reverse("account_login"), {"login": "elin.strand@lulea.example", "password": password})
    assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_the_sample_leaves_a_portal_alone_that_has_a_board():
    factories.board(name="Vår egen nämnd")
    out = StringIO()

    call_command("load_sample", stdout=out)

    assert "Portalen har redan en nämnd, Vår egen nämnd. Inget har ändrats." in out.getvalue()
    assert not User.objects.exists()
    assert "lösenordet" not in out.getvalue()


def test_nobody_in_the_sample_bears_the_name_of_a_real_politician(shared_folder):
    papers = "".join(path.read_text(encoding="utf-8") for path in (shared_folder / "seeds").glob("*.txt"))
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))

    assert [row["name"] for row in sample["persons"] if row["name"] in papers] == []


def test_a_file_may_tell_the_boards_own_rules(file, db):
    load(file(lambda data: data["board"].update(rules={"call_days": 10, "allows_remote": False})))

    board = Board.objects.get()
    assert (board.rule("call_days"), board.rule("allows_remote"), board.rule("adjusters")) == (10, False, 1)
