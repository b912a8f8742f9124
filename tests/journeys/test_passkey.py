"""A passkey, made and used in a real browser with an authenticator of its own, under the portal's content policy."""

import pytest
from allauth.mfa.totp.internal import auth as totp_auth

from meetings.actions import adjusting
from tests import factories

A_WHILE = 60_000  # ms; signing is work for a busy machine
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


@pytest.fixture
def portal(live_server) -> str:
    return live_server.url.replace("127.0.0.1", "localhost")


def add_passkey(page, portal, user):
    """Log in with the password, and add a passkey that logs in without one."""
    page.goto(f"{portal}/inloggning/login/?next=/inloggning/2fa/webauthn/add/")
    page.get_by_label("E-post").fill(user.email)
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_label("Namn på nyckeln").fill("Jobbdatorn")
    page.get_by_label("utan lösenord").check()
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_text("10 av 10 koder är oanvända").wait_for()


def test_a_passkey_is_added_and_logs_in_without_a_password(with_authenticator, portal):
    page, secretary = with_authenticator, factories.user("secretary", name="Elin Strand")
    add_passkey(page, portal, secretary)

    page.get_by_role("button", name="Logga ut").click()
    page.goto(f"{portal}/inloggning/login/")
    page.get_by_role("button", name="Logga in med passernyckel").click()
    page.get_by_role("link", name="Elin Strand").wait_for()


def test_a_protocol_is_signed_with_a_passkey_and_the_code_where_there_is_one(
    with_authenticator, portal, page_trouble, transactional_db
):
    page_trouble.expect("422")  # the wrong code
    page, meeting = with_authenticator, factories.protocol_to_adjust(paragraphs=1)
    secretary, chair, _ = factories.signers_of(meeting)
    adjustment = adjusting.freeze(meeting, confirmed=None, by=secretary)
    adjustment.signatories.filter(role="secretary").update(person=chair.person)  # one account signs twice
    add_passkey(page, portal, chair)
    first, second = adjustment.signatories.order_by("order")[:2]

    page.goto(f"{portal}/justering/{adjustment.pk}/")
    page.get_by_role("button", name="Skriv under med nyckel").click()
    page.get_by_text("Din underskrift är sparad").wait_for(timeout=A_WHILE)
    first.refresh_from_db()
    assert first.evidence == {"method": "passkey", "sha256": adjustment.frozen.file_id}

    secret = totp_auth.generate_totp_secret()
    totp_auth.TOTP.activate(chair, secret)
    page.reload()
    code = page.locator("#id_key_code")
    code.fill("000000")
    page.get_by_role("button", name="Skriv under med nyckel").click()
    page.get_by_text("Koden stämmer inte").wait_for(timeout=A_WHILE)
    second.refresh_from_db()
    assert second.signed_at is None
    code.fill(factories.app_code(secret))
    page.get_by_role("button", name="Skriv under med nyckel").click()
    page.get_by_text("Din underskrift är sparad").wait_for(timeout=A_WHILE)
    second.refresh_from_db()
    assert (second.signed_by, second.evidence["second"]) == (chair, "totp")
