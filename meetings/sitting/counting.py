"""Counting of votes, and who decides when they are equal (KL 5 kap. 53-56 §§ and 6 kap. 33 §)."""

from collections.abc import Iterable
from dataclasses import dataclass

from enamnd.formats import count
from enamnd.refusal import Refused

YES, NO, ABSTAIN = "yes", "no", "abstain"


@dataclass(frozen=True)
class Tally:
    """The votes of a ballot, out of the body's `seats`."""

    yes: int
    no: int
    abstain: int
    seats: int

    @property
    def cast(self) -> int:
        """How many were there to vote, with those who abstained."""
        return self.yes + self.no + self.abstain

    @property
    def absent(self) -> int:
        """Seats from which nobody voted or abstained: away, empty, or recused without a substitute."""
        return self.seats - self.cast

    @property
    def is_tie(self) -> bool:
        return self.yes == self.no

    @property
    def winner(self) -> str:
        """The side with most votes, by simple majority; nothing when they are equal."""
        if self.is_tie:
            return ""
        return YES if self.yes > self.no else NO


def tally_of(choices: Iterable[str], seats: int) -> Tally:
    """Count choices (YES, NO or ABSTAIN, one a person)."""
    choices = list(choices)
    return Tally(choices.count(YES), choices.count(NO), choices.count(ABSTAIN), seats)


def check_adds_up(tally: Tally, entitled: int):
    """Refuse a count in which ja + nej + avstår + frånvarande are not the seats, each entitled person voting once.

    `entitled` is the number of those who serve at the paragraph and are not recused (KL 4 kap. 24 §: one vote each).
    """
    if min(tally.yes, tally.no, tally.abstain) < 0:
        raise Refused("Ett antal röster kan inte vara mindre än noll.")
    if entitled > tally.seats:
        raise Refused(
            f"{count(entitled, 'person', 'personer')} tjänstgör, men organet har "
            f"{count(tally.seats, 'plats', 'platser')}. Rätta närvaron först."
        )
    if tally.cast != entitled:
        raise Refused(
            f"{tally.yes} ja, {tally.no} nej och {tally.abstain} avstår är tillsammans {tally.cast}, "
            f"men {count(entitled, 'person', 'personer')} får rösta här. Rätta rösterna, eller närvaron om den är fel."
        )


def check_tie_is_broken(
    tally: Tally, *, is_election: bool, casting_vote: str, lot_outcome: str, chair_choice: str = "", chair: str = ""
):
    """Refuse equal votes that nobody has decided between.

    The chair decides (utslagsröst); in an election or an appointment lots are drawn. A chair who abstained must vote
    when the matter cannot otherwise be decided (KL 4 kap. 25 §).
    """
    if not tally.is_tie:
        return
    if is_election:
        if not lot_outcome:
            raise Refused(f"{_equal(tally)} Vid val avgör lotten: skriv vad lotten gav.", field="lot_outcome")
        return
    if chair_choice == ABSTAIN:
        raise Refused(
            f"{_equal(tally)} {chair} har avstått, men ordföranden är skyldig att rösta när det behövs för att ärendet "
            "ska kunna avgöras (kommunallagen 4 kap. 25 §). Ange ordförandens röst.",
        )
    if casting_vote not in (YES, NO):
        raise Refused(f"{_equal(tally)} Ange ordförandens utslagsröst.", field="casting_vote")


def decision_of(tally: Tally, casting_vote: str = "") -> str:
    """Which side won: YES, NO, or nothing when lots decided (or nobody has yet)."""
    return tally.winner or (casting_vote if casting_vote in (YES, NO) else "")


def _equal(tally: Tally) -> str:
    return f"Det står {tally.yes} mot {tally.no}."
