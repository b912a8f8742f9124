"""The alphabet of a SIE file: PC8 (code page 437) as the format says, or Latin-1 as many programs write.

The declaration `#FORMAT PC8` stands in both, so the letters themselves must tell.
"""

from enamnd.refusal import Problem, Refused

from .file import LATIN1, PC8

PC8_LETTERS = "åäöÅÄÖéÉüÜ".encode(PC8)
LATIN1_LETTERS = "åäöÅÄÖéÉüÜ".encode(LATIN1)
# Lines and shades of a box: no text holds them, so a file that does is written in something else.
DRAWINGS = range(0xB0, 0xE0)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Windows writes Latin-1 with quotation marks and dashes of its own among the control characters; these five are none.
END_OF_FILE = b"\x1a"  # as DOS programs end a file
NOTHING = b"\x81\x8d\x8f\x90\x9d"
ADVICE = "SIE-filer skrivs i PC8 (teckentabell 437) eller Latin-1. Exportera filen på nytt ur ekonomisystemet."


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding. Refused, with the row, for UTF-8, UTF-16 and a mixture of alphabets."""
    content = content.rstrip(END_OF_FILE)
    _check_is_text(content)
    rows = content.splitlines()
    foreign = [(number, row) for number, row in enumerate(rows, 1) if not row.isascii()]
    for number, row in foreign:
        if _is_utf8(row):
            raise _refused(number, f"å, ä och ö är skrivna i UTF-8 (”{_shown(row)}”). {ADVICE}")
    encoding = _encoding_of(foreign)
    for number, row in foreign:
        _check_readable(number, row, encoding)
    return content.decode("cp1252" if encoding == LATIN1 else encoding), encoding


def _check_is_text(content: bytes):
    if content.startswith(MARKS):
        raise _refused(1, f"filen börjar med ett märke för Unicode. {ADVICE}")
    if b"\0" in content:
        number = content[: content.index(b"\0")].count(b"\n") + 1
        raise _refused(number, f"filen är inte text. {ADVICE}")


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding_of(foreign: list[tuple[int, bytes]]) -> str:
    """Told by å, ä and ö; PC8 when there are none, as the format says. Refused when both alphabets have theirs."""
    first = {}
    for number, row in foreign:
        for encoding, letters, others in (
            (PC8, PC8_LETTERS, LATIN1_LETTERS),
            (LATIN1, LATIN1_LETTERS, PC8_LETTERS),
        ):
            if any(byte in letters for byte in row) and not any(byte in others for byte in row):
                first.setdefault(encoding, number)
    if len(first) == 2:
        first_row, second_row = sorted(first.values())
        raise _refused(
            second_row,
            f"raden är skriven med en annan teckentabell än rad {first_row}: en är PC8, en är Latin-1. {ADVICE}",
        )
    return next(iter(first), PC8)


def _check_readable(number: int, row: bytes, encoding: str):
    strange = DRAWINGS if encoding == PC8 else NOTHING
    if any(byte in strange for byte in row):
        raise _refused(number, f"tecknen kan inte läsas (”{_shown(row)}”). {ADVICE}")


def _shown(row: bytes) -> str:
    return row.decode("utf-8", errors="replace").strip()[:60]


def _refused(row: int, reason: str) -> Refused:
    return Refused(field="file", problems=(Problem(f"rad {row}", reason),))
