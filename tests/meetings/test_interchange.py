import json
from copy import deepcopy
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.refusal import Refused
from meetings.exchange.format import AttendanceRow, MeetingFile, Notice, read, write

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden" / "meeting_2022-06-22.json"


def seat(name, municipality, kind="member", presence="serving", **more):
    row = {
        "name": name,
        "political_party": "S",
        "municipality": municipality,
        "seat": kind,
        "presence": presence,
        "role": None,
        "from_paragraph": None,
        "to_paragraph": None,
        "replaces": None,
    }
    return {**row, **more}


# A winter meeting as papers before 2022 had them: no case numbers, late arrivals, two adjusters, SHA-1, no notice yet.
WINTER = {
    "format": "enamnd.meeting",
    "version": 1,
    "body": "Norra nämnden",
    "date": "2021-01-28",
    "starts_at": "13:00",
    "ends_at": None,
    "place": "Teams",
    "remote": True,
    "secretary": "Eva Ek",
    "chairs": [{"name": "Alva Alm", "from_paragraph": 1, "to_paragraph": 3}],
    "adjusters": ["Bo Berg", "Cilla Ceder"],
    "adjustment": {"text": None, "from_paragraph": 1, "to_paragraph": 3},
    "notice": {"posted_on": None, "removed_on": None, "storage": None, "signed_by": None},
    "attendance": [
        seat("Alva Alm", "Arjeplog", role="ordförande"),
        seat("Bo Berg", "Boden", from_paragraph=2),
        seat("Cilla Ceder", "Kalix", presence="absent"),
        seat("Dan Dal", "Kalix", "substitute", "present", to_paragraph=1),
        seat("Dan Dal", "Kalix", "substitute", from_paragraph=2, replaces="Cilla Ceder"),
        {"name": "Eva Ek", "seat": None, "presence": "present", "organisation": "Norra nämnden"},
        {
            "name": "Ola Al",
            "seat": None,
            "presence": "present",
            "organisation": None,
            "from_paragraph": 3,
            "role": "gäst",
        },
    ],
    "paragraphs": [
        {
            "number": 1,
            "title": "Ramavtal",
            "case_number": None,
            "sections": [
                {"kind": "decision", "heading": "Beslut", "items": ["Ett & två", "Tre"]},
                {"kind": "text", "heading": "Sammanfattning", "html": "<p>a &amp; b <s>c</s></p>"},
            ],
        },
        {
            "number": 2,
            "title": "Plan",
            "case_number": "2021/2-1.1",
            "sections": [
                {"kind": "decision", "heading": "Beslut", "html": "<p>Godkänns.</p>"},
                {"kind": "documents", "heading": "Beslutsunderlag", "items": []},
            ],
        },
        {"number": 3, "title": "Övrigt", "case_number": None, "sections": []},
    ],
    "signatures": [{"name": "EVA EK", "at": "2021-02-01 14:34", "digest": "A1" * 20, "algorithm": "SHA-1"}],
}


def changed(*path, to):
    """The winter meeting with something else at one place."""
    meeting = deepcopy(WINTER)
    part = meeting
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return meeting


def without(*path):
    meeting = deepcopy(WINTER)
    part = meeting
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return meeting


def refusal(content):
    with pytest.raises(Refused) as refused:
        read(content if isinstance(content, str | bytes) else json.dumps(content))
    return str(refused.value)


def exported(meeting):
    return json.loads(write(read(json.dumps(meeting))))


def test_the_golden_protocol_comes_back_as_it_was():
    if not GOLDEN.exists():
        pytest.skip(f"the golden protocol is not at {GOLDEN}")
    meeting = read(GOLDEN.read_bytes())

    assert json.loads(write(meeting)) == json.loads(GOLDEN.read_text())
    assert meeting.unusual == ()
    assert [paragraph.number for paragraph in meeting.paragraphs] == list(range(8, 17))


def test_an_older_protocol_comes_back_as_it_was():
    assert exported(WINTER) == WINTER


