from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.formats import count, decimal, grouped, listed, paragraph_range, swedish_key


def test_swedish_order_ends_with_å_ä_ö():
    ordered = ["Arjeplog", "Edgar", "Édith", "Piteå", "Zinkgruvan", "Åre", "Älvsbyn", "Överkalix", "Övertorneå"]

    mixed = [*ordered[4:], *ordered[:4]]

    assert sorted(mixed, key=swedish_key) == ordered


def test_capitals_accents_and_decomposed_letters_make_no_difference():
    assert swedish_key("LULEÅ") == swedish_key("luleå") == swedish_key("lulea\u030a")
    assert swedish_key("Café") == swedish_key("cafe")
    assert swedish_key("ä") != swedish_key("a")


def test_numbers_are_ordered_by_value():
    assert sorted(["§ 10", "§ 9", "§ 100"], key=swedish_key) == ["§ 9", "§ 10", "§ 100"]
    assert sorted(["2022/9-2.2", "2022/10-2.2", "2021/11-1"], key=swedish_key) == [
        "2021/11-1",
        "2022/9-2.2",
        "2022/10-2.2",
    ]


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_texts_can_be_ordered(one, other):
    assert (swedish_key(one) < swedish_key(other)) or swedish_key(one) >= swedish_key(other)


def test_whole_numbers_are_grouped_with_no_break_spaces():
    assert grouped(1177400) == "1\u00a0177\u00a0400"
    assert grouped(999) == "999"
    assert grouped(-1234) == "\u22121\u00a0234"


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (Decimal("12.50"), None, "12,50"),
        (12.5, None, "12,5"),
        (12, None, "12"),
        (Decimal("1234.565"), 2, "1\u00a0234,57"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "\u22123"),
        ("0.1", 3, "0,100"),
        (Decimal("1E+3"), None, "1\u00a0000"),
    ],
)
def test_numbers_have_a_decimal_comma(number, places, written):
    assert decimal(number, places) == written


@given(st.integers())
def test_grouping_keeps_the_number(number):
    assert int(grouped(number).replace("\u00a0", "").replace("\u2212", "-")) == number


def test_counts_agree_with_their_noun():
    assert count(1, "paragraf", "paragrafer") == "1 paragraf"
    assert count(0, "paragraf", "paragrafer") == "0 paragrafer"
    assert count(1200, "ärende", "ärenden") == "1\u00a0200 ärenden"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (8, 8, "§ 8"),
        (15, 16, "§ 15-16"),
        (5, None, "från § 5"),
        (None, 4, "till och med § 4"),
        (None, None, ""),
    ],
)
def test_a_range_of_paragraphs_is_written_as_in_the_roll(first, last, written):
    assert paragraph_range(first, last) == written


def test_a_list_ends_with_och():
    assert listed([]) == ""
    assert listed(["Boden"]) == "Boden"
    assert listed(["Boden", "Kiruna", "Luleå"]) == "Boden, Kiruna och Luleå"
