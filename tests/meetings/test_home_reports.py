"""Telling the decisions at home: who may say so, for which municipality, and what the page shows."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enamnd.refusal import Refused
from meetings.actions.home_reports import tell_home_report
from meetings.models import HomeReport
from tests import factories

pytestmark = pytest.mark.django_db
DAY = {"reported_on": date(2022, 9, 1), "reported_by": "Mia Medlem"}


@pytest.fixture
def meeting():
    factories.board()
    return factories.meeting(1)


@pytest.fixture
def arby():
    return factories.municipality("Arby", is_party=True)


@pytest.fixture
def member(meeting, arby):
    """Somebody with a seat for Arby."""
    who = factories.person()
    factories.mandate(factories.seat(meeting.body, municipality=arby), person=who)
    return factories.user("member", person=who, name=who.name)


def test_a_member_tells_of_the_own_municipality_and_of_no_other(meeting, member, arby):
    other = factories.municipality("Boby", is_party=True)

    tell_home_report(meeting, arby, **DAY, where=" kommun styrelsen ", by=member)
    tell_home_report(meeting, arby, **DAY | {"reported_by": "Bo"}, by=factories.user("secretary"))
    with pytest.raises(Refused):
        tell_home_report(meeting, other, **DAY, by=member)
    with pytest.raises(Refused):
        tell_home_report(meeting, arby, **DAY, by=factories.user("member"))

    assert [each.reported_by for each in HomeReport.objects.all()] == ["Bo"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reported_by": " "}, "reported_by"),
        ({"reported_on": date(2022, 6, 21)}, "reported_on"),
        ({"reported_on": timezone.localdate() + timedelta(days=2)}, "reported_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(meeting, member, arby, wrong, field):
    with pytest.raises(Refused) as refused:
        tell_home_report(meeting, arby, **DAY | wrong, by=member)
    assert refused.value.field == field


def test_the_page_shows_every_party_and_a_link_where_one_may_tell(meeting, member, arby, client):
    other = factories.municipality("Boby", is_party=True)
    client.force_login(member)
    address = reverse("meetings:home_reports", args=[meeting.pk])
    links = [reverse("meetings:home_report", args=[meeting.pk, each.pk]) for each in (arby, other)]

    page = client.get(address).content.decode()
    assert [link in page for link in links] == [True, False]
    assert client.get(links[1]).status_code == 403
    told = client.post(links[0], {"reported_on": "2022-09-01", "reported_by": "Mia Medlem"}, follow=True)
    assert "Mia Medlem" in told.content.decode()
    assert client.post(links[0], {"reported_on": "", "reported_by": "Mia"}).status_code == 422