def test_what_was_read_is_the_same_after_writing():
    meeting = read(json.dumps(WINTER))

    assert read(write(meeting)) == meeting
    assert (meeting.date, meeting.starts_at, meeting.ends_at) == (date(2021, 1, 28), time(13), None)
    assert meeting.notice == Notice()
    assert meeting.attendance[3].person == meeting.attendance[4].person
    assert meeting.paragraphs[0].sections[0].items == ("Ett & två", "Tre")
    assert meeting.paragraphs[1].sections[0].html == "<p>Godkänns.</p>"


def test_bytes_may_begin_with_a_byte_order_mark():
    assert read(b"\xef\xbb\xbf" + json.dumps(WINTER).encode()) == read(json.dumps(WINTER))


@pytest.mark.parametrize(
    "odd",
    [
        without("signatures"),
        without("notice"),
        without("chairs"),
        without("remote"),
        without("paragraphs", 2, "sections"),
        without("paragraphs", 0, "case_number"),
        without("attendance", 0, "replaces"),
        without("attendance", 6, "organisation"),
        without("notice", "storage"),
        changed("notice", to=None),
        changed("notice", to={}),
        changed("adjustment", to=None),
        changed("signatures", to=None),
        changed("adjusters", to=None),
        changed("remote", to=None),
        changed("attendance", 5, "role", to=None),
        changed("attendance", 0, "organisation", to=None),
        changed("paragraphs", 1, "sections", 0, "items", to=None),
    ],
)
def test_empty_places_come_back_as_the_file_had_them(odd):
    assert exported(odd) == odd


def test_a_place_that_has_been_filled_since_is_written():
    meeting = read(json.dumps(without("notice")))

    filled = json.loads(write(MeetingFile(**{**vars(meeting), "notice": Notice(storage="Arkivet")})))

    assert filled["notice"]["storage"] == "Arkivet"


def test_a_meeting_of_nothing_but_its_date_can_be_written_and_read():
    meeting = MeetingFile(body="Nämnden", date=date(2022, 6, 22))

    assert read(write(meeting)) == meeting


def test_paragraphs_without_number_may_stand_last():
    drafts = changed("paragraphs", 2, "number", to=None)
    for record in (drafts["chairs"][0], drafts["adjustment"]):
        record["to_paragraph"] = 2
    drafts["attendance"][6]["from_paragraph"] = None
    del drafts["attendance"][6]["from_paragraph"]

    assert exported(drafts) == drafts


