"""The protocol check: what must be mended, or knowingly let stand, before a protocol is frozen for adjustment.

`check_protocol(meeting)` loads what the checks look at once (loading.py) and asks every check in CHECKS. A check is a
pure function over a `LoadedProtocol`. Errors keep the protocol from being frozen; warnings are confirmed one by one or
all at once, and kept with the adjustment.
"""

from collections.abc import Iterable

from meetings.models import Meeting, Paragraph

from . import decisions, numbers, papers, people, records, signers, texts
from .loading import load_protocol
from .protocol import ERROR, WARNING, Check, LoadedProtocol, Remark

CHECKS: tuple[Check, ...] = (
    Check("no_paragraphs", ERROR, numbers.no_paragraphs),
    Check("numbers_missing", ERROR, numbers.numbers_missing),
    Check("number_gap", WARNING, numbers.number_gap),
    Check("late", WARNING, numbers.late),
    Check("day_untold", WARNING, numbers.day_untold),
    Check("no_attendance", ERROR, people.no_attendance),
    Check("unmarked", ERROR, people.unmarked),
    Check("no_secretary", ERROR, people.no_secretary),
    Check("no_chair", ERROR, people.no_chair),
    Check("no_adjuster", ERROR, people.no_adjuster),
    Check("adjuster_is_chair", ERROR, people.adjuster_is_chair),
    Check("chair_adjusts_too", WARNING, people.chair_adjusts_too),
    Check("adjuster_absent", WARNING, people.adjuster_absent),
    Check("adjuster_recused", WARNING, people.adjuster_recused),
    Check("not_quorate", WARNING, people.not_quorate),
    Check("remote_not_allowed", WARNING, people.remote_not_allowed),
    Check("outside_mandate", WARNING, people.outside_mandate),
    Check("another_name", WARNING, people.another_name),
    Check("no_account", WARNING, signers.no_account),
    Check("no_address", WARNING, signers.no_address),
    Check("no_decision", ERROR, decisions.no_decision),
    Check("no_place_for_decision", WARNING, decisions.no_place_for_decision),
    Check("no_procedure", WARNING, decisions.no_procedure),
    Check("ballot_unfinished", ERROR, decisions.ballot_unfinished),
    Check("votes_do_not_add_up", ERROR, decisions.votes_do_not_add_up),
    Check("tie_undecided", ERROR, decisions.tie_undecided),
    Check("voter_recused", WARNING, decisions.voter_recused),
    Check("voter_not_serving", WARNING, decisions.voter_not_serving),
    Check("mover_recused", WARNING, decisions.mover_recused),
    Check("reservation_without_part", WARNING, decisions.reservation_without_part),
    Check("stale_text", WARNING, records.stale_text),
    Check("unwritten_text", WARNING, records.unwritten_text),
    Check("placeholder", ERROR, texts.placeholder),
    Check("perhaps_placeholder", WARNING, texts.perhaps_placeholder),
    Check("no_glyph", WARNING, texts.no_glyph),
    Check("personal_number", ERROR, texts.personal_number),
    Check("reference_nowhere", WARNING, texts.reference_nowhere),
    Check("misspelled_name", WARNING, texts.misspelled_name),
    Check("missing_file", WARNING, papers.missing_file),
    Check("no_case", WARNING, papers.no_case),
    Check("no_documents", WARNING, papers.no_documents),
    Check("no_recipients", WARNING, papers.no_recipients),
)


def check_protocol(
    meeting: Meeting, paragraphs: Iterable[Paragraph] | None = None, *, is_immediate: bool = False
) -> list[Remark]:
    """All that is to be said of a meeting's protocol before it is frozen; errors first, then in printed order.

    `paragraphs` are those to adjust, by default all that no adjustment holds. A `Remark` has a code, a level (ERROR or
    WARNING), a Swedish sentence, the paragraph's key or None, and the address of the place where it is mended.
    """
    return remarks_on(load_protocol(meeting, paragraphs, is_immediate=is_immediate))


def remarks_on(protocol: LoadedProtocol, checks: Iterable[Check] = CHECKS) -> list[Remark]:
    """What the checks find in a loaded protocol."""
    found = [protocol.remark(check, each) for check in checks for each in check.find(protocol)]
    places = {matter.pk: matter.position for matter in protocol.matters}
    return sorted(found, key=lambda each: (each.level != ERROR, places.get(each.paragraph, 0)))


def errors_in(remarks: Iterable[Remark]) -> list[Remark]:
    return [each for each in remarks if each.level == ERROR]


def warnings_in(remarks: Iterable[Remark]) -> list[Remark]:
    return [each for each in remarks if each.level == WARNING]
