"""When something goes wrong: a page in Swedish that says what happened and what to do."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from enamnd.refusal import Refused
from tests import factories


def refused(request):
    raise PermissionDenied("Du får inte läsa det här ärendet: det är sekretessmarkerat.")


def refused_without_a_word(request):
    raise PermissionDenied


def against_a_rule(request):
    raise Refused("Avsnittet finns inte längre. Läs in paragrafen på nytt.")


def odd(request):
    raise SuspiciousOperation("teknisk förklaring")


def broken(request):
    raise ZeroDivisionError("teknisk förklaring")


urlpatterns = [
    path("prov/nekad/", refused),
    path("prov/nekad-utan-ord/", refused_without_a_word),
    path("prov/regel/", against_a_rule),
    path("prov/konstig/", odd),
    path("prov/trasig/", broken),
    path("prov/formular/", lambda request: HttpResponse("mottaget")),
    path("", include("enamnd.urls")),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def secretary(client_as):
    factories.board()
    client = client_as("secretary")
    client.raise_request_exception = False
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_who_may_not_is_told_why(secretary):
    answer = secretary.get("/prov/nekad/")

    assert answer.status_code == 403
    assert "Du får inte läsa det här ärendet: det är sekretessmarkerat." in text_of(answer)
    assert "administratör" in text_of(answer)


def test_a_refusal_without_words_gets_some(secretary):
    answer = secretary.get("/prov/nekad-utan-ord/")

    assert answer.status_code == 403
    assert "Sidan är inte öppen för ditt konto." in text_of(answer)


def test_a_refusal_that_no_page_answers_is_told_in_its_own_words(secretary):
    answer = secretary.get("/prov/regel/")

    assert answer.status_code == 422
    assert "Avsnittet finns inte längre. Läs in paragrafen på nytt." in text_of(answer)


def test_a_script_gets_the_refusal_as_lines(secretary):
    answer = secretary.get("/prov/regel/", headers={"Accept": "application/json"})

    assert answer.status_code == 422
    assert answer.json() == {"lines": ["Avsnittet finns inte längre. Läs in paragrafen på nytt."]}


def test_a_wrong_address_says_so(secretary):
    answer = secretary.get("/finns/inte/")

    assert answer.status_code == 404
    assert "<h1>Sidan finns inte</h1>" in text_of(answer)


@pytest.mark.parametrize(("address", "status"), [("/prov/konstig/", 400), ("/prov/trasig/", 500)])
def test_what_broke_is_kept_from_the_reader(secretary, address, status):
    answer = secretary.get(address)

    assert answer.status_code == status
    assert 'lang="sv"' in text_of(answer)
    assert "teknisk förklaring" not in text_of(answer)


def test_the_last_page_of_all_needs_no_database(secretary):
    def gone(execute, sql, params, many, context):
        raise RuntimeError("databasen är borta")

    with connection.execute_wrapper(gone):
        answer = secretary.get("/prov/trasig/")

    assert answer.status_code == 500
    assert "<h1>Något gick fel</h1>" in text_of(answer)


def test_a_form_that_is_too_old_says_what_to_do():
    factories.board()
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.user("secretary"))

    answer = client.post("/prov/formular/", {"text": "ett stycke"})

    assert answer.status_code == 403
    assert "<h1>Formuläret togs inte emot</h1>" in text_of(answer)
