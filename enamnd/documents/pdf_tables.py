"""Tables that people wrote, made ready for paper: square, with headers, with amounts under each other.

PDF/UA-1 (ISO 14289-1, 7.5) asks for rows that are equally long and for cells that know their headers.
"""

import re
from xml.etree import ElementTree

WIDE, VERY_WIDE = 6, 9  # columns from which a table is set smaller
COLUMN = "data-column"  # while a table is being set: the column a cell begins in

_AMOUNT = re.compile(r"[-+−–]?\s?\d[\d\s.,]*(?:%|kr|tkr|mnkr|mkr|st|tim)?", re.IGNORECASE)


def set_tables(body) -> None:
    """Set every table under an element, in place."""
    _open_inner_tables(body)
    for table in list(body.iter("table")):
        _set_table(table)


def is_amount(text: str) -> bool:
    """Whether the text is a number, an amount or a share, to be set to the right."""
    return bool(_AMOUNT.fullmatch(text.strip()))


def _set_table(table) -> None:
    rows = list(table.iter("tr"))
    width = _square(rows)
    if not width:
        tail = table.tail
        table.clear()
        table.tag, table.tail = "div", tail
        return
    heads = _head_rows(rows)
    for row in rows[:heads]:
        _mark_head(row)
    for row in rows[heads:]:
        _mark_body(row)
    _align_heads(rows, heads)
    for row in rows:
        for cell in row:
            del cell.attrib[COLUMN]
            _open_lone_paragraph(cell)
    _regroup(table, rows, heads)
    if width >= WIDE:
        table.set("class", "very-wide" if width >= VERY_WIDE else "wide")


def _open_inner_tables(body) -> None:
    """A table inside a table's cell is set as plain text."""
    for table in list(body.iter("table")):
        for inner in list(table.iter("table"))[1:]:
            for part in inner.iter():
                if part.tag in ("table", "thead", "tbody", "tr", "th", "td"):
                    part.tag = "div"


def _square(rows) -> int:
    """Give every row the same number of columns; merged cells may not reach outside the table. Returns the width."""
    taken: list[set[int]] = [set() for _ in rows]
    for at, row in enumerate(rows):
        _place_cells(row, taken[at:])
    width = max((max(line) + 1 for line in taken if line), default=0)
    for row, line in zip(rows, taken, strict=True):
        for column in sorted(set(range(width)) - line):
            _insert_empty(row, column)
    return width


def _place_cells(row, lines: list[set[int]]) -> None:
    """Find the column of each cell of the first line; `lines` are the columns taken in this row and those below."""
    column = 0
    for cell in row:
        while column in lines[0]:
            column += 1
        across, down = _span(cell, "colspan", 100), _span(cell, "rowspan", len(lines))
        across = next((i for i in range(1, across) if column + i in lines[0]), across)
        _set_span(cell, "colspan", across)
        _set_span(cell, "rowspan", down)
        for line in lines[:down]:
            line.update(range(column, column + across))
        cell.set(COLUMN, str(column))


def _span(cell, name: str, most: int) -> int:
    value = cell.get(name, "1")
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() else 1


def _set_span(cell, name: str, value: int) -> None:
    if value > 1:
        cell.set(name, str(value))
    else:
        cell.attrib.pop(name, None)


def _insert_empty(row, column: int) -> None:
    before = [cell for cell in row if int(cell.get(COLUMN)) < column]
    row.insert(len(before), ElementTree.Element("td", {COLUMN: str(column)}))


def _open_lone_paragraph(cell) -> None:
    """A cell of one paragraph holds its text itself: that looks the same, and hundreds of boxes need not be placed."""
    if len(cell) == 1 and cell[0].tag == "p" and not f"{cell.text or ''}{cell[0].tail or ''}".strip():
        (paragraph,) = cell
        cell.text, cell[:] = paragraph.text, list(paragraph)


def _text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def _head_rows(rows) -> int:
    """How many rows at the top are headers: those of th alone, or a first row of words over columns of amounts."""
    count = 0
    while count < len(rows) - 1 and all(cell.tag == "th" for cell in rows[count]):
        count += 1
    if not count and _is_head_in_disguise(rows):
        count = 1
    return 0 if _cuts_a_cell(rows, count) else count


def _is_head_in_disguise(rows) -> bool:
    first, *others = rows
    if not others or any(cell.tag == "th" for row in rows for cell in row):
        return False
    words = {cell.get(COLUMN): _text(cell) for cell in first if _text(cell)}
    amounts = {cell.get(COLUMN) for row in others for cell in row if is_amount(_text(cell))}
    return bool(amounts & set(words)) and not any(map(is_amount, words.values()))


def _cuts_a_cell(rows, count: int) -> bool:
    """Whether a merged cell reaches from the head into the body: then the head has to stay in the body."""
    return any(at + _span(cell, "rowspan", 1000) > count for at, row in enumerate(rows[:count]) for cell in row)


def _mark_head(row) -> None:
    for cell in row:
        cell.tag = "th" if _text(cell) else "td"  # an empty header would be read out as one
        if cell.tag == "th":
            cell.set("scope", "col")


def _mark_body(row) -> None:
    for cell in row:
        if cell.tag == "th":
            cell.set("scope", "row")
        if is_amount(_text(cell)) and cell.get(COLUMN) != "0":
            cell.set("class", "amount")
    if len(row) and row[0].tag == "th":
        row.set("class", "strong")


def _align_heads(rows, heads: int) -> None:
    """A header stands over amounts as they stand, when most cells below it are amounts."""
    columns: dict[str, list[bool]] = {}
    for row in rows[heads:]:
        for cell in row:
            if _text(cell):
                columns.setdefault(cell.get(COLUMN), []).append(cell.get("class") == "amount")
    for row in rows[:heads]:
        for cell in row:
            found = columns.get(cell.get(COLUMN), [])
            if found and sum(found) * 2 > len(found) and "colspan" not in cell.attrib:
                cell.set("class", "amount")


def _regroup(table, rows, heads: int) -> None:
    """Head rows into thead, which is repeated on every page that the table reaches."""
    table[:] = []
    table.text = None
    for tag, part in (("thead", rows[:heads]), ("tbody", rows[heads:])):
        if part:
            group = ElementTree.SubElement(table, tag)
            group.extend(part)
            for row in part:
                row.tail = None
