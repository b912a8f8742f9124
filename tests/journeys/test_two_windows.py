"""The same paragraph in two windows, and a server that goes away: whatever happens, no word is lost."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest
from django.conf import settings
from playwright.sync_api import expect

from meetings.models import Paragraph
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paragraph(db):
    factories.board()
    return factories.paragraph(
        title="Budget 2023",
        sections=[factories.decision("Nämnden godkänner budgeten"), factories.text_section("<p>Början.</p>")],
    )


@pytest.fixture
def elin(db):
    return factories.user("secretary", name="Elin Strand")


@pytest.fixture
def bo(db):
    return factories.user("secretary", name="Bo Ek")


@pytest.fixture
def open_desk(new_page, log_in, paragraph):
    """`open_desk(user)`: the drafting page in a window of that user's own."""

    def open_window(user):
        page = new_page()
        log_in(page, user)
        page.goto(f"/sammantraden/{paragraph.meeting_id}/paragrafer/{paragraph.pk}/")
        expect(page.locator("#draft[data-ready]")).to_be_attached()
        return page

    return open_window


def text_box(page):
    return page.locator(".writing[contenteditable=true]")


def write(page, words: str):
    text_box(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def saved_text(paragraph, at=1) -> str:
    paragraph.refresh_from_db()
    return paragraph.sections[at]["html"]


@pytest.mark.both_databases
def test_what_is_written_is_saved_after_a_pause(open_desk, elin, paragraph):
    page = open_desk(elin)

    write(page, " Fortsättning.")

    expect(page.locator("#saved")).to_have_text(re.compile(r"Sparat \d\d\.\d\d$"))
    assert saved_text(paragraph) == "<p>Början. Fortsättning.</p>"


@pytest.mark.parametrize(
    ("choice", "stands", "elsewhere"),
    [
        ("Behåll min", "<p>Början. Bos ord.</p>", "Elins ord"),
        ("Ta den andra", "<p>Början. Elins ord.</p>", "Bos ord"),
        ("Lägg min efter den andra", "<p>Början. Elins ord.</p><p>Början. Bos ord.</p>", "Elins ord"),
    ],
)
def test_the_second_writer_sees_both_texts_and_none_is_lost(
    open_desk, elin, bo, paragraph, page_trouble, choice, stands, elsewhere
):
    page_trouble.expect("409")
    first, second = open_desk(elin), open_desk(bo)
    write(first, " Elins ord.")
    expect(first.locator("#saved")).to_contain_text("Sparat")

    write(second, " Bos ord.")

    conflict = second.get_by_role("group", name="Två texter")
    expect(conflict).to_contain_text("Elin Strands text")
    expect(conflict.locator("ins")).to_have_text(["Bos", "Elins"])
    assert saved_text(paragraph) == "<p>Början. Elins ord.</p>"
    conflict.get_by_role("button", name=choice).click()
    expect(conflict).to_be_hidden()
    assert saved_text(paragraph) == stands
    expect(text_box(second)).to_have_text(re.sub("<[^>]+>", "", stands))
    versions = [each.sections[1]["html"] for each in Paragraph.history.filter(id=paragraph.pk)]
    assert any(elsewhere in html for html in versions)


@pytest.mark.parametrize("choice", ["Behåll min", "Ta den andra"])
def test_words_typed_while_the_choice_is_on_its_way_are_not_written_over(
    open_desk, elin, bo, paragraph, page_trouble, choice
):
    page_trouble.expect("409")
    first, second, held = open_desk(elin), open_desk(bo), []
    write(first, " Elins ord.")
    expect(first.locator("#saved")).to_contain_text("Sparat")
    write(second, " Bos ord.")
    conflict = second.get_by_role("group", name="Två texter")
    expect(conflict).to_be_visible()

    second.route("**/val/", lambda route: held.append(route))
    with second.expect_request("**/val/"):
        conflict.get_by_role("button", name=choice).click()
    write(second, " Mera.")
    held[0].continue_()

    if choice == "Behåll min":
        expect(second.locator("#saved")).to_contain_text("Sparat")
        assert saved_text(paragraph) == "<p>Början. Bos ord. Mera.</p>"
    else:
        expect(conflict).to_contain_text("Mera")
        assert saved_text(paragraph) == "<p>Början. Elins ord.</p>"
    expect(text_box(second)).to_contain_text("Bos ord. Mera.")


def test_each_sees_that_the_other_has_the_paragraph_open(open_desk, elin, bo):
    open_desk(elin)

    second = open_desk(bo)

    expect(second.locator("#alarm")).to_contain_text("Elin Strand har också paragrafen öppen.")


def test_newer_text_comes_in_where_nothing_is_unsaved(open_desk, elin, bo):
    first, second = open_desk(elin), open_desk(bo)
    write(first, " Elins ord.")
    expect(first.locator("#saved")).to_contain_text("Sparat")

    second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(text_box(second)).to_have_text("Början. Elins ord.")
    expect(second.locator(".piece-note")).to_contain_text(["Elin Strand skrev här"])


def test_text_survives_a_server_that_is_killed_and_is_saved_when_it_is_back(
    new_page, log_in, own_server, elin, paragraph, page_trouble
):
    page_trouble.expect("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")
    own_server.start()
    page = new_page(base_url=own_server.url)
    log_in(page, elin)
    page.goto(f"/sammantraden/{paragraph.meeting_id}/paragrafer/{paragraph.pk}/")
    expect(page.locator("#draft[data-ready]")).to_be_attached()

    own_server.kill()
    write(page, " Skrivet utan server.")

    sentence = "Inte sparat: servern svarar inte. Texten finns kvar i den här webbläsaren."
    expect(page.get_by_text(sentence)).to_be_visible()
    assert saved_text(paragraph) == "<p>Början.</p>"
    own_server.start()
    expect(page.locator("#saved")).to_contain_text("Sparat", timeout=90_000)
    assert saved_text(paragraph) == "<p>Början. Skrivet utan server.</p>"


@pytest.fixture
def own_server(live_server, tmp_path):
    """A server in a process of its own, on the database of the test, that can be killed like any other."""
    server = OwnServer(tmp_path)
    yield server
    server.kill()


class OwnServer:
    def __init__(self, data_dir):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://localhost:{self.address.rpartition(':')[2]}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "enamnd.settings",
            "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}",
            "DATA_DIR": str(data_dir),
            "DEBUG": "1",
            "HTTPS": "0",
            "SECRET_KEY": settings.SECRET_KEY,
        }
        self.process = None

    def start(self):
        command = [sys.executable, "manage.py", "runserver", "--noreload", self.address]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.environment, stdout=quiet, stderr=quiet
        )
        wait_for(self.answers, seconds=120)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/halsa/"):
                return True
        except OSError:
            return False

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()


