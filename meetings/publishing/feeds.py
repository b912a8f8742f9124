"""What everybody may follow: protocols and notices as Atom, meetings as iCalendar."""

from datetime import date, datetime, time

from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from icalendar import Event

from enamnd.dates import long_date
from enamnd.organisation.models import Board
from meetings.models import Meeting, Newsletter, OwnNotice, PlannedDay, Publication
from meetings.newsletters import reading as newsletters
from meetings.planning import calendar_feed
from meetings.publishing import reading as public_reading
from meetings.text.markup import plain_text

LATEST = 30
BEGINNING = 500  # letters of a newsletter


class BoardFeed(Feed):
    """A feed of the board's, in Swedish."""

    feed_type = Atom1Feed
    language = "sv"
    what = ""

    def title(self) -> str:
        board = Board.objects.first()
        return f"{board.name}: {self.what}" if board else self.what.capitalize()

    def item_title(self, item) -> str:
        meeting = item.adjustment.meeting
        return f"{self.each} {meeting.body} {long_date(meeting.held_on)}"


class ProtocolFeed(BoardFeed):
    """Published protocols."""

    what, each = "protokoll", "Protokoll"
    link = reverse_lazy("public:protocol_list")
    subtitle = "Offentliga versioner av nämndens protokoll"

    def items(self):
        return public_reading.published().defer("adjustment__content", "content", "search_text")[:LATEST]

    def item_link(self, item: Publication) -> str:
        return reverse("public:protocol", args=[item.pk])

    def item_description(self, item: Publication) -> str:
        return f"Justerat {long_date(item.adjustment.adjusted_on)}."

    def item_pubdate(self, item: Publication) -> datetime:
        return item.published_at

    item_updateddate = item_pubdate


class NewsletterFeed(BoardFeed):
    """Newsletters that have been sent."""

    what = "nyhetsbrev"
    link = reverse_lazy("public:newsletter_list")
    subtitle = "Nämndens nyhetsbrev"

    def items(self):
        return newsletters.published()[:LATEST]

    def item_title(self, item: Newsletter) -> str:
        return item.title

    def item_link(self, item: Newsletter) -> str:
        return reverse("public:newsletter", args=[item.pk])

    def item_description(self, item: Newsletter) -> str:
        return plain_text(item.html)[:BEGINNING]

    def item_pubdate(self, item: Newsletter) -> datetime:
        return item.sent_at

    item_updateddate = item_pubdate


class NoticeFeed(BoardFeed):
    """Notices that are up. What comes down leaves the feed the same day."""

    what, each = "anslagstavla", "Anslag"
    link = reverse_lazy("public:notice_board")
    subtitle = "Anslag om justerade protokoll"

    def items(self):
        return public_reading.notices_up(timezone.localdate())

    def item_link(self, item: OwnNotice) -> str:
        return f"{reverse('public:notice_board')}#anslag-{item.pk}"

    def item_description(self, item: OwnNotice) -> str:
        return item.text

    def item_pubdate(self, item: OwnNotice) -> datetime:
        return timezone.make_aware(datetime.combine(item.posted_on, time(12)))

    item_updateddate = item_pubdate


def calendar_of(today: date, portal: str) -> bytes:
    """Meetings of boards to come and of the past year, and days of the plan. `portal` as in "https://portalen/"."""
    meetings = [*public_reading.past_meetings(today), *public_reading.coming_meetings(today)]
    entries = [_entry(f"public-meeting-{each.pk}", each, portal) for each in meetings]
    entries += [_entry(f"public-day-{each.pk}", each, portal) for each in public_reading.planned_days(today)]
    return calendar_feed.calendar(entries, name=str(Board.objects.first() or "Sammanträden"))


def _entry(key: str, held: Meeting | PlannedDay, portal: str) -> Event:
    is_meeting = isinstance(held, Meeting)
    body = held.body if is_meeting else held.plan.body
    entry = calendar_feed.entry_of_occasion(key, held, str(body) if is_meeting else f"{body} (planerat)", portal)
    entry.pop("location", None)
    if place := public_reading.place_of(held):
        entry.add("location", place)
    if is_meeting:
        entry.add("status", "CANCELLED" if calendar_feed.is_cancelled(held) else "CONFIRMED")
    entry.add("url", portal.rstrip("/") + reverse("public:calendar"))
    return entry
