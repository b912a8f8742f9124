from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.text.reference_targets import meant_by
from meetings.text.references import find_references

MARCH = date(2022, 3, 16)

texts = st.lists(
    st.sampled_from(
        ["§", "§§", " ", "\u00a0", "12", "3", "-", "–", "(", ")", ",", " och ", "2022-03-16", "kap.", "a", "§ 7"]
    ),
    max_size=20,
).map("".join)


def found(text):
    return [(each.text, each.date, each.first, each.last) for each in find_references(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("se § 12.", [("§ 12", None, 12, 12)]),
        ("se §12", [("§12", None, 12, 12)]),
        ("se §\u00a012", [("§\u00a012", None, 12, 12)]),
        ("§§ 3–5", [("§§ 3–5", None, 3, 5)]),
        ("§ 8-14 och § 15-16", [("§ 8-14", None, 8, 14), ("§ 15-16", None, 15, 16)]),
        ("§ 3 – § 5", [("§ 3 – § 5", None, 3, 5)]),
        ("vid sammanträde 2022-03-16 § 2 att", [("2022-03-16 § 2", MARCH, 2, 2)]),
        ("E-nämndens beslut 2022-03-16 § 2 E-NÄMND 2022.1", [("2022-03-16 § 2", MARCH, 2, 2)]),
        ("2020-09-16 §17", [("2020-09-16 §17", date(2020, 9, 16), 17, 17)]),
        ("16 mars 2022, § 2", [("16 mars 2022, § 2", MARCH, 2, 2)]),
        ("mötet 2022-03-16 (§ 2)", [("§ 2", MARCH, 2, 2)]),
        ("(se separat ärende (§ 28))", [("§ 28", None, 28, 28)]),
        ("§§ 3, 5 och 7-9", [("§§ 3", None, 3, 3), ("5", None, 5, 5), ("7-9", None, 7, 9)]),
        ("§ 12, 13 personer", [("§ 12", None, 12, 12)]),
        ("§ 14-8", [("§ 14", None, 14, 14)]),
        ("§ 12 Budget 2023", [("§ 12", None, 12, 12)]),
    ],
)
def test_references_to_paragraphs_are_found(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "6 kap. 37-40 §§ samt 7 kap. 6-7 §§ kommunallagen (2017:725)",
        "6 kap. §§ 37-40",
        "KL 8:12",
        "11 kap. 5 §",
        "2 § förvaltningslagen",
        "5 § 2 stycket",
        "5 a § 2 st",
        "§ 5 kommunallagen",
        "§ 5 i kommunallagen",
        "§ 4 i reglementet",
        "Kf § 41",
        "2021.83",
        "§ 12345",
        "§ 0",
        "§ 3:2",
        "",
    ],
)
def test_what_speaks_of_statutes_and_other_papers_is_not_a_reference(text):
    assert found(text) == []


def test_a_date_that_does_not_exist_makes_no_reference():
    assert found("2022-13-45 § 2") == []


@given(texts)
def test_references_stand_where_they_say_in_order_and_without_overlap(text):
    at = 0
    for reference in find_references(text):
        assert text[reference.start : reference.end] == reference.text
        assert reference.start >= at
        assert 1 <= reference.first <= reference.last
        at = reference.end


@given(st.integers(1, 9999), st.integers(0, 500), st.dates())
def test_a_dated_range_is_always_found(first, more, day):
    last = min(first + more, 9999)

    assert found(f"enligt {day.isoformat()} § {first}-{last} i") == [
        (f"{day.isoformat()} § {first}-{last}", day, first, last)
    ]


def test_any_number_of_references_is_looked_up_by_a_condition_for_each_meeting():
    references = find_references("Se § 1, 2022-03-16 § 2 och § 3. " * 600)

    assert len(references) == 1800
    assert len(meant_by(references, 2022).children) == 2
