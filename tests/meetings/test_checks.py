"""The protocol check: each check over plain values, as a table of what it finds and what it lets be."""

from dataclasses import replace
from datetime import date

import pytest

from meetings.attending import roll
from meetings.checks import CHECKS, ERROR, check_protocol, decisions, numbers, papers, people, records, signers, texts
from meetings.checks.protocol import LoadedProtocol, Matter, Named, PlainBallot, PlainMotion, PlainStatement
from meetings.days import Begun
from meetings.text import sections
from tests import factories

ANNA, BO, CAI = "1", "2", "3"


def row(key: str, presence: str = "serving", **fields) -> roll.Row:
    names = {ANNA: "Anna Berg", BO: "Bo Ek", CAI: "Cai Dahl"}
    fields = {"party": "S", "municipality": f"Kommun {key}", "seat": "member", "presence": presence} | fields
    return roll.Row(key, names[key], **fields)


def section(kind: str, heading: str = "", **content) -> sections.Section:
    return sections.new_section(kind, heading or sections.KINDS[kind], **content)


def listed(kind: str, *items: str) -> sections.Section:
    return section(kind, items=[sections.Item(text) for text in items])


def text(html: str, heading: str = "Sammanfattning av ärendet") -> sections.Section:
    return section(sections.TEXT, heading, html=html)


WHOLE = (
    listed(sections.DECISION, "att godkänna"),
    listed(sections.DOCUMENTS, "Skrivelse"),
    listed(sections.RECIPIENTS, "Akten"),
)


def matter(place: int = 1, *more: sections.Section, **fields) -> Matter:
    defaults = {"number": place, "title": f"Ärende {place}", "case_number": "2022/1", "text": (*WHOLE, *more)}
    return Matter(pk=place, position=place, **defaults | fields)


def named(label: str = "Anna Berg (S)", **fields) -> Named:
    return Named(label.removesuffix(" (S)"), label, **fields)


def protocol(*matters: Matter, **fields) -> LoadedProtocol:
    """A protocol that no check has anything to say about, but for what the test changes."""
    matters = matters or (matter(),)
    defaults = {
        "held_on": date(2022, 6, 22),
        "today": date(2022, 6, 30),
        "latest_on": date(2022, 7, 6),
        "chosen": frozenset(each.pk for each in matters),
        "rows": (row(ANNA), row(BO), row(CAI)),
        "seats": 3,
        "secretary": named("Siv Penna"),
        "chairs": (named("Anna Berg (S)"),),
        "adjusters": (named("Bo Ek (S)"),),
        "year": 2022,
    }
    return LoadedProtocol(matters=matters, **defaults | fields)


def found_by(check, *matters: Matter, **fields) -> list[str]:
    return [each.sentence for each in check(protocol(*matters, **fields))]


def test_a_protocol_without_faults_is_let_be():
    assert {check.code: found_by(check.find) for check in CHECKS if found_by(check.find)} == {}


def vote(*choices: tuple[str, str], **fields) -> Matter:
    return matter(1, ballots=(PlainBallot("open", votes=choices, **fields),))


