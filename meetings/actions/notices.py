"""Verbs of the notice (anslag): asked for, put up, taken down, reminded of; and the same on the board's own board."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from simple_history.utils import bulk_create_with_history

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Board, Municipality
from enamnd.refusal import Refused
from meetings.models import Adjustment, Notice, OwnNotice, Proof
from meetings.noticing import clock_rules
from meetings.noticing import rules as notice_rules
from meetings.noticing.text import letter_text, notice_text, reminder_text

ASKED, REMINDED = "notice", "notice_reminder"
JUST_AFTER_MIDNIGHT = time(0, 1)


@transaction.atomic
def open_notices(adjustment: Adjustment, *, by) -> list[Notice]:
    """Announce an adjusted protocol on every party's board (KL 9 kap. 32 §), and on the board's own.

    One row and one letter a party; a party without an address gets its row alone. Called when the last signature is
    there: a second call changes nothing. Refused before the adjustment.
    """
    adjustment = _locked(adjustment)
    notice_rules.check_is_adjusted(adjustment)
    if adjustment.notices.exists():
        return list(adjustment.notices.all())
    board = current_board()
    rows = [Notice(adjustment=adjustment, municipality=each) for each in _parties(board)]
    bulk_create_with_history(rows, Notice, default_user=by)
    notices = list(adjustment.notices.select_related("municipality"))
    unreached = [each.municipality.name for each in notices if not _ask(each, adjustment, board, by)]
    _post_on_own_board(adjustment, board, by)
    record("notices.opened", adjustment, by=by, within=adjustment.meeting, parties=len(notices), unreached=unreached)
    return notices


@transaction.atomic
def confirm_posted(notice: Notice, *, posted_on: date, who: str, address: str = "", by=None) -> Notice:
    """Say that a notice is up, since when, by whom and where. One that came down too early goes up again so.

    `by` is the account, or None for somebody with the secret address. Refused for a day that has not been or is before
    the adjustment. A late day is written down, and told.
    """
    notice = _locked_notice(notice)
    notice_rules.check_can_confirm(notice, by)
    notice_rules.check_posting(notice.adjustment, posted_on)
    notice.posted_on, notice.posted_by, notice.address = posted_on, who.strip(), address
    notice.taken_down_on, notice.taken_down_by = None, ""
    late = posted_on - clock_rules.post_by(notice.adjustment.adjusted_on)
    _keep(notice, by)
    record(
        "notice.posted", notice, by=by, within=notice.adjustment.meeting,
        day=long_date(posted_on), who=notice.posted_by, late=max(late.days, 0),
    )  # fmt: skip
    return notice


@transaction.atomic
def confirm_taken_down(notice: Notice, *, taken_down_on: date, who: str, by=None) -> Notice:
    """Say that a notice has come down. Too early is kept and told in red, since then the time has not run out.

    Refused for a day that has not been, or before the notice was up.
    """
    notice = _locked_notice(notice)
    notice_rules.check_can_confirm(notice, by)
    notice_rules.check_taking_down(notice.posted_on, taken_down_on)
    notice.taken_down_on, notice.taken_down_by = taken_down_on, who.strip()
    _keep(notice, by)
    record(
        "notice.taken_down", notice, by=by, within=notice.adjustment.meeting,
        day=long_date(taken_down_on), who=notice.taken_down_by, early=_is_early(notice),
    )  # fmt: skip
    return notice


@transaction.atomic
def remind_of_notices(adjustment: Adjustment, *, by) -> tuple[list[str], list[str]]:
    """Write again to parties that have not told (påminna): who got a letter, and who has no address."""
    check_may(by, Permission.WRITE_PROTOCOL)
    adjustment = _locked(adjustment)
    missing = list(adjustment.notices.filter(posted_on=None).select_related("municipality"))
    notice_rules.check_can_remind(missing)
    board = current_board()
    text = notice_text(adjustment, board, posted_on=None)
    subject = "Påminnelse: anslag"
    sent = [each for each in missing if _write(each, subject, reminder_text(each, text, board), REMINDED, by)]
    reached = [each.municipality.name for each in sent]
    unreached = [each.municipality.name for each in missing if each not in sent]
    record("notices.reminded", adjustment, by=by, within=adjustment.meeting, to=reached)
    return reached, unreached


@transaction.atomic
def take_down_own_notice(own: OwnNotice, *, today: date) -> bool:
    """Take the notice down from the board's own board when its day has come, and not before. Whether it was."""
    own = OwnNotice.objects.select_for_update(of=("self",)).select_related("adjustment__meeting").get(pk=own.pk)
    due = common_end(own.adjustment)
    if own.taken_down_on or due is None or today < due:
        return False
    own.taken_down_on = due
    own.save(update_fields=["taken_down_on"])
    record("own_notice.taken_down", own, by=None, within=own.adjustment.meeting, day=long_date(due))
    return True


