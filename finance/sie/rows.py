"""The grammar of a SIE row: a label, and fields that may be quoted or stand between braces."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

LARGEST = Decimal(10) ** 12


class Wrong(ValueError):
    """A row that cannot be taken: the reason, in Swedish."""


@dataclass(frozen=True)
class Row:
    """A row as it stands: its number in the file, its label in capitals without #, its fields."""

    number: int
    label: str
    fields: tuple[str | tuple[str, ...], ...]

    def text(self, place: int, what: str = "") -> str:
        """A field as text; "" when it is not there, refused when `what` must be."""
        value = self.fields[place] if place < len(self.fields) else ""
        if not isinstance(value, str):
            raise Wrong(f"#{self.label} har objekt där {what or 'text'} ska stå")
        if what and not value:
            raise Wrong(f"#{self.label} saknar {what}")
        return value

    def objects(self, place: int) -> tuple[tuple[str, str], ...]:
        """The pairs of dimension and object between braces."""
        value = self.fields[place] if place < len(self.fields) else None
        if not isinstance(value, tuple):
            raise Wrong(f"#{self.label} saknar objektlistan {{}}")
        if len(value) % 2:
            raise Wrong(f"objektlistan i #{self.label} ska ha par av dimension och objekt")
        return tuple(sorted(zip(value[::2], value[1::2], strict=True)))

    def amount(self, place: int, what: str = "belopp") -> Decimal:
        return read_amount(self.text(place, what))

    def day(self, place: int, what: str) -> date:
        return read_day(self.text(place, what))

    def day_or_none(self, place: int) -> date | None:
        value = self.text(place)
        return read_day(value) if value else None

    def number_at(self, place: int, what: str) -> int:
        value = self.text(place, what)
        try:
            return int(value)
        except ValueError as error:
            raise Wrong(f"{what} ”{value[:20]}” är inget tal") from error


def read_amount(value: str) -> Decimal:
    """1234.50. Refused for more than two decimals, and for what is no amount of kronor."""
    try:
        amount = Decimal(value)
    except InvalidOperation as error:
        raise Wrong(f"beloppet ”{value[:30]}” är inget tal (decimaler skrivs med punkt)") from error
    if not amount.is_finite() or abs(amount) >= LARGEST:
        raise Wrong(f"beloppet ”{value[:30]}” är för stort för att kunna stämma")
    if amount != amount.quantize(Decimal("0.01")):
        raise Wrong(f"beloppet ”{value[:30]}” har fler än två decimaler")
    return amount


def read_day(value: str) -> date:
    try:
        if len(value) != 8:
            raise ValueError(value)
        return datetime.strptime(value, "%Y%m%d").date()
    except ValueError as error:
        raise Wrong(f"”{value[:20]}” är inget datum (ååååmmdd)") from error


def read_fields(line: str) -> tuple[str | tuple[str, ...], ...]:
    """The fields of a row: 3010 {1 "4 20"} "Lön \\"maj\\"". Refused for a quote or brace that does not end."""
    fields, position = [], 0
    while position < len(line):
        if line[position].isspace():
            position += 1
        elif line[position] == "{":
            end = _end_of_braces(line, position)
            fields.append(tuple(_texts(line[position + 1 : end])))
            position = end + 1
        else:
            value, position = _one_field(line, position)
            fields.append(value)
    return tuple(fields)


def _end_of_braces(line: str, start: int) -> int:
    position = start + 1
    while position < len(line) and line[position] != "}":
        _, position = _one_field(line, position) if line[position] == '"' else ("", position + 1)
    if position >= len(line):
        raise Wrong("objektlistan slutar inte: } saknas")
    return position


def _texts(inside: str) -> list[str]:
    return [each for each in read_fields(inside) if isinstance(each, str)]


def _one_field(line: str, start: int) -> tuple[str, int]:
    if line[start] != '"':
        end = start
        while end < len(line) and not line[end].isspace() and line[end] not in "{}":
            end += 1
        if end == start:
            raise Wrong(f"”{line[start]}” står på fel plats")
        return line[start:end], end
    found, position = [], start + 1
    while position < len(line):
        character = line[position]
        if character == "\\" and line[position + 1 : position + 2] == '"':
            found.append('"')
            position += 2
        elif character == '"':
            return "".join(found), position + 1
        else:
            found.append(character)
            position += 1
    raise Wrong("citationstecknet avslutas inte")
