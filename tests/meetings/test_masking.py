"""What is proposed for masking, and that what is masked is gone."""

import pytest

from meetings.paper.protocol import CoverRow, PaperGroup, PaperParagraph, PaperPerson, PaperSection, ProtocolPaper
from meetings.publishing.masking import MASKED, Mask, context_of, holds, left_numbers, masked, proposals, words_of

NUMBER = "811218-9876"  # the tax agency's own example


def paper(*sections: PaperSection, title="Stöd till elev", cover=(), people=()) -> ProtocolPaper:
    return ProtocolPaper(
        board_name="Nämnden",
        body_name="Nämnden",
        title="Protokoll 2022-06-22",
        date="2022-06-22",
        cover=(CoverRow("Plats och tid", tuple(cover)),),
        attendance=(PaperGroup("Ledamöter", tuple(PaperPerson(name, "Boden") for name in people)),),
        paragraphs=(PaperParagraph("p1", "§ 1", title, "", sections),),
        created_at="2022-06-22T12:00:00+02:00",
        author="Elin",
    )


def text(html: str) -> PaperSection:
    return PaperSection("Sammanfattning", "text", html=html)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (f"Sökanden ({NUMBER}) begär", NUMBER),
        ("nås på kim.provberg@example.org i dag", "kim.provberg@example.org"),
        ("ring 070-123 45 67 före", "070-123 45 67"),
        ("ring +46 920 45 30 00", "+46 920 45 30 00"),
        ("bor på Storgatan 12 B i Boden", "Storgatan 12 B"),
    ],
)
def test_what_points_at_a_private_person_is_proposed(written, found):
    (mask,) = proposals(paper(text(f"<p>{written}</p>")))

    assert (mask.paragraph, mask.text) == ("p1", found)
    assert mask.reason
    assert mask.ground


@pytest.mark.parametrize(
    "written",
    [
        "organisationsnummer 212000-2742",
        "ärende 2022/9-2.2.0.1",
        "1 177 400 kr fördelas på 14 kommuner",
        "den 22 juni 2022 kl. 13.00 - 14.40",
        "lagen (2018:218) 3 kap. 10 §",
        "Luleå kommun, Storgatan",
    ],
)
def test_what_points_at_nobody_is_left(written):
    assert proposals(paper(text(f"<p>{written}</p>"))) == []


def test_a_personal_number_cannot_be_declined():
    (mask,) = proposals(paper(text(f"<p>{NUMBER}</p>")))

    assert mask.is_required


def test_closed_doors_propose_the_whole_text_without_a_ground():
    (mask,) = proposals(paper(text("<p>Frågan</p>")), closed=["p1"])

    assert (mask.text, mask.ground) == ("", "")


def everywhere(found: ProtocolPaper) -> str:
    return repr(found)


def test_what_is_masked_is_gone_from_title_points_and_text():
    whole = paper(
        PaperSection(NUMBER, "decision", items=(f"bevilja {NUMBER}", "annat")),
        text(f"<p>Om <strong>{NUMBER}</strong> &amp; annat</p>"),
        title=f"Ansökan {NUMBER}",
    )

    result = masked(whole, [Mask("p1", NUMBER, "Personnummer", "lag")])

    assert NUMBER not in everywhere(result)
    assert f"<strong>{MASKED}</strong> &amp; annat" in result.paragraphs[0].sections[1].html


def test_a_link_that_says_the_masked_text_is_unmade():
    whole = paper(text('<p><a href="mailto:kim@example.org">kim@example.org</a></p>'))

    result = masked(whole, [Mask("p1", "kim@example.org", "Kontaktuppgift", "lag")])

    assert "kim@example.org" not in everywhere(result)


def test_names_on_the_cover_and_in_the_list_can_be_masked():
    whole = paper(cover=("Hemma hos Kim Provberg",), people=("Kim Provberg",))

    result = masked(whole, [Mask("", "Kim Provberg", "Skyddade uppgifter", "22 kap. 1 § OSL")])

    assert "Provberg" not in everywhere(result)


def test_a_whole_text_is_replaced_by_its_reason():
    whole = paper(text("<p>Hemligheten</p>"))

    result = masked(whole, [Mask("p1", "", "Sekretess", "21 kap. 1 § OSL <i>")])

    assert "Hemligheten" not in everywhere(result)
    assert "Sekretess (21 kap. 1 § OSL &lt;i&gt;)" in result.paragraphs[0].sections[0].html


def test_a_number_split_between_two_styles_is_still_found():
    whole = paper(text("<p>811218<strong>-9876</strong></p>"))

    assert left_numbers(whole) == ["§ 1"]
    assert not holds(whole, Mask("p1", NUMBER, "", ""))


def test_words_around_the_text_are_shown():
    before, found, after = context_of(paper(text(f"<p>Sökanden {NUMBER} begär</p>")), Mask("p1", NUMBER, "", ""))

    assert before.endswith("Sökanden ")
    assert found == NUMBER
    assert after.startswith(" begär")


def test_words_are_those_that_are_printed():
    assert words_of(paper(text("<p>Ett &amp; två</p>")).paragraphs[0]).endswith("Ett & två")
