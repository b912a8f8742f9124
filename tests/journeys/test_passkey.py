"""A passkey, made and used in a real browser with an authenticator of its own, under the portal's content policy."""

import pytest

from tests import factories

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def with_authenticator(page, settings):
    """The page of a computer that knows its owner. Chromium lets http://localhost stand in for https."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_a_passkey_is_added_and_logs_in_without_a_password(with_authenticator, live_server):
    page, secretary = with_authenticator, factories.user("secretary", name="Elin Strand")
    portal = live_server.url.replace("127.0.0.1", "localhost")

    page.goto(f"{portal}/inloggning/login/?next=/inloggning/2fa/webauthn/add/")
    page.get_by_label("E-post").fill(secretary.email)
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_label("Namn på nyckeln").fill("Jobbdatorn")
    page.get_by_label("utan lösenord").check()
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_text("10 av 10 koder är oanvända").wait_for()

    page.get_by_role("button", name="Logga ut").click()
    page.goto(f"{portal}/inloggning/login/")
    page.get_by_role("button", name="Logga in med passernyckel").click()
    page.get_by_role("link", name="Elin Strand").wait_for()
