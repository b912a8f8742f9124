"""What is left to fill in, how text is set, the letters of revisions, and what two people wrote."""

import pytest

from projects.directive_text import Block, blocks_of, list_of, merged, next_letter, placeholders


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Klart <Ange datum> och <Ange  budget\n(timmar)>, <Ange datum>", ["<Ange datum>", "<Ange budget (timmar)>"]),
        ("<ange mål>", ["<ange mål>"]),
        ("Högst 3 < 5 och 7 > 6", []),
        ("a <- b -> c", []),
        ("< 5 000 kr>", []),
        ("", []),
    ],
)
def test_placeholders_are_found_and_signs_of_comparison_are_not(text, left):
    assert placeholders(text) == left


def test_revisions_have_letters_after_the_first():
    assert next_letter([]) == ""
    assert next_letter([""]) == "A"
    assert next_letter(["", "A", "B"]) == "C"
    assert next_letter(["", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]) == "AA"


def test_text_is_set_as_people_write_it():
    text = "Två rader\ni ett stycke.\n\nI fasen:\n- Plan\n• Krav\n\n1. Först\n2) Sedan\nSlut."

    assert blocks_of(text) == (
        Block("p", ("Två rader", "i ett stycke.")),
        Block("p", ("I fasen:",)),
        Block("ul", ("Plan", "Krav")),
        Block("ol", ("Först", "Sedan")),
        Block("p", ("Slut.",)),
    )
    assert list_of("ul", "- Ett\n\nTvå\n") == (Block("ul", ("Ett", "Två")),)
    assert list_of("ol", " \n") == ()


def test_what_each_has_changed_is_kept_and_what_both_have_is_told():
    base = {"1": "a", "2": "b", "3": "c", "4": "d"}
    theirs = {"1": "a", "2": "B", "3": "C", "4": "D", "5": "ny"}
    mine = {"1": "A", "2": "b", "3": "Z", "4": "D"}

    whole, both = merged(base, theirs, mine)

    assert whole == {"1": "A", "2": "B", "3": "Z", "4": "D", "5": "ny"}
    assert both == ["3"]
