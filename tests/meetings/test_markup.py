import html
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.text.markup import Block, blocks_of, clean, is_empty, link_references, plain_text, problems_in

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden" / "meeting_2022-06-22.json"

TABLE = (
    "<table><tbody><tr><th><p>Post</p></th><th><p></p></th></tr>"
    "<tr><td><p>A</p></td><td><p>1</p></td></tr></tbody></table>"
)
WHOLE = (
    "<h4>Mål</h4><p>Ett <strong>två</strong> <em>tre</em> <s>fyra</s> &amp; fem</p>"
    "<ul><li><p>punkt</p><ol><li><p>under</p></li></ol></li></ul>" + TABLE + "<blockquote><p>”citat”</p></blockquote>"
    '<h5>Länk</h5><p><a href="https://example.se/?a=1&amp;b=2">dit</a></p>'
)
NAMES = (
    *("p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "strong", "em", "s"),
    *("h1", "h4", "h5", "a", "b", "i", "div", "br", "span", "section"),
)
ODD_TAGS = ('<a href="/x">', '<a href="javascript:x">', '<td colspan="2">', '<th colspan="1">', "<p>\u00a0")

words = st.text("abåäö§ 12&<>\"'", min_size=1, max_size=6).map(html.escape)
tags = st.sampled_from(NAMES)


@st.composite
def soup(draw):
    """Tags of all kinds, opened and closed in any order, with words between them."""
    pieces = st.one_of(words, tags.map("<{}>".format), tags.map("</{}>".format), st.sampled_from(ODD_TAGS))
    return "".join(draw(st.lists(pieces, max_size=25)))


nested = st.recursive(
    words,
    lambda inner: st.builds("<{0}>{1}</{0}>".format, tags, st.lists(inner, max_size=4).map("".join)),
    max_leaves=20,
)


def letters(text):
    return sorted(re.findall(r"\S", html.unescape(re.sub(r"<[^>]*>", "", text))))


@pytest.fixture
def golden_texts():
    if not GOLDEN.exists():
        pytest.skip(f"the golden protocol is not at {GOLDEN}")
    paragraphs = json.loads(GOLDEN.read_text())["paragraphs"]
    return [section["html"] for each in paragraphs for section in each["sections"] if "html" in section]


def test_everything_that_the_format_lists_is_taken():
    assert problems_in(WHOLE) == ()
    assert problems_in("bara ord") == ()
    assert problems_in('<ol start="3"><li>tre</li></ol>') == ()


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ("<p><iframe></iframe></p>", "taggen <iframe> tas inte emot"),
        ("<p>rad<br>rad</p>", "taggen <br> tas inte emot"),
        ('<p onclick="x">a</p>', "attributet onclick på taggen <p> tas inte emot"),
        ('<p style="color: red">a</p>', "attributet style på taggen <p> tas inte emot"),
        ("<p>a", "taggen <p> stängs aldrig"),
        ("a</p>", "sluttaggen </p> har ingen början"),
        ("<p><strong>a</p></strong>", "taggen <strong> stängs inte före </p>"),
        ("<li>a</li>", "taggen <li> står utanför en lista"),
        ("<td>a</td>", "taggen <td> står på fel plats i eller utanför en tabell"),
        ("<p><p>a</p></p>", "taggen <p> får inte stå i <p>"),
        ("<p><ul><li>a</li></ul></p>", "taggen <ul> får inte stå i <p>"),
        ("<ul>a<li>b</li></ul>", "text får inte stå direkt i <ul>"),
        (f"<table><tr><td>{TABLE}</td></tr></table>", "tabell inuti tabell tas inte emot"),
        ("<p><a>x</a></p>", "taggen <a> saknar href"),
        ('<a href="/1"><strong><a href="/2">x</a></strong></a>', "länk inuti länk tas inte emot"),
        ('<table><tr><td colspan="0">a</td></tr></table>', "attributet colspan=”0” ska vara ett heltal från 1"),
        ("<p>1 < 2</p>", "tecknet < som inte hör till en tagg ska skrivas &lt;"),
        ("<p>a<!-- b --></p>", "kommentarer (<!-- -->) tas inte emot"),
        ("<p>a\x07</p>", "styrtecken tas inte emot i text"),
        ("<p/>", "taggen <p/> ska ha en sluttagg"),
    ],
)
def test_what_cannot_stand_in_a_protocol_is_named(markup, problem):
    assert problem in problems_in(markup)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "java\nscript:x",
        "&#106;avascript:x",
        "data:text/html,x",
        "//evil.se",
        "/\\evil.se",
        "file:///x",
    ],
)
def test_a_link_that_could_do_harm_is_refused(href):
    assert any("länken" in problem for problem in problems_in(f'<p><a href="{href}">x</a></p>'))
    assert clean(f'<p><a href="{href}">x</a></p>') == "<p>x</p>"


@pytest.mark.parametrize("href", ["https://x.se/a?b=c", "http://x.se", "mailto:a@b.se", "/moten/2022-06-22/", "#del"])
def test_links_to_the_web_to_mail_and_within_the_portal_are_taken(href):
    assert problems_in(f'<p><a href="{href}">x</a></p>') == ()
    assert clean(f'<p><a href="{href}">x</a></p>') == f'<p><a href="{href}">x</a></p>'


