"""A real browser for tests: Chromium, with whatever goes wrong in it on record.

A test that asks for `page` or `new_page` fails when the console shows an error, a script breaks, the Content-Security-
Policy refuses something or the server answers 500, unless it says beforehand that it expects it:
`page_trouble.expect("503")`.
"""

import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe().axe_script  # half a megabyte: read once, and given to each page once
# Chromium without windows and extensions takes a third of the processor time that the whole of it takes.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
SLOWEST_ANSWER = 30_000  # ms; the machine that runs the tests may be busy
TELL_OF_REFUSALS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber}`);
});
"""


class Trouble:
    """What went wrong in the pages of one test."""

    def __init__(self):
        self.seen: list[str] = []
        self.expected: list[str] = []

    def expect(self, pattern: str):
        """Let what matches this regular expression pass."""
        self.expected.append(pattern)

    def watch(self, page: Page):
        page.on("console", lambda message: self.note(page, message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.note(page, str(error)))
        page.on("response", lambda answer: self.note(page, answer.url) if answer.status == 500 else None)

    def note(self, page: Page, what: str):
        self.seen.append(f"{page.url}: {what}")

    @property
    def unexpected(self) -> list[str]:
        return [each for each in self.seen if not any(re.search(pattern, each) for pattern in self.expected)]


@pytest.fixture(scope="session")
def browser():
    """One Chromium a worker. Its loop lives in the thread of the tests, which Django must be told is meant."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "Chromium saknas: installera paketet chromium-headless-shell (make test gör det där det får)."
    with sync_playwright() as playwright:
        expect.set_options(timeout=SLOWEST_ANSWER)
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.fixture
def page_trouble():
    """What went wrong in the pages of the test. The test fails at its end when something did."""
    trouble = Trouble()
    yield trouble
    assert not trouble.unexpected


@pytest.fixture
def new_page(browser, live_server, page_trouble):
    """`new_page(color_scheme="dark")`: a page in a browser window of its own, with its own cookies."""
    contexts = []

    def open_page(**options) -> Page:
        options = {"base_url": live_server.url, "locale": "sv-SE", "timezone_id": settings.TIME_ZONE} | options
        context = browser.new_context(**options)
        context.set_default_timeout(SLOWEST_ANSWER)
        context.add_init_script(TELL_OF_REFUSALS)
        contexts.append(context)
        page = context.new_page()
        page_trouble.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def log_in(live_server):
    """`log_in(page, user)`: the page's window belongs to this user from now on."""

    def give_session(page: Page, user):
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return give_session


def assert_accessible(page: Page, only: list[str] | None = None):
    """axe-core finds nothing against WCAG 2.2 A or AA on the page as it stands; `only` these of its rules."""
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": WCAG_22_AA}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("(options) => axe.run(options)", {"resultTypes": ["violations"], "runOnly": run})
    problems = [
        f"{violation['id']} ({violation['help']}): {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not problems, f"{page.url}:\n" + "\n".join(problems)


def assert_no_sideways_scrolling(page: Page):
    """Nothing sticks out to the right of the window."""
    page.evaluate("scrollTo(10000, 0)")
    assert page.evaluate("scrollX") == 0, f"{page.url} går att rulla i sidled vid {page.viewport_size['width']} px"
