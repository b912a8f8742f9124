from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enamnd.refusal import Refused
from finance.allocation import Part, allocate, buy_in, carried_in_words, check_parts, sizes_of

KRONA, HUNDRED = 100, 10_000
NAMES = [f"Ort{number:03}" for number in range(300)]

amounts = st.integers(min_value=-(10**13), max_value=10**13).filter(bool)
units = st.sampled_from([1, KRONA, HUNDRED])
weights = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=20).filter(any)


def by(figures: dict, name="folkmängd", **size) -> Part:
    return Part(name, figures, **size)


@st.composite
def models(draw):
    """Parts that add up, and who takes part."""
    figures = [dict(zip(NAMES, draw(weights), strict=False))]
    who = list(figures[0])
    percent = draw(st.fractions(min_value=0, max_value=99, max_denominator=100))
    parts = [Part("lika delar", None, percent=percent), by(figures[0])] if percent else [by(figures[0])]
    return parts, who


def paid(allocated) -> dict:
    return {each.who: each.amount for each in allocated.shares}


@given(amounts, models(), units)
@settings(deadline=None)
def test_the_shares_always_make_the_amount(amount, model, unit):
    parts, who = model

    allocated = allocate(amount, parts, who, unit=unit)

    assert sum(each.amount for each in allocated.shares) == amount
    assert sum(each.numerator for each in allocated.shares) == amount * allocated.denominator
    assert sum(allocated.sizes) == amount * allocated.denominator


@given(amounts, models(), units)
@settings(deadline=None)
def test_no_share_is_a_whole_unit_from_its_exact_share(amount, model, unit):
    parts, who = model

    allocated = allocate(amount, parts, who, unit=unit)

    for each in allocated.shares:
        assert abs(each.amount - allocated.exact(each.numerator)) < unit
        assert sum(each.parts) == each.numerator


@given(amounts, models(), units, st.randoms())
@settings(deadline=None)
def test_the_order_in_which_they_are_given_matters_nothing(amount, model, unit, random):
    parts, who = model
    mixed = [*who]
    random.shuffle(mixed)

    assert paid(allocate(amount, parts, who, unit=unit)) == paid(allocate(amount, parts, mixed, unit=unit))


@given(amounts, models(), units)
@settings(deadline=None)
def test_a_credit_mirrors_what_it_credits(amount, model, unit):
    parts, who = model

    charged, credited = allocate(amount, parts, who, unit=unit), allocate(-amount, parts, who, unit=unit)

    assert paid(credited) == {who: -öre for who, öre in paid(charged).items()}
    assert credited.carriers == charged.carriers


@given(amounts, units)
def test_one_who_takes_part_alone_takes_all(amount, unit):
    assert paid(allocate(amount, [Part("lika delar")], ["Boden"], unit=unit)) == {"Boden": amount}


@given(st.integers(1, 10**9), st.lists(st.integers(1, 10**6), min_size=2, max_size=20), units)
@settings(deadline=None)
def test_a_larger_figure_never_pays_less(amount, figures, unit):
    whose = dict(zip(NAMES, figures, strict=False))

    payments = paid(allocate(amount * unit, [by(whose)], list(whose), unit=unit))

    ordered = sorted(whose, key=lambda each: (whose[each], payments[each]))
    assert [payments[each] for each in ordered] == sorted(payments.values())


def test_equal_shares_that_do_not_come_out_even_are_carried_in_the_stated_order():
    allocated = allocate(10_000, [Part("lika delar")], ["Övertorneå", "Boden", "Älvsbyn"], unit=KRONA)

    assert paid(allocated) == {"Boden": 3400, "Älvsbyn": 3300, "Övertorneå": 3300}
    assert allocated.carriers == ["Boden"]


def test_what_is_less_than_a_unit_is_carried_by_the_next_in_order():
    allocated = allocate(100_050, [Part("lika delar")], ["Boden", "Kalix", "Piteå"], unit=HUNDRED)

    assert paid(allocated) == {"Boden": 40_000, "Kalix": 30_050, "Piteå": 30_000}


def test_a_part_in_equal_shares_and_the_rest_by_population():
    figures = {"Boden": 3000, "Kalix": 1000}
    parts = [Part("lika delar", None, percent=Fraction(30)), by(figures)]

    allocated = allocate(100_000, parts, list(figures))

    assert paid(allocated) == {"Boden": 15_000 + 52_500, "Kalix": 15_000 + 17_500}
    assert [allocated.exact(size) for size in allocated.sizes] == [30_000, 70_000]
    assert allocated.weights == (2, 4000)


