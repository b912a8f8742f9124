"""A document that gets a secrecy mark is not named any more to those who may not know of it."""

import pytest
from django.urls import reverse

from enamnd.documents import actions as register
from meetings.actions import newsletters as newsletter_actions
from meetings.adjusting.frozen import as_content, frozen_paper
from meetings.exchange.exporting import export_meeting
from meetings.models import Newsletter
from meetings.newsletters import reading as newsletters
from meetings.paper.compose import compose_protocol
from meetings.publishing import reading
from meetings.publishing.masking import masked
from meetings.publishing.paper import MARKED_SINCE, proposed_masks, search_text
from meetings.text import sections
from tests import factories

TITLE, LAW = "Utredning om en namngiven medarbetare", "39 kap. 2 § OSL"


@pytest.fixture
def document(db):
    factories.board()
    return factories.document(title=TITLE)


@pytest.fixture
def secretary(document):
    return factories.user("secretary")


@pytest.fixture
def paragraph(document):
    """A paragraph whose documents name it."""
    made = factories.paragraph(factories.meeting(), case=document.case)
    named = sections.new_section(sections.DOCUMENTS, "Beslutsunderlag", items=[sections.Item(TITLE, document.pk)])
    made.sections = sections.to_json((named,))
    made.save()
    return made


def test_a_draft_names_it_by_its_number(document, paragraph, secretary, client_as):
    page = reverse("meetings:paragraph", args=[paragraph.meeting_id, paragraph.pk])
    versions = reverse("meetings:version_list", args=[paragraph.meeting_id, paragraph.pk])
    export = reverse("meetings:export", args=[paragraph.meeting_id])
    reader, keeper = client_as("member"), client_as("secretary")
    assert TITLE in reader.get(page).content.decode()

    register.mark_secret(document, LAW, by=secretary)

    for address in (page, export):
        told = reader.get(address).content.decode()
        assert TITLE not in told
        assert f"Handling {document.number}, med sekretess" in told
        assert TITLE in keeper.get(address).content.decode()
    assert reader.get(versions).status_code == 403
    assert keeper.get(versions).status_code == 200
    paper = compose_protocol(paragraph.meeting, factories.Board.objects.get())
    assert TITLE not in str(paper)
    assert TITLE in export_meeting(paragraph.meeting)


def test_what_was_published_is_held_back_until_it_is_masked(document, paragraph, secretary, client):
    adjustment = factories.adjustment(paragraph.meeting)
    frozen = frozen_paper(adjustment)
    published = factories.publication(adjustment, content=as_content(frozen), search_text=search_text(frozen))
    address = reverse("public:protocol", args=[published.pk])
    assert client.get(address).status_code == 200

    register.mark_secret(document, LAW, by=secretary)

    assert client.get(address).status_code == 404
    assert not reading.published().exists()
    assert TITLE not in client.get(reverse("public:protocol_feed")).content.decode()
    (mask,) = proposed_masks(adjustment, frozen)
    assert (mask.text, mask.reason, mask.ground) == (TITLE, MARKED_SINCE, LAW)
    type(published).objects.update(search_text=search_text(masked(frozen, [mask])))
    assert reading.published().exists()


def test_a_short_title_hides_nothing_that_only_uses_the_word(document, paragraph, secretary):
    type(document).objects.filter(pk=document.pk).update(title="Avtal")
    named = sections.new_section(sections.DOCUMENTS, "Beslutsunderlag", items=[sections.Item("Avtal", document.pk)])
    type(paragraph).objects.filter(pk=paragraph.pk).update(sections=sections.to_json((named,)))
    other = factories.paragraph(paragraph.meeting, title="Avtal om lokaler", sections=[factories.decision("Godkänna.")])
    adjustment = factories.adjustment(paragraph.meeting)
    frozen = frozen_paper(adjustment)
    published = factories.publication(adjustment, content=as_content(frozen), search_text=search_text(frozen))
    register.mark_secret(document, LAW, by=secretary)
    assert reading.held_back() == {published.pk}

    (mask,) = proposed_masks(adjustment, frozen)
    assert (mask.paragraph, mask.text) == (f"p{paragraph.pk}", "Avtal")
    hidden = masked(frozen, [mask])
    type(published).objects.update(content=as_content(hidden), search_text=search_text(hidden))

    assert other.title in str(hidden)
    assert reading.held_back() == set()


@pytest.mark.parametrize("facts", [{"html": "<p>Avtal med Ek &amp; Söner</p>"}, {"title": "Avtal med Ek & Söner"}])
def test_a_newsletter_that_names_it_is_no_longer_shown(facts, document, secretary):
    type(document).objects.filter(pk=document.pk).update(title="Avtal med Ek & Söner")
    factories.newsletter_reader()
    made = factories.newsletter(**facts)
    newsletter_actions.send_newsletter(made, ["sandlista"], by=secretary)
    assert newsletters.published().get() == made

    register.mark_secret(document, LAW, by=secretary)

    assert not newsletters.published().exists()
    assert Newsletter.objects.filter(withdrawn_at=None).exists()
