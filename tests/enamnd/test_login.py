"""Logging in: with a password, a code, and an organisation's own log-in."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import factories

PUBLIC_PAGES = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]


@pytest.fixture(autouse=True)
def _no_attempts_yet(db):
    cache.clear()


def log_in(client, email, password=factories.PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more}, follow=True)


def log_in_surely(client, user):
    """Log in, and give the password once more, as is asked before the log-in itself is changed."""
    log_in(client, user.email)
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_logs_in_and_leads_where_one_was_going():
    user, client = factories.user("secretary"), Client()

    wanted = reverse("accounts:me")
    assert client.get(wanted).url == f"{reverse('account_login')}?next={wanted}"
    answer = log_in(client, user.email.upper(), next=wanted)

    assert is_in(client)
    assert answer.redirect_chain[-1][0] == wanted


@pytest.mark.parametrize("email", ["konto", "finns.inte@example.org"])
def test_the_wrong_password_and_the_unknown_address_get_the_same_sentence(email):
    user, client = factories.user(), Client()

    answer = log_in(client, user.email if email == "konto" else email, "fel lösenord som är långt")

    assert not is_in(client)
    assert "E-postadressen eller lösenordet stämmer inte." in answer.content.decode()


def test_too_many_attempts_are_stopped():
    user, client = factories.user(), Client()
    for _ in range(12):
        log_in(client, user.email, "fel lösenord som är långt")

    answer = log_in(client, user.email)

    assert not is_in(client)
    assert "många försök" in answer.content.decode()


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_pages_before_log_in_speak_swedish_in_the_portals_own_frame(name):
    page = Client().get(reverse(name)).content.decode()

    assert '<html lang="sv">' in page
    assert "css/tokens.css" in page
    for english in ("Sign", "Password Reset", "Email", "Vänligen"):
        assert english not in page


def test_nobody_signs_up():
    client = Client()
    client.post(reverse("account_signup"), {"email": "ny@example.org", "password1": "x" * 14, "password2": "x" * 14})

    page = client.get(reverse("account_signup")).content.decode()

    assert "Konton läggs upp av nämndens administratör" in page
    assert not is_in(client)


def test_nobody_changes_their_own_address(client_as):
    client = client_as("secretary")

    answer = client.post(reverse("account_email"), {"email": "annan@example.org", "action_add": ""})

    assert answer.url == reverse("accounts:me")


def test_a_code_is_asked_for_when_an_app_is_connected():
    user, client = factories.user("secretary"), Client()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)

    page = log_in(client, user.email).content.decode()
    assert "Skriv koden som appen" in page
    assert not is_in(client)

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Koden stämmer inte." in wrong
    client.post(reverse("mfa_authenticate"), {"code": factories.app_code(secret, steps_ago=3)})
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": factories.app_code(secret)})
    assert is_in(client)


def test_a_code_that_was_new_when_it_was_read_is_taken(monkeypatch):
    user, client = factories.user("secretary"), Client()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    now = time.time() // 30 * 30
    monkeypatch.setattr(time, "time", lambda: now)
    log_in(client, user.email)

    client.post(reverse("mfa_authenticate"), {"code": factories.app_code(secret, steps_ago=2)})
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": factories.app_code(secret, steps_ago=1)})
    assert is_in(client)


def test_an_app_is_connected_and_gives_recovery_codes():
    user, client = factories.user("secretary"), Client()
    log_in_surely(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = factories.app_code(secret)

    after = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True).content.decode()

    assert "Återställningskoder" in after
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "account_change_password"]
)
def test_pages_of_my_log_in_load(name):
    user, client = factories.user("secretary"), Client()
    log_in_surely(client, user)

    page = client.get(reverse(name), follow=True).content.decode()

    assert "Mitt konto" in page
    assert "Vänligen" not in page


# An organisation's own log-in -----------------------------------------------------------------------------------------


class Provider(BaseHTTPRequestHandler):
    """A small identity provider (OpenID Connect): says where things are, changes a code for a token, says who it is."""

    email = verified = None
    codes = frozenset({"rätt-kod"})

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer biljett":
            self.answer({"sub": "42", "email": self.email, "email_verified": self.verified, "name": "Siv Alm"})
        else:
            self.answer({"error": "not found"}, 404)

    def do_POST(self):
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if asked.get("code", [""])[0] not in self.codes or asked.get("client_secret") != ["hemligt"]:
            self.answer({"error": "invalid_grant"}, 400)
            return
        base = f"http://127.0.0.1:{self.server.server_port}"
        now = int(time.time())
        claims = {"iss": base, "aud": "portalen", "sub": "42", "iat": now, "exp": now + 60}
        claims |= {"email": self.email, "email_verified": self.verified}
        token = jwt.encode(claims, "en nyckel som är lång nog för HS256 i provet", algorithm="HS256")
        self.answer({"access_token": "biljett", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def answer(self, data, status=200):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    """A running provider, told of to the portal as LOGIN_PROVIDERS would; yields the handler class to steer it by."""
    handler = type("Steered", (Provider,), {"email": "siv.alm@example.org", "verified": True})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "kommunen",
        "name": "Tallberga kommun",
        "client_id": "portalen",
        "secret": "hemligt",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    handler.base = f"http://127.0.0.1:{server.server_port}"
    yield handler
    server.shutdown()
    server.server_close()


def through_provider(client, code="rätt-kod"):
    """Follow the link on the log-in page to the provider, and come back with a code."""
    start = client.get(reverse("openid_connect_login", args=["kommunen"]))
    state = parse_qs(urlsplit(start.url).query)["state"][0]
    back = reverse("openid_connect_callback", args=["kommunen"])
    return client.get(back, {"code": code, "state": state}, follow=True)


def test_a_provider_has_a_button_that_leads_to_it(provider):
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    assert "Logga in med Tallberga kommun" in page
    assert reverse("openid_connect_login", args=["kommunen"]) in page

    there = client.get(reverse("openid_connect_login", args=["kommunen"])).url

    asked = parse_qs(urlsplit(there).query)
    assert there.startswith(f"{provider.base}/authorize?")
    assert asked["client_id"] == ["portalen"]
    assert asked["redirect_uri"] == ["http://testserver" + reverse("openid_connect_callback", args=["kommunen"])]


def test_the_owner_of_an_account_comes_in_through_the_provider(provider):
    user, client = factories.user("secretary", email=provider.email), Client()

    through_provider(client)

    assert int(client.session["_auth_user_id"]) == user.pk


@pytest.mark.parametrize("why", ["unknown address", "address not verified", "wrong code", "closed account"])
def test_nobody_else_comes_in_through_the_provider(provider, why):
    if why != "unknown address":
        factories.user("secretary", email=provider.email, is_active=why != "closed account")
    provider.verified = why != "address not verified"
    client = Client()

    answer = through_provider(client, code="fel-kod" if why == "wrong code" else "rätt-kod")

    assert not is_in(client)
    assert answer.status_code in (200, 401)
    assert "<h1>" in answer.content.decode()


def test_an_answer_that_was_not_asked_for_is_turned_away(provider):
    factories.user("secretary", email=provider.email)
    client = Client()

    back = reverse("openid_connect_callback", args=["kommunen"])
    client.get(back, {"code": "rätt-kod", "state": "påhittat"}, follow=True)

    assert not is_in(client)


def test_a_portal_without_providers_has_no_such_button():
    page = Client().get(reverse("account_login")).content.decode()

    assert settings.SOCIALACCOUNT_PROVIDERS == {}
    assert page.count("Logga in med") == 1  # passernyckel
