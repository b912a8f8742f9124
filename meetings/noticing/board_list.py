"""The notices of an adjustment as a list of boards: how each stands, and what became of its letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from enamnd.dates import short_date
from enamnd.formats import swedish_key
from enamnd.journal.models import key_of
from enamnd.letters.about import latest_letters
from enamnd.letters.models import Letter
from meetings.models import Adjustment, Notice
from meetings.noticing import clock_rules


@dataclass(frozen=True)
class Row:
    """One board: its state in a word and a tone, the letter in a few words, and when the notice may come down."""

    notice: Notice
    word: str
    tone: str
    letter: str
    letter_failed: bool
    down_from: date | None


def rows_of(adjustment: Adjustment, today: date, *, with_letters: bool = True) -> list[Row]:
    """All boards of an adjusted protocol in Swedish order, in two queries; none where its notices are loaded already
    and nobody asks for letters."""
    notices = sorted(_notices(adjustment), key=lambda each: swedish_key(each.municipality.name))
    letters = latest_letters(notices) if with_letters else {}
    posted = {each.municipality.name: each.posted_on for each in notices}
    down = {each.municipality.name: each.taken_down_on for each in notices}
    early = clock_rules.taken_down_early(posted, down)
    end, due = clock_rules.common_end(posted, down), clock_rules.post_by(adjustment.adjusted_on)
    return [_row(each, letters.get(key_of(each)), due, end, each.municipality.name in early, today) for each in notices]


def _notices(adjustment: Adjustment) -> Iterable[Notice]:
    loaded = "notices" in getattr(adjustment, "_prefetched_objects_cache", {})
    return adjustment.notices.all() if loaded else adjustment.notices.select_related("municipality")


def _row(notice: Notice, letter: Letter | None, due: date, end: date | None, is_early: bool, today: date) -> Row:
    word, tone = clock_rules.notice_state(
        notice.posted_on, notice.taken_down_on, due, end, is_early=is_early, today=today
    )
    return Row(notice, word, tone, _letter_in_words(letter, notice), bool(letter and letter.given_up_at), end)


def row_of(notice: Notice, today: date) -> Row:
    """The same of one notice, without its letter."""
    return next(row for row in rows_of(notice.adjustment, today, with_letters=False) if row.notice == notice)


def notices_for(municipalities: Iterable) -> QuerySet[Notice]:
    """Notices of these municipalities, the latest first, with what their list asks for."""
    return (
        Notice.objects.filter(municipality__in=municipalities, adjustment__withdrawn_at=None)
        .select_related("municipality", "adjustment__meeting__body")
        .prefetch_related("adjustment__notices__municipality", "adjustment__paragraphs__paragraph")
        .defer("adjustment__content")
        .order_by("-adjustment__adjusted_on", "-adjustment_id", "municipality__name")
    )


def _letter_in_words(letter: Letter | None, notice: Notice) -> str:
    if letter is None:
        return "" if notice.municipality.email else "saknar e-postadress i registret"
    if letter.given_up_at:
        return f"brevet gick inte fram: {letter.last_error}"
    what = "påmint" if letter.kind == "notice_reminder" else "brev skickat"
    return (
        f"{what} {short_date(timezone.localdate(letter.sent_at))}" if letter.sent_at else "brev väntar på att skickas"
    )
