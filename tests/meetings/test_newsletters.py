"""Newsletters: what is proposed, what must not be said, whom they go to, how they read, and leaving the list."""

from datetime import date

import pytest
from django.urls import reverse

from enamnd.journal.models import key_of
from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from meetings.actions import newsletter_readers as readers
from meetings.actions import newsletters as actions
from meetings.forms.newsletters import LATEST
from meetings.models import Newsletter, NewsletterReader, Paragraph
from meetings.newsletters import proposals, receivers
from meetings.newsletters.as_letter import as_letter
from meetings.publishing.masking import ADDRESS, ADDRESS_GROUND
from meetings.text.sections import Conflict
from tests import factories

TITLE, SECRET = "Nytt från nämnden", "Avskedande av en namngiven medarbetare"


@pytest.fixture
def secretary(db):
    factories.board()
    return factories.user("secretary")


def written(by, html="<p>Hej på er.</p>", meeting=None) -> Newsletter:
    made = actions.begin_newsletter(TITLE, meeting, by=by)
    return actions.save_text(made, 1, html, by=by)


def decided(paragraph: Paragraph, text: str) -> Paragraph:
    paragraph.sections = [factories.decision(text)]
    paragraph.save()
    return paragraph


def test_a_letter_keeps_the_order_of_the_text_and_writes_addresses_out():
    markup = (
        '<h4>Beslut</h4><h5>§ 1 Budget</h5><p>Se <a href="/protokoll/7/">protokollet</a> &amp; <strong>mer</strong>.'
        "</p>"
        "<ul><li><p>ett</p><ol><li><p>under</p></li></ol></li><li><p>två</p></li></ul>"
        "<table><tbody><tr><th><p>Kommun</p></th><td><p>1</p></td></tr></tbody></table>"
        '<p><a href="mailto:lo@nor.example">lo@nor.example</a></p>'
    )

    assert as_letter(markup, "https://portalen.example/").split("\n") == [
        "BESLUT",
        "",
        "§ 1 Budget",
        "Se protokollet (https://portalen.example/protokoll/7/) & mer.",
        "",
        "- ett",
        "  1. under",
        "- två",
        "",
        "Kommun | 1",
        "",
        "lo@nor.example",
    ]


def test_decisions_are_proposed_of_an_adjusted_protocol_and_never_what_is_not_for_all(secretary):
    meeting = factories.meeting(paragraphs=4)
    told, closed, masked, in_case = meeting.paragraphs.all()
    for each in (told, closed, masked, in_case):
        decided(each, f"Nämnden beslutar om {each.title}.")
    assert proposals.decided_at(meeting) == []  # not adjusted yet

    document = factories.document(secrecy="19 kap. 1 § OSL")
    Paragraph.objects.filter(pk=closed.pk).update(is_behind_closed_doors=True)
    Paragraph.objects.filter(pk=in_case.pk).update(case=document.case)
    adjustment = factories.adjustment(meeting)
    masks = [{"paragraph": f"p{masked.pk}", "text": "", "reason": "Sekretess", "ground": "21 kap. OSL"}]
    factories.publication(adjustment, masks=masks, content=adjustment.content)

    assert [each.key for each in proposals.decided_at(meeting)] == [f"p{told.pk}"]
    html = proposals.decisions_html(meeting, [f"p{each.pk}" for each in meeting.paragraphs.all()])
    assert f"Nämnden beslutar om {told.title}." in html
    assert closed.title not in html
    assert masked.title not in html
    assert meeting.place in proposals.coming_html(meeting.held_on)
    assert meeting.place not in proposals.coming_html(meeting.held_on, after=meeting)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Ring Lo, 811218-9876.", "personnummer"),
        (f"Nämnden har fått {SECRET.lower()}.", "sekretessmarkerad"),
        ("Nämnden beslutar att säga upp avtalet med leverantören genast.", "stängda dörrar"),
        ("Det gäller Kim Hemlig i Granvik.", "maskad i protokollet"),
        ("Skriv till lo@nor.example.", None),
        ("Alla mår bra.", None),
    ],
)
def test_what_not_everybody_may_know_is_not_sent(said, why, secretary):
    factories.document(title=SECRET, secrecy="39 kap. 2 § OSL")
    meeting = factories.meeting(paragraphs=2)
    closed = decided(meeting.paragraphs.first(), "Nämnden beslutar att säga upp avtalet med leverantören genast.")
    Paragraph.objects.filter(pk=closed.pk).update(is_behind_closed_doors=True)
    key = f"p{meeting.paragraphs.last().pk}"
    factories.publication(
        factories.adjustment(meeting),
        masks=[
            {"paragraph": key, "text": "Kim Hemlig", "reason": "Skyddad", "ground": "21 kap. 3 § OSL"},
            {"paragraph": key, "text": "lo@nor.example", "reason": ADDRESS, "ground": ADDRESS_GROUND},
        ],
    )
    readers.add_reader("Lo", "lo@nor.example", by=secretary)
    draft = written(secretary, f"<p>{said}</p>")

    if why is None:
        assert len(actions.send_newsletter(draft, [receivers.MAILING_LIST], by=secretary)) == 1
        return
    with pytest.raises(Refused) as refusal:
        actions.send_newsletter(draft, [receivers.MAILING_LIST], by=secretary)
    assert why in " ".join(refusal.value.lines)
    assert not Letter.objects.exists()
    draft.refresh_from_db()
    assert draft.sent_at is None