YES, NO = "yes", "no"
TWO_DAYS = {
    "matters": [matter(1), matter(2)],
    "begun": (Begun(date(2022, 6, 22), 0), Begun(date(2022, 6, 23), 2)),
    "terms": {BO: (date(2022, 6, 23), None)},
}
TABLE = [
    # check, what is found in (part of the sentence; "" for nothing), the protocol
    (numbers.no_paragraphs, "ingen paragraf", {"chosen": frozenset()}),
    (numbers.numbers_missing, "inga nummer", {"matters": [matter(1, number=None)]}),
    (numbers.numbers_missing, "", {"matters": [matter(1, number=None)], "numbers_paragraphs": False}),
    (numbers.number_gap, "§ 3 följer efter § 1", {"matters": [matter(1), matter(3)]}),
    (numbers.number_gap, "§ 9 följer efter § 7", {"matters": [matter(9)], "number_before": 7}),
    (numbers.number_gap, "", {"matters": [matter(8), matter(9)], "number_before": 7}),
    (numbers.late, "senast 6 juli 2022", {"today": date(2022, 7, 7)}),
    (numbers.late, "", {"today": date(2022, 7, 6)}),
    (numbers.day_untold, "hölls också 23 juni 2022", {"days_untold": (date(2022, 6, 23),)}),
    (numbers.day_untold, "", {}),
    (people.outside_mandate, "Bo Ek (S) tjänstgör § 1, men uppdraget gäller från 23 juni", TWO_DAYS),
    (people.outside_mandate, "uppdraget gäller till 22 juni", TWO_DAYS | {"terms": {BO: (None, date(2022, 6, 22))}}),
    (people.outside_mandate, "", TWO_DAYS | {"terms": {BO: (date(2019, 1, 1), None)}}),
    (people.no_attendance, "tom", {"rows": (row(ANNA, seat=None),)}),
    (people.unmarked, "1 person: Bo Ek (S)", {"rows": (row(ANNA), row(BO, ""))}),
    (people.unmarked, "", {"rows": (row(ANNA), row(BO, "")), "is_immediate": True}),
    (people.no_secretary, "Ingen sekreterare", {"secretary": None}),
    (people.no_chair, "för § 2", {"matters": [matter(1), matter(2)], "chairs": (named(last=1),)}),
    (people.no_chair, "för sammanträdet", {"chairs": ()}),
    (people.no_adjuster, "för § 2", {"matters": [matter(1), matter(2)], "adjusters": (named(last=1),)}),
    (people.no_adjuster, "Det ska vara 2", {"adjusters_needed": 2}),
    (people.adjuster_is_chair, "Välj en annan justerare", {"adjusters": (named("Anna Berg (S)"),)}),
    (people.adjuster_is_chair, "", {"adjusters": (named("Anna Berg (S)"), named("Bo Ek (S)"))}),
    (
        people.adjuster_is_chair,
        "för § 2.",
        {
            "matters": [matter(1), matter(2)],
            "chairs": (named("Anna Berg (S)", last=1), named("Bo Ek (S)", first=2)),
        },
    ),
    (people.chair_adjusts_too, "två gånger", {"adjusters": (named("Anna Berg (S)"), named("Bo Ek (S)"))}),
    (people.chair_adjusts_too, "", {"adjusters": (named("Anna Berg (S)"),)}),
    (records.stale_text, "sedan ”Yrkanden” skrevs", {"matters": [matter(1, stale=("Yrkanden",))]}),
    (records.stale_text, "", {"matters": [matter(1, unwritten=("Yrkanden",))]}),
    (records.unwritten_text, "”Jäv” och ”Yrkanden” är", {"matters": [matter(1, unwritten=("Jäv", "Yrkanden"))]}),
    (records.unwritten_text, "", {"matters": [matter(1, stale=("Yrkanden",))]}),
    (
        people.adjuster_is_chair,
        "",
        {
            "matters": [matter(1), matter(2)],
            "chairs": (named("Anna Berg (S)", last=1), named("Bo Ek (S)", first=2)),
            "adjusters": (named("Anna Berg (S)", first=2), named("Bo Ek (S)", last=1)),
        },
    ),
    (people.adjuster_absent, "tjänstgjorde inte", {"rows": (row(ANNA), row(BO, "absent"))}),
    (people.adjuster_absent, "", {"rows": (row(ANNA, ""), row(BO, ""))}),
    (people.adjuster_recused, "var jävig", {"matters": [matter(1, recused=frozenset({BO}))]}),
    (people.adjuster_absent, "", {"matters": [matter(1, recused=frozenset({BO}))]}),
    (people.not_quorate, "1 av 3, inte beslutsför", {"rows": (row(ANNA), row(BO, "absent"), row(CAI, "absent"))}),
    (people.not_quorate, "1 av 3", {"matters": [matter(1, recused=frozenset({BO, CAI}))]}),
    (people.not_quorate, "", {"matters": [matter(1, is_decision=False)], "rows": (row(ANNA),)}),
    (
        people.remote_not_allowed,
        "men det gör Anna Berg (S)",
        {"rows": (row(ANNA, is_remote=True), row(BO)), "allows_remote": False},
    ),
    (people.remote_not_allowed, "", {"rows": (row(ANNA, is_remote=True), row(BO))}),
    (people.another_name, "heter Anna Bergh", {"registered": {ANNA: "Anna Bergh"}}),
    (people.another_name, "heter Siv Penne", {"secretary": named("Siv Penna", registered="Siv Penne")}),
    (people.another_name, "", {"registered": {ANNA: "Anna Berg"}}),
    (signers.no_account, "inget konto", {"adjusters": (named("Bo Ek (S)", has_account=False),)}),
    (signers.no_address, "ingen e-postadress", {"chairs": (named(has_address=False),)}),
    (signers.no_account, "", {"chairs": (named(), named("Bo Ek (S)", first=9, has_account=False))}),
    (decisions.no_decision, "saknar beslut", {"matters": [matter(1, text=(listed(sections.DECISION, " "),))]}),
    (
        decisions.no_decision,
        "",
        {"matters": [matter(1, text=(listed(sections.DECISION, ""),), outcome="dropped")]},
    ),
    (
        decisions.no_decision,
        "",
        {"matters": [matter(1, text=(listed(sections.DECISION, ""),), is_decision=False)]},
    ),
    (decisions.no_place_for_decision, "inget avsnitt för beslut", {"matters": [matter(1, text=())]}),
    (decisions.no_procedure, "2 yrkanden", {"matters": [matter(1, motions=(PlainMotion(ANNA), PlainMotion(BO)))]}),
    (
        decisions.no_procedure,
        "",
        {"matters": [matter(1, motions=(PlainMotion(ANNA), PlainMotion(BO, is_withdrawn=True)))]},
    ),
    (
        decisions.no_procedure,
        "",
        {"matters": [matter(1, text("<p>Ja.</p>", "Beslutsgång"), motions=(PlainMotion(ANNA), PlainMotion(BO)))]},
    ),
    (decisions.ballot_unfinished, "inte är avslutad", {"matters": [vote((ANNA, YES), is_finished=False)]}),
    (decisions.votes_do_not_add_up, "1 ja, 1 nej", {"matters": [vote((ANNA, YES), (BO, NO), counts=(2, 0, 0))]}),
    (decisions.votes_do_not_add_up, "", {"matters": [vote((ANNA, YES), (BO, NO), counts=(1, 1, 0))]}),
    (decisions.votes_do_not_add_up, "4 röster", {"matters": [vote(counts=(4, 0, 0))]}),
    (
        decisions.votes_do_not_add_up,
        "omröstningen var sluten",
        {"matters": [matter(1, ballots=(PlainBallot("closed", votes=((ANNA, YES),)),))]},
    ),
    (decisions.tie_undecided, "utslagsröst", {"matters": [vote((ANNA, YES), (BO, NO))]}),
    (decisions.tie_undecided, "lotten", {"matters": [vote((ANNA, YES), (BO, NO), is_election=True)]}),
    (decisions.tie_undecided, "", {"matters": [vote((ANNA, YES), (BO, NO), casting_vote=YES)]}),
    (
        decisions.voter_recused,
        "Anna Berg (S) var jävig",
        {"matters": [replace(vote((ANNA, YES)), recused=frozenset({ANNA}))]},
    ),
    (
        decisions.voter_not_serving,
        "tjänstgjorde inte",
        {"matters": [vote((ANNA, YES))], "rows": (row(ANNA, "present"), row(BO), row(CAI))},
    ),
    (
        decisions.mover_recused,
        "bland dem som yrkade",
        {"matters": [matter(1, motions=(PlainMotion(BO, supporters=(ANNA,)),), recused=frozenset({ANNA}))]},
    ),
    (
        decisions.reservation_without_part,
        "deltog inte",
        {"matters": [matter(1, statements=(PlainStatement(ANNA),))], "rows": (row(ANNA, "absent"), row(BO), row(CAI))},
    ),
    (
        decisions.reservation_without_part,
        "avstod i omröstningen",
        {"matters": [replace(vote((ANNA, "abstain"), (BO, "yes")), statements=(PlainStatement(ANNA),))]},
    ),
    (
        decisions.reservation_without_part,
        "",
        {
            "matters": [matter(1, statements=(PlainStatement(ANNA, is_reservation=False),))],
            "rows": (row(ANNA, "absent"), row(BO), row(CAI)),
        },
    ),
    (texts.placeholder, "[…]", {"matters": [matter(1, text("<p>Beloppet är […] kronor.</p>"))]}),
    (texts.placeholder, "<Ange datum>", {"matters": [matter(1, text("<p>Senast &lt;Ange datum&gt;.</p>"))]}),
    (texts.placeholder, "", {"matters": [matter(1, text("<p>Citatet [sic] och 3 &lt; 4.</p>"))]}),
    (texts.perhaps_placeholder, "”XX”", {"matters": [matter(1, text("<p>Dnr XX.</p>"))]}),
    (texts.no_glyph, "王 明 finns inte", {"matters": [matter(1, text("<p>Från 王明, ½ och š.</p>"))]}),
    (texts.no_glyph, "", {"matters": [matter(1, text("<p>Łódź, ”½” – € ☒</p>"))]}),
    (texts.perhaps_placeholder, "", {"matters": [matter(1, text("<p>Bilaga XXL och MAXX.</p>"))]}),
    (texts.reference_nowhere, "”§ 9”", {"matters": [matter(1, text("<p>Se § 9.</p>"))]}),
    (
        texts.reference_nowhere,
        "",
        {"matters": [matter(1, text("<p>Se § 9.</p>"))], "known_references": frozenset({(2022, 9)})},
    ),
    (texts.misspelled_name, "Anna Berg", {"matters": [matter(1, text("<p>Anna Berj yttrade sig.</p>"))]}),
    (texts.misspelled_name, "", {"matters": [matter(1, text("<p>Anna Berg och Luleå Kommun.</p>"))]}),
    (
        papers.missing_file,
        "”Skrivelse”",
        {
            "matters": [matter(1, text=(section(sections.DOCUMENTS, items=[sections.Item("Skrivelse", document=7)]),))],
            "without_file": frozenset({7}),
        },
    ),
    (papers.no_case, "inte till något ärende", {"matters": [matter(1, case_number="")]}),
    (papers.no_documents, "beslutsunderlag", {"matters": [matter(1, text=WHOLE[:1])]}),
    (papers.no_recipients, "till vem", {"matters": [matter(1, text=WHOLE[:1])]}),
]


