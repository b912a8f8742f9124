"""What the protocol says of proposals, votes and conflicts of interest: sentences proposed from the records.

All take rows of meetings/models/sitting.py and give plain text. Nothing here is law's own wording; each may be edited.
"""

from collections.abc import Mapping, Sequence

from enamnd.formats import count, listed
from meetings.models import Attendance, Ballot, Closing, Motion, Recusal, Statement

from .counting import ABSTAIN, NO, YES, Tally, decision_of

MOTIONS = {
    Motion.Kind.APPROVAL: "bifall till förslaget",
    Motion.Kind.REJECTION: "avslag",
    Motion.Kind.CHANGE: "ändring",
    Motion.Kind.ADDITION: "tillägg",
    Motion.Kind.REFERRAL: "återremiss",
    Motion.Kind.POSTPONEMENT: "bordläggning",
}
OTHER_DAY = {Motion.Kind.REFERRAL: "återremitteras", Motion.Kind.POSTPONEMENT: "bordläggas"}
SIDES = {YES: "ja-förslaget", NO: "nej-förslaget"}
OUTCOMES = {
    Closing.Outcome.POSTPONED: "{board} beslutar att bordlägga ärendet.",
    Closing.Outcome.REFERRED: "{board} beslutar att återremittera ärendet.",
    Closing.Outcome.DROPPED: "Ärendet utgår.",
}


def motion_sentence(motion: Motion, supporters: Sequence[Attendance] = ()) -> str:
    """Anna Alm (S), med instämmande av Bo Bok (M), yrkar avslag."""
    what = motion_words(motion)
    if motion.mover is None:
        return f"Förslag: {what}."
    agreed = f", med instämmande av {names(supporters)}," if supporters else ""
    return f"{motion.mover.name_with_party}{agreed} yrkar {what}."


def motion_words(motion: Motion) -> str:
    """bifall till förslaget; ändring: beloppet sänks till 400 000 kr."""
    text = " ".join(motion.text.split()).rstrip(".")
    words = MOTIONS.get(motion.kind, "")
    return ": ".join(filter(None, (words, text)))


def proposal_words(motion: Motion) -> str:
    """How the chair names a proposal when it is put: avslag; ändring, yrkat av Bo Bok (M)."""
    words = MOTIONS.get(motion.kind) or " ".join(motion.text.split()).rstrip(".")
    is_ambiguous = motion.kind in (Motion.Kind.CHANGE, Motion.Kind.ADDITION)
    return f"{words} enligt {motion.mover.name_with_party}" if is_ambiguous and motion.mover else words


def procedure_sentence(motions: Sequence[Motion], board: str, chair: str = "") -> str:
    """The order in which proposals are put, proposed: one by one, or those that are more against each other.

    Whether the matter is to be decided now is put before how. `motions` are those that stand; of none, nothing.
    """
    who = f"Ordföranden {chair}" if chair else "Ordföranden"
    putting_off = list(dict.fromkeys(OTHER_DAY[each.kind] for each in motions if each.kind in OTHER_DAY))
    matters = [proposal_words(each) for each in motions if each.kind not in OTHER_DAY]
    if putting_off and matters:
        whether = (
            f"{who} ställer först proposition på om ärendet ska avgöras i dag eller {' eller '.join(putting_off)}, och "
            f"finner att {board} beslutar att avgöra ärendet i dag."
        )
        return f"{whether} {_putting('Ordföranden ställer därefter', matters, board)}"
    return _putting(f"{who} ställer", [proposal_words(each) for each in motions], board)


def _putting(who_puts: str, proposals: list[str], board: str) -> str:
    unique = list(dict.fromkeys(proposals))
    if not unique:
        return ""
    if len(unique) == 1:
        return f"{who_puts} proposition på {unique[0]} och finner att {board} beslutar så."
    return f"{who_puts} proposition på {listed(unique)}, var för sig, och finner att {board} beslutar om {unique[0]}."


