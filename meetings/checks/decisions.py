"""Checks of what was decided and how: KL 5 kap. 67 §, matter by matter."""

from collections.abc import Iterator

from meetings.text import sections

from .protocol import Found, LoadedProtocol, Matter, PlainBallot, is_blank


def no_decision(protocol: LoadedProtocol) -> Iterator[Found]:
    """The decision stands in the protocol (KL 5 kap. 67 § 4)."""
    for matter in protocol.to_adjust:
        if matter.is_to_decide and matter.of_kind(sections.DECISION) and not matter.is_written(sections.DECISION):
            yield Found(f"{matter.label} saknar beslut.", matter)


def no_place_for_decision(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter in protocol.to_adjust:
        if matter.is_to_decide and not matter.of_kind(sections.DECISION):
            yield Found(f"{matter.label} har inget avsnitt för beslut. Är det ett informationsärende?", matter)


def no_procedure(protocol: LoadedProtocol) -> Iterator[Found]:
    """With more than one motion left, the order of proposals is told (KL 5 kap. 67 § 2)."""
    for matter in protocol.to_adjust:
        left = [each for each in matter.motions if not each.is_withdrawn]
        heading = protocol.procedure_heading.casefold()
        is_told = any(each.heading.casefold() == heading and not is_blank(each) for each in matter.text)
        if len(left) > 1 and not is_told:
            yield Found(f"{matter.label} har {len(left)} yrkanden men ingen {heading}.", matter)


def ballot_unfinished(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter, ballot in _ballots(protocol):
        if not ballot.is_finished:
            yield Found(
                f"{matter.label} har en omröstning som inte är avslutad. Avsluta den, eller ta bort den.", matter
            )


def votes_do_not_add_up(protocol: LoadedProtocol) -> Iterator[Found]:
    """The votes by name are the result, and nobody votes who does not serve (KL 5 kap. 67 § 3 and 5)."""
    for matter, ballot in _ballots(protocol):
        if sentence := _wrong_sum(ballot, len(protocol.serving(matter))):
            yield Found(f"{matter.label}: {sentence}", matter)


def _wrong_sum(ballot: PlainBallot, serving: int) -> str:
    by_name = tuple(ballot.counted(choice) for choice in ("yes", "no", "abstain"))
    if ballot.votes and ballot.counts and by_name != ballot.counts:
        return (
            f"rösterna med namn är {_in_words(by_name)}, men resultatet säger {_in_words(ballot.counts)}. "
            "Rätta det som är fel."
        )
    total = sum(ballot.counts or by_name)
    if ballot.method == "closed" and ballot.votes:
        return "omröstningen var sluten, men röster står med namn. Ta bort namnen."
    if serving and total > serving:
        return f"{total} röster är räknade, men {serving} tjänstgjorde."
    return ""


def _in_words(counts: tuple[int, int, int]) -> str:
    yes, no, abstain = counts
    return f"{yes} ja, {no} nej och {abstain} som avstår"


def tie_undecided(protocol: LoadedProtocol) -> Iterator[Found]:
    """A tie is decided by the chair's vote, in an election by lot (KL 5 kap. 55 §)."""
    for matter, ballot in _ballots(protocol):
        yes, no = (ballot.counts or (ballot.counted("yes"), ballot.counted("no"), 0))[:2]
        is_tie = ballot.is_finished and ballot.method != "lot" and yes == no and yes > 0
        if is_tie and not (ballot.casting_vote or ballot.lot_outcome):
            how = "lotten" if ballot.is_election else "ordförandens utslagsröst"
            yield Found(f"{matter.label}: omröstningen slutade {yes} mot {no}. Skriv in {how}.", matter)


def voter_recused(protocol: LoadedProtocol) -> Iterator[Found]:
    """Somebody with a conflict of interest takes no part (KL 6 kap. 30 §)."""
    for matter, ballot in _ballots(protocol):
        for key, _ in ballot.votes:
            if key in matter.recused:
                yield Found(f"{protocol.name(key)} var jävig i {matter.label} men står bland dem som röstade.", matter)


def voter_not_serving(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter, ballot in _ballots(protocol):
        serving = protocol.serving(matter)
        for key, _ in ballot.votes:
            if key not in serving and key not in matter.recused:
                yield Found(f"{protocol.name(key)} röstade i {matter.label} men tjänstgjorde inte där.", matter)


def mover_recused(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter in protocol.to_adjust:
        for motion in matter.motions:
            for key in filter(None, (motion.mover, *motion.supporters)):
                if key in matter.recused and not motion.is_withdrawn:
                    yield Found(
                        f"{protocol.name(key)} var jävig i {matter.label} men står bland dem som yrkade.", matter
                    )


def reservation_without_part(protocol: LoadedProtocol) -> Iterator[Found]:
    """Who has taken part in a decision may reserve themselves against it (KL 4 kap. 27 §)."""
    for matter in protocol.to_adjust:
        serving = protocol.serving(matter)
        for statement in matter.statements:
            if not statement.is_reservation:
                continue
            who = protocol.name(statement.by)
            if statement.by not in serving:
                yield Found(f"{who} har reserverat sig i {matter.label} men deltog inte i beslutet.", matter)
            elif any((statement.by, "abstain") in ballot.votes for ballot in matter.ballots):
                yield Found(
                    f"{who} har reserverat sig i {matter.label} men deltog inte i beslutet: hen avstod i omröstningen.",
                    matter,
                )


def _ballots(protocol: LoadedProtocol) -> Iterator[tuple[Matter, PlainBallot]]:
    for matter in protocol.to_adjust:
        for ballot in matter.ballots:
            yield matter, ballot
