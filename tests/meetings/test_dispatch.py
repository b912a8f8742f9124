"""Sending decisions out: who is to have what, what a letter leads to, and what has become of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from meetings.actions import dispatching as actions
from meetings.actions import extracts
from meetings.decisions import dispatch as reading
from meetings.models import Dispatch, Extract, Paragraph, Publication
from meetings.publishing.masking import ADDRESS, ADDRESS_GROUND
from meetings.text import sections
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return factories.user("secretary", name="Sara Skriv")


@pytest.fixture
def parties():
    made = [
        factories.municipality(name, full_name=f"{name} kommun", email=f"registrator@{name.lower()}.example")
        for name in ("Arby", "Boby")
    ]
    factories.board(host=made[0])
    return made


@pytest.fixture
def meeting(parties):
    """A meeting with one decision that goes to `Boby kommun` and to somebody whom nobody knows."""
    meeting = factories.meeting()
    decide(meeting, "Boby kommun", "Akten")
    return meeting


def decide(meeting, *recipients) -> Paragraph:
    items = [sections.Item(name) for name in recipients]
    text = sections.new_section(sections.RECIPIENTS, "Beslutet skickas till", items=items)
    number = meeting.paragraphs.count() + 1
    kept = [factories.decision("att godkänna."), *sections.to_json((text,))]
    return factories.paragraph(meeting, f"Förslag {number}", number=number, sections=kept)


def rows(meeting) -> list[tuple[str, str]]:
    found = meeting.dispatches.select_related("paragraph")
    return sorted((row.paragraph.label if row.paragraph else "", row.recipient) for row in found)


# Who


def test_the_protocol_goes_to_all_parties_and_decisions_to_those_named(meeting, secretary):
    adjustment = factories.adjustment(meeting)

    actions.open_dispatches(adjustment, by=secretary)

    assert rows(meeting) == [("", "Arby kommun"), ("", "Boby kommun"), ("§ 1", "Akten"), ("§ 1", "Boby kommun")]
    known = meeting.dispatches.get(recipient="Boby kommun", paragraph__isnull=False)
    assert (known.email, known.municipality.name) == ("registrator@boby.example", "Boby")


def test_opening_again_adds_nothing(meeting, secretary):
    adjustment = factories.adjustment(meeting)
    actions.open_dispatches(adjustment, by=secretary)

    assert actions.open_dispatches(adjustment, by=secretary) == []
    assert len(rows(meeting)) == 4
    assert Event.objects.filter(verb="dispatch.opened").count() == 1


def test_all_parties_are_written_out_one_by_one(meeting, secretary):
    paragraph = decide(meeting, "Samtliga kommuner", "Boby")

    names = [each.name for each in reading.recipients_of(paragraph, reading.known())]

    assert names == ["Arby kommun", "Boby kommun"]


def test_a_body_and_a_person_are_reached_by_the_register(meeting):
    group = factories.body("Beredningsgruppen")
    factories.office(group, "secretary", person=factories.person(email="sekr@example.org"))
    factories.person("Bo Ek", email="bo.ek@example.org")
    paragraph = decide(meeting, "Beredningsgruppen", "Bo Ek")

    found = reading.recipients_of(paragraph, reading.known())

    assert [each.email for each in found] == ["sekr@example.org", "bo.ek@example.org"]


def test_after_an_immediate_adjustment_the_protocol_waits_for_the_rest(meeting, secretary):
    later = decide(meeting, "Arby kommun")
    first = meeting.paragraphs.first()
    actions.open_dispatches(factories.adjustment(meeting, first, is_immediate=True), by=secretary)
    assert rows(meeting) == [("§ 1", "Akten"), ("§ 1", "Boby kommun")]

    actions.open_dispatches(factories.adjustment(meeting, later), by=secretary)
    assert [label for label, _ in rows(meeting)] == ["", "", "§ 1", "§ 1", "§ 2"]


def test_receivers_written_down_before_the_adjustment_get_the_adjusted_protocol(meeting, secretary):
    actions.open_for_meeting(meeting, by=secretary)
    adjustment = factories.adjustment(meeting)

    actions.open_dispatches(adjustment, by=secretary)

    assert len(rows(meeting)) == 4
    assert set(meeting.dispatches.filter(paragraph=None).values_list("adjustment", flat=True)) == {adjustment.pk}


# Sending


def adjusted(meeting, secretary) -> Dispatch:
    """The row of Boby for the decision, after the adjustment."""
    actions.open_dispatches(factories.adjustment(meeting), by=secretary)
    return meeting.dispatches.get(recipient="Boby kommun", paragraph__isnull=False)


def test_a_letter_leads_to_an_extract_that_is_made_when_it_is_missing(meeting, secretary):
    row = adjusted(meeting, secretary)

    actions.send_by_letter([row], by=secretary)

    row.refresh_from_db()
    letter = Letter.objects.about(row).get()
    assert row.extract == Extract.objects.get()
    assert (row.extract.certified_by, row.manner, row.sent_by) == ("Sara Skriv", "e-post", secretary)
    assert (letter.to_address, letter.is_personal, letter.reply_to) == (row.email, True, secretary.email)
    assert reverse("meetings:receipt", args=[reading.token_of(row)]) in letter.body
    assert "logga in" not in letter.body


def test_one_extract_serves_all_receivers_and_none_is_sent_twice(meeting, secretary):
    row = adjusted(meeting, secretary)
    actions.add_dispatch(meeting, paragraph=row.paragraph, recipient="Bo", email="bo@example.org", by=secretary)
    both = meeting.dispatches.filter(paragraph__isnull=False).exclude(email="")

    assert len(actions.send_by_letter(both, by=secretary)) == 2
    assert Extract.objects.count() == 1
    with pytest.raises(Refused, match="inte redan har fått"):
        actions.send_by_letter(both, by=secretary)
    assert Letter.objects.count() == 2


def test_extracts_are_printed_before_anything_is_locked(meeting, secretary, monkeypatch):
    row = adjusted(meeting, secretary)
    depths = []
    printed = extracts.extract_pdf

    def watched(paper):
        depths.append(len(connection.savepoint_ids))
        return printed(paper)

    monkeypatch.setattr(extracts, "extract_pdf", watched)
    before = len(connection.savepoint_ids)
    actions.send_by_letter([row], by=secretary)

    assert depths == [before]


def test_an_extract_of_a_text_that_changed_while_it_was_printed_is_not_kept(meeting, secretary):
    actions.open_for_meeting(meeting, by=secretary)
    paragraph = meeting.paragraphs.get()
    drawn = extracts.draw_extract(paragraph, certified_by="Sara", accepts_unadjusted=True, by=secretary)
    meeting.paragraphs.update(title="En annan rubrik")

    with pytest.raises(Refused, match="ändrades medan utdraget skrevs ut"):
        extracts.keep_extract(drawn, by=secretary)
    assert not Extract.objects.exists()


def test_nothing_is_sent_when_one_has_no_address(meeting, secretary):
    adjusted(meeting, secretary)

    with pytest.raises(Refused, match="E-postadress saknas för Akten"):
        actions.send_by_letter(meeting.dispatches.filter(paragraph__isnull=False), by=secretary)
    assert not Letter.objects.exists()
    assert not Extract.objects.exists()


def test_an_unadjusted_extract_is_not_sent_by_the_way(meeting, secretary):
    actions.open_for_meeting(meeting, by=secretary)
    row = meeting.dispatches.get(recipient="Boby kommun", paragraph__isnull=False)

    with pytest.raises(Refused, match="inte justerad"):
        actions.send_by_letter([row], by=secretary)
    with pytest.raises(Refused, match="inte justerat i portalen"):
        actions.send_by_letter(meeting.dispatches.filter(paragraph=None), by=secretary)
    assert not Letter.objects.exists()


def test_another_way_is_written_down_with_its_day(meeting, secretary):
    row = adjusted(meeting, secretary)
    for wrong, words in (
        ({"sent_on": date(2022, 6, 21), "manner": "brev"}, "är före 22 juni 2022"),
        ({"sent_on": timezone.localdate() + timedelta(days=1), "manner": "brev"}, "har inte varit än"),
        ({"sent_on": date(2022, 7, 5), "manner": " "}, "hur det skickades"),
    ):
        with pytest.raises(Refused, match=words):
            actions.record_sent(row, **wrong, by=secretary)

    actions.record_sent(row, sent_on=date(2022, 7, 5), manner="brev", by=secretary)
    row.refresh_from_db()
    assert (row.sent_on, row.manner) == (date(2022, 7, 5), "brev")


def test_what_has_been_sent_is_not_removed(meeting, secretary):
    row = adjusted(meeting, secretary)
    actions.record_sent(row, sent_on=date(2022, 7, 5), manner="brev", by=secretary)

    with pytest.raises(Refused, match="Det står kvar"):
        actions.remove_dispatch(row, by=secretary)
    actions.remove_dispatch(meeting.dispatches.get(recipient="Akten"), by=secretary)
    assert ("§ 1", "Akten") not in rows(meeting)


# The letter's link


def sent(meeting, secretary) -> tuple[Dispatch, str]:
    row = adjusted(meeting, secretary)
    actions.send_by_letter([row], by=secretary)
    row.refresh_from_db()
    return row, reverse("meetings:receipt", args=[reading.token_of(row)])


def test_the_receiver_reads_and_confirms_without_log_in_once(meeting, secretary):
    row, address = sent(meeting, secretary)
    client = Client()

    assert client.get(address.rstrip("/") + ".pdf").content == bytes(row.extract.paper.file.content)
    assert client.post(address, {"confirmed_by": "Viveka"}).status_code == 302
    client.post(address, {"confirmed_by": "Någon annan"})

    row.refresh_from_db()
    assert (row.confirmed_on, row.confirmed_by) == (timezone.localdate(), "Viveka")
    event = Event.objects.get(verb="dispatch.confirmed")
    assert (event.actor, event.data["who"]) == (None, "Viveka")
    assert "bekräftat" in client.get(address).content.decode()


@pytest.mark.parametrize("change", [lambda token: token[:-1] + "x", lambda token: token.replace(".", "1.", 1)])
def test_a_link_that_nobody_has_been_given_leads_nowhere(meeting, secretary, change):
    row, _ = sent(meeting, secretary)

    assert Client().get(reverse("meetings:receipt", args=[change(reading.token_of(row))])).status_code == 404


def test_what_has_not_been_sent_is_not_shown_by_link(meeting, secretary):
    row = adjusted(meeting, secretary)

    assert Client().get(reverse("meetings:receipt", args=[reading.token_of(row)])).status_code == 404


def test_what_may_be_secret_needs_a_log_in(meeting, secretary, client_as):
    Paragraph.objects.update(is_behind_closed_doors=True)
    row, address = sent(meeting, secretary)
    paper = address.rstrip("/") + ".pdf"

    assert Client().get(paper).status_code == 302
    page = Client().get(address).content.decode()
    assert "Logga in" in page
    assert row.paragraph.title not in page
    letter = Letter.objects.about(row).get()
    assert "logga in" in letter.body
    assert row.paragraph.title not in letter.subject + letter.body
    assert row.paragraph.label in letter.subject
    assert row.paragraph.label in letter.body
    assert client_as("registrar").get(paper).status_code == 200
    assert client_as("economist").get(paper).status_code == 302


def test_a_mark_set_after_the_sending_closes_the_link(meeting, secretary):
    case = factories.case()
    meeting.paragraphs.update(case=case)
    row, address = sent(meeting, secretary)
    assert reading.is_open_to_holder(row)

    factories.document(case, secrecy="OSL 19 kap. 1 §")

    assert Client().get(address.rstrip("/") + ".pdf").status_code == 302


def test_the_adjusted_protocol_is_read_by_link(meeting, secretary):
    adjusted(meeting, secretary)
    row = meeting.dispatches.filter(paragraph=None).first()
    actions.send_by_letter([row], by=secretary)
    row.refresh_from_db()

    address = reverse("meetings:receipt", args=[reading.token_of(row)])
    assert Client().get(address.rstrip("/") + ".pdf").content == bytes(row.adjustment.paper.file.content)
    assert Client().get(address)["X-Robots-Tag"] == "noindex"


def mask(paragraph: Paragraph | None) -> dict:
    key = f"p{paragraph.pk}" if paragraph else ""
    return {"paragraph": key, "text": "NN", "reason": "Sekretess", "ground": "21 kap. 1 § OSL"}


def test_what_is_masked_for_the_public_is_not_read_by_link(meeting, secretary, client_as):
    row, address = sent(meeting, secretary)
    publication = factories.publication(meeting.adjustments.get(), masks=[mask(row.paragraph)])
    paper = address.rstrip("/") + ".pdf"

    assert Client().get(paper).status_code == 302
    assert client_as("registrar").get(paper).content == bytes(row.extract.paper.file.content)
    Publication.objects.filter(pk=publication.pk).update(withdrawn_at=timezone.now())
    assert Client().get(paper).status_code == 302  # what was hidden is not public because the version was withdrawn
    assert not extracts.issue_extract(row.paragraph, certified_by="Sara", by=secretary).paper.is_public


@pytest.mark.parametrize(
    ("ground", "status"),
    [(ADDRESS_GROUND, 200), ("21 kap. 3 § OSL", 302)],
)
def test_a_contact_detail_that_need_not_be_on_the_web_closes_no_link(meeting, secretary, ground, status):
    row, address = sent(meeting, secretary)
    hidden = mask(row.paragraph) | {"text": "lo@nor.example", "reason": ADDRESS, "ground": ground}
    factories.publication(meeting.adjustments.get(), masks=[hidden])

    assert Client().get(address.rstrip("/") + ".pdf").status_code == status


@pytest.mark.parametrize("where", ["front", "paragraph"])
def test_a_protocol_with_masks_is_read_by_link_in_its_public_version(meeting, secretary, client_as, where):
    adjusted(meeting, secretary)
    row = meeting.dispatches.filter(paragraph=None).first()
    masks = [mask(None if where == "front" else meeting.paragraphs.get())]
    publication = factories.publication(row.adjustment, masks=masks, paper=factories.paper(b"%PDF maskad"))
    actions.send_by_letter([row], by=secretary)
    row.refresh_from_db()
    address = reverse("meetings:receipt", args=[reading.token_of(row)])
    paper = address.rstrip("/") + ".pdf"

    assert Client().get(paper).content == b"%PDF maskad"
    assert "leder till den offentliga versionen" in Letter.objects.about(row).get().body
    assert "offentliga version" in Client().get(address).content.decode()
    assert client_as("registrar").get(paper).content == bytes(row.adjustment.paper.file.content)
    Publication.objects.filter(pk=publication.pk).update(withdrawn_at=timezone.now())
    assert Client().get(paper).status_code == 302


def test_the_whole_protocol_holds_what_was_adjusted_at_once(meeting, secretary):
    early = meeting.paragraphs.get()
    early.is_behind_closed_doors = True
    early.save()
    at_once = factories.adjustment(meeting, early, is_immediate=True)
    late = decide(meeting, "Akten")
    rest = factories.adjustment(meeting, late)

    assert reading.protocol_holds_secrets(at_once)
    assert reading.protocol_holds_secrets(rest)


def test_a_revoked_link_says_so_and_opens_nothing(meeting, secretary, client_as):
    row, address = sent(meeting, secretary)
    actions.revoke_link(row, " fel  adress ", by=secretary)

    page = Client().get(address)
    assert page.status_code == 410
    words = page.content.decode()
    assert "återkallad" in words
    assert "fel adress" not in words  # the reason is the secretary's own
    assert row.paragraph.title not in words
    assert Client().get(address.rstrip("/") + ".pdf").status_code == 302
    assert client_as("registrar").get(address.rstrip("/") + ".pdf").status_code == 302
    Client().post(address, {"confirmed_by": "Viveka"})
    row.refresh_from_db()
    assert (row.confirmed_on, row.link_revoked_by, row.link_revoked_because) == (None, secretary, "fel adress")
    assert Event.objects.get(verb="dispatch.link_revoked").data["reason"] == "fel adress"


def test_a_link_is_revoked_once_with_a_reason_by_who_writes_the_protocol(meeting, secretary):
    row, _ = sent(meeting, secretary)
    with pytest.raises(Refused, match="varför"):
        actions.revoke_link(row, " ", by=secretary)
    with pytest.raises(Refused):
        actions.revoke_link(row, "fel", by=factories.user("member"))
    actions.revoke_link(row, "fel", by=secretary)
    with pytest.raises(Refused, match="redan"):
        actions.revoke_link(row, "fel", by=secretary)
    with pytest.raises(Refused, match="ingen länk"):
        actions.revoke_link(meeting.dispatches.get(recipient="Akten"), "fel", by=secretary)
