"""The public rendition: what it leaves out, who makes it, and how it is taken away."""

import io

import pikepdf
import pytest
from django.urls import reverse

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions import publishing
from meetings.adjusting.frozen import as_content, frozen_paper
from meetings.models import ExternalSignature, Publication
from meetings.paper.compose import compose_protocol
from meetings.publishing.masking import Mask
from tests import factories

pytestmark = pytest.mark.django_db
NUMBER = "811218-9876"
MASK = "Personnummer", "3 kap. 10 §"


@pytest.fixture
def secretary():
    return factories.user("secretary")


@pytest.fixture
def adjustment():
    """A protocol with a personal number in its first paragraph, signed elsewhere."""
    board = factories.board()
    meeting = factories.meeting(0)
    text = [factories.decision("bevilja ansökan"), factories.text_section(f"<p>Sökanden {NUMBER} bor här.</p>")]
    factories.paragraph(meeting, "Ansökan", number=1, sections=text)
    factories.paragraph(meeting, "Övrigt", number=2, sections=[factories.text_section("<p>Inget.</p>")])
    ExternalSignature.objects.create(meeting=meeting, name="KIM", at="2022-07-04", digest="a" * 64, algorithm="SHA256")
    return factories.adjustment(meeting, content=as_content(compose_protocol(meeting, board)))


def mask(adjustment, text=NUMBER, **changed) -> Mask:
    reason, ground = MASK
    return Mask(**{"paragraph": key(adjustment), "text": text, "reason": reason, "ground": ground} | changed)


def key(adjustment) -> str:
    return frozen_paper(adjustment).paragraphs[0].key


def test_the_public_file_is_tagged_and_says_neither_signatures_nor_what_was_masked(adjustment, secretary):
    made = publishing.publish(adjustment, [mask(adjustment)], by=secretary)

    content = bytes(made.paper.file.content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "sv"
        assert "/AcroForm" not in pdf.Root
    assert made.paper.is_public
    assert NUMBER not in str(made.content)
    assert "KIM" not in str(made.content)
    assert "Skäl: Personnummer (3 kap. 10 §)" in str(made.content)
    assert "sökanden" in made.search_text
    assert Event.objects.get(verb="publication.made").data["masks"] == 1


def test_a_personal_number_is_never_published(adjustment, secretary):
    with pytest.raises(Refused, match="personnummer kvar i § 1"):
        publishing.publish(adjustment, [], by=secretary)

    assert not Publication.objects.exists()


@pytest.mark.parametrize("missing", ["reason", "ground"])
def test_a_mask_tells_why_and_by_what_rule(adjustment, secretary, missing):
    with pytest.raises(Refused, match="skriv skälet och den bestämmelse"):
        publishing.publish(adjustment, [mask(adjustment, **{missing: " "})], by=secretary)


def test_a_mask_that_hides_nothing_is_refused(adjustment, secretary):
    with pytest.raises(Refused, match="står inte där"):
        publishing.publish(adjustment, [mask(adjustment), mask(adjustment, "något annat")], by=secretary)


def test_only_adjusted_protocols_are_published(adjustment, secretary):
    adjustment.adjusted_on = None
    adjustment.save()

    with pytest.raises(Refused, match="inte justerat"):
        publishing.publish(adjustment, [mask(adjustment)], by=secretary)


def test_others_do_not_publish(adjustment):
    with pytest.raises(Refused, match="saknar behörigheten"):
        publishing.publish(adjustment, [mask(adjustment)], by=factories.user("coordinator"))


def test_a_new_version_takes_the_place_of_the_old(adjustment, secretary):
    first = publishing.publish(adjustment, [mask(adjustment)], by=secretary)

    second = publishing.publish(adjustment, [mask(adjustment, "")], by=secretary)

    first.refresh_from_db()
    assert first.withdrawn_because == "Ersatt av en ny version"
    assert second.paper.replaces == first.paper


def test_what_is_withdrawn_says_why_and_is_withdrawn_once(adjustment, secretary):
    made = factories.publication(adjustment)

    with pytest.raises(Refused, match="Skriv varför"):
        publishing.withdraw_publication(made, because=" ", by=secretary)
    publishing.withdraw_publication(made, because="Fel namn", by=secretary)
    with pytest.raises(Refused, match="redan"):
        publishing.withdraw_publication(made, because="Fel namn", by=secretary)

    assert Event.objects.get(verb="publication.withdrawn").data["reason"] == "Fel namn"


# The page -------------------------------------------------------------------------------------------------------------


def page_of(adjustment) -> str:
    return reverse("meetings:publication", args=[adjustment.pk])


def filled(adjustment, *rows: dict) -> dict:
    data = {"masks-TOTAL_FORMS": len(rows), "masks-INITIAL_FORMS": 1}
    for at, row in enumerate(rows):
        data |= {f"masks-{at}-{name}": value for name, value in row.items()}
    return data


def row_for(adjustment, **changed) -> dict:
    reason, ground = MASK
    return {"is_on": "on", "paragraph": key(adjustment), "text": NUMBER, "reason": reason, "ground": ground} | changed


def test_the_page_proposes_what_looks_private(adjustment, client_as):
    answer = client_as("secretary").get(page_of(adjustment))

    assert "Portalen föreslår 1 maskning" in answer.content.decode()
    assert f"<mark>{NUMBER}</mark>" in answer.content.decode()


def test_a_look_shows_the_result_and_publishes_nothing(adjustment, client_as):
    data = filled(adjustment, row_for(adjustment)) | {"preview": "1"}

    answer = client_as("secretary").post(page_of(adjustment), data)

    assert "Så här blir den" in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_refusal_keeps_what_was_written(adjustment, client_as):
    data = filled(adjustment, row_for(adjustment, ground="", reason="Eget skäl"))

    answer = client_as("secretary").post(page_of(adjustment), data)

    assert answer.status_code == 400
    assert "skriv skälet och den bestämmelse" in answer.content.decode()
    assert "Eget skäl" in answer.content.decode()


def test_the_secretary_publishes_from_the_page(adjustment, client_as):
    empty = {"paragraph": "", "text": "", "reason": "", "ground": "", "is_on": "on"}

    answer = client_as("secretary").post(page_of(adjustment), filled(adjustment, row_for(adjustment), empty))

    assert answer.status_code == 302
    assert Publication.objects.get().masks[0]["text"] == NUMBER


def test_the_secretary_takes_it_away_with_a_reason(adjustment, client_as):
    factories.publication(adjustment)
    client = client_as("secretary")
    address = reverse("meetings:publication_withdrawal", args=[adjustment.pk])

    client.post(address, {"because": ""})
    assert Publication.objects.get().withdrawn_at is None
    client.post(address, {"because": "Fel namn"})
    assert Publication.objects.get().withdrawn_because == "Fel namn"
