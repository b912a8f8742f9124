"""From an empty agenda to a call that everybody has got."""

import re
from datetime import time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from enamnd.letters.delivery import deliver_overdue
from meetings.models import Call
from tests import factories


@pytest.fixture
def meeting(transactional_db):
    """In three weeks, with an empty agenda; its month asks for an item, a case waits, one member has an address."""
    factories.board()
    body = factories.seated_body(2)
    day = timezone.localdate() + timedelta(days=21)
    made = factories.meeting(body=body, held_on=day, starts_at=time(9), ends_at=None, place="Teams")
    factories.standing_item(body, "Delårsrapport 1", (day.month, day.month))
    factories.case("Nytt e-arkiv")
    member = body.seats.first().mandates.get().person
    member.email = "ledamot@example.org"
    member.save()
    return made


def test_the_secretary_fills_the_agenda_and_calls(page, log_in, meeting):
    log_in(page, factories.user("secretary"))
    page.goto(reverse("meetings:call", args=[meeting.pk]))
    expect(page.get_by_text("Dagordningen är tom. Lägg till ärenden först.")).to_be_visible()

    page.get_by_role("button", name="Ta upp Delårsrapport 1").click()
    page.get_by_role("button", name="Ta upp Nytt e-arkiv").click()
    expect(page.locator(".call-items > li")).to_have_count(2)
    page.get_by_label("Meddelande").fill("Kaffe från halv nio.")
    page.get_by_role("button", name="Utfärda och skicka").click()
    expect(page.get_by_text(re.compile("skickas nu till 1.mottagare"))).to_be_visible()

    deliver_overdue()
    page.reload()
    expect(page.get_by_role("row", name=re.compile("ledamot@example.org"))).to_contain_text("Skickat")
    expect(page.get_by_text("Inget på dagordningen har ändrats sedan kallelsen skickades.")).to_be_visible()
    (letter,) = mail.outbox
    assert "1. Delårsrapport 1\n2. Nytt e-arkiv" in letter.body
    assert Call.objects.get().paper.title.startswith("Kallelse till")
