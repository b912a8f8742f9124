"""What appeals do to legal force (laga kraft): KL 13 kap., plain values in, clocks and Swedish sentences out.

A decision that is appealed in time gains no legal force before the court's own decision has. One that came in too late
does not hold it up; whether it did is for the court to say in the end, and until the host has said what it holds, an
appeal counts as one in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from enamnd.dates import long_date
from enamnd.formats import listed
from meetings.noticing.clock_rules import Clock, State, appeal_until

LAW = "kommunallagen 13 kap. 1, 5, 6 och 15 §§"
REJECTED, DISMISSED, WITHDRAWN, ANNULLED = "rejected", "dismissed", "withdrawn", "annulled"
ENDED = {
    REJECTED: "Överklagandet avslogs",
    DISMISSED: "Överklagandet avvisades",
    WITHDRAWN: "Målet skrevs av",
    ANNULLED: "Rätten upphävde beslutet",
}


@dataclass(frozen=True)
class PlainAppeal:
    """An appeal as far as the clocks look: `is_late` is what the host holds, None while it has not said."""

    received_on: date
    is_late: bool | None = None
    outcome: str = ""
    decided_on: date | None = None
    final_on: date | None = None

    @property
    def holds(self) -> bool:
        """Whether legal force waits for it."""
        return self.final_on is None and not self.is_late


def came_in_time(received_on: date, posted: Mapping[str, date | None]) -> tuple[bool, str]:
    """Whether an appeal that came in on a day came in time, and why.

    Three weeks from the day when the notice was up on the last of the boards; while one lacks it, time has not begun.
    """
    if not posted or any(day is None for day in posted.values()):
        return True, "Överklagandetiden har inte börjat löpa, eftersom anslaget inte sitter hos alla parter än."
    last = max(day for day in posted.values() if day)
    until = appeal_until(last)
    counted = f"Sista dagen var {long_date(until)}, tre veckor från det sista anslaget {long_date(last)}."
    return received_on <= until, counted


def force_beside(base: Clock, held: Sequence[str]) -> Clock:
    """The clock of legal force of all the rest, when paragraphs of the same protocol are appealed ("§ 5")."""
    if not held:
        return base
    names = listed(held)
    word = f"{base.word}, utom {names}" if base.state == State.DONE else base.word
    are = "är överklagad" if len(held) == 1 else "är överklagade"
    return replace(base, word=word, reason=f"{base.reason} {names} {are} och räknas för sig.")


def appealed_clock(label: str, key: str, appeals: Sequence[PlainAppeal], base: Clock, today: date) -> Clock:
    """Laga kraft of one paragraph that is appealed. `base` is the clock it would have had."""
    name = f"Laga kraft, {label}"

    def made(due: date | None, done: date | None, reason: str, state: State, word: str) -> Clock:
        return Clock(key, name, due, done, reason, LAW, state, word)

    if gone := next((each for each in appeals if each.outcome == ANNULLED and each.final_on), None):
        return made(None, None, f"{_ended(gone)} Beslutet gäller inte.", State.BROKEN, "upphävt")
    if waiting := [each for each in appeals if each.holds]:
        return made(None, None, " ".join(map(_waiting, waiting)), State.HELD, "överklagat")
    said = " ".join(_ended(each) if each.final_on else _late(each) for each in appeals)
    finals = [each.final_on for each in appeals if each.final_on and not each.is_late]
    if base.due_on is None or base.due_on > today or not finals:
        return replace(base, key=key, label=name, reason=f"{said} {base.reason}")
    due = max([base.due_on, *finals])
    return made(due, due, said, State.DONE, "har fått laga kraft")


def _waiting(appeal: PlainAppeal) -> str:
    if appeal.decided_on:
        return f"{ENDED[appeal.outcome]} {long_date(appeal.decided_on)}. Väntar på att avgörandet får laga kraft."
    return (
        f"Överklagandet kom in {long_date(appeal.received_on)}. Beslutet får inte laga kraft förrän rättens avgörande "
        "har fått det."
    )


def _ended(appeal: PlainAppeal) -> str:
    return (
        f"{ENDED[appeal.outcome]} {long_date(appeal.decided_on)}, och det avgörandet fick laga kraft "
        f"{long_date(appeal.final_on)}."
    )


def _late(appeal: PlainAppeal) -> str:
    return (
        f"Överklagandet som kom in {long_date(appeal.received_on)} kom för sent enligt värdkommunens bedömning och "
        "hindrar då inte laga kraft. Rätten avgör om det avvisas."
    )