def test_so_many_kronor_equally_and_the_rest_by_population():
    figures = {"Boden": 3000, "Kalix": 1000}

    allocated = allocate(100_000, [Part("lika delar", None, amount=20_000), by(figures)], list(figures))

    assert paid(allocated) == {"Boden": 10_000 + 60_000, "Kalix": 10_000 + 20_000}


def test_what_is_met_from_outside_is_taken_away_first():
    allocated = allocate(100_000, [Part("lika delar")], ["Boden", "Kalix"], outside=40_000)

    assert allocated.divided == 60_000
    assert paid(allocated) == {"Boden": 30_000, "Kalix": 30_000}


def test_figures_may_be_fractions():
    figures = {"Boden": Fraction(1, 3), "Kalix": Fraction(1, 6)}

    assert paid(allocate(90, [by(figures)], list(figures))) == {"Boden": 60, "Kalix": 30}


def test_somebody_with_the_figure_nought_pays_nothing():
    allocated = allocate(1001, [by({"Boden": 0, "Kalix": 2, "Piteå": 1})], ["Boden", "Kalix", "Piteå"], unit=KRONA)

    assert paid(allocated) == {"Boden": 0, "Kalix": 700, "Piteå": 301}


@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("Ingen deltar", {"who": []}),
        ("Boden står två gånger", {"who": ["Boden", "Boden"]}),
        ("mindre än en biljon", {"amount": 10**17}),
        ("mer än beloppet", {"outside": 200_000}),
        ("samma tecken", {"outside": -1}),
        ("Kalix saknar tal för folkmängd", {"who": ["Boden", "Kalix"], "parts": [by({"Boden": 1})]}),
        ("Boden har ett tal under noll", {"parts": [by({"Boden": -1})]}),
        ("Alla som deltar har 0", {"parts": [by({"Boden": 0})]}),
        (
            "bara 1\u00a0000\u00a0kr ska fördelas",
            {"parts": [Part("lika delar", None, amount=200_000), by({"Boden": 1})]},
        ),
    ],
)
def test_what_cannot_be_divided_is_refused_with_the_reason(sentence, given):
    arguments = {"amount": 100_000, "parts": [Part("lika delar")], "who": ["Boden"], "outside": 0} | given

    with pytest.raises(Refused) as refusal:
        allocate(arguments["amount"], arguments["parts"], arguments["who"], outside=arguments["outside"])

    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("inga delar", []),
        ("tillsammans 95 %. De ska bli 100 %", [Part("a", None, percent=Fraction(95))]),
        ("tillsammans 99,5 %", [Part("a", None, percent=Fraction("99.5"))]),
        ("tillsammans 110 %", [Part("a", None, percent=Fraction(60)), Part("b", None, percent=Fraction(50))]),
        ("2 delar tar resten", [Part("a"), Part("b")]),
        ("ingenting blir kvar", [Part("a", None, percent=Fraction(100)), Part("b")]),
        ("Låt en del ta resten", [Part("a", None, amount=100), Part("b", None, percent=Fraction(50))]),
        ("En del på 0 procent", [Part("a", None, percent=Fraction(0)), Part("b")]),
    ],
)
def test_parts_that_do_not_make_the_whole_are_refused(sentence, parts):
    with pytest.raises(Refused, match=sentence):
        check_parts(parts)


def test_a_third_is_a_third():
    thirds = [Part(name, None, percent=Fraction(100, 3)) for name in "abc"]

    check_parts(thirds)

    assert sizes_of(100, thirds) == [Fraction(100, 3)] * 3


def test_who_joins_late_pays_what_the_others_are_credited():
    figures = {"Boden": 3000, "Kalix": 1000, "Piteå": 4000}
    before = paid(allocate(100_000, [by(figures)], ["Boden", "Piteå"], unit=KRONA))

    changes = buy_in(before, allocate(100_000, [by(figures)], list(figures), unit=KRONA))

    assert {each.who: each.difference for each in changes} == {"Boden": -5_400, "Kalix": 12_500, "Piteå": -7_100}
    assert sum(each.difference for each in changes) == 0


def test_who_carries_the_odd_kronor_is_said_in_words():
    even = allocate(100_000, [Part("lika delar")], ["Boden", "Kalix"], unit=KRONA)
    odd = allocate(10_000, [Part("lika delar")], ["Boden", "Kalix", "Piteå"], unit=KRONA)

    assert carried_in_words(even) == ""
    assert "Boden 34\u00a0kr i stället för 33\u00a0kr" in carried_in_words(odd)
