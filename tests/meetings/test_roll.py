import json
from pathlib import Path

import pytest

from meetings.attending.roll import Period, Quorum, Row, groups, problems, quorum, serving_at

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden" / "meeting_2022-06-22.json"


def member(name, municipality, presence="serving", **more):
    return Row(name, name, more.pop("party", "S"), municipality, "member", presence=presence, **more)


def substitute(name, municipality, presence="serving", **more):
    return Row(name, name, more.pop("party", "S"), municipality, "substitute", presence=presence, **more)


def printed(rows, **more):
    return {group.heading: [(e.name, e.place, e.note) for e in group.entries] for group in groups(rows, **more)}


def kinds(rows):
    return [(remark.kind, remark.key) for remark in problems(rows)]


@pytest.fixture
def june():
    if not GOLDEN.exists():
        pytest.skip(f"the golden protocol is not at {GOLDEN}")
    return tuple(row_of(row) for row in json.loads(GOLDEN.read_text())["attendance"])


def row_of(row):
    first, last = row.get("from_paragraph"), row.get("to_paragraph")
    period = Period(row["presence"], first, last, row.get("replaces"))
    return Row(
        key=row["name"],
        name=row["name"],
        party=row.get("political_party"),
        municipality=row.get("municipality"),
        seat=row["seat"],
        organisation=row.get("organisation"),
        role=row.get("role"),
        presence=row["presence"],
        periods=(period,) if first or last else (),
        replaces=row.get("replaces"),
    )


def test_the_lists_of_june_are_printed_as_they_were(june):
    lists = printed(june)

    assert list(lists) == [
        "Tjänstgörande ledamöter",
        "Frånvarande ledamöter",
        "Tjänstgörande ersättare",
        "Närvarande ersättare",
        "Frånvarande ersättare",
        "Övriga",
    ]
    assert [place for _, place, _ in lists["Tjänstgörande ledamöter"]] == [
        "Arjeplog (vice ordförande)",
        "Haparanda",
        "Kalix",
        "Kiruna",
        "Luleå (ordförande)",
        "Pajala",
        "Piteå",
        "Överkalix",
    ]
    assert ("Carina Sammeli (S)", "Luleå (ordförande)", "§ 15-16") in lists["Tjänstgörande ledamöter"]
    assert lists["Tjänstgörande ersättare"] == [
        ("Johan Johansson (MP)", "Boden", "Tjänstgör istället för Lena Goldkuhl (S)"),
        ("Stefan Ovrell (MP)", "Gällivare", "Tjänstgör istället för Magnus Johansson (S)"),
    ]
    assert lists["Övriga"] == [
        ("Robert Karlsson", "Norrbottens e-nämnd", ""),
        ("Lisa Lundgren", "Evado (t.f. samordnare, extern konsult)", ""),
    ]
    assert sum(map(len, lists.values())) == len(june)


def test_nine_of_fourteen_served_in_june_and_ten_when_the_chair_had_come(june):
    assert quorum(june, 8, 14) == Quorum(9, 14, True, "9 av 14, beslutsför")
    assert quorum(june, 15, 14) == Quorum(10, 14, True, "10 av 14, beslutsför")
    assert not problems(june)


@pytest.mark.parametrize(("serving", "is_quorate"), [(0, False), (6, False), (7, False), (8, True), (14, True)])
def test_more_than_half_of_the_seats_make_a_quorum(serving, is_quorate):
    rows = [member(f"L{at}", f"K{at}") for at in range(serving)]

    assert quorum(rows, 1, 14).is_quorate is is_quorate
    assert quorum(rows, 1, 14).sentence.endswith(", beslutsför") is is_quorate


def test_only_seats_that_serve_at_the_paragraph_count():
    late = member("Sen", "Älvsbyn", periods=(Period("serving", 5),))
    rows = [late, substitute("Här", "Boden", "present"), Row("G", "Gäst", presence="present"), member("X", "Y", "")]

    assert serving_at(rows, 4) == ()
    assert serving_at(rows, 5) == (late,)


def test_lists_are_sorted_by_municipality_in_swedish_order():
    rows = [member("A", name) for name in ("Övertorneå", "Älvsbyn", "Åre", "Arjeplog", "Piteå")]

    assert [place for _, place, _ in printed(rows)["Tjänstgörande ledamöter"]] == [
        "Arjeplog",
        "Piteå",
        "Åre",
        "Älvsbyn",
        "Övertorneå",
    ]


def test_the_board_may_have_its_own_headings():
    rows = [substitute("Anne", "Överkalix", "present")]

    assert list(printed(rows, headings={"present_substitutes": "Deltagande ersättare"})) == ["Deltagande ersättare"]


