"""A list of what each municipality has used, out of CSV or Excel, as rows to invoice.

Columns: Kommun, Avser, Antal, À-pris, Belopp. Amount, or quantity and price; when all three stand they must agree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from enamnd.formats import MINUS
from enamnd.money import MOST, parse_kronor, with_unit
from enamnd.organisation.models import Municipality
from enamnd.refusal import Problem, Refused
from finance.models import CostItem, VatRule

from .drafting import Draft, Terms, with_rule

HEADINGS = {
    "municipality": ("kommun", "part", "kund"),
    "name": ("avser", "tjänst", "benämning", "text"),
    "quantity": ("antal", "transaktioner", "kvantitet"),
    "price": ("à-pris", "a-pris", "pris", "á-pris", "styckpris"),
    "amount": ("belopp", "summa", "kr"),
}
MOST_PROBLEMS = 50
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True)
class _Row:
    number: int
    municipality: str
    name: str
    quantity: str
    price: str
    amount: str


def drafts_of(rows: list[dict[str, str]], item: CostItem | None, rule: VatRule) -> list[Draft]:
    """The rows as drafts, taxed as `item` is, else by `rule`. Refused, all of them, with each row that is wrong."""
    known = _municipalities()
    terms = Terms(rule)
    drafts, problems = [], []
    for row in _rows(rows):
        try:
            drafts.append(with_rule(_draft(row, known, item, rule), terms))
        except Refused as refusal:
            problems.append(
                Problem(f"rad {row.number}" + (f" ({row.municipality})" if row.municipality else ""), str(refusal))
            )
    if problems:
        raise Refused(field="file", problems=tuple(problems[:MOST_PROBLEMS]))
    return drafts


def rows_of(table: list[list[str]]) -> list[dict[str, str]]:
    """The rows of a table by its headings in small letters."""
    headings = [each.casefold() for each in table[0]]
    return [dict(zip(headings, row, strict=False)) for row in table[1:]]


def _municipalities() -> dict[str, Municipality]:
    found = {}
    for each in Municipality.objects.filter(is_party=True):
        keys = (each.name, each.full_name, each.org_number or "", (each.org_number or "").replace("-", ""))
        found |= {key.casefold(): each for key in keys if key}
    return found


def _rows(rows: Iterable[dict[str, str]]) -> Iterator[_Row]:
    rows = list(rows)
    columns = _columns(rows[0] if rows else {})
    for number, row in enumerate(rows, 2):
        cells = {name: row.get(heading, "").strip() if heading else "" for name, heading in columns.items()}
        if any(cells.values()):
            yield _Row(number, **cells)


def _columns(row: dict[str, str]) -> dict[str, str]:
    """Which heading each part has in this file."""
    columns = {name: next((each for each in row if each in words), "") for name, words in HEADINGS.items()}
    missing = [HEADINGS[name][0].capitalize() for name in ("municipality", "name") if not columns[name]]
    if not columns["amount"] and not (columns["quantity"] and columns["price"]):
        missing.append("Belopp (eller Antal och À-pris)")
    if missing:
        raise Refused(f"Filen saknar kolumnen {' och '.join(missing)}. Rubrikerna står på första raden.", field="file")
    return columns


def _draft(row: _Row, known: dict[str, Municipality], item: CostItem | None, rule: VatRule) -> Draft:
    municipality = known.get(row.municipality.casefold())
    if municipality is None:
        raise Refused(f"kommunen ”{row.municipality}” finns inte i samverkan.")
    if not row.name:
        raise Refused("det står inte vad raden avser.")
    quantity = _number(row.quantity, "antalet") if row.quantity else Decimal(1)
    if quantity <= 0:
        raise Refused("antalet ska vara större än noll.")
    return Draft(
        municipality=municipality,
        name=row.name[:150],
        amount=_amount(row, quantity),
        vat_rule=rule,
        account=rule.income_account,
        quantity=quantity,
        item=item,
    )


def _amount(row: _Row, quantity: Decimal) -> int:
    """In öre: what stands, held against quantity and price when they stand too."""
    written = parse_kronor(row.amount) if row.amount else None
    counted = None
    if row.price:
        counted = int((quantity * _number(row.price, "priset") * 100).quantize(Decimal(1), ROUND_HALF_UP))
        if abs(counted) >= MOST:
            raise Refused(f"{with_unit(counted)} kan inte stämma.")
    if written is None and counted is None:
        raise Refused("beloppet saknas.")
    if written is not None and counted is not None and written != counted:
        raise Refused(f"antal gånger pris blir {with_unit(counted)}, inte {with_unit(written)}.")
    return written if written is not None else counted


def _number(text: str, what: str) -> Decimal:
    try:
        value = Decimal(_SPACES.sub("", text).replace(MINUS, "-").replace(",", "."))
    except InvalidOperation as error:
        raise Refused(f"{what} ”{text[:30]}” är inget tal.") from error
    if not value.is_finite() or abs(value) >= 10**9 or value != value.quantize(Decimal("0.0001")):
        raise Refused(f"{what} ”{text[:30]}” är för stort eller har fler än fyra decimaler.")
    return value