def question_sentence(ballot: Ballot) -> str:
    """What ja and nej mean, as the chair put it."""
    if ballot.method == Ballot.Method.LOT:
        return f"Lotten får avgöra mellan {ballot.yes_means} och {ballot.no_means}."
    if ballot.is_election:
        how = "med slutna sedlar" if ballot.method == Ballot.Method.CLOSED else "öppet"
        return f"Val förrättas {how} mellan {ballot.yes_means} och {ballot.no_means}."
    how = "genomförs öppet" if ballot.method == Ballot.Method.OPEN else "är sluten"
    return (
        f"Omröstning begärs och {how}. Den som vill besluta om {ballot.yes_means} röstar ja. "
        f"Den som vill besluta om {ballot.no_means} röstar nej."
    )


def result_sentence(ballot: Ballot, tally: Tally, board: str) -> str:
    """The result, proposed: the numbers, how a tie was broken, and which side it made the decision."""
    if ballot.method == Ballot.Method.LOT:
        return f"Lotten utfaller på {ballot.lot_outcome}."
    if ballot.is_election:
        return _election_result(ballot, tally)
    numbers = (
        f"{count(tally.yes, 'ja-röst', 'ja-röster')} och {count(tally.no, 'nej-röst', 'nej-röster')}; "
        f"{tally.abstain} avstår och {tally.absent} är frånvarande."
    )
    won = decision_of(tally, ballot.casting_vote)
    decided = f"{board} beslutar enligt {SIDES[won]}: {_means(ballot)[won]}." if won else ""
    return " ".join(filter(None, (numbers, _casting(ballot, tally), decided)))


def _casting(ballot: Ballot, tally: Tally) -> str:
    if not tally.is_tie or ballot.casting_vote not in SIDES:
        return ""
    by = f" {ballot.casting_by.name_with_party}" if ballot.casting_by else ""
    return f"Rösterna är lika många. Ordföranden{by} avgör med sin utslagsröst för {SIDES[ballot.casting_vote]}."


def _election_result(ballot: Ballot, tally: Tally) -> str:
    numbers = (
        f"{ballot.yes_means} får {count(tally.yes, 'röst', 'röster')} och {ballot.no_means} "
        f"{count(tally.no, 'röst', 'röster')}; {tally.abstain} avstår och {tally.absent} är frånvarande."
    )
    if tally.is_tie:
        return f"{numbers} Rösterna är lika många. Lotten utfaller på {ballot.lot_outcome}, som därmed är vald."
    return f"{numbers} {_means(ballot)[tally.winner]} är därmed vald."


def _means(ballot: Ballot) -> dict[str, str]:
    return {YES: ballot.yes_means, NO: ballot.no_means}


def vote_lines(ballot: Ballot, choices: Mapping[str, Sequence[Attendance]]) -> tuple[str, ...]:
    """Who voted how in an open ballot (KL 5 kap. 67 § p. 5): "Ja (2): Anna Alm (S) och Bo Bok (M)"."""
    words = {YES: "Ja", NO: "Nej", ABSTAIN: "Avstår"}
    if ballot.is_election:
        words |= {YES: ballot.yes_means, NO: ballot.no_means}
    return tuple(
        f"{word} ({len(choices[choice])}): {names(choices[choice])}."
        for choice, word in words.items()
        if choices.get(choice)
    )


def recusal_sentence(recusal: Recusal) -> str:
    """That somebody was out of the room, and who served instead (KL 6 kap. 30 §)."""
    who = recusal.attendance.name_with_party
    reason = f" ({recusal.reason.rstrip('.')})" if recusal.reason else ""
    sentence = f"{who} anmäler jäv{reason} och deltar inte i handläggningen av ärendet och är inte närvarande vid den."
    if recusal.substitute:
        sentence += f" {recusal.substitute.name_with_party} tjänstgör i stället."
    return sentence


def reservation_sentence(statement: Statement) -> str:
    """Anna Alm (S) reserverar sig mot beslutet."""
    return f"{statement.attendance.name_with_party} reserverar sig mot beslutet."


def note_sentence(statement: Statement) -> str:
    """What stands before the words of a note in the protocol."""
    return f"{statement.attendance.name_with_party} lämnar följande protokollsanteckning:"


def outcome_sentence(outcome: str, board: str) -> str:
    """The decision of a matter that was put off; nothing for one that was decided, which the secretary words."""
    return OUTCOMES.get(outcome, "").format(board=board)


def names(people: Sequence[Attendance]) -> str:
    """Anna Alm (S), Bo Bok (M) och Cia Carl (C)."""
    return listed(each.name_with_party for each in people)
