"""Protocol text in a plain text box: what can be shown as lines, and what never gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.text.markup import problems_in
from meetings.text.plain_editing import as_lines, as_source, from_lines, from_source

LINES = st.lists(st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=12), max_size=6)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("", ""),
        ("<p>Ett.</p><p>A &lt; B &amp; C</p>", "Ett.\n\nA < B & C"),
        ("<p>Att:</p><ul><li><p>ett</p></li><li><p>två</p></li></ul>", "Att:\n\n- ett\n- två"),
        ("<p><strong>Fet</strong></p>", None),
        ("<h4>Rubrik</h4>", None),
        ("<table><tbody><tr><td><p>1</p></td></tr></tbody></table>", None),
        ("<ul><li><p>ett</p><ul><li><p>inuti</p></li></ul></li></ul>", None),
        ("<ol><li><p>ett</p></li></ol>", None),
        ("<ul><li><p>ett</p></li></ul><ul><li><p>annan lista</p></li></ul>", "- ett\n\n- annan lista"),
        ("<p>- inte en punkt</p>", None),
    ],
)
def test_text_is_shown_as_lines_when_nothing_of_it_is_lost_on_the_way_back(markup, lines):
    assert as_lines(markup) == lines
    assert lines is None or from_lines(lines) == markup


@given(LINES)
def test_whatever_is_typed_as_lines_is_protocol_text(lines):
    assert problems_in(from_lines("\n".join(lines))) == ()


def test_the_markup_itself_comes_back_from_its_text_box_as_it_was():
    markup = "<p>Ett <strong>två</strong></p><table><tbody><tr><th><p>A</p></th><td><p>1</p></td></tr></tbody></table>"

    assert as_source(markup).count("\n") > 4
    assert from_source(as_source(markup).replace("\n", "\r\n")) == markup
