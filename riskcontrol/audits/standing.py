"""How an audit stands, out of what has happened to it. Plain arithmetic."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The way of an audit through the year, in Swedish as it is shown."""

    NOT_BEGUN = "inte påbörjad"
    TO_ANSWER = "frågor att besvara"
    WITH_AUDITORS = "hos revisorerna"
    TO_DECIDE = "att behandla i nämnden"
    MEASURES = "åtgärder pågår"
    LATE = "åtgärd försenad"
    CLOSED = "avslutad"


@dataclass(frozen=True)
class Facts:
    """What the state follows from: open questionnaires, report, reply, open and late measures."""

    open_questionnaires: int = 0
    has_report: bool = False
    has_reply: bool = False
    open_measures: int = 0
    late_measures: int = 0


def state_of(facts: Facts) -> State:
    """The one state that says what comes next. A report without a reply comes before questions left unanswered.

    A recommendation that has no measure keeps no audit open: the board may have answered that nothing is to be done.
    """
    if facts.has_report and not facts.has_reply:
        return State.TO_DECIDE
    if not facts.has_report:
        return State.TO_ANSWER if facts.open_questionnaires else State.WITH_AUDITORS
    if facts.late_measures:
        return State.LATE
    return State.MEASURES if facts.open_measures else State.CLOSED


TONES = {
    State.NOT_BEGUN: "",
    State.TO_ANSWER: "soon",
    State.WITH_AUDITORS: "",
    State.TO_DECIDE: "soon",
    State.MEASURES: "",
    State.LATE: "late",
    State.CLOSED: "ok",
}
