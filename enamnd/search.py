"""Finding rows by words, with å, ä and ö alike in capitals and small letters on both databases."""

from functools import reduce
from operator import and_, or_
from string import ascii_lowercase, ascii_uppercase

from django.db.models import Q

MOST_WORDS = 20
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def matching(words: str, *fields: str) -> Q:
    """Rows where each word stands in one of the fields. SQLite folds only A-Z, so spellings of å, ä and ö are tried.

    Words after the twentieth are passed over, as is the null character, which PostgreSQL does not take.
    """
    sought = words.replace("\0", " ").split()[:MOST_WORDS]
    return reduce(and_, (_in_any(word, fields) for word in sought), Q())


def _in_any(word: str, fields) -> Q:
    return reduce(or_, (Q(**{f"{field}__icontains": spelling}) for field in fields for spelling in _spellings(word)))


def _spellings(word: str) -> list[str]:
    """The word as written, in small letters, in capitals and as a name: those that differ in more than A-Z."""
    spellings = (word, word.lower(), word.upper(), word.capitalize())
    return list({spelling.translate(_SMALL): spelling for spelling in spellings}.values())
