"""Verbs of the adjustment (justering): freeze the protocol, sign it, decline, ask again, unlock it.

Printing and signing take seconds and may wait for a time-stamp service, so both are done before the transaction that
keeps the result. That transaction locks what it builds upon and refuses when anything has changed since: nobody else's
writing waits meanwhile, and what is kept is the whole step or nothing of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from enamnd.documents.issuing import issue_paper, withdraw_paper
from enamnd.documents.models import Paper
from enamnd.documents.signing.backend import SignRequest, signing_backend
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Board
from enamnd.refusal import Refused
from meetings.adjusting import rules
from meetings.adjusting.freezing import Signer, compose_frozen, is_the_same, paragraphs_to_freeze, signers_of
from meetings.adjusting.frozen import as_content
from meetings.adjusting.letters import tell_declined, tell_turn, tell_unlocked
from meetings.checks import check_protocol, warnings_in
from meetings.checks.protocol import Remark
from meetings.models import AdjustedParagraph, Adjustment, ConfirmedWarning, Meeting, Paragraph, Signatory
from meetings.paper import printing
from meetings.paper.protocol import ProtocolPaper

from .dispatching import open_dispatches
from .notices import open_notices
from .versions import keep

KIND = "protocol"


# Freezing -------------------------------------------------------------------------------------------------------------


def freeze(
    meeting: Meeting,
    paragraphs: Iterable[Paragraph] | None = None,
    *,
    is_immediate: bool = False,
    confirmed: Collection[str] | None = (),
    by,
) -> Adjustment:
    """Freeze a protocol for adjustment (låsa): print it once with an empty field for each signature, and keep it.

    `paragraphs` are those to adjust, by default all that are not frozen; those of an immediate adjustment (omedelbar
    justering) become a paper of their own. `confirmed` are the keys of the warnings that are let stand, None for all.
    Refused while the protocol check finds errors or unconfirmed warnings, when something of it is frozen already, and
    when somebody changed it while it was printed.
    """
    board = current_board()
    chosen = paragraphs_to_freeze(meeting) if paragraphs is None else sorted(paragraphs, key=lambda each: each.position)
    rules.check_can_freeze(meeting, chosen, is_immediate=is_immediate, board=board, by=by)
    rules.check_remarks(check_protocol(meeting, chosen, is_immediate=is_immediate), confirmed)
    signers = signers_of(meeting, chosen)
    paper = compose_frozen(meeting, board, chosen, signers, is_immediate=is_immediate)
    content = printing.protocol_pdf(paper)
    return _keep_frozen(meeting, board, chosen, signers, paper, content, is_immediate, confirmed, by)


@transaction.atomic
def _keep_frozen(
    meeting: Meeting,
    board: Board,
    chosen: Sequence[Paragraph],
    signers: Sequence[Signer],
    paper: ProtocolPaper,
    content: bytes,
    is_immediate: bool,
    confirmed: Collection[str] | None,
    by,
) -> Adjustment:
    meeting, locked = _locked(meeting, chosen)
    rules.check_can_freeze(meeting, locked, is_immediate=is_immediate, board=board, by=by)
    remarks = _check_nothing_changed(meeting, board, locked, paper, is_immediate, confirmed)
    for each in locked:
        keep(each)
    issued = issue_paper(
        content,
        kind=KIND,
        title=f"{paper.body_name}: {paper.title}",
        subject=meeting,
        by=by,
        replaces=None if is_immediate else _unlocked_paper(meeting),
        expected_signatures=[each.name for each in signers],
    )
    adjustment = Adjustment.objects.create(
        meeting=meeting,
        is_immediate=is_immediate,
        frozen=issued,
        paper=issued,
        frozen_by=by,
        content=as_content(paper),
    )
    AdjustedParagraph.objects.bulk_create(AdjustedParagraph(adjustment=adjustment, paragraph=each) for each in locked)
    _add_signatories(adjustment, signers)
    confirmed_ones = _confirm(adjustment, remarks, by)
    record(
        "adjustment.frozen", adjustment, by=by, within=meeting,
        sha256=issued.file_id, signers=[each.name for each in signers], warnings=confirmed_ones,
    )  # fmt: skip
    _ask_next(adjustment, by)
    return adjustment


def _unlocked_paper(meeting: Meeting) -> Paper | None:
    """The paper of the ordinary adjustment that was unlocked last: the new one is issued instead of it."""
    unlocked = Adjustment.objects.filter(meeting=meeting, is_immediate=False).exclude(withdrawn_at=None)
    last = unlocked.select_related("paper").order_by("-id").first()
    return last.paper if last else None


def _locked(meeting: Meeting, chosen: Sequence[Paragraph]) -> tuple[Meeting, list[Paragraph]]:
    """The meeting and its paragraphs, so that nobody writes in them until the freeze is kept."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body", "secretary").get(pk=meeting.pk)
    rows = Paragraph.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("position")
    wanted = {each.pk for each in chosen}
    return meeting, [each for each in rows if each.pk in wanted]


