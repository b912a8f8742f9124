import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from meetings.text.comparison import Change, Version, _common, compare, compare_words
from meetings.text.sections import TEXT, Item, Section

words = st.lists(st.sampled_from(["att", "nämnden", "beslutar", "i", "\n", "budget", "2023", "godkänna"]), max_size=30)


def section(key, html="<p>text</p>", **more):
    return Section(key, TEXT, more.pop("heading", f"Rubrik {key}"), html, **more)


def version(*sections, title="Budget 2023", case="2022/13-2.2.0.1"):
    return Version(title, case, sections)


def taken(changes, *ops):
    return [word for change in changes if change.op in ops for word in change.text.split()]


def longest(one, other):
    """Length of a longest common subsequence, by the textbook."""
    row = [0] * (len(other) + 1)
    for word in one:
        previous, row = row, [0]
        for at, against in enumerate(other):
            row.append(previous[at] + 1 if word == against else max(row[at], previous[at + 1]))
    return row[-1]


def test_changed_words_stand_between_the_words_that_stayed():
    assert compare_words("nämnden godkänner budgeten för 2022", "nämnden avslår budgeten för 2023") == (
        Change("same", "nämnden"),
        Change("removed", "godkänner"),
        Change("added", "avslår"),
        Change("same", "budgeten för"),
        Change("removed", "2022"),
        Change("added", "2023"),
    )


def test_a_new_text_is_all_added_and_an_emptied_one_all_removed():
    assert compare_words("", "två ord") == (Change("added", "två ord"),)
    assert compare_words("två ord", "") == (Change("removed", "två ord"),)
    assert compare_words("", "") == ()


def test_a_lone_short_word_is_not_kept_between_two_changes():
    assert compare_words("gamla ord i texten här", "andra saker i raden här") == (
        Change("removed", "gamla ord i texten"),
        Change("added", "andra saker i raden"),
        Change("same", "här"),
    )


@given(words, words)
def test_both_texts_can_be_read_out_of_the_changes(old, new):
    changes = compare_words(" ".join(old), " ".join(new))

    assert taken(changes, "same", "removed") == " ".join(old).split()
    assert taken(changes, "same", "added") == " ".join(new).split()


@given(words, words)
def test_as_many_words_as_possible_are_kept(old, new):
    pairs = _common(old, new)

    assert len(pairs) == longest(old, new)
    assert all(old[one] == new[other] for one, other in pairs)
    assert pairs == sorted(set(pairs))
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)


def test_ten_pages_that_were_all_rewritten_are_compared_at_once():
    old = " ".join(f"ord{at * 7919 % 1500}" for at in range(4000))
    new = " ".join(f"ord{at * 104729 % 1500}" for at in range(4000))

    began = time.process_time()
    changes = compare_words(old, new)

    assert time.process_time() - began < 0.5
    assert {change.op for change in changes} == {"same", "removed", "added"}


def test_equal_versions_are_the_same():
    assert compare(version(section("a")), version(section("a"))).is_same


def test_title_and_case_are_compared():
    found = compare(version(title="Budget 2022"), version(title="Budget 2023"))

    assert found.title == (Change("same", "Budget"), Change("removed", "2022"), Change("added", "2023"))
    assert found.case == (Change("same", "2022/13-2.2.0.1"),)
    assert not found.is_same


def test_added_and_removed_sections_stand_where_they_stood():
    found = compare(
        version(section("a"), section("b"), section("c")), version(section("a"), section("c"), section("d"))
    )

    assert [(each.key, each.status) for each in found.sections] == [
        ("a", "same"),
        ("b", "removed"),
        ("c", "same"),
        ("d", "added"),
    ]
    assert found.sections[1].words == (Change("removed", "text"),)


def test_one_moved_section_is_moved_and_the_others_are_not():
    a, b, c = section("a"), section("b"), section("c")

    found = compare(version(a, b, c), version(b, c, a))

    assert [(each.key, each.is_moved) for each in found.sections] == [("b", False), ("c", False), ("a", True)]
    assert not found.is_same


def test_a_renamed_section_shows_both_headings():
    (found,) = compare(version(section("a", heading="Förr")), version(section("a", heading="Nu"))).sections

    assert (found.status, found.heading, found.old_heading) == ("same", "Nu", "Förr")


def test_table_cells_and_items_are_compared_as_text():
    table = "<table><tbody><tr><td><p>A</p></td><td><p>{}</p></td></tr></tbody></table>"
    items = replace(section("b", html=""), items=(Item("Kf 41"),))

    found = compare(
        version(section("a", table.format(1)), items),
        version(section("a", table.format(2)), replace(items, items=(Item("Kf 41"), Item("Rev A")))),
    )

    assert found.sections[0].words == (Change("same", "A\t"), Change("removed", "1"), Change("added", "2"))
    assert taken(found.sections[1].words, "added") == ["Rev", "A"]