def test_each_address_gets_one_letter_and_who_comes_later_gets_the_same(secretary, django_assert_num_queries):
    body = factories.body()
    lo = factories.person("Lo Ledamot", email="Lo@nor.example")
    factories.mandate(factories.seat(body), person=lo)
    factories.mandate(factories.seat(body), person=factories.person("Utan Adress", email=""))
    group = factories.body(kind="preparatory")
    factories.office(group, "secretary", person=factories.person("Siv Sekreterare", email="siv@nor.example"))
    grant = factories.user("preparatory", person=factories.person("Bo Beredare")).grants.get()
    readers.add_reader("Lo igen", "LO@nor.example", by=secretary)
    with django_assert_num_queries(6):
        groups = {each.key: each for each in receivers.groups_on(date.today())}
    assert groups[f"organ-{body.pk}"].without == ("Utan Adress",)
    assert [(each.name, each.capacity) for each in groups[f"organ-{group.pk}"].people] == [
        ("Bo Beredare", f"representant för {grant.municipality}, {group}"),
        ("Siv Sekreterare", f"sekreterare, {group}"),
    ]
    draft = written(secretary)

    (copy,) = actions.send_newsletter(draft, [f"organ-{body.pk}", receivers.MAILING_LIST], by=secretary)
    assert (copy.name, copy.email) == ("Lo Ledamot", "lo@nor.example")
    letter = Letter.objects.get(about=key_of(copy))
    assert "Hej på er." in letter.body
    assert reverse("public:newsletter", args=[draft.pk]) in letter.body

    with pytest.raises(Refused, match="redan fått"):
        actions.send_newsletter(draft, [receivers.MAILING_LIST], by=secretary)
    readers.add_reader("Nya", "nya@nor.example", by=secretary)
    (later,) = actions.send_newsletter(draft, [receivers.MAILING_LIST], by=secretary)
    assert later.email == "nya@nor.example"
    with pytest.raises(Refused, match="ändras inte mer"):
        actions.save_text(draft, 2, "<p>Annat.</p>", by=secretary)


def test_two_who_write_at_once_both_keep_their_words(secretary):
    other = factories.user("coordinator")
    draft = written(secretary)

    with pytest.raises(Conflict):
        actions.save_text(draft, 1, "<p>Mitt.</p>", by=other)
    kept = actions.settle_text(draft, "theirs", 2, "<p>Mitt.</p>", by=other)

    assert kept.html == "<p>Hej på er.</p>"
    assert "<p>Mitt.</p>" in {each.html for each in kept.history.all()}


