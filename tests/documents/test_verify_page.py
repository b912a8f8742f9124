"""The page where anybody checks a PDF."""

import tempfile

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enamnd.documents.views import verification
from tests import factories
from tests.browser import assert_accessible

from .test_signing import encrypted, flipped
from .test_verification import issue, issue_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_authority")]

PAGE = "/verifiera/"


@pytest.fixture(autouse=True)
def board(db):
    cache.clear()
    return factories.board()


def answer(client: Client, content: bytes | None, name: str = "protokoll.pdf"):
    """Send a file, and read the answer to its end."""
    data = {} if content is None else {"file": SimpleUploadedFile(name, content, "application/pdf")}
    response = client.post(PAGE, data)
    response.text_ = (response.getvalue() if response.streaming else response.content).decode()
    return response


def test_a_known_paper_is_answered_at_once_to_somebody_without_account(client, revisions):
    issue_all(revisions)
    response = answer(client, revisions[-1])

    assert (response.status_code, response.streaming) == (200, False)
    assert "Papperet är äkta" in response.text_
    assert "Sámmol Čáhppe" in response.text_
    assert response["Cache-Control"].startswith("max-age=0")


def test_an_unknown_file_is_answered_while_it_is_looked_at(client, signed):
    response = answer(client, flipped(signed))

    assert response.streaming
    steps = ["<h1>", "Filen läses", "0 av 2 underskrifter", "2 av 2 underskrifter", "Filen har ändrats", "</html>"]
    places = [response.text_.index(step) for step in steps]
    assert places == sorted(places)


def test_nothing_of_the_file_is_kept(client, signed, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer(client, flipped(signed)).close()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (None, 400, "Välj den PDF"),
        (b"", 400, "Filen är tom"),
        (b"hej", 200, "Filen är ingen PDF"),
    ],
)
def test_what_cannot_be_checked_gets_its_sentence(client, content, status, sentence):
    response = answer(client, content)

    assert response.status_code == status
    assert sentence in response.text_


def test_an_encrypted_file_gets_its_sentence(client, base):
    assert "krypterad eller låst" in answer(client, encrypted(base)).text_


def test_a_file_that_is_too_large_gets_its_sentence_and_is_not_kept(client, settings, tmp_path, monkeypatch):
    settings.VERIFICATION_MAX_MEGABYTES = 1
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    response = answer(client, b"%PDF-" + b"0" * (2 * 1024 * 1024))

    assert response.status_code == 400
    assert "Filen är större än 1 MB" in response.text_
    assert "Välj den PDF som" not in response.text_
    assert list(tmp_path.iterdir()) == []


def test_nobody_sends_any_number_of_files(client, monkeypatch):
    monkeypatch.setattr(verification, "MANY", 2)
    told = [answer(client, b"hej") for _ in range(3)]

    assert [each.status_code for each in told] == [200, 200, 400]
    assert "Vänta tio minuter" in told[-1].text_


def test_when_many_ask_at_once_the_next_is_asked_to_wait(client, signed, monkeypatch):
    monkeypatch.setattr("enamnd.documents.signing.inspection.PATIENCE", 0)
    turns = verification.steps.__globals__["inspect"].__globals__["AT_ONCE"]
    with turns, turns:
        response = answer(client, flipped(signed))

    assert "Vänta en minut" in response.text_
    assert "</html>" in response.text_


def test_a_file_from_another_site_is_refused(signed):
    client = Client(enforce_csrf_checks=True)

    assert answer(client, signed).status_code == 403


def test_a_name_of_a_file_is_shown_as_it_is_and_no_more(client):
    assert "<b>" not in answer(client, b"hej", name="<b>hej.pdf").text_


def test_the_authoritys_certificate_is_given_out_without_its_key(client):
    response = client.get(reverse("verification:authority"))

    assert response.content.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in response.content


def test_with_the_organisations_certificate_there_is_no_authority_to_trust(client, settings):
    settings.SIGNING_PKCS12 = "/etc/organisation.p12"

    assert client.get(reverse("verification:authority")).status_code == 404
    assert "ca.pem" not in client.get(PAGE).content.decode()


def test_how_many_questions_are_asked_of_the_database_does_not_grow_with_papers(client, revisions):
    issue_all(revisions)
    answer(client, revisions[-1])
    with CaptureQueriesContext(connection) as few:
        answer(client, revisions[-1])
    for number in range(5):
        issue(b"%%PDF %d" % number)
    with CaptureQueriesContext(connection) as many:
        answer(client, revisions[-1])

    assert len(few) == len(many)


def test_a_file_is_dropped_on_the_page(page, live_server, revisions, transactional_db, tmp_path):
    factories.board()
    issue_all(revisions)
    names = {"äkta.pdf": revisions[-1], "ändrad.pdf": flipped(revisions[-1])}
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    page.goto(f"{live_server.url}{PAGE}")
    drop(page, tmp_path / "äkta.pdf")
    page.get_by_role("heading", name="Papperet är äkta").wait_for()
    assert_accessible(page)

    page.get_by_role("link", name="Kontrollera en annan fil").click()
    page.get_by_label("PDF att kontrollera").set_input_files(tmp_path / "ändrad.pdf")
    page.get_by_role("button", name="Kontrollera", exact=True).click()
    page.get_by_role("heading", name="Filen har ändrats").wait_for(timeout=60_000)
    assert page.get_by_text("2 av 2 underskrifter kontrollerade").is_hidden()
    assert_accessible(page)


def drop(page, file):
    """Drop a file on the form, as from a folder of the desktop."""
    transfer = page.evaluate_handle(
        """([name, bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "application/pdf"}));
            return transfer;
        }""",
        [file.name, list(file.read_bytes())],
    )
    page.dispatch_event("form.verify", "drop", {"dataTransfer": transfer})
