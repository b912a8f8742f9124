"""Meeting files that real boards could write: each is taken in, and goes out and onto paper as it was."""

import io
import json
from copy import deepcopy

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enamnd.refusal import Refused
from meetings.actions.importing import import_meeting
from meetings.exchange import format as interchange
from meetings.exchange.exporting import export_meeting
from meetings.exchange.letters import letters_told
from meetings.models import Attendance, Meeting
from meetings.paper.compose import compose_protocol
from meetings.paper.printing import protocol_pdf
from tests import factories
from tests.meetings.test_interchange import WINTER, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board()


def taken_in(content: dict) -> Meeting:
    return import_meeting(interchange.read(json.dumps(content)), by=None, create=True)


def exported(meeting: Meeting) -> dict:
    return json.loads(export_meeting(meeting))


def winter(**changes) -> dict:
    return deepcopy(WINTER) | changes


def with_rows(*rows, **changes) -> dict:
    return winter(attendance=list(rows), **changes)


def test_rows_of_one_person_that_stand_apart_come_back_in_their_order(board):
    content = with_rows(
        seat("Alva Alm", "Arjeplog", to_paragraph=1),
        seat("Bo Berg", "Boden"),
        seat("Alva Alm", "Arjeplog", presence="absent", from_paragraph=2),
    )

    meeting = taken_in(content)

    assert meeting.attendance.count() == 2
    assert exported(meeting) == content


def test_a_role_that_somebody_has_for_a_part_of_the_meeting_comes_back(board):
    content = with_rows(
        seat("Alva Alm", "Arjeplog", role="vice ordförande", to_paragraph=1),
        seat("Alva Alm", "Arjeplog", role=None, from_paragraph=2),
    )

    assert exported(taken_in(content)) == content


def test_a_substitute_may_serve_for_an_absent_member_though_the_list_tells_only_those_who_came(board):
    content = with_rows(
        seat("Alva Alm", "Arjeplog"),
        seat("Bo Berg", "Arjeplog", "substitute", replaces="Cilla Ceder"),
    )

    assert exported(taken_in(content)) == content


def test_a_substitute_may_serve_for_a_member_whom_the_list_leaves_out(board):
    content = with_rows(seat("Dan Dal", "Kalix", "substitute", replaces="Cilla Ceder"))
    meeting = taken_in(content)

    (group,) = compose_protocol(meeting, board).attendance

    assert group.people[0].note == "Tjänstgör istället för Cilla Ceder"
    assert exported(meeting) == content


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "", "secretary": " "},
        {"adjustment": {"text": "", "from_paragraph": None, "to_paragraph": None}},
        {"notice": {"posted_on": None, "removed_on": None, "storage": "", "signed_by": ""}},
        {"body": " norra  NÄMNDEN "},
        {"signatures": [{"name": "EVA EK", "at": "", "digest": "", "algorithm": ""}]},
        {"signatures": [{"name": "EVA EK", "at": "2021-02-05T14:34:12+01:00", "digest": None, "algorithm": None}]},
    ],
)
def test_what_is_empty_or_spelt_in_another_way_comes_back_as_the_file_had_it(board, changes):
    factories.body("Norra nämnden")
    content = winter(**changes)

    assert exported(taken_in(content)) == content


def test_a_case_number_between_spaces_is_the_same_case_and_comes_back(board):
    content = winter()
    content["paragraphs"][0]["case_number"] = " 2021/2-1.1 "

    meeting = taken_in(content)

    assert meeting.paragraphs.get(number=1).case == meeting.paragraphs.get(number=2).case
    assert exported(meeting) == content


