"""Log-in through an organisation's SAML service: a real exchange, with answers signed by the test's own service."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client
from django.urls import reverse
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from tests import factories

pytestmark = pytest.mark.django_db

PORTAL = "http://portalen.example"
SERVICE = "https://login.tallberga.example/saml"
EMAIL = "siv.alm@example.org"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
NAMES = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion", "md": "urn:oasis:names:tc:SAML:2.0:metadata"}
ANSWER = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_svar" Version="2.0" IssueInstant="{now}"
 Destination="{acs}" InResponseTo="{asked}"><saml:Issuer>{service}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="_intyg" Version="2.0" IssueInstant="{now}"><saml:Issuer>{service}</saml:Issuer>
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">siv-42</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
 InResponseTo="{asked}" NotOnOrAfter="{until}" Recipient="{acs}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_1"><saml:AuthnContext><saml:AuthnContextClassRef
>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext>
</saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="{mail}"
><saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"""


def key_and_certificate() -> tuple[str, str]:
    """A service's key and its own certificate, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "login.tallberga.example")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return secret.decode(), certificate.decode()


@pytest.fixture(scope="module")
def keys():
    return key_and_certificate()


@pytest.fixture
def organisation(settings, keys):
    """The service as LOGIN_PROVIDERS would tell of it."""
    app = {
        "provider_id": SERVICE,
        "name": "Tallberga kommun",
        "client_id": "tallberga",
        "settings": {
            "verified_email": True,
            "idp": {"entity_id": SERVICE, "sso_url": f"{SERVICE}/sso", "x509cert": keys[1]},
        },
    }
    settings.ALLOWED_HOSTS = [urlsplit(PORTAL).netloc]
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [app]}}


def address(name: str) -> str:
    return reverse(name, args=["tallberga"])


def browser(**facts) -> Client:
    return Client(HTTP_HOST=urlsplit(PORTAL).netloc, **facts)


def asked_for(client: Client) -> etree._Element:
    """What the portal asks of the service when somebody follows the link of the log-in page."""
    there = urlsplit(client.get(address("saml_login")).url)
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{SERVICE}/sso"
    sent = base64.b64decode(parse_qs(there.query)["SAMLRequest"][0])
    return etree.fromstring(zlib.decompress(sent, -15))


def answer_to(request_id: str, keys, *, sign=True, change=None, **facts) -> dict:
    """The service's answer as the browser carries it: signed, and changed after that by `change`."""
    now = datetime.now(UTC)
    written = "%Y-%m-%dT%H:%M:%SZ"
    times = {
        "since": f"{now - timedelta(minutes=5):{written}}",
        "now": f"{now:{written}}",
        "until": f"{now + timedelta(minutes=5):{written}}",
    }
    usual = {
        "asked": request_id,
        "acs": PORTAL + address("saml_acs"),
        "audience": PORTAL + address("saml_metadata"),
        "service": SERVICE,
        "mail": MAIL,
        "email": EMAIL,
    }
    answer = ANSWER.format(**{name: escape(value) for name, value in {**times, **usual, **facts}.items()}).encode()
    if sign:
        answer = OneLogin_Saml2_Utils.add_sign(answer, *keys)
    if change:
        before, after = change
        assert before.encode() in answer
        answer = answer.replace(before.encode(), after.encode())
    return {"SAMLResponse": base64.b64encode(answer).decode(), "RelayState": ""}


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_log_in_page_leads_to_the_service_which_is_told_where_to_answer(organisation):
    client = browser()

    page = client.get(reverse("account_login")).content.decode()
    asked = asked_for(client)

    assert "Logga in med Tallberga kommun" in page
    assert address("saml_login") in page
    assert asked.get("AssertionConsumerServiceURL") == PORTAL + address("saml_acs")
    assert asked.findtext("saml:Issuer", namespaces=NAMES) == PORTAL + address("saml_metadata")


def test_the_portal_describes_itself_to_the_service(organisation):
    answer = browser().get(address("saml_metadata"))

    described = etree.fromstring(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    assert described.get("entityID") == PORTAL + address("saml_metadata")
    (place,) = described.iterfind(".//md:AssertionConsumerService", NAMES)
    assert place.get("Location") == PORTAL + address("saml_acs")


def test_the_owner_of_an_account_comes_in_through_the_service(organisation, keys):
    user, client = factories.user("secretary", email=EMAIL), browser(enforce_csrf_checks=True)

    client.post(address("saml_acs"), answer_to(asked_for(client).get("ID"), keys), follow=True)

    assert int(client.session["_auth_user_id"]) == user.pk


@pytest.mark.parametrize(
    "wrong",
    [
        {"sign": False},
        {"change": (EMAIL, "annan@example.org")},
        {"audience": "https://annan.example"},
        {"acs": "https://annan.example/acs"},
        {"until": "2020-01-01T00:00:00Z"},
        {"asked": "_pahittad"},
        {"asked": ""},
        {"email": "okand@example.org"},
        {"service": "https://annan.example"},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_an_answer_with_anything_wrong_lets_nobody_in(organisation, keys, wrong):
    factories.user("secretary", email=EMAIL)
    factories.user("administrator", email="annan@example.org")
    client = browser()
    answer = {"request_id": asked_for(client).get("ID"), "keys": keys} | wrong

    page = client.post(address("saml_acs"), answer_to(**answer), follow=True)

    assert not is_in(client)
    assert "<h1>" in page.content.decode()


def test_an_answer_signed_by_another_service_lets_nobody_in(organisation):
    factories.user("secretary", email=EMAIL)
    client = browser()

    client.post(address("saml_acs"), answer_to(asked_for(client).get("ID"), key_and_certificate()), follow=True)

    assert not is_in(client)


def test_an_answer_is_used_once(organisation, keys):
    factories.user("secretary", email=EMAIL)
    client = browser()
    answer = answer_to(asked_for(client).get("ID"), keys)
    client.post(address("saml_acs"), answer, follow=True)
    client.logout()

    client.post(address("saml_acs"), answer, follow=True)

    assert not is_in(client)
