"""The whole way of one meeting, from an empty agenda to legal force, with a clock that the test moves."""

import re
from datetime import date, datetime, time

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from enamnd.dates import long_date
from enamnd.letters.models import Letter
from enamnd.organisation.models import Municipality, Office
from meetings.actions.meetings import create_meeting
from meetings.models import Adjustment, Meeting
from tests import factories
from tests.factories import PASSWORD
from tests.journeys.test_adjusting import A_WHILE, assert_signed_by

CALLED, HELD, ADJUSTED = date(2026, 5, 11), date(2026, 5, 20), date(2026, 5, 27)
POSTED = date(2026, 5, 29)
LAST_DAY, IN_FORCE = date(2026, 6, 22), date(2026, 6, 23)  # three weeks end on midsommarafton, so the Monday after


@pytest.fixture
def meeting(transactional_db):
    """Three parties with a member each, a chair, a secretary with an account, an empty agenda."""
    factories.board()
    body = factories.seated_body(2)
    members = [seat.mandates.get().person for seat in body.seats.filter(kind="member")]
    secretary = factories.person("Elin Strand", email="elin@example.org")
    factories.office(body, Office.Role.CHAIR, person=members[0])
    factories.office(body, Office.Role.SECRETARY, person=secretary)
    for role, person in (("secretary", secretary), ("member", members[0]), ("member", members[1])):
        factories.user(role, person=person, name=person.name)
    factories.standing_item(body, "Delårsrapport 1", (5, 6))
    factories.case("Nytt e-arkiv")
    for party in Municipality.objects.all():
        party.email = f"registrator@kommun-{party.pk}.example"
        party.save()
    with at(CALLED):
        return create_meeting(body, HELD, time(13), place="Teams", by=secretary.account)


@pytest.fixture(autouse=True)
def own_authority(settings, tmp_path):
    """Certificates of the time of the test: another test may have made those of the run on a later day."""
    settings.SIGNING_DIR = tmp_path / "signing"


def at(day: date, hour: int = 10):
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(hour))), tick=True)


def test_a_meeting_goes_from_an_empty_agenda_to_legal_force(new_page, log_in, page_trouble, meeting, tmp_path):
    secretary = meeting.secretary.account
    desk = new_page()
    with at(CALLED):
        log_in(desk, secretary)
        call_to(desk, meeting)
    with at(HELD, 13):
        log_in(desk, secretary)
        hold(desk, meeting)
        write(desk, meeting)
    with at(ADJUSTED):
        log_in(desk, secretary)
        freeze(desk, meeting)
        adjustment = Adjustment.objects.get()
        for signatory in adjustment.signatories.all():
            signer = new_page()
            log_in(signer, signatory.person.account)
            sign(signer)
    adjustment.refresh_from_db()
    assert adjustment.adjusted_on == ADJUSTED
    assert_signed_by(3, bytes(adjustment.paper.file.content), tmp_path)

    with at(POSTED):
        asked = Letter.objects.filter(subject__startswith="Anslag att sätta upp")
        assert len(asked) == Municipality.objects.count()
        for letter in asked:
            put_up(new_page(), letter)
        log_in(desk, secretary)
        desk.goto(reverse("meetings:clocks", args=[meeting.pk]))
        expect(clock(desk, "Överklagas senast")).to_contain_text(long_date(LAST_DAY))
        expect(clock(desk, "Överklagas senast")).to_contain_text("midsommarafton")
        expect(clock(desk, "Laga kraft tidigast")).to_contain_text(long_date(IN_FORCE))
    with at(LAST_DAY):
        log_in(desk, secretary)
        desk.reload()
        expect(clock(desk, "Laga kraft tidigast")).to_contain_text("1 dag kvar")
    with at(IN_FORCE):
        log_in(desk, secretary)
        desk.reload()
        expect(clock(desk, "Laga kraft tidigast")).to_contain_text("tiden har gått ut")


def call_to(page: Page, meeting: Meeting):
    page.goto(reverse("meetings:call", args=[meeting.pk]))
    page.get_by_role("button", name="Ta upp Delårsrapport 1").click()
    page.get_by_role("button", name="Ta upp Nytt e-arkiv").click()
    expect(page.locator(".call-items > li")).to_have_count(2)
    page.get_by_role("button", name=re.compile("Utfärda")).click()
    expect(page.get_by_text("Inget på dagordningen har ändrats")).to_be_visible(timeout=A_WHILE)


def hold(page: Page, meeting: Meeting):
    page.goto(reverse("meetings:sitting", args=[meeting.pk]))
    page.locator("#moment-opened").click()
    page.locator("#call-members").click()  # before the first answer has come
    expect(page.locator(".quorum-now")).to_contain_text("2 av 2, beslutsför")
    page.get_by_role("button", name="Övriga ersättare är borta").click()


def write(page: Page, meeting: Meeting):
    for paragraph in meeting.paragraphs.all():
        page.goto(reverse("meetings:paragraph", args=[meeting.pk, paragraph.pk]))
        expect(page.locator("#draft[data-ready]")).to_be_attached()
        page.get_by_role("textbox", name="Beslut", exact=True).click()
        page.keyboard.type("godkänna förslaget.")
        expect(page.locator("#saved")).to_have_text(re.compile(r"Sparat \d\d\.\d\d$"))
    page.goto(reverse("meetings:meeting", args=[meeting.pk]))
    page.get_by_role("button", name="Ge paragrafnummer").click()
    expect(page.get_by_text("Numren gavs")).to_be_visible()
    page.goto(reverse("meetings:meeting_facts", args=[meeting.pk]))
    adjuster = meeting.attendance.filter(seat_kind="member").exclude(person=meeting.chairs.get().person).get()
    page.locator("#id_adjusters-0-who").select_option(adjuster.name_with_party)
    page.get_by_role("button", name="Spara justerare").click()
    page.goto(reverse("meetings:sitting", args=[meeting.pk]))
    page.locator("#moment-closed").click()
    expect(page.locator("#moment-opened, #moment-closed")).to_have_count(0)


def freeze(page: Page, meeting: Meeting):
    page.goto(f"/sammantraden/{meeting.pk}/justering/")
    page.get_by_label("Jag har sett alla varningar").check()
    page.get_by_role("button", name="Lås för justering").click(timeout=A_WHILE)
    expect(page.get_by_text("Protokollet är låst. 3 personer")).to_be_visible(timeout=A_WHILE)


def sign(page: Page):
    page.goto("/")
    page.locator("a.what", has_text="Skriv under protokollet från").click()
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Skriv under", exact=True).click()
    expect(page.get_by_text("Din underskrift är sparad")).to_be_visible(timeout=A_WHILE)


def put_up(page: Page, letter: Letter):
    page.goto(re.search(r"https?://\S+?(/anslag/\S+)", letter.body)[1])
    page.get_by_role("button", name="Anslaget sitter uppe").click()
    expect(page.get_by_text("Vi har antecknat att anslaget sitter uppe.")).to_be_visible()


def clock(page: Page, name: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))
