"""The pages of the adjustment, for the secretary and for those who sign."""

import pytest
from django.test import Client

from meetings.actions import adjusting
from meetings.checks import check_protocol
from meetings.models import Adjustment
from meetings.paper import printing
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings):
    monkeypatch.setattr(printing, "protocol_pdf", lambda paper: b"%PDF-1.7 " + paper.title.encode())
    settings.PAPER_SIGNING_BACKEND = "tests.meetings.stamping.Stamps"


@pytest.fixture
def meeting():
    return factories.protocol_to_adjust()


@pytest.fixture
def people(meeting) -> list[Client]:
    """Clients of secretary, chair and adjuster."""
    clients = []
    for user in factories.signers_of(meeting):
        client = Client()
        client.user = user
        client.force_login(user)
        clients.append(client)
    return clients


@pytest.fixture
def frozen(meeting, people) -> Adjustment:
    return adjusting.freeze(meeting, confirmed=None, by=people[0].user)


def read(answer) -> str:
    return answer.content.decode()


def test_the_secretary_sees_what_to_confirm_and_freezes(meeting, people):
    page = f"/sammantraden/{meeting.pk}/justering/"
    (warning,) = check_protocol(meeting)
    shown = read(people[0].get(page))
    assert warning.sentence in shown
    assert warning.key in shown

    refused = people[0].post(f"{page}lasning/")
    assert refused.status_code == 422
    assert "Bekräfta varningarna" in read(refused)

    done = people[0].post(f"{page}lasning/", {"confirm": [warning.key]}, follow=True)
    assert "Protokollet är låst" in read(done)
    assert Adjustment.objects.count() == 1


def test_a_second_click_says_that_it_is_frozen_already(meeting, people):
    page = f"/sammantraden/{meeting.pk}/justering/lasning/"
    people[0].post(page, {"everything": "on"})

    again = people[0].post(page, {"everything": "on"})

    assert again.status_code == 422
    assert Adjustment.objects.count() == 1


def test_what_was_ticked_is_still_ticked_when_it_was_not_enough(meeting, people):
    meeting.adjusters.all().delete()
    (late,) = [each for each in check_protocol(meeting) if each.code == "late"]

    shown = read(people[0].post(f"/sammantraden/{meeting.pk}/justering/lasning/", {"confirm": [late.key]}))

    assert f'value="{late.key}" checked' in shown
    assert "kan inte låsas än" in shown


def test_single_paragraphs_are_frozen_at_once(meeting, people):
    first, *_ = meeting.paragraphs.all()
    form = {"everything": "on", "is_immediate": "on", "paragraphs": [first.pk]}

    shown = read(people[0].post(f"/sammantraden/{meeting.pk}/justering/lasning/", form, follow=True))

    assert "Omedelbar justering av § 1" in shown
    assert [each.paragraph for each in Adjustment.objects.get().paragraphs.all()] == [first]


def test_everybody_signs_in_turn_with_their_password(frozen, people):
    page = f"/justering/{frozen.pk}/"
    assert "Det är inte din tur än" in read(people[1].get(page))
    for client in people:
        assert "Din tur att skriva under" in read(client.get(page))
        done = client.post(f"{page}underskrift/", {"password": PASSWORD}, follow=True)
        assert "Din underskrift är sparad" in read(done)

    frozen.refresh_from_db()
    assert frozen.adjusted_on
    assert {each.evidence["method"] for each in frozen.signatories.all()} == {"password"}


def test_a_wrong_password_signs_nothing(frozen, people):
    answer = people[0].post(f"/justering/{frozen.pk}/underskrift/", {"password": "fel lösenord"})

    assert answer.status_code == 422
    assert "Lösenordet stämmer inte" in read(answer)
    assert not frozen.signatories.exclude(signed_at=None).exists()


