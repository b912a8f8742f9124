"""The sample board's newsletters, by the usual verbs: one that has gone out, and one that is being written."""

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Municipality
from meetings.actions import newsletter_readers, newsletters
from meetings.models import Adjustment, Meeting
from meetings.newsletters import proposals, receivers

READERS = (
    ("Tora Lindmark", "tora.lindmark@boden.example", "kommunikatör", "Boden"),
    ("Mats Ollila", "mats.ollila@kalix.example", "kommunikatör", "Kalix"),
)
GREETING = (
    "<p>Här är det viktigaste från nämndens senaste sammanträde. Hör av dig om du vill veta mer, eller om någon annan "
    "hos er ska ha brevet.</p>"
)


@transaction.atomic
def load_newsletters():
    """A newsletter with the decisions of the latest adjusted protocol, and a draft for the next one."""
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    for name, email, about, place in READERS:
        municipality = Municipality.objects.get(name=place)
        newsletter_readers.add_reader(name, email, about=about, municipality=municipality, by=by)
    adjusted = Adjustment.objects.filter(adjusted_on__isnull=False, withdrawn_at=None, is_immediate=False)
    meetings = Meeting.objects.filter(adjustments__in=adjusted).order_by("held_on")
    if latest := meetings.last():
        _sent(latest, by)
    newsletters.begin_newsletter("Inför årets sista sammanträde", by=by)


def _sent(meeting: Meeting, by: User):
    made = newsletters.begin_newsletter("Nytt från e-nämnden", meeting, by=by)
    keys = [each.key for each in proposals.decided_at(meeting) if not each.is_formal]
    html = (
        GREETING + proposals.decisions_html(meeting, keys) + proposals.coming_html(timezone.localdate(), after=meeting)
    )
    newsletters.save_text(made, made.revision, html, by=by)
    newsletters.send_newsletter(made, [receivers.MAILING_LIST], by=by)
