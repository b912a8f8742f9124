"""What the start page says of notices, to the secretary and to registrars."""

from datetime import date

import pytest

from enamnd.journal.models import Event
from meetings.waiting.notices import waiting_notices
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 10)


def whats(user, today=TODAY) -> list[str]:
    return [each.what for each in waiting_notices(user, today)]


@pytest.fixture
def notice():
    """The notice of Boden; that of Kiruna is up."""
    factories.board()
    adjustment = factories.adjustment(factories.meeting(1, body=factories.body("E-nämnden")))
    factories.publication(adjustment)
    factories.notice(adjustment, municipality=factories.municipality("Kiruna"), posted_on=date(2022, 7, 5))
    return factories.notice(adjustment, municipality=factories.municipality("Boden"))


@pytest.fixture
def registrar(notice):
    return factories.user("registrar", municipality=notice.municipality)


def test_the_secretary_is_told_who_is_missing(notice):
    (waiting,) = waiting_notices(factories.user("secretary"), TODAY)

    assert waiting.due_on == date(2022, 7, 6)
    assert waiting.why.startswith("Boden har inte bekräftat.")


def test_the_secretary_is_told_what_is_not_public(notice):
    notice.adjustment.publications.update(withdrawn_at="2022-07-08T10:00Z", withdrawn_because="Fel")

    assert "Publicera protokollet 22 juni" in whats(factories.user("secretary"))


def test_the_registrar_puts_up_takes_down_and_puts_up_again(notice, registrar):
    assert whats(registrar) == ["Sätt upp anslaget: E-nämnden 22 juni 2022"]

    notice.posted_on = date(2022, 7, 6)
    notice.save()
    assert whats(registrar) == []
    assert whats(registrar, date(2022, 7, 28)) == ["Ta ned anslaget: E-nämnden 22 juni 2022"]

    notice.taken_down_on = date(2022, 7, 9)
    notice.save()
    assert whats(registrar) == ["Sätt upp anslaget igen: E-nämnden 22 juni 2022"]


def test_other_municipalities_are_not_the_registrars(notice):
    assert whats(factories.user("registrar", municipality=factories.municipality())) == []


def test_nothing_waits_for_others(notice):
    assert whats(factories.user("member")) == []
    assert not Event.objects.exists()
