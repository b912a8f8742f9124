"""Pages that join all apps: what waits for you, and the accessibility statement."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.formats import count
from enamnd.journal.models import Event
from enamnd.journal.trail import steps
from enamnd.waiting import Waiting
from finance.invoice_waiting import waiting_invoices
from finance.waiting import waiting_finance
from meetings.waiting.steps import coming_meetings, waiting_for
from projects.waiting import waiting_projects
from riskcontrol.audits.waiting import waiting_audits
from riskcontrol.goals.waiting import waiting_goals
from riskcontrol.waiting import waiting_control

SOURCES = (
    *(waiting_for, waiting_projects, waiting_finance, waiting_invoices),
    *(waiting_control, waiting_goals, waiting_audits),
)
SOON = 4
NUMBERS = ("Ingenting", "En sak", "Två saker", "Tre saker", "Fyra saker", "Fem saker", "Sex saker", "Sju saker")


@dataclass(frozen=True)
class Line:
    """A line of the start page: what waits, how urgent it is in a word, and how that looks (late, soon, ok)."""

    waiting: Waiting
    when: str
    urgency: str


def start(request):
    """What waits for the person who is logged in, what comes next, what others have done."""
    today = timezone.localdate()
    waiting = [each for source in SOURCES for each in source(request.user, today)]
    lines = [line_of(each, today) for each in sorted(waiting, key=lambda each: each.due_on or date.max)]
    context = {
        "lines": lines,
        "heading": heading(len(lines)),
        "coming": coming_meetings(request.user, today),
        "reads_meetings": request.user.may(Permission.READ_MEETINGS),
        "latest": latest(request.user),
    }
    return render(request, "home/start.html", context)


def line_of(waiting: Waiting, today: date) -> Line:
    """Days left, or days late: ”3 dagar kvar”, ”2 dagar sent”, ”senast i dag”."""
    if waiting.due_on is None:
        return Line(waiting, "när du hinner", "ok")
    left = (waiting.due_on - today).days
    if left < 0:
        return Line(waiting, f"{count(-left, 'dag', 'dagar')} sent", "late")
    when = f"{count(left, 'dag', 'dagar')} kvar" if left else "senast i dag"
    if left > 60:
        when = long_date(waiting.due_on)
    return Line(waiting, when, "soon" if left <= SOON else "ok")


def heading(number: int) -> str:
    what = NUMBERS[number] if number < len(NUMBERS) else f"{number} saker"
    return f"{what} väntar på dig"


def latest(user, limit: int = 8):
    """What others have done lately in the portal, for those who may read the journal."""
    if not user.may(Permission.READ_JOURNAL):
        return []
    events = Event.objects.exclude(actor=user.pk).exclude(actor=None)
    if not user.may(Permission.REGISTER_CASES):
        # An event keeps the title of a document that may bear a secrecy mark, now or later.
        events = events.exclude(verb__startswith="document.")
    return steps(events[:limit])


@login_not_required
def accessibility(request):
    """Tillgänglighetsredogörelse (lag 2018:1937, 13 §)."""
    return render(request, "home/accessibility.html")
