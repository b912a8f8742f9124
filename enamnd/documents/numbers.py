"""The numbers of cases and documents, as the board writes them."""

from enamnd.organisation.current import current_board
from enamnd.organisation.models import Board
from enamnd.organisation.numbering import read_number, write_number

from .models import Case
from .series import next_number


def case_series(year: int) -> str:
    return f"case:{year}"


def next_case_number(board: Board, year: int, classification: str) -> tuple[str, int]:
    """The next case number of the year as the board writes it, and its serial. Inside a transaction."""
    serial = next_number(case_series(year))
    written = write_number(
        board.case_number_format,
        year=year,
        serial=serial,
        prefix=board.diary_prefix,
        classification=classification,
    )
    return written, serial


def next_document_number(year: int) -> str:
    """The next document number of the year: 2022.83. Inside a transaction."""
    board = current_board()
    serial = next_number(f"document:{year}")
    return write_number(board.document_number_format, year=year, serial=serial, prefix=board.diary_prefix)


def free_place(written: str) -> dict:
    """Year, serial and classification of a case number; nothing when it is written otherwise or its place is taken."""
    parts = read_number(current_board().case_number_format, written) or {}
    if parts and Case.objects.filter(year=parts["year"], serial=parts["serial"]).exists():
        return {}
    return parts


def find_case(written: str) -> Case | None:
    """The case with the number `written`, if the register has it."""
    return Case.objects.filter(number=written.strip()).first()
