"""The attendance page: every municipality's member and substitute, marked one by one and saved one by one."""

from itertools import chain

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, tell_refusal
from enamnd.formats import count, listed
from enamnd.organisation.models import Board, Person
from enamnd.refusal import Refused
from meetings import rules
from meetings.actions import attendance as actions
from meetings.actions import meetings as meeting_actions
from meetings.attending import register
from meetings.attending.listed_roll import roll_of
from meetings.attending.sheet import others_of, parties_of
from meetings.forms.attendance import MarkForm, OtherForm, PeriodForm
from meetings.models import Attendance, AttendancePeriod, Meeting
from meetings.models.attendance import PresenceKind


@requires(Permission.READ_MEETINGS)
def attendance(request, meeting_id):
    """The page; asked for by its script, the list alone as it is right now."""
    template = "meetings/attendance_list.html" if request.htmx else "meetings/attendance.html"
    return render(request, template, _context(request, _meeting(meeting_id)))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_marks(request, meeting_id):
    """Save the rows that the person changed: the form without JavaScript."""
    meeting = _meeting(meeting_id)
    roll = roll_of(meeting)
    forms = [MarkForm(request.POST, entry=entry, roll=roll) for entry in roll.entries]
    changed = [form for form in forms if form.is_posted and form.is_changed]
    try:
        for form in changed:
            _apply(form, request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, f"Närvaron är sparad: {count(len(changed), 'rad', 'rader')} ändrades.")
    return redirect("meetings:attendance", meeting.pk)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_mark(request, meeting_id, row_id):
    """Save the marks of one row."""
    meeting = _meeting(meeting_id)
    form = MarkForm(request.POST, entry=_row(meeting, row_id), roll=roll_of(meeting))
    return _do(request, meeting, lambda: _apply(form, request.user))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_periods(request, meeting_id):
    """Add a change: somebody took part from one paragraph to another."""
    meeting = _meeting(meeting_id)
    form = PeriodForm(request.POST, roll=roll_of(meeting))
    if form.is_valid():
        try:
            actions.add_period(form.entry, **form.values, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
    if request.htmx or not form.errors:
        return _answer(request, meeting, " ".join(chain(*form.errors.values())))
    return render(request, "meetings/attendance.html", _context(request, meeting, period_form=form), status=400)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_period_removal(request, meeting_id, period_id):
    """Take a change away."""
    meeting = _meeting(meeting_id)
    periods = AttendancePeriod.objects.select_related("attendance", "first", "last")
    period = get_object_or_404(periods, pk=period_id, attendance__meeting=meeting)
    return _do(request, meeting, lambda: actions.remove_period(period, by=request.user))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_everybody(request, meeting_id):
    """Mark all unmarked members as serving, or all unmarked substitutes as absent."""
    meeting = _meeting(meeting_id)
    who = {
        "members": (Attendance.SeatKind.MEMBER, PresenceKind.SERVING),
        "substitutes": (Attendance.SeatKind.SUBSTITUTE, PresenceKind.ABSENT),
    }.get(request.POST.get("who"))
    if who is None:
        return HttpResponse("Välj ledamöter eller ersättare.", status=400, content_type="text/plain; charset=utf-8")
    return _do(request, meeting, lambda: actions.mark_everybody(meeting, *who, by=request.user))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_others(request, meeting_id):
    """Add somebody without a seat."""
    meeting = _meeting(meeting_id)
    form = OtherForm(request.POST)
    if form.is_valid():
        try:
            other = actions.add_other(meeting, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{other.name} står bland övriga.")
            return redirect("meetings:attendance", meeting.pk)
    return render(request, "meetings/attendance.html", _context(request, meeting, other_form=form), status=400)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_other_removal(request, meeting_id, row_id):
    """Take away somebody without a seat."""
    meeting = _meeting(meeting_id)
    row = _row(meeting, row_id)
    return _do(request, meeting, lambda: actions.remove_other(row, by=request.user))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def attendance_refresh(request, meeting_id):
    """Fetch new and changed mandates from the register."""
    meeting = _meeting(meeting_id)
    try:
        messages.success(request, _told(meeting_actions.refresh_attendance(meeting, by=request.user)))
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:attendance", meeting.pk)


def _meeting(meeting_id) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)


def _row(meeting: Meeting, row_id) -> Attendance:
    return get_object_or_404(meeting.attendance.all(), pk=row_id)


def _do(request, meeting: Meeting, verb):
    """Do one thing, and answer."""
    try:
        verb()
    except Refused as refusal:
        return _answer(request, meeting, str(refusal))
    return _answer(request, meeting)


def _answer(request, meeting: Meeting, refused: str = ""):
    """The script gets the whole list as it now is, the browser the page."""
    if request.htmx:
        context = {**_context(request, meeting), "refused": refused}
        return render(request, "meetings/attendance_list.html", context, status=400 if refused else 200)
    if refused:
        messages.error(request, refused)
    return redirect("meetings:attendance", meeting.pk)


def _apply(form: MarkForm, by):
    actions.apply(form.entry, _cleaned(form).marking, by=by)


def _cleaned(form):
    if not form.is_valid():
        raise Refused("Raden kunde inte läsas. Läs in sidan på nytt och markera igen.")
    return form


def _context(request, meeting: Meeting, **bound) -> dict:
    roll = roll_of(meeting)
    may_write = is_allowed(rules.check_can_change, meeting, request.user)
    return {
        "meeting": meeting,
        "roll": roll,
        "warnings": (*roll.warnings, *roll.chair_warnings(meeting.chairs.select_related("first", "last"))),
        "groups": roll.groups(Board.objects.first()),
        "parties": parties_of(roll) if may_write else (),
        "others": others_of(roll) if may_write else (),
        "empty_seats": register.empty_seats(meeting.body, meeting.held_on),
        "other_form": bound.get("other_form") or OtherForm(),
        "period_form": bound.get("period_form") or PeriodForm(roll=roll),
        "persons": Person.objects.exclude(organisation="").only("name", "organisation") if may_write else (),
        "may_write": may_write,
    }


def _told(result) -> str:
    if result.is_nothing:
        return "Listan stämmer redan med registret."
    parts = [
        f"Nya: {listed(result.added)}." if result.added else "",
        f"Ändrade: {listed(result.changed)}." if result.changed else "",
        f"Borttagna: {listed(result.removed)}." if result.removed else "",
        f"Har inget uppdrag den dagen men är markerade och står kvar: {listed(result.kept)}." if result.kept else "",
    ]
    return " ".join(filter(None, parts))
