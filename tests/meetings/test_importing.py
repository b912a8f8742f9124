"""A meeting that comes in from a file goes out again as it was, or does not come in at all."""

import json
from copy import deepcopy
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.documents.models import Case
from enamnd.documents.series import locked_series
from enamnd.journal.models import Event
from enamnd.organisation.models import Body, Municipality
from enamnd.refusal import Refused
from meetings.actions.importing import import_meeting
from meetings.actions.numbering import series_key
from meetings.attending.listed_roll import quorum_of, roll_of
from meetings.exchange import format as interchange
from meetings.exchange.exporting import export_meeting
from meetings.models import Attendance, Meeting, Paragraph
from tests import factories
from tests.meetings.test_interchange import WINTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board()


def taken_in(content: dict, **how) -> Meeting:
    return import_meeting(interchange.read(json.dumps(content)), **{"by": None, "create": True} | how)


def with_changes(**changes) -> dict:
    return deepcopy(WINTER) | changes


def test_an_export_of_an_import_is_the_same_object(board):
    assert json.loads(export_meeting(taken_in(WINTER))) == WINTER


@pytest.mark.golden
def test_the_real_protocol_comes_back_as_it_was(board, shared_folder):
    content = json.loads((shared_folder / "golden" / "meeting_2022-06-22.json").read_text())

    assert json.loads(export_meeting(taken_in(content))) == content


@pytest.mark.golden
def test_the_real_protocol_has_the_quorum_that_its_attendance_gives(board, shared_folder):
    meeting = taken_in(json.loads((shared_folder / "golden" / "meeting_2022-06-22.json").read_text()))

    assert quorum_of(meeting.paragraphs.get(number=8)).sentence == "9 av 14, beslutsför"
    assert quorum_of(meeting.paragraphs.get(number=15)).sentence == "10 av 14, beslutsför"


def test_several_rows_of_one_person_become_periods_of_one_person(board):
    meeting = taken_in(WINTER)

    dan = meeting.attendance.get(name="Dan Dal")
    assert [
        (each.presence, each.first and each.first.number, each.last and each.last.number) for each in dan.periods.all()
    ] == [("present", None, 1), ("serving", 2, None)]
    assert dan.periods.last().replaces.name == "Cilla Ceder"


def test_the_roll_of_an_imported_meeting_reads_as_printed(board):
    groups = {
        group.heading: [(e.name, e.note) for e in group.entries] for group in roll_of(taken_in(WINTER)).groups(board)
    }

    assert groups["Tjänstgörande ersättare"] == [("Dan Dal (S)", "från § 2, tjänstgör istället för Cilla Ceder (S)")]


def test_a_case_number_becomes_a_case_and_is_never_given_again(board):
    taken_in(WINTER)

    case = Case.objects.get(number="2021/2-1.1")
    assert (case.year, case.serial, case.title) == (2021, 2, "Plan")
    with_lock = locked_series("case:2021")
    assert with_lock.last == 2


def test_a_case_number_in_another_form_is_kept_to_the_letter(board):
    content = deepcopy(WINTER)
    content["paragraphs"][1]["case_number"] = "GNS/12/2018"

    taken_in(content)

    assert Case.objects.get(number="GNS/12/2018").serial is None


def test_paragraph_numbers_of_a_file_are_never_given_again(board):
    meeting = taken_in(WINTER)

    assert locked_series(series_key(meeting)).last == 3


def test_recipients_that_the_register_knows_are_linked(board):
    place = factories.municipality("Tallmo")
    content = deepcopy(WINTER)
    content["paragraphs"][0]["sections"].append(
        {"kind": "recipients", "heading": "Beslutet skickas till", "items": ["Tallmo kommun", "Länsstyrelsen"]}
    )

    paragraph = taken_in(content).paragraphs.get(number=1)

    assert paragraph.sections[-1]["items"] == [
        {"text": "Tallmo kommun", "municipality": place.pk},
        {"text": "Länsstyrelsen"},
    ]


def test_an_unknown_body_is_refused_and_named_unless_it_may_be_made(board):
    with pytest.raises(Refused, match="”Norra nämnden” finns inte i registret"):
        taken_in(WINTER, create=False)

    assert not Meeting.objects.exists()
    taken_in(WINTER, create=True)
    assert Body.objects.get().name == "Norra nämnden"


def test_a_body_is_made_only_by_those_who_keep_the_register(board):
    secretary, writer = factories.user("secretary"), factories.user()
    writer.permissions_in_force = frozenset({Permission.WRITE_PROTOCOL})

    with pytest.raises(Refused, match="föra registret"):
        taken_in(WINTER, by=writer)
    assert not Body.objects.exists()

    taken_in(WINTER, by=secretary)
    assert Event.objects.get(verb="body.added").actor == secretary.pk


def test_the_same_meeting_is_not_taken_in_twice(board):
    taken_in(WINTER)

    with pytest.raises(Refused, match="har redan ett sammanträde 28 januari 2021"):
        taken_in(WINTER)
    assert Meeting.objects.count() == 1


