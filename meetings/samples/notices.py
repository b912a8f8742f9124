"""The sample board's notices: told by its registrars, with a party or two that are late, and a published protocol."""

from datetime import date, timedelta

from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from meetings.actions import notices, publishing
from meetings.adjusting.frozen import frozen_paper
from meetings.models import Adjustment, Notice
from meetings.noticing import clock_rules
from meetings.publishing import masking
from meetings.publishing.paper import closed_keys

MISSING, LATE = ("Kiruna", "Pajala"), "Jokkmokk"


def load_notices():
    """Put up the notices of every adjusted sample protocol. In the latest two parties have not told; older ones are
    long since taken down, and published."""
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    adjusted = list(Adjustment.objects.standing().exclude(adjusted_on=None).order_by("adjusted_on"))
    for adjustment in adjusted:
        is_latest = adjustment == adjusted[-1] and len(adjusted) > 1
        rows = notices.open_notices(adjustment, by=by)
        for notice in rows:
            if not (is_latest and notice.municipality.name in MISSING):
                _put_up(notice, adjustment.adjusted_on)
        if not is_latest:
            _finish(adjustment, rows, by)


def _put_up(notice: Notice, adjusted_on: date):
    late = 3 if notice.municipality.name == LATE else 1
    day = min(adjusted_on + timedelta(days=late), timezone.localdate())
    notices.confirm_posted(notice, posted_on=day, who=_registrar(notice))


def _finish(adjustment: Adjustment, rows: list[Notice], by: User):
    last = max(Notice.objects.filter(adjustment=adjustment).values_list("posted_on", flat=True))
    down = clock_rules.take_down_from(last)
    if down <= timezone.localdate():
        for notice in rows:
            notices.confirm_taken_down(notice, taken_down_on=down, who=_registrar(notice))
    masks = [each for each in masking.proposals(frozen_paper(adjustment), closed_keys(adjustment)) if each.ground]
    publishing.publish(adjustment, masks, by=by)


def _registrar(notice: Notice) -> str:
    return f"Registrator, {notice.municipality.full_name}"
