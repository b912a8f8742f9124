"""What stands on the protocol is what the portal knows."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from meetings.actions.importing import import_meeting
from meetings.exchange import format as interchange
from meetings.models import ExternalSignature, Paragraph, Proof
from meetings.paper.compose import compose_protocol, is_draft, place_and_time
from meetings.paper.printing import protocol_html
from meetings.paper.protocol import Signature
from tests import factories
from tests.meetings.test_interchange import WINTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def winter(board):
    return import_meeting(interchange.read(json.dumps(WINTER)), by=None, create=True)


def rows(paper) -> dict:
    return {row.label: row.lines for row in paper.cover if not row.signature}


def signers(paper) -> dict:
    return {row.label: row.lines for row in paper.cover if row.signature}


def test_the_cover_has_its_fixed_labels_in_their_order(board, winter):
    labels = [row.label for row in compose_protocol(winter, board).cover]

    assert labels == [
        "Plats och tid",
        "Beslutande",
        "Justerare",
        "Tid och plats för justering",
        "Justerade paragrafer",
        "Sekreterare",
        "Ordförande",
        "Justerare",
    ]


def test_the_cover_says_what_the_meeting_says(board, winter):
    paper = compose_protocol(winter, board)

    assert rows(paper)["Plats och tid"] == ("Teams, kl. 13:00",)
    assert rows(paper)["Justerade paragrafer"] == ("1-3",)
    assert rows(paper)["Tid och plats för justering"] == ()
    assert signers(paper)["Ordförande"] == ("Alva Alm (S) § 1-3",)
    assert signers(paper)["Justerare"] == ("Bo Berg (S)", "Cilla Ceder (S)")


def test_a_chair_of_the_whole_meeting_has_no_range(board):
    meeting = factories.meeting(paragraphs=2)
    factories.chair(meeting, person=factories.person("Lo Lind", political_party="V"))

    assert signers(compose_protocol(meeting, board))["Ordförande"] == ("Lo Lind (V)",)


def test_open_ends_of_a_chair_are_filled_in_from_the_meeting(board):
    meeting = factories.meeting(paragraphs=3)
    first, second, _third = numbered(meeting, 8)
    factories.chair(meeting, person=factories.person("Lo Lind", political_party="V"), last=first)
    factories.chair(meeting, person=factories.person("Mo Mård", political_party="C"), first=second, order=2)

    assert signers(compose_protocol(meeting, board))["Ordförande"] == ("Lo Lind (V) § 8", "Mo Mård (C) § 9-10")


def numbered(meeting, first: int) -> list[Paragraph]:
    paragraphs = list(meeting.paragraphs.order_by("position"))
    for number, paragraph in enumerate(paragraphs, first):
        paragraph.number = number
        paragraph.save()
    return paragraphs


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"place": "Teams", "starts_at": None, "ends_at": None}, "Teams"),
        ({"place": "", "ends_at": None}, "kl. 09:00"),
        ({"place": "Rådhuset"}, "Rådhuset, kl. 09:00 - 12:00"),
        ({"place": "", "starts_at": None, "ends_at": None}, ""),
    ],
)
def test_place_and_time_say_what_is_known(fields, text):
    assert place_and_time(factories.meeting(**fields)) == text


def test_the_boards_own_words_stand_on_the_paper():
    board = factories.board(paper={"proof": "ANSLAGSBEVIS", "footer": []}, words={"case_number": "Dnr"})
    meeting = factories.meeting()
    factories.paragraph(meeting, case=factories.case(number="2022/9-1.1"))

    paper = compose_protocol(meeting, board)

    assert paper.proof_heading == "ANSLAGSBEVIS"
    assert paper.footer_fields == ()
    assert paper.cover_footer_fields == ("Justerandes signatur", "Utdragsbestyrkande")
    assert paper.paragraphs[0].case_label == "Dnr 2022/9-1.1"


def test_the_boards_words_for_a_signed_paper_stand_there_only_once_it_is_signed():
    board = factories.board(paper={"signed_digitally": "[Digitalt signerat]", "copy_text": "Kopia."})
    paper = compose_protocol(factories.meeting(secretary_name="Elin Ek"), board)
    signed = replace(paper, signatures=(Signature("Elin Ek", "", "", ""),))

    assert "[Digitalt signerat]" not in protocol_html(paper)
    assert re.search(r"\[Digitalt signerat\]</p>\s*<p>Elin Ek</p>", protocol_html(signed))
    assert "Kopia." in protocol_html(signed)
    assert "Kopia." not in protocol_html(paper)


def test_empty_sections_are_not_printed(board):
    meeting = factories.meeting()
    factories.paragraph(
        meeting, sections=[factories.decision("", heading="Beslut"), factories.text_section("<p>A</p>")]
    )

    sections = compose_protocol(meeting, board).paragraphs[0].sections

    assert [section.heading for section in sections] == ["Sammanfattning av ärendet"]


def test_a_reference_within_the_protocol_leads_to_its_paragraph(board):
    meeting = factories.meeting(paragraphs=1)
    text = "<p>Se § 4, § 9, 2022-06-22 § 4 och 2021-01-01 § 4.</p>"
    factories.paragraph(meeting, sections=[factories.text_section(text)])
    first, _second = numbered(meeting, 4)

    html = compose_protocol(meeting, board).paragraphs[1].sections[0].html

    link = f'<a href="#p{first.pk}">'
    assert html == f"<p>Se {link}§ 4</a>, § 9, {link}2022-06-22 § 4</a> och 2021-01-01 § 4.</p>"


def test_a_protocol_is_a_draft_until_something_shows_that_it_is_adjusted():
    meeting = factories.meeting()
    assert is_draft(meeting)

    Proof.objects.create(meeting=meeting, posted_on=date(2022, 7, 8))
    meeting.refresh_from_db()
    assert not is_draft(meeting)

    signed = factories.meeting(held_on=date(2022, 9, 1))
    ExternalSignature.objects.create(meeting=signed, name="A", at="2022-09-03", digest="A1", algorithm="SHA-256")
    assert not is_draft(signed)


@pytest.mark.parametrize("number", [3, 30])
def test_queries_do_not_grow_with_paragraphs_or_attendance(board, number, django_assert_num_queries):
    meeting = factories.meeting(paragraphs=number, attendance=number)
    meeting.refresh_from_db()

    with django_assert_num_queries(14):
        compose_protocol(meeting, board)


@pytest.mark.golden
def test_the_printed_protocol_says_everything_that_its_file_says(board, shared_folder, tmp_path):
    source, paper = shared_folder / "golden" / "meeting_2022-06-22.json", tmp_path / "protokoll.pdf"
    meeting = import_meeting(interchange.read(source.read_bytes()), by=None, create=True)
    call_command("render_protocol", str(meeting.pk), output=str(paper))

    check = [sys.executable, str(shared_folder / "checks" / "protocol_text.py"), str(source), str(paper)]
    found = subprocess.run(check, capture_output=True, text=True)

    assert found.returncode == 0, found.stdout


# The pages


@pytest.mark.parametrize("page", ["preview", "preview_pdf", "protocol_pdf"])
def test_a_reader_gets_the_paper(client_as, board, winter, page):
    answer = client_as("member").get(reverse(f"meetings:{page}", args=[winter.pk]))

    assert answer.status_code == 200
    if page != "preview":
        assert answer.content.startswith(b"%PDF-")


def test_only_the_preview_may_stand_in_a_frame_of_the_portal(client_as, board, winter):
    client = client_as("member")

    assert client.get(reverse("meetings:preview_pdf", args=[winter.pk]))["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(reverse("meetings:protocol_pdf", args=[winter.pk]))["X-Frame-Options"] == "DENY"


def test_the_file_name_tells_a_draft_from_a_protocol(client_as, board, winter):
    client, address = client_as("member"), reverse("meetings:protocol_pdf", args=[winter.pk])
    assert 'filename="protokoll-2021-01-28.pdf"' in client.get(address)["Content-Disposition"]

    winter.external_signatures.all().delete()
    assert 'filename="utkast-2021-01-28.pdf"' in client.get(address)["Content-Disposition"]
