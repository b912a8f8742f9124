"""What a SIE file says has happened on each account: of its vouchers, else its months, else its whole year."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .file import PROJECT, Period, SieFile


@dataclass(frozen=True)
class Movement:
    """An amount on an account and an object ("" for none), on a day (the month's last, when only the month is known).

    Debit is positive: a cost is above zero, an income below.
    """

    account: str
    object: str
    day: date
    amount: Decimal


def movements(file: SieFile, dimension: str = PROJECT) -> list[Movement]:
    """The movements of the file's current year by account and object of `dimension`, in the order of the file."""
    if file.vouchers:
        return list(_of_vouchers(file, dimension))
    if months := [each for each in file.periods if each.kind == "PSALDO" and each.year == 0]:
        return list(_of_months(months, dimension))
    year = file.year(0)
    if year is None:
        return []
    return [
        Movement(each.account, "", year.ends_on, each.amount)
        for each in file.balances
        if each.kind == "RES" and each.year == 0
    ]


def _of_vouchers(file: SieFile, dimension: str) -> Iterator[Movement]:
    for voucher in file.vouchers:
        for line in voucher.lines:
            yield Movement(line.account, dict(line.objects).get(dimension, ""), line.day or voucher.day, line.amount)


def _of_months(months: list[Period], dimension: str) -> Iterator[Movement]:
    """The account's whole change stands with {}; what belongs to objects of the dimension is taken out of it."""
    whole: dict[tuple[str, str], Decimal] = {}
    parts: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for each in months:
        objects = dict(each.objects)
        if not objects:
            whole[each.month, each.account] = each.amount
        elif set(objects) == {dimension}:
            parts[each.month, each.account][objects[dimension]] = each.amount
    for key in {**whole, **parts}:
        month, account = key
        rest = whole.get(key, sum(parts[key].values(), Decimal(0))) - sum(parts[key].values(), Decimal(0))
        for name, amount in [*parts[key].items(), *([("", rest)] if rest else [])]:
            yield Movement(account, name, _last_day(month), amount)


def _last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[4:])
    return (date(year + number // 12, number % 12 + 1, 1)) - timedelta(days=1)
