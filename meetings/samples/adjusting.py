"""The sample board's protocols: the older ones signed elsewhere in their time, the latest waiting for signatures."""

import base64
from datetime import datetime, time, timedelta

from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from meetings.actions.adjusting import freeze
from meetings.actions.signing_elsewhere import SignedOn, record_signed_elsewhere
from meetings.models import Adjustment, Meeting

BEFORE_THE_NOTICE = timedelta(days=1)
NOON = time(12)
# One white pixel, where a board has its scanned signatures.
SCAN = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==")


def load_adjusting():
    """Adjust the protocols whose notice has been up, the day before it, and freeze the latest that is numbered."""
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    for meeting in Meeting.objects.exclude(numbered_at=None).select_related("body", "proof").order_by("held_on"):
        adjustment = freeze(meeting, confirmed=None, by=by)
        if meeting.proof.posted_on:
            _sign_elsewhere(adjustment, meeting, by)


def _sign_elsewhere(adjustment: Adjustment, meeting: Meeting, by: User):
    """As the secretary would have recorded it then: what is frozen today cannot have been signed in the spring."""
    at = timezone.make_aware(datetime.combine(meeting.proof.posted_on - BEFORE_THE_NOTICE, NOON))
    Adjustment.objects.filter(pk=adjustment.pk).update(frozen_at=at)
    adjustment.refresh_from_db()
    signed = [SignedOn(each, at) for each in adjustment.signatories.all()]
    record_signed_elsewhere(adjustment, SCAN, signed, is_vouched_for=True, by=by)
