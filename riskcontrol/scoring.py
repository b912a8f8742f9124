"""Risk values: likelihood times consequence on the scale of a plan, and how far people's scores spread.

A scale belongs to a plan-year: 1–5 in the board's own plans, 1–4 in those of other boards of the same host ("max är
16"). A value outside it is refused. No value decides anything: what is done about a risk is said in words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from enamnd.refusal import Problem, Refused

LIKELIHOOD, CONSEQUENCE = "likelihood", "consequence"
FEWEST_STEPS, MOST_STEPS = 2, 10
LONGEST_WORD = 40  # letters of a word that a cell or an axis has room for
TONES = {"green": "grön", "yellow": "gul", "orange": "orange", "red": "röd", "blue": "blå", "grey": "grå"}


@dataclass(frozen=True)
class Step:
    """A step of an axis: its value from 1, its word, and what it means."""

    value: int
    word: str
    meaning: str = ""


@dataclass(frozen=True)
class Band:
    """Risk values from `lowest` up to the next band: their word, what it means, and a tone (a key of TONES)."""

    lowest: int
    word: str
    tone: str
    meaning: str = ""


@dataclass(frozen=True)
class Axis:
    """One of the two axes: what it is called and its steps from 1 up."""

    name: str
    steps: tuple[Step, ...]

    @property
    def size(self) -> int:
        return len(self.steps)

    def word_of(self, value: int) -> str:
        return self.steps[value - 1].word


@dataclass(frozen=True)
class Scale:
    """What values may be given and what they are called. Bands stand with the lowest first."""

    likelihood: Axis
    consequence: Axis
    bands: tuple[Band, ...]

    @property
    def highest(self) -> int:
        return self.likelihood.size * self.consequence.size

    @property
    def size(self) -> str:
        """5 × 5."""
        return f"{self.likelihood.size} × {self.consequence.size}"

    def band_of(self, value: int) -> Band:
        """The band that holds a risk value."""
        return [band for band in self.bands if band.lowest <= value][-1]

    def reach_of(self, band: Band) -> tuple[int, int]:
        """The lowest and the highest value of a band."""
        above = [each.lowest for each in self.bands if each.lowest > band.lowest]
        return band.lowest, (above[0] - 1 if above else self.highest)


@dataclass(frozen=True)
class Spread:
    """How people scored a risk: how many, lowest, median and highest risk value, and how many in each cell.

    `is_wide` says that the highest is more than twice the lowest, and two or more have scored: worth talking about.
    """

    count: int
    lowest: int
    middle: float
    highest: int
    cells: tuple[tuple[tuple[int, int], int], ...]

    @property
    def middle_words(self) -> str:
        """The median with decimal comma: 6, 4,5."""
        return f"{self.middle:g}".replace(".", ",")

    @property
    def is_wide(self) -> bool:
        return self.count > 1 and self.highest > 2 * self.lowest


def risk_value(scale: Scale | None, likelihood: int, consequence: int, *, place: str = "") -> int:
    """Likelihood times consequence (riskvärde). Refused outside the scale, and without one."""
    check_score(scale, likelihood, consequence, place=place)
    return likelihood * consequence


def check_score(scale: Scale | None, likelihood: int, consequence: int, *, place: str = ""):
    """Refused, naming axis, value and what may be written, unless both values stand on the scale.

    `place` is what the sentence begins with when many are scored at once ("risk 4").
    """
    if scale is None:
        raise Refused("Planen har ingen skala. Välj en skala för året innan riskerna bedöms.", field=LIKELIHOOD)
    for key, axis, value in (
        (LIKELIHOOD, scale.likelihood, likelihood),
        (CONSEQUENCE, scale.consequence, consequence),
    ):
        if not 1 <= value <= axis.size:
            begins = f"{place}: {axis.name.lower()}" if place else axis.name
            raise Refused(f"{begins} {value} ligger utanför skalan. Skriv 1 till {axis.size}.", field=key)


def spread_of(scores: Iterable[tuple[int, int]]) -> Spread | None:
    """The spread of (likelihood, consequence) pairs; None when nobody has scored."""
    pairs = list(scores)
    if not pairs:
        return None
    values = sorted(likelihood * consequence for likelihood, consequence in pairs)
    return Spread(len(values), values[0], median(values), values[-1], tuple(sorted(Counter(pairs).items())))


def read_scale(data: Mapping) -> Scale:
    """The scale that a form, a row or a file says.

    `data` has likelihood_word, consequence_word (names of the axes), likelihood, consequence (lists of objects with
    word and meaning, lowest first) and bands (lists of objects with from, word, tone, meaning). Refused with every
    problem and its place.
    """
    problems: list[Problem] = []
    axes = [
        Axis(str(data.get(f"{key}_word") or usual).strip(), _steps(data.get(key), usual, problems))
        for key, usual in ((LIKELIHOOD, "Sannolikhet"), (CONSEQUENCE, "Konsekvens"))
    ]
    bands = _bands(data.get("bands"), axes[0].size * axes[1].size, problems)
    if problems:
        raise Refused(problems=tuple(problems))
    return Scale(*axes, bands)


def _steps(rows, axis: str, problems: list[Problem]) -> tuple[Step, ...]:
    if not isinstance(rows, list) or not FEWEST_STEPS <= len(rows) <= MOST_STEPS:
        problems.append(Problem(axis, f"ska ha {FEWEST_STEPS} till {MOST_STEPS} steg."))
        return ()
    steps = []
    for value, row in enumerate(rows, 1):
        word, meaning = (_text(row, key) for key in ("word", "meaning"))
        if not word:
            problems.append(Problem(f"{axis}, steg {value}", "saknar ord. Skriv vad steget kallas."))
        elif len(word) > LONGEST_WORD:
            problems.append(Problem(f"{axis}, steg {value}", f"ordet är längre än {LONGEST_WORD} tecken. Korta det."))
        steps.append(Step(value, word, meaning))
    words = [step.word.casefold() for step in steps if step.word]
    if len(set(words)) < len(words):
        problems.append(Problem(axis, "två steg har samma ord. Ge dem olika."))
    return tuple(steps)


def _bands(rows, highest: int, problems: list[Problem]) -> tuple[Band, ...]:
    place = "Nivåer"
    if not isinstance(rows, list) or not rows:
        problems.append(Problem(place, "skriv minst en nivå, från 1."))
        return ()
    bands = []
    for row in rows:
        lowest = row.get("from") if isinstance(row, dict) else None
        tone, word = _text(row, "tone"), _text(row, "word")
        if isinstance(lowest, bool) or not isinstance(lowest, int) or not 1 <= lowest <= max(highest, 1):
            problems.append(Problem(f"{place}, {word or 'utan ord'}", f"börjar utanför riskvärdena 1 till {highest}."))
        elif not 0 < len(word) <= LONGEST_WORD or tone not in TONES:
            kinds = ", ".join(TONES.values())
            problems.append(
                Problem(
                    f"{place}, från {lowest}", f"ska ha ett ord, högst {LONGEST_WORD} tecken, och en färg ({kinds})."
                )
            )
        else:
            bands.append(Band(lowest, word, tone, _text(row, "meaning")))
    bands.sort(key=lambda band: band.lowest)
    starts = [band.lowest for band in bands]
    if bands and starts[0] != 1:
        problems.append(Problem(place, "den lägsta nivån ska börja på 1."))
    if len(set(starts)) < len(starts):
        problems.append(Problem(place, "två nivåer börjar på samma värde."))
    return tuple(bands)


def _text(row, key: str) -> str:
    value = row.get(key) if isinstance(row, dict) else None
    return value.strip() if isinstance(value, str) else ""


def as_data(scale: Scale) -> dict:
    """What read_scale reads."""
    return {
        "likelihood_word": scale.likelihood.name,
        "consequence_word": scale.consequence.name,
        LIKELIHOOD: [{"word": each.word, "meaning": each.meaning} for each in scale.likelihood.steps],
        CONSEQUENCE: [{"word": each.word, "meaning": each.meaning} for each in scale.consequence.steps],
        "bands": [
            {"from": each.lowest, "word": each.word, "tone": each.tone, "meaning": each.meaning} for each in scale.bands
        ],
    }