def test_an_account_with_an_app_is_asked_for_its_code(frozen, people):
    from allauth.mfa.totp.internal import auth

    secret = auth.generate_totp_secret()
    auth.TOTP.activate(people[0].user, secret)
    page = f"/justering/{frozen.pk}/underskrift/"

    assert people[0].post(page, {"password": PASSWORD}).status_code == 422
    assert people[0].post(page, {"password": PASSWORD, "code": "000000"}).status_code == 422
    code = factories.app_code(secret)
    assert people[0].post(page, {"password": PASSWORD, "code": code}).status_code == 302
    assert frozen.signatories.first().evidence["second"] == "totp"


def test_who_does_not_sign_is_told_so(frozen, client_as):
    answer = client_as("member").post(f"/justering/{frozen.pk}/underskrift/", {"password": PASSWORD})

    assert answer.status_code == 422
    assert "inte kopplat till någon person" in read(answer)


def test_who_signs_after_it_was_unlocked_sees_why(frozen, people):
    adjusting.unlock(frozen, "Fel belopp i § 2.", by=people[0].user)

    answer = people[0].post(f"/justering/{frozen.pk}/underskrift/", {"password": PASSWORD})

    assert answer.status_code == 422
    assert "Fel belopp i § 2." in read(answer)


def test_declining_asks_for_a_reason_and_the_secretary_asks_again(frozen, people):
    page = f"/justering/{frozen.pk}/avbojande/"
    assert "Skriv varför" in read(people[0].post(page, {"reason": ""}))
    people[0].post(page, {"reason": "Fel datum."})

    overview = f"/sammantraden/{frozen.meeting_id}/justering/"
    assert "Fel datum." in read(people[0].get(overview))
    signatory = frozen.signatories.first()
    people[0].post(f"/justering/underskrifter/{signatory.pk}/paminnelse/")
    assert "Fråga igen" not in read(people[0].get(overview))


def test_the_secretary_unlocks_with_a_reason(frozen, people):
    page = f"/justering/{frozen.pk}/upplasning/"
    assert people[0].post(page, {"reason": " "}).status_code == 422

    shown = read(people[0].post(page, {"reason": "Fel belopp."}, follow=True))

    assert "Fel belopp." in shown
    assert "Kontroll före låsning" in shown


def test_the_pages_of_a_frozen_meeting_say_so_and_have_no_buttons(frozen, people):
    meeting = frozen.meeting
    first = meeting.paragraphs.first()
    for place in ("", "narvaro/", "uppgifter/", f"paragrafer/{first.pk}/"):
        shown = read(people[0].get(f"/sammantraden/{meeting.pk}/{place}"))
        assert "låst för justering" in shown, place
    assert "<textarea" not in shown


def test_the_protocol_of_a_frozen_meeting_is_the_paper_that_was_issued(frozen, people):
    answer = people[0].get(f"/sammantraden/{frozen.meeting_id}/protokoll.pdf")

    assert answer.content == bytes(frozen.paper.file.content)


def test_the_papers_can_be_read_framed_and_as_a_page(frozen, people):
    paper = people[1].get(f"/justering/{frozen.pk}/protokoll.pdf")
    assert paper["X-Frame-Options"] == "SAMEORIGIN"
    assert "att godkänna förslaget." in read(people[1].get(f"/justering/{frozen.pk}/text/"))


def test_whoever_is_next_finds_it_on_the_start_page(frozen, people):
    assert "Skriv under protokollet från" in read(people[0].get("/"))
    assert "Skriv under protokollet från" not in read(people[1].get("/"))


@pytest.mark.parametrize("count", [1, 4])
def test_the_overview_asks_as_much_of_many_adjustments(count, meeting, people, django_assert_max_num_queries):
    for _ in range(count):
        adjusting.unlock(adjusting.freeze(meeting, confirmed=None, by=people[0].user), "Ändring", by=people[0].user)
    adjusting.freeze(meeting, confirmed=None, by=people[0].user)

    with django_assert_max_num_queries(22):
        people[0].get(f"/sammantraden/{meeting.pk}/justering/")
