"""The matrix as a picture, and what differs between two years: plain values, no database."""

from hypothesis import given
from hypothesis import strategies as st

from riskcontrol.changes import Row, changes_between
from riskcontrol.default_scales import USUAL_SCALES
from riskcontrol.matrix import LEFT, WIDTH, Mark, picture
from riskcontrol.scoring import read_scale

FIVE, FOUR = (read_scale(USUAL_SCALES[name]) for name in ("5 × 5", "4 × 4"))
PLACES = st.tuples(st.integers(1, 5), st.integers(1, 5))


def cell_of(drawn, likelihood: int, consequence: int):
    return next(each for each in drawn.cells if (each.likelihood, each.consequence) == (likelihood, consequence))


def test_likelihood_runs_to_the_right_and_consequence_upwards():
    drawn = picture(FOUR, [])

    assert [(cell.likelihood, cell.consequence) for cell in drawn.rows[0]] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert cell_of(drawn, 4, 4).x > cell_of(drawn, 1, 4).x
    assert cell_of(drawn, 1, 4).y < cell_of(drawn, 1, 1).y
    assert [(cell.value, cell.band.word) for cell in drawn.rows[3]] == [
        (1, "Låg"),
        (2, "Låg"),
        (3, "Låg"),
        (4, "Måttlig"),
    ]


@given(st.lists(PLACES, max_size=60))
def test_every_risk_stands_in_one_cell_within_the_picture(places):
    drawn = picture(FIVE, [Mark(number, place) for number, place in enumerate(places, 1)])

    assert sorted(number for cell in drawn.cells for number in cell.numbers) == list(range(1, len(places) + 1))
    for cell in drawn.cells:
        assert cell.x >= LEFT
        assert cell.x + cell.width <= WIDTH
        assert 0 <= cell.y < cell.y + cell.height <= drawn.height


@given(st.lists(st.tuples(PLACES, PLACES), max_size=40))
def test_those_that_moved_alike_share_an_arrow_and_those_that_stayed_have_none(moves):
    drawn = picture(FIVE, [Mark(number, now, before) for number, (before, now) in enumerate(moves, 1)])

    assert len(drawn.arrows) == len({move for move in moves if move[0] != move[1]})
    told = sorted(number for arrow in drawn.arrows for number in arrow.numbers)
    assert told == [number for number, (before, now) in enumerate(moves, 1) if before != now]


def test_a_cell_names_as_many_risks_as_it_has_room_for_and_counts_them_all():
    drawn = picture(FIVE, [Mark(number, (3, 3)) for number in range(1, 201)])
    cell = cell_of(drawn, 3, 3)

    assert cell.count == 200
    assert cell.shown.startswith("1, 2, 3")
    assert cell.shown.endswith(" …")
    assert len(cell.shown) < 30
    assert cell.all_numbers.endswith("199, 200")


def test_an_arrow_says_from_and_to_which_value():
    (arrow,) = picture(FIVE, [Mark(7, (1, 2), (4, 5))]).arrows

    assert (arrow.words, arrow.told) == ("7", "från riskvärde 20 till 2")


def test_a_chosen_cell_is_marked_and_no_other():
    chosen = [cell for cell in picture(FIVE, [], (2, 3)).cells if cell.is_chosen]

    assert [(cell.likelihood, cell.consequence) for cell in chosen] == [(2, 3)]


def test_long_words_of_an_axis_are_set_in_lines():
    words = [{"word": f"Ganska mycket större sannolikhet {at}"} for at in range(5)]
    scale = read_scale({"likelihood": words, "consequence": words, "bands": [{"from": 1, "word": "X", "tone": "grey"}]})

    for label in picture(scale, []).columns:
        assert " ".join(line for line, _ in label.lines) in {f"{at + 1} {words[at]['word']}" for at in range(5)}
        assert len(label.lines) > 1
        assert all(len(line) < 25 for line, _ in label.lines)


# What differs between two years ---------------------------------------------------------------------------------------


def row(key: int, follows: int | None = None, **texts) -> Row:
    return Row(key, follows, f"Moment {key}", texts)


def test_an_item_is_new_changed_same_or_gone():
    before = [row(1, Ansvarig="A"), row(2, Ansvarig="A"), row(3)]
    after = [row(11, 1, Ansvarig="A"), row(12, 2, Ansvarig="B"), row(13)]

    assert [(each.key, each.kind) for each in changes_between(before, after)] == [
        (11, "same"),
        (12, "changed"),
        (13, "new"),
        (3, "gone"),
    ]


def test_only_what_differs_is_told_and_spaces_are_no_difference():
    (change,) = changes_between([row(1, Metod="Ett  två", Analys="")], [row(2, 1, Metod="Ett två", Analys="Ny")])

    assert [(field.heading, field.before, field.after) for field in change.fields] == [("Analys", "", "Ny")]


def test_a_column_that_one_year_lacks_is_told_as_empty():
    (change,) = changes_between([row(1, Frekvens="kvartal")], [row(2, 1)])

    assert [(field.before, field.after) for field in change.fields] == [("kvartal", "")]