@task()
def take_down_when_due() -> None:
    """Take down every notice whose day has come, whichever of them the task was kept for."""
    for own in OwnNotice.objects.filter(taken_down_on=None):
        take_down_own_notice(own, today=timezone.localdate())


def common_end(adjustment: Adjustment) -> date | None:
    """The first day that the notices may come down; None while it cannot be told, or one came down too early."""
    days = list(adjustment.notices.values_list("municipality__name", "posted_on", "taken_down_on"))
    posted = {name: day for name, day, _ in days}
    down = {name: day for name, _, day in days}
    return clock_rules.common_end(posted, down)


# Parts ----------------------------------------------------------------------------------------------------------------


def _locked(adjustment: Adjustment) -> Adjustment:
    rows = Adjustment.objects.select_for_update(of=("self",)).select_related("meeting__body")
    return rows.get(pk=adjustment.pk)


def _locked_notice(notice: Notice) -> Notice:
    """The adjustment is locked first: the days of all its notices are counted together."""
    adjustment = _locked(Adjustment(pk=notice.adjustment_id))
    notice = Notice.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=notice.pk)
    notice.adjustment = adjustment
    return notice


def _parties(board: Board):
    return Municipality.objects.filter(Q(is_party=True) | Q(pk=board.host_id)).order_by("name")


def _ask(notice: Notice, adjustment: Adjustment, board: Board, by) -> bool:
    text = notice_text(adjustment, board, posted_on=None)
    if not _write(notice, "Anslag att sätta upp", letter_text(notice, text, board), ASKED, by):
        return False
    notice.requested_at = timezone.now()
    notice._history_user = by
    notice.save(update_fields=["requested_at"])
    return True


def _write(notice: Notice, what: str, text: str, kind: str, by) -> bool:
    """Write to the party's registrar. An address that is none must not stop the protocol."""
    municipality, meeting = notice.municipality, notice.adjustment.meeting
    if not municipality.email:
        return False
    subject = f"{what}: {meeting.body} {long_date(meeting.held_on)}"
    try:
        write_letter(
            municipality.email, subject, text,
            about=notice, by=by, kind=kind, to_name=municipality.full_name, is_personal=True,
        )  # fmt: skip
    except Refused:
        return False
    return True


def _post_on_own_board(adjustment: Adjustment, board: Board, by):
    today = timezone.localdate()
    own = OwnNotice(adjustment=adjustment, posted_on=today)
    own.text = str(notice_text(adjustment, board, posted_on=today))
    own._history_user = by
    own.save()


def _keep(notice: Notice, by):
    notice.confirmed_at = timezone.now()
    notice._history_user = by
    notice.save()
    _follow_on_cover(notice.adjustment, by)
    if (due := common_end(notice.adjustment)) and OwnNotice.objects.filter(adjustment=notice.adjustment).exists():
        at = timezone.make_aware(datetime.combine(due, JUST_AFTER_MIDNIGHT))
        take_down_when_due.using(run_after=max(at, timezone.now())).enqueue()


def _follow_on_cover(adjustment: Adjustment, by):
    """The proof on the cover tells of the host's board; an immediate adjustment has no say where another one is."""
    if adjustment.is_immediate and adjustment.meeting.adjustments.standing().filter(is_immediate=False).exists():
        return
    board = current_board()
    host = adjustment.notices.filter(municipality=board.host_id).first()
    if host is None:
        return
    proof, _ = Proof.objects.get_or_create(
        meeting=adjustment.meeting, defaults={"storage": board.paper_field("default_storage")}
    )
    proof.posted_on, proof.signed_by = host.posted_on, host.posted_by
    proof.removed_on = host.taken_down_on or (common_end(adjustment) if host.posted_on else None)
    proof._history_user = by
    proof.save()


def _is_early(notice: Notice) -> bool:
    days = {each.municipality.name: each for each in notice.adjustment.notices.select_related("municipality")}
    posted = {name: each.posted_on for name, each in days.items()}
    down = {name: each.taken_down_on for name, each in days.items()}
    return notice.municipality.name in clock_rules.taken_down_early(posted, down)
