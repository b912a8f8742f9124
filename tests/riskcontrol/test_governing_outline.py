"""Numbers of headings, what is left to fill in, templates, footnotes and captions: plain functions."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.refusal import Refused
from riskcontrol.governing.default_kinds import usual_kinds
from riskcontrol.governing.notes import Counter, with_captions, with_notes
from riskcontrol.governing.numbering import Heading, check_levels, numbers_of
from riskcontrol.governing.placeholders import placeholders_in
from riskcontrol.governing.row_changes import compare_rows
from riskcontrol.governing.template import filled, next_years, read_template

BOARDS = Path(__file__).parents[2] / "enamnd" / "organisation" / "boards"


def headings(*levels, unnumbered=()):
    return [Heading(level, f"Rubrik {at}", at not in unnumbered) for at, level in enumerate(levels)]


@pytest.mark.parametrize(
    ("levels", "unnumbered", "numbers"),
    [
        ((1, 2, 2, 1), (), ["1", "1.1", "1.2", "2"]),
        ((1, 2, 3, 3, 2, 1, 2), (), ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"]),
        # an unnumbered top heading with numbered ones under it counts without being printed
        ((1, 2, 3, 1), (0,), ["", "1.1", "1.1.1", "2"]),
        # without any it takes no place
        ((1, 1, 1), (0,), ["", "1", "2"]),
        ((1, 2, 1), (0, 1), ["", "", "1"]),
        ((), (), []),
    ],
)
def test_headings_are_numbered(levels, unnumbered, numbers):
    assert numbers_of(headings(*levels, unnumbered=unnumbered)) == numbers


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=30))
def test_no_number_is_printed_twice_where_levels_hang_together(rows):
    found = [Heading(level, "x", is_numbered) for level, is_numbered in rows]
    try:
        check_levels(found)
    except Refused:
        return
    printed = [number for number in numbers_of(found) if number]

    assert len(printed) == len(set(printed))
    assert not any("0" in number.split(".") for number in printed)


@pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 1, 3), (4,)])
def test_a_heading_that_hangs_in_the_air_is_refused(levels):
    with pytest.raises(Refused, match="Rubrik") as refusal:
        check_levels(headings(*levels))
    assert refusal.value.field == "level"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Från <Ange månad> behövs", ("<Ange månad>",)),
        ("Beslutad xxxx-xx-xx § xx av nämnden", ("xxxx-xx-xx § xx",)),
        ("Beslutad XXXX-XX-XX", ("XXXX-XX-XX",)),
        ("enligt § xx", ("§ xx",)),
        ("[Beskriv uppdraget] och […]", ("[Beskriv uppdraget]", "[…]")),
        ("lagen [fotnot: Kommunallagen 9 kap.] gäller", ()),
        ("3 < 4 och 5 > 2; § 12, 2022-06-22; xxl", ()),
    ],
)
def test_what_is_left_to_fill_in_is_found(text, found):
    assert placeholders_in(text) == found


def test_a_template_is_read_with_year_and_names_put_in():
    rows = [
        {"heading": "Basfakta", "numbered": False},
        {"heading": "Budget {year}", "level": 2, "blocks": ["budget", {"block": "wheel", "caption": "Hjul {year}"}]},
    ]
    made = filled(read_template(rows), {"year": "2027"})

    assert [each.heading for each in made] == ["Basfakta", "Budget 2027"]
    assert [(each.block, each.caption) for each in made[1].blocks] == [("budget", ""), ("wheel", "Hjul 2027")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({}, "lista"),
        ([{"level": 1}], "avsnitt 1: rubrik saknas"),
        ([{"heading": "A"}, {"heading": "B", "level": 7}], "avsnitt 2: nivån"),
        ([{"heading": "A", "text": "<script>x</script>"}], "avsnitt 1: taggen <script>"),
        ([{"heading": "A", "blocks": [{"caption": "x"}]}], "avsnitt 1: en levande del"),
        ([{"heading": "A", "level": 2}], "”A” kan inte stå på nivå 2"),
    ],
)
def test_a_template_that_cannot_be_read_says_where(rows, words):
    with pytest.raises(Refused, match=words):
        read_template(rows)


def test_every_template_of_ours_can_be_read():
    boards = [json.loads(file.read_text(encoding="utf-8")) for file in BOARDS.glob("*.json")]
    kinds = [*usual_kinds(), *(kind for board in boards for kind in board.get("governing_kinds", []))]

    assert {each["key"] for each in kinds} >= {
        *("verksamhetsplan", "internkontrollplan", "delarsrapport", "verksamhetsberattelse"),
        *("delegationsordning", "reglemente", "samverkansavtal"),
    }
    assert all(read_template(each["structure"]) for each in kinds)


def test_the_year_of_a_heading_goes_on_with_the_document():
    assert next_years("Internkontrollplan 2026 och riskanalys", 2026, 2027) == "Internkontrollplan 2027 och riskanalys"
    assert next_years("Ärende 20261", 2026, 2027) == "Ärende 20261"


def test_rows_of_a_table_are_compared_by_what_they_begin_with():
    old = "Nr\tRisk\tVärde\n1\tPengar saknas\t9\n2\tFolk slutar\t4\n3\tStrömmen går\t6"
    new = "Nr\tRisk\tVärde\n1\tNy lag\t4\n2\tPengar saknas\t9\n3\tStrömmen går\t8"
    found = compare_rows(old, new)

    assert found.same == 2, "rubrikraden, och den som bara har fått ett annat löpnummer"
    shown = [[(change.op, change.text) for change in row] for row in found.rows]
    assert shown == [
        [("added", "Ny lag · 4")],
        [("removed", "Folk slutar · 4")],
        [("same", "Strömmen går ·"), ("removed", "6"), ("added", "8")],
    ]
    assert compare_rows(old, old).rows == ()


def test_lines_that_begin_otherwise_are_compared_in_their_places():
    (row,) = compare_rows("Tre möten hölls.", "Fyra möten hölls.").rows

    assert [(change.op, change.text) for change in row] == [
        ("removed", "Tre"),
        ("added", "Fyra"),
        ("same", "möten hölls."),
    ]


ROWS = st.lists(st.sampled_from(["a\tx", "a\ty", "b\tx", "b", "c\tx"]))


@given(ROWS, ROWS)
def test_no_word_is_lost_when_two_tables_are_compared(old, new):
    rows = compare_rows("\n".join(old), "\n".join(new)).rows
    changes = [change for row in rows for change in row]
    added, removed = (sum(len(each.text.split()) for each in changes if each.op == op) for op in ("added", "removed"))

    assert words_in(new) - words_in(old) == added - removed
    assert bool(rows) == (old != new)


def words_in(rows) -> int:
    return sum(len(each.replace("\t", " · ").split()) for each in rows)


def test_footnotes_and_captions_are_made_of_what_is_written():
    counter = Counter()
    html = "<p>Lag [fotnot: KL 9 kap.].</p><p>Tabell: Belopp</p><table><tr><td>1</td></tr></table>"

    assert with_notes(html).startswith('<p>Lag<span class="footnote">KL 9 kap.</span>.</p>')
    assert "<table><caption>Tabell 1. Belopp</caption>" in with_captions(html, counter)
    assert "<caption>Tabell 2. Budget</caption>" in with_captions("<table><tr></tr></table>", counter, "Budget")
