"""Pages of the meetings: the list, a new one, the meeting itself and its trail."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, query_without_page
from enamnd.formats import count
from enamnd.journal.models import Event
from enamnd.journal.trail import steps, trail_of
from enamnd.refusal import Refused
from meetings import finding, rules
from meetings.actions import meetings as actions
from meetings.attending import register
from meetings.attending.listed_roll import roll_of
from meetings.forms.meetings import FindMeetings, MeetingForm
from meetings.models import Meeting
from meetings.planning.wheel import Wheel

ON_A_PAGE = 25
LATEST = 8


@requires(Permission.READ_MEETINGS)
def meeting_list(request):
    """Coming meetings, then the past by year, a page at a time."""
    form = FindMeetings(request.GET, years=finding.years())
    asked = form.cleaned_data if form.is_valid() else {}
    words = " ".join(asked.get("q", "").split())
    found = finding.find(asked.get("organ"), asked.get("ar"), words)
    today = timezone.localdate()
    past = page_of(request, found.filter(held_on__lte=today), ON_A_PAGE)
    coming = found.filter(held_on__gt=today).order_by("held_on", "starts_at") if past.number == 1 else []
    context = {
        "form": form,
        "words": words,
        "coming": finding.listed(coming, today, words),
        "past": finding.listed(past, today, words),
        "page": past,
        "query": query_without_page(request),
        "is_narrowed": any(asked.values()),
        "may_write": is_allowed(rules.check_can_write, request.user),
    }
    return render(request, "meetings/meeting_list.html", context)


@requires(Permission.WRITE_PROTOCOL)
def meeting_new(request):
    """A new meeting, with the people that the register has for its day."""
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.create_meeting(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _created(meeting))
            return redirect("meetings:meeting", meeting.pk)
    return render(request, "meetings/meeting_new.html", {"form": form}, status=400 if form.errors else 200)


def _created(meeting: Meeting) -> str:
    rows = meeting.attendance.count()
    if not rows:
        return "Sammanträdet är upplagt. Registret har inga ledamöter för dagen: lägg in dem under Organisation."
    return f"Sammanträdet är upplagt, med {count(rows, 'person', 'personer')} ur registret. Lägg nu till paragrafer."


@requires(Permission.READ_MEETINGS)
def meeting_page(request, meeting_id):
    """Everything about a meeting, and the way to each part of it."""
    meeting = get_object_or_404(Meeting.objects.select_related("body", "proof", "planned_day"), pk=meeting_id)
    roll = roll_of(meeting)
    paragraphs = list(meeting.paragraphs.select_related("case").defer("sections"))
    chairs = list(meeting.chairs.select_related("first", "last"))
    state, tone = finding.state_of(meeting, timezone.localdate())
    is_open = is_allowed(rules.check_can_change, meeting, request.user)
    context = {
        "meeting": meeting,
        "state": state,
        "tone": tone,
        "paragraphs": paragraphs,
        "roll": roll,
        "groups": roll.groups(None),
        "chairs": chairs,
        "warnings": (*roll.warnings, *roll.chair_warnings(chairs)) if roll.is_marked else (),
        "adjusters": meeting.adjusters.select_related("first", "last"),
        "proof": getattr(meeting, "proof", None),
        "empty_seats": register.empty_seats(meeting.body, meeting.held_on),
        "missing": Wheel([meeting]).missing(meeting) if meeting.held_on >= timezone.localdate() else (),
        "steps": trail_of(meeting, limit=LATEST),
        "may_write": is_open,
        "may_number": is_open and is_allowed(rules.check_can_number, meeting, request.user) and not meeting.numbered_at,
        "may_withdraw": is_open and is_allowed(rules.check_can_withdraw, meeting, request.user),
        "may_move": is_open
        and len(paragraphs) > 1
        and all(is_allowed(rules.check_can_move, each, request.user) for each in paragraphs),
    }
    return render(request, "meetings/meeting_page.html", context)


@requires(Permission.READ_MEETINGS)
def meeting_trail(request, meeting_id):
    """All that has been done to a meeting."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    page = page_of(request, Event.objects.about(meeting), 100)
    return render(request, "meetings/meeting_trail.html", {"meeting": meeting, "page": page, "steps": steps(page)})
