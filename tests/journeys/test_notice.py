"""From the mailed link to the last day to appeal: a registrar confirms, the secretary sees it, and time goes by."""

import re
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from enamnd.dates import long_date
from enamnd.letters.models import Letter
from meetings.actions import notices
from meetings.models import Notice
from meetings.noticing import clock_rules
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretary():
    return factories.user("secretary")


@pytest.fixture
def adjustment(secretary):
    """A protocol adjusted today, for three parties."""
    factories.board(host=factories.municipality("Luleå", email="registrator@lulea.example"))
    factories.municipality("Boden", full_name="Bodens kommun", email="registrator@boden.example")
    factories.municipality("Kiruna", email="registrator@kiruna.example")
    today = timezone.localdate()
    meeting = factories.meeting(2, held_on=today - timedelta(days=7))
    made = factories.adjustment(meeting, adjusted_on=today)
    notices.open_notices(made, by=secretary)
    return made


def mailed_path(address: str) -> str:
    """The path of the link that the registrar got."""
    return re.search(r"https?://\S+?(/anslag/\S+)", Letter.objects.get(to_address=address).body)[1]


def at_noon(day):
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(12))), tick=True)


def row(page, name: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def test_a_confirmed_notice_moves_the_clocks_and_time_takes_it_down(new_page, log_in, secretary, adjustment):
    today = timezone.localdate()
    path = mailed_path("registrator@boden.example")
    for name in ("Kiruna", "Luleå"):
        other = Notice.objects.get(municipality__name=name)
        notices.confirm_posted(other, posted_on=today, who="Lo")

    desk = new_page()
    log_in(desk, secretary)
    desk.goto(reverse("meetings:clocks", args=[adjustment.meeting_id]))
    expect(row(desk, "Överklagas senast")).to_contain_text("har inte börjat löpa")
    expect(row(desk, "Boden")).to_contain_text("väntar på besked")

    registrar = new_page()
    registrar.goto(path)
    registrar.get_by_role("button", name="Anslaget sitter uppe").click()
    expect(registrar.get_by_text("Tack! Vi har antecknat att anslaget sitter uppe.")).to_be_visible()

    desk.reload()
    last_day, down = clock_rules.appeal_until(today), clock_rules.take_down_from(today)
    expect(row(desk, "Boden")).to_contain_text("Registrator, Bodens kommun")
    expect(row(desk, "Överklagas senast")).to_contain_text(long_date(last_day))
    expect(row(desk, "Laga kraft tidigast")).to_contain_text(long_date(down))

    public = new_page()
    with at_noon(last_day):
        public.goto(reverse("public:notice_board"))
        expect(public.get_by_role("article")).to_have_count(1)
    with at_noon(down):
        public.reload()
        expect(public.get_by_text("Inga anslag sitter uppe just nu.")).to_be_visible()
        registrar.goto(path)
        registrar.get_by_role("button", name="Anslaget är nedtaget").click()
        expect(registrar.get_by_text("Tack! Vi har antecknat att anslaget är nedtaget.")).to_be_visible()
        log_in(desk, secretary)
        desk.reload()
        expect(row(desk, "Laga kraft tidigast")).to_contain_text("tiden har gått ut")
        expect(row(desk, "Boden")).to_contain_text("nedtaget")
