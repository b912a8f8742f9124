"""The project model as a picture: all phases in order, nothing outside the picture, nothing said by colour alone."""

import json

import pytest

from projects.directives import as_frozen, compose, from_frozen
from projects.model_picture import LETTER, WIDTH, ModelPhase, in_words, picture, wrapped
from projects.process import model_of
from tests import factories


def phases(number: int) -> list[ModelPhase]:
    return [ModelPhase(f"Fas {each}", gate=f"BP{each}", owner="Styrgruppen") for each in range(1, number + 1)]


@pytest.mark.parametrize(("number", "rows"), [(1, [1]), (4, [2, 2]), (7, [3, 3, 1]), (9, [3, 3, 3])])
def test_phases_stand_in_rows_of_about_the_same_length_with_a_line_between(number, rows):
    drawn = picture(phases(number))
    lengths = {}
    for box in drawn.boxes:
        lengths[box.label_y] = lengths.get(box.label_y, 0) + 1
    corners = [corner.split(",") for box in drawn.boxes for corner in f"{box.points} {box.bar}".split()]

    assert list(lengths.values()) == rows
    assert len(drawn.turns) == len(rows) - 1
    assert [box.name[0][0] for box in drawn.boxes] == [f"Fas {each}" for each in range(1, number + 1)]
    assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= drawn.height for x, y in corners)


def test_long_words_are_broken_and_the_row_grows():
    long = ModelPhase("Förvaltningsorganisationsutveckling/realisering", owner="Värdkommunens inköpsenhet " * 3)
    plain, grown = picture(phases(3)), picture([*phases(2), long])
    name = [line for line, _ in grown.boxes[2].name]

    assert "".join(name).replace("-", "") == long.name
    assert max(map(len, name)) * LETTER < WIDTH / 3
    assert grown.height > plain.height
    assert wrapped("Utveckling/realisering", 12) == ["Utveckling/", "realisering"]


def test_what_the_picture_marks_is_said_in_words():
    model = (
        ModelPhase("Förstudie", state="now", word="pågår sedan 4 maj 2022"),
        ModelPhase("Upphandling", is_boards=False),
        ModelPhase("Avtal", ends_role=True),
    )

    assert in_words(model) == (
        "Ifylld: fasen förstudie, pågår sedan 4 maj 2022. Nämndens roll upphör efter avtal om inte särskilt beslut "
        "tagits om samordning av kommande steg. Streckad kant: inte nämndens eget ansvar (upphandling)."
    )
    assert "Nämndens roll fortsätter efter avtal: 2022-06-22 § 9." in in_words(model, "2022-06-22 § 9")
    assert [box.bar_words for box in picture(model).boxes] == ["", "", "Nämndens roll upphör"]


@pytest.mark.django_db
def test_a_directive_keeps_where_the_project_stood():
    factories.board()
    now, coming = factories.phase(order=1, gate="BP1"), factories.phase(order=2, ends_boards_role=True)
    factories.heading("Projektmodell", shape="process")
    activity = factories.activity(in_phase=now)

    paper = compose(factories.directive(activity))
    (part,) = (each for each in paper.parts if each.model)

    assert [each.state for each in part.model] == ["now", "coming"]
    assert part.table[1][-1] == part.model[0].word
    assert from_frozen(json.loads(json.dumps(as_frozen(paper)))) == paper
    kept = as_frozen(paper)
    for each in kept["parts"]:
        del each["model"], each["caption"]
    assert from_frozen(kept).parts[0].picture is None, "papper som utfärdats utan bild"
    assert model_of([now, coming])[0].state == ""
