"""§ numbers: in one row per body and calendar year, without gaps, given when the secretary says so."""

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.documents.series import locked_series
from enamnd.formats import paragraph_range
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..models import Meeting, Paragraph
from .versions import keep


def series_key(meeting: Meeting) -> str:
    """The number series that the meeting's paragraphs are taken from."""
    return f"paragraph:{meeting.body_id}:{meeting.year}"


@transaction.atomic
def number_paragraphs(meeting: Meeting, *, by: User) -> list[Paragraph]:
    """Give the meeting's paragraphs their numbers in order (ge paragrafnummer).

    Refused while an earlier meeting of the same body and year waits for its own, when a later one already has
    numbers, when there is nothing to number, and when somebody else got there first.
    """
    rules.check_can_number(meeting, by)
    meeting = _locked(meeting)
    rules.check_is_open(meeting)
    series = locked_series(series_key(meeting))
    paragraphs = list(meeting.paragraphs.select_for_update().order_by("position"))
    _check_waiting(meeting, paragraphs)
    _check_order(meeting)
    for number, paragraph in enumerate(paragraphs, series.last + 1):
        keep(paragraph)
        paragraph.number = number
    _save_numbers(paragraphs, "Paragrafen fick sitt nummer", by)
    series.last += len(paragraphs)
    series.save(update_fields=["last"])
    _set_numbered(meeting, timezone.now(), by)
    record("meeting.numbered", meeting, by=by, first=paragraphs[0].number, last=paragraphs[-1].number)
    return paragraphs


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _check_waiting(meeting: Meeting, paragraphs: list[Paragraph]):
    if not paragraphs:
        raise Refused("Sammanträdet har inga paragrafer att numrera.")
    numbers = [each.number for each in paragraphs if each.number]
    if meeting.numbered_at or numbers:
        span = f": {paragraph_range(min(numbers), max(numbers))}" if numbers else ""
        raise Refused(f"Paragraferna har redan fått nummer{span}. Läs in sidan på nytt.")


def _check_order(meeting: Meeting):
    """Numbers follow the order of the meetings in the year."""
    same_series = (
        Paragraph.objects.filter(body=meeting.body, year=meeting.year)
        .exclude(meeting=meeting)
        .select_related("meeting")
        .order_by("meeting__held_on", "position")
    )
    if waiting := same_series.filter(_before(meeting), number__isnull=True).first():
        raise Refused(
            f"Sammanträdet {long_date(waiting.meeting.held_on)} är tidigare och har paragrafer utan nummer. "
            "Ge dem nummer först, så att numren följer i ordning."
        )
    if ahead := same_series.filter(number__isnull=False, meeting__held_on__gt=meeting.held_on).first():
        raise Refused(
            f"Sammanträdet {long_date(ahead.meeting.held_on)} är senare och har redan nummer från {ahead.label}. "
            "Ta tillbaka numren där först, så att numren följer i ordning."
        )


def _before(meeting: Meeting) -> Q:
    """Paragraphs of earlier meetings; of two on the same day the one that begins first, or was entered first."""
    same_day = Q(meeting__held_on=meeting.held_on)
    began = Q(meeting__starts_at__lt=meeting.starts_at) if meeting.starts_at else Q(meeting__lt=meeting.pk)
    return Q(meeting__held_on__lt=meeting.held_on) | same_day & began


@transaction.atomic
def withdraw_numbers(meeting: Meeting, *, by: User):
    """Take the meeting's numbers back (ta tillbaka paragrafnummer), while no later number has been given."""
    rules.check_can_number(meeting, by)
    meeting = _locked(meeting)
    rules.check_can_withdraw(meeting, by)
    rules.check_nothing_is_frozen(meeting)
    series = locked_series(series_key(meeting))
    paragraphs = list(meeting.paragraphs.select_for_update().filter(number__isnull=False).order_by("number"))
    span = {}
    if paragraphs:
        _check_last(meeting, paragraphs, series.last)
        span = {"first": paragraphs[0].number, "last": paragraphs[-1].number}
        series.last = paragraphs[0].number - 1
        series.save(update_fields=["last"])
    for paragraph in paragraphs:
        keep(paragraph)
        paragraph.number = None
    _save_numbers(paragraphs, "Numret togs tillbaka", by)
    _set_numbered(meeting, None, by)
    record("meeting.numbers_withdrawn", meeting, by=by, **span)


def _check_last(meeting: Meeting, paragraphs: list[Paragraph], last: int):
    if paragraphs[-1].number == last:
        return
    later = Paragraph.objects.numbered(meeting.body, meeting.year).filter(number__gt=paragraphs[-1].number)
    taken = later.order_by("number").select_related("meeting").first()
    where = f"{taken.label} den {long_date(taken.meeting.held_on)}" if taken else f"§ {last}"
    raise Refused(f"Numren kan inte tas tillbaka: senare nummer är givna ({where}). Ta tillbaka dem först.")


def number_for_addition(meeting: Meeting) -> int | None:
    """The number of a paragraph that is added now: none before the meeting is numbered, else the next in the year.

    Refused when a later meeting has gone on from this one's last number. Must stand inside a transaction that holds
    the meeting's lock.
    """
    if meeting.numbered_at is None:
        return None
    series = locked_series(series_key(meeting))
    last = meeting.paragraphs.aggregate(last=Max("number"))["last"]
    if last is not None and last != series.last:
        raise Refused(
            f"Sammanträdets paragrafer har fått nummer till och med § {last}, och § {series.last} är redan given vid "
            "ett annat sammanträde. Ta tillbaka numren där först, eller ta upp ärendet vid nästa sammanträde."
        )
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def _save_numbers(paragraphs: list[Paragraph], reason: str, by: User):
    bulk_update_with_history(paragraphs, Paragraph, ["number"], default_user=by, default_change_reason=reason)


def _set_numbered(meeting: Meeting, at, by: User):
    meeting.numbered_at = at
    meeting._history_user = by
    meeting.save(update_fields=["numbered_at"])