def test_taken_paragraph_numbers_are_refused_with_where_they_stand(board):
    taken_in(WINTER)

    with pytest.raises(Refused) as refusal:
        taken_in(with_changes(date="2021-03-04"))

    assert refusal.value.lines[0] == "§ 1: finns redan i protokollet från 28 januari 2021"
    assert Meeting.objects.count() == 1


def test_a_text_that_has_no_room_is_refused_with_its_place(board):
    content = deepcopy(WINTER)
    content["attendance"][2]["municipality"] = "Lång kommun " * 10

    with pytest.raises(Refused, match=r"närvaro, rad 3: ”Lång kommun .*högst 100"):
        taken_in(content)


def test_nothing_is_saved_when_the_journal_fails(board, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("meetings.actions.importing.record", broken)
    with pytest.raises(OSError):  # noqa: PT011
        taken_in(WINTER)

    assert not Meeting.objects.exists()
    assert not Paragraph.objects.exists()
    assert not Case.objects.exists()
    assert not Body.objects.exists()


def test_queries_do_not_grow_with_paragraphs_that_have_no_case(board, django_assert_max_num_queries):
    content = with_changes(
        paragraphs=[{"number": n, "title": f"Punkt {n}", "case_number": None, "sections": []} for n in range(1, 61)]
    )
    content["paragraphs"][1]["case_number"] = None

    with django_assert_max_num_queries(80):
        taken_in(content)


# By hand


def upload(client, content: bytes, **fields):
    file = SimpleUploadedFile("moten.json", content, content_type="application/json")
    return client.post(reverse("meetings:import"), {"file": file, **fields})


def test_the_secretary_reads_a_file_in_on_the_page(board, client_as):
    client = client_as("secretary")

    answer = upload(client, json.dumps(WINTER).encode(), create="on")

    meeting = Meeting.objects.get()
    assert answer.url == reverse("meetings:meeting", args=[meeting.pk])
    assert Event.objects.get(verb="meeting.imported").actor == client.user.pk
    assert Paragraph.history.filter(id=meeting.paragraphs.first().pk).get().history_user == client.user


def test_a_bad_file_is_answered_with_every_place_and_nothing_is_saved(board, client_as):
    content = deepcopy(WINTER)
    content["paragraphs"][0]["sections"][1]["html"] = "<p>a</p><iframe></iframe>"
    content["attendance"][0]["presence"] = "here"

    answer = upload(client_as("secretary"), json.dumps(content).encode(), create="on")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "§ 1, avsnitt 2: taggen &lt;iframe&gt; tas inte emot" in page
    assert "närvaro, rad 1" in page
    assert not Meeting.objects.exists()


def test_a_member_may_not_read_files_in(board, client_as):
    assert upload(client_as("member"), b"{}").status_code == 403


def test_a_reader_takes_the_file_out(board, client_as):
    meeting = taken_in(WINTER)

    answer = client_as("auditor").get(reverse("meetings:export", args=[meeting.pk]))

    assert json.loads(answer.content) == WINTER
    assert answer["Content-Disposition"] == 'attachment; filename="sammantrade-2021-01-28.json"'


# From the command line


def test_the_commands_take_in_and_give_back(board, tmp_path):
    source, target, told = tmp_path / "in.json", tmp_path / "out.json", StringIO()
    source.write_text(json.dumps(WINTER))

    call_command("import_meeting", str(source), create=True, stdout=told)
    call_command("export_meeting", told.getvalue().split()[-1], output=str(target))

    assert json.loads(target.read_text()) == WINTER


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe", "UTF-8"), (b"{", "rad 1"), (json.dumps(WINTER).encode(), "finns inte i registret")],
)
def test_the_command_says_what_is_wrong_and_takes_nothing_in(board, tmp_path, content, reason):
    source = tmp_path / "in.json"
    source.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        call_command("import_meeting", str(source))
    assert not Meeting.objects.exists()
    assert not Attendance.objects.exists()


def test_a_meeting_that_is_not_there_cannot_be_written_or_printed(board, tmp_path):
    for command in (("export_meeting", "7"), ("render_protocol", "7", "--output", str(tmp_path / "x.pdf"))):
        with pytest.raises(CommandError, match="inget sammanträde med nummer 7"):
            call_command(*command)


def test_a_municipality_of_the_register_is_linked_and_an_unknown_one_is_kept_as_text(board):
    Municipality.objects.create(name="Boden", full_name="Bodens kommun")
    meeting = taken_in(WINTER)

    assert meeting.attendance.get(name="Bo Berg").municipality.full_name == "Bodens kommun"
    assert meeting.attendance.get(name="Alva Alm").municipality is None
    assert meeting.attendance.get(name="Alva Alm").municipality_name == "Arjeplog"


def test_a_case_number_of_blanks_is_no_case(board):
    content = deepcopy(WINTER)
    content["paragraphs"][1]["case_number"] = "  "

    taken_in(content)

    assert not Case.objects.exists()