def _check_nothing_changed(meeting, board, chosen, paper, is_immediate, confirmed) -> list[Remark]:
    """Refused when the protocol no longer says what was printed. Gives the remarks that stand."""
    signers = signers_of(meeting, chosen)
    if not is_the_same(compose_frozen(meeting, board, chosen, signers, is_immediate=is_immediate), paper):
        raise Refused(
            "Någon ändrade i protokollet medan det skrevs ut, så det låstes inte. Se att allt stämmer och lås igen."
        )
    remarks = check_protocol(meeting, chosen, is_immediate=is_immediate)
    rules.check_remarks(remarks, confirmed)
    return remarks


def _add_signatories(adjustment: Adjustment, signers: Sequence[Signer]):
    Signatory.objects.bulk_create(
        Signatory(
            adjustment=adjustment,
            order=order,
            role=each.role,
            person=each.person,
            name=each.name,
            political_party=each.political_party,
            paragraphs=each.paragraphs,
            field_name=each.field,
        )
        for order, each in enumerate(signers, 1)
    )


def _confirm(adjustment: Adjustment, remarks: list[Remark], by) -> int:
    rows = [
        ConfirmedWarning(
            adjustment=adjustment,
            code=each.code,
            text=each.sentence[:1000],
            paragraph_id=each.paragraph,
            confirmed_by=by,
        )
        for each in warnings_in(remarks)
    ]
    return len(ConfirmedWarning.objects.bulk_create(rows))


def _ask_next(adjustment: Adjustment, by):
    """Write to whoever is next in order, once."""
    signatory = rules.next_signatory(adjustment)
    if signatory and signatory.asked_at is None:
        signatory.asked_at = timezone.now()
        signatory.save(update_fields=["asked_at"])
        tell_turn(signatory, by=by)


# Signing --------------------------------------------------------------------------------------------------------------


def sign(signatory: Signatory, *, by, evidence: Mapping[str, str]) -> Signatory:
    """Sign the frozen protocol (skriva under) as the person that `by` is in the register.

    `evidence` tells how they showed who they are, and holds no secret. The last signature makes the protocol adjusted,
    on that day (KL 5 kap. 69 §), and opens its notices and dispatches. Refused for somebody else, twice, out of order,
    and when the protocol was unlocked; then, and when the signature cannot be made, all stands as it did.
    """
    adjustment = Adjustment.objects.select_related("paper__file", "frozen").get(pk=signatory.adjustment_id)
    rules.check_can_sign(signatory, adjustment, by)
    at = timezone.now()
    signed = _signed(adjustment, signatory, at)
    return _keep_signature(signatory, adjustment.paper, signed, at, evidence, by)


def _signed(adjustment: Adjustment, signatory: Signatory, at) -> bytes:
    backend = signing_backend()
    request = SignRequest(
        field_name=signatory.field_name,
        signer_name=signatory.name,
        signed_at=at,
        base_sha256=adjustment.frozen.file_id,
        reason=_reason(signatory),
    )
    signed = backend.sign(bytes(adjustment.paper.file.content), request)
    is_last = not adjustment.signatories.filter(signed_at=None).exclude(pk=signatory.pk).exists()
    return backend.finish(signed) if is_last else signed


def _reason(signatory: Signatory) -> str:
    span = f" för § {signatory.paragraphs}" if signatory.paragraphs else ""
    return f"{signatory.get_role_display()}{span}"


@transaction.atomic
def _keep_signature(signatory: Signatory, base: Paper, signed: bytes, at, evidence: Mapping, by) -> Signatory:
    adjustment = lock_adjustment(signatory.adjustment)
    signatory = Signatory.objects.select_for_update().get(pk=signatory.pk)
    rules.check_can_sign(signatory, adjustment, by)
    if adjustment.paper_id != base.pk:
        raise Refused("Protokollet har fått en underskrift till sedan du öppnade det. Läs in sidan och försök igen.")
    revision = issue_revision(adjustment, signed, by=by)
    signatory.method, signatory.signed_at, signatory.signed_by = Signatory.Method.PORTAL, at, by
    signatory.revision, signatory.evidence = revision, {**evidence, "sha256": adjustment.frozen.file_id}
    signatory.save(update_fields=["method", "signed_at", "signed_by", "revision", "evidence"])
    record(
        "adjustment.signed", adjustment, by=by, within=adjustment.meeting,
        name=signatory.name, role=signatory.get_role_display().lower(), sha256=revision.file_id,
    )  # fmt: skip
    go_on(adjustment, by=by)
    return signatory


