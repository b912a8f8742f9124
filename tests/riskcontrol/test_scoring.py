"""Scales, values and spread: plain arithmetic, no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.refusal import Refused
from riskcontrol.default_scales import USUAL_SCALES
from riskcontrol.scoring import as_data, check_score, read_scale, risk_value, spread_of

FIVE, FOUR = (read_scale(USUAL_SCALES[name]) for name in ("5 × 5", "4 × 4"))


def scale_data(**changed) -> dict:
    return USUAL_SCALES["4 × 4"] | changed


@pytest.mark.parametrize(("likelihood", "consequence", "value"), [(3, 2, 6), (2, 4, 8), (1, 4, 4), (5, 5, 25)])
def test_a_value_is_likelihood_times_consequence(likelihood, consequence, value):
    assert risk_value(FIVE, likelihood, consequence) == value


def test_the_highest_value_is_that_of_the_scale():
    assert (FIVE.highest, FOUR.highest) == (25, 16)


@pytest.mark.parametrize(
    ("likelihood", "consequence", "said", "field"),
    [
        (5, 1, "Sannolikhet 5 ligger utanför skalan. Skriv 1 till 4.", "likelihood"),
        (1, 0, "Konsekvens 0 ligger utanför skalan. Skriv 1 till 4.", "consequence"),
        (-1, 9, "Sannolikhet -1 ligger utanför skalan. Skriv 1 till 4.", "likelihood"),
    ],
)
def test_a_value_outside_the_scale_is_refused_with_what_may_be_written(likelihood, consequence, said, field):
    with pytest.raises(Refused) as refused:
        check_score(FOUR, likelihood, consequence)

    assert (str(refused.value), refused.value.field) == (said, field)


def test_without_a_scale_nothing_is_scored():
    with pytest.raises(Refused, match="Planen har ingen skala"):
        risk_value(None, 1, 1)


def test_the_place_is_named_when_many_are_scored_at_once():
    with pytest.raises(Refused, match="Risk 4: konsekvens 5 ligger utanför skalan"):
        check_score(FOUR, 1, 5, place="Risk 4")


@given(st.integers(1, 5), st.integers(1, 5))
def test_every_value_of_a_scale_has_one_level_that_reaches_over_it(likelihood, consequence):
    value = risk_value(FIVE, likelihood, consequence)
    lowest, highest = FIVE.reach_of(FIVE.band_of(value))

    assert lowest <= value <= highest


def test_a_scale_read_from_what_it_says_is_the_same():
    assert read_scale(as_data(FIVE)) == FIVE


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"likelihood": []}, "Sannolikhet: ska ha 2 till 10 steg."),
        ({"consequence": [{"word": "Liten"}, {"word": ""}]}, "Konsekvens, steg 2: saknar ord."),
        ({"likelihood": [{"word": "Liten"}, {"word": "liten"}]}, "Sannolikhet: två steg har samma ord."),
        ({"likelihood": [{"word": "Liten"}, {"word": "x" * 41}]}, "Sannolikhet, steg 2: ordet är längre än 40 tecken"),
        ({"bands": []}, "Nivåer: skriv minst en nivå"),
        ({"bands": [{"from": 2, "word": "Låg", "tone": "green"}]}, "den lägsta nivån ska börja på 1"),
        ({"bands": [{"from": 17, "word": "Hög", "tone": "red"}]}, "utanför riskvärdena 1 till 16"),
        ({"bands": [{"from": 1, "word": "Låg", "tone": "rosa"}]}, "och en färg (grön"),
        ({"bands": [{"from": 1, "word": "Låg", "tone": "green"}] * 2}, "två nivåer börjar på samma värde"),
    ],
)
def test_what_is_no_scale_is_refused_with_its_place(changed, said):
    with pytest.raises(Refused) as refused:
        read_scale(scale_data(**changed))

    assert said in str(refused.value)


def test_every_problem_of_a_scale_is_told_at_once():
    with pytest.raises(Refused) as refused:
        read_scale({"likelihood": [], "consequence": [], "bands": []})

    assert len(refused.value.lines) == 3


def test_the_spread_says_how_people_scored():
    spread = spread_of([(1, 2), (4, 3), (1, 2), (2, 2)])

    assert (spread.count, spread.lowest, spread.middle, spread.highest) == (4, 2, 3.0, 12)
    assert spread.cells == (((1, 2), 2), ((2, 2), 1), ((4, 3), 1))
    assert spread.is_wide


def test_those_who_agree_have_no_wide_spread_and_nobody_has_none():
    assert not spread_of([(2, 3), (3, 2)]).is_wide
    assert not spread_of([(5, 5)]).is_wide
    assert spread_of([]) is None
