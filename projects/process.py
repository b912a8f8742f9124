"""The board's process: its phases in order, and where in it an activity stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enamnd.dates import long_date

from .model_picture import ModelPhase
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


def model_of(phases: Iterable[Phase], steps: Iterable[PhaseStep] | None = None) -> tuple[ModelPhase, ...]:
    """The phases as the picture of the model has them; with steps (the oldest first), where an activity stands."""
    steps = None if steps is None else list(steps)
    stages = [Stage(each) for each in phases] if steps is None else stages_of(phases, steps)
    since = next((each.started_on for each in steps or [] if each.ended_on is None), None)
    return tuple(
        ModelPhase(
            name=stage.phase.name,
            gate=stage.phase.gate,
            owner=stage.phase.owner,
            state=stage.state,
            word=f"{stage.word} sedan {long_date(since)}" if stage.state == NOW else stage.word,
            is_boards=stage.phase.is_boards,
            ends_role=stage.phase.ends_boards_role,
        )
        for stage in stages
    )


def ends_role_before(phases: Iterable[Phase], current: Phase) -> Phase | None:
    """The phase, before `current`, after which the board's part ends unless a special decision says otherwise."""
    before = (each for each in phases if each.ends_boards_role and (each.order, each.pk) < (current.order, current.pk))
    return next(before, None)