def lock_adjustment(adjustment: Adjustment) -> Adjustment:
    """The adjustment's row as it stands, locked until the transaction ends."""
    rows = Adjustment.objects.select_for_update(of=("self",)).select_related("meeting__body", "frozen", "paper")
    return rows.get(pk=adjustment.pk)


def issue_revision(adjustment: Adjustment, content: bytes, *, by) -> Paper:
    """Keep the file with one more signature as the adjustment's paper."""
    earlier = adjustment.paper
    adjustment.paper = issue_paper(
        content,
        kind=KIND,
        title=earlier.title,
        subject=adjustment.meeting,
        by=by,
        previous=earlier,
        expected_signatures=earlier.expected_signatures,
    )
    adjustment.save(update_fields=["paper"])
    return adjustment.paper


def go_on(adjustment: Adjustment, *, by):
    """After a signature: write to the next, or, when all have signed, let the protocol be adjusted."""
    if rules.next_signatory(adjustment):
        _ask_next(adjustment, by)
        return
    last = adjustment.signatories.order_by("-signed_at").values_list("signed_at", flat=True).first()
    adjustment.adjusted_on = timezone.localdate(last)
    adjustment.save(update_fields=["adjusted_on"])
    record("adjustment.adjusted", adjustment, by=by, within=adjustment.meeting, on=str(adjustment.adjusted_on))
    open_notices(adjustment, by=by)
    open_dispatches(adjustment, by=by)


# When it goes otherwise -----------------------------------------------------------------------------------------------


@transaction.atomic
def decline(signatory: Signatory, reason: str, *, by) -> Signatory:
    """Say no to signing (avböja), with a reason that goes to the secretary. The signing waits until they have acted."""
    adjustment = lock_adjustment(signatory.adjustment)
    signatory = Signatory.objects.select_for_update().get(pk=signatory.pk)
    rules.check_can_decline(signatory, adjustment, by)
    signatory.declined_because = rules.check_reason(reason, "varför du inte vill skriva under", 500)
    signatory.declined_at = timezone.now()
    signatory.save(update_fields=["declined_at", "declined_because"])
    record(
        "adjustment.declined", adjustment, by=by, within=adjustment.meeting,
        name=signatory.name, reason=signatory.declined_because,
    )  # fmt: skip
    tell_declined(signatory, adjustment, by=by)
    return signatory


@transaction.atomic
def ask_again(signatory: Signatory, *, by) -> Signatory:
    """Remind whoever is next, or ask again somebody who has declined (påminna, fråga igen)."""
    adjustment = lock_adjustment(signatory.adjustment)
    signatory = Signatory.objects.select_for_update().get(pk=signatory.pk)
    rules.check_can_ask(signatory, adjustment, by)
    signatory.declined_at, signatory.declined_because = None, ""
    signatory.asked_at = timezone.now()
    signatory.save(update_fields=["declined_at", "declined_because", "asked_at"])
    record("adjustment.asked_again", adjustment, by=by, within=adjustment.meeting, name=signatory.name)
    tell_turn(signatory, by=by)
    return signatory


@transaction.atomic
def unlock(adjustment: Adjustment, reason: str, *, by) -> Adjustment:
    """Withdraw the freeze (låsa upp): its signatures are void, and text and attendance may be written again.

    The paper, its signatures and the reason are kept. Those who had been asked are told. Refused once it is adjusted.
    """
    adjustment = lock_adjustment(adjustment)
    rules.check_can_unlock(adjustment, by)
    adjustment.withdrawn_because = rules.check_reason(reason, "varför protokollet låses upp")
    adjustment.withdrawn_at, adjustment.withdrawn_by = timezone.now(), by
    adjustment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    adjustment.paragraphs.update(is_void=True)
    withdraw_paper(adjustment.paper, adjustment.withdrawn_because, by=by)
    void = [each.name for each in adjustment.signatories.exclude(signed_at=None)]
    record(
        "adjustment.unlocked", adjustment, by=by, within=adjustment.meeting,
        reason=adjustment.withdrawn_because, void=void,
    )  # fmt: skip
    for each in adjustment.signatories.exclude(asked_at=None):
        tell_unlocked(each, adjustment, by=by)
    return adjustment