def test_headings_without_text_are_printed_and_text_without_heading_too(board):
    content = winter()
    content["paragraphs"][2]["sections"] = [
        {"kind": "text", "heading": "", "html": "<p>Utan rubrik.</p>"},
        {"kind": "documents", "heading": "Bilagor", "items": []},
        {"kind": "text", "heading": "Anteckningar", "html": ""},
    ]
    meeting = taken_in(content)

    sections = compose_protocol(meeting, board).paragraphs[2].sections

    assert [(each.heading, bool(each.html)) for each in sections] == [
        ("", True),
        ("Bilagor", False),
        ("Anteckningar", False),
    ]
    assert exported(meeting) == content


def test_a_very_long_title_has_room_and_its_case_gets_the_beginning_of_it(board):
    content = winter()
    content["paragraphs"][1]["title"] = "Beslut om gemensam upphandling " * 30

    meeting = taken_in(content)

    assert len(meeting.paragraphs.get(number=2).case.title) <= 300
    assert exported(meeting) == content


def test_what_could_not_be_given_back_is_refused_and_nothing_is_saved(board, monkeypatch):
    monkeypatch.setattr("meetings.actions.importing.meeting_file", lambda meeting: interchange.read(json.dumps(WINTER)))

    with pytest.raises(Refused, match="place: går inte att återge"):
        taken_in(winter(place="Rådhuset"))
    assert not Attendance.objects.exists()


def test_an_older_signature_is_printed_as_the_checksum_that_it_was(board):
    content = winter(signatures=[*WINTER["signatures"], {"name": "BO", "digest": "C3" * 32, "algorithm": "SHA-256"}])

    signatures = compose_protocol(taken_in(content), board).signatures

    assert [each.digest_label for each in signatures] == [
        "Signerad checksumma:",
        "Signerat kryptografiskt SHA-256 hashvärde:",
    ]


def test_a_protocol_of_odd_text_is_printed(board):
    content = winter()
    content["paragraphs"][2]["title"] = "Rubrik med ☐ <tecken> & ”citat” 王"
    content["paragraphs"][2]["sections"] = [
        {"kind": "text", "heading": "Text", "html": html}
        for html in (
            "<h5>Femman först</h5><p></p><h4></h4><p>\u00adx\u200by\ufeffz</p>",
            '<table><tbody><tr><td colspan="3" rowspan="50">a</td></tr><tr></tr></tbody></table><table></table>',
            "lös <strong>text</strong><ul><li><ul><li></li></ul></li></ul>",
        )
    ]

    data = protocol_pdf(compose_protocol(taken_in(content), board))

    with pikepdf.open(io.BytesIO(data)) as paper:
        assert len(paper.pages) >= 6


def test_what_the_fonts_cannot_draw_is_told_with_its_places():
    text = {"kind": "text", "heading": "Besök", "html": "<p>Från 王明</p>"}
    items = {"kind": "decision", "heading": "Beslut", "items": ["ja", "王"]}
    paragraphs = [{"number": 1, "title": "Glädje 龍", "case_number": None, "sections": [items, text]}]
    rows = [seat("Łucja Šimková", "Arjeplog"), seat("小 Berg", "Boden")]
    content = with_rows(*rows, paragraphs=paragraphs, chairs=[], adjustment=None)

    told = letters_told(interchange.read(json.dumps(content)))

    assert told.startswith("Tecknen 小 龍 王 明 finns inte i portalens teckensnitt")
    assert told.endswith("närvaron (小 Berg), § 1, rubriken, § 1, avsnitt 1 och § 1, avsnitt 2.")


def test_a_file_that_can_be_printed_is_not_spoken_of():
    assert letters_told(interchange.read(json.dumps(winter()))) == ""


def test_the_page_tells_of_letters_after_reading_in(board, client_as):
    content = json.dumps(with_rows(seat("王 Berg", "Boden"))).encode()
    upload = SimpleUploadedFile("möte.json", content)

    page = client_as("secretary", "administrator").post(
        reverse("meetings:import"), {"file": upload, "create": "on"}, follow=True
    )

    assert "Tecknet 王 finns inte i portalens teckensnitt" in page.content.decode()
    assert "Sammanträdet är inläst" in page.content.decode()
