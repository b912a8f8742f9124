from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.documents.pdf_prose import prepared
from enamnd.documents.pdf_tables import is_amount


def table(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(prepared(f"<table><tbody>{html}</tbody></table>"))


def row(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


@pytest.mark.parametrize(
    "text", ["0", "1 177 400", "1\u00a0177\u00a0400 kr", "-12,5 %", "−3", "12 tkr", "+7", "1 000,00"]
)
def test_amounts_are_told(text):
    assert is_amount(text)


@pytest.mark.parametrize("text", ["", "2022-06-22", "§ 12", "Budget 2023", "3 mars", "11 av 14", "kr", "-"])
def test_other_texts_are_not_amounts(text):
    assert not is_amount(text)


def test_amounts_and_the_header_over_them_stand_to_the_right():
    found = table(row("Kommun", "Kronor", tag="th") + row("Almvik", "12 000") + row("Ekfors", "900"))

    assert [cell.get("class") for cell in found.iter("td")] == [None, "amount", None, "amount"]
    assert [cell.get("class") for cell in found.iter("th")] == [None, "amount"]


def test_leading_header_rows_are_repeated_on_every_page():
    found = table(row("Kommun", "Kronor", tag="th") + row("Almvik", "12 000"))

    assert [len(part) for part in (found.find("thead"), found.find("tbody"))] == [1, 1]
    assert {cell.get("scope") for cell in found.find("thead").iter("th")} == {"col"}


def test_an_empty_corner_of_the_head_is_no_header():
    found = table(row("", "Kronor", tag="th") + row("Almvik", "12 000"))

    assert [cell.tag for cell in found.find("thead/tr")] == ["td", "th"]


def test_a_row_of_words_over_amounts_is_a_header_though_nobody_marked_it():
    found = table(row("Kommun", "Kronor") + row("Almvik", "12 000"))

    assert [cell.text for cell in found.find("thead").iter("th")] == ["Kommun", "Kronor"]


def test_a_table_of_words_gets_no_header_of_its_own_accord():
    found = table(row("Kommun", "Svar") + row("Almvik", "Ja"))

    assert found.find("thead") is None


def test_a_table_of_headers_alone_keeps_a_body():
    found = table(row("A", "B", tag="th"))

    assert found.find("thead") is None
    assert len(found.find("tbody")) == 1


def test_a_header_in_the_body_heads_its_row():
    found = table(row("", "Kronor", tag="th") + "<tr><th>Summa</th><td>12</td></tr>")

    assert found.find("tbody/tr/th").get("scope") == "row"
    assert found.find("tbody/tr").get("class") == "strong"


def test_a_head_that_reaches_into_the_body_stays_in_the_body():
    found = table('<tr><th rowspan="2">A</th><th>B</th></tr>' + row("1"))

    assert found.find("thead") is None


def test_an_empty_table_disappears():
    assert "table" not in prepared("<p>a</p><table></table><table><tbody><tr></tr></tbody></table><p>b</p>")


def test_a_table_within_a_table_becomes_text():
    assert prepared(f"<table>{row('<table>' + row('inre') + '</table>')}</table>").count("<table") == 1


def test_many_columns_are_set_smaller():
    assert table(row(*"abcdef")).get("class") == "wide"
    assert table(row(*"abcdefghi")).get("class") == "very-wide"


span = st.integers(0, 5)
cells = st.lists(st.tuples(st.sampled_from(["td", "th"]), span, span), max_size=4)


@given(st.lists(cells, min_size=1, max_size=5))
def test_every_row_gets_the_same_width_whatever_cells_are_merged(rows):
    html = "".join(
        "<tr>" + "".join(f'<{tag} colspan="{a}" rowspan="{d}">1</{tag}>' for tag, a, d in row) + "</tr>" for row in rows
    )
    whole = ElementTree.fromstring(f"<div>{prepared(f'<table><tbody>{html}</tbody></table>')}</div>")
    for part in whole.iter("tbody"):
        assert len(set(widths(list(part)))) == 1
    for part in whole.iter("thead"):
        assert len(set(widths(list(part)))) == 1


def widths(rows) -> list[int]:
    """How many columns each row covers, merged cells from above counted; a cell may not leave its group of rows."""
    covered = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row:
            down = int(cell.get("rowspan", 1))
            assert at + down <= len(rows)
            for line in range(at, at + down):
                covered[line] += int(cell.get("colspan", 1))
    return covered


def test_a_cell_of_one_paragraph_holds_its_text_itself():
    html = prepared("<table><tr><td><p>a <em>b</em> c</p></td><td><p>d</p><p>e</p></td></tr></table>")

    assert "<td>a <em>b</em> c</td><td><p>d</p><p>e</p></td>" in html