def test_an_earlier_text_comes_back_without_the_later_one_being_lost(secretary):
    draft = actions.give_text(written(secretary, "<p>Först.</p>"), "<p>Beslut.</p>", "beslut", by=secretary)
    draft = actions.save_text(draft, draft.revision, "<p>Allt omskrivet.</p>", by=secretary)

    draft = actions.save_text(draft, draft.revision, "<p>Först.</p>", by=secretary)

    assert draft.html == "<p>Först.</p>"
    assert "<p>Allt omskrivet.</p>" in {each.html for each in draft.history.all()}


def test_everybody_reads_what_is_sent_and_nobody_a_draft_or_what_is_withdrawn(secretary, client, client_as):
    readers.add_reader("Lo", "lo@nor.example", by=secretary)
    draft = written(secretary, "<h4>Nytt</h4><p>Hej på er.</p>")
    address = reverse("public:newsletter", args=[draft.pk])
    assert client.get(address).status_code == 404

    actions.send_newsletter(draft, [receivers.MAILING_LIST], by=secretary)
    assert "<h2>Nytt</h2>" in client.get(address).content.decode()
    assert TITLE in client.get(reverse("public:newsletter_feed")).content.decode()

    answer = client_as("coordinator").post(
        reverse("meetings:newsletter_withdrawal", args=[draft.pk]), {"because": "Fel"}
    )
    assert answer.status_code == 302
    assert client.get(address).status_code == 404
    assert TITLE not in client.get(reverse("public:newsletter_list")).content.decode()


def test_the_link_in_the_letter_takes_its_reader_off_the_list(secretary, client):
    reader = readers.add_reader("Lo", "lo@nor.example", by=secretary)
    with pytest.raises(Refused, match="redan på sändlistan"):
        readers.add_reader("Lo två", "LO@nor.example", by=secretary)
    actions.send_newsletter(written(secretary), [receivers.MAILING_LIST], by=secretary)
    address = reverse("public:newsletter_leaving", args=[receivers.token_of(reader)])
    assert address in Letter.objects.get().body

    assert client.get(address).status_code == 200
    assert NewsletterReader.objects.get().left_at is None  # a mail program that follows links takes nobody off
    assert client.post(address).status_code == 200
    assert client.post(address).status_code == 200
    assert NewsletterReader.objects.get().left_at
    assert client.get(reverse("public:newsletter_leaving", args=["1.gissat"])).status_code == 404


def test_a_draft_that_may_not_be_sent_says_why_with_the_text_still_there(secretary, client_as):
    readers.add_reader("Lo", "lo@nor.example", by=secretary)
    draft = written(secretary, "<p>Ring 811218-9876.</p>")
    client = client_as("secretary")

    page = client.post(reverse("meetings:newsletter_sending", args=[draft.pk]), {"groups": ["sandlista"]})

    assert page.status_code == 422
    assert "811218-… är ett personnummer" in page.content.decode()
    assert "Ring 811218-9876." in client.get(draft.get_absolute_url()).content.decode()


def test_one_begins_after_the_meeting_that_one_comes_from(secretary, client_as):
    old = factories.meeting(held_on=date(2001, 3, 1))
    for _ in range(LATEST):
        factories.meeting(body=old.body)
    client = client_as("secretary")

    page = client.get(reverse("meetings:newsletter_new"), {"efter": old.pk}).content.decode()

    assert f'<option value="{old.pk}" selected>' in page
    client.post(reverse("meetings:newsletter_new"), {"title": TITLE, "meeting": old.pk})
    assert Newsletter.objects.get().meeting == old
    assert client.get(reverse("meetings:newsletter_new"), {"efter": "²"}).status_code == 200
