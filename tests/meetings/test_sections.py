import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.refusal import Refused
from meetings.text import sections as s

A = s.Section("a", "decision", "Beslut", items=(s.Item("Godkänna budgeten"),))
B = s.Section("b", "text", "Sammanfattning av ärendet", "<p>text</p>", revision=3, edited_by=7)
C = s.Section("c", "documents", "Beslutsunderlag", items=(s.Item("Kf 41", document=9),))
ALL = (A, B, C)

ids = st.none() | st.integers(1, 99)
items = st.builds(lambda text, document: s.Item(text, document=document), st.text(max_size=9), ids)
contents = st.one_of(
    st.builds(lambda html: {"html": html}, st.text(max_size=20)),
    st.builds(lambda found: {"html": "", "items": tuple(found)}, st.lists(items, max_size=3)),
)


def keys(sections):
    return [section.key for section in sections]


@given(st.lists(st.tuples(st.sampled_from(sorted(s.KINDS)), contents, ids), max_size=5))
def test_what_is_kept_comes_back_as_it_was(found):
    sections = tuple(
        s.Section(f"k{at}", kind, "Rubrik", edited_by=by, **content) for at, (kind, content, by) in enumerate(found)
    )

    assert s.from_json(json.loads(json.dumps(s.to_json(sections)))) == sections


def test_a_section_keeps_either_items_or_html():
    decision, summary, _ = s.to_json(ALL)

    assert decision["items"] == [{"text": "Godkänna budgeten"}]
    assert "html" not in decision
    assert "items" not in summary


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ({}, "Avsnitten ska vara en lista"),
        (["x"], "avsnitt 1: har fel form"),
        ([{"key": "a", "kind": "text"}], "avsnitt 1: har fel form (heading)"),
        ([{"key": "a", "kind": "text", "heading": "R", "colour": 1}], "avsnitt 1: har fel form (colour)"),
        ([{"key": "a", "kind": "poem", "heading": "R"}], "avsnitt 1: sorten ”poem” finns inte"),
        ([{"key": "", "kind": "text", "heading": "R"}], "avsnitt 1: saknar nyckel"),
        ([{"key": "a", "kind": "text", "heading": "R", "html": "", "items": []}], "har både text och punkter"),
        ([{"key": "a", "kind": "text", "heading": "R", "items": [{"txt": "x"}]}], "avsnitt 1, punkt 1: har fel form"),
        ([{"key": "a", "kind": "text", "heading": "R"}] * 2, "Två avsnitt har samma nyckel"),
    ],
)
def test_what_is_not_sections_is_refused(kept, reason):
    with pytest.raises(Refused) as refused:
        s.from_json(kept)
    assert reason in str(refused.value)


def test_an_item_belongs_to_one_thing_at_most():
    with pytest.raises(Refused, match="hör till flera saker"):
        s.add((), s.new_section("recipients", "Skickas till", items=[s.Item("Boden", municipality=1, body=2)]))


def test_new_content_counts_the_revision_and_says_who_and_when():
    after = s.replace_content(ALL, "b", 3, html="<p>ny</p>", by=8, at="2022-06-22T13:05:00+02:00")

    assert after == (A, s.Section("b", "text", B.heading, "<p>ny</p>", None, 4, 8, "2022-06-22T13:05:00+02:00"), C)


def test_items_may_take_the_place_of_html():
    after = s.replace_content(ALL, "b", 3, items=[s.Item("ett")])

    assert (after[1].items, after[1].html) == ((s.Item("ett"),), "")


@pytest.mark.parametrize("base", [1, 2, 4])
def test_the_second_writer_gets_the_newer_text_and_nothing_changes(base):
    with pytest.raises(s.Conflict) as conflict:
        s.replace_content(ALL, "b", base, html="<p>min</p>")
    assert conflict.value.current == B


def test_the_same_text_is_no_change_and_no_conflict():
    assert s.replace_content(ALL, "b", 1, html="<p>text</p>", by=8) is ALL


def test_a_removed_section_cannot_be_written_in():
    left = s.remove(ALL, "b")

    assert keys(left) == ["a", "c"]
    with pytest.raises(Refused, match="finns inte längre"):
        s.replace_content(left, "b", 3, html="<p>x</p>")


@pytest.mark.parametrize(("index", "order"), [(0, "xabc"), (2, "abxc"), (None, "abcx")])
def test_a_section_is_added_where_it_should_stand(index, order):
    assert keys(s.add(ALL, s.Section("x", "text", "Tillägg"), index)) == list(order)


@pytest.mark.parametrize(
    ("key", "to", "order"), [("a", 2, "bca"), ("c", 0, "cab"), ("b", 1, "abc"), ("a", 99, "bca"), ("c", -5, "cab")]
)
def test_a_section_is_moved_among_the_others(key, to, order):
    assert keys(s.move(ALL, key, to)) == list(order)


def test_a_heading_is_changed_but_never_to_nothing():
    assert s.rename(ALL, "b", "  Bakgrund  och syfte ")[1].heading == "Bakgrund och syfte"
    with pytest.raises(Refused, match="saknar rubrik"):
        s.rename(ALL, "b", "  ")


def test_new_sections_have_keys_of_their_own():
    assert len({s.new_section("text", "R").key for _ in range(500)}) == 500


def test_a_new_paragraph_starts_with_the_boards_own_words():
    started = s.starting_sections({"decision": "E-nämndens beslut"})

    assert [(each.kind, each.heading, each.is_list) for each in started] == [
        ("decision", "E-nämndens beslut", True),
        ("text", "Sammanfattning av ärendet", False),
        ("documents", "Beslutsunderlag", True),
        ("recipients", "Beslutet skickas till", True),
    ]
    s.check(started)


@pytest.mark.parametrize(("name", "index"), [("decision", 0), ("meeting", 2), ("documents", 2), ("recipients", 3)])
def test_a_standard_section_goes_where_the_default_order_has_it(name, index):
    standard = next(each for each in s.standards() if each.name == name)

    assert s.default_index(ALL if name == "recipients" else (A, B), standard) == index


def test_a_free_section_goes_last():
    assert s.default_index(ALL, s.FREE) == 3
