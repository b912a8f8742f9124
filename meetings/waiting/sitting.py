"""What waits on the day of the meeting: to open it, and to go on until it is closed."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from enamnd.dates import clock, long_instant
from enamnd.waiting import Waiting
from meetings.models import Meeting
from meetings.sitting.course import course_of


def step_of_today(meeting: Meeting, today: date) -> Waiting | None:
    """Open the meeting that is held today, or go on with it; nothing on other days and once it is closed."""
    if not meeting.held_on <= today <= meeting.last_day:
        return None
    course = course_of(meeting)
    if course.closed or course.day != today:
        return None
    href = reverse("meetings:sitting", args=[meeting.pk])
    if course.is_adjourned and course.last.until:
        when = long_instant(timezone.localtime(course.last.until))
        return Waiting(today, "Återuppta sammanträdet", f"Det ajournerades till {when}.", href, "Återuppta")
    if course.opened:
        return Waiting(today, "Fortsätt sammanträdet", f"{meeting.body} sammanträder just nu.", href, "Fortsätt")
    when = f" {clock(meeting.starts_at)}" if meeting.starts_at else ""
    return Waiting(today, "Öppna dagens sammanträde", f"{meeting.body} sammanträder i dag{when}.", href, "Öppna")