@pytest.mark.parametrize(
    ("check", "expected", "fields"),
    TABLE,
    ids=[f"{check.__name__}-{expected or 'nothing'}" for check, expected, _ in TABLE],
)
def test_a_check_finds_what_it_is_for_and_nothing_else(check, expected, fields):
    fields = dict(fields)
    found = found_by(check, *fields.pop("matters", ()), **fields)

    assert [sentence for sentence in found if expected and expected in sentence] == found
    assert bool(found) == bool(expected)


def test_every_check_is_in_the_table():
    assert {check.find for check in CHECKS} - {check for check, *_ in TABLE} == {texts.personal_number}


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        ("811218-9876", True),  # a constructed number of the tax agency's own examples
        ("19811218-9876", True),
        ("8112189876", True),
        ("811218+9876", True),
        ("811278-9873", True),  # coordination number: day + 60
        ("811218-9875", False),  # the check digit is wrong
        ("812018-9871", False),  # an organisation number: 20 where a month would stand
        ("212000-2692", False),
        ("0920-453000", False),
        ("811232-9876", False),
        ("2022.81", False),
    ],
)
def test_personal_numbers_are_told_from_other_numbers(written, is_found):
    assert bool(texts.personal_numbers(f"Sökanden {written} har begärt.")) is is_found


