"""The board's process: its phases in order, and where in it an activity stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .models import Phase, PhaseStep

NOW, DONE, PASSED_OVER, COMING = "now", "done", "passed", "coming"
WORDS = {NOW: "pågår", DONE: "klar", PASSED_OVER: "överhoppad", COMING: "kommer"}


@dataclass(frozen=True)
class Stage:
    """A phase as the picture of the process shows it: which, how it stands, and whether the board's part ends there."""

    phase: Phase
    state: str = ""

    @property
    def word(self) -> str:
        return WORDS.get(self.state, "")


def phases_in_use() -> list[Phase]:
    return list(Phase.objects.filter(retired_on=None))


def next_phase(phases: Sequence[Phase], current: Phase | None) -> Phase | None:
    """The phase after `current` in the process; the first one for what has not begun."""
    ahead = (each for each in phases if current is None or (each.order, each.pk) > (current.order, current.pk))
    return next(ahead, None)


def stages_of(phases: Iterable[Phase], steps: Iterable[PhaseStep]) -> list[Stage]:
    """How each phase stands for an activity with these steps: now, done, passed over, or still to come."""
    steps = list(steps)
    been = {step.phase_id for step in steps}
    current = next((step.phase for step in steps if step.ended_on is None), None)
    return [Stage(phase, _state(phase, current, been)) for phase in phases]


def _state(phase: Phase, current: Phase | None, been: set[int]) -> str:
    if current and phase.pk == current.pk:
        return NOW
    if current and (phase.order, phase.pk) > (current.order, current.pk):
        return COMING
    if phase.pk in been:
        return DONE
    return PASSED_OVER if been else COMING


def ends_role_before(phases: Iterable[Phase], current: Phase) -> Phase | None:
    """The phase, before `current`, after which the board's part ends unless a special decision says otherwise."""
    before = (each for each in phases if each.ends_boards_role and (each.order, each.pk) < (current.order, current.pk))
    return next(before, None)
