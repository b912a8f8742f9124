"""How an invoice is paid in Sweden: OCR reference, Bankgiro and Plusgiro, with Luhn's check digits. No Django."""

import re

from stdnum import luhn

from enamnd.refusal import Refused

LONGEST_OCR = 25


def ocr_reference(digits: str) -> str:
    """The payment reference of a number: its digits, a length digit and a check digit (Bankgirot, 10-modul).

    The length digit is the last digit of the whole length, both included: 20260001 becomes 2026000105.
    """
    if not re.fullmatch(r"[0-9]{1,23}", digits):
        raise ValueError(f"{digits!r} must be 1 to {LONGEST_OCR - 2} digits")
    with_length = digits + str((len(digits) + 2) % 10)
    return with_length + luhn.calc_check_digit(with_length)


def is_ocr_reference(reference: str) -> bool:
    """Whether both the length digit and the check digit are right."""
    return (
        bool(re.fullmatch(r"[0-9]{3,25}", reference))
        and luhn.is_valid(reference)
        and reference[-2] == str(len(reference) % 10)
    )


def bankgiro(value: str) -> str:
    """The digits of a Bankgiro number, "" for none. Refused when it is not 7 or 8 digits with a right check digit."""
    digits = _digits(value)
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]{7,8}", digits) or not luhn.is_valid(digits):
        raise Refused(
            f"Bankgironumret {value} stämmer inte: det har 7 eller 8 siffror, och den sista är en kontrollsiffra.",
            field="bankgiro",
        )
    return digits


def plusgiro(value: str) -> str:
    """The digits of a Plusgiro number, "" for none. Refused when it is not 2 to 8 digits with a right check digit."""
    digits = _digits(value)
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]{2,8}", digits) or not luhn.is_valid(digits):
        raise Refused(
            f"Plusgironumret {value} stämmer inte: det har 2 till 8 siffror, och den sista är en kontrollsiffra.",
            field="plusgiro",
        )
    return digits


def bankgiro_text(digits: str) -> str:
    """5050-1055, as it is printed."""
    return f"{digits[:-4]}-{digits[-4:]}" if digits else ""


def plusgiro_text(digits: str) -> str:
    """41 21 08-3, as it is printed."""
    if not digits:
        return ""
    body, check = digits[:-1], digits[-1]
    pairs = [body[max(end - 2, 0) : end] for end in range(len(body), 0, -2)]
    return f"{' '.join(reversed(pairs))}-{check}"


def _digits(value: str) -> str:
    return re.sub(r"[\s\u2010-\u2015-]", "", value)