def test_a_personal_number_is_not_repeated_in_what_is_said_of_it():
    (said,) = found_by(texts.personal_number, matter(1, text("<p>811218-9876</p>")))

    assert "9876" not in said
    assert "811218" in said


@pytest.mark.django_db
def test_a_written_protocol_has_only_the_warning_that_it_is_late():
    meeting = factories.protocol_to_adjust()

    assert [each.code for each in check_protocol(meeting)] == ["late"]


@pytest.mark.django_db
def test_each_remark_leads_to_where_it_is_mended():
    meeting = factories.protocol_to_adjust()
    first = meeting.paragraphs.first()
    first.sections = [factories.decision("")]
    first.save()
    meeting.adjusters.all().delete()

    remarks = check_protocol(meeting)

    assert {each.code: (each.paragraph, each.href) for each in remarks if each.level == ERROR} == {
        "no_adjuster": (None, f"/sammantraden/{meeting.pk}/uppgifter/#adjusters-title"),
        "no_decision": (first.pk, f"/sammantraden/{meeting.pk}/paragrafer/{first.pk}/"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("size", [2, 12])
def test_the_check_asks_as_much_of_a_long_protocol(size, django_assert_max_num_queries):
    meeting = factories.protocol_to_adjust(size, members=size + 1)

    with django_assert_max_num_queries(32):
        check_protocol(meeting)
