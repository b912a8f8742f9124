"""The ledger's rows out of a SIE file, for the part of a year."""

from datetime import date

from enamnd.dates import long_date
from enamnd.refusal import Refused

from .ledger import LedgerRow
from .sie import movements, read_sie

RESULT_CLASSES = ("3", "4", "5", "6", "7", "8")


def rows_of_sie(content: bytes, first: date, last: date, dimension: str) -> list[LedgerRow]:
    """What accounts of result changed by from `first` to `last`, by account and project. Öre, debit above zero.

    Refused as read_sie refuses, and where the file has nothing of those days.
    """
    file = read_sie(content)
    sums: dict[tuple[str, str], int] = {}
    for each in movements(file, dimension):
        if each.account[:1] in RESULT_CLASSES and first <= each.day <= last:
            key = (each.account, each.object)
            sums[key] = sums.get(key, 0) + int(each.amount * 100)
    if not sums:
        raise Refused(
            f"Filen har inga intäkter eller kostnader {long_date(first)} – {long_date(last)}. Kontrollera året.",
            field="file",
        )
    return [
        LedgerRow(account, project, amount, file.accounts.get(account, "")[:200])
        for (account, project), amount in sorted(sums.items())
    ]
