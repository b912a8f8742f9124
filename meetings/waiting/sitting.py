"""What waits on the day of the meeting: to open it, and to go on until it is closed."""

from datetime import date

from django.urls import reverse

from enamnd.dates import clock
from enamnd.waiting import Waiting
from meetings.models import Meeting
from meetings.sitting.course import course_of


def step_of_today(meeting: Meeting, today: date) -> Waiting | None:
    """Open the meeting that is held today, or go on with it; nothing on other days and once it is closed."""
    if meeting.held_on != today:
        return None
    course = course_of(meeting)
    if course.closed:
        return None
    href = reverse("meetings:sitting", args=[meeting.pk])
    if course.opened:
        return Waiting(today, "Fortsätt sammanträdet", f"{meeting.body} sammanträder just nu.", href, "Fortsätt")
    when = f" {clock(meeting.starts_at)}" if meeting.starts_at else ""
    return Waiting(today, "Öppna dagens sammanträde", f"{meeting.body} sammanträder i dag{when}.", href, "Öppna")
