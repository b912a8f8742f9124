"""OCR references, Bankgiro and Plusgiro."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.refusal import Refused
from finance.invoicing import payment


@pytest.mark.parametrize(("digits", "reference"), [("20260001", "2026000105"), ("1234567", "123456790")])
def test_a_reference_ends_with_its_length_and_a_check_digit(digits, reference):
    """Worked examples of the length digit: see Bankgirot's description of OCR references."""
    assert payment.ocr_reference(digits) == reference


@given(st.text("0123456789", min_size=1, max_size=23), st.data())
def test_one_wrong_digit_is_always_noticed(digits, data):
    reference = payment.ocr_reference(digits)
    place = data.draw(st.integers(0, len(reference) - 1))
    other = data.draw(st.sampled_from([each for each in "0123456789" if each != reference[place]]))

    assert payment.is_ocr_reference(reference)
    assert not payment.is_ocr_reference(reference[:place] + other + reference[place + 1 :])


@pytest.mark.parametrize("digits", ["", "12A", "1" * 24])
def test_what_is_no_number_gets_no_reference(digits):
    with pytest.raises(ValueError, match="digits"):
        payment.ocr_reference(digits)


def test_account_numbers_are_kept_as_digits_and_shown_as_people_write_them():
    assert payment.bankgiro("5050-1055") == "50501055"
    assert payment.bankgiro("") == ""
    assert payment.bankgiro_text("50501055") == "5050-1055"
    assert payment.plusgiro("41 21 08-3") == "4121083"
    assert payment.plusgiro_text("4121083") == "41 21 08-3"


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (payment.bankgiro, "5050-1056"),
        (payment.bankgiro, "505-10"),
        (payment.plusgiro, "41 21 08-4"),
        (payment.plusgiro, "x"),
    ],
)
def test_a_wrong_check_digit_is_refused(check, value):
    with pytest.raises(Refused, match="kontrollsiffra"):
        check(value)