def test_who_came_late_has_a_note_and_is_not_among_the_absent():
    rows = [member("Sen", "Älvsbyn", periods=(Period("absent", None, 4), Period("serving", 5)))]

    assert printed(rows) == {"Tjänstgörande ledamöter": [("Sen (S)", "Älvsbyn", "från § 5")]}


def test_a_substitute_who_began_to_serve_stands_in_both_lists():
    periods = (Period("present", None, 4), Period("serving", 5, 9, "Lena"))
    rows = [
        member("Lena", "Boden", periods=(Period("serving", None, 4),)),
        substitute("Johan", "Boden", periods=periods),
    ]

    lists = printed(rows)

    assert lists["Tjänstgörande ersättare"] == [("Johan (S)", "Boden", "§ 5-9, tjänstgör istället för Lena (S)")]
    assert lists["Närvarande ersättare"] == [("Johan (S)", "Boden", "till och med § 4")]
    assert not problems(rows)


def test_who_was_away_for_conflict_of_interest_has_both_stretches_in_one_note():
    rows = [member("Anna", "Boden", periods=(Period("serving", 6, 9), Period("serving", 1, 4)))]

    assert printed(rows)["Tjänstgörande ledamöter"] == [("Anna (S)", "Boden", "§ 1-4 och § 6-9")]


def test_a_person_at_a_distance_is_marked():
    assert printed([member("Anna", "Boden", is_remote=True)])["Tjänstgörande ledamöter"][0][2] == "På distans"


def test_positions_are_printed_as_the_paragraphs_they_have():
    rows = [member("Sen", "Boden", periods=(Period("serving", 2, 3),))]

    assert printed(rows, number=lambda position: position + 7)["Tjänstgörande ledamöter"][0][2] == "§ 9-10"


def test_absent_guests_are_printed_as_absent():
    (others,) = groups([Row("G", "Gäst", organisation="Evado", presence="absent")])

    assert [(entry.place, entry.note) for entry in others.entries] == [("Evado", "Frånvarande")]


def test_a_role_that_changes_during_the_meeting_stands_at_its_paragraphs():
    periods = (Period("serving", None, 4, role="vice ordförande"), Period("serving", 5, None, role="ordförande"))

    (serving,) = groups([Row("A", "Ann Ek", municipality="Ystad", seat="member", periods=periods)])

    assert [(entry.place, entry.note) for entry in serving.entries] == [
        ("Ystad (vice ordförande)", "till och med § 4"),
        ("Ystad (ordförande)", "från § 5"),
    ]


MEMBER = member("Lena", "Boden")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([member("Lena", "Boden", "")], [("unmarked", "Lena")]),
        ([MEMBER, substitute("Johan", "Boden", replaces="Lena")], [("member_serves", "Johan")]),
        ([member("Lena", "Boden", "absent"), substitute("Johan", "Boden", replaces="Lena")], []),
        ([member("Lena", "Boden", "absent"), substitute("Johan", "Boden")], [("replaces_nobody", "Johan")]),
        ([MEMBER, substitute("Johan", "Boden")], [("replaces_nobody", "Johan"), ("too_many_serve", "Johan")]),
        ([substitute("Johan", "Boden", replaces="Okänd")], [("replaces_unknown", "Johan")]),
        (
            [
                member("Lena", "Boden", "absent"),
                substitute("A", "Boden", replaces="Lena"),
                substitute("B", "Boden", replaces="Lena"),
            ],
            [("served_twice", "B")],
        ),
        (
            [
                member("Lena", "Boden", "absent"),
                substitute("A", "Boden", periods=(Period("serving", None, 4, "Lena"),)),
                substitute("B", "Boden", periods=(Period("serving", 5, None, "Lena"),)),
            ],
            [],
        ),
        ([member("L", "B", periods=(Period("serving", 1, 3), Period("serving", 5, 9)))], [("returned", "L")]),
        ([member("L", "B", periods=(Period("serving", 1, 3), Period("serving", 4, 9)))], []),
        ([member("L", "B", periods=(Period("serving", 1, 5), Period("absent", 5, 9)))], [("overlap", "L")]),
        ([Row("G", "Gäst", presence="serving")], [("not_seated", "G")]),
    ],
)
def test_what_looks_wrong_is_remarked(rows, expected):
    assert kinds(rows) == expected


def test_a_remark_says_who_and_when():
    rows = [member("Lena", "Boden", periods=(Period("serving", 8, 14),)), substitute("Johan", "Boden", replaces="Lena")]

    assert [remark.sentence for remark in problems(rows)] == [
        "Johan (S) tjänstgör istället för Lena (S), som själv tjänstgör § 8-14."
    ]
