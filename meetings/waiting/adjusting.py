"""What waits of the signing: for those who sign, and for the secretary when somebody has declined."""

from collections.abc import Iterator

from django.db.models import Min, Q
from django.urls import reverse

from enamnd.answers import is_allowed
from enamnd.dates import long_date, short_date
from enamnd.waiting import Waiting
from meetings.adjusting import rules as adjusting_rules
from meetings.models import Adjustment, Signatory
from meetings.noticing.clock_rules import adjust_by


def waiting_signatures(user) -> Iterator[Waiting]:
    """Protocols that `user` is next to sign, and those that somebody would not sign where `user` keeps them."""
    waiting = Adjustment.objects.waiting().annotate(
        turn=Min("signatories__order", filter=Q(signatories__signed_at=None))
    )
    turns = {each.pk: each.turn for each in waiting.only("pk")}
    if not turns:
        return
    rows = Signatory.objects.filter(adjustment__in=turns, signed_at=None).select_related("adjustment__meeting__body")
    rows = [each for each in rows.defer("adjustment__content") if each.order == turns[each.adjustment_id]]
    may_write = is_allowed(adjusting_rules.check_can_adjust, user)
    for row in rows:
        if row.declined_at and may_write:
            yield _declined(row)
        elif not row.declined_at and user.person_id and row.person_id == user.person_id:
            yield _turn(row)


def _turn(row: Signatory) -> Waiting:
    meeting = row.adjustment.meeting
    due = adjust_by(meeting.last_day)
    return Waiting(
        due,
        f"Skriv under protokollet från {short_date(meeting.held_on)}",
        f"{meeting.body}. Det ska vara justerat senast {long_date(due)}.",
        reverse("adjusting:adjustment", args=[row.adjustment_id]),
        "Skriv under",
    )


def _declined(row: Signatory) -> Waiting:
    meeting = row.adjustment.meeting
    return Waiting(
        adjust_by(meeting.last_day),
        f"{row.name} skriver inte under protokollet från {short_date(meeting.held_on)}",
        f"Skälet: ”{row.declined_because}” Fråga igen, eller lås upp protokollet och rätta det.",
        reverse("meetings:adjusting", args=[meeting.pk]),
        "Öppna",
    )
