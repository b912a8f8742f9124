import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.money import MOST, kronor, parse_kronor, rounded, thousands, whole_kronor, with_unit
from enamnd.refusal import Refused


@given(st.integers(min_value=-MOST + 1, max_value=MOST - 1))
def test_what_is_written_is_read_back(öre):
    assert parse_kronor(kronor(öre)) == öre
    assert parse_kronor(with_unit(öre)) == öre


@pytest.mark.parametrize(
    ("written", "öre"),
    [
        ("1 177 400", 117740000),
        ("1177400 kr", 117740000),
        ("1.177.400", 117740000),
        ("\u2212 46,4", -4640),
        ("-805", -80500),
        ("80 500,50 kr", 8050050),
        ("84 100kr", 8410000),
        ("", None),
        ("- kr", None),
        ("–", None),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_papers_write_them(written, öre):
    assert parse_kronor(written) == öre


@pytest.mark.parametrize("written", ["=SUM(A1:A3)", "12 34", "1,234", "tolv", "1e9", "--5", "1 177 4000"])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(Refused, match="är inget belopp"):
        parse_kronor(written)


def test_an_amount_too_large_to_be_true_is_refused():
    with pytest.raises(Refused, match="kan inte stämma"):
        parse_kronor("1 000 000 000 000 000")


def test_rounding_is_half_away_from_zero_on_both_sides():
    assert [rounded(each, 100) for each in (149, 150, -150, -149)] == [100, 200, -200, -100]
    assert [thousands(each) for each in (149_999_99, 150_000_00, -50_000)] == [150, 150, -1]
    assert [whole_kronor(each) for each in (149, 150, -49, -50, -149)] == [1, 2, 0, -1, -1]
