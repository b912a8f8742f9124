"""Checks of the text itself: what was never filled in, personal numbers, references, names that are almost right."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from stdnum import luhn

from enamnd.documents.pdf_letters import without_glyphs
from meetings.text.references import find_references

from .protocol import Found, LoadedProtocol, Matter

_PLACEHOLDER = re.compile(
    r"\[(?:…|\.{2,}|\s*)\]|<\s?(?:Ange|Skriv|Fyll)\b[^>\n]{0,80}>|\[(?:Ange|Skriv|Fyll)\b[^\]\n]{0,80}\]", re.I
)
_PERHAPS = re.compile(r"(?<![\w-])(?:XX+|xx+|ÅÅÅÅ|NN|TBD|\?\?+|_{3,})(?![\w-])")
_PERSONAL = re.compile(r"(?<![\d-])((?:18|19|20)?\d{6})[-+\u2013 ]?(\d{4})(?![\d-])")
_NAMES = re.compile(r"\b[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)? [A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?\b")
ALMOST = 0.74  # of difflib: one or two letters of a name
COORDINATION = 60  # added to the day in a coordination number (samordningsnummer)


def placeholder(protocol: LoadedProtocol) -> Iterator[Found]:
    yield from _words_found(protocol, _PLACEHOLDER, "{label}: ”{found}” är inte ifyllt.")


def perhaps_placeholder(protocol: LoadedProtocol) -> Iterator[Found]:
    yield from _words_found(protocol, _PERHAPS, "{label}: ”{found}” ser ut som något som inte är ifyllt.")


def _words_found(protocol: LoadedProtocol, pattern: re.Pattern, sentence: str) -> Iterator[Found]:
    for matter in protocol.to_adjust:
        for found in dict.fromkeys(each.group() for each in pattern.finditer(matter.words)):
            yield Found(sentence.format(label=matter.label, found=found), matter)


def personal_number(protocol: LoadedProtocol) -> Iterator[Found]:
    """A personal identity number or coordination number with its check digit right (SKV 704 and 707).

    Organisation numbers have 20 or more where a month would stand, and are let through.
    """
    for matter in protocol.to_adjust:
        for found in personal_numbers(matter.words):
            masked = f"{found[:-4]}…"
            yield Found(f"{matter.label}: {masked} är ett personnummer eller samordningsnummer. Ta bort det.", matter)


def personal_numbers(text: str) -> list[str]:
    """The personal numbers of a text, each once, as written."""
    found = [each.group() for each in _PERSONAL.finditer(text) if _is_personal(each[1], each[2])]
    return list(dict.fromkeys(found))


def _is_personal(day: str, last: str) -> bool:
    six = day[-6:]
    return luhn.is_valid(six + last) and _is_day(day)


def _is_day(written: str) -> bool:
    """Whether YYMMDD, or YYYYMMDD, is a day; a coordination number has 60 added to it."""
    century = written[:-6] or "20"
    year, month, day = int(century + written[-6:-4]), int(written[-4:-2]), int(written[-2:])
    try:
        date(year, month, day - COORDINATION if day > COORDINATION else day)
    except ValueError:
        # The 29th of February may be right in the century before.
        return written[-4:] in {"0229", "0289"} and not written[:-6] and year % 4 == 0
    return True


def no_glyph(protocol: LoadedProtocol) -> Iterator[Found]:
    """A character that none of the portal's fonts can draw: on the paper it is a box."""
    for matter in protocol.to_adjust:
        if rare := without_glyphs(matter.words):
            yield Found(
                f"{matter.label}: {' '.join(rare)} finns inte i teckensnitten och blir rutor på papperet.", matter
            )


def reference_nowhere(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter in protocol.to_adjust:
        for text in dict.fromkeys(_dead_ends(protocol, matter)):
            yield Found(f"{matter.label}: hänvisningen ”{text}” leder ingenstans.", matter)


def _dead_ends(protocol: LoadedProtocol, matter: Matter) -> Iterator[str]:
    for each in find_references(matter.words):
        wanted = {(each.date or protocol.year, number) for number in (each.first, each.last)}
        if not wanted <= protocol.known_references:
            yield each.text


def misspelled_name(protocol: LoadedProtocol) -> Iterator[Found]:
    """A first and last name that nobody at the meeting has, but one of them almost has."""
    known = {row.name for row in protocol.rows} | set(protocol.registered.values())
    for matter in protocol.to_adjust:
        for written in dict.fromkeys(each.group() for each in _NAMES.finditer(matter.words)):
            if meant := name_meant(written, known):
                yield Found(
                    f"{matter.label}: ”{written}” liknar {meant} i närvarolistan. Är namnet rätt stavat?", matter
                )


def name_meant(written: str, known: set[str]) -> str:
    """The known name that shares one of two words with `written` and almost the other; "" when none does."""
    if written in known or any(written in name for name in known):
        return ""
    return next((name for name in sorted(known) if _is_almost(written, name)), "")


def _is_almost(written: str, name: str) -> bool:
    one, _, two = written.partition(" ")
    first, _, last = name.partition(" ")
    return (one == first and _resembles(two, last)) or (two == last and _resembles(one, first))


def _resembles(one: str, other: str) -> bool:
    return one != other and SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= ALMOST
