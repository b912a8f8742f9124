"""The project model as a picture: the phases in rows of arrows, gates, owners and where things stand. Plain Python.

The picture is WIDTH units wide, at most ACROSS phases to a row. Nothing rests on colour: how a phase stands is said in
words, the phase of now is filled, a phase that is not the board's own has a dashed edge, and where the board's part
ends a thick bar stands with its words. The same is said in the table beside.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ACROSS = 1000, 3
TIP, GAP = 24, 14  # how far an arrow's point goes out, and what is left free to the next
LABEL, BETWEEN = 36, 34  # the line of gates over each row, and what is left free under it
PADDING, NAME, UNDER = 14, 26, 23  # within a box: above and below its words, a line of its name, a line under
LETTER, SMALL_LETTER = 11.0, 9.2  # about as wide as a letter of a name, and of what stands under
END_OF_ROLE = "Nämndens roll upphör"
NOT_OWN = "inte nämndens eget ansvar"


@dataclass(frozen=True)
class ModelPhase:
    """A phase of the model: its gate and owner may be empty; `state` is process.NOW … or empty, `word` says it."""

    name: str
    gate: str = ""
    owner: str = ""
    state: str = ""
    word: str = ""
    is_boards: bool = True
    ends_role: bool = False


@dataclass(frozen=True)
class Box:
    """A phase as it is drawn: its outline, its name, what stands under, its gate's diamond, the bar after it."""

    state: str
    is_boards: bool
    points: str
    x: str
    name: tuple[tuple[str, str], ...]
    under: tuple[tuple[str, str], ...]
    gate: str
    gate_points: str
    gate_x: str
    label_y: str
    bar: str
    bar_words_x: str
    bar_words: str


@dataclass(frozen=True)
class Picture:
    height: int
    boxes: tuple[Box, ...]
    turns: tuple[str, ...]


def picture(phases: Sequence[ModelPhase]) -> Picture:
    """The phases in their order, in rows of about the same length, with a line from the end of a row to the next."""
    across = math.ceil(len(phases) / math.ceil(len(phases) / ACROSS))
    rows = [phases[at : at + across] for at in range(0, len(phases), across)]
    cell = (WIDTH - TIP) / across
    boxes, turns, y = [], [], 0
    for at, row in enumerate(rows):
        top = y + LABEL
        bottom = top + max(_height(each, cell) for each in row)
        boxes += [_box(each, column * cell, cell, top, bottom) for column, each in enumerate(row)]
        if at + 1 < len(rows):
            turns.append(_turn(len(row) * cell, bottom))
        y = bottom + BETWEEN
    return Picture(round(y - BETWEEN + 6), tuple(boxes), tuple(turns))


def in_words(phases: Sequence[ModelPhase], continues: str = "") -> str:
    """What the picture marks, in sentences. `continues` is the decision that the board's part goes on by."""
    said = []
    if current := next((each for each in phases if each.state == "now"), None):
        said.append(f"Ifylld: fasen {current.name.lower()}, {current.word}.")
    if ending := next((each for each in phases if each.ends_role), None):
        where = f"efter {ending.name.lower()}"
        said.append(
            f"Nämndens roll fortsätter {where}: {continues.rstrip('.')}."
            if continues
            else f"Nämndens roll upphör {where} om inte särskilt beslut tagits om samordning av kommande steg."
        )
    if others := [each.name.lower() for each in phases if not each.is_boards]:
        said.append(f"Streckad kant: {NOT_OWN} ({', '.join(others)}).")
    return " ".join(said)


def _room(cell: float) -> float:
    return cell - GAP - TIP - 26


def _lines(phase: ModelPhase, cell: float) -> tuple[list[str], list[str]]:
    name = wrapped(phase.name, int(_room(cell) / LETTER))
    most = int(_room(cell) / SMALL_LETTER)
    under = [*wrapped(f"Ägare: {phase.owner}" if phase.owner else "", most), *wrapped(phase.word, most)]
    return name, under


def _height(phase: ModelPhase, cell: float) -> int:
    name, under = _lines(phase, cell)
    return 2 * PADDING + NAME * len(name) + UNDER * len(under)


def _box(phase: ModelPhase, left: float, cell: float, top: int, bottom: int) -> Box:
    right, middle, x = left + cell - GAP + TIP, (top + bottom) / 2, left + TIP + 18
    name, under = _lines(phase, cell)
    y = (top + bottom - _height(phase, cell)) / 2 + PADDING
    names = tuple((line, f"{y + NAME * (at + 0.75):.1f}") for at, line in enumerate(name))
    y += NAME * len(name)
    smaller = tuple((line, f"{y + UNDER * (at + 0.75):.1f}") for at, line in enumerate(under))
    edge = right - TIP
    outline = ((left, top), (edge, top), (right, middle), (edge, bottom), (left, bottom), (left + TIP, middle))
    label, at = top - 17, left + 13
    half = GAP / 2
    bar = ((edge + half, top - LABEL + 4), (edge + half, top), (right + half, middle), (edge + half, bottom))
    return Box(
        phase.state,
        phase.is_boards,
        _points(outline),
        f"{x:.1f}",
        names,
        smaller,
        phase.gate,
        _points(((at - 9, label), (at, label - 9), (at + 9, label), (at, label + 9))) if phase.gate else "",
        f"{at + 16:.1f}",
        f"{label + 6:.1f}",
        _points(bar) if phase.ends_role else "",
        f"{edge - 4:.1f}",
        END_OF_ROLE if phase.ends_role else "",
    )


def _turn(right: float, bottom: int) -> str:
    """From under the last box of a row to over the first of the next."""
    x, between, end = right - GAP - TIP, bottom + BETWEEN / 2 - 4, bottom + BETWEEN + LABEL
    return _points(((x, bottom), (x, between), (13, between), (13, end)))


def _points(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def wrapped(text: str, most: int) -> list[str]:
    """The text in lines of at most `most` letters, broken at spaces, slashes and hyphens, else within a word."""
    lines = [""]
    for piece in re.findall(r"[^\s/-]*[/-]|\S+?(?=[/\s-]|$)|\s+", text.strip()):
        while len(lines[-1]) + len(piece.rstrip()) > most:
            if lines[-1].strip():
                lines.append("")
            elif len(piece) > most:
                lines[-1], piece = f"{piece[: most - 1]}-", piece[most - 1 :]
                lines.append("")
            else:
                break
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.strip() for line in lines if line.strip()]