def test_namesakes_from_two_municipalities_are_two_persons():
    rows = [seat("Lars Larsson", "Boden"), seat("Lars Larsson", "Kiruna")]

    assert exported(changed("attendance", to=rows))["attendance"] == rows


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Filen är inte JSON: felet finns på rad 1, kolumn 1."),
        ('{"format":\n  "enamnd.meeting",,}', "Filen är inte JSON: felet finns på rad 2, kolumn 20."),
        (b'{"format": "\xe5"}', "Filen är inte skriven i UTF-8"),
        ("[]", "”format”: ”enamnd.meeting” saknas"),
        ('{"format": "x"}', "format är ”x”, ska vara ”enamnd.meeting”"),
        ("[" * 100_000, "för många nivåer"),
        ('{"a": 1' + "0" * 5000 + "}", "orimligt tal"),
        ('{"a": NaN}', "NaN är inget tal"),
        ('{"a": 1, "a": 2}', "Nyckeln ”a” står två gånger"),
        (" " * 20_000_001, "större än 20 MB"),
        (changed("version", to=2), "Filen har version 2 av formatet. Portalen läser version 1."),
        (changed("version", to=True), "Filen har version true"),
        (changed("version", to=None), "Filen har version null"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_it_is(content, reason):
    assert reason in refusal(content)


SECTION = ("paragraphs", 1, "sections", 0)
ROW = ("attendance", 0)


@pytest.mark.parametrize(
    ("meeting", "reason"),
    [
        (
            changed(*SECTION, "html", to="<p><iframe></iframe></p>"),
            "§ 2, avsnitt 1: taggen <iframe> tas inte emot",
        ),
        (
            changed(*ROW, "presence", to="here"),
            "närvaro, rad 1 (Alva Alm): presence är ”here”, ska vara serving, present eller absent",
        ),
        (changed(*ROW, "presence", to=None), "närvaro, rad 1 (Alva Alm): presence saknas"),
        (changed(*ROW, "seat", to="ledamot"), "seat är ”ledamot”, ska vara member eller substitute"),
        (changed(*ROW, "shoe_size", to=43), "närvaro, rad 1 (Alva Alm): nyckeln ”shoe_size” finns inte i formatet"),
        (changed(*ROW, to="Alva"), "närvaro, rad 1: är ”Alva”, ska vara ett objekt"),
        (changed(*ROW, "from_paragraph", to="2"), "from_paragraph är ”2”, ska vara ett heltal från 1"),
        (changed(*ROW, "from_paragraph", to=2.0), "from_paragraph är 2.0, ska vara ett heltal från 1"),
        (changed(*ROW, "from_paragraph", to=True), "from_paragraph är true, ska vara ett heltal från 1"),
        (changed(*ROW, "from_paragraph", to=99), "from_paragraph är 99, men § 99 finns inte i sammanträdet"),
        (changed("paragraphs", 1, "number", to=None), "from_paragraph är 2, men § 2 finns inte i sammanträdet"),
        (changed("ends_at", to="12:00"), "sammanträdet: slutar 12:00, innan det börjar 13:00"),
        (
            changed("notice", to={"posted_on": "2021-02-08", "removed_on": "2021-02-01"}),
            "anslag: tas ned 2021-02-01, innan det sätts upp 2021-02-08",
        ),
        (changed(*ROW, "municipality", to=None), "municipality saknas"),
        (changed(*ROW, "organisation", to="Evado"), "organisation hör till övriga"),
        (changed(*ROW, "replaces", to="Bo Berg"), "replaces hör till en ersättare som tjänstgör"),
        (changed("attendance", 5, "presence", to="serving"), "rad 6 (Eva Ek): övriga (seat null) kan inte tjänstgöra"),
        (changed("attendance", 5, "municipality", to="Boden"), "övriga (seat null) har organisation i stället"),
        (
            changed("attendance", 4, "replaces", to="Nils Ingen"),
            "närvaro, rad 5 (Dan Dal): replaces är ”Nils Ingen”, men ingen ledamot i närvaron heter så",
        ),
        (changed("attendance", 4, "from_paragraph", to=1), "rad 5 (Dan Dal): gäller delvis samma paragrafer som rad 4"),
        (
            changed("chairs", 0, to={"name": "Alva Alm", "from_paragraph": 3, "to_paragraph": 1}),
            "ordförande, rad 1 (Alva Alm): from_paragraph (3) är större än to_paragraph (1)",
        ),
        (changed("adjustment", "to_paragraph", to=4), "justering: to_paragraph är 4, men § 4 finns inte"),
        (changed("paragraphs", 1, "number", to=1), "§ 1: numret finns två gånger"),
        (changed("paragraphs", 0, "number", to=9), "§ 2: står efter § 9, paragraferna ska stå i nummerordning"),
        (changed("paragraphs", 0, "number", to=None), "§ 2: står efter paragraf 1, som saknar nummer"),
        (changed("paragraphs", 0, "number", to=0), "paragraf 1: number är 0, ska vara ett heltal från 1"),
        (changed("paragraphs", 0, "title", to=""), "§ 1: title är tom"),
        (changed("paragraphs", 0, "title", to="a\x00b"), "§ 1: title har styrtecken"),
        (changed("paragraphs", 0, "title", to="\ud800"), "§ 1: title har styrtecken eller trasiga tecken"),
        (changed("paragraphs", 0, "title", to="x" * 1001), "§ 1: title har 1001 tecken, får ha högst 1000"),
        (changed(*SECTION, "kind", to="poem"), "§ 2, avsnitt 1: kind är ”poem”, ska vara decision, text"),
        (changed(*SECTION, "items", to=["x"]), "§ 2, avsnitt 1: har både items och html"),
        (without(*SECTION, "html"), "§ 2, avsnitt 1: saknar items eller html"),
        (changed("paragraphs", 0, "sections", 0, "items", to=["a", 7]), "items, punkt 2 är 7, ska vara text"),
        (changed("paragraphs", 0, "sections", 0, "items", to=[" "]), "items, punkt 1 är ” ”, ska vara text"),
        (changed("date", to="22 juni 2022"), "sammanträdet: date är ”22 juni 2022”, ska vara ett datum som 2022-06-22"),
        (changed("date", to="2022-02-30"), "sammanträdet: date är ”2022-02-30”"),
        (without("date"), "sammanträdet: date saknas"),
        (without("paragraphs"), "sammanträdet: paragraphs saknas"),
        (changed("starts_at", to="25:00"), "starts_at är ”25:00”, ska vara ett klockslag som 13:00"),
        (changed("starts_at", to="kl 13"), "starts_at är ”kl 13”"),
        (changed("remote", to="ja"), "remote är ”ja”, ska vara true eller false"),
        (changed("adjusters", to="Bo Berg"), "adjusters är ”Bo Berg”, ska vara en lista"),
        (changed("notice", to=[]), "anslag: är en lista, ska vara ett objekt"),
        (changed("notice", "posted_on", to="igår"), "anslag: posted_on är ”igår”"),
        (changed("colour", to="blå"), "sammanträdet: nyckeln ”colour” finns inte i formatet"),
        (changed("body", to=" "), "sammanträdet: body är tom"),
        (
            changed("signatures", 0, "digest", to="A1" * 32),
            "signering, rad 1 (EVA EK): digest ska vara 40 hexadecimala",
        ),
        (changed("signatures", 0, "at", to="igår"), "at är ”igår”, ska vara en tid som 2022-06-28 14:34"),
    ],
)
def test_every_mistake_is_told_with_its_place(meeting, reason):
    assert reason in refusal(meeting)


@pytest.mark.parametrize(
    ("meeting", "reasons"),
    [
        (changed("paragraphs", 0, "number", to="1"), ["paragraf 1: number är ”1”, ska vara ett heltal från 1"]),
        (changed("paragraphs", to={}), ["sammanträdet: paragraphs är ett objekt, ska vara en lista"]),
    ],
)
def test_a_number_that_cannot_be_read_is_told_once_and_not_for_every_range(meeting, reasons):
    with pytest.raises(Refused) as refused:
        read(json.dumps(meeting))

    assert [line for line in refused.value.lines if "står efter" not in line] == reasons


def test_all_mistakes_are_told_at_once():
    meeting = changed("date", to="x")
    meeting["attendance"][0]["presence"] = "here"
    meeting["paragraphs"][0]["sections"][1]["html"] = "<b>x</b>"

    with pytest.raises(Refused) as refused:
        read(json.dumps(meeting))
    assert [problem.place for problem in refused.value.problems] == [
        "sammanträdet",
        "närvaro, rad 1 (Alva Alm)",
        "§ 1, avsnitt 2",
    ]


def comes_back_or_is_refused(meeting):
    try:
        return exported(meeting) == meeting
    except Refused as refused:
        return bool(str(refused))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(WINTER)), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(WINTER)), anything)
def test_a_file_is_either_taken_whole_or_refused(key, value):
    meeting = {**WINTER, key: value}
    assert comes_back_or_is_refused(meeting)


@given(st.data())
def test_a_row_with_anything_at_a_key_is_either_taken_or_refused(data):
    row = data.draw(st.sampled_from(range(len(WINTER["attendance"]))))
    key = data.draw(st.sampled_from(list(AttendanceRow.__dataclass_fields__)))
    meeting = changed("attendance", row, key, to=data.draw(anything))
    assert comes_back_or_is_refused(meeting)