def test_the_golden_protocol_is_taken_and_comes_out_of_cleaning_as_it_was(golden_texts):
    for text in golden_texts:
        assert problems_in(text) == ()
        assert clean(text) == text


def test_clean_text_stays_as_it_is():
    assert clean(WHOLE) == WHOLE


@given(st.one_of(soup(), nested))
@settings(max_examples=300)
def test_cleaned_text_is_valid_and_cleaning_it_again_changes_nothing(markup):
    cleaned = clean(markup)

    assert problems_in(cleaned) == ()
    assert clean(cleaned) == cleaned


@given(st.one_of(soup(), nested))
@settings(max_examples=300)
def test_cleaning_loses_no_letter(markup):
    assert letters(clean(markup)) == letters(markup)


@pytest.mark.parametrize(
    ("markup", "cleaned"),
    [
        ("<p>a</p><p></p><p> </p>", "<p>a</p>"),
        ("<p>a</p><p></p><p>b</p>", "<p>a</p><p></p><p>b</p>"),
        ("<div>a<br>b</div>", "<p>a</p><p>b</p>"),
        ("<p><b>a<br>b</b></p>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
        ("<h1>a</h1><h6>b</h6>", "<h4>a</h4><h5>b</h5>"),
        ("<h4></h4><p>a</p>", "<p>a</p>"),
        ("<script>x()</script><p>a</p>", "<p>a</p>"),
        ('<p style="color:red"><span class="x">a</span></p>', "<p>a</p>"),
        ('<p><a href="https://x.se/a b">x</a></p>', '<p><a href="https://x.se/a%20b">x</a></p>'),
        (
            '<table><caption>T</caption><thead><tr><th colspan="1" rowspan="2">A</th></tr></thead>'
            "<tbody><tr><td></td></tr></tbody></table>",
            '<p>T</p><table><tbody><tr><th rowspan="2"><p>A</p></th></tr><tr><td><p></p></td></tr></tbody></table>',
        ),
        (
            "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>",
            "<table><tbody><tr><td><p>a</p><p>b</p><p>c</p></td></tr></tbody></table>",
        ),
        ("<li>a</li><li>b</li>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("", ""),
    ],
)
def test_what_editors_and_pastes_make_becomes_protocol_text(markup, cleaned):
    assert clean(markup) == cleaned


def test_very_deep_text_is_flattened_and_refused_but_never_breaks():
    deep = "<blockquote>" * 3000 + "ord" + "</blockquote>" * 3000

    assert plain_text(clean(deep)) == "ord"
    assert problems_in(clean(deep)) == ()
    assert any("nivåer" in problem for problem in problems_in(deep))


def test_plain_text_has_a_line_for_each_block_and_a_tab_between_cells():
    assert plain_text(f"<p>a &amp; <strong>b</strong></p>{TABLE}<ul><li><p>c</p><p>d</p></li></ul>") == (
        "a & b\nPost\t\nA\t1\nc\nd"
    )


def test_a_table_cell_is_one_block_with_its_row():
    assert blocks_of("<table><tr><th>A</th><td><p>x</p><p>y</p></td></tr></table><h4>R</h4>") == (
        Block("th", "A", 1),
        Block("td", "x\ny", 1),
        Block("h4", "R"),
    )


def test_empty_is_what_has_neither_words_nor_table():
    assert is_empty("")
    assert is_empty("<p></p><p>&nbsp;</p><ul><li><p></p></li></ul>")
    assert not is_empty("<p>a</p>")
    assert not is_empty("<table><tbody><tr><td><p></p></td></tr></tbody></table>")


def test_a_reference_becomes_a_link_when_its_target_exists_and_is_marked_when_not():
    addresses = {12: "/p/12?a&b"}

    shown = link_references("<p>se §&nbsp;12 &amp; § 28</p>", lambda reference: addresses.get(reference.first))

    assert shown == (
        '<p>se <a href="/p/12?a&amp;b">§\u00a012</a> &amp; '
        '<span class="reference-missing" title="Paragrafen finns inte i portalen">§ 28</span></p>'
    )


def test_references_within_links_and_attributes_are_left_alone():
    markup = '<p><a href="/x?§ 12">se <strong>§ 12</strong></a></p>'

    assert link_references(markup, lambda reference: "/p/12") == markup


def test_a_reference_that_wants_no_mark_is_left_as_it_is():
    assert link_references("<p>§ 3</p>", lambda reference: "") == "<p>§ 3</p>"


@given(soup())
@settings(max_examples=100)
def test_showing_references_changes_no_word(markup):
    cleaned = clean(markup)
    shown = link_references(cleaned, lambda reference: "/x" if reference.first % 2 else None)

    assert plain_text(shown.replace("<span", "<em").replace("</span", "</em")) == plain_text(cleaned)


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a b=", "<p", "&", "</", '<a href="', "<!-- <", "<strong>"])
def test_a_hundred_thousand_odd_characters_are_looked_through_at_once(piece):
    markup = piece * (100_000 // len(piece))
    began = time.process_time()

    assert problems_in(markup) or piece == "&"
    assert problems_in(clean(markup)) == ()
    assert time.process_time() - began < 5
