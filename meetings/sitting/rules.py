"""What may be recorded at the table, and by whom it may have been done (KL 4 and 6 kap.)."""

from datetime import date

from enamnd.refusal import Refused
from meetings import rules
from meetings.attending import roll
from meetings.models import Attendance, Ballot, Closing, Motion, Paragraph, Statement

from .course import Course
from .records import Records
from .table import RECUSED, Table

NEEDS_TEXT = {Motion.Kind.CHANGE, Motion.Kind.ADDITION, Motion.Kind.OTHER}
NEEDS_QUORUM = {Closing.Outcome.DECIDED, Closing.Outcome.POSTPONED, Closing.Outcome.REFERRED}


def check_may_record(by):
    rules.check_can_write(by)


def check_is_not_closed(paragraph: Paragraph):
    """A closed matter says how it was when it was closed."""
    if Closing.objects.filter(paragraph=paragraph).exists():
        raise Refused(f"{_named(paragraph)} är avslutad. Öppna den igen för att ändra.")


def check_may_take_part(table: Table, entry: Attendance, verb: str, field: str | None = None):
    """Refuse those who do not decide here: recused, away, not serving, or without a seat (KL 4:22, 6:26, 6:30).

    `verb` is what they would have done: "yrka", "rösta".
    """
    if table.may_decide(entry):
        return
    place = table.place_of(entry)
    who, where = entry.name_with_party, _named(table.paragraph)
    if place is None:
        reason = f"{who} hör till ett annat sammanträde."
    elif place.state == RECUSED:
        reason = f"{who} är jävig i {where} och kan inte {verb} här (kommunallagen 6 kap. 30 §)."
    elif not entry.seat_kind:
        reason = f"{who} har ingen plats i organet och kan inte {verb} (kommunallagen 6 kap. 26 §)."
    elif place.state == roll.PRESENT:
        reason = f"{who} närvarar utan att tjänstgöra vid {where} och kan inte {verb}."
    else:
        reason = f"{who} är inte närvarande vid {where}. Markera närvaron först."
    raise Refused(reason, field=field)


def check_motion(table: Table, kind: str, text: str, mover: Attendance | None, supporters: list[Attendance]):
    """A proposal needs words where its kind does not say all, and people who may put it."""
    if table.paragraph.kind == Paragraph.Kind.INFORMATION:
        raise Refused("Ett informationsärende har inga yrkanden. Gör om det till beslutsärende först.")
    if kind in NEEDS_TEXT and not text.strip():
        raise Refused("Skriv vad yrkandet går ut på.", field="text")
    if mover is not None:
        check_may_take_part(table, mover, "yrka", "mover")
    for each in supporters:
        check_may_take_part(table, each, "instämma", "supporters")
    if mover in supporters:
        raise Refused(f"{mover.name_with_party} kan inte instämma i sitt eget yrkande.", field="supporters")


def check_ballot(records: Records, method: str, is_election: bool, yes_means: str, no_means: str):
    """Open unless it is an election or an appointment (KL 5 kap. 55-56 §§), one at a time, and two sides."""
    if records.paragraph.kind == Paragraph.Kind.INFORMATION:
        raise Refused("I ett informationsärende finns inget att rösta om. Gör om det till beslutsärende först.")
    if records.open_ballots:
        raise Refused("En omröstning pågår redan. Avsluta den först.")
    if not yes_means.strip():
        raise Refused("Skriv vad en ja-röst betyder.", field="yes_means")
    if not no_means.strip():
        raise Refused("Skriv vad en nej-röst betyder.", field="no_means")
    if method == Ballot.Method.CLOSED and not is_election:
        raise Refused("Bara val och anställning kan avgöras med sluten omröstning.", field="method")
    if method == Ballot.Method.LOT and not is_election:
        raise Refused("Lotten avgör bara val och anställning. Annars har ordföranden utslagsröst.", field="method")


def check_statement(records: Records, kind: str, entry: Attendance, text: str):
    """Who may reserve themselves against a decision (KL 4 kap. 27 §), and who may have a note in the protocol.

    A reservation takes somebody who took part in the decision: served, not recused, did not abstain. A note takes
    somebody with a seat who is there.
    """
    if kind == Statement.Kind.NOTE:
        _check_note(records.table, entry, text)
        return
    if records.paragraph.kind == Paragraph.Kind.INFORMATION:
        raise Refused("Ett informationsärende har inget beslut att reservera sig mot.")
    check_may_take_part(records.table, entry, "reservera sig", "attendance")
    if any(entry in each.choices["abstain"] for each in records.ballots):
        raise Refused(
            f"{entry.name_with_party} avstod i omröstningen och deltog inte i beslutet, "
            "och kan därför inte reservera sig (kommunallagen 4 kap. 27 §).",
            field="attendance",
        )
    if any(entry.pk == each.attendance_id for each in records.reservations):
        raise Refused(f"{entry.name_with_party} har redan reserverat sig.", field="attendance")


def _check_note(table: Table, entry: Attendance, text: str):
    place = table.place_of(entry)
    if not entry.seat_kind or place is None or not place.is_here:
        check_may_take_part(table, entry, "lämna en protokollsanteckning", "attendance")
    if not text.strip():
        raise Refused("Skriv protokollsanteckningens text.", field="text")


def check_closing(records: Records, course: Course, outcome: str, today: date) -> tuple[str, ...]:
    """Refuse to close what cannot be closed now; gives what should be warned of.

    While the meeting is held, a decision without quorum is refused (KL 6 kap. 27 §). What is told afterwards is taken,
    and warned of: the breach does not undo what happened.
    """
    if records.open_ballots:
        raise Refused("En omröstning är inte avslutad. Avsluta eller ta bort den först.")
    is_live = course.is_live(today)
    if is_live and not course.is_going_on:
        raise Refused(
            "Sammanträdet är ajournerat. Återuppta det först."
            if course.is_adjourned
            else "Sammanträdet är inte öppnat. Öppna det först."
        )
    if outcome == Closing.Outcome.DROPPED:
        return ()
    return (*_quorum_warning(records.table, outcome, is_live), *_warnings(records, outcome))


def _quorum_warning(table: Table, outcome: str, is_live: bool) -> tuple[str, ...]:
    if table.quorum.is_quorate:
        return ()
    sentence = f"Nämnden är inte beslutsför vid {_named(table.paragraph)}. {table.quorum_reason}"
    if is_live and outcome in NEEDS_QUORUM:
        raise Refused(f"{sentence} Kalla in ersättare, eller låt ärendet utgå.")
    return (sentence,)


def _warnings(records: Records, outcome: str):
    if records.table.chair_problem:
        yield records.table.chair_problem
    if outcome == Closing.Outcome.DECIDED and len(records.standing) > 1 and not (records.procedure or records.ballots):
        yield "Flera yrkanden står mot varandra, men det står inte hur ordföranden ställde proposition på dem."


def _named(paragraph: Paragraph) -> str:
    return paragraph.label if paragraph.number else f"”{paragraph.title}”"
