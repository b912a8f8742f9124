"""When a protocol may be frozen, signed, declined and unlocked, and by whom."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from enamnd.dates import long_date, long_instant
from enamnd.organisation.models import Board
from enamnd.refusal import Refused
from meetings import rules
from meetings.checks import errors_in, warnings_in
from meetings.checks.protocol import Remark
from meetings.models import Adjustment, Meeting, Paragraph, Signatory

LONGEST_REASON = 300


def check_can_adjust(by):
    """Freezing, unlocking and recording what was signed elsewhere is the secretary's."""
    rules.check_can_write(by)


def check_can_freeze(meeting: Meeting, paragraphs: Collection[Paragraph], *, is_immediate: bool, board: Board, by):
    """Refused when something of it is frozen already, and for an immediate adjustment that the board does not use."""
    check_can_adjust(by)
    rules.check_is_open(meeting)
    for each in paragraphs:
        rules.check_is_open(each)
    if is_immediate and not board.rule("allows_immediate_adjustment"):
        raise Refused("Nämndens reglemente tillåter inte omedelbar justering. Det ändras bland nämndens regler.")
    if is_immediate and not paragraphs:
        raise Refused("Välj minst en paragraf att justera omedelbart.", field="paragraphs")


def check_remarks(remarks: Iterable[Remark], confirmed: Collection[str] | None):
    """Refused while there are errors, or warnings whose keys are not `confirmed` (None: all of them are)."""
    remarks = list(remarks)
    if errors := errors_in(remarks):
        raise Refused(f"Protokollet kan inte låsas än. {errors[0].sentence}{_more(errors)}")
    left = [] if confirmed is None else [each for each in warnings_in(remarks) if each.key not in confirmed]
    if left:
        raise Refused(f"Bekräfta varningarna innan protokollet låses, eller rätta dem. {left[0].sentence}{_more(left)}")


def _more(remarks: list) -> str:
    return f" Och {len(remarks) - 1} till." if len(remarks) > 1 else ""


def check_stands(adjustment: Adjustment):
    """Refused when the protocol has been unlocked: its signatures are void."""
    if adjustment.withdrawn_at:
        day = long_date(timezone.localdate(adjustment.withdrawn_at))
        raise Refused(
            f"Protokollet låstes upp {day}: {adjustment.withdrawn_because} Ingen underskrift togs emot. "
            "Du får ett nytt brev när det är låst igen."
        )


def check_can_sign(signatory: Signatory, adjustment: Adjustment, by):
    """Refused for what is unlocked, for anybody but the person who signs here, twice, and out of order."""
    check_stands(adjustment)
    check_is_signatory(signatory, by)
    check_has_not_answered(signatory)
    check_is_next(signatory, adjustment)


def check_is_signatory(signatory: Signatory, by):
    if by.person_id is None:
        raise Refused(
            "Ditt konto är inte kopplat till någon person i registret. Be nämndens administratör koppla det, så kan du "
            "skriva under."
        )
    if signatory.person_id != by.person_id:
        raise Refused(f"Här är det {signatory.name} som skriver under, och du är inloggad som {by}.")


def check_has_not_answered(signatory: Signatory):
    if signatory.signed_at:
        when = long_instant(timezone.localtime(signatory.signed_at))
        raise Refused(f"{signatory.name} har redan skrivit under, {when}. Ingenting har ändrats.")
    if signatory.declined_at:
        raise Refused(
            f"{signatory.name} har avböjt att skriva under. Sekreteraren kan be om underskriften igen eller låsa upp "
            "protokollet."
        )


def check_is_next(signatory: Signatory, adjustment: Adjustment):
    first = next_signatory(adjustment)
    if first and first.pk != signatory.pk:
        raise Refused(
            f"Det är inte din tur än: {first.name} skriver under före dig. Du får ett brev när det är din tur."
        )


def next_signatory(adjustment: Adjustment) -> Signatory | None:
    """The first in order who has not signed, also when they have declined: then the signing waits there."""
    return adjustment.signatories.filter(signed_at=None).order_by("order").first()


def check_can_decline(signatory: Signatory, adjustment: Adjustment, by):
    check_stands(adjustment)
    check_is_signatory(signatory, by)
    check_has_not_answered(signatory)


def check_can_ask(signatory: Signatory, adjustment: Adjustment, by):
    """Asking again: a reminder, or after somebody has declined."""
    check_can_adjust(by)
    check_stands(adjustment)
    if signatory.signed_at:
        raise Refused(f"{signatory.name} har redan skrivit under.")
    first = next_signatory(adjustment)
    if first and first.pk != signatory.pk:
        raise Refused(f"{first.name} skriver under före {signatory.name}. Påminn {first.name} i stället.")


def check_can_unlock(adjustment: Adjustment, by):
    """Refused for what is adjusted: that protocol stands."""
    check_can_adjust(by)
    if adjustment.withdrawn_at:
        raise Refused("Protokollet är redan upplåst. Läs in sidan på nytt.")
    if adjustment.adjusted_on:
        raise Refused(
            f"Protokollet är justerat {long_date(adjustment.adjusted_on)} och kan inte låsas upp. "
            "Ett skrivfel rättas genom ett nytt beslut."
        )


def check_reason(reason: str, what: str, longest: int = LONGEST_REASON) -> str:
    """The reason, tidied. Refused when there is none, or too much of it."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(f"Skriv {what}.", field="reason")
    if len(reason) > longest:
        raise Refused(f"Skälet är {len(reason)} tecken, det får vara högst {longest}.", field="reason")
    return reason
