"""Rows of the host's ledger: which item and side each belongs to. Plain Python; amounts in öre, debit above zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enamnd.money import parse_kronor
from enamnd.refusal import Problem, Refused

INCOME, COST = "income", "cost"
INCOME_CLASSES = ("3", "8")
HEADINGS = {"konto": "account", "projekt": "project", "projektkod": "project", "text": "text", "belopp": "amount"}


@dataclass(frozen=True)
class LedgerRow:
    """An amount on an account, with the project's code where there is one."""

    account: str
    project: str
    amount: int
    text: str = ""


@dataclass(frozen=True)
class Span:
    """A span of accounts, of one project or of all (""), and the item and side that it belongs to."""

    first: int
    last: int
    project: str
    item: int
    side: str

    def holds(self, row: LedgerRow) -> bool:
        return (
            row.account.isdecimal()
            and self.first <= int(row.account) <= self.last
            and self.project.casefold() in ("", row.project.casefold())
        )


@dataclass(frozen=True)
class Placed:
    """A row with its side and the amount as the budget counts (both sides above zero); `item` None where unmapped."""

    row: LedgerRow
    item: int | None
    side: str
    amount: int


def place(rows: Iterable[LedgerRow], spans: Sequence[Span]) -> list[Placed]:
    """Each row placed. A span that names the project wins over one that does not, then the narrower span."""
    ordered = sorted(spans, key=lambda each: (each.project == "", each.last - each.first, each.first))
    return [_placed(row, ordered) for row in rows if row.amount]


def _placed(row: LedgerRow, spans: Sequence[Span]) -> Placed:
    span = next((each for each in spans if each.holds(row)), None)
    side = span.side if span else (INCOME if row.account[:1] in INCOME_CLASSES else COST)
    return Placed(row, span.item if span else None, side, -row.amount if side == INCOME else row.amount)


def read_ledger(cells: Sequence[Sequence[str]]) -> list[LedgerRow]:
    """Rows out of a table with the headings Konto, Projekt, Text and Belopp, in any order; Konto and Belopp must be.

    Refused with every row that is wrong.
    """
    names = [HEADINGS.get(each.strip().casefold()) for each in (cells[0] if cells else ())]
    if "account" not in names or "amount" not in names:
        raise Refused("Första raden ska ha rubrikerna Konto, Projekt, Text och Belopp.", field="file")
    rows, problems = [], []
    for number, row in enumerate(cells[1:], 2):
        said = {name: value for name, value in zip(names, row, strict=False) if name}
        try:
            rows.append(_row(said))
        except Refused as refusal:
            problems.append(Problem(f"rad {number} ({said.get('account') or 'utan konto'})", str(refusal)))
    if problems:
        raise Refused(problems=tuple(problems))
    return rows


def _row(said: dict[str, str]) -> LedgerRow:
    account = said.get("account", "").strip()
    if not account.isdecimal() or len(account) > 9:
        raise Refused(f"”{account}” är inget konto." if account else "Konto saknas.")
    amount = parse_kronor(said.get("amount", ""))
    if amount is None:
        raise Refused("Beloppet saknas.")
    return LedgerRow(account, said.get("project", "").strip()[:40], amount, said.get("text", "").strip()[:200])
