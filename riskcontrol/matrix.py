"""The risk matrix as a picture: where each cell, its words and its arrows stand.

Likelihood runs to the right and consequence upwards, as people read "more". Every cell says its risk value, the word of
its level and how many risks stand in it, so that nothing hangs on colour. Lengths are units of the picture's viewBox.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .scoring import Band, Scale

LEFT, TOP, BOTTOM, RIGHT = 176, 10, 42, 10
WIDTH = 1000
HIGHEST_CELL, HIGHEST = 104, 620
LETTER = 7.4  # how wide a letter of 15 units is, about
# Light enough for dark words on them, on screen and on paper.
FILLS = {
    "green": "#d3e9d8",
    "yellow": "#f9edbb",
    "orange": "#f8d0a0",
    "red": "#f3b5ad",
    "blue": "#cddff0",
    "grey": "#e5e3dd",
}


@dataclass(frozen=True)
class Mark:
    """A risk on the matrix: its number, where it stands (likelihood, consequence) and where it stood before."""

    number: int
    now: tuple[int, int]
    before: tuple[int, int] | None = None


@dataclass(frozen=True)
class Cell:
    """One cell: its place on the scale and on the picture, its value and level, and the numbers of the risks in it."""

    likelihood: int
    consequence: int
    value: int
    band: Band
    numbers: tuple[int, ...]
    x: int
    y: int
    width: int
    height: int
    is_chosen: bool = False

    @property
    def count(self) -> int:
        return len(self.numbers)

    @property
    def shown(self) -> str:
        """1, 4, 7 … as many as there is room for."""
        words = self.all_numbers
        room = int((self.width - 24) / LETTER)
        return words if len(words) <= room else words[:room].rpartition(", ")[0] + " …"

    @property
    def all_numbers(self) -> str:
        return ", ".join(map(str, self.numbers))

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The coloured box: it leaves room around it for the mark of a chosen cell."""
        return self.x + 2, self.y + 2, self.width - 4, self.height - 4

    @property
    def fill(self) -> str:
        return FILLS[self.band.tone]

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def rows_y(self) -> tuple[int, int]:
        """Where value and level, and the numbers of the risks, are written."""
        return self.y + 28, self.y + self.height - 14

    @property
    def is_low(self) -> bool:
        """Too low for the numbers of the risks: how many they are must do."""
        return self.height < 84

    @property
    def count_y(self) -> int:
        return self.y + self.height - 34


@dataclass(frozen=True)
class Label:
    """A word at an axis, in lines."""

    lines: tuple[tuple[str, int], ...]
    x: int


@dataclass(frozen=True)
class Arrow:
    """From where risks stood before treatment to where they stand after it."""

    x1: int
    y1: int
    x2: int
    y2: int
    head: str
    numbers: tuple[int, ...]
    told: str

    @property
    def words(self) -> str:
        return ", ".join(map(str, self.numbers))

    @property
    def pill(self) -> tuple[int, int, int, int]:
        """The box that the numbers stand in where the arrow begins: x, y, width and height."""
        width = max(24, round(len(self.words) * LETTER) + 12)
        return self.x1 - width // 2, self.y1 - 11, width, 22

    @property
    def words_y(self) -> int:
        return self.y1 + 5


@dataclass(frozen=True)
class Picture:
    """All of it. `rows` are the cells from the highest consequence down, for the table that says the same."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[Label, ...]
    sides: tuple[Label, ...]
    arrows: tuple[Arrow, ...]
    height: int
    scale: Scale

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row]

    @property
    def middle_x(self) -> int:
        return LEFT + (WIDTH - LEFT - RIGHT) // 2

    @property
    def axis_y(self) -> int:
        return self.height - 10

    @property
    def table(self) -> list[tuple[str, tuple[Cell, ...]]]:
        """The rows with the words of their consequence."""
        words = {step.value: f"{step.value} {step.word}" for step in self.scale.consequence.steps}
        return [(words[row[0].consequence], row) for row in self.rows]

    @property
    def heads(self) -> list[str]:
        return [f"{step.value} {step.word}" for step in self.scale.likelihood.steps]


def picture(scale: Scale, marks: Iterable[Mark], chosen: tuple[int, int] | None = None) -> Picture:
    """The matrix of these risks; `chosen` is the cell that the list beside it is narrowed to."""
    marks = list(marks)
    width = (WIDTH - LEFT - RIGHT) // scale.likelihood.size
    height = min(HIGHEST_CELL, HIGHEST // scale.consequence.size)
    standing: dict[tuple[int, int], list[int]] = {}
    for mark in marks:
        standing.setdefault(mark.now, []).append(mark.number)

    def cell(likelihood: int, consequence: int) -> Cell:
        place, value = (likelihood, consequence), likelihood * consequence
        x, y = LEFT + (likelihood - 1) * width, TOP + (scale.consequence.size - consequence) * height
        numbers = tuple(sorted(standing.get(place, ())))
        return Cell(*place, value, scale.band_of(value), numbers, x, y, width, height, place == chosen)

    rows = tuple(
        tuple(cell(likelihood, consequence) for likelihood in range(1, scale.likelihood.size + 1))
        for consequence in range(scale.consequence.size, 0, -1)
    )
    whole = TOP + height * scale.consequence.size
    columns = tuple(
        _label(f"{step.value} {step.word}", LEFT + (at + 0.5) * width, whole + 22, width)
        for at, step in enumerate(scale.likelihood.steps)
    )
    return Picture(
        rows,
        columns,
        tuple(
            _label(
                f"{step.value} {step.word}", LEFT - 12, TOP + (scale.consequence.size - at - 0.5) * height, LEFT - 36
            )
            for at, step in enumerate(scale.consequence.steps)
        ),
        tuple(_arrows(rows, marks)),
        max(y for label in columns for _, y in label.lines) + BOTTOM,
        scale,
    )


def _label(words: str, x: float, y: float, width: float) -> Label:
    """The words in lines that fit within the width, the first at `y`."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(f"{lines[-1]} {word}") * LETTER <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return Label(tuple((line, round(y + at * 18)) for at, line in enumerate(lines)), round(x))


def _arrows(rows: Sequence[Sequence[Cell]], marks: Iterable[Mark]) -> list[Arrow]:
    """One arrow for each pair of cells that risks have moved between, with the numbers of the risks."""
    cells = {(cell.likelihood, cell.consequence): cell for row in rows for cell in row}
    moved: dict[tuple, list[int]] = {}
    for mark in marks:
        if mark.before and mark.before != mark.now:
            moved.setdefault((mark.before, mark.now), []).append(mark.number)
    return [_arrow(cells[before], cells[now], sorted(numbers)) for (before, now), numbers in sorted(moved.items())]


def _arrow(before: Cell, now: Cell, numbers: list[int]) -> Arrow:
    """From the middle of one cell to just short of the middle of the other; the head is a triangle."""
    x1, y1 = before.x + before.width * 0.84, before.y + before.height * 0.5
    x2, y2 = now.x + now.width * 0.84, now.y + now.height * 0.5
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bx, by = x2 - ux * 14, y2 - uy * 14
    corners = ((x2, y2), (bx - uy * 6, by + ux * 6), (bx + uy * 6, by - ux * 6))
    head = " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)
    told = f"från riskvärde {before.value} till {now.value}"
    return Arrow(*map(round, (x1, y1, bx, by)), head, tuple(numbers), told)
