"""What is wrong or odd in a budget, in words, before it goes anywhere. Plain Python; amounts in öre."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enamnd.money import KRONA, parse_kronor, rounded, thousands, with_unit

from .budget_table import COST, INCOME, Entry

_NUMBER = r"(?P<{}>[0-9]{{1,3}}(?:[ \u00a0][0-9]{{3}})+|[0-9]+)"
_AMOUNT = re.compile(
    _NUMBER.format("amount")
    + r"(?:,(?P<part>[0-9]{1,2}))?\s*(?P<unit>tkr|kr|kronor)\b(?P<each>\s*/\s*(?:kommun|part|region))?"
)
_PARTIES = re.compile(r"(?P<number>[0-9]{1,3})\s+(?:kommuner|parter|regioner)\b")
SIDES = {INCOME: "intäkter", COST: "kostnader"}


@dataclass(frozen=True)
class Item:
    """An item of the budget: what it is called, and whether its income should be its cost."""

    key: int
    name: str
    is_balanced: bool = True


@dataclass(frozen=True)
class Comment:
    """A text under the table; `item` is None when it is about no item in particular."""

    text: str
    item: int | None = None


def findings(
    entries: Sequence[Entry],
    items: Mapping[int, Item],
    *,
    stated: Mapping[str, int | None] | None = None,
    comments: Iterable[Comment] = (),
) -> list[str]:
    """Every place where the budget disagrees with itself, a sentence each; none for a budget that is whole.

    `stated` are the sums that the paper prints, by side. Looked for: sums that are not the sum of their rows, items
    whose income is not their cost, a result that is not nought, and amounts in texts that the table does not have.
    """
    return [
        *_sums(entries, stated or {}),
        *_unbalanced(entries, items),
        *_result(entries),
        *_texts(entries, items, list(comments)),
    ]


def total(entries: Iterable[Entry], side: str) -> int:
    return sum(each.amount or 0 for each in entries if each.side == side)


def _sums(entries: Sequence[Entry], stated: Mapping[str, int | None]) -> Iterable[str]:
    for side, name in SIDES.items():
        printed, counted = stated.get(side), total(entries, side)
        if printed is not None and printed != counted:
            yield (
                f"Summa {name} står som {with_unit(printed)}, men raderna blir {with_unit(counted)}. "
                f"Skillnaden är {with_unit(abs(printed - counted))}."
            )


def _unbalanced(entries: Sequence[Entry], items: Mapping[int, Item]) -> Iterable[str]:
    for key, item in items.items():
        of = [each for each in entries if each.item == key]
        income, cost = total(of, INCOME), total(of, COST)
        if of and item.is_balanced and income != cost:
            names = dict.fromkeys(each.label for each in of)
            yield (
                f"{' / '.join(names)}: intäkten är {with_unit(income)} och kostnaden {with_unit(cost)}. "
                f"De ska vara lika; skillnaden är {with_unit(abs(income - cost))}."
            )


def _result(entries: Sequence[Entry]) -> Iterable[str]:
    result = total(entries, INCOME) - total(entries, COST)
    if result:
        yield f"Resultatet blir {with_unit(result)}. En budget i balans har resultatet 0."


def _texts(entries: Sequence[Entry], items: Mapping[int, Item], comments: Sequence[Comment]) -> Iterable[str]:
    for key in dict.fromkeys(each.item for each in comments if each.item is not None):
        texts = [each.text for each in comments if each.item == key]
        amounts = {side: total([e for e in entries if e.item == key], side) for side in (INCOME, COST)}
        rows = {e.amount for e in entries if e.item == key and e.amount is not None}
        yield from _text_of(items[key].name, texts, rows | set(amounts.values()))


def _text_of(name: str, texts: Sequence[str], rows: set[int]) -> Iterable[str]:
    """Amounts that a text gives, against the item's rows: alone, or all together; and so much each times so many."""
    told = [each for text in texts for each in amounts_in(text)]
    whole = [each.amount for each in told if not each.is_each]
    if whole and sum(set(whole)) not in rows:
        for each in dict.fromkeys(whole):
            if each not in rows:
                table_says = " och ".join(with_unit(row) for row in sorted(rows))
                yield f"Texten om {name} säger {with_unit(each)}, men tabellen har {table_says}."
    for text in texts:
        yield from _each_in(name, text, rows)


def _each_in(name: str, text: str, rows: set[int]) -> Iterable[str]:
    parties = _PARTIES.search(text)
    for each in amounts_in(text):
        if each.is_each and parties and each.amount * int(parties["number"]) not in rows:
            product = each.amount * int(parties["number"])
            table_says = " och ".join(with_unit(row) for row in sorted(rows))
            yield (
                f"Texten om {name} säger {with_unit(each.amount)} var för {parties['number']}, alltså "
                f"{with_unit(product)}, men tabellen har {table_says}."
            )


@dataclass(frozen=True)
class Told:
    """An amount in a text, in öre; `is_each` when it is what each party pays, `is_tkr` when it is in thousands."""

    amount: int
    is_each: bool
    is_tkr: bool
    written: str


def amounts_in(text: str) -> list[Told]:
    """The amounts that a text names: 1 177 400 kr, 84 100kr/kommun, 94 tkr."""
    found = []
    for match in _AMOUNT.finditer(text):
        is_tkr = match["unit"] == "tkr"
        part = f",{match['part']}" if match["part"] else ""
        amount = parse_kronor(match["amount"].replace("\u00a0", " ") + part) or 0
        if is_tkr:
            amount *= 1000
        found.append(Told(amount, bool(match["each"]), is_tkr, match[0].strip()))
    return found


def told_amounts(texts: Iterable[str], known: Mapping[str, int]) -> list[str]:
    """Amounts in notes of follow-up that are close to a figure of the tables and not it.

    `known` are figures by what they are called. An amount that is near one (within a thousandth, or rounded otherwise
    to tkr) but not it is pointed out; others speak of something else.
    """
    sentences = []
    for text in texts:
        for told in amounts_in(text):
            if not any(_says(told, value) for value in known.values()):
                sentences += [_near(told, name, value) for name, value in known.items() if _is_near(told, value)][:1]
    return sentences


def _says(told: Told, value: int) -> bool:
    if told.is_tkr:
        return told.amount == abs(thousands(value)) * 1000 * KRONA
    return told.amount == abs(rounded(value, KRONA))


def _is_near(told: Told, value: int) -> bool:
    reach = 1000 * KRONA if told.is_tkr else max(KRONA, abs(value) // 1000)
    return bool(value) and abs(told.amount - abs(value)) <= reach


def _near(told: Told, name: str, value: int) -> str:
    if told.is_tkr:
        right = f"{abs(thousands(value))} tkr"
        return f"Texten säger {told.written}, men {name} är {with_unit(abs(value))}, som avrundas till {right}."
    return f"Texten säger {told.written}, men {name} är {with_unit(abs(value))}."
