"""The stages of a meeting, from the call to what becomes of its decisions: one page each, the same row on all."""

from dataclasses import dataclass

from meetings import rules


@dataclass(frozen=True)
class Stage:
    """One page of a meeting: its name, its address (which takes the meeting's pk), and the rule that opens it."""

    name: str
    url_name: str
    check: object = rules.check_can_read


STAGES = (
    Stage("Kallelse", "meetings:call"),
    Stage("Mötesläge", "meetings:sitting"),
    Stage("Protokoll", "meetings:meeting"),
    Stage("Justering", "meetings:adjusting"),
    Stage("Anslag och frister", "meetings:clocks"),
    Stage("Expediering", "meetings:dispatches"),
)