def test_text_that_was_not_saved_is_offered_again_when_the_page_is_opened(open_desk, elin, paragraph, page_trouble):
    page_trouble.expect("ERR_INTERNET_DISCONNECTED")
    page = open_desk(elin)
    page.context.set_offline(True)
    write(page, " Skrivet utan server.")
    expect(page.locator("#saved")).to_have_text("Inte sparat")
    let_the_leftovers_age(page)

    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(f"/sammantraden/{paragraph.meeting_id}/paragrafer/{paragraph.pk}/")

    offer = again.locator(".note", has_text="hann inte sparas")
    expect(offer).to_contain_text("Skrivet utan server.")
    offer.get_by_role("button", name="Lägg in den här").click()
    expect(again.locator("#saved")).to_have_text(re.compile(r"Sparat \d\d\.\d\d$"))
    assert saved_text(paragraph) == "<p>Början. Skrivet utan server.</p>"
    again.reload()
    expect(again.locator("#draft[data-ready]")).to_be_attached()
    expect(again.get_by_text("hann inte sparas")).to_have_count(0)


def let_the_leftovers_age(page):
    """As if some time had gone since they were written."""
    page.evaluate(
        """() => {
          for (const key of Object.keys(localStorage)) {
            if (!key.startsWith("osparat/")) continue;
            const entry = JSON.parse(localStorage[key]);
            localStorage[key] = JSON.stringify({ ...entry, at: entry.at - 60000 });
          }
        }"""
    )


def test_somebody_who_has_been_logged_out_keeps_the_text(open_desk, log_in, elin, paragraph, page_trouble):
    page = open_desk(elin)
    page.context.clear_cookies(name="sessionid")

    write(page, " Efter utloggning.")

    expect(page.get_by_text("du har loggats ut")).to_be_visible()
    log_in(page, elin)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#saved")).to_contain_text("Sparat")
    assert "Efter utloggning" in saved_text(paragraph)


def test_leaving_the_paragraph_saves_the_last_words_and_keeps_a_version(open_desk, elin, paragraph):
    page = open_desk(elin)

    write(page, " Sista orden.")
    page.goto("/sammantraden/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    wait_for(lambda: "Sista orden" in saved_text(paragraph))
    wait_for(lambda: Paragraph.history.filter(id=paragraph.pk).latest().sections == paragraph.sections)


def wait_for(is_true, seconds: float = 60):
    ended = threading.Event()
    for _ in range(int(seconds * 20)):
        if is_true():
            return
        ended.wait(0.05)
    raise AssertionError("Det hände inte i tid.")
